"""The minutes: fixed, read on paper and as a PDF, every version; opened again with a reason."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import kept_facts
from programmes import conflicts, decision_words, minutes
from programmes.models import Call, Decision, Meeting, Minutes, Sighting
from tours.models import Production
from turne.web import paper
from turne.web.deciding.deciding_forms import ReopenForm
from turne.web.deciding.finding import Row, find_read, frame, see
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import DONE, done, led

TEMPLATE = "deciding/minutes_paper.html"


@login_required
@never_cache
@require_safe
def call_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the minutes are: what they lack, fixing them, and every version that was fixed."""
    call = find_read(request, slug)
    return render(request, "deciding/minutes.html", _context(call, ReopenForm()))


@login_required
@never_cache
@require_safe
def call_minutes_version(
    request: HttpRequest, slug: str, number: int, *, as_pdf: bool = False
) -> HttpResponse:
    """One version as it was fixed, on paper or as a PDF."""
    call = find_read(request, slug)
    kept = Minutes.objects.filter(meeting__call=call, number=number).select_related("by", "meeting").first()
    if kept is None:
        raise Http404
    see(request, call, Sighting.What.MINUTES)
    context = document(call, kept, set(conflicts.hidden_from(user_of(request)).values_list("pk", flat=True)))
    return paper.answer(request, f"protokoll-{call.slug}-{number}", TEMPLATE, context, as_pdf=as_pdf)


@login_required
@require_POST
@once
def call_minutes_fix(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what was decided."""
    call, version = find_read(request, slug), number_in(request.POST.get("version"))

    def act() -> None:
        minutes.fix(call, version=version, by=user_of(request), now=timezone.now())

    return done(
        request, act, _("The minutes are fixed. Choose when the answers are sent."), "call-minutes", slug
    )


@login_required
@never_cache
@require_http_methods(["POST"])
@once
def call_minutes_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Let decisions be changed again, with a reason."""
    call, form = find_read(request, slug), ReopenForm(request.POST)

    def act() -> None:
        version, why = number_in(request.POST.get("version")), form.cleaned_data["why"]
        minutes.reopen(call, why=why, version=version, by=user_of(request), now=timezone.now())

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("The minutes are open. What is fixed next bears the next number."))
        return redirect("call-meeting", slug)
    return render(request, "deciding/minutes.html", _context(call, form), status=status)


def document(call: Call, kept: Minutes, hidden: set[int]) -> Row:
    """What the paper shows: the kept facts alone; of what is hidden from the reader nothing but its number."""
    facts = kept.facts
    return {
        "language": get_language(),
        "title": _("Minutes: %(call)s") % {"call": facts["call"]["title"]},
        "author": facts["call"]["owner"],
        "kept": kept,
        "facts": facts,
        "held_on": date.fromisoformat(facts["meeting"]["held_on"]),
        "is_whole": kept_facts.is_whole(kept),
        "is_old": kept.number < kept.meeting.minutes.count(),
        "cases": [_case(one, facts, hidden) for one in facts["cases"]],
        "back_url": reverse("call-minutes", args=[call.slug]),
        "back_label": _("To the call"),
        "pdf_url": reverse("call-minutes-pdf", args=[call.slug, kept.number]),
    }


def _case(one: dict[str, Any], facts: dict[str, Any], hidden: set[int]) -> Row:
    if one["application"] in hidden:
        return {"number": one["number"], "is_masked": True}
    amount = one["amount"] if one["outcome"] == Decision.Outcome.GRANTED else None
    return {
        **one,
        **{name: Decimal(one[name]) if one[name] else None for name in ("mean", "spread", "deviation")},
        "art_form": Production.ArtForm(one["art_form"]).label if one["art_form"] else "",
        "home": one["home"] or _("Outside the region"),
        "decision": decision_words.outcome_text(one["outcome"], one["reserve_number"]),
        "amount": Decimal(amount) if amount else None,
        "currency": facts["call"]["currency"],
    }


def _context(call: Call, form: ReopenForm) -> Row:
    meeting = Meeting.objects.filter(call=call).first()
    is_fixed = bool(meeting and meeting.fixed_at)
    return frame(call, "call-minutes") | {
        "meeting": meeting,
        "is_fixed": is_fixed,
        "lacks": minutes.lacking(call, timezone.now()) if meeting and not is_fixed else [],
        "versions": minutes.versions(meeting) if meeting else [],
        "can_reopen": is_fixed and meeting is not None and meeting.answers_at is None,
        "form": form,
        "version": meeting.version if meeting else 0,
        "is_pdf_made": paper.is_available(),
    }
