"""When the wishes of a tour can be played: closures, other visits, own calendars, days without school, red days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import holidays
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Allocation, CounterOffer
from tours import own_calendars as calendars
from tours.models import Tour, Wish
from tours.windows import Span, Taken, Visit, calendar_days, midnight, minute_of, starts
from venues.incoming.busy import REASON, busy_by
from venues.incoming.reading import Span as Busy
from venues.models import Closure, School
from venues.school_calendars import Off, SchoolCalendars, binding


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


def _proposed(counter: CounterOffer) -> list[Span]:
    """The times that were asked for, each alone, and the days that were given."""
    starts = [timezone.localtime(slot.starts_at) for slot in counter.slots.all()]
    spans = [Span(at.date(), at.date(), minute_of(at.time()), minute_of(at.time())) for at in starts]
    if counter.starts_on and counter.ends_on and counter.earliest and counter.latest:
        hours = minute_of(counter.earliest), minute_of(counter.latest)
        spans.append(Span(counter.starts_on, counter.ends_on, *hours))
    return spans


def _taken(spans: Iterable[Busy]) -> list[Taken]:
    return [Taken(start, end, str(REASON)) for start, end in spans]


class Availability:
    """Everything that says no to a wish on some days, read once for all wishes of a tour.

    Args:
        own_calendars: whether times count as taken at which the room, its house or the ensemble is busy by a calendar
            of its own. Nobody is refused for them: they are left out where people have agreed on a time.
    """

    def __init__(self, tour: Tour, wishes: list[Wish], *, own_calendars: bool = True) -> None:
        self.tour = tour
        self.span = (midnight(tour.starts_on), midnight(tour.ends_on + timedelta(days=1)))
        self.counter_offers = self._counter_offers()
        self.taken_venues: dict[int, list[Taken]] = {}
        self.taken_hosts: dict[int, list[Taken]] = {}
        self._read_closures(wishes)
        self._read_bookings(wishes)
        self.busy_venues: dict[int, list[Taken]] = {}
        self.busy_hosts: dict[int, list[Taken]] = {}
        self.busy_ensemble: list[Taken] = []
        if own_calendars:
            self._read_own_calendars(wishes)
        self.calendars = self._calendars(wishes)
        self.red_days = set(public_holidays(tour.season.region.country, tour.starts_on, tour.ends_on))

    def windows(self, wish: Wish) -> list[tuple[date, int, int]]:
        """When the wish's first show may start."""
        return self.windows_within(wish, self._spans(wish))

    def open_windows(self, wish: Wish) -> list[tuple[date, int, int]]:
        """The same if nobody's own calendar counted."""
        return self._starts(wish, self._spans(wish), [])

    def beyond(self, wish: Wish) -> list[Span]:
        """The days that were wished for where all of them lie outside the tour; else none."""
        spans, tour = self._spans(wish), self.tour
        within = any(span.starts_on <= tour.ends_on and span.ends_on >= tour.starts_on for span in spans)
        return [] if within else spans

    def windows_within(self, wish: Wish, spans: Iterable[Span]) -> list[tuple[date, int, int]]:
        """The same, if the wish had given these days and times; it need not be saved."""
        busy = [
            *self.busy_venues.get(wish.venue_id, []),
            *self.busy_hosts.get(wish.organisation_id, []),
            *self.busy_ensemble,
        ]
        return self._starts(wish, spans, busy)

    def _starts(self, wish: Wish, spans: Iterable[Span], busy: list[Taken]) -> list[tuple[date, int, int]]:
        taken = [*self.taken_venues.get(wish.venue_id, []), *self.taken_hosts.get(wish.organisation_id, [])]
        return starts(
            spans,
            [*taken, *busy],
            self._closed_days(wish),
            visit_of(self.tour, wish.shows_count),
            first_day=self.tour.starts_on,
            last_day=self.tour.ends_on,
        )

    def _spans(self, wish: Wish) -> list[Span]:
        rows: list[Any] = list(wish.spans.all())
        wished = [
            Span(row.starts_on, row.ends_on, minute_of(row.earliest), minute_of(row.latest)) for row in rows
        ]
        return self.counter_offers.get(wish.pk) or wished

    def _counter_offers(self) -> dict[int, list[Span]]:
        """The days and times of the newest counter-offer of each wish that has one, unless it was said no to."""
        rows = CounterOffer.objects.filter(booking__tour=self.tour).exclude(
            outcome=CounterOffer.Outcome.REFUSED
        )
        rows = rows.select_related("booking").prefetch_related("slots")
        return {
            row.booking.wish_id: _proposed(row)
            for row in rows.order_by("booking__changed_at", "pk")
            if row.booking.wish_id
        }

    def _read_closures(self, wishes: list[Wish]) -> None:
        venues, hosts = {w.venue_id for w in wishes}, {w.organisation_id for w in wishes}
        closures = Closure.objects.between(*self.span).filter(Q(venue__in=venues) | Q(organisation__in=hosts))
        for row in closures:
            taken = Taken(row.starts_at, row.ends_at, row.reason)
            if row.venue_id:
                self.taken_venues.setdefault(row.venue_id, []).append(taken)
            elif row.organisation_id:
                self.taken_hosts.setdefault(row.organisation_id, []).append(taken)
        self._read_ceased(hosts)

    def _read_ceased(self, hosts: set[int]) -> None:
        """Schools that are no more, from the day on which they cease."""
        last = self.tour.ends_on
        for school in School.objects.filter(organisation__in=hosts).ceased(last):
            since = midnight(school.ceased_on) if school.ceased_on else self.span[0]
            gone = Taken(since, self.span[1], _("the school has ceased"))
            self.taken_hosts.setdefault(school.organisation_id, []).append(gone)

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

    def _read_own_calendars(self, wishes: list[Wish]) -> None:
        """When a room, its house or the ensemble is busy by a calendar that came in."""
        venues, hosts = {w.venue_id for w in wishes}, {w.organisation_id for w in wishes}
        found = busy_by(*self.span, venues=venues, organisations=hosts)
        self.busy_venues = {key: _taken(spans) for key, spans in found.venues.items()}
        self.busy_hosts = {key: _taken(spans) for key, spans in found.organisations.items()}
        ensemble = self.tour.production.ensemble
        self.busy_ensemble = _taken(calendars.busy_times(ensemble, *self.span))

    def no_school(self, wish: Wish) -> list[Off]:
        """Who says that there is no school on days that were wished for: each once, in the order of days."""
        if wish.audience != Wish.Audience.SCHOOL:
            return []
        wished = {day for span in self._spans(wish) for day in calendar_days(span.starts_on, span.ends_on)}
        off = self._off(wish)
        return list(dict.fromkeys(off[day] for day in sorted(off) if day in wished and day.weekday() < 5))

    def _calendars(self, wishes: list[Wish]) -> SchoolCalendars:
        owners = [_whose(wish) for wish in wishes]
        return SchoolCalendars(
            {municipality for municipality, _school in owners},
            {school for _municipality, school in owners if school},
            self.tour.starts_on,
            self.tour.ends_on,
        )

    def _off(self, wish: Wish) -> dict[date, Off]:
        return self.calendars.off(*_whose(wish))

    def _closed_days(self, wish: Wish) -> set[date]:
        """For a school's audience: weekends, red days and days without school. The public comes on any day."""
        if wish.audience != Wish.Audience.SCHOOL:
            return set()
        tour_days = calendar_days(self.tour.starts_on, self.tour.ends_on)
        weekends = {day for day in tour_days if day.weekday() >= 5}
        return weekends | self.red_days | self._off(wish).keys()


def _whose(wish: Wish) -> tuple[int, int | None]:
    """Whose days off bind the wish's audience."""
    if wish.audience != Wish.Audience.SCHOOL:
        return wish.venue.place.municipality_id, None
    return binding(wish.organisation, wish.venue)
