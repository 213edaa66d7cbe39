"""Encounters per pupil: how many performances each pupil meets in a school year, by school, grade and municipality.

The readings are at the end; everything above is arithmetic on plain values. What is cancelled or was not played is
never counted; a workshop in connection with a performance is not an encounter of its own.
Source: "art encounters per pupil" is the measure by which such programmes are followed up.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bookings.allotment_names import unit_of
from bookings.models import Booking, VisitGroup
from bookings.models.booking import Status
from tours.models import Allotment
from venues.grades import rank
from venues.models import Group, Organisation, Region, School
from venues.models.school_years import year_label


@dataclass(frozen=True)
class Body:
    """Pupils of one grade of a school.

    Attributes:
        encounters: each pupil counted once for each performance.
        reached: pupils with at least one.
    """

    school: int
    grade: str
    municipality: str
    pupils: int
    encounters: int = 0
    reached: int = 0


@dataclass
class Line:
    """What came to a school, a grade, a municipality, or to all."""

    key: Any
    pupils: int = 0
    encounters: int = 0
    reached: int = 0

    @property
    def per_pupil(self) -> float:
        """Encounters for each pupil; 0 of none."""
        return self.encounters / self.pupils if self.pupils else 0.0

    @property
    def share(self) -> float:
        """The part of the pupils with at least one, 0 to 1; 0 of none."""
        return self.reached / self.pupils if self.pupils else 0.0

    def add(self, body: Body) -> None:
        """Count some pupils in."""
        self.pupils += body.pupils
        self.encounters += body.encounters
        self.reached += body.reached


@dataclass(frozen=True)
class Coverage:
    """The lines of some pupils, and those of whom nobody meets anything."""

    schools: dict[int, Line]
    grades: dict[str, Line]
    municipalities: dict[str, Line]
    total: Line
    without: list[Body] = field(default_factory=list)


def add_up(bodies: Iterable[Body]) -> Coverage:
    """Their lines, schools and municipalities as they come and grades from the youngest; and whoever has none."""
    bodies = list(bodies)
    total = Line(None)
    for body in bodies:
        total.add(body)
    by_grade = _lines(bodies, lambda body: body.grade)
    return Coverage(
        schools=_lines(bodies, lambda body: body.school),
        grades={grade: by_grade[grade] for grade in sorted(by_grade, key=rank)},
        municipalities=_lines(bodies, lambda body: body.municipality),
        total=total,
        without=_without(bodies),
    )


def _lines(bodies: Iterable[Body], of: Callable[[Body], Any]) -> dict[Any, Line]:
    found: dict[Any, Line] = {}
    for body in bodies:
        found.setdefault(of(body), Line(of(body))).add(body)
    return found


def _without(bodies: Iterable[Body]) -> list[Body]:
    """Grades of schools in which no pupil meets anything, their groups together."""
    whole: dict[tuple[int, str], list[Body]] = defaultdict(list)
    for body in bodies:
        whole[(body.school, body.grade)].append(body)
    schools = list(dict.fromkeys(school for school, _grade in whole))
    return [
        Body(school, grade, those[0].municipality, sum(body.pupils for body in those))
        for (school, grade), those in sorted(
            whole.items(), key=lambda item: (schools.index(item[0][0]), rank(item[0][1]))
        )
        if not any(body.encounters for body in those)
    ]


# -- Readings ---------------------------------------


def of_year(region: Region, year: int, *, municipality: str = "", grade: str = "") -> list[Body]:
    """A body for each group of the region's schools in the school year that begins in `year`. Two queries.

    Args:
        municipality, grade: a code and a grade to narrow to; all where they are empty.
    """
    groups = Group.objects.filter(
        school_year=year_label(year),
        school__organisation__region=region,
        school__organisation__municipality__isnull=False,
    )
    if municipality:
        groups = groups.filter(school__organisation__municipality__code=municipality)
    if grade:
        groups = groups.filter(grade=grade)
    there = came(groups.values("pk"))
    rows = groups.order_by("school__organisation__name", "school", "grade", "name")
    return [
        Body(school, grade_of, code, pupils, sum(there.get(pk, ())), min(pupils, max(there.get(pk, (0,)))))
        for pk, school, grade_of, code, pupils in rows.values_list(
            "pk", "school", "grade", "school__organisation__municipality__code", "pupils_count"
        )
    ]


def came(groups: Any) -> dict[int, list[int]]:
    """By group, how many of it are or were at each visit that is agreed: as many as came, once that is told.

    A group that meets nothing is left out. One query.
    """
    rows = VisitGroup.objects.filter(group__in=groups, booking__status=Status.CONFIRMED)
    rows = rows.exclude(booking__outcome=Booking.Outcome.NOT_HELD)
    found: dict[int, list[int]] = defaultdict(list)
    for group, coming, came in rows.values_list("group", "pupils_count", "came_count"):
        found[group].append(coming if came is None else came)
    return found


def of_plan(allotment: Allotment) -> tuple[list[Body], list[Body]]:
    """The pupils of its target, by grade of a school: with what is booked already, and with its plan besides."""
    given = {one["unit"] for one in (allotment.plan or {}).get("assignments", ())}
    before, after = [], []
    for unit in allotment.problem.get("units", ()):
        school, grade = unit_of(unit["id"])
        pupils, has = sum(unit["classes"]), unit["encounters"]
        gets = has + (unit["id"] in given)
        before.append(_body(school, grade, unit["municipality"], pupils, has))
        after.append(_body(school, grade, unit["municipality"], pupils, gets))
    return before, after


def _body(school: int, grade: str, municipality: str, pupils: int, encounters: int) -> Body:
    return Body(school, grade, municipality, pupils, pupils * encounters, pupils if encounters else 0)


def school_names(bodies: Sequence[Body]) -> dict[int, Organisation]:
    """The organisation behind each school, by the school's id."""
    found = School.objects.filter(pk__in={body.school for body in bodies}).select_related(
        "organisation__municipality"
    )
    return {school.pk: school.organisation for school in found}
