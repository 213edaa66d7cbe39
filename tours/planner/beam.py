"""Many partial tours side by side, day by day, each with a bound on whatever it could become.

Prices tell what the rest of a tour is worth at most from every bed (flow.py), so a partial tour is followed for what it
could still become and not for what it has earned. Counted exactly are the candidates whose last day has passed
unplayed, second stops in one municipality, and rest to the minute. Left are partial tours that cannot beat the best
plan known, and of two that have played the same the worse. If no other one had to be left, the best plan is proven:
dynamic programming with completion bounds (Christofides, Mingozzi, Toth, Networks 11, 1981).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from .flow import NEVER, Stretch, Ways
from .ground import Ground, Partial, Rows
from .pricing import Prices
from .tables import Bools, Floats, Ints

Marks = npt.NDArray[np.float32]

SPARE = 4
"""So many times the width are looked at more closely on each day."""


@dataclass(frozen=True)
class _Steps(Rows):
    """What could follow on one day; a step without duty has `end` -1."""

    parent: Ints
    pattern: Ints
    bed: Ints
    worth: Floats
    hope: Floats
    end: Ints
    rested: Bools


@dataclass(frozen=True)
class _Pairs(Rows):
    """Blocks (rows of the offers) that partial tours (rows of the leavings) play, not yet where they end."""

    leaving: Ints
    offer: Ints
    hope: Floats
    arrive: Ints


class _Leaving(NamedTuple):
    """When partial tours (rows) may leave: as early as they may, and once more late enough for a weekly rest."""

    row: Ints
    low: Ints
    rested: Bools


class _Offers(NamedTuple):
    """The blocks of a day that some tour better than the floor might play.

    Attributes:
        way: what they add to a path.
        stops, areas: (P, C), (P, U) 1 where they play a candidate or reach a municipality.
        taken: (P, C) the candidates that nobody can play after them.
    """

    way: Ways
    stops: Marks
    areas: Marks
    taken: Bools


T = TypeVar("T", Partial, _Steps, _Pairs)


class Trail(NamedTuple):
    """Where the partial tours of one evening come from."""

    bed: Ints
    parent: Ints
    pattern: Ints


class Swept(NamedTuple):
    """What came of a sweep.

    Attributes:
        ends: the tours that got through.
        trail: how; one entry more than days.
        bound: no tour of the stretch is worth more than this, nor than the best of the ends and the floor.
    """

    ends: Partial
    trail: list[Trail]
    bound: float


class Sweep:
    """One sweep over a stretch of days.

    Args:
        begun: the partial tours before the first day.
        width: so many partial tours are followed at most.
        floor: tours worth no more than this are not looked for.
        rough: the bounds are weaker, and found in half the time.
    """

    def __init__(
        self, ground: Ground, stretch: Stretch, prices: Prices, begun: Partial, width: int, floor: float,
        rough: bool = False,
    ) -> None:  # fmt: skip
        self.ground, self.table, self.flow, self.stretch = ground, ground.table, ground.flow, stretch
        self.begun, self.width, self.floor, self.bound = begun, width, floor, floor
        self.stops = np.where(ground.leads, np.maximum(0.0, prices.stops[:-1]), 0.0)
        self.areas = prices.areas[:-1]
        self.unreached = np.maximum(0.0, ground.bonus - self.areas)
        self.last, self.last_areas = ground.last_days(stretch)
        self.after, self.best = self.flow.ahead(stretch, rough)
        fresh = (self.last_areas >= 0) & ~begun.areas[0]
        self.top = float(begun.worth[0] + self.stops[self.last >= 0].sum() + self.unreached[fresh].sum())

    def run(self, stop: Callable[[], bool]) -> Swept | None:
        """What comes of it, None if nothing can be better than the floor or somebody asks to stop."""
        now, trail = self.begun, [Trail(self.begun.bed, self.begun.parent, self.begun.pattern)]
        if self.top + self.best <= self.floor:
            return Swept(now.taken(np.zeros(0, np.int64)), trail, self.floor)
        for offset, day in enumerate(self.stretch.days):
            if stop():
                return None
            now = self._next(now, offset, day)
            trail.append(Trail(now.bed, now.parent, now.pattern))
        if self.stretch.days[-1] + 1 == self.table.days:
            rested = ~now.due | (self.table.midnights[-1] - now.gap >= self.table.rest_week)
            now, last = now.taken(rested), trail[-1]
            trail[-1] = Trail(last.bed[rested], last.parent[rested], last.pattern[rested])
        return Swept(now, trail, self.bound)

    def _next(self, now: Partial, offset: int, day: int) -> Partial:
        """The partial tours after a day."""
        leaving, offers = self._leaving(now, day), self._offers(now, offset, day)
        steps = [self._stays(now, offset), self._drives(now, leaving, offset, day)]
        if len(offers.way.blocks):
            steps.append(self._plays(now, leaving, offers, offset, day))
        found = self._moved(now, _Steps.joined(steps), offers, day)
        found = self._expired(self._weekly(found, day), day)
        found = found.taken(self._undominated(found, day))
        return self._hopeful(found, self.after[offset][found.bed], self.width)

    def _hopeful(self, found: T, ahead: Floats, most: int) -> T:
        """At most so many rows that could still become the best tour, the most promising ones.

        Args:
            ahead: what the rest of the tour is worth at most.
        """
        bound = self.top + found.hope + ahead
        rows = np.flatnonzero(bound > self.floor)
        if len(rows) > most:
            order = np.argpartition(-bound[rows], most)
            self.bound = max(self.bound, float(bound[rows[order[most]]]))
            rows = np.sort(rows[order[:most]])
        return found.taken(rows)

    def _leaving(self, now: Partial, day: int) -> _Leaving:
        table = self.table
        rested_from = now.gap + table.rest_week - table.midnights[day]
        low = np.maximum(table.limits[day].opens, now.ready - table.midnights[day])
        low = np.where(now.due, np.maximum(low, rested_from), low)
        wishes = ~now.rested & now.free
        again = np.flatnonzero(wishes & (rested_from > low))
        return _Leaving(
            np.concatenate([np.arange(len(low)), again]),
            np.concatenate([low, rested_from[again]]),
            np.concatenate([now.rested | (wishes & (low >= rested_from)), np.ones(len(again), np.bool_)]),
        )

    def _stays(self, now: Partial, offset: int) -> _Steps:
        """A day without duty."""
        night = np.where(now.bed == 0, 0.0, float(self.table.problem.costs.per_night_away))
        rows, none = np.arange(len(now.bed)), np.full(len(now.bed), -1)
        hope = now.hope + self.stretch.ways[offset].moves[now.bed, now.bed]
        steps = _Steps(rows, none, now.bed, now.worth - night, hope, none, now.rested)
        return self._hopeful(steps, self.after[offset][now.bed], SPARE * self.width)

    def _drives(self, now: Partial, leaving: _Leaving, offset: int, day: int) -> _Steps:
        """Moves to another bed on a day without stops."""
        table, costs = self.table, self.table.problem.costs
        bed = now.bed[leaving.row]
        way = table.roads[day].move[np.ix_(table.beds[bed], table.beds)]
        hope = now.hope[leaving.row][:, None] + self.stretch.ways[offset].moves[bed]
        ends = leaving.low[:, None] + way
        legal = (ends <= table.limits[day].closes) & (bed[:, None] != np.arange(len(table.beds)))
        rows, goal = np.nonzero(legal & (self.top + hope + self.after[offset] > self.floor))
        km = table.roads[day].km[table.beds[bed[rows]], table.beds[goal]]
        worth = now.worth[leaving.row[rows]] - km * float(costs.per_km)
        worth = worth - np.where(goal == 0, 0.0, float(costs.per_night_away))
        steps = _Steps(
            leaving.row[rows], np.full(len(rows), -1), goal, worth, hope[rows, goal],
            ends[rows, goal] + table.midnights[day], leaving.rested[rows],
        )  # fmt: skip
        return self._hopeful(steps, self.after[offset][goal], SPARE * self.width)

    def _offers(self, now: Partial, offset: int, day: int) -> _Offers:
        way, ground = self.stretch.ways[offset], self.ground
        most = np.full(len(self.table.beds), NEVER)
        np.maximum.at(most, now.bed, now.hope)
        come = (most[:, None] + way.inward).max(axis=0)
        go = (way.outward + self.after[offset]).max(axis=1)
        way = way.only(np.flatnonzero(self.top + come + way.own + go > self.floor))
        stops = ground.stops[day][way.blocks].astype(np.float32)
        areas = ground.areas[day][way.blocks].astype(np.float32)
        return _Offers(way, stops, areas, stops @ ground.excludes > 0)

    def _plays(self, now: Partial, leaving: _Leaving, offers: _Offers, offset: int, day: int) -> _Steps:
        """Days with stops."""
        way, patterns, blocks = offers.way, self.flow.patterns[day], offers.way.blocks
        bed, row = now.bed[leaving.row], leaving.row
        barred = now.used.astype(np.float32) @ offers.stops.T > 0
        again = (now.areas * self.areas).astype(np.float32) @ offers.areas.T
        hope = now.hope[row][:, None] + way.inward[bed] + way.own - again[row]
        arrive = leaving.low[:, None] + patterns.drive_in[np.ix_(bed, blocks)]
        arrive = np.maximum(patterns.arrive[blocks], arrive)
        hope[barred[row] | (arrive > patterns.arrive_latest[blocks])] = NEVER
        ahead = (way.outward + self.after[offset]).max(axis=1)
        v, p = np.nonzero(self.top + hope + ahead > self.floor)
        pairs = self._hopeful(_Pairs(v, p, hope[v, p], arrive[v, p]), ahead[p], SPARE * self.width)
        return self._to_beds(now, leaving, offers, pairs, offset, day)

    def _to_beds(
        self, now: Partial, leaving: _Leaving, offers: _Offers, pairs: _Pairs, offset: int, day: int
    ) -> _Steps:
        """The ways on to a bed from each block that a partial tour plays."""
        table, way, patterns = self.table, offers.way, self.flow.patterns[day]
        row, p = leaving.row[pairs.leaving], way.blocks[pairs.offer]
        origin = now.bed[row]
        end = (pairs.arrive + patterns.length[p])[:, None] + patterns.drive_out[p]
        hope = pairs.hope[:, None] + way.outward[pairs.offer]
        if way.clock is not None:
            hope = hope - way.clock[origin, pairs.offer]
        legal = self.flow.legal[day][origin, p] & (end <= table.limits[day].closes)
        i, goal = np.nonzero(legal & (self.top + hope + self.after[offset] > self.floor))
        row, p = row[i], p[i]
        fresh = (offers.areas[pairs.offer[i]] * ~now.areas[row]).sum(axis=1)
        worth = now.worth[row] + patterns.reward[p] + fresh * self.ground.bonus
        worth = worth - patterns.cost_in[origin[i], p] - patterns.cost_out[p, goal]
        steps = _Steps(
            row, p, goal, worth, hope[i, goal], end[i, goal] + table.midnights[day],
            leaving.rested[pairs.leaving[i]],
        )  # fmt: skip
        return self._hopeful(steps, self.after[offset][goal], SPARE * self.width)

    def _moved(self, now: Partial, steps: _Steps, offers: _Offers, day: int) -> Partial:
        """The partial tours that the steps lead to."""
        row, duty = steps.parent, steps.end >= 0
        used, areas = now.used[row], now.areas[row]
        plays = np.flatnonzero(steps.pattern >= 0)
        played = np.searchsorted(offers.way.blocks, steps.pattern[plays])
        used[plays] |= offers.taken[played]
        areas[plays] |= offers.areas[played] > 0
        ready = np.where(duty, steps.end + self.table.limits[day].rest, now.ready[row])
        return Partial(
            steps.bed, steps.worth, steps.hope, ready, np.where(duty, steps.end, now.gap[row]), ~duty,
            steps.rested, now.due[row] & ~duty, used, areas, row, steps.pattern,
        )  # fmt: skip

    def _weekly(self, found: Partial, day: int) -> Partial:
        """A week that ends without its rest counts on the open gap, or the tour ends here; the next one begins."""
        last = day + 1 == self.table.days
        week = self.table.week_of[day]
        following = -1 if last else self.table.week_of[day + 1]
        if week == following and not last:
            return found
        if week >= 0:
            found = found.taken(found.rested | found.free)
            found = replace(found, due=found.due | ~found.rested)
        none = np.zeros(len(found.bed), dtype=np.bool_)
        return found if last else replace(found, rested=none | (following < 0), free=none)

    def _expired(self, found: Partial, day: int) -> Partial:
        """What is played on this day or never takes its price from the hope of those that have not played it."""
        stops = np.flatnonzero((self.last == day) & (self.stops > 0))
        areas = np.flatnonzero(self.last_areas == day)
        lost = ~found.used[:, stops] @ self.stops[stops] + ~found.areas[:, areas] @ self.unreached[areas]
        return replace(found, hope=found.hope - lost)

    def _undominated(self, found: Partial, day: int) -> Ints:
        """The rows but those that have played the same as a better one that is ready as soon."""
        stops, areas = np.flatnonzero(self.last > day), np.flatnonzero(self.last_areas > day)
        numbers = self.ground.numbers
        key = found.used[:, stops] @ numbers[stops] + found.areas[:, areas] @ numbers[len(self.last) + areas]
        state = ((found.bed * 2 + found.free) * 2 + found.rested) * 2 + found.due
        order = np.lexsort((found.ready, -found.worth, state, key))
        key, state = key[order], state[order]
        first = np.ones(len(order), dtype=np.bool_)
        first[1:] = (key[1:] != key[:-1]) | (state[1:] != state[:-1])
        best = order[np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))]
        sooner = (found.ready[order] < found.ready[best]) | (found.gap[order] < found.gap[best])
        return np.asarray(order[first | sooner])
