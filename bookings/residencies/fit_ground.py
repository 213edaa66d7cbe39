"""The ground on which a residency's fits are judged: rooms, dwellings, calendars, schools, roads, what was had before.

As many statements for a county and a dozen periods as for one room and one: everything is read once, then dealt out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import Count, Q
from django.utils import timezone

from bookings import pupil_coverage
from bookings.models import Allocation, Performance, Residency, ResidencyPeriod
from bookings.residencies.fit_asked import Asked, wished_of
from bookings.residencies.fit_parts import NEAR_MIN
from bookings.residencies.fit_values import (
    RINGS,
    Event,
    Had,
    Home,
    Lacking,
    Option,
    Period,
    Room,
    SchoolDays,
)
from bookings.residencies.permissions import HOST_ROLES
from tours.models import Wish
from tours.rooms import needs_check
from tours.windows import calendar_days, midnight
from venues import lodging, reach
from venues.incoming.busy import busy_by
from venues.models import Closure, Dwelling, Municipality, Organisation, School, Venue
from venues.models.school_years import bounds, school_year_of
from venues.red_days import named_holidays
from venues.school_calendars import SchoolCalendars
from venues.travel import TravelPoint, point

#: Rooms in which nobody works for weeks.
NO_WORKROOM = (Venue.Kind.OUTDOOR, Venue.Kind.DIGITAL)
#: At what hour a night begins and ends: whoever leaves before, and whoever comes after it, do not meet. Source: the
#: house's choice, noon.
NIGHT_FROM = timedelta(hours=12)
DAY = timedelta(days=1)
NO_DAYS: frozenset[date] = frozenset()
Days: TypeAlias = dict[int, frozenset[date]]
#: Room, dwelling, from, to.
Reserved: TypeAlias = tuple[int | None, int | None, datetime, datetime]


def read(asked: Asked) -> list[Option]:
    """Every room of a host in the region in each of the periods, with what is known of staying there then."""
    venues = list(_venues(asked))
    if not venues:
        return []
    reserved = _reserved(asked)
    rooms, homes = _Rooms(asked, venues, reserved), _Homes(asked, venues, reserved)
    schools = _Schools(asked)
    roads, events, had = _Roads(asked, venues, homes, schools), _events(asked), _Had(asked)
    return [
        Option(
            period=period,
            room=rooms.known[venue.pk],
            people=asked.people,
            needs_step_free=asked.needs.step_free,
            step_free=venue.step_free_entrance,
            home=asked.home.name if asked.home else "",
            drive_min=roads.home_min(number, venue),
            town_beds=venue.place.has_lodging,
            full=homes.full.get(venue.place_id, NO_DAYS),
            homes=homes.near(venue, roads.towns_min(number, venue)),
            school_days=schools.days(venue.place.municipality_id, period),
            lacking=roads.lacking(number, venue),
            events=tuple(one for one in events.get(venue.place_id, ()) if one.on in set(period.days)),
            had=had.of(venue.place.municipality_id, period),
            wished=wished_of(asked, venue, period),
            **rooms.calendar(venue),
        )
        for venue in venues
        for number, period in enumerate(asked.periods)
    ]


def _venues(asked: Asked) -> Iterable[Venue]:
    hosts = Organisation.objects.filter(region=asked.region).with_role(*HOST_ROLES)
    rooms = Venue.objects.open().exclude(kind__in=NO_WORKROOM)
    return rooms.filter(organisation__in=hosts.values("pk")).with_ground().order_by("pk")


def _reserved(asked: Asked) -> list[Reserved]:
    """(room, dwelling, from, to) of all that is reserved in the time; not what the residency itself has."""
    start, end = asked.span
    rows = Allocation.objects.filter(is_blocking=True, occupied_from__lt=end, occupied_to__gt=start)
    rows = rows.filter(Q(venue__isnull=False) | Q(dwelling__isnull=False)).order_by()
    if asked.but:
        rows = rows.exclude(pk__in=Allocation.objects.filter(residency=asked.but).values("pk"))
    return list(rows.values_list("venue", "dwelling", "occupied_from", "occupied_to"))


def days_touched(start: datetime, end: datetime) -> list[date]:
    """The local days that a half-open time touches."""
    last = timezone.localdate(end - timedelta(microseconds=1))
    return calendar_days(timezone.localdate(start), last)


def nights_touched(start: datetime, end: datetime) -> list[date]:
    """The nights that a half-open time takes, each by the day before it; see `NIGHT_FROM`."""
    first, last = timezone.localtime(start).replace(tzinfo=None), timezone.localtime(end).replace(tzinfo=None)
    return calendar_days((first - NIGHT_FROM).date(), (last - NIGHT_FROM - timedelta(microseconds=1)).date())


class _Rooms:
    """The rooms: what the work needs of them, and on which days they are taken, closed or busy."""

    def __init__(self, asked: Asked, venues: Sequence[Venue], reserved: Sequence[Reserved]) -> None:
        rider = asked.needs.rider
        self.lines = {venue.pk: tuple(needs_check(rider, venue)) for venue in venues}
        self.known = {venue.pk: _room(venue) for venue in venues}
        self.taken = _by_key((room, days_touched(start, end)) for room, _dwelling, start, end in reserved)
        houses = {venue.organisation_id for venue in venues}
        closures = Closure.objects.between(*asked.span)
        rows = closures.filter(Q(venue__in=self.known) | Q(organisation__in=houses)).order_by()
        shut = list(rows.values_list("venue", "organisation", "starts_at", "ends_at"))
        self.closed = _by_key((room, days_touched(start, end)) for room, _house, start, end in shut)
        self.shut = _by_key((house, days_touched(start, end)) for _room, house, start, end in shut)
        busy = busy_by(*asked.span, venues=self.known, organisations=houses)
        self.busy = _of_spans(busy.venues)
        self.busy_houses = _of_spans(busy.organisations)

    def calendar(self, venue: Venue) -> dict[str, Any]:
        """What an option has of the room."""
        house = venue.organisation_id
        return {
            "lines": self.lines[venue.pk],
            "taken": self.taken.get(venue.pk, NO_DAYS),
            "closed": self.closed.get(venue.pk, NO_DAYS) | self.shut.get(house, NO_DAYS),
            "busy": self.busy.get(venue.pk, NO_DAYS) | self.busy_houses.get(house, NO_DAYS),
        }


class _Homes:
    """The dwellings that are lent, on which nights they are taken, and the nights on which towns are full."""

    def __init__(self, asked: Asked, venues: Sequence[Venue], reserved: Sequence[Reserved]) -> None:
        found = Dwelling.objects.in_use().filter(owner__region=asked.region).select_related("place")
        self.dwellings = list(found.order_by("pk"))
        self.taken = _by_key((home, nights_touched(start, end)) for _room, home, start, end in reserved)
        self.facts = {one.pk: asked.needs.facts_of(one) for one in self.dwellings}
        places = {venue.place_id for venue in venues}
        self.full = lodging.full_nights(places, asked.first, asked.last)

    def near(self, venue: Venue, minutes: Mapping[int, int | None]) -> tuple[Home, ...]:
        """The dwellings from which one can come to the room every day, and those of its house in the same reach.

        Args:
            minutes: to each of their places, by id; None without a road.
        """
        return tuple(
            Home(
                dwelling=one.pk,
                name=one.name,
                place_name=one.place.name,
                beds=one.beds,
                drive_min=drive,
                is_own=one.owner_id == venue.organisation_id,
                facts=self.facts[one.pk],
                taken=self.taken.get(one.pk, NO_DAYS),
            )
            for one in self.dwellings
            if (drive := minutes.get(one.place_id)) is not None and drive <= NEAR_MIN
        )


class _Schools:
    """The schools of the region: their days off, and how many of their pupils have met nothing, by school year."""

    def __init__(self, asked: Asked) -> None:
        self.years = sorted({school_year_of(period.starts_on) for period in asked.periods})
        last_year = school_year_of(asked.last)
        whole = bounds(self.years[0])[0], bounds(last_year)[1]
        towns = list(asked.region.municipalities.values_list("pk", flat=True))
        self.calendars = SchoolCalendars(towns, (), *whole)
        self.off = {town: self.calendars.off(town) for town in towns}
        self.red = named_holidays(asked.region.country, asked.first, asked.last)
        standing = School.objects.standing(asked.first).filter(organisation__region=asked.region)
        self.schools = list(standing.select_related("place", "organisation").order_by("pk"))
        #: By school year and school: its pupils, and whether they have met nothing.
        self.told = {
            year: {
                key: (line.pupils, not line.encounters)
                for key, line in pupil_coverage.add_up(
                    pupil_coverage.of_year(asked.region, year)
                ).schools.items()
            }
            for year in self.years
        }

    def days(self, municipality: int, period: Period) -> SchoolDays:
        """On how many of the period's weekdays the municipality's schools have school."""
        if not self._is_known(municipality, school_year_of(period.starts_on)):
            return SchoolDays(False)
        off = self.off[municipality]
        weekdays = [day for day in period.days if day.weekday() < 5]
        why = {day: self.red.get(day) or off[day].text for day in weekdays if day in self.red or day in off}
        return SchoolDays(True, len(weekdays) - len(why), len(weekdays), tuple(dict.fromkeys(why.values())))

    def _is_known(self, municipality: int, year: int) -> bool:
        key = "m", municipality
        first, last = bounds(year)
        told = any(first <= entry.starts_on <= last for entry in self.calendars.entries.get(key, ()))
        return told or (key, year) in self.calendars.terms


class _Roads:
    """The drives in each period: from home, to dwellings, and to the schools."""

    def __init__(self, asked: Asked, venues: Sequence[Venue], homes: _Homes, schools: _Schools) -> None:
        starts = {venue.pk: point(venue) for venue in venues}
        self.schools = [(school.pk, point(school)) for school in schools.schools]
        self.towns = {one.place_id: point(one.place) for one in homes.dwellings}
        self.home = point(asked.home) if asked.home else None
        ends = [*(end for _key, end in self.schools), *self.towns.values(), *filter(None, [self.home])]
        unique, reached = list(dict.fromkeys(starts.values())), list(dict.fromkeys(ends))
        spans = [(period.starts_on, period.ends_on) for period in asked.periods]
        self.tables = reach.between(unique, reached, spans=spans)
        row = {where: number for number, where in enumerate(unique)}
        self.row = {venue: row[start] for venue, start in starts.items()}
        self.column = {where: number for number, where in enumerate(reached)}
        self.told = [schools.told[school_year_of(period.starts_on)] for period in asked.periods]
        self.found = self._lacking(asked.periods)
        self.most = max((one.counted for one in self.found.values()), default=0.0)

    def home_min(self, period: int, venue: Venue) -> int | None:
        """From home to the room; None without a road, or where nobody has said where home is."""
        return self._minutes(period, self.row[venue.pk], self.home) if self.home else None

    def towns_min(self, period: int, venue: Venue) -> dict[int, int | None]:
        """To each place with dwellings, by id."""
        row = self.row[venue.pk]
        return {place: self._minutes(period, row, where) for place, where in self.towns.items()}

    def lacking(self, period: int, venue: Venue) -> Lacking:
        """Whom one could reach from the room who has met nothing."""
        return replace(self.found[period, self.row[venue.pk]], most=self.most)

    def _minutes(self, period: int, row: int, where: TravelPoint) -> int | None:
        leg = self.tables[period][row][self.column[where]]
        return leg.minutes if leg else None

    def _lacking(self, periods: Sequence[Period]) -> dict[tuple[int, int], Lacking]:
        """By period and row; periods with the same roads and school year share theirs."""
        known: dict[tuple[int, int, int], Lacking] = {}
        found = {}
        for number, period in enumerate(periods):
            for row in set(self.row.values()):
                key = id(self.tables[number]), school_year_of(period.starts_on), row
                if key not in known:
                    known[key] = self._around(number, row)
                found[number, row] = known[key]
        return found

    def _around(self, period: int, row: int) -> Lacking:
        rings, schools, is_known = [0] * len(RINGS), 0, False
        for school, where in self.schools:
            minutes = self._minutes(period, row, where)
            ring = next(
                (n for n, (most, _share) in enumerate(RINGS) if minutes is not None and minutes <= most), None
            )
            pupils, is_lacking = self.told[period].get(school, (0, False))
            if ring is None or not pupils:
                continue
            is_known = True
            rings[ring] += pupils * is_lacking
            schools += is_lacking
        return Lacking(is_known, tuple(rings), schools)


class _Had:
    """What the municipalities have had in the calendar years in which the periods begin."""

    def __init__(self, asked: Asked) -> None:
        years = sorted({period.starts_on.year for period in asked.periods})
        span = midnight(date(years[0], 1, 1)), midnight(date(years[-1] + 1, 1, 1))
        played = Performance.objects.counted().between(*span).order_by()
        rows = played.values_list("booking__venue__place__municipality", "starts_at__year")
        self.played = {(town, year): count for town, year, count in rows.annotate(count=Count("pk"))}
        stays = ResidencyPeriod.objects.filter(
            residency__in=Residency.objects.standing().exclude(pk=asked.but or 0),
            starts_on__year__gte=years[0],
            starts_on__year__lte=years[-1],
        )
        stayed = stays.order_by().values_list(
            "residency__place__municipality", "starts_on__year", "residency"
        )
        self.stayed = Counter((town, year) for town, year, _residency in set(stayed))
        self.people: dict[int, int | None] = dict(
            Municipality.objects.filter(region=asked.region).values_list("pk", "population")
        )
        self.most = {
            year: max((self._rate(town, year) or 0.0 for town in self.people), default=0.0) for year in years
        }

    def of(self, municipality: int, period: Period) -> Had:
        """What it has had in the year."""
        year = period.starts_on.year
        return Had(self.stayed[municipality, year], self._rate(municipality, year), self.most[year])

    def _rate(self, municipality: int, year: int) -> float | None:
        people = self.people.get(municipality)
        return 1000 * self.played.get((municipality, year), 0) / people if people else None


def _events(asked: Asked) -> dict[int, list[Event]]:
    """The public performances of the time, by place; those for schools are none."""
    rows = Performance.objects.public().standing().between(*asked.span)
    rows = rows.exclude(booking__audience=Wish.Audience.SCHOOL).order_by("starts_at", "pk")
    found: dict[int, list[Event]] = defaultdict(list)
    for place, title, form, starts_at in rows.values_list(
        "booking__venue__place",
        "booking__tour__production__title",
        "booking__tour__production__art_form",
        "starts_at",
    ):
        found[place].append(Event(title, timezone.localdate(starts_at), form == asked.art_form))
    return found


def _room(venue: Venue) -> Room:
    place = venue.place
    return Room(
        venue.pk,
        venue.name,
        venue.organisation_id,
        venue.organisation.name,
        place.pk,
        place.name,
        place.municipality_id,
        place.municipality.name,
    )


def _by_key(rows: Iterable[tuple[int | None, Iterable[date]]]) -> Days:
    found: dict[int, set[date]] = defaultdict(set)
    for key, days in rows:
        if key is not None:
            found[key].update(days)
    return {key: frozenset(days) for key, days in found.items()}


def _of_spans(by: Mapping[int, Iterable[tuple[datetime, datetime]]]) -> Days:
    return _by_key((key, days_touched(*span)) for key, spans in by.items() for span in spans)
