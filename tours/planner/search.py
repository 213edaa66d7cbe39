"""Local search: open some days of a tour, plan them anew with the others as they are, keep what is better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from .beam import Sweep, Swept
from .flow import Stretch, Ways
from .ground import Ground, Partial
from .pricing import Prices
from .settle import Choice, Route, barred_by, day_duty, duty_starts, route_of, worth, worth_of
from .tables import Block, Tables

WIDTH = 60
"""So many partial tours are followed in an opening."""

WIDE = 300
"""So many where no tour to improve on is at hand."""

ONE, TWO = (6, 20), (3, 10)
"""Days of a window that is opened alone, and of each of two: at least, and fewer than."""

PAD = 2
"""Days after the opened ones whose stops are kept but whose nights may change."""

TRIED = 5
"""So many of the best ends of an opening are fitted into the rest of the tour before it is given up."""

NOISE = (0.0, 0.0, 0.1, 0.3)
"""Standard deviations of the prices, as shares of themselves."""

BETTER = 1e-6


class Search:
    """Improves a route by opening some of its days.

    Args:
        prices: what each candidate and municipality is worth elsewhere, without cuts.
        rng: decides which days and prices; the same generator state gives the same search.

    Attributes:
        vain: openings since the last better route.
    """

    def __init__(self, ground: Ground, prices: Prices, rng: np.random.Generator) -> None:
        self.ground, self.table, self.flow = ground, ground.table, ground.flow
        self.prices, self.rng, self.vain = prices, rng, 0
        self.plain = ground.flow.ways(replace(prices, stops=prices.stops * 0, areas=prices.areas * 0))
        self.number = {int(place): bed for bed, place in enumerate(self.table.beds)}
        self.by_block = [{block: i for i, block in enumerate(p.blocks)} for p in self.flow.patterns]
        self.days_of: list[list[int]] = [[] for _ in self.table.value]
        for day, openings in enumerate(self.table.openings):
            for c in openings:
                self.days_of[c].append(day)

    def run(
        self, route: Route, rounds: int, stop: Callable[[], bool], better: Callable[[Route], object]
    ) -> Route:
        """The best route after at most `rounds` openings; `better` hears of each improvement."""
        best, most, self.vain = route, worth(self.table, route), 0
        for _ in range(rounds):
            if stop():
                break
            found = self.reopened(best, self.opening(best), stop)
            self.vain += 1
            if found is not None and worth(self.table, found) > most + BETTER:
                best, most, self.vain = found, worth(self.table, found), 0
                better(best)
        return best

    def opening(self, route: Route) -> frozenset[int]:
        """Some days: a window, two windows, or those around the days of a candidate that is left out."""
        kind = self.rng.random()
        if kind < 0.5:
            return self._window(*ONE)
        if kind < 0.75:
            return self._window(*TWO) | self._window(*TWO)
        played = {c for choice in route if choice.block is not None for c in choice.block.stops}
        missed = [c for c, days in enumerate(self.days_of) if days and c not in played]
        if not missed:
            return self._window(*ONE)
        days = self.days_of[missed[int(self.rng.integers(len(missed)))]]
        chosen = self.rng.choice(days, size=min(3, len(days)), replace=False)
        around = {int(day) + near for day in chosen for near in (-1, 0, 1)}
        return frozenset(around & set(range(self.table.days)))

    def _window(self, least: int, most: int) -> frozenset[int]:
        length = int(self.rng.integers(least, most))
        first = int(self.rng.integers(0, max(1, self.table.days - length + 1)))
        return frozenset(range(first, min(first + length, self.table.days)))

    def reopened(self, route: Route, opened: frozenset[int], stop: Callable[[], bool]) -> Route | None:
        """The route with some days planned anew, None if nothing better is found."""
        last = min(self.table.days - 1, max(opened) + PAD)
        days = range(min(opened), last + 1)
        begun = self._begun(route, days)
        reached = {int(area) for area in np.flatnonzero(begun.areas[0])}
        floor = worth_of(self.table, route[days.start : days.stop], reached, days.start) + BETTER
        prices = self._noisy()
        stretch = self._stretch(route, days, opened, prices)
        swept = Sweep(self.ground, stretch, prices, begun, WIDTH, floor, rough=True).run(stop)
        return None if swept is None else self._fitted(route, days, swept, floor)

    def completed(
        self, kept: Mapping[int, Block | None], floor: float, stop: Callable[[], bool]
    ) -> Route | None:
        """The best tour found with these blocks on their days, the other days open; None if none beats the floor."""
        home, days = int(self.table.beds[0]), range(self.table.days)
        some = tuple(Choice(home, kept.get(day), home) for day in days)
        stretch = self._stretch(some, days, frozenset(days) - kept.keys(), self.prices)
        swept = Sweep(self.ground, stretch, self.prices, self.ground.begun(), WIDE, floor).run(stop)
        if swept is None or not len(swept.ends.bed):
            return None
        return route_of(self.table, self.flow.patterns, swept.trail, days, int(swept.ends.worth.argmax()))

    def _fitted(self, route: Route, days: range, swept: Swept, floor: float) -> Route | None:
        """The best end of a sweep that the rest of the route lets stand."""
        goal = self.number[route[days.stop - 1].goal]
        rows = np.flatnonzero((swept.ends.bed == goal) & (swept.ends.worth > floor))
        patterns = self.flow.patterns
        for row in rows[np.argsort(-swept.ends.worth[rows], kind="stable")][:TRIED]:
            part = route_of(self.table, patterns, swept.trail, days, int(row))
            found = (*route[: days.start], *part, *route[days.stop :])
            if duty_starts(self.table, found) is not None:
                return found
        return None

    def _noisy(self) -> Prices:
        """The prices, a little wrong: other tours come first then, and what is proven stays true."""
        spread = float(self.rng.choice(NOISE))
        if not spread:
            return self.prices
        wrong = np.maximum(0.0, 1 + spread * self.rng.standard_normal(len(self.ground.leader)))
        return replace(self.prices, stops=self.prices.stops * np.append(wrong[self.ground.leader], 0.0))

    def _stretch(self, route: Route, days: range, opened: frozenset[int], prices: Prices) -> Stretch:
        """What may be played on each day: on opened ones all that is not kept elsewhere, on others what is kept."""
        barred = barred_by(self.table, route, opened)
        ways: list[Ways] = []
        for day in days:
            patterns, block = self.flow.patterns[day], route[day].block
            if day in opened:
                rows = np.flatnonzero(~barred[patterns.stops].any(axis=1))
            else:
                rows = np.array([] if block is None else [self.by_block[day][block]], dtype=np.int64)
            way = self.plain[day].only(rows)
            stops, areas = prices.stops[patterns.stops[rows]], prices.areas[patterns.areas[rows]]
            ways.append(way._replace(own=way.own - stops.sum(axis=1) + areas.sum(axis=1)))
        begin = self.flow.beds_only(self.number[route[days.start].origin])
        return Stretch(days, ways, begin, self.flow.beds_only(self.number[route[days.stop - 1].goal]))

    def _begun(self, route: Route, days: range) -> Partial:
        """The partial tour up to the first of `days`; what is reached before and after them counts as reached."""
        start = self.ground.begun()
        areas = np.zeros((1, self.table.areas + 1), dtype=np.bool_)
        for day, choice in enumerate(route):
            if choice.block is not None and day not in days:
                areas[0, self.table.area[list(choice.block.stops)]] = True
        bed = np.array([self.number[route[days.start].origin]])
        start = replace(start, bed=bed, areas=areas[:, :-1], worth=np.zeros(1))
        return rested_until(self.table, route, days.start, start)


def rested_until(table: Tables, route: Route, day: int, start: Partial) -> Partial:
    """A partial tour with the state of rest of a route on the evening before `day`."""
    starts = duty_starts(table, route) or {}
    ready, gap = int(start.ready[0]), int(start.gap[0])
    free, rested, due = False, table.week_of[0] < 0, False
    for d in range(day):
        if d in starts:
            begin = table.midnights[d] + starts[d]
            rested = rested or (free and begin - gap >= table.rest_week)
            duty = day_duty(table, d, route[d])
            gap = begin + (duty.length if duty else 0)
            ready = gap + table.limits[d].rest
            free, due = False, False
        else:
            free = True
        if d + 1 < table.days and table.week_of[d + 1] != table.week_of[d]:
            due = due or (table.week_of[d] >= 0 and not rested)
            rested, free = table.week_of[d + 1] < 0, False
    return replace(
        start, ready=np.array([ready]), gap=np.array([gap]), free=np.array([free]), rested=np.array([rested]),
        due=np.array([due]),
    )  # fmt: skip
