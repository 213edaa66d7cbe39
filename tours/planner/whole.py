"""The whole-number program over a set of day columns: the relaxation's rows, and rest that is exact to the minute.

Added variables: a slide for each day (minutes its duty starts later than it could), and one for each run of duty-free
days that may serve as a weekly rest. A day without duty takes part in the rows of rest with times that never bind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import highspy
import numpy as np

from .columns import Column, column_of
from .cuts import ceiling
from .entry import Entry
from .limits import DAY_MIN
from .model import INFINITY, Relaxation, entries, new_solver
from .settle import Route, duty_starts
from .tables import Floats, Tables

PRESOLVE = ("choose", "off")
"""HiGHS is asked with its presolve, and again without where it gives up: a program that 1.16 has reduced to nothing may
leave a solution that breaks a row, which it then refuses."""


class Run(NamedTuple):
    """Duty-free days first..last; end before less start after must not exceed `limit` (None: it never does)."""

    first: int
    last: int
    limit: int | None


class Row(NamedTuple):
    """One linear row: lower <= sum of values * variables <= upper."""

    lower: float
    upper: float
    variables: list[int]
    values: list[float]


class Whole:
    """The program over some columns; variables in the order bonuses, columns, slides, runs."""

    def __init__(self, relaxation: Relaxation, columns: Sequence[Column]) -> None:
        self.relaxation, self.table = relaxation, relaxation.table
        self.columns = list(columns)
        self.slides = self.table.areas + len(self.columns)
        self.runs = weekly_runs(self.table)
        self.first_run = self.slides + self.table.days
        self.rows = [*self._slide_rows(), *self._rest_rows(), *self._week_rows()]
        self.solver = new_solver()
        self._fill()

    @property
    def size(self) -> int:
        """Number of variables."""
        return self.first_run + len(self.runs)

    def _fill(self) -> None:
        relaxation = self.relaxation
        relaxation.add_rows_to(self.solver)
        starts, index, values = entries(relaxation, self.columns)
        relaxation.add_bonuses_to(self.solver)
        for cut in relaxation.cuts:
            area = [cut.target] if isinstance(cut, Entry) and cut.area else []
            self.solver.addRow(
                -INFINITY, ceiling(cut), len(area), np.array(area, dtype=np.int32), np.ones(len(area))
            )
        cost, count = np.array([column.value for column in self.columns]), len(self.columns)
        self.solver.addCols(count, cost, np.zeros(count), np.ones(count), len(index), starts, index, values)
        free, none = self.size - self.slides, np.zeros(0, dtype=np.int32)
        upper = np.append(np.full(self.table.days, float(DAY_MIN)), np.ones(len(self.runs)))
        self.solver.addCols(
            free, np.zeros(free), np.zeros(free), upper, 0, np.zeros(free, dtype=np.int32), none, np.zeros(0)
        )
        for row in self.rows:
            self.solver.addRow(
                row.lower,
                row.upper,
                len(row.variables),
                np.array(row.variables, dtype=np.int32),
                np.array(row.values),
            )
        whole = [*range(self.table.areas, self.slides), *range(self.first_run, self.size)]
        kinds = np.full(len(whole), highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        self.solver.changeColsIntegrality(len(whole), np.array(whole, dtype=np.int32), kinds)

    def _on(self, day: int) -> list[tuple[int, Column]]:
        """The columns of a day with their variables."""
        return [(self.table.areas + i, column) for i, column in enumerate(self.columns) if column.day == day]

    def _slide_rows(self) -> list[Row]:
        """A day slides no further than its column allows."""
        rows = []
        for day in range(self.table.days):
            columns = [(i, float(-c.slide)) for i, c in self._on(day) if c.slide]
            terms = [(self.slides + day, 1.0), *columns]
            rows.append(Row(-INFINITY, 0, [i for i, _ in terms], [value for _, value in terms]))
        return rows

    def _rest_rows(self) -> list[Row]:
        """The night's rest between neighbouring days."""
        rows = []
        for day in range(self.table.days - 1):
            limit = self.table.night(day) - self.table.limits[day].rest
            terms = [*self._end(day), *((i, -value) for i, value in self._start(day + 1))]
            rows.append(Row(-INFINITY, limit, [i for i, _ in terms], [value for _, value in terms]))
        return rows

    def _end(self, day: int) -> list[tuple[int, float]]:
        """The end of a day's duty as terms; without duty it is so early that the next day may start, or be free."""
        limits, following = self.table.limits[day], self.table.limits[min(day + 1, self.table.days - 1)]
        early = min(following.opens + self.table.night(day) - limits.rest, limits.closes)
        terms = [(i, float(c.end if c.has_duty else early)) for i, c in self._on(day)]
        return [*terms, (self.slides + day, 1.0)]

    def _start(self, day: int) -> list[tuple[int, float]]:
        """The start of a day's duty as terms; without duty it is so late that the day before may end at its limit."""
        day_before = max(day - 1, 0)
        before = self.table.limits[day_before]
        late = before.closes + before.rest - self.table.night(day_before)
        terms = [(i, float(c.start if c.has_duty else late)) for i, c in self._on(day)]
        return [*terms, (self.slides + day, 1.0)]

    def _week_rows(self) -> list[Row]:
        """Each week has a run of duty-free days, and the gap around it is long enough."""
        rows = []
        for week in range(max(self.table.week_of, default=-1) + 1):
            days = {day for day, of in enumerate(self.table.week_of) if of == week}
            serving = [i for i, run in enumerate(self.runs) if days & set(range(run.first, run.last + 1))]
            rows.append(Row(1, INFINITY, [self.first_run + i for i in serving], [1.0] * len(serving)))
        for i, run in enumerate(self.runs):
            for day in range(run.first, run.last + 1):
                duties = [j for j, column in self._on(day) if column.has_duty]
                rows.append(Row(-INFINITY, 1, [self.first_run + i, *duties], [1.0] * (len(duties) + 1)))
            if run.limit is not None:
                rows.append(self._gap_row(self.first_run + i, run, run.limit))
        return rows

    def _gap_row(self, variable: int, run: Run, limit: int) -> Row:
        """end before - start after <= limit, if the run is chosen."""
        table = self.table
        end = self._end(run.first - 1) if run.first else []
        start = self._start(run.last + 1) if run.last + 1 < table.days else []
        limit -= 0 if run.first else DAY_MIN
        most = max((value for _, value in end[:-1]), default=0.0) - min(
            (value for _, value in start[:-1]), default=0.0
        )
        spare = max(0.0, most + (DAY_MIN if end else 0.0) - limit)
        terms = [*end, *((i, -value) for i, value in start), (variable, spare)]
        return Row(-INFINITY, limit + spare, [i for i, _ in terms], [value for _, value in terms])

    def start_values(self, route: Route) -> Floats:
        """Every variable's value for a legal route whose columns are all in the program."""
        table = self.table
        number = {column.key: table.areas + i for i, column in enumerate(self.columns)}
        values = np.zeros(self.size)
        starts = duty_starts(table, route) or {}
        ends: dict[int, int] = {}
        for day, choice in enumerate(route):
            column = column_of(table, self.relaxation.patterns[day], day, choice)
            values[number[column.key]] = 1
            if column.has_duty:
                values[self.slides + day] = starts[day] - column.start
                ends[day] = starts[day] + column.end - column.start
            if choice.block is not None:
                values[[int(table.area[c]) for c in choice.block.stops if table.area[c] >= 0]] = 1
        for i, run in enumerate(self.runs):
            values[self.first_run + i] = _holds(run, starts, ends)
        return values

    def _runs(self, presolve: str, start: Route | None) -> bool:
        """Runs HiGHS from a route with or without its presolve; whether that gave figures."""
        self.solver.clearSolver()
        self.solver.setOptionValue("presolve", presolve)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = self.start_values(start).tolist()
            self.solver.setSolution(solution)
        return bool(self.solver.run() != highspy.HighsStatus.kError)

    def solve(self, seconds: float, start: Route | None) -> tuple[list[Column] | None, float]:
        """The best choice of columns found, one a day in order, and what no choice of them exceeds.

        Raises:
            RuntimeError: HiGHS refused the program, so that its figures say nothing.
        """
        self.solver.setOptionValue("time_limit", max(0.1, seconds))
        self.solver.setOptionValue("mip_rel_gap", 1e-9)
        self.solver.setOptionValue("mip_abs_gap", 1e-4)
        if not any(self._runs(presolve, start) for presolve in PRESOLVE):
            raise RuntimeError("HiGHS did not run")
        info = self.solver.getInfo()
        bound = float(info.mip_dual_bound)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None, bound
        values = np.asarray(self.solver.getSolution().col_value)[self.table.areas : self.slides]
        chosen = [self.columns[i] for i in np.flatnonzero(values > 0.5)]
        return sorted(chosen, key=lambda column: column.day), bound


def weekly_runs(table: Tables) -> list[Run]:
    """The runs of days that may serve as the rest of some week, up to the length that always suffices."""
    runs = []
    for first in range(table.days):
        for last in range(first, table.days):
            begins = table.midnights[first - 1] if first else -DAY_MIN
            limit = table.midnights[min(last + 1, table.days)] - begins - table.rest_week
            latest = table.limits[first - 1].closes if first else DAY_MIN
            earliest = table.limits[last + 1].opens if last + 1 < table.days else 0
            safe = latest - earliest <= limit
            if any(table.week_of[day] >= 0 for day in range(first, last + 1)):
                runs.append(Run(first, last, None if safe else limit))
            if safe:
                break
    return runs if max(table.week_of, default=-1) >= 0 else []


def _holds(run: Run, starts: dict[int, int], ends: dict[int, int]) -> bool:
    """Whether a route's times make the run a rest between two days of duty, or one of safe length."""
    if any(day in starts for day in range(run.first, run.last + 1)):
        return False
    if run.limit is None:
        return True
    before, after = ends.get(run.first - 1), starts.get(run.last + 1)
    if before is None or after is None:
        return False
    return before - after <= run.limit
