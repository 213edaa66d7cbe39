"""What an allotment stands on: where schools and rooms are, who has seen what, and on how many days one can play."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bookings.cohorts import Seen, year_in
from bookings.models import Booking, VisitGroup
from bookings.models.booking import LIVE
from tours.grade_answers import week_in
from tours.models import Allotment, AllottedGroup, GradeAnswer, Production, Season, WishGroup
from tours.windows import calendar_days
from tours.wish_rules import weeks_of
from venues.models import Region, School, Venue
from venues.models.school_years import year_label
from venues.reach import reach
from venues.travel import Leg, TravelPoint, point

#: Rooms to which no school goes: nobody can, or those who live there are not disturbed. Source: the house's choice.
NOT_FOR_SCHOOLS = (Venue.Kind.DIGITAL, Venue.Kind.CARE)
SATURDAY = 5
SCHOOL_DAYS = 5


@dataclass(frozen=True)
class Tables:
    """Places by name with the drives between them."""

    places: tuple[str, ...]
    legs: list[list[Leg | None]]

    def document(self) -> dict[str, Any]:
        """As the problem has it: km and minutes, null where no road leads."""
        return {
            "places": list(self.places),
            "km": [[leg and leg.km for leg in row] for row in self.legs],
            "minutes": [[leg and leg.minutes for leg in row] for row in self.legs],
        }


def school_place(pk: int) -> str:
    """The name of where a school is: its own rooms are there too."""
    return f"s{pk}"


def venue_place(pk: int) -> str:
    """The name of where a room is that is no school's own."""
    return f"v{pk}"


def home_place(production: Production) -> str:
    """The name of where an ensemble lives."""
    return f"o{production.ensemble.home_id}"


def rooms_in(region: Region) -> "QuerySet[Venue]":
    """The rooms in the region to which schools may go."""
    rooms = Venue.objects.open().filter(place__municipality__region=region)
    return rooms.exclude(kind__in=NOT_FOR_SCHOOLS).select_related("place", "organisation").order_by("pk")


def tables_of(
    schools: Iterable[School], productions: Sequence[Production], venues: Sequence[Venue], season: Season
) -> Tables:
    """Where everything is, and how far it is between any two; what stands on one spot is reckoned once."""
    where: dict[str, TravelPoint] = {school_place(school.pk): point(school) for school in schools}
    owners = {school.organisation_id for school in schools}
    where |= {venue_place(v.pk): point(v) for v in venues if v.organisation_id not in owners}
    where |= {home_place(production): point(production.ensemble.home) for production in productions}
    spots = list(dict.fromkeys(where.values()))
    found = reach(spots, on=season.starts_on, until=season.ends_on)
    index = {spot: number for number, spot in enumerate(spots)}
    numbers = [index[spot] for spot in where.values()]
    return Tables(tuple(where), [[found[a][b] for b in numbers] for a in numbers])


def seen_by(schools: Collection[int], allotment: Allotment) -> list[Seen]:
    """What grades of these schools have seen or are to see: visits that stand, and what other allotments gave."""
    rows = VisitGroup.objects.filter(group__school__in=schools, booking__status__in=LIVE)
    rows = rows.exclude(booking__outcome=Booking.Outcome.NOT_HELD)
    given = _given(schools, allotment)
    names = ("group__school", "group__grade", "group__school_year")
    seen = [
        *rows.values_list(*names, "booking__tour__production"),
        *given.values_list(*names, "visit__wish__production"),
    ]
    return [Seen(school, grade, year_in(year), production) for school, grade, year, production in set(seen)]


def encounters_of(schools: Collection[int], year: int, allotment: Allotment) -> Mapping[int, int]:
    """By group, how many visits it has or is given in the school year.

    A production that is given and not booked counts once beside a visit of it: a tour plays one of the two.
    """
    rows = VisitGroup.objects.filter(
        group__school__in=schools, group__school_year=year_label(year), booking__status__in=LIVE
    ).exclude(booking__outcome=Booking.Outcome.NOT_HELD)
    waiting = _given(schools, allotment).filter(group__school_year=year_label(year))
    waiting = waiting.exclude(visit__wish__bookings__status__in=LIVE)
    booked = list(rows.values_list("group", "booking__tour__production"))
    given = set(waiting.values_list("group", "visit__wish__production")) - set(booked)
    return Counter(group for group, _production in [*booked, *given])


def wished_already(allotment: Allotment) -> set[tuple[int, str, int]]:
    """School, grade and production of what schools have wished for themselves in the season for such grades."""
    rows = WishGroup.objects.filter(
        wish__season=allotment.season,
        wish__withdrawn_at=None,
        wish__is_allotted=False,
        group__grade__in=allotment.grades,
    )
    return set(rows.values_list("group__school", "group__grade", "wish__production"))


def _given(schools: Collection[int], allotment: Allotment) -> "QuerySet[AllottedGroup]":
    standing = AllottedGroup.objects.filter(group__school__in=schools, visit__wish__withdrawn_at=None)
    return standing.exclude(visit__allotment=allotment)


def school_weeks(season: Season) -> set[tuple[int, int]]:
    """The weeks with a school day in the season, as (year, week)."""
    return {week for week in weeks_of(season) if _has_school_day(season, week)}


def _has_school_day(season: Season, week: tuple[int, int]) -> bool:
    monday = date.fromisocalendar(*week, 1)
    return monday <= season.ends_on and monday + timedelta(days=SCHOOL_DAYS - 1) >= season.starts_on


def weeks_answered(
    answer: GradeAnswer | None, weeks: Collection[tuple[int, int]]
) -> set[tuple[int, int]] | None:
    """Those of the season's weeks in which a grade can; None: in all, nothing was said. Empty: it named only others."""
    named = {week for name in (answer.weeks if answer else ()) if (week := week_in(name))}
    return named & set(weeks) if named else None


def days_to_play(production: Production, season: Season) -> int:
    """Weekdays of the season on which the ensemble does not rest and is not booked."""
    days = {day for day in calendar_days(season.starts_on, season.ends_on) if day.weekday() < SATURDAY}
    for off in production.ensemble.days_off.all():
        days -= set(calendar_days(off.starts_on, off.ends_on))
    booked = Booking.objects.reserving().filter(tour__production__ensemble=production.ensemble)
    for first, last in booked.values_list("occupied_from", "occupied_to"):
        days -= set(calendar_days(timezone.localdate(first), timezone.localdate(last)))
    return len(days)
