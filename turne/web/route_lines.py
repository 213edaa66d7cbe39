"""The roads that a drive follows, as points to draw; the minutes and km themselves are `venues.travel`'s."""

import heapq
from collections.abc import Iterable, Mapping
from datetime import date

from venues.models import Road
from venues.travel import Edge

Spot = tuple[float, float]


class RoadLines:
    """The region's roads with where their ends lie, and which of them are open on a day; one query."""

    def __init__(self) -> None:
        self.spots: dict[int, Spot] = {}
        self.edges: list[tuple[Edge, float]] = []
        for road in Road.objects.select_related("start", "end"):
            for place in (road.start, road.end):
                self.spots[place.pk] = (place.lat, place.lon)
            edge = Edge(road.start_id, road.end_id, 0, road.kmh, road.closed_from, road.closed_to)
            self.edges.append((edge, road.km / road.kmh))
        self.graphs: dict[tuple[Edge, ...], _Graph] = {}

    def drawn(self, days: Iterable[date]) -> list[tuple[Spot, Spot]]:
        """Every road that is open on one of the days once, as two points."""
        graphs = {id(graph): graph for graph in map(self._open, days)}
        pairs = (pair for graph in graphs.values() for pair in graph.pairs())
        return [(self.spots[start], self.spots[end]) for start, end in dict.fromkeys(pairs)]

    def lines(self, drives: Iterable[tuple[int, int, date]], spots: Mapping[int, Spot]) -> list[list[Spot]]:
        """The points of each drive between two places on its day, each line once; straight where no road leads.

        Args:
            spots: where the drives' own places lie, for those without a road.
        """
        known = {**self.spots, **spots}
        paths = dict.fromkeys(tuple(self._open(day).path(start, end)) for start, end, day in drives)
        return [[known[place] for place in path] for path in paths]

    def _open(self, day: date) -> "_Graph":
        """The roads that are open on a day; days with the same ones share them."""
        closed = tuple(edge for edge, _hours in self.edges if edge.is_closed(day))
        if closed not in self.graphs:
            self.graphs[closed] = _Graph((edge, hours) for edge, hours in self.edges if edge not in closed)
        return self.graphs[closed]


class _Graph:
    """Roads, and the fastest ways over them: from each place that is asked for one tree."""

    def __init__(self, edges: Iterable[tuple[Edge, float]]) -> None:
        self.roads: dict[int, list[tuple[int, float]]] = {}
        self.trees: dict[int, dict[int, int]] = {}
        for edge, hours in edges:
            self.roads.setdefault(edge.start, []).append((edge.end, hours))
            self.roads.setdefault(edge.end, []).append((edge.start, hours))

    def pairs(self) -> list[tuple[int, int]]:
        """The ends of every road once, the lower first."""
        return [(start, end) for start, ends in self.roads.items() for end, _hours in ends if start < end]

    def path(self, start: int, end: int) -> list[int]:
        """The places on the way."""
        if start not in self.trees:
            self.trees[start] = self._tree(start)
        return _path(self.trees[start], start, end)

    def _tree(self, start: int) -> dict[int, int]:
        """For every place that can be reached the one before it on the fastest way; Dijkstra."""
        before: dict[int, int] = {}
        queue = [(0.0, start, start)]
        while queue:
            hours, here, last = heapq.heappop(queue)
            if here in before:
                continue
            before[here] = last
            for there, more in self.roads.get(here, ()):
                if there not in before:
                    heapq.heappush(queue, (hours + more, there, here))
        return before


def _path(before: Mapping[int, int], start: int, end: int) -> list[int]:
    if end not in before:
        return [start, end]
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]
