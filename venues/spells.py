"""Drives of many days: a road that closes or opens on one of them changes them from that day on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, product

from venues.errors import NoRoad
from venues.models import Place, Venue
from venues.travel import (
    Edge,
    Factor,
    Override,
    TravelPoint,
    TravelTable,
    point,
    read_edges,
    read_overrides,
    table,
)


@dataclass(frozen=True)
class Spell:
    """Days in a row with the same drives.

    Attributes:
        first, last: both included.
        cut_off: by its id each place that no open road joins to the first point, with the error that says so. Its
            drives are those of the time when every road is open: nobody drives there on these days.
    """

    first: date
    last: date
    table: TravelTable
    cut_off: Mapping[int, NoRoad]

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


def travel_spells(
    places: Sequence[Place | Venue | TravelPoint], *, on: date, until: date, factor: Factor = 1
) -> list[Spell]:
    """Drives between all pairs on every day, in order of days; two queries.

    Args:
        places: as in `travel_table`, home first.
        on, until: days of travel, both included.
        factor: on all minutes.

    Raises:
        NoRoad: a place is cut off on all of the days.
    """
    points = [point(place) for place in places]
    return spells(points, read_edges(), days=(on, until), overrides=read_overrides(points), factor=factor)


def spells(
    points: Sequence[TravelPoint],
    edges: Sequence[Edge],
    *,
    days: tuple[date, date],
    overrides: Mapping[tuple[int, int], Override] | None = None,
    factor: Factor = 1,
) -> list[Spell]:
    """The same of roads and corrections that are at hand; arguments as in `travel.table`."""
    known: dict[tuple[Edge, ...], Spell] = {}
    found: list[Spell] = []
    for first, last, closed in _stretches(edges, *days):
        if closed not in known:
            known[closed] = _spell(points, edges, first, overrides or {}, factor)
        found.append(replace(known[closed], first=first, last=last))
    lost = set.intersection(*(set(spell.cut_off) for spell in found))
    for place in (where.place_id for where in points):
        if place in lost:
            raise found[0].cut_off[place]
    return _joined(found)


def _stretches(
    edges: Sequence[Edge], first: date, last: date
) -> Iterator[tuple[date, date, tuple[Edge, ...]]]:
    """The days cut wherever a road closes or opens: first and last day, and what is closed on them."""
    seasonal = [edge for edge in edges if edge.closed_from]
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    for closed, same in groupby(
        days, key=lambda day: tuple(edge for edge in seasonal if edge.is_closed(day))
    ):
        run = list(same)
        yield run[0], run[-1], closed


def _spell(
    points: Sequence[TravelPoint],
    edges: Sequence[Edge],
    day: date,
    overrides: Mapping[tuple[int, int], Override],
    factor: Factor,
) -> Spell:
    """The drives of one day."""
    cut_off: dict[int, NoRoad] = {}
    while True:
        joined = [where for where in points if where.place_id not in cut_off]
        try:
            found = table(joined, edges, days=(day, day), overrides=overrides, factor=factor)
        except NoRoad as error:
            cut_off[error.lost_id] = error
        else:
            break
    if cut_off:
        always = [replace(edge, closed_from="", closed_to="") for edge in edges]
        whole = table(points, always, days=(day, day), overrides=overrides, factor=factor)
        found = _filled(whole, found)
    return Spell(day, day, found, cut_off)


def _filled(whole: TravelTable, part: TravelTable) -> TravelTable:
    """The whole table with the drives of the part where both ends are in it."""
    at = {where: i for i, where in enumerate(part.points)}
    drive_min, drive_km = [list(row) for row in whole.drive_min], [list(row) for row in whole.drive_km]
    known = [(i, at[where]) for i, where in enumerate(whole.points) if where in at]
    for (i, here), (j, there) in product(known, repeat=2):
        drive_min[i][j], drive_km[i][j] = part.drive_min[here][there], part.drive_km[here][there]
    return TravelTable(whole.points, drive_min, drive_km)


def _joined(found: Sequence[Spell]) -> list[Spell]:
    """The spells in order, neighbours with the same drives as one."""
    joined: list[Spell] = []
    for spell in found:
        if joined and joined[-1].table == spell.table and joined[-1].cut_off.keys() == spell.cut_off.keys():
            joined[-1] = replace(joined[-1], last=spell.last)
        else:
            joined.append(spell)
    return joined
