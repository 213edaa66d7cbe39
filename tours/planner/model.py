"""The tour as a mixed-integer program over day columns, in HiGHS.

Exactly one column a day. Rows: nights flow from home to home; each candidate or group at most once; a municipality's
bonus needs a stop in it; a week has at most six days with duty; and the rows of cuts.py where the relaxation breaks
them. What makes rest exact to the minute is added in whole.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import highspy
import numpy as np
import numpy.typing as npt

from .columns import Column
from .cuts import Cut, broken_cliques, broken_trios, ceiling, coefficients
from .entry import Entry, broken_entries
from .patterns import DayPatterns
from .pricing import CLOCK, Prices, charge
from .tables import Floats, Ints, Tables

INFINITY = highspy.kHighsInf
PRIMAL = 4
DUAL = 1
"""HiGHS simplex strategies: the first after new columns, the second after new rows."""


class Layout(NamedTuple):
    """Row numbers of the relaxation.

    Attributes:
        flow: row of the night in bed b after day d is flow + d * B + b; row 0 is the start at home.
        stops: row of a candidate's group, -1 for fixed candidates.
        areas, weeks: first rows of the municipalities and of the weeks.
    """

    flow: int
    stops: tuple[int, ...]
    areas: int
    weeks: int
    total: int


def layout(table: Tables) -> Layout:
    """Where each row of the relaxation stands."""
    flow = 1
    row = flow + (table.days - 1) * len(table.beds)
    rows = row + np.cumsum(table.leads) - 1
    stops = np.where(table.free, rows[table.leader], -1)
    row += int(table.leads.sum())
    weeks = row + table.areas
    return Layout(flow, tuple(stops.tolist()), row, weeks, weeks + max(table.week_of, default=-1) + 1)


class Relaxation:
    """The linear program over the columns found so far, with the cuts found so far."""

    def __init__(self, table: Tables, patterns: Sequence[DayPatterns]) -> None:
        self.table, self.patterns, self.rows = table, patterns, layout(table)
        self.columns: list[Column] = []
        self.keys: set[tuple[int, int, int, int]] = set()
        self.cuts: list[Cut] = []
        self.grown = True
        self.solver = new_solver()
        self.add_rows_to(self.solver)
        self.add_bonuses_to(self.solver)

    def add_rows_to(self, solver: highspy.Highs) -> None:
        """Adds the rows of the layout, without the cliques."""
        rows = self.rows
        lower, upper = np.full(rows.total, -INFINITY), np.ones(rows.total)
        lower[0] = 1
        lower[rows.flow : rows.flow + (self.table.days - 1) * len(self.table.beds)] = 0
        upper[rows.flow : rows.flow + (self.table.days - 1) * len(self.table.beds)] = 0
        upper[rows.areas : rows.weeks] = 0
        upper[rows.weeks :] = 6
        empty = np.zeros(0, dtype=np.int32)
        solver.addRows(rows.total, lower, upper, 0, np.zeros(rows.total, dtype=np.int32), empty, np.zeros(0))

    def add_bonuses_to(self, solver: highspy.Highs) -> None:
        """Adds one variable for each municipality: reached or not."""
        count, bonus = self.table.areas, float(self.table.problem.costs.municipality_bonus)
        index = np.arange(count, dtype=np.int32)
        solver.addCols(
            count, np.full(count, bonus), np.zeros(count), np.ones(count), count, index, index + self.rows.areas,
            np.ones(count),
        )  # fmt: skip

    def add(self, columns: Iterable[Column]) -> None:
        """Adds the columns that are new."""
        new = [column for column in columns if column.key not in self.keys]
        self.keys.update(column.key for column in new)
        self.columns.extend(new)
        self.grown = self.grown or bool(new)
        starts, index, values = entries(self, new)
        cost = np.array([column.value for column in new])
        count = len(new)
        self.solver.addCols(
            count, cost, np.zeros(count), np.full(count, INFINITY), len(index), starts, index, values
        )

    def holds(self, columns: Iterable[Column]) -> bool:
        """Whether it has all of these columns."""
        return all(column.key in self.keys for column in columns)

    def solve(self) -> float:
        """Solves to optimality; gives the objective of the relaxation without `table.base`."""
        self.solver.setOptionValue("simplex_strategy", PRIMAL if self.grown else DUAL)
        self.grown = False
        self.solver.run()
        return float(self.solver.getInfo().objective_function_value)

    def is_solved(self) -> bool:
        """Whether the last solve came to an optimum; confined columns may leave none."""
        return bool(self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def confine(self, number: int, lower: float, upper: float) -> None:
        """Holds a column's value between two others until it is released."""
        self.solver.changeColBounds(self.table.areas + number, lower, upper)

    def basis(self) -> highspy.HighsBasis:
        """Where the simplex method stands."""
        return self.solver.getBasis()

    def release(self, basis: highspy.HighsBasis) -> None:
        """Lets every column take any value again, and goes back to where the simplex method stood before."""
        count = len(self.columns)
        every = np.arange(self.table.areas, self.table.areas + count, dtype=np.int32)
        self.solver.changeColsBounds(count, every, np.zeros(count), np.full(count, INFINITY))
        known = list(basis.col_status)
        new = self.table.areas + count - len(known)
        basis.col_status = known + [highspy.HighsBasisStatus.kLower] * new
        self.solver.setBasis(basis)
        self.grown = True

    def values(self) -> Floats:
        """The solution, by column."""
        return np.asarray(self.solver.getSolution().col_value)[self.table.areas :]

    def cut(self) -> int:
        """Adds rows that the solution breaks; gives their number."""
        values = np.asarray(self.solver.getSolution().col_value)
        chosen = np.flatnonzero(values[self.table.areas :] > 1e-9)
        used = [(self.columns[i], float(values[self.table.areas + i])) for i in chosen]
        legs, stops = paths(self, [column for column, _ in used])
        found = broken_cliques(self.table, used)
        found += broken_trios(self.table, used, stops)
        found += broken_entries(self.table, used, legs, stops, values[: self.table.areas])
        self._add_cuts(found)
        return len(found)

    def _add_cuts(self, found: list[Cut]) -> None:
        legs, stops = paths(self, self.columns)
        for cut in found:
            row = coefficients(cut, legs, stops, self.columns)
            at = np.flatnonzero(row)
            index, value = at + self.table.areas, row[at]
            if isinstance(cut, Entry) and cut.area:
                index, value = np.append(index, cut.target), np.append(value, 1.0)
            self.solver.addRow(-INFINITY, ceiling(cut), len(index), index.astype(np.int32), value)
        self.cuts.extend(found)

    def prices(self) -> Prices:
        """The dual values for pricing new columns."""
        table, rows = self.table, self.rows
        dual = np.asarray(self.solver.getSolution().row_dual)
        beds, days = len(table.beds), table.days
        flow = dual[rows.flow : rows.flow + (days - 1) * beds].reshape(days - 1, beds)
        home = np.where(np.arange(beds) == 0, 0.0, -np.inf)
        leave = np.vstack([-flow, home])
        leave[~np.array([limits.goals(beds) for limits in table.limits])] = -np.inf
        duty = [dual[rows.weeks + week] if week >= 0 else 0.0 for week in table.week_of]
        stops = [dual[row] if row >= 0 else 0.0 for row in rows.stops]
        prices = Prices(
            arrive=np.vstack([home - dual[0], flow]),
            leave=leave,
            stops=np.append(stops, 0.0),
            areas=np.append(dual[rows.areas : rows.weeks], 0.0),
            duty=np.array(duty),
            plays=np.zeros((days, len(table.value) + 1)),
            roads=np.zeros((days, table.places, table.places)),
            trios=[],
            late=np.zeros((days, CLOCK)),
            early=np.zeros((days, CLOCK)),
        )
        for cut, price in zip(self.cuts, dual[rows.total :], strict=True):
            if price:
                charge(table, cut, float(price), prices)
        return prices


def paths(model: Relaxation, columns: Sequence[Column]) -> tuple[Ints, Ints]:
    """(n, K + 1, 2) the columns' drives as places, padded with none; (n, K) their candidates, padded with C."""
    table = model.table
    wide = max((patterns.stops.shape[1] for patterns in model.patterns), default=1)
    legs = np.zeros((len(columns), wide + 1, 2), dtype=np.int64)
    stops = np.full((len(columns), wide), len(table.value), dtype=np.int64)
    for i, column in enumerate(columns):
        played: tuple[int, ...] = ()
        if column.pattern >= 0:
            played = model.patterns[column.day].blocks[column.pattern].stops
            stops[i, : len(played)] = played
        points = [table.beds[column.origin], *table.place[list(played)], table.beds[column.goal]]
        legs[i, : len(points) - 1] = list(zip(points, points[1:], strict=False))
    return legs, stops


def entries(
    model: Relaxation, columns: Sequence[Column]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats]:
    """The columns' entries in the rows of the relaxation, as HiGHS takes them."""
    legs, stops = paths(model, columns)
    in_cuts: list[list[tuple[int, float]]] = [[] for _ in columns]
    for i, cut in enumerate(model.cuts):
        row = coefficients(cut, legs, stops, columns)
        for j in np.flatnonzero(row):
            in_cuts[j].append((model.rows.total + i, float(row[j])))
    starts: list[int] = []
    terms: list[tuple[int, float]] = []
    for column, extra in zip(columns, in_cuts, strict=True):
        starts.append(len(terms))
        terms += [*_rows_of(model, column), *extra]
    index = np.array([row for row, _ in terms], dtype=np.int32)
    return np.array(starts, dtype=np.int32), index, np.array([value for _, value in terms], dtype=np.float64)


def _rows_of(model: Relaxation, column: Column) -> Iterable[tuple[int, float]]:
    table, rows = model.table, model.rows
    beds = len(table.beds)
    if column.day == 0:
        yield 0, 1.0
    else:
        yield rows.flow + (column.day - 1) * beds + column.origin, -1.0
    if column.day + 1 < table.days:
        yield rows.flow + column.day * beds + column.goal, 1.0
    if column.has_duty and table.week_of[column.day] >= 0:
        yield rows.weeks + table.week_of[column.day], 1.0
    if column.pattern >= 0:
        patterns = model.patterns[column.day]
        for c in patterns.blocks[column.pattern].stops:
            if rows.stops[c] >= 0:
                yield rows.stops[c], 1.0
        for area in patterns.areas[column.pattern]:
            if area < table.areas:
                yield rows.areas + int(area), -1.0


class _Silent(highspy.Highs):
    """HiGHS that prints nothing, its banner included: switching callbacks on prints it."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name HiGHS gives it
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def new_solver() -> highspy.Highs:
    """A silent HiGHS that maximises, on one thread: all of a process must use as many, or HiGHS refuses to run."""
    solver = _Silent()  # type: ignore[no-untyped-call]
    solver.setOptionValue("parallel", "off")
    solver.setOptionValue("threads", 1)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    return solver
