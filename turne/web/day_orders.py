"""A day of a tour kept free, and given back to the planner; the rules are in `bookings.orders`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings import orders
from tours.errors import BoardChanged, TurneError
from tours.models import Tour
from turne.web import errors
from turne.web.changed import board_changed, version_in
from turne.web.logged_in import user_of
from turne.web.planning import back_to_board, tour_or_404
from venues.dates import day_text


@login_required
@require_POST
def day_forbid(request: HttpRequest, slug: str, on: date) -> HttpResponse:
    """Have no plan work on that day."""
    by = user_of(request)
    done = _("%(day)s is kept free. Plan again, and the tour goes round it.")
    return _order(
        request, slug, on, done, lambda tour, seen: orders.forbid_day(tour, on, by=by, version=seen)
    )


@login_required
@require_POST
def day_allow(request: HttpRequest, slug: str, on: date) -> HttpResponse:
    """Let plans work on the day again."""
    done = _("%(day)s may be played again. Plan again to see what it is used for.")
    return _order(request, slug, on, done, lambda tour, seen: orders.allow_day(tour, on, version=seen))


def _order(
    request: HttpRequest, slug: str, on: date, done: str, verb: Callable[[Tour, int | None], Any]
) -> HttpResponse:
    tour = tour_or_404(request, slug)
    try:
        verb(tour, version_in(request))
    except BoardChanged as error:
        return board_changed(request, tour, error)
    except TurneError as error:
        errors.say(request, error)
    else:
        messages.success(request, done % {"day": capfirst(day_text(on))})
    return back_to_board(request, tour)
