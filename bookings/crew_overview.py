"""A region's crews in counts: by municipality how many, trained, what they have, and the visits that they hosted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from bookings.crews import HELD
from bookings.models import CrewVisit
from tours.models import CrewBallot, Season
from venues.models import Crew, CrewItem, Region
from venues.models.school_years import bounds, school_year_of


@dataclass
class Line:
    """The crews of a municipality, or of all; `trained`: those with a training day in the school year."""

    name: str
    crews: int = 0
    pupils: int = 0
    mentors: int = 0
    trained: int = 0
    shirts: int = 0
    shirts_lent: int = 0
    folders: int = 0
    folders_lent: int = 0
    hosted: int = 0
    held: int = 0
    voted: int = 0

    def add(self, other: "Line") -> None:
        """Count another line in."""
        for name in self.__dataclass_fields__:
            if name != "name":
                setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True)
class CrewLine:
    """One crew with the same counts."""

    crew: Crew
    line: Line


@dataclass
class Overview:
    """Every active crew, each municipality with crews, and all of them together."""

    crews: list[CrewLine] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    total: Line = field(default_factory=lambda: Line(""))


def overview(region: Region, season: Season | None, today: date) -> Overview:
    """The region's active crews, with what they did in the season; five queries, however many there are.

    Args:
        season: whose visits and votes count; without one there are none.
    """
    crews = list(_crews(region, today))
    items = _items(crews)
    hosted, held = _hosted(crews, season)
    voted = _voted(crews, season)
    found = Overview()
    by_name: dict[str, Line] = {}
    for crew in crews:
        line = Line(
            name=str(crew.organisation.municipality or ""),
            crews=1,
            pupils=crew.pupils_count,
            mentors=crew.mentors_count,
            trained=bool(crew.trained),  # type: ignore[attr-defined]
            hosted=hosted.get(crew.pk, 0),
            held=held.get(crew.pk, 0),
            voted=crew.pk in voted,
            **items.get(crew.pk, {}),
        )
        found.crews.append(CrewLine(crew, line))
        by_name.setdefault(line.name, Line(line.name)).add(line)
        found.total.add(line)
    found.lines = [by_name[name] for name in sorted(by_name)]
    return found


def _crews(region: Region, today: date) -> "QuerySet[Crew]":
    first, last = bounds(school_year_of(today))
    this_year = Count("trainings", filter=Q(trainings__held_on__range=(first, last)))
    found = Crew.objects.active().filter(organisation__region=region).annotate(trained=this_year)
    return found.select_related("organisation__municipality").order_by(
        "organisation__municipality__name", "organisation__name", "name"
    )


def _items(crews: Sequence[Crew]) -> dict[int, dict[str, int]]:
    """By crew the sums of what it has."""
    found: dict[int, dict[str, int]] = {}
    names = {CrewItem.Kind.SHIRT: "shirts", CrewItem.Kind.FOLDER: "folders"}
    for item in CrewItem.objects.filter(crew__in=crews):
        name, counts = names[CrewItem.Kind(item.kind)], found.setdefault(item.crew_id, {})
        counts[name] = counts.get(name, 0) + item.total_count
        counts[f"{name}_lent"] = counts.get(f"{name}_lent", 0) + item.lent_count
    return found


def _hosted(crews: Sequence[Crew], season: Season | None) -> tuple[dict[int, int], dict[int, int]]:
    """By crew its visits that stand, and those that were held, as `crews.hosted` counts them."""
    counted = CrewVisit.objects.counted(season).filter(crew__in=crews).order_by().values_list("crew")
    rows = list(counted.annotate(hosted=Count("pk"), held=HELD))
    return {crew: count for crew, count, _held in rows}, {crew: held for crew, _count, held in rows}


def _voted(crews: Sequence[Crew], season: Season | None) -> set[int]:
    return set(CrewBallot.objects.filter(crew__in=crews, season=season).values_list("crew", flat=True))
