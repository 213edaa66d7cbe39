"""Programs around the best plan: some of its days are kept, the others planned anew at once and exactly.

The days kept are those that the relaxation agrees with (relaxation-induced neighbourhoods: Danna, Rothberg, Le Pape,
Mathematical Programming 102, 2005), or all but a stretch of days. How many are opened follows what the programs manage.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .columns import Column
from .pricing import Prices
from .programs import Fits, Programs
from .settle import Route, barred_by
from .tables import Floats

FIRST = 0.5
WIDER = 1.2
LEAST, MOST = 0.15, 0.9
"""This share of the days is opened at first, so many times more after a program that ended and brought nothing, and so
many times less after one that neither ended nor brought anything; never less or more than these."""

STRETCH = 0.5
"""The share of the programs that open a stretch of days."""

UNSURE = 0.3
"""Up to this is added to the share of each day that the relaxation agrees with."""

COLUMNS = 1_200
SECONDS = 2.0
"""Columns of a program and how long it may take."""

IN_VAIN = 4
"""So many programs in a row that bring nothing end the search."""

EXACTNESS = 1e-3
"""A bound this near to the objective means that the program ended: HiGHS leaves up to 1e-4."""


class Around:
    """The programs around the best plans of one run.

    Args:
        rng: decides which days; the same generator state opens the same ones.
    """

    def __init__(self, programs: Programs, rng: np.random.Generator) -> None:
        self.programs, self.run, self.table, self.rng = programs, programs.run, programs.table, rng
        self.share, self.most = FIRST, float(COLUMNS)

    def improve(self, prices: Prices, relaxed: float, until: float) -> None:
        """Plans days of the best plan anew until nothing comes of it, or no more seconds than `until` are left."""
        vain, values = 0, self._values()
        while vain < IN_VAIN and not self.run.enough() and self.run.left() > max(0.0, until):
            best, before = self.run.best, self.run.objective
            if best is None:
                return
            ended = self._replan(best, prices, relaxed, values)
            vain = vain + 1 if self.run.objective <= before else 0
            if vain:
                self._adapt(WIDER if ended else 1 / WIDER)

    def _adapt(self, factor: float) -> None:
        """Makes the next programs larger or smaller."""
        self.share = float(np.clip(self.share * factor, LEAST, MOST))
        self.most = max(float(COLUMNS), self.most * factor)

    def _values(self) -> dict[tuple[int, int, int, int], float]:
        """The relaxation's solution by column."""
        relaxation = self.programs.relaxation
        relaxation.solve()
        return {
            c.key: float(v) for c, v in zip(relaxation.columns, relaxation.values(), strict=True) if v > 0
        }

    def _replan(
        self, best: Route, prices: Prices, relaxed: float, values: dict[tuple[int, int, int, int], float]
    ) -> bool:
        """Plans some days anew; whether the program ended, so that there is nothing better among its columns."""
        mine = self.programs.columns_of(best)
        days = self._days(np.array([values.get(column.key, 0.0) for column in mine]))
        columns, _ = self.programs.best_priced(
            prices, relaxed - self.run.objective, int(self.most), days, self._fits(best, mine, days)
        )
        kept = [column for column in mine if column.day not in days]
        return (
            self.programs.choose(kept + columns, min(SECONDS, self.run.left()))
            <= self.run.objective + EXACTNESS
        )

    def _days(self, agreed: Floats) -> set[int]:
        """The days to open, by chance a stretch or those that the relaxation agrees with least."""
        count = max(2, round(self.share * self.table.days))
        if self.rng.random() < STRETCH:
            first = int(self.rng.integers(0, max(1, self.table.days - count + 1)))
            return set(range(first, min(first + count, self.table.days)))
        order = np.argsort(agreed + UNSURE * self.rng.random(len(agreed)), kind="stable")
        return {int(day) for day in order[:count]}

    def _fits(self, best: Route, mine: Sequence[Column], days: set[int]) -> Fits:
        """Which columns of the opened days can stand beside the days kept: their beds, and nothing that they play."""
        barred = barred_by(self.table, best, days)
        blocks = self.programs.patterns
        begin = {day: mine[day].origin for day in days if day - 1 not in days}
        end = {day: mine[day].goal for day in days if day + 1 not in days}

        def fits(column: Column) -> bool:
            if begin.get(column.day, column.origin) != column.origin:
                return False
            if end.get(column.day, column.goal) != column.goal:
                return False
            if column.pattern < 0:
                return True
            return not any(barred[c] for c in blocks[column.day].blocks[column.pattern].stops)

        return fits
