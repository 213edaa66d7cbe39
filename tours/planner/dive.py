"""Rounding by steps: days that the relaxation is surest of are fixed, it is solved anew, and so on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .columns import Column, choice_of
from .model import Relaxation
from .pricing import priced
from .settle import Choice, duty_starts
from .tables import Floats

SURE = 0.95
"""Columns with at least this value are fixed together ..."""

AT_LEAST = 12
"""... and at least one column for every so many days in each step."""

PER_DAY = 8
"""New columns a day after each step."""

NEAR = 8
"""Times are looked at so many days around a column, the others taken as free: a week with its neighbours."""

DEEP = 0.75
"""A dive ends when this share of the days is fixed: so few are left that they can be planned to the minute."""

GIVE_UP = 8
"""So many columns may turn out not to fit before a dive ends."""

CLOSER = 1e-6


class Dive:
    """One dive on a relaxation, which is as it was afterwards but for the columns found.

    Args:
        rng: decides among columns of nearly the same value; the same generator state gives the same dive.
    """

    def __init__(self, relaxation: Relaxation, rng: np.random.Generator) -> None:
        self.relaxation, self.table, self.rng = relaxation, relaxation.table, rng
        self.fixed: dict[int, Column] = {}
        self.failed = 0

    def run(self, floor: float, spread: float, stop: Callable[[], bool]) -> list[Column]:
        """One column for each of most days, fewer if no tour worth more than `floor` lies this way.

        Args:
            spread: standard deviation of what is added to the relaxation's values before the highest are taken.
        """
        self.relaxation.solve()
        basis = self.relaxation.basis()
        try:
            while len(self.fixed) < DEEP * self.table.days and not stop() and self._deeper(floor, spread):
                pass
        finally:
            self.relaxation.release(basis)
        return list(self.fixed.values())

    def _deeper(self, floor: float, spread: float) -> bool:
        """Fixes some more days; whether the tour can still be worth more than the floor."""
        values = self.relaxation.values()
        chosen = self._chosen(values, spread)
        for number in chosen:
            self._fix(number)
        if chosen and self._solved(floor):
            return True
        for number in chosen or self._unfit(values):
            self._bar(number)
        self.failed += 1
        return self.failed <= GIVE_UP and self._solved(floor)

    def _chosen(self, values: Floats, spread: float) -> list[int]:
        """The columns to fix: the surest of days not yet fixed, such as fit beside those that are."""
        near = np.flatnonzero(values > CLOSER)
        wrong = values[near] + spread * self.rng.standard_normal(len(near)) * (values[near] < SURE)
        least = max(1, self.table.days // AT_LEAST)
        found: dict[int, int] = {}
        for i in near[np.argsort(-wrong, kind="stable")]:
            column = self.relaxation.columns[i]
            if len(found) >= least and values[i] < SURE:
                break
            if column.day in self.fixed or column.day in found:
                continue
            beside = {day: self.relaxation.columns[number] for day, number in found.items()}
            if self._fits(column, self.fixed | beside):
                found[column.day] = int(i)
        return list(found.values())

    def _unfit(self, values: Floats) -> list[int]:
        """The columns in use of days not yet fixed, none of which fits beside those that are."""
        columns = self.relaxation.columns
        return [int(i) for i in np.flatnonzero(values > CLOSER) if columns[i].day not in self.fixed]

    def _fix(self, number: int) -> None:
        column = self.relaxation.columns[number]
        self.fixed[column.day] = column
        self.relaxation.confine(number, 1.0, 1.0)

    def _bar(self, number: int) -> None:
        self.fixed.pop(self.relaxation.columns[number].day, None)
        self.relaxation.confine(number, 0.0, 0.0)

    def _solved(self, floor: float) -> bool:
        """Whether what is fixed leaves room for a tour better than the floor, new columns looked for."""
        for last in (False, True):
            objective = self.relaxation.solve()
            if not self.relaxation.is_solved():
                return False
            if last:
                return objective + self.table.base > floor
            self.relaxation.add(self._new())
        return False

    def _new(self) -> list[Column]:
        """The most promising new columns of the days not yet fixed."""
        prices, found = self.relaxation.prices(), list[Column]()
        for day in range(self.table.days):
            if day not in self.fixed:
                patterns = self.relaxation.patterns[day]
                columns = priced(self.table, patterns, day, prices, CLOSER, every=False)
                found += sorted(columns, key=lambda column: -column.price)[:PER_DAY]
        return found

    def _fits(self, column: Column, fixed: dict[int, Column]) -> bool:
        """Whether a column can stand beside those that are fixed: same beds, and times that keep every rest."""
        before, after = fixed.get(column.day - 1), fixed.get(column.day + 1)
        if before is not None and before.goal != column.origin:
            return False
        if after is not None and after.origin != column.goal:
            return False
        home = int(self.table.beds[0])
        route = [Choice(home, None, home)] * self.table.days
        for one in (column, *fixed.values()):
            if abs(one.day - column.day) <= NEAR:
                route[one.day] = choice_of(self.table, self.relaxation.patterns, one)
        return duty_starts(self.table, tuple(route)) is not None
