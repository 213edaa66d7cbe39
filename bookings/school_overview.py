"""The schools of a municipality in figures: what is told of each, and how far a season reaches its pupils."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from bookings.models import Booking, VisitGroup
from bookings.models.booking import Status
from tours.models import Season
from venues.models import Group, Municipality, School, SchoolHours
from venues.models.school_years import school_year_of, year_label
from venues.school_confirming import is_confirmed, year_to_confirm

#: How a line is found by whoever sorts: name -> value; the name decides between equals.
SORTS: dict[str, Any] = {
    "skola": lambda line: line.school.organisation.name.casefold(),
    "elever": lambda line: line.pupils,
    "grupper": lambda line: line.groups,
    "bekraftad": lambda line: line.is_confirmed,
    "tider": lambda line: line.has_hours,
    "besok": lambda line: line.visits,
    "natt": lambda line: -1.0 if line.share is None else line.share,
    "erbjudanden": lambda line: line.offers,
}


@dataclass(frozen=True)
class Line:
    """A school. `visits` are those that are agreed and not reported as not played; `offers` wait for its answer.

    Attributes:
        pupils, groups: in the school year in which the season begins.
        reached: pupils of the groups that such a visit is for, each group once.
    """

    school: School
    pupils: int = 0
    groups: int = 0
    is_confirmed: bool = False
    has_hours: bool = False
    visits: int = 0
    reached: int = 0
    offers: int = 0

    @property
    def share(self) -> float | None:
        """Of the pupils those that are reached, at most all; None where nobody has said how many there are."""
        return min(1.0, self.reached / self.pupils) if self.pupils else None


def overview(municipality: Municipality, season: Season | None, today: date) -> list[Line]:
    """A line for each school that stands in the municipality, by name; as many queries for many as for one."""
    schools = School.objects.with_forms().standing(today).filter(organisation__municipality=municipality)
    found = list(schools.order_by("organisation__name", "pk"))
    year = school_year_of(season.starts_on if season else today)
    groups = _groups(found, year)
    hours = set(SchoolHours.objects.filter(school__in=found).values_list("school", flat=True))
    visits, offers = _visits(found, season)
    reached = _reached(found, season)
    asked = year_to_confirm(today)
    return [
        Line(
            school=school,
            pupils=sum(groups.get(school.pk, {}).values()),
            groups=len(groups.get(school.pk, {})),
            is_confirmed=is_confirmed(school, asked),
            has_hours=school.pk in hours,
            visits=visits.get(school.organisation_id, 0),
            reached=reached.get(school.pk, 0),
            offers=offers.get(school.organisation_id, 0),
        )
        for school in found
    ]


def ordered(lines: Iterable[Line], key: str, *, descending: bool = False) -> list[Line]:
    """The lines by one of `SORTS`."""
    by_name = sorted(lines, key=SORTS["skola"])
    return sorted(by_name, key=SORTS[key], reverse=descending)


def total(lines: Sequence[Line]) -> dict[str, int]:
    """The sums of the lines, and how many schools have told what."""
    return {
        "schools": len(lines),
        "pupils": sum(line.pupils for line in lines),
        "groups": sum(line.groups for line in lines),
        "confirmed": sum(line.is_confirmed for line in lines),
        "hours": sum(line.has_hours for line in lines),
        "visits": sum(line.visits for line in lines),
        "reached": sum(min(line.reached, line.pupils) for line in lines),
        "offers": sum(line.offers for line in lines),
    }


def _groups(schools: Sequence[School], year: int) -> dict[int, dict[int, int]]:
    """School -> group -> pupils."""
    found: dict[int, dict[int, int]] = {}
    rows = Group.objects.filter(school__in=schools, school_year=year_label(year)).order_by()
    for school, group, pupils in rows.values_list("school", "pk", "pupils_count"):
        found.setdefault(school, {})[group] = pupils
    return found


def _visits(schools: Sequence[School], season: Season | None) -> tuple[dict[int, int], dict[int, int]]:
    """By organisation: visits of the season, and offers that wait."""
    if season is None:
        return {}, {}
    mine = Booking.objects.filter(
        presenter__in=[school.organisation_id for school in schools], tour__season=season
    )
    agreed = Q(status=Status.CONFIRMED) & ~Q(outcome=Booking.Outcome.NOT_HELD)
    rows = mine.order_by().values_list("presenter")
    counted = rows.annotate(
        agreed=Count("pk", filter=agreed), offers=Count("pk", filter=Q(status=Status.OFFERED))
    )
    found = list(counted)
    return {key: agreed for key, agreed, _o in found}, {key: offers for key, _a, offers in found}


def _reached(schools: Sequence[School], season: Season | None) -> dict[int, int]:
    """By school the pupils of its groups that go to an agreed visit, wherever it is; each group once."""
    if season is None:
        return {}
    rows = VisitGroup.objects.filter(
        group__school__in=schools, booking__tour__season=season, booking__status=Status.CONFIRMED
    ).exclude(booking__outcome=Booking.Outcome.NOT_HELD)
    most: dict[tuple[int, int], int] = {}
    for school, group, pupils, came in rows.order_by().values_list(
        "group__school", "group", "pupils_count", "came_count"
    ):
        here = pupils if came is None else came
        most[school, group] = max(most.get((school, group), 0), here)
    found: dict[int, int] = {}
    for (school, _group), pupils in most.items():
        found[school] = found.get(school, 0) + pupils
    return found
