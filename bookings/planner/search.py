"""Local search: open a few days of a tour, plan them anew with slightly wrong prices, keep what is better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .greedy import IMPOSSIBLE, Labels, route_of, start_labels, sweep
from .limits import DAY_MIN
from .patterns import DayPatterns, day_patterns
from .settle import Route, day_duty, duty_starts, worth
from .tables import Bools, Floats, Tables

KEEP = 3
PAD = 2
"""Days after the opened ones whose stops are kept but whose nights may change."""

NOISE = (0.0, 0.1, 0.25, 0.5)
"""Standard deviations of the prices, as shares of a candidate's value."""


class Search:
    """Improves one route by opening windows of days.

    Args:
        rng: decides windows and prices; the same generator state gives the same search.
        prices: (C + 1,) what playing each candidate costs elsewhere, 0 if unknown.
    """

    def __init__(
        self,
        table: Tables,
        patterns: Sequence[DayPatterns],
        rng: np.random.Generator,
        prices: Floats | None = None,
    ) -> None:
        self.table, self.patterns, self.rng = table, patterns, rng
        self.prices = np.zeros(len(table.value) + 1) if prices is None else prices
        self.none = day_patterns(table, [])

    def run(
        self, route: Route, rounds: int, stop: Callable[[], bool], better: Callable[[Route], object]
    ) -> Route:
        """The best route after at most `rounds` openings; `better` hears of each improvement."""
        best = here = route
        best_worth = here_worth = worth(self.table, route)
        for turn in range(rounds):
            if stop():
                break
            found = self._reopened(here)
            if found is None or found == here:
                continue
            found_worth = worth(self.table, found)
            slack = 0.003 * abs(best_worth) * (1 - turn / rounds)
            if found_worth > here_worth or found_worth > best_worth - slack * self.rng.random():
                here, here_worth = found, found_worth
            if found_worth > best_worth + 1e-6:
                best, best_worth = found, found_worth
                better(best)
        return best

    def _reopened(self, route: Route) -> Route | None:
        """The route with one or two windows of days planned anew, None if that fails."""
        opened = self._window() | (self._window() if self.rng.random() < 0.3 else set())
        first, last = min(opened), max(opened)
        until = min(self.table.days - 1, last + PAD)
        days = range(first, until + 1)
        start = _label(self.table, route, days)
        patterns, rewards = self._offers(route, days, opened)
        layers = sweep(self.table, patterns, rewards, start, days, KEEP)
        if len(layers) <= len(days):
            return None
        goal = int(np.flatnonzero(self.table.beds == route[until].goal)[0])
        rows = [int(row) for row in np.flatnonzero(layers[-1].bed == goal)]
        for row in sorted(rows, key=lambda row: -float(layers[-1].score[row])):
            found = (*route[:first], *route_of(self.table, patterns, layers, days, row), *route[until + 1 :])
            if duty_starts(self.table, found) is not None:
                return found
        return None

    def _window(self) -> set[int]:
        length = int(self.rng.integers(2, 7))
        first = int(self.rng.integers(0, max(1, self.table.days - length + 1)))
        return set(range(first, min(first + length, self.table.days)))

    def _offers(
        self, route: Route, days: range, opened: set[int]
    ) -> tuple[dict[int, DayPatterns], dict[int, Floats]]:
        """What may be played on each day, and at what price; kept stops are not on offer on opened days."""
        barred = _barred(self.table, route, opened)
        charge = self._charge()
        patterns, rewards = {}, {}
        for day in days:
            block = route[day].block
            if day in opened:
                patterns[day] = self.patterns[day]
                price = np.where(barred, -IMPOSSIBLE, charge)
                rewards[day] = patterns[day].reward - price[patterns[day].stops].sum(axis=1)
            else:
                patterns[day] = self.none if block is None else day_patterns(self.table, [block])
                rewards[day] = patterns[day].reward
        return patterns, rewards

    def _charge(self) -> Floats:
        """(C + 1,) a price for each candidate: noise, and in every second round what it costs elsewhere."""
        spread = float(self.rng.choice(NOISE))
        noise = self.table.value * spread * self.rng.standard_normal(len(self.table.value))
        return np.append(noise, 0.0) + self.prices * float(self.rng.random() < 0.5)


def _barred(table: Tables, route: Route, opened: set[int]) -> Bools:
    """(C + 1,) candidates that are played on the days kept, or are of one group with such a one."""
    barred = np.zeros(len(table.value) + 1, dtype=np.bool_)
    for day, choice in enumerate(route):
        if choice.block is not None and day not in opened:
            for c in choice.block.stops:
                barred[[c, *table.conflicts[c]]] = True
    return barred


def _label(table: Tables, route: Route, days: range) -> Labels:
    """The partial tour that leads to the first of `days`; what is reached before and after them counts as reached."""
    start = start_labels(table)
    areas = start.areas.copy()
    for day, choice in enumerate(route):
        if choice.block is not None and day not in days:
            areas[0, table.area[list(choice.block.stops)]] = True
    bed = start.bed if days.start == 0 else np.flatnonzero(table.beds == route[days.start - 1].goal)
    return Labels(**{**vars(start), **_rest_state(table, route, days.start), "areas": areas, "bed": bed})


def _rest_state(table: Tables, route: Route, day: int) -> dict[str, npt.NDArray[Any]]:
    """The labels' columns about rest on the evening before `day`."""
    starts = duty_starts(table, route) or {}
    ready, gap, free, rested, due = -10 * DAY_MIN, 0, 0, table.week_of[0] < 0, False
    for d in range(day):
        if d in starts:
            begin = table.midnights[d] + starts[d]
            rested = rested or (free > 0 and begin - gap >= table.rest_week)
            duty = day_duty(table, d, route[d])
            gap = begin + (duty.length if duty else 0)
            ready = gap + table.limits[d].rest
            free, due = 0, False
        else:
            free += 1
        if d + 1 < table.days and table.week_of[d + 1] != table.week_of[d]:
            due = due or (table.week_of[d] >= 0 and not rested)
            rested, free = table.week_of[d + 1] < 0, 0
    columns = {"ready": ready, "gap": gap, "free": free, "rested": rested, "due": due}
    return {name: np.array([value]) for name, value in columns.items()}
