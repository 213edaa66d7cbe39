"""A day of a tour that is cancelled: what it leads to, and doing it. The rules are in `bookings.cancelling`."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bookings import make_up, planner
from bookings.cancelling import Cancellation, DayCancelled, cancel_day
from bookings.errors import BoardChanged, BookingsError
from bookings.models import Tour
from turne.web import errors, make_up_days
from turne.web.cancelling_forms import CancelDayForm, field_of
from turne.web.changed import board_changed, version_in
from turne.web.desk import AGREED
from turne.web.form_fields import number_in
from turne.web.planning import tour_or_404
from turne.web.refusals import blame
from venues.dates import day_text
from venues.errors import NoRoad, VenuesError
from venues.models import User

Row = dict[str, Any]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def day_cancel(request: HttpRequest, slug: str, on: date) -> HttpResponse:
    """Whose visits are hit and when each could be made up for; then cancel the day.

    A form with `rakna` only reckons again with the days that are chosen in it; one with `byt` asks about somebody else.
    """
    tour, now = tour_or_404(request, slug), timezone.now()
    if not tour.has_day(on):
        raise Http404
    visits = make_up.hits_of(tour, on, now)
    turned = "byt" in request.POST
    sent = request.POST if request.method == "POST" else request.GET
    only = _whose(sent.get("byt" if turned else "vem"))
    hits = [booking for booking in visits if only in (None, booking.pk)]
    if request.method == "POST" and not turned:
        form = CancelDayForm(hits, request.POST)
    else:
        form = CancelDayForm(hits, initial={"reason": request.POST.get("reason", "")})
    status = 200
    if "rakna" in request.POST:
        form.errors.pop("reason", None)
    elif form.is_bound:
        answer = _act(request, tour, on, only, form)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {
        "tour": tour,
        "on": on,
        "form": form,
        "only": only,
        "whose": make_up_days.whose(visits, only),
        "after": make_up_days.after(hits, ours=only is None),
    } | _outlook(tour, on, only, form)
    return render(request, "planning/cancel_day.html", context, status=status)


def _act(
    request: HttpRequest, tour: Tour, on: date, only: int | None, form: CancelDayForm
) -> HttpResponse | int:
    """Cancel the day and lead on; where it is refused the form says why, and this is the status."""
    if not form.is_valid():
        return 422
    order = Cancellation(on, form.cleaned_data["reason"], form.seen(), form.dates(), only)
    by = cast(User, request.user)
    try:
        done = cancel_day(tour, order, by=by, now=timezone.now(), version=version_in(request))
    except BoardChanged as error:
        return board_changed(request, tour, error)
    except BookingsError as error:
        names = {booking.pk: field_of(booking) for booking in form.hits}
        about = names.get(error.ids.get("booking", 0), error.field)
        blame(form, error, {error.field: about})
        return errors.status_of(error)
    except (VenuesError, planner.PlannerError) as error:
        form.add_error(None, str(error))
        return 422
    messages.success(request, _done_text(on, done, only))
    return redirect(_next(tour, on, only))


def _whose(text: str | None) -> int | None:
    """The visit whose presenter cannot receive it, be it gone by now; None where the ensemble cannot play."""
    if text in (None, "", "vi"):
        return None
    if not str(text).isdecimal() or not number_in(text):
        raise Http404
    return number_in(text)


def _outlook(tour: Tour, on: date, only: int | None, form: CancelDayForm) -> Row:
    """The visits with their other days, and who could have the day; without days where the roads are not known."""
    try:
        lost = make_up.lost_day(tour, on, timezone.now(), only=only)
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


def _done_text(on: date, done: DayCancelled, only: int | None) -> str:
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
    day = day_text(on)
    told = {
        "day": f"{day[:1].upper()}{day[1:]}",
        "what": ", ".join(text % {"count": count} for count, text in counted if count),
    }
    if only is None:
        return (
            _("%(day)s is cancelled: %(what)s. No plan plays on that day until you let it be played.") % told
        )
    return _("%(day)s is cancelled: %(what)s. Here you see who else could be played on it.") % told


def _next(tour: Tour, on: date, only: int | None) -> str:
    """The board as agreed; for a day that others could have, who these are."""
    if only is None or not tour.bookings.live().exists():
        return f"{reverse('board', args=[tour.slug])}?visa={AGREED}"
    return f"{reverse('on-the-way', args=[tour.slug])}?visa={AGREED}&dag={on.isoformat()}"
