"""The roads that a drive follows, as points to draw; the minutes and km themselves are `venues.travel`'s."""

import heapq
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from venues.models import Road
from venues.travel import Edge

Spot = tuple[float, float]


class RoadLines:
    """The region's open roads with where their ends lie; one query."""

    def __init__(self, first: date, last: date) -> None:
        """Roads that are closed on any of the days, both included, are not driven."""
        days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
        self.spots: dict[int, Spot] = {}
        self.roads: dict[int, list[tuple[int, float]]] = {}
        for road in Road.objects.select_related("start", "end"):
            for place in (road.start, road.end):
                self.spots[place.pk] = (place.lat, place.lon)
            edge = Edge(road.start_id, road.end_id, 0, road.kmh, road.closed_from, road.closed_to)
            if not any(edge.is_closed(day) for day in days):
                hours = road.km / road.kmh
                self.roads.setdefault(road.start_id, []).append((road.end_id, hours))
                self.roads.setdefault(road.end_id, []).append((road.start_id, hours))

    def drawn(self) -> list[tuple[Spot, Spot]]:
        """Every open road once, as two points."""
        return [
            (self.spots[start], self.spots[end])
            for start, ends in self.roads.items()
            for end, _hours in ends
            if start < end
        ]

    def lines(self, drives: Iterable[tuple[int, int]], spots: Mapping[int, Spot]) -> list[list[Spot]]:
        """The points of each drive between two places; straight where no road of the graph leads.

        Args:
            spots: where the drives' own places lie, for those without a road.
        """
        known = {**self.spots, **spots}
        trees: dict[int, dict[int, int]] = {}
        found = []
        for start, end in drives:
            if start not in trees:
                trees[start] = self._tree(start)
            found.append([known[place] for place in _path(trees[start], start, end)])
        return found

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
