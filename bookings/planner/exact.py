"""The exact method: relax and price, then whole-number programs over the columns that can still matter."""

from __future__ import annotations

from itertools import repeat

import numpy as np

from .columns import Column, choice_of, column_of, route_of_columns
from .dive import Dive
from .model import Relaxation
from .pricing import Prices, priced
from .pursuit import Pursuit
from .settle import Route
from .whole import Whole

PER_DAY = 30
"""New columns a day in each round of pricing."""

SEED = 0.001
SEED_BLOCKS = 0.01
"""The relaxation begins with all columns priced within this share of the bound, and the best of each block in this."""

RELAX_SHARE = 0.5
"""The relaxation takes at most this share of the time left."""

AGAIN = 0.8
"""It is taken up again when the gap is less than this share of what it was."""

TAIL_ROUNDS = 3
TAIL = 0.03
"""Cutting stops when so many rounds of cuts close less than this share of the gap each."""

NEARLY = 0.01
"""Cuts are sought once missing columns could raise the objective by no more than this share of the gap."""

TURNS = (
    (0.0, 400, 0), (0.1, 800, 12), (0.2, 1_600, 12), (0.2, 3_200, 16), *repeat((0.2, 6_400, 20), 96),
)  # fmt: skip
"""What each dive adds to the relaxation's values, how many columns the program after it chooses from, and how many days
the windows are long that are then planned anew one by one (none)."""

FEW = 1_500
"""So many columns are given to one program with all the time that is left."""

SHARES = (0.002, 0.005, 0.015, 0.03, 0.06, 0.12, 0.25, 0.5, 1.0)
"""Columns are looked for down to these shares of the gap until there are enough."""

SEARCH_SHARE = 0.15
PROGRAM_SHARE = 0.3
"""The search after a dive, the program after it, and its windows take at most these shares of the time left."""

IN_WINDOW = 2_500
WINDOW_SECONDS = 2.0
"""Columns of the program over one window, and how long it may take."""

EXACTNESS = 1e-7
"""Relative: reduced costs below this do not count."""


class Exact:
    """One run of the exact method, which begins where a pursuit by start prices has come to."""

    def __init__(self, pursuit: Pursuit) -> None:
        self.pursuit, self.run, self.table = pursuit, pursuit.run, pursuit.table
        self.flow, self.patterns = pursuit.flow, pursuit.flow.patterns
        self.relaxation = Relaxation(self.table, self.patterns)
        self.bound = self.relaxed = self.shut = self.cut_at = np.inf
        self.prices: Prices | None = None

    def solve(self) -> None:
        """Improves the run's plan and bound until both are equal or the time is up."""
        self.begin()
        for spread, most, width in TURNS:
            if self.relaxed - self.run.objective < AGAIN * self.cut_at:
                self.relax()
                self.cut_at = self.relaxed - self.run.objective
            if self.prices is None or self.done() or self.closed(self.prices):
                return
            self.turn(self.prices, spread, most, width)

    def turn(self, prices: Prices, spread: float, most: int, width: int) -> None:
        """One more tour by rounding, openings of it, a program over the best-priced columns, and windows of days."""
        self.pursuit.search(SEARCH_SHARE, self.dive(spread))
        columns, floor = self.best_priced(prices, most)
        complete = floor <= self.run.objective - self.relaxed
        self.program(columns, floor, self.run.left() * (1.0 if complete else PROGRAM_SHARE))
        if width:
            self.improve_in_parts(prices, width)

    def closed(self, prices: Prices) -> bool:
        """Whether few enough columns can still matter for one program over all of them, which then has all the time."""
        margin = self.relaxed - self.run.objective
        if margin >= self.shut:
            return False
        columns, floor = self.best_priced(prices, FEW)
        if floor > -margin:
            self.shut = margin
            return False
        self.program(columns, floor, self.run.left())
        return True

    def dive(self, spread: float) -> Route | None:
        """Rounds the relaxation to one more tour, None if none comes as near the best plan as that is to the bound."""
        gap = self.relaxed - self.run.objective
        floor = self.run.objective - gap
        columns = Dive(self.relaxation, self.pursuit.rng).run(floor, spread, self.done)
        kept = {column.day: choice_of(self.table, self.patterns, column).block for column in columns}
        return self.pursuit.completed(kept, floor)

    def done(self) -> bool:
        """Whether to stop."""
        return self.pursuit.done()

    def begin(self) -> None:
        """The start prices, what they prove, and the columns that the relaxation begins with."""
        duals = self.pursuit.duals
        if duals is None or self.done():
            return
        self.relaxed = self.bound = duals.bound
        self.prices, _ = self.flow.two_sided(self.pursuit.prices())
        for day, patterns in enumerate(self.patterns):
            near, blocks = -SEED * abs(self.bound), -SEED_BLOCKS * abs(self.bound)
            self.relaxation.add(priced(self.table, patterns, day, self.prices, near, every=True))
            self.relaxation.add(priced(self.table, patterns, day, self.prices, blocks, every=False))

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
                self.pursuit.bounded(self.bound)
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

    def improve_in_parts(self, prices: Prices, width: int) -> None:
        """Plans windows of `width` days, half overlapping, anew one by one by programs of their own."""
        until = (1 - PROGRAM_SHARE) * self.run.left()
        for first in range(0, self.table.days - 1, width // 2):
            if not self.done() and self.run.left() > until:
                self.open(range(first, min(first + width, self.table.days)), prices)

    def open(self, days: range, prices: Prices) -> None:
        """Plans some days anew with the best priced columns, the rest as in the best plan."""
        if self.run.best is None:
            return
        columns = {column.key: column for column in self.columns_of(self.run.best)}
        found, _ = self.best_priced(prices, IN_WINDOW, days)
        columns |= {column.key: column for column in found}
        self.choose(list(columns.values()), min(WINDOW_SECONDS, self.run.left()))

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
            return [column for columns in found for column in columns], -share * margin
        ranked: list[tuple[float, int, Column]] = []
        for columns in found:
            columns.sort(key=lambda c: (-round(c.price, 3), c.key not in self.relaxation.keys))
            ranked += [(-round(column.price, 3), i, column) for i, column in enumerate(columns)]
        ranked.sort(key=lambda one: one[:2])
        return [column for _, _, column in ranked[:most]], ranked[most][2].price + 1e-3

    def program(self, columns: list[Column], floor: float, seconds: float) -> None:
        """One program over the columns given, which hold every one priced above `floor`; proves what that proves."""
        bound = self.choose(columns, seconds)
        self.bound = min(self.bound, max(bound, self.relaxed + floor, self.run.objective))
        self.pursuit.bounded(self.bound)

    def choose(self, columns: list[Column], seconds: float) -> float:
        """Offers the best plan over some columns; gives what no plan over them exceeds."""
        best = self.run.best
        present = {column.key for column in columns}
        if best is not None:
            columns = columns + [column for column in self.columns_of(best) if column.key not in present]
        program = Whole(self.relaxation, columns)
        chosen, bound = program.solve(seconds, best)
        if chosen is not None and len(chosen) == self.table.days:
            self.run.offer(route_of_columns(self.table, self.patterns, chosen), "exact")
        return bound + self.table.base

    def columns_of(self, route: Route) -> list[Column]:
        """The columns of a route."""
        return [column_of(self.table, self.patterns[day], day, choice) for day, choice in enumerate(route)]
