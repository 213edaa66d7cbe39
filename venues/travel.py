"""Road time and distance between places and venues: the region's road graph, and what producers know better.

The graph gives the fastest way over the roads that are open; minutes are km / typical speed, times the
caller's factor (a tour's winter factor x trailer factor). An override is not a road of the graph: it replaces
the way between its two places, in both directions, on every day, and leaves all other pairs alone; the factor
applies to it too, so a producer types the minutes of a dry road without trailer. A venue more than `AWAY_KM`
from its place adds a leg of its own, and so does a school; beside the way inside a place no other line is straight.

Everything is reckoned in whole metres and whole fractions of a minute, so that a table is symmetric to the
digit and "rounded up" never adds a minute for a rounding error. A routing server can come later, beside the
graph and with the same tables.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm
from typing import TYPE_CHECKING, TypeAlias

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from geopy.distance import geodesic

from venues import yearly
from venues.errors import BadOverride, NoRoad
from venues.models import Place, Road, School, TravelOverride, Venue

if TYPE_CHECKING:
    from venues.models import User

#: A venue nearer its place than this has no leg of its own. Source: our choice; positions are good to 1-2 km.
AWAY_KM = 1.0
#: Road km per straight km. Source: measured on the region's own graph, off by 10.6 % in the mean
#: (venues/data/README.md).
ROAD_PER_STRAIGHT = 1.28
#: Speed on a venue's own leg. Source: an assumption, a small road.
OWN_LEG_KMH = 50
#: Nobody drives faster in the mean: a faster override is a slip of the pen. Source: our choice; the highest
#: limit in Sweden is 120 km/h, in Norway 110.
FASTEST_KMH = 120
MOST_MINUTES, MOST_KM, LONGEST_REASON = 1440, 2000, 200

Factor: TypeAlias = Decimal | float | int


# -- The pure part: values in, values out ---------------------------------------


@dataclass(frozen=True, slots=True)
class Leg:
    """A drive: whole minutes, rounded up, and km to a tenth."""

    minutes: int
    km: float


NOWHERE = Leg(0, 0.0)


@dataclass(frozen=True, slots=True)
class Edge:
    """A road between two places by their ids.

    `closed_from` and `closed_to` are "MM-DD", both included, or empty.
    """

    start: int
    end: int
    metres: int
    kmh: int
    closed_from: str = ""
    closed_to: str = ""
    name: str = ""

    def is_closed(self, day: date) -> bool:
        """Whether the yearly closure, which may run over New Year, holds on the day."""
        return bool(self.closed_from) and yearly.holds(self.closed_from, self.closed_to, day)


@dataclass(frozen=True, slots=True)
class Override:
    """What a producer has driven between two places; holds in both directions."""

    minutes: int
    km: float


@dataclass(frozen=True, slots=True)
class TravelPoint:
    """Somewhere to drive to: a place, or a venue at the end of its own leg from the place.

    Points are equal when they are the same spot, whatever they are called; between equal points nobody
    drives.
    """

    place_id: int
    name: str = field(compare=False)
    own_metres: int = 0
    spot: tuple[float, float] | None = None


@dataclass(frozen=True)
class TravelTable:
    """Drives between all pairs; rows (from) and columns (to) in the order of `points`."""

    points: tuple[TravelPoint, ...]
    drive_min: list[list[int]]
    drive_km: list[list[float]]


@dataclass(frozen=True, slots=True)
class Way:
    """The fastest way to a place: `time` in the graph's own fractions of a minute, and metres."""

    time: int
    metres: int


class Graph:
    """Roads that are open, and the fastest ways over them.

    A road's time is `metres * 60 * per_minute / (1000 * kmh)`, and `per_minute` is a multiple of every
    speed, so that times are whole numbers and their sums exact.
    """

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.edges = list(edges)
        speeds = lcm(OWN_LEG_KMH, *(edge.kmh for edge in self.edges))
        self.per_minute = 1000 * speeds
        self.roads: dict[int, list[tuple[int, int, int]]] = {}
        for edge in self.edges:
            time = self.time(edge.metres, edge.kmh)
            self.roads.setdefault(edge.start, []).append((edge.end, time, edge.metres))
            self.roads.setdefault(edge.end, []).append((edge.start, time, edge.metres))

    def time(self, metres: int, kmh: int) -> int:
        """How long a stretch takes, in fractions of a minute."""
        return metres * 60 * self.per_minute // (1000 * kmh)

    def ways(self, start: int) -> dict[int, Way]:
        """The fastest way (of equally fast ones the shortest) to each place that can be reached; Dijkstra."""
        best = {start: (0, 0)}
        done: set[int] = set()
        queue = [(0, 0, start)]
        while queue:
            time, metres, here = heapq.heappop(queue)
            if here in done:
                continue
            done.add(here)
            for there, more_time, more_metres in self.roads.get(here, ()):
                found = (time + more_time, metres + more_metres)
                if there not in best or found < best[there]:
                    best[there] = found
                    heapq.heappush(queue, (*found, there))
        return {place: Way(*way) for place, way in best.items()}


def table(
    points: Sequence[TravelPoint],
    edges: Sequence[Edge],
    *,
    days: tuple[date, date],
    overrides: Mapping[tuple[int, int], Override] | None = None,
    factor: Factor = 1,
) -> TravelTable:
    """Drives between all pairs of points.

    Args:
        days: first and last day of travel, both included; a road closed on any of them is not used.
        overrides: by the two places' ids, lower first.
        factor: on all minutes; above 0; six decimals count.

    Raises:
        NoRoad: two of the points are not joined and no override says how long it takes.
    """
    if factor <= 0:
        raise ValueError(f"factor must be above 0, not {factor}")
    exact = Fraction(str(factor)).limit_denominator(1_000_000)  # 1.1 * 1.1 is to be 1.21, not a hair more
    drives = Drives(edges, days, overrides or {}, exact)
    legs = [[drives.leg(start, end, points[0]) for end in points] for start in points]
    return TravelTable(
        points=tuple(points),
        drive_min=[[leg.minutes for leg in row] for row in legs],
        drive_km=[[leg.km for leg in row] for row in legs],
    )


class Drives:
    """Legs between points on some days; ways are found once for each place that is left from."""

    def __init__(
        self,
        edges: Sequence[Edge],
        days: tuple[date, date],
        overrides: Mapping[tuple[int, int], Override],
        factor: Fraction,
    ) -> None:
        self.edges = edges
        self.closed = [edge for edge in edges if _is_closed_between(edge, *days)]
        self.graph = Graph(edge for edge in edges if edge not in self.closed)
        self.overrides = overrides
        self.factor = factor
        self.known: dict[int, dict[int, Way]] = {}

    def leg(self, start: TravelPoint, end: TravelPoint, home: TravelPoint) -> Leg:
        if (found := self.found(start, end)) is None:
            raise self._no_road(start, end, home)
        return found

    def found(self, start: TravelPoint, end: TravelPoint) -> Leg | None:
        """The drive, or None where no road leads."""
        if start == end:
            return NOWHERE
        way = self._way(start, end)
        if way is None:
            return None
        own = start.own_metres + end.own_metres
        time = way.time + self.graph.time(own, OWN_LEG_KMH)
        return Leg(_minutes(time, self.graph.per_minute, self.factor), round((way.metres + own) / 1000, 1))

    def _way(self, start: TravelPoint, end: TravelPoint) -> Way | None:
        here, there = start.place_id, end.place_id
        if override := self.overrides.get((min(here, there), max(here, there))):
            return Way(override.minutes * self.graph.per_minute, round(override.km * 1000))
        return self._reached(here).get(there)

    def _reached(self, place_id: int) -> dict[int, Way]:
        if place_id not in self.known:
            self.known[place_id] = self.graph.ways(place_id)
        return self.known[place_id]

    def _no_road(self, start: TravelPoint, end: TravelPoint, home: TravelPoint) -> NoRoad:
        """Why there is none: a place without any road, a closure, or two parts that never meet."""
        roads = Graph(self.edges)
        reached, lost = self._reached(start.place_id), end
        if start.place_id not in self._reached(home.place_id):  # home knows it by a correction alone
            lost = start
        roadless = [point.name for point in (start, end) if point.place_id not in roads.roads]
        closed = []
        if end.place_id in roads.ways(start.place_id):
            closed = [road.name for road in self.closed if (road.start in reached) != (road.end in reached)]
        return NoRoad(
            start.name,
            end.name,
            start.place_id,
            end.place_id,
            lost_id=lost.place_id,
            roadless=roadless,
            closed=closed,
        )


def _minutes(time: int, per_minute: int, factor: Fraction) -> int:
    """Fractions of a minute times the factor, rounded up to whole minutes."""
    return -(-time * factor.numerator // (per_minute * factor.denominator))


def _is_closed_between(edge: Edge, first: date, last: date) -> bool:
    if not edge.closed_from:
        return False
    span = min((last - first).days, 366)
    return any(edge.is_closed(first + timedelta(days=ahead)) for ahead in range(span + 1))


# -- The database part ---------------------------------------


def point(where: "Place | Venue | School | TravelPoint") -> TravelPoint:
    """The point of a place, a venue or a school, whose place is read unless it was selected along."""
    if isinstance(where, TravelPoint):
        return where
    if isinstance(where, Place):
        return TravelPoint(where.pk, where.name)
    metres = own_metres(where)
    spot = (where.lat, where.lon) if metres and where.lat is not None and where.lon is not None else None
    return TravelPoint(where.place_id, f"{where} ({where.place.name})", metres, spot)


def own_metres(where: "Venue | School") -> int:
    """Metres of road between a venue or school and its place: 0 when it stands there or nobody knows where."""
    if where.lat is None or where.lon is None:
        return 0
    metres = _road_metres((where.place.lat, where.place.lon), (where.lat, where.lon))
    return metres if metres > AWAY_KM * ROAD_PER_STRAIGHT * 1000 else 0


def within_place(school: "School", venue: "Venue") -> Leg | None:
    """The way from a school to a venue in the same place; None where nobody knows where one of them stands there."""
    if school.lat is None or school.lon is None or venue.lat is None or venue.lon is None:
        return None
    metres = _road_metres((school.lat, school.lon), (venue.lat, venue.lon))
    return Leg(ceil(metres * 60 / (1000 * OWN_LEG_KMH)), round(metres / 1000, 1))


def _road_metres(start: tuple[float, float], end: tuple[float, float]) -> int:
    straight: float = geodesic(start, end).km
    return ceil(straight * ROAD_PER_STRAIGHT * 1000)


def travel_table(
    places: "Sequence[Place | Venue | TravelPoint]",
    *,
    on: date,
    until: date | None = None,
    factor: Factor = 1,
) -> TravelTable:
    """Drives between all pairs of places and venues, mixed as one likes; two queries.

    Args:
        places: venues with their place selected along.
        on, until: days of travel, both included; a road that is closed on any of them is not used.
        factor: on all minutes, such as a tour's winter factor x trailer factor.

    Raises:
        NoRoad: two of them are not joined by road on these days and nobody has typed how long it takes.
    """
    points = [point(place) for place in places]
    days = (on, until or on)
    return table(points, read_edges(), days=days, overrides=read_overrides(points), factor=factor)


def leg(
    start: "Place | Venue | TravelPoint",
    end: "Place | Venue | TravelPoint",
    *,
    on: date,
) -> Leg:
    """The drive from one place or venue to another; arguments and errors as in `travel_table`."""
    found = travel_table([start, end], on=on)
    return Leg(found.drive_min[0][1], found.drive_km[0][1])


@transaction.atomic
def set_override(
    start: Place, end: Place, minutes: int, km: float | Decimal, reason: str, by: "User"
) -> TravelOverride:
    """Note how long the drive between two places really takes, in both directions; replaces an earlier note.

    Args:
        minutes, km: on a dry road without trailer, 1 to 1440 and 0.1 to 2000.
        reason: why, in a few words; may be empty.
        by: who knows it.

    Raises:
        BadOverride: the figures can not be right; nothing was written.
    """
    _check_override(start, end, minutes, km, reason)
    first, second = sorted([start, end], key=lambda place: place.pk)
    override, _made = TravelOverride.objects.update_or_create(
        start=first,
        end=second,
        defaults={"drive_min": minutes, "km": float(km), "reason": reason, "by": by},
    )
    return override


def clear_override(start: Place, end: Place) -> bool:
    """Let the road graph decide again between two places; whether there was anything to clear."""
    first, second = sorted([start.pk, end.pk])
    deleted, _of = TravelOverride.objects.filter(start_id=first, end_id=second).delete()
    return deleted > 0


def _check_override(start: Place, end: Place, minutes: int, km: float | Decimal, reason: str) -> None:
    if start.pk == end.pk:
        raise BadOverride(_("Choose two different places."))
    if not 1 <= minutes <= MOST_MINUTES:
        raise BadOverride(
            _("Give the minutes as a whole number from 1 to %(most)s.") % {"most": MOST_MINUTES}
        )
    if not 0.1 <= float(km) <= MOST_KM:
        raise BadOverride(_("Give the distance in km, from 0.1 to %(most)s.") % {"most": MOST_KM})
    if float(km) * 60 / minutes > FASTEST_KMH:
        told = {"km": km, "minutes": minutes, "fastest": FASTEST_KMH}
        text = _("%(km)s km in %(minutes)s minutes is faster than %(fastest)s km/h. Check both figures.")
        raise BadOverride(text % told)
    if len(reason) > LONGEST_REASON:
        raise BadOverride(_("Give the reason in at most %(most)s characters.") % {"most": LONGEST_REASON})


def read_edges() -> list[Edge]:
    """Every road of the graph; by values, because rows and their places cost five times as much."""
    columns = ("start_id", "end_id", "km", "kmh", "closed_from", "closed_to", "start__name", "end__name")
    return [
        Edge(start, end, round(km * 1000), kmh, closed_from, closed_to, f"{start_name}–{end_name}")
        for start, end, km, kmh, closed_from, closed_to, start_name, end_name in Road.objects.values_list(
            *columns
        )
    ]


def read_overrides(points: Sequence[TravelPoint]) -> dict[tuple[int, int], Override]:
    """What producers know of the ways between these points, by the two places' ids, lower first."""
    ids = {point.place_id for point in points}
    rows = TravelOverride.objects.filter(Q(start__in=ids) & Q(end__in=ids))
    return {(row.start_id, row.end_id): Override(row.drive_min, row.km) for row in rows}
