"""Residencies and tours of the same ensemble in the same days: whose, where, and how far apart.

A residency reserves nobody: an ensemble may rest from its tour there, or tour from there. So a plan keeps away from the
days of a confirmed residency, and where something lies there all the same, both sides are told; nobody is refused. The
tours that a residency has brought about (`Residency.tours`) are its own, and are in nobody's way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from bookings.models import Booking, Residency, ResidencyPeriod
from tours.models import Tour
from tours.windows import calendar_days
from venues import reach
from venues.models import Venue
from venues.travel import point


@dataclass(frozen=True)
class Stay:
    """Days of a residency of an ensemble, both included."""

    residency: Residency
    starts_on: date
    ends_on: date

    @property
    def is_confirmed(self) -> bool:
        """Whether both sides have agreed to it."""
        return self.residency.status == Residency.Status.CONFIRMED

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return calendar_days(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Away:
    """A visit that lies in the days of a stay, and the road between the two; None where no road leads."""

    stay: Stay
    on: date
    venue: Venue
    drive_min: int | None


def stays_of(tour: Tour) -> list[Stay]:
    """The residencies of the tour's ensemble in its days that are not its own, in order of days; one query."""
    theirs = Residency.objects.standing().filter(ensemble=tour.production.ensemble_id).exclude(tours=tour)
    rows = ResidencyPeriod.objects.filter(residency__in=theirs)
    rows = rows.filter(starts_on__lte=tour.ends_on, ends_on__gte=tour.starts_on)
    ground = rows.select_related("residency__place").order_by("starts_on", "pk")
    return [
        Stay(row.residency, max(row.starts_on, tour.starts_on), min(row.ends_on, tour.ends_on))
        for row in ground
    ]


def days_kept(tour: Tour) -> dict[date, Stay]:
    """The days of the tour that a plan keeps away from: those of confirmed residencies."""
    return {day: stay for stay in stays_of(tour) if stay.is_confirmed for day in stay.days}


def away(stays: Sequence[Stay], visits: Iterable[tuple[date, Venue]]) -> list[Away]:
    """Which of the visits lie in which of the stays, in order of days.

    Args:
        visits: days and rooms, these with their place.
    """
    hit = sorted(
        (
            (day, venue, stay)
            for day, venue in visits
            for stay in stays
            if stay.starts_on <= day <= stay.ends_on
        ),
        key=lambda one: (one[0], one[1].pk),
    )
    if not hit:
        return []
    starts = list(dict.fromkeys(stay.residency.place for _day, _venue, stay in hit))
    venues = list(dict.fromkeys(venue for _day, venue, _stay in hit))
    spans = [(hit[0][0], hit[-1][0])]
    [table] = reach.between(
        [point(place) for place in starts], [point(venue) for venue in venues], spans=spans
    )
    found = []
    for day, venue, stay in hit:
        leg = table[starts.index(stay.residency.place)][venues.index(venue)]
        found.append(Away(stay, day, venue, leg.minutes if leg else None))
    return found


def stays_at(booking: Booking) -> list[Stay]:
    """The residencies of the ensemble on the day of a visit that are not its tour's own."""
    day = timezone.localdate(booking.starts_at)
    return [stay for stay in stays_of(booking.tour) if stay.starts_on <= day <= stay.ends_on]


def visits_in(residency: Residency) -> list[Booking]:
    """Visits of its ensemble that have their slot in the days of the residency, in order; none of its own tours."""
    periods = list(residency.periods.all())
    if not residency.ensemble_id or not periods:
        return []
    within = Q()
    for period in periods:
        within |= Q(occupied_from__date__lte=period.ends_on, occupied_to__date__gte=period.starts_on)
    visits = Booking.objects.reserving().filter(within, tour__production__ensemble=residency.ensemble_id)
    others = visits.exclude(tour__in=residency.tours.all())
    return list(others.with_ground().order_by("occupied_from", "pk"))
