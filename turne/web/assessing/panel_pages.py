"""A call's panel for whoever runs the call: its terms, who sits on it and how far they are, conflicts, and the log."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.languages import in_language
from programmes import conflicts, panels, permissions, scored
from programmes.models import Assessment, Assessor, Call
from turne.web.assessing import panel_rows
from turne.web.assessing.assessing_forms import CloseForm, InviteForm, LiftForm, RemoveForm, TermsForm
from turne.web.deciding.finding import find, frame
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import click, once
from turne.web.refusals import DONE, led

Row = dict[str, Any]
#: Of a new assessment. Source: the house's choice; jury members of small calls, a scale that has a middle.
SCALE, READERS = 5, 2


@login_required
@never_cache
@require_safe
def panel(request: HttpRequest, slug: str) -> HttpResponse:
    """The panel as it stands; where there is none yet, the form of its terms."""
    call = find(request, slug)
    return _page(request, call, InviteForm())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def panel_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Scale, readers and due date, said or said anew."""
    call = find(request, slug)
    found = Assessment.objects.filter(call=call).first()

    def act(form: TermsForm, version: int) -> str:
        panels.set_up(call, form.data_read(), version=version, by=user_of(request), now=timezone.now())
        return _("Saved.")

    form = TermsForm(_sent(request), initial=_terms(call, found))
    title = _("How applications are assessed")
    return _form_page(request, call, form, act, {"title": title, "action": _("Save")})


@login_required
@require_http_methods(["POST"])
@once
def panel_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody by mail."""
    call = find(request, slug)
    form = InviteForm(request.POST)

    def act() -> None:
        version = number_in(request.POST.get("version"))
        panels.seat(call, **form.cleaned_data, version=version, by=user_of(request), now=timezone.now())

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Invited. A mail is on its way to %(email)s.") % form.cleaned_data)
        return redirect("panel", slug)
    return _page(request, call, form, status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def panel_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take somebody off the panel, with a reason."""
    call = find(request, slug)
    seats = Assessor.objects.active().filter(call=call).select_related("user", "call")
    seat = get_object_or_404(seats, pk=pk)

    def act(form: RemoveForm, version: int) -> str:
        moved = panels.remove(
            seat, **form.cleaned_data, version=version, by=user_of(request), now=timezone.now()
        )
        told = {"name": seat.user, "count": moved}
        return _("%(name)s is off the panel. To others went: %(count)d.") % told

    title = _("Take %(name)s off the panel") % {"name": seat.user}
    lead = _("They see nothing more from that moment. What they have not finished goes to others.")
    form = RemoveForm(_sent(request))
    return _form_page(
        request, call, form, act, {"title": title, "lead": lead, "action": _("Take off the panel")}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def panel_lift(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a conflict of interest back, with a reason; nobody does it for oneself."""
    call, user = find(request, slug), user_of(request)
    others = conflicts.standing(call, user).exclude(assessor__user=user)
    declaration = get_object_or_404(others, pk=pk)

    def act(form: LiftForm, version: int) -> str:
        conflicts.lift(
            declaration, why=form.cleaned_data["why"], version=version, by=user, now=timezone.now()
        )
        return _("Taken back. %(name)s declares anew.") % {"name": declaration.assessor.user}

    told = {"name": declaration.assessor.user, "number": declaration.application.number}
    title = _("Take back the conflict of %(name)s with number %(number)s") % told
    lead = _("Only where it was declared by mistake. They declare anew before anything is shown.")
    form = LiftForm(_sent(request))
    return _form_page(request, call, form, act, {"title": title, "lead": lead, "action": _("Take back")})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def panel_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the assessment, with what is missing told; it leads to the meeting."""
    call = find(request, slug)
    get_object_or_404(Assessment, call=call)
    missing = scored.missing_scores(call)

    def act(form: CloseForm, version: int) -> str:
        panels.close(call, **form.cleaned_data, version=version, by=user_of(request), now=timezone.now())
        return _("The assessment is closed. Say who is at the meeting, and decide.")

    form = CloseForm(_sent(request), has_missing=bool(missing))
    title = _("Close the assessment")
    lead = _("From then on no score is changed, and the panel may read what the others think.")
    words = {"title": title, "lead": lead, "action": title, "missing": list(missing.items())}
    return _form_page(request, call, form, act, words, then="call-meeting")


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _terms(call: Call, found: Assessment | None) -> Row:
    if found is None:
        return {"scale_most": SCALE, "readers_count": READERS, "due_on": call.answers_on}
    return {name: getattr(found, name) for name in ("scale_most", "readers_count", "due_on")}


def _form_page(
    request: HttpRequest,
    call: Call,
    form: Any,
    act: Callable[[Any, int], str],
    words: Row,
    then: str = "panel",
) -> HttpResponse:
    """A page with one form, whose verb leads back to the panel, or on to another page of the call."""
    status, told = led(form, lambda: act(form, number_in(request.POST.get("version"))))
    if status == DONE:
        messages.success(request, told)
        return redirect(then, call.slug)
    found = Assessment.objects.filter(call=call).first()
    context = {
        "form": form, "call": call, "call_title": in_language(call, "title"), **words,
        "version": number_in(request.POST.get("version")) or (found.version if found else 0),
        "click": click(request),
    }  # fmt: skip
    return render(request, "assessing/panel_form.html", context, status=status)


def _page(request: HttpRequest, call: Call, form: forms.Form, status: int = 200) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    found = Assessment.objects.filter(call=call).first()
    context: Row = {
        **frame(call, "panel"),
        "assessment": found,
        "has_begun": now >= call.closes_at,
        "form": form,
        "click": click(request),
    }
    if found:
        found.call = call
        shown = permissions.readable(user, call, now).order_by("number")
        standing = conflicts.standing(call, user)
        context |= {
            "version": found.version,
            "seats": panel_rows.seats(found, shown),
            "rows": panel_rows.rows(found, shown, user),
            "shortages": panel_rows.shortages(found, shown),
            "conflicts": standing.order_by("application__number", "pk"),
            "log": panel_rows.log(found, user),
            "user_id": user.pk,
            "hide_names": permissions.names_are_hidden(user, call),
        }
        context["finished"] = sum(row["finished"] for row in context["rows"])
        context["wanted"] = sum(len(row["readers"]) for row in context["rows"])
    return render(request, "assessing/panel.html", context, status=status)
