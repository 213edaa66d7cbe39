"""The exact method: relax and price, then whole-number programs over the columns that can still matter."""

from __future__ import annotations

from heapq import nlargest
from itertools import repeat

import numpy as np

from .around import Around
from .columns import Column, choice_of
from .dive import Dive
from .model import Relaxation
from .pricing import Prices, priced
from .programs import Programs
from .pursuit import Pursuit
from .settle import Route

PER_DAY = 30
"""New columns a day in each round of pricing."""

SEED = 0.001
SEED_BLOCKS = 0.01
SEED_PER_DAY = 100
"""The relaxation begins with all columns priced within this share of the bound, and the best of each block in this; of
either at most so many a day."""

RELAX_SHARE = 0.5
"""The relaxation takes at most this share of the time left."""

AGAIN = 0.8
"""It is taken up again when the gap is less than this share of what it was."""

TAIL_ROUNDS = 3
TAIL = 0.03
"""Cutting stops when so many rounds of cuts close less than this share of the gap each."""

NEARLY = 0.01
"""Cuts are sought once missing columns could raise the objective by no more than this share of the gap."""

MOST_TURNS = 96
"""Time is up long before so many; they end a run whose clock stands still."""

TURNS = ((0.0, 400), (0.1, 800), (0.2, 1_600), (0.2, 3_200), *repeat((0.2, 6_400), MOST_TURNS))
"""What each dive adds to the relaxation's values, and how many columns the program of the turn chooses from."""

FEW = 1_500
"""So many columns are given to one program with all the time that is left."""

SEARCH_SHARE = 0.5
PROGRAM_SHARE = 0.3
"""The search after a dive, and the programs around the best plan and over the best columns, take at most these shares
of the time left."""

EXACTNESS = 1e-7
"""Relative: reduced costs below this do not count."""


class Exact:
    """One run of the exact method, which begins where a pursuit by start prices has come to."""

    def __init__(self, pursuit: Pursuit) -> None:
        self.pursuit, self.run, self.table = pursuit, pursuit.run, pursuit.table
        self.flow, self.patterns = pursuit.flow, pursuit.flow.patterns
        self.relaxation = Relaxation(self.table, self.patterns)
        self.programs = Programs(pursuit, self.relaxation)
        self.around = Around(self.programs, pursuit.rng)
        self.bound = self.relaxed = self.shut = self.cut_at = np.inf
        self.prices: Prices | None = None

    def solve(self) -> None:
        """Improves the run's plan and bound until both are equal or the time is up."""
        self.begin()
        for spread, most in TURNS:
            if self.relaxed - self.run.objective < AGAIN * self.cut_at:
                self.relax()
                self.cut_at = self.relaxed - self.run.objective
            if self.prices is None or self.done() or self.closed(self.prices):
                return
            self.turn(self.prices, spread, most)

    def turn(self, prices: Prices, spread: float, most: int) -> None:
        """One more tour by rounding, openings of it, programs around the best, and one over the best-priced columns."""
        self.pursuit.search(SEARCH_SHARE, self.dive(spread))
        self.around.improve(prices, self.relaxed, (1 - PROGRAM_SHARE) * self.run.left())
        if self.done():
            return
        columns, floor = self.programs.best_priced(prices, self.relaxed - self.run.objective, most)
        complete = floor <= self.run.objective - self.relaxed
        self.program(columns, floor, self.run.left() * (1.0 if complete else PROGRAM_SHARE))

    def closed(self, prices: Prices) -> bool:
        """Whether few enough columns can still matter for one program over all of them, which then has all the time."""
        margin = self.relaxed - self.run.objective
        if margin >= self.shut:
            return False
        columns, floor = self.programs.best_priced(prices, margin, FEW)
        if floor > -margin:
            self.shut = margin
            return False
        self.program(columns, floor, self.run.left())
        return True

    def dive(self, spread: float) -> Route | None:
        """Rounds the relaxation to one more tour, None if none comes as near the best plan as that is to the bound."""
        begun, gap = self.run.left(), self.relaxed - self.run.objective
        floor = self.run.objective - gap
        columns = Dive(self.relaxation, self.pursuit.rng).run(floor, spread, self.done)
        kept = {column.day: choice_of(self.table, self.patterns, column).block for column in columns}
        route = self.pursuit.completed(kept, floor)
        self.pursuit.dear = begun - self.run.left()
        return route

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
            for floor, every in ((near, True), (blocks, False)):
                found = priced(self.table, patterns, day, self.prices, floor, every)
                self.relaxation.add(nlargest(SEED_PER_DAY, found, key=lambda column: column.price))

    def relax(self) -> None:
        """Solves the relaxation by adding columns and cuts until neither is missing or its share of time is up.

        A relaxation that is not finished still gives a bound and prices, only weaker ones.
        """
        table, run = self.table, self.run
        until = (1 - RELAX_SHARE) * run.left()
        after_cuts: list[float] = []
        if run.best is not None:
            self.relaxation.add(self.programs.columns_of(run.best))
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

    def program(self, columns: list[Column], floor: float, seconds: float) -> None:
        """One program over the columns given, which hold every one priced above `floor`; proves what that proves."""
        bound = self.programs.choose(columns, seconds)
        self.bound = min(self.bound, max(bound, self.relaxed + floor, self.run.objective))
        self.pursuit.bounded(self.bound)
