"""One claim of a subsidy: begun from its visit, written, sent in with a confirmation, withdrawn, and on paper."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import claim_facts, claim_handling, claiming, kept_facts, visible
from bookings.claim_checks import is_late
from bookings.claim_permissions import can_handle, can_write, may_claim, visible_claims
from bookings.claim_rules import rules_of
from bookings.claiming import Standing
from bookings.models import SubsidyClaim
from bookings.models.report import Side
from bookings.models.subsidy_claims import OPEN, ClaimState
from turne.web import claim_rows, errors, paper
from turne.web.claim_forms import ClaimForm, LateForm, SendForm, first_error
from turne.web.form_fields import number_in
from turne.web.logged_in import acting, user_of
from turne.web.once import once
from turne.web.refusals import DONE, REFUSALS, done, led
from venues.models import SubsidyScheme

Row = dict[str, Any]


@login_required
@never_cache
@require_safe
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """A claim as it stands: to whom it belongs as it is reckoned now, to both sides as it was sent in."""
    found, user, now = _visible(request, pk), user_of(request), timezone.now()
    writes, handles = can_write(user, found), can_handle(user, found)
    standing, fault = _standing(found, now)
    last = claim_facts.counts(found)
    is_draft = found.state in OPEN and writes
    context = {
        **_head(found, now),
        "writes": writes,
        "handles": handles,
        "is_draft": is_draft,
        "may_decide": handles and claim_handling.is_decidable(found, now),
        "may_note_paid": handles and claim_handling.is_payable(found),
        "may_withdraw": writes and claiming.is_withdrawable(found),
        "fault": fault if is_draft else "",
        "last": last,
        "is_whole": last is None or kept_facts.is_whole(last),
        "differs": claim_rows.differences(
            claim_facts.differences(last.facts, standing.figures) if last and standing else [], found.currency
        ),
        "lacking": standing.lacking if standing and is_draft else [],
        "is_late": is_late(found, now),
        "late_form": LateForm(),
        "history": claim_rows.history(found.changes.select_related("by")),
        "returned": found.changes.filter(action="returned").last()
        if found.state == ClaimState.RETURNED
        else None,
        **_shown(found, standing if is_draft else None),
    }
    return render(request, "claims/claim.html", context)


@login_required
@require_POST
@once
def claim_begin(request: HttpRequest) -> HttpResponse:
    """Begin one for a visit, by the scheme that its page has shown."""
    user = user_of(request)
    booking = get_object_or_404(visible.bookings(user).with_ground(), pk=number_in(request.POST.get("besok")))
    scheme = get_object_or_404(SubsidyScheme, pk=number_in(request.POST.get("stod")))
    if not may_claim(user, booking, rules_of(scheme.rules).side):
        raise Http404
    try:
        made = claiming.begin(booking, by=user, now=timezone.now(), scheme=scheme)
    except REFUSALS as error:
        errors.say(request, error)
        return redirect("booking", booking.pk)
    messages.success(request, _("Begun, with the figures of the visit. Nothing is sent in yet."))
    return redirect("claim", made.pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def claim_write(request: HttpRequest, pk: int) -> HttpResponse:
    """State what the scheme asks for, and put figures right by hand with a reason."""
    found, now = _own(request, pk), timezone.now()
    standing = _open(request, found, now)
    if standing is None:
        return redirect("claim", pk)
    sent = request.POST if request.method == "POST" else None
    form = ClaimForm(found, standing.figures, sent)
    status, _made = led(form, lambda: claiming.write(found, form.data_read(), **acting(request)))
    if status == DONE:
        messages.success(request, _("Saved. It is not sent in until you say so."))
        return redirect("claim", pk)
    context = {**_head(found, now), "form": form, "version": request.POST.get("version") or found.version}
    return render(request, "claims/write.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def claim_send(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows once more what is sent in; POST sends it."""
    found, now = _own(request, pk), timezone.now()
    standing = _open(request, found, now)
    if standing is None:
        return redirect("claim", pk)
    sent = request.POST if request.method == "POST" else None
    form = SendForm(sent)
    status, _made = led(form, lambda: claiming.send_in(found, **acting(request)))
    if status == DONE:
        messages.success(request, _("Sent in. A receipt is on its way to you by mail."))
        return redirect("claim", pk)
    context = {
        **_head(found, now),
        **_shown(found, standing),
        "form": form,
        "lacking": standing.lacking,
        "version": request.POST.get("version") or found.version,
    }
    return render(request, "claims/send.html", context, status=status)


@login_required
@require_POST
@once
def claim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, or throw the draft away."""
    found = _own(request, pk)
    was_sent = found.sent_at is not None
    try:
        claiming.withdraw(found, **acting(request))
    except REFUSALS as error:
        errors.say(request, error)
        return redirect("claim", pk)
    messages.success(request, _("Withdrawn.") if was_sent else _("The draft is thrown away."))
    return redirect("claim", pk) if was_sent else redirect("booking", found.booking_id)


@login_required
@require_POST
@once
def claim_late(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to send it in although its last day has passed."""
    found, form = _own(request, pk), LateForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("claim", pk)
    told = _("Asked for. Whoever receives it gets a mail, and so do you when it is open.")
    return done(
        request, lambda: claiming.ask_late(found, **form.cleaned_data, **acting(request)), told, "claim", pk
    )


@login_required
@never_cache
@require_safe
def claim_paper(request: HttpRequest, pk: int, *, as_pdf: bool = False) -> HttpResponse:
    """The claim on paper: as it was sent in, else the draft as it stands."""
    found, now = _visible(request, pk), timezone.now()
    last = claim_facts.counts(found)
    standing, _fault = _standing(found, now) if last is None else (None, "")
    context = {
        **_head(found, now),
        **_shown(found, standing),
        "last": last,
        "is_whole": last is None or kept_facts.is_whole(last),
        "language": get_language(),
        "title": str(found),
        "author": str(found.claimant),
        "body_class": "agreement",
        "back_url": reverse("claim", args=[pk]),
        "back_label": _("To the claim"),
        "pdf_url": reverse("claim-paper-pdf", args=[pk]),
    }
    return paper.answer(request, f"bidrag-{pk}", "papers/claim.html", context, as_pdf=as_pdf)


def _head(found: SubsidyClaim, now: datetime) -> Row:
    """What every page about it says first."""
    booking = found.booking
    return {
        "claim": found,
        "booking": booking,
        "scheme": found.scheme,
        "version": found.version,
        "until": claim_rows.until_text(found, now),
        "pill": claim_rows.pill(found),
        "claimed_by": Side(found.side).label,
    }


def _shown(found: SubsidyClaim, standing: Standing | None) -> Row:
    """The figures, rules and answers as they stand now, or as they were last sent in; none where neither is known."""
    last = claim_facts.counts(found)
    if standing is not None:
        figures = standing.figures
        covers = {name: part.amount for name, part in figures.covers.items()}
        return {
            "figures": claim_rows.figures(figures),
            "checks": claim_rows.checks(standing.checks),
            "answers": claim_rows.answers(found),
            "amount": figures.amount.amount,
            "covers": claim_rows.covers_text(covers, found.currency),
            "partner": str(found.partner or ""),
        }
    if last is None:
        return {
            "figures": [],
            "checks": [],
            "answers": claim_rows.answers(found),
            "amount": None,
            "covers": "",
        }
    return claim_rows.sent(last.facts)


def _standing(found: SubsidyClaim, now: datetime) -> tuple[Standing | None, str]:
    """It as it is reckoned now, or why it cannot be."""
    try:
        return claiming.standing_of(found, now), ""
    except REFUSALS as error:
        return None, str(error)


def _open(request: HttpRequest, found: SubsidyClaim, now: datetime) -> Standing | None:
    """It as it is reckoned now, while it may still be written; None once the reader has been told why it may not."""
    standing, fault = _standing(found, now)
    if found.state in OPEN and standing is not None:
        return standing
    messages.error(request, fault or claiming.state_text(found))
    return None


def _visible(request: HttpRequest, pk: int) -> SubsidyClaim:
    return get_object_or_404(visible_claims(user_of(request)).with_ground(), pk=pk)


def _own(request: HttpRequest, pk: int) -> SubsidyClaim:
    """One that is the reader's to write; nobody else's is found."""
    found = _visible(request, pk)
    if not can_write(user_of(request), found):
        raise Http404
    return found
