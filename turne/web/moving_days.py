"""Days of a tour whose visits move together: what that leads to, and doing it. The rules: `bookings.moving_days`."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bookings.models.booking import Status
from bookings.moving_days import DAYS_MAX, Consequence, DaysMoved, Move, consequences, move_days
from bookings.states import shown_state
from tours import planner
from tours.errors import BoardChanged
from tours.models import Tour
from turne.web.cancelling import last_day
from turne.web.changed import board_changed, version_in
from turne.web.desk import AGREED
from turne.web.form_fields import WordsField, number_in, versions_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.planning import tour_or_404
from turne.web.planning_forms import key_of
from turne.web.refusals import REFUSALS, blame
from venues.dates import moment_text, span_text
from venues.errors import NoRoad

Row = dict[str, Any]


class MoveDaysForm(forms.Form):
    """By how many days, and why."""

    by_days = forms.IntegerField(
        label=_lazy("Days later"),
        min_value=-DAYS_MAX,
        max_value=DAYS_MAX,
        initial=7,
        help_text=_lazy("A number below 0 is sooner. The times of day stay."),
    )
    reason = WordsField(label=_lazy("Why?"), rows=2, help_text=_lazy("The presenters get these words."))


#: What becomes of a visit by the state in which it is.
BECOMES: dict[str, Any] = {
    Status.CONFIRMED: _lazy("The presenter is asked by mail. Until they say yes, the old day stands."),
    Status.OFFERED: _lazy("The offer is taken back, and the presenter gets a new one."),
    Status.HELD: _lazy("Moves at once. Nobody has been asked yet, and nobody is told."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def days_move(request: HttpRequest, slug: str, on: date) -> HttpResponse:
    """What moving leads to, visit by visit; then do it. A form with `rakna` only reckons again."""
    tour = tour_or_404(request, slug)
    if not tour.has_day(on):
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    until = last_day(tour, on, sent.get("till"))
    is_sent = request.method == "POST" and "rakna" not in request.POST
    form = MoveDaysForm(request.POST) if request.method == "POST" else MoveDaysForm(initial={"reason": ""})
    status = 200
    if request.method == "POST" and not is_sent:
        form.errors.pop("reason", None)
    elif is_sent:
        answer = _act(request, tour, on, until, form)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {"tour": tour, "on": on, "until": until, "days": span_text(on, until), "form": form}
    return render(
        request, "planning/move_days.html", context | _outlook(tour, on, until, form), status=status
    )


def _act(request: HttpRequest, tour: Tour, on: date, until: date, form: MoveDaysForm) -> HttpResponse | int:
    if not form.is_valid():
        return 422
    order = Move(
        on,
        until,
        form.cleaned_data["by_days"],
        form.cleaned_data["reason"],
        seen=versions_in(request.POST.getlist("sett")),
        moves=frozenset(number_in(pk) for pk in request.POST.getlist("flytta")),
    )
    try:
        done = move_days(tour, order, by=user_of(request), now=timezone.now(), version=version_in(request))
    except BoardChanged as error:
        return board_changed(request, tour, error)
    except REFUSALS as error:
        return blame(form, error)
    messages.success(request, _done_text(done))
    return redirect(f"{reverse('board', args=[tour.slug])}?visa={AGREED}")


def _outlook(tour: Tour, on: date, until: date, form: MoveDaysForm) -> Row:
    """Each visit with its other time, or why it has none."""
    by_days = form["by_days"].value()
    count = number_in(str(by_days).removeprefix("-")) or 0
    count = min(count, DAYS_MAX) * (-1 if str(by_days).startswith("-") else 1)
    try:
        found = consequences(tour, on, until, count, timezone.now())
    except (NoRoad, planner.PlannerError) as error:
        return {"rows": [], "fault": _("No other days can be reckoned: %(why)s") % {"why": error}}
    return {"rows": [_row(one) for one in found]}


def _row(one: Consequence) -> Row:
    booking = one.booking
    return {
        "booking": booking,
        "key": key_of(booking),
        "state": shown_state(booking, timezone.now()),
        "when": moment_text(booking.starts_at),
        "to": moment_text(one.starts_at),
        "becomes": BECOMES[Status(booking.status)],
        "refusal": one.refusal,
    }


def _done_text(done: DaysMoved) -> str:
    counted = [
        (
            done.asked,
            ngettext("%(count)d presenter is asked", "%(count)d presenters are asked", len(done.asked)),
        ),
        (
            done.offered,
            ngettext(
                "%(count)d is offered another day", "%(count)d are offered another day", len(done.offered)
            ),
        ),
        (done.moved, ngettext("%(count)d moved", "%(count)d moved", len(done.moved))),
        (done.stayed, ngettext("%(count)d stays", "%(count)d stay", len(done.stayed))),
    ]
    told = ", ".join(text % {"count": len(rows)} for rows, text in counted if rows)
    return _("Done: %(what)s. The answers show on each visit's page and on My week.") % {"what": told}
