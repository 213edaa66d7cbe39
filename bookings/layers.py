"""Calendars in layers: what says no to a visit, day by day, and what is left open; read once for all who are asked.

The planner's windows (`availability.py`), the pages and the warnings read the same layers, in the order of
`tours.layer_words.Layer`. What nobody has said is unknown and says no to nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from bookings.models import Allocation, Booking, VisitGroup
from tours.layer_words import Layer, No
from tours.models import Tour, Wish, WishGroup
from tours.windows import (
    DAY_MIN,
    Bar,
    Span,
    Visit,
    calendar_days,
    left_of,
    midnight,
    minute_of,
    minutes_by_day,
    starts,
)
from venues.incoming.busy import busy_by
from venues.models import Closure, Organisation, School, SchoolHours, Venue
from venues.red_days import named_holidays
from venues.school_calendars import SchoolCalendars, binding


@dataclass(frozen=True)
class Asked:
    """Who would receive a visit, where, and who would come.

    Attributes:
        school: whose own days and hours bind; None where the host is no school.
        is_school: whether the audience is a school's: days without school and hours bind nobody else.
        groups: ids of the groups that would come, as far as that is known.
    """

    host: int
    host_name: str
    municipality: int
    school: int | None = None
    venue: int | None = None
    venue_name: str = ""
    is_school: bool = True
    groups: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Layered(Bar):
    """A time of a day with the layer that says no to it."""

    no: No


@dataclass(frozen=True)
class Day:
    """What the layers say of a day.

    Attributes:
        no: the first layer that leaves nothing of it; None where something is open.
        nos: everything that says no to some of it, in the order of the layers, each once.
        open: half-open minutes that no layer touches, in which shows may lie.
    """

    day: date
    no: No | None
    nos: tuple[No, ...]
    open: tuple[tuple[int, int], ...]


def asked_for(host: Organisation, venue: Venue, audience: str, groups: Iterable[int] = ()) -> Asked:
    """A visit to that host in that room, with an audience of `Wish.Audience`."""
    is_school = audience == Wish.Audience.SCHOOL
    municipality, school = binding(host, venue) if is_school else (venue.place.municipality_id, None)
    return Asked(host.pk, host.name, municipality, school, venue.pk, venue.name, is_school, frozenset(groups))


def asked_by_school(school: School, venue: Venue | None = None, groups: Iterable[int] = ()) -> Asked:
    """A visit to that school, in one of its rooms or in none that is named."""
    host = school.organisation
    municipality = host.municipality_id or school.place.municipality_id
    return Asked(
        host.pk,
        host.name,
        municipality,
        school.pk,
        venue.pk if venue else None,
        venue.name if venue else "",
        groups=frozenset(groups),
    )


def groups_of(wishes: Iterable[Wish]) -> dict[int, set[int]]:
    """The groups that each stored wish is for; one query."""
    found: dict[int, set[int]] = {}
    rows = WishGroup.objects.filter(wish__in=[wish.pk for wish in wishes if wish.pk])
    for wish, group in rows.order_by().values_list("wish", "group"):
        found.setdefault(wish, set()).add(group)
    return found


@dataclass
class _Booked:
    """A visit that has its slot: its time by days, whose it is, and the groups that it takes."""

    booking: int
    minutes: list[tuple[date, int, int]]
    groups: dict[int, str] = field(default_factory=dict)


class Layers:
    """Everything that says no to some visits from the first day to the last, both included.

    Args:
        country: whose red days count, as `Region.country`.
        beside: a tour whose own visits are in nobody's way: they are fixed or free to move.
    """

    def __init__(
        self, asked: Iterable[Asked], first: date, last: date, country: str, *, beside: Tour | None = None
    ) -> None:
        self.first, self.last, self.beside = first, last, beside
        self.span = midnight(first), midnight(last + timedelta(days=1))
        everyone = list(asked)
        schools = [one for one in everyone if one.is_school]
        self.red_days = named_holidays(country, first, last)
        self._read_days(schools)
        self._read_rooms(everyone)
        self._read_visits(schools)
        self._of_school: dict[tuple[int, int | None], tuple[list[Layered], list[Layered]]] = {}

    def bars(self, asked: Asked, *, own_calendars: bool = True, but: Collection[int] = ()) -> list[Layered]:
        """What says no; the bars of each day in the order of the layers.

        Args:
            own_calendars: whether times count at which room or house is busy by a calendar that came in.
            but: ids of bookings that are in nobody's way.
        """
        off, hours = self._school_bars(asked) if asked.is_school else ([], [])
        room = asked.venue or 0
        return [
            *off,
            *self.closed_hosts.get(asked.host, []),
            *(self.busy_hosts.get(asked.host, []) if own_calendars else []),
            *hours,
            *self.closed_venues.get(room, []),
            *(bar for bar, booking in self.taken_venues.get(room, []) if booking not in but),
            *(self.busy_venues.get(room, []) if own_calendars else []),
            *(self._visit_bars(asked, but) if asked.is_school else []),
        ]

    def are_hours_known(self, asked: Asked) -> bool:
        """Whether the school has said when it receives."""
        return asked.school in self.hours

    def days(self, asked: Asked) -> list[Day]:
        """Each day of the range with the first layer that says no to all of it, and what is left open."""
        by_day: dict[date, list[Layered]] = {}
        for bar in self.bars(asked):
            by_day.setdefault(bar.day, []).append(bar)
        return [_day(day, by_day.get(day, [])) for day in calendar_days(self.first, self.last)]

    def _read_days(self, schools: Sequence[Asked]) -> None:
        own = {one.school for one in schools if one.school}
        municipalities = {one.municipality for one in schools}
        self.calendars = SchoolCalendars(municipalities, own, self.first, self.last)
        self.hours: dict[int | None, dict[int, SchoolHours]] = {}
        for row in SchoolHours.objects.filter(school__in=own) if own else ():
            self.hours.setdefault(row.school_id, {})[row.weekday] = row

    def _read_rooms(self, everyone: Sequence[Asked]) -> None:
        venues, hosts = {one.venue for one in everyone if one.venue}, {one.host for one in everyone}
        names = {one.venue: one.venue_name for one in everyone}
        houses = {one.host: one.host_name for one in everyone}
        self.closed_venues: dict[int, list[Layered]] = {}
        self.closed_hosts: dict[int, list[Layered]] = {}
        closures = Closure.objects.between(*self.span).filter(Q(venue__in=venues) | Q(organisation__in=hosts))
        for row in closures:
            if row.venue_id:
                no = No(Layer.ROOM, "closed", row.reason, names[row.venue_id])
                by, key = self.closed_venues, row.venue_id
            else:
                key = row.organisation_id or 0
                no = No(Layer.OWN, "closed", row.reason, houses[key])
                by = self.closed_hosts
            by.setdefault(key, []).extend(self._spread(no, row.starts_at, row.ends_at))
        for school in School.objects.filter(organisation__in=hosts).ceased(self.last):
            since = midnight(school.ceased_on) if school.ceased_on else self.span[0]
            gone = self._spread(
                No(Layer.OWN, "ceased", "", houses[school.organisation_id]), since, self.span[1]
            )
            self.closed_hosts.setdefault(school.organisation_id, []).extend(gone)
        self._read_taken(venues, names)
        busy = busy_by(*self.span, venues=venues, organisations=hosts)
        self.busy_venues = {
            key: [bar for span in spans for bar in self._spread(_busy(Layer.ROOM, names[key]), *span)]
            for key, spans in busy.venues.items()
        }
        self.busy_hosts = {
            key: [bar for span in spans for bar in self._spread(_busy(Layer.OWN, houses[key]), *span)]
            for key, spans in busy.organisations.items()
        }

    def _read_taken(self, venues: set[int], names: dict[int | None, str]) -> None:
        """Visits in the same rooms."""
        self.taken_venues: dict[int, list[tuple[Layered, int | None]]] = {}
        rows = Allocation.objects.filter(
            venue__in=venues, is_blocking=True, occupied_from__lt=self.span[1], occupied_to__gt=self.span[0]
        )
        for row in rows.exclude(booking__tour=self.beside) if self.beside else rows:
            assert row.venue_id is not None
            no = No(Layer.ROOM, "taken", "", names[row.venue_id])
            bars = self._spread(no, row.occupied_from, row.occupied_to)
            self.taken_venues.setdefault(row.venue_id, []).extend((bar, row.booking_id) for bar in bars)

    def _read_visits(self, schools: Sequence[Asked]) -> None:
        """The visits that the schools have, and those to which the groups that are asked about go."""
        self.visits: dict[int, list[_Booked]] = {}
        self.outings: list[_Booked] = []
        live = Booking.objects.reserving().between(*self.span)
        live = live.exclude(tour=self.beside) if self.beside else live
        hosts = {one.host for one in schools if one.school}
        for pk, host, start, end in (
            live.filter(presenter__in=hosts).values_list("pk", "presenter", "occupied_from", "occupied_to")
            if hosts
            else ()
        ):
            self.visits.setdefault(host, []).append(_Booked(pk, list(minutes_by_day(start, end))))
        groups = {group for one in schools for group in one.groups}
        rows = VisitGroup.objects.filter(group__in=groups, booking__in=live).select_related(
            "group", "booking"
        )
        for row in rows if groups else ():
            minutes = list(minutes_by_day(row.booking.occupied_from, row.booking.occupied_to))
            self.outings.append(_Booked(row.booking_id, minutes, {row.group_id: row.group.name}))

    def _school_bars(self, asked: Asked) -> tuple[list[Layered], list[Layered]]:
        """Days without school, and what lies outside the school's hours; the same for all of a school's visits."""
        key = asked.municipality, asked.school
        if key not in self._of_school:
            self._of_school[key] = self._days_off(*key), self._hours(asked)
        return self._of_school[key]

    def _days_off(self, municipality: int, school: int | None) -> list[Layered]:
        off, theirs = self.calendars.off(municipality, school), self.calendars.off(municipality)
        found = []
        for day in calendar_days(self.first, self.last):
            if day in self.red_days or day.weekday() >= 5:
                found.append(_whole(day, No(Layer.HOLIDAY, name=self.red_days.get(day, ""))))
            if day in off:
                above = theirs.get(day)
                said, layer = (above, Layer.MUNICIPALITY) if above else (off[day], Layer.OWN)
                found.append(_whole(day, No(layer, name=said.name, whose=said.whose)))
        return found

    def _hours(self, asked: Asked) -> list[Layered]:
        """Nobody plays outside the hours and in the lunch.

        On a weekday of which it says nothing a school that has told its hours receives nobody.
        """
        known = self.hours.get(asked.school)
        if known is None:
            return []
        found: list[Layered] = []
        for day in calendar_days(self.first, self.last):
            if day.weekday() < 5:
                found += _hours_of(day, known.get(day.weekday()), asked.host_name)
        return found

    def _visit_bars(self, asked: Asked, but: Collection[int]) -> list[Layered]:
        found = [
            Layered(day, start, end, False, No(Layer.BOOKED, "", "", asked.host_name, start, end))
            for visit in self.visits.get(asked.host, [])
            if visit.booking not in but
            for day, start, end in visit.minutes
        ]
        for outing in self.outings:
            names = [name for group, name in outing.groups.items() if group in asked.groups]
            if names and outing.booking not in but:
                found += [
                    _whole(day, No(Layer.SERVED, name=names[0])) for day, _start, _end in outing.minutes
                ]
        return found

    def _spread(self, no: No, start: datetime, end: datetime) -> list[Layered]:
        """A time as bars of the days of the range."""
        inside = max(start, self.span[0]), min(end, self.span[1])
        return [
            Layered(day, low, high, False, No(no.layer, no.code, no.name, no.whose, low, high))
            for day, low, high in minutes_by_day(*inside)
        ]


def first_no(bars: Iterable[Layered], visit: Visit, day: date, start_min: int) -> No | None:
    """The first layer that says no to the visit at that start; None where it may be played.

    Args:
        bars: in the order of the layers.
    """
    span = [Span(day, day, start_min, start_min)]
    for bar in bars:
        if bar.day == day and not starts(span, [bar], visit, first_day=day, last_day=day):
            return bar.no
    return None


def first_that_closes(bars: Sequence[Layered], visit: Visit, span: Span) -> No | None:
    """The layer with which, the layers before it standing, no start is left of a day's hours; None where one is."""
    for count in range(1, len(bars) + 1):
        is_last_of_layer = count == len(bars) or bars[count].no.layer != bars[count - 1].no.layer
        if is_last_of_layer and not starts(
            [span], bars[:count], visit, first_day=span.starts_on, last_day=span.starts_on
        ):
            return bars[count - 1].no
    return None


def _day(day: date, bars: Sequence[Layered]) -> Day:
    """The bars are those of the day, in the order of the layers."""
    whole = Span(day, day, 0, DAY_MIN)
    # A day is open where a show of a minute could be.
    no = first_that_closes(bars, Visit(0, 1, 0), whole)
    return Day(day, no, tuple(dict.fromkeys(bar.no for bar in bars)), tuple(left_of(bars)))


def _whole(day: date, no: No) -> Layered:
    return Layered(day, 0, DAY_MIN, True, no)


def _busy(layer: Layer, whose: str) -> No:
    return No(layer, "busy", "", whose)


def _hours_of(day: date, row: SchoolHours | None, whose: str) -> list[Layered]:
    if row is None:
        return [_whole(day, No(Layer.HOURS, "weekday", whose=whose))]
    opens, closes = minute_of(row.starts), minute_of(row.ends)
    no = No(Layer.HOURS, "", "", whose, opens, closes)
    found = [Layered(day, 0, opens, True, no), Layered(day, closes, DAY_MIN, True, no)]
    if row.lunch_starts and row.lunch_ends:
        lunch = minute_of(row.lunch_starts), minute_of(row.lunch_ends)
        found.append(Layered(day, *lunch, True, No(Layer.HOURS, "lunch", "", whose, *lunch)))
    return [bar for bar in found if bar.start_min < bar.end_min]
