"""A bound where a day holds more patterns than can be listed: many short sessions in few places.

Such a day is taken as: some places, the shortest way through them from any of them to any other, and the stops there
that bring most by the prices in the minutes that are left, in no order (a knapsack). That asks less than any pattern of
the day keeps to, so the best path over all days is a bound on any plan, as in flow.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

import numpy as np

from .duals import Duals, plain_prices
from .flow import NEVER, Flow, Ways
from .tables import Floats, Ints, Tables

CELL = 5
"""Minutes of a cell of the knapsack: stops are rounded down to it, and the time for them up."""

MOST_PLACES = 12
"""With more places than this on a day its roads between them are left out of the bound."""


class _Tour(NamedTuple):
    """Some of a day's places; (T, T) the shortest way through all T of them from one to another, else infinite.

    Attributes:
        spots: their numbers among the day's places, rising.
    """

    spots: list[int]
    drive: Floats
    km: Floats


class _Items(NamedTuple):
    """The stops of a day that bring anything by the prices; by stop."""

    spot: Ints
    cells: Ints
    worth: Floats


def overfull_bound(flow: Flow, duals: Duals, days: Collection[int], stop: Callable[[], bool]) -> float:
    """No plan is worth more than this; infinite once somebody asks to stop.

    Args:
        duals: any prices; those of the listed patterns come near the best.
        days: those with patterns that are not listed.
        stop: asked before each set of places.
    """
    table = flow.table
    ways = flow.ways(plain_prices(table, duals.stops, duals.areas))
    value = flow.beds_only(0)
    for day, way in enumerate(ways):
        played = Spread(table, day).most(duals, stop) if day in days else _listed(way)
        if played is None:
            return float(np.inf)
        value = (value[:, None] + np.maximum(way.moves, played)).max(axis=0)
    bonus = float(table.problem.costs.municipality_bonus)
    return float(table.base + value[0] + duals.stops[table.leads].sum() + (bonus - duals.areas).sum())


def _listed(way: Ways) -> Floats:
    """(B, B) at least what any listed block brings between two beds."""
    beds = len(way.moves)
    if not len(way.own):
        return np.full((beds, beds), NEVER)
    return np.array([(row[:, None] + way.own[:, None] + way.outward).max(axis=0) for row in way.inward])


class Spread:
    """The places of one day and the ways through them.

    Attributes:
        places: (F,) place numbers; a spot is a place's number among them.
        most_played: no more stops than this, if each has the fewest performances of all.
        late, early: (F,) minute when the last stop there can be packed, when the first can begin.
    """

    def __init__(self, table: Tables, day: int) -> None:
        self.table, self.day = table, day
        self.stops = np.array(list(table.openings[day]), dtype=np.int64)
        self.places = np.unique(table.place[self.stops])
        self.spot = np.searchsorted(self.places, table.place[self.stops])
        wishes = [table.problem.candidates[c] for c in self.stops]
        windows = list(table.openings[day].values())
        after, before = [w.show_min + w.get_out_min for w in wishes], [w.get_in_min for w in wishes]
        self.late, self.early = np.zeros(len(self.places)), np.full(len(self.places), np.inf)
        ends = [opening[-1][1] + more for opening, more in zip(windows, after, strict=True)]
        begins = [opening[0][0] - less for opening, less in zip(windows, before, strict=True)]
        np.maximum.at(self.late, self.spot, np.array(ends, dtype=np.float64))
        np.minimum.at(self.early, self.spot, np.array(begins, dtype=np.float64))
        self.minutes = np.array(after) + before
        fewest = min((wish.performances for wish in wishes), default=1)
        self.most_played = min(len(wishes), table.limits[day].performances // fewest)
        self.drive = _shortest(table.roads[day].drive.astype(np.float64))
        self.km = _shortest(table.roads[day].km)

    def most(self, duals: Duals, stop: Callable[[], bool]) -> Floats | None:
        """(B, B) at least what any pattern of the day brings between two beds by these prices, None if stopped."""
        beds, limits = self.table.beds, self.table.limits[self.day]
        found = np.full((len(beds), len(beds)), NEVER)
        items = self._items(duals)
        for tour in self._tours():
            if stop():
                return None
            found = np.maximum(found, self._brought(tour, items) + self._reached(tour.spots, duals))
        night = np.where(np.arange(len(beds)) == 0, 0.0, float(self.table.problem.costs.per_night_away))
        return np.where(limits.goals(len(beds)), found - night, NEVER)

    def _brought(self, tour: _Tour, items: _Items) -> Floats:
        """(B, B) what the stops of a tour bring between two beds, less its roads."""
        beds, places, limits = self.table.beds, self.places[tour.spots], self.table.limits[self.day]
        road = self.drive[np.ix_(beds, places)][:, :, None, None] + tour.drive[:, :, None]
        road = road + self.drive[np.ix_(places, beds)]
        span = min(limits.span, limits.closes - limits.opens)
        left = np.minimum(self._minutes(tour) - tour.drive[:, :, None], span - road)
        legal = (left >= 0) & (road <= limits.drive)
        if not legal.any():
            return np.full((len(beds), len(beds)), NEVER)
        cells = np.where(legal, np.ceil(np.maximum(left, 0.0) / CELL), 0).astype(np.int64)
        km = self.km[np.ix_(beds, places)][:, :, None, None] + tour.km[:, :, None]
        km = np.where(legal, km + self.km[np.ix_(places, beds)], 0.0)
        brings = self._knapsack(items, tour.spots, int(cells.max()))[cells]
        gain = np.where(legal, brings - km * float(self.table.problem.costs.per_km), NEVER)
        return np.asarray(gain.max(axis=(1, 2)))

    def _items(self, duals: Duals) -> _Items:
        worth = self.table.reward[self.stops, self.day] - duals.stops[self.stops]
        some = worth > 0
        return _Items(self.spot[some], self.minutes[some] // CELL, worth[some])

    def _minutes(self, tour: _Tour) -> float:
        """Minutes from the first get-in that any stop there allows to the last one packed."""
        return float(self.late[tour.spots].max() - self.early[tour.spots].min())

    def _reached(self, spots: list[int], duals: Duals) -> float:
        """What the municipalities of some places add."""
        areas = np.unique(self.table.area[self.stops[np.isin(self.spot, spots)]])
        return float(duals.areas[areas[areas >= 0]].sum())

    def _knapsack(self, items: _Items, spots: list[int], cells: int) -> Floats:
        """(cells + 1,) the most that stops in some places bring in so many cells of time."""
        best = np.zeros((self.most_played + 1, cells + 1))
        for i in np.flatnonzero(np.isin(items.spot, spots)):
            size = int(items.cells[i])
            if size <= cells:
                taken = best[:-1, : cells + 1 - size] + items.worth[i]
                best[1:, size:] = np.maximum(best[1:, size:], taken)
        return np.asarray(best[-1])

    def _tours(self) -> Iterator[_Tour]:
        """All sets of places that a day can reach, with the shortest ways through them (Held, Karp, 1962)."""
        count = len(self.places)
        if count > MOST_PLACES:
            yield _Tour(list(range(count)), np.zeros((count, count)), np.zeros((count, count)))
            return
        between = np.ix_(self.places, self.places)
        roads = np.stack([self.drive[between], self.km[between]])
        level = {1 << spot: _alone(spot, count) for spot in range(count)}
        while level:
            tours = {mask: _tour(mask, ways, count) for mask, ways in level.items()}
            level = {mask: level[mask] for mask, tour in tours.items() if self._fits(tour)}
            yield from (tours[mask] for mask in level)
            level = _longer(level, roads)

    def _fits(self, tour: _Tour) -> bool:
        limits = self.table.limits[self.day]
        return bool(
            len(tour.spots) <= self.most_played
            and tour.drive.min() <= min(self._minutes(tour), limits.span, limits.drive)
        )


def _alone(spot: int, count: int) -> Floats:
    """(2, F, F) the ways, in minutes and km, through one place alone."""
    ways = np.full((2, count, count), np.inf)
    ways[:, spot, spot] = 0.0
    return ways


def _tour(mask: int, ways: Floats, count: int) -> _Tour:
    spots = [spot for spot in range(count) if mask & 1 << spot]
    return _Tour(spots, ways[0][np.ix_(spots, spots)], ways[1][np.ix_(spots, spots)])


def _longer(level: dict[int, Floats], roads: Floats) -> dict[int, Floats]:
    """The ways through one place more, by the set of places as bits."""
    found: dict[int, Floats] = {}
    for mask, ways in level.items():
        for spot in range(roads.shape[1]):
            if not mask & 1 << spot:
                known = found.setdefault(mask | 1 << spot, np.full_like(ways, np.inf))
                known[:, :, spot] = (ways + roads[:, :, spot][:, None, :]).min(axis=2)
    return found


def _shortest(way: Floats) -> Floats:
    """The shortest way between each two places, over any others (Floyd, 1962)."""
    found = way.copy()
    for over in range(len(way)):
        found = np.minimum(found, found[:, over, None] + found[over])
    return found
