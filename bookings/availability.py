"""When the wishes of a tour can be played: closures, other visits, school breaks and red days, layer by layer."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import holidays
from django.db.models import Q

from bookings.models import Allocation, CounterOffer, Tour, Wish
from bookings.windows import Span, Taken, Visit, calendar_days, midnight, minute_of, starts
from venues.models import Closure, SchoolBreak


def public_holidays(country: str, first: date, last: date, language: str = "") -> dict[date, str]:
    """Red days other than ordinary Sundays, both ends included, with their names.

    Args:
        language: of the names, such as "sv" or "en_US"; without it that of the machine's environment.

    Source: the library holidays, which keeps the countries' laws.
    """
    years = range(first.year, last.year + 1)
    calendar = holidays.country_holidays(country, years=years, language=language or None)
    named = {day: name for day, name in calendar.items() if first <= day <= last}
    plain = {"Söndag", "Søndag", "Sunday"}
    return {day: name for day, name in named.items() if name not in plain}


def visit_of(tour: Tour, shows_count: int) -> Visit:
    """How long a visit of the tour's production takes."""
    rider = tour.production.rider
    return Visit(rider.get_in_min, tour.production.show_min(shows_count), rider.get_out_min)


class Availability:
    """Everything that says no to a wish on some days, read once for all wishes of a tour."""

    def __init__(self, tour: Tour, wishes: list[Wish]) -> None:
        self.tour = tour
        self.span = (midnight(tour.starts_on), midnight(tour.ends_on + timedelta(days=1)))
        self.counter_offers = self._counter_offers()
        self.taken_venues: dict[int, list[Taken]] = {}
        self.taken_hosts: dict[int, list[Taken]] = {}
        self._read_closures(wishes)
        self._read_bookings(wishes)
        self.breaks = self._school_breaks(wishes)
        self.red_days = set(public_holidays(tour.season.region.country, tour.starts_on, tour.ends_on))

    def windows(self, wish: Wish) -> list[tuple[date, int, int]]:
        """When the wish's first show may start."""
        return self.windows_within(wish, self._spans(wish))

    def beyond(self, wish: Wish) -> list[Span]:
        """The days that were wished for where all of them lie outside the tour; else none."""
        spans, tour = self._spans(wish), self.tour
        within = any(span.starts_on <= tour.ends_on and span.ends_on >= tour.starts_on for span in spans)
        return [] if within else spans

    def windows_within(self, wish: Wish, spans: Iterable[Span]) -> list[tuple[date, int, int]]:
        """The same, if the wish had given these days and times; it need not be saved."""
        return starts(
            spans,
            [*self.taken_venues.get(wish.venue_id, []), *self.taken_hosts.get(wish.organisation_id, [])],
            self._closed_days(wish),
            visit_of(self.tour, wish.shows_count),
            first_day=self.tour.starts_on,
            last_day=self.tour.ends_on,
        )

    def _spans(self, wish: Wish) -> list[Span]:
        rows: list[Any] = self.counter_offers.get(wish.pk) or list(wish.spans.all())
        return [
            Span(row.starts_on, row.ends_on, minute_of(row.earliest), minute_of(row.latest)) for row in rows
        ]

    def _counter_offers(self) -> dict[int, list[CounterOffer]]:
        """The newest counter-offer of each wish whose last visit ended with one."""
        rows = CounterOffer.objects.filter(booking__tour=self.tour).select_related("booking")
        found: dict[int, list[CounterOffer]] = {}
        for row in rows.order_by("booking__changed_at", "pk"):
            if row.booking.wish_id:
                found[row.booking.wish_id] = [row]
        return found

    def _read_closures(self, wishes: list[Wish]) -> None:
        venues, hosts = {w.venue_id for w in wishes}, {w.organisation_id for w in wishes}
        closures = Closure.objects.between(*self.span).filter(Q(venue__in=venues) | Q(organisation__in=hosts))
        for row in closures:
            taken = Taken(row.starts_at, row.ends_at, row.reason)
            if row.venue_id:
                self.taken_venues.setdefault(row.venue_id, []).append(taken)
            elif row.organisation_id:
                self.taken_hosts.setdefault(row.organisation_id, []).append(taken)

    def _read_bookings(self, wishes: list[Wish]) -> None:
        """Other tours' visits in the same venues; this tour's own are fixed or free to move."""
        rows = Allocation.objects.filter(
            venue__in={w.venue_id for w in wishes},
            is_blocking=True,
            occupied_from__lt=self.span[1],
            occupied_to__gt=self.span[0],
        ).exclude(booking__tour=self.tour)
        for row in rows:
            assert row.venue_id is not None
            self.taken_venues.setdefault(row.venue_id, []).append(Taken(row.occupied_from, row.occupied_to))

    def _school_breaks(self, wishes: list[Wish]) -> dict[int, set[date]]:
        municipalities = {wish.venue.place.municipality_id for wish in wishes}
        rows = SchoolBreak.objects.filter(
            municipality__in=municipalities,
            ends_on__gte=self.tour.starts_on,
            starts_on__lte=self.tour.ends_on,
        )
        found: dict[int, set[date]] = {}
        for row in rows:
            days = calendar_days(row.starts_on, row.ends_on)
            found.setdefault(row.municipality_id, set()).update(days)
        return found

    def _closed_days(self, wish: Wish) -> set[date]:
        """For a school's audience: weekends, red days and breaks. The public comes on any day."""
        if wish.audience != Wish.Audience.SCHOOL:
            return set()
        tour_days = calendar_days(self.tour.starts_on, self.tour.ends_on)
        weekends = {day for day in tour_days if day.weekday() >= 5}
        return weekends | self.red_days | self.breaks.get(wish.venue.place.municipality_id, set())
