"""Days of a tour that are cancelled: what it leads to, and doing it. The rules are in `bookings.cancelling`."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bookings import make_up
from bookings.cancelling import Cancellation, Cause, DayCancelled, cancel_day
from tours import planner
from tours.errors import BoardChanged, TurneError
from tours.models import Tour
from turne.web import make_up_days
from turne.web.cancelling_forms import CancelDayForm, field_of
from turne.web.changed import board_changed, version_in
from turne.web.desk import AGREED
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.planning import tour_or_404
from turne.web.refusals import REFUSALS, blame
from venues.dates import span_text
from venues.errors import NoRoad

Row = dict[str, Any]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def day_cancel(request: HttpRequest, slug: str, on: date) -> HttpResponse:
    """Whose visits are hit and when each could be made up for; then cancel the day.

    A form with `rakna` only reckons again with the days that are chosen in it; one with `byt` asks about somebody else.
    With `till` it is about all days until then, on which the ensemble cannot play.
    """
    tour, now = tour_or_404(request, slug), timezone.now()
    if not tour.has_day(on):
        raise Http404
    turned = "byt" in request.POST
    sent = request.POST if request.method == "POST" else request.GET
    until = last_day(tour, on, sent.get("till"))
    visits = make_up.hits_of(tour, on, now, until=until)
    only = _whose(sent.get("byt" if turned else "vem")) if until == on else None
    hits = [booking for booking in visits if only in (None, booking.pk)]
    if request.method == "POST" and not turned:
        form = CancelDayForm(hits, request.POST)
    else:
        form = CancelDayForm(hits, initial={"reason": request.POST.get("reason", "")})
    status = 200
    if "rakna" in request.POST:
        form.errors.pop("reason", None)
    elif form.is_bound:
        answer = _act(request, tour, Cancellation(on, "", {}, only=only, until=until), form)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {
        "tour": tour,
        "on": on,
        "until": until,
        "days": span_text(on, until),
        "form": form,
        "only": only,
        "whose": make_up_days.whose(visits, only) if until == on else [],
        "after": make_up_days.after(hits, ours=only is None),
    } | _outlook(tour, on, until, only, form)
    return render(request, "planning/cancel_day.html", context, status=status)


def last_day(tour: Tour, on: date, text: str | None) -> date:
    """The last of several days, as it stands in an address; the day itself where none or no sensible one does."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return on
    return found if found >= on and tour.has_day(found) else on


def _act(request: HttpRequest, tour: Tour, frame: Cancellation, form: CancelDayForm) -> HttpResponse | int:
    """Cancel the days and lead on; where it is refused the form says why, and this is the status.

    Args:
        frame: which days, and whose doing it is.
    """
    if not form.is_valid():
        return 422
    order = replace(
        frame,
        reason=form.cleaned_data["reason"],
        seen=form.seen(),
        dates=form.dates(),
        cause=Cause.FORCE_MAJEURE if form.cleaned_data["force_majeure"] else "",
    )
    by = user_of(request)
    try:
        done = cancel_day(tour, order, by=by, now=timezone.now(), version=version_in(request))
    except BoardChanged as error:
        return board_changed(request, tour, error)
    except TurneError as error:
        names = {booking.pk: field_of(booking) for booking in form.hits}
        about = names.get(error.ids.get("booking", 0), error.field)
        return blame(form, error, {error.field: about})
    except REFUSALS as error:
        return blame(form, error)
    messages.success(request, _done_text(order, done))
    return redirect(_next(tour, order.on, order.only))


def _whose(text: str | None) -> int | None:
    """The visit whose presenter cannot receive it, be it gone by now; None where the ensemble cannot play."""
    if text in (None, "", "vi"):
        return None
    if not str(text).isdecimal() or not number_in(text):
        raise Http404
    return number_in(text)


def _outlook(tour: Tour, on: date, until: date, only: int | None, form: CancelDayForm) -> Row:
    """The visits with their other days, and who could have the day; without days where the roads are not known."""
    try:
        lost = make_up.lost_day(tour, on, timezone.now(), only=only, until=until)
        chosen = _chosen(lost, form)
        context: Row = {"hits": make_up_days.hits(lost, chosen, form, ours=only is None)}
        if only is not None:
            context["instead"] = make_up_days.instead(lost, chosen)
    except (NoRoad, planner.PlannerError) as error:
        fault = _("No other days can be reckoned: %(why)s") % {"why": error}
        return {"hits": make_up_days.without_days(form, ours=only is None), "fault": fault}
    return context


def _chosen(lost: make_up.LostDay, form: CancelDayForm) -> tuple[planner.Stop, ...]:
    """The days that are looked at: as they were sent, but for those that clash; else the best ones."""
    if not form.is_bound:
        return make_up.best_days(lost)
    sent = form.dates()
    stops = {lost.stop(booking, sent[booking.pk]): booking for booking in lost.hits if booking.pk in sent}
    good, clashing = make_up.fitting(lost, list(stops))
    for clash in clashing:
        name = field_of(stops[clash.stop])
        if name not in form.errors:
            form.add_error(name, make_up.clash_text(lost, clash))
    return good


def _done_text(order: Cancellation, done: DayCancelled) -> str:
    ended = len(done.hits) - len(done.moved)
    counted = [
        (ended, ngettext("%(count)d visit is ended", "%(count)d visits are ended", ended)),
        (len(done.moved), ngettext("%(count)d moved", "%(count)d moved", len(done.moved))),
        (
            len(done.offered),
            ngettext(
                "%(count)d is offered another day", "%(count)d are offered another day", len(done.offered)
            ),
        ),
    ]
    day = span_text(order.on, order.last)
    told = {
        "day": f"{day[:1].upper()}{day[1:]}",
        "what": ", ".join(text % {"count": count} for count, text in counted if count),
    }
    if order.only is None and order.last > order.on:
        return (
            _("%(day)s are cancelled: %(what)s. No plan plays on those days until you let them be played.")
            % told
        )
    if order.only is None:
        return (
            _("%(day)s is cancelled: %(what)s. No plan plays on that day until you let it be played.") % told
        )
    return _("%(day)s is cancelled: %(what)s. Here you see who else could be played on it.") % told


def _next(tour: Tour, on: date, only: int | None) -> str:
    """The board as agreed; for a day that others could have, who these are."""
    if only is None or not tour.bookings.live().exists():
        return f"{reverse('board', args=[tour.slug])}?visa={AGREED}"
    return f"{reverse('on-the-way', args=[tour.slug])}?visa={AGREED}&dag={on.isoformat()}"
