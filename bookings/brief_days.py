"""The days of a tour as its planner's problem has them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from bookings import busy
from bookings.models import Allocation, ChangeProposal
from tours.models import EnsembleDayOff, Tour
from tours.windows import calendar_days, clock_shift_min
from tours.winter import slower_days
from venues.red_days import public_holidays


def days_of(tour: Tour, *, booked_only: bool) -> list[dict[str, Any]]:
    """Every day of the tour: off at home, no work, or work; how slow its roads are, what the clocks do in its night.

    Args:
        booked_only: whether days that are kept for something else of the ensemble's are ordinary ones: changes that
            wait for an answer, own calendars that came in, residencies.
    """
    off = _days_off(tour) if booked_only else _days_off(tour) | _days_kept(tour) | busy.days_of(tour)
    red = public_holidays(tour.season.region.country, tour.starts_on, tour.ends_on)
    slower = slower_days(tour)
    forbidden = set(tour.forbidden_days.values_list("day", flat=True))
    days = []
    for day in calendar_days(tour.starts_on, tour.ends_on):
        resting = (day.weekday() == 5 and not tour.works_saturdays) or (
            (day.weekday() == 6 or day in red) and not tour.works_sundays
        )
        resting = resting or day in forbidden
        kind = "off" if day in off else "no_work" if resting else "work"
        shift = clock_shift_min(day)
        days.append(
            {
                "date": day.isoformat(),
                "kind": kind,
                **({"clock_shift_min": shift} if shift else {}),
                **({"drive_factor_pct": slower[day]} if day in slower else {}),
            }
        )
    return days


def _days_off(tour: Tour) -> set[date]:
    """Days on which the ensemble is away: its days off, and visits of other tours that need it or what it shares."""
    ensemble = tour.production.ensemble
    off: set[date] = set()
    for row in EnsembleDayOff.objects.filter(
        ensemble=ensemble, ends_on__gte=tour.starts_on, starts_on__lte=tour.ends_on
    ):
        off |= set(calendar_days(row.starts_on, row.ends_on))
    needed = Q(ensemble=ensemble) | Q(shared__in=ensemble.shared.all())
    elsewhere = Allocation.objects.filter(needed, is_blocking=True).exclude(booking__tour=tour)
    for start, end in elsewhere.values_list("occupied_from", "occupied_to"):
        off |= {timezone.localdate(start), timezone.localdate(end - timedelta(seconds=1))}
    mine = {timezone.localdate(booking.occupied_from) for booking in tour.bookings.reserving()}
    return off - mine


def _days_kept(tour: Tour) -> set[date]:
    """Days that are kept for changes of the tour's own visits, until these are answered: no plan uses them."""
    waiting = ChangeProposal.objects.filter(waits_on__tour=tour).values_list("occupied_from", flat=True)
    mine = {timezone.localdate(booking.occupied_from) for booking in tour.bookings.reserving()}
    return {timezone.localdate(start) for start in waiting} - mine
