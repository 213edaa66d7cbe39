"""The exact method: relax and price, then whole-number programs over the columns that can still matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from .columns import Column, column_of, route_of_columns
from .duals import STEPS, Ascent, plain_prices
from .flow import Flow
from .greedy import greedy
from .model import Relaxation
from .patterns import DayPatterns
from .pricing import Prices, priced
from .search import Search
from .settle import Route
from .tables import Tables
from .whole import Whole

PER_DAY = 30
"""New columns a day in each round of pricing."""

SEED = 0.001
SEED_BLOCKS = 0.01
"""The relaxation begins with all columns priced within this share of the bound, and the best of each block in this."""

RELAX_SHARE = 0.5
"""The relaxation takes at most this share of the time left."""

TAIL_ROUNDS = 3
TAIL = 0.03
"""Cutting stops when so many rounds of cuts close less than this share of the gap each."""

NEARLY = 0.01
"""Cuts are sought once missing columns could raise the objective by no more than this share of the gap."""

ROUNDS = 60
"""Openings of the local search with the relaxation's prices."""

STAGES = ((2_000, 0.3, 0), (4_000, 0.7, 8), (6_000, 0.5, 12), (12_000, 0.6, 16), (30_000, 1.0, 20))
"""The whole tour over so many columns in so much of the time left, then windows of so many days one by one."""

SHARES = (0.002, 0.005, 0.015, 0.03, 0.06, 0.12, 0.25, 0.5, 1.0)
"""Columns are looked for down to these shares of the gap until there are enough."""

IN_WINDOW = 2_500
WINDOW_SECONDS = 2.0
"""Columns of the program over one window, and how long it may take."""

EXACTNESS = 1e-7
"""Relative: reduced costs below this do not count."""


class Progress(Protocol):
    """What the exact method tells and asks the run it works for."""

    objective: float
    best: Route | None

    def left(self) -> float: ...
    def enough(self) -> bool: ...
    def offer(self, route: Route, by: str) -> bool: ...
    def bounded(self, bound: float) -> None: ...


class Exact:
    """One run of the exact method on complete patterns."""

    def __init__(
        self,
        table: Tables,
        patterns: Sequence[DayPatterns],
        run: Progress,
        rng: np.random.Generator,
    ) -> None:
        self.table, self.patterns, self.run, self.rng = table, patterns, run, rng
        self.relaxation, self.flow = Relaxation(table, patterns), Flow(table, patterns)
        self.bound = self.relaxed = np.inf
        self.prices: Prices | None = None

    def solve(self) -> None:
        """Improves the run's plan and bound until both are equal or the time is up."""
        self.begin()
        self.relax()
        if self.prices is None or self.done():
            return
        self.follow_prices(self.prices)
        for most, share, width in STAGES:
            if self.done():
                return
            columns, floor = self.best_priced(self.prices, most)
            complete = floor <= self.run.objective - self.relaxed
            self.program(columns, floor, self.run.left() * (1.0 if complete else share))
            if width:
                self.improve_in_parts(self.prices, width)
                self.relax()

    def done(self) -> bool:
        """Whether to stop."""
        return self.run.enough() or self.run.left() <= 0

    def begin(self) -> None:
        """Start prices, what they prove, a tour that follows them, and the columns that the relaxation begins with."""
        duals = Ascent(self.flow).run(STEPS, self.done)
        self.relaxed = self.bound = duals.bound
        self.run.bounded(self.bound)
        prices, _ = self.flow.two_sided(plain_prices(self.table, duals.stops, duals.areas))
        self.prices = prices
        if not self.done():
            self.follow_prices(prices)
        for day, patterns in enumerate(self.patterns) if not self.done() else ():
            near, blocks = -SEED * abs(self.bound), -SEED_BLOCKS * abs(self.bound)
            self.relaxation.add(priced(self.table, patterns, day, prices, near, every=True))
            self.relaxation.add(priced(self.table, patterns, day, prices, blocks, every=False))

    def relax(self) -> None:
        """Solves the relaxation by adding columns and cuts until neither is missing or its share of time is up.

        A relaxation that is not finished still gives a bound and prices, only weaker ones.
        """
        table, run = self.table, self.run
        until = (1 - RELAX_SHARE) * run.left()
        after_cuts: list[float] = []
        if run.best is not None:
            self.relaxation.add(self.columns_of(run.best))
        while not self.done() and run.left() > until:
            objective = self.relaxation.solve() + table.base
            prices, slack = self.flow.two_sided(self.relaxation.prices())
            new = self.best_columns(prices, -slack)
            if objective + slack < self.relaxed:
                self.relaxed, self.prices = objective + slack, prices
                self.bound = min(self.bound, self.relaxed)
                run.bounded(self.bound)
            complete = slack <= EXACTNESS * max(1.0, abs(objective)) or self.relaxation.holds(new)
            if complete or slack <= NEARLY * (self.relaxed - run.objective):
                after_cuts.append(objective)
                if self.tails_off(after_cuts):
                    return
                if self.relaxation.cut():
                    continue
                if complete:
                    return
            self.relaxation.add(new)

    def tails_off(self, objectives: list[float]) -> bool:
        """Whether the last rounds of cuts closed too little of the gap."""
        if len(objectives) <= TAIL_ROUNDS:
            return False
        return objectives[-1 - TAIL_ROUNDS] - objectives[-1] < TAIL_ROUNDS * TAIL * (
            self.relaxed - self.run.objective
        )

    def best_columns(self, prices: Prices, floor: float) -> list[Column]:
        """The most promising columns of every day among those priced above the floor."""
        found = []
        for day in range(self.table.days):
            columns = sorted(
                priced(self.table, self.patterns[day], day, prices, floor + 1e-6, every=False),
                key=lambda c: -c.price,
            )
            found += columns[:PER_DAY]
        return found

    def follow_prices(self, prices: Prices) -> None:
        """A greedy tour and a local search that know what each candidate is worth elsewhere."""
        route = greedy(self.table, self.patterns, prices.stops)
        search = Search(self.table, self.patterns, self.rng, prices.stops)
        for start in (route, self.run.best):
            if start is not None and not self.done():
                self.run.offer(start, "prices")
                search.run(start, ROUNDS, self.done, lambda found: self.run.offer(found, "prices"))

    def improve_in_parts(self, prices: Prices, width: int) -> None:
        """Plans windows of `width` days, half overlapping, anew one by one until a round of them brings nothing."""
        before = -np.inf
        while self.run.objective > before + 1e-6 and not self.done():
            before = self.run.objective
            for first in range(0, self.table.days - 1, width // 2):
                if not self.done():
                    self.open(range(first, min(first + width, self.table.days)), prices)

    def open(self, days: range, prices: Prices) -> None:
        """Plans some days anew with the best priced columns, the rest as in the best plan."""
        if self.run.best is None:
            return
        columns = {column.key: column for column in self.columns_of(self.run.best)}
        found, _ = self.best_priced(prices, IN_WINDOW, days)
        columns |= {column.key: column for column in found}
        self.choose(list(columns.values()), min(WINDOW_SECONDS, self.run.left()), "parts")

    def best_priced(self, prices: Prices, most: int, days: range | None = None) -> tuple[list[Column], float]:
        """The best priced columns of some days (or all), at most so many, and the price above which none is missing.

        Among equals, of which there are thousands, the relaxation's own come first, then all days in turn.
        """
        margin = self.relaxed - self.run.objective
        for share in SHARES:
            found = [
                list(priced(self.table, self.patterns[day], day, prices, -share * margin - 1e-6, every=True))
                for day in days or range(self.table.days)
            ]
            if sum(map(len, found)) >= most:
                break
        if sum(map(len, found)) <= most:
            return [column for columns in found for column in columns], -margin
        ranked: list[tuple[float, int, Column]] = []
        for columns in found:
            columns.sort(key=lambda c: (-round(c.price, 3), c.key not in self.relaxation.keys))
            ranked += [(-round(column.price, 3), i, column) for i, column in enumerate(columns)]
        ranked.sort(key=lambda one: one[:2])
        return [column for _, _, column in ranked[:most]], ranked[most][2].price + 1e-3

    def program(self, columns: list[Column], floor: float, seconds: float) -> None:
        """One program over the columns given, which hold every one priced above `floor`; proves what that proves."""
        bound = self.choose(columns, seconds, "exact")
        self.bound = min(self.bound, max(bound, self.relaxed + floor, self.run.objective))
        self.run.bounded(self.bound)

    def choose(self, columns: list[Column], seconds: float, by: str) -> float:
        """Offers the best plan over some columns; gives what no plan over them exceeds."""
        best = self.run.best
        present = {column.key for column in columns}
        if best is not None:
            columns = columns + [column for column in self.columns_of(best) if column.key not in present]
        program = Whole(self.relaxation, columns)
        chosen, bound = program.solve(seconds, best)
        if chosen is not None and len(chosen) == self.table.days:
            self.run.offer(route_of_columns(self.table, self.patterns, chosen), by)
        return bound + self.table.base

    def columns_of(self, route: Route) -> list[Column]:
        """The columns of a route."""
        return [column_of(self.table, self.patterns[day], day, choice) for day, choice in enumerate(route)]
