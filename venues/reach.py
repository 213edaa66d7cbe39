"""How far it is between many points, where some may not be joined by any road."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from venues import travel
from venues.models import Place
from venues.travel import Edge, Leg, TravelPoint

#: Drives from (rows) and to (columns) some points; None where no road leads.
Table: TypeAlias = list[list[Leg | None]]


def reach(points: Sequence[TravelPoint], *, on: date, until: date) -> list[list[Leg | None]]:
    """Drives between all pairs of points on a dry road, from (rows) and to (columns); None where no road leads.

    Two queries. A road that is closed on any of the days, both included, is not used.
    """
    [found] = between(points, points, spans=[(on, until)])
    return found


def between(
    starts: Sequence[TravelPoint], ends: Sequence[TravelPoint], *, spans: Sequence[tuple[date, date]]
) -> list[Table]:
    """For each span of days the drives from (rows) and to (columns) those points; two queries, whatever is asked.

    Spans in which the same roads are closed share a table: it is reckoned once.
    """
    edges, overrides = travel.read_edges(), travel.read_overrides([*starts, *ends])
    known: dict[frozenset[Edge], Table] = {}
    found = []
    for days in spans:
        drives = travel.Drives(edges, days, overrides, Fraction(1))
        closed = frozenset(drives.closed)
        if closed not in known:
            known[closed] = [[drives.found(start, end) for end in ends] for start in starts]
        found.append(known[closed])
    return found


def roadless() -> set[int]:
    """Ids of the places that no road touches: nothing can be played there before a road is added."""
    without = Place.objects.filter(roads_out__isnull=True, roads_in__isnull=True)
    return set(without.values_list("pk", flat=True))
