"""The allotment as a program over visits, in HiGHS: which visits, so that every unit is in one and it costs least.

Rows: each unit is in a visit or missed; a host holds one visit, and the ensemble comes there; whoever comes to a place
comes by the one before it on the tree; a production has so many shows and days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from .ground import Ground, Host
from .visits import Floats, Prices, Visit, Visits

INFINITY = highspy.kHighsInf
PRIMAL, DUAL = 4, 1
"""HiGHS's simplex strategies: the first after new columns and changed costs, the second after changed bounds."""


class _Silent(highspy.Highs):
    """HiGHS that prints nothing, its banner included: switching callbacks on prints it."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name HiGHS gives it
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Master:
    """The program over the visits found so far.

    Args:
        miss: by unit, what it costs not to reach it.
        done: asked while HiGHS works; once it says yes, HiGHS stops.
    """

    def __init__(
        self, ground: Ground, visits: Visits, miss: Floats, threads: int, seed: int, done: Callable[[], bool]
    ) -> None:
        self.ground, self.visits, self.done = ground, visits, done
        self.found: list[Visit] = []
        self.number: dict[tuple[Host, tuple[int, ...], int], int] = {}
        self.nodes: dict[tuple[int, int], int] = {}
        for p, s in visits.hosts:
            for place in ground.trees.way(p, ground.place[s]):
                self.nodes.setdefault((p, place), len(self.nodes))
        self.units, self.hosts = len(ground.units), len(visits.hosts)
        self.productions = len(ground.problem.productions)
        self.first_host = self.units
        self.first_show = self.units + self.hosts
        self.first_day = self.first_show + self.productions
        self.first_way = self.first_day + self.productions
        self.first_visit = self.units + len(self.nodes)
        self.solver = _Silent()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("parallel", "off" if threads == 1 else "choose")
        self.solver.setOptionValue("threads", threads)
        self.solver.setOptionValue("random_seed", seed)
        self.solver.cbSimplexInterrupt += self._asked
        self.solver.cbMipInterrupt += self._asked
        self._add_rows()
        self._add_misses_and_ways(miss)

    def _asked(self, event: Any) -> None:
        if self.done():
            event.interrupt()

    def _add_rows(self) -> None:
        ground, ways = self.ground, len(self.nodes)
        lower = np.full(self.first_way + ways, -INFINITY)
        upper = np.zeros(self.first_way + ways)
        lower[: self.units], upper[: self.units] = 1, INFINITY
        upper[self.first_host : self.first_show] = [
            1 if ground.place[s] == ground.trees.home[p] else 0 for p, s in self.visits.hosts
        ]
        upper[self.first_show : self.first_day] = ground.most_shows
        upper[self.first_day : self.first_way] = ground.most_days
        empty = np.zeros(0, dtype=np.int32)
        count = len(lower)
        self.solver.addRows(count, lower, upper, 0, np.zeros(count, dtype=np.int32), empty, np.zeros(0))

    def _add_misses_and_ways(self, miss: Floats) -> None:
        ground, trees = self.ground, self.ground.trees
        at_place: dict[tuple[int, int], list[int]] = {}
        for i, (p, s) in enumerate(self.visits.hosts):
            at_place.setdefault((p, ground.place[s]), []).append(i)
        children: dict[tuple[int, int], list[int]] = {}
        for (p, place), number in self.nodes.items():
            children.setdefault((p, trees.parent[p][place]), []).append(number)
        columns: list[list[tuple[int, float]]] = [[(unit, 1.0)] for unit in range(self.units)]
        costs = list(map(float, miss))
        for (p, place), number in self.nodes.items():
            terms = [(self.first_host + i, -1.0) for i in at_place.get((p, place), [])]
            terms += [(self.first_way + child, -1.0) for child in children.get((p, place), [])]
            if trees.parent[p][place] not in (trees.home[p], -1):
                terms.append((self.first_way + number, 1.0))
            columns.append(terms)
            costs.append(ground.problem.rules.per_km * trees.km[p][place])
        self._add_columns(columns, costs, 1.0)
        # Ways that begin at home have no row to keep: theirs is met by what it may be.
        for (p, place), number in self.nodes.items():
            if trees.parent[p][place] in (trees.home[p], -1):
                self.solver.changeRowBounds(self.first_way + number, -INFINITY, INFINITY)

    def _add_columns(self, columns: list[list[tuple[int, float]]], costs: list[float], most: float) -> None:
        count = len(columns)
        starts = np.cumsum([0, *map(len, columns)])[:-1].astype(np.int32)
        index = np.array([row for terms in columns for row, _ in terms], dtype=np.int32)
        value = np.array([one for terms in columns for _, one in terms], dtype=np.float64)
        self.solver.addCols(
            count, np.array(costs), np.zeros(count), np.full(count, most), len(index), starts, index, value
        )

    def add(self, visits: Iterable[Visit]) -> int:
        """Adds the visits that are new; gives their number."""
        new = []
        for visit in visits:
            key = visit.host, visit.units, visit.shows
            if key not in self.number:
                self.number[key] = len(self.number)
                new.append(visit)
        if new:
            self._add_columns([self._terms(visit) for visit in new], [visit.cost for visit in new], INFINITY)
            self.found += new
        return len(new)

    def _terms(self, visit: Visit) -> list[tuple[int, float]]:
        p = visit.host[0]
        return [
            *((unit, 1.0) for unit in visit.units),
            (self.first_host + self.visits.number[visit.host], 1.0),
            (self.first_show + p, float(visit.shows)),
            (self.first_day + p, float(visit.days)),
        ]

    def relax(self, seconds: float, strategy: int = PRIMAL) -> Prices | None:
        """The prices of the relaxation over the visits found, None if the time did not suffice."""
        self.solver.setOptionValue("simplex_strategy", strategy)
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + max(0.05, seconds))
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        dual = np.asarray(self.solver.getSolution().row_dual)
        return Prices(
            np.maximum(0.0, dual[: self.units]),
            np.maximum(0.0, -dual[self.first_show : self.first_day]),
            np.maximum(0.0, -dual[self.first_day : self.first_way]),
        )

    def charge_misses(self, miss: Floats) -> None:
        """Sets what it costs not to reach each unit."""
        self.solver.changeColsCost(self.units, np.arange(self.units, dtype=np.int32), miss)

    def missed(self) -> Floats:
        """By unit, how much of it the last relaxation misses."""
        return np.asarray(self.solver.getSolution().col_value)[: self.units]

    def objective(self) -> float:
        """What the last relaxation costs."""
        return float(self.solver.getInfo().objective_function_value)

    def host_prices(self) -> Floats:
        """By host, what the last relaxation pays for the ensemble to come there."""
        dual = np.asarray(self.solver.getSolution().row_dual)
        prices: Floats = np.maximum(0.0, -dual[self.first_host : self.first_show])
        return prices

    def reduced(self) -> Floats:
        """By visit, what it costs beyond the prices of the last relaxation."""
        return np.asarray(self.solver.getSolution().col_dual)[self.first_visit :]

    def numbers(self, visits: Iterable[Visit]) -> list[int]:
        """The numbers of visits that it has."""
        return [self.number[visit.host, visit.units, visit.shows] for visit in visits]

    def confine(self, numbers: list[int], lower: float, upper: float) -> None:
        """Holds these visits between two values until they are released."""
        if not numbers:
            return
        index = np.array([self.first_visit + number for number in numbers], dtype=np.int32)
        count = len(index)
        self.solver.changeColsBounds(count, index, np.full(count, lower), np.full(count, upper))

    def release(self) -> None:
        """Lets every visit take any value again."""
        every = np.arange(self.first_visit, self.first_visit + len(self.found), dtype=np.int32)
        self.solver.changeColsBounds(len(every), every, np.zeros(len(every)), np.full(len(every), INFINITY))

    def shares(self) -> Floats:
        """By visit, how much of it the last relaxation takes."""
        return np.asarray(self.solver.getSolution().col_value)[self.first_visit :]

    def choose(
        self, kept: list[int], miss: Floats, start: list[Visit], seconds: float
    ) -> tuple[list[Visit] | None, float]:
        """The best choice of some visits, by their numbers, and the cost below which no choice of them comes.

        Args:
            start: a choice to better; its visits are all among those found.
        """
        solver = self.solver
        most = np.zeros(len(self.found))
        most[kept] = 1.0
        every = np.arange(self.first_visit, solver.getNumCol(), dtype=np.int32)
        self.charge_misses(miss)
        solver.changeColsBounds(len(every), every, np.zeros(len(every)), most)
        whole = np.concatenate([np.arange(self.units, dtype=np.int32), every])
        solver.changeColsIntegrality(len(whole), whole, np.full(len(whole), highspy.HighsVarType.kInteger))
        for name, value in {"mip_rel_gap": 1e-6, "mip_abs_gap": 0.5}.items():
            solver.setOptionValue(name, value)
        solver.setOptionValue("time_limit", solver.getRunTime() + max(0.1, seconds))
        solver.clearSolver()
        solution = highspy.HighsSolution()
        solution.col_value = self._values(start).tolist()
        solver.setSolution(solution)
        solver.run()
        info = solver.getInfo()
        bound = float(info.mip_dual_bound)
        chosen = None
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            values = np.asarray(solver.getSolution().col_value)[self.first_visit :]
            chosen = [self.found[i] for i in np.flatnonzero(values > 0.5)]
        self._loosen(whole)
        return chosen, bound

    def _loosen(self, whole: npt.NDArray[np.int32]) -> None:
        """Makes the program the relaxation again."""
        kinds = np.full(len(whole), highspy.HighsVarType.kContinuous)
        self.solver.changeColsIntegrality(len(whole), whole, kinds)
        self.release()

    def _values(self, chosen: list[Visit]) -> Floats:
        values = np.zeros(self.first_visit + len(self.found))
        values[: self.units] = 1.0
        for number, visit in zip(self.numbers(chosen), chosen, strict=True):
            values[self.first_visit + number] = 1.0
            values[list(visit.units)] = 0.0
            p, s = visit.host
            for place in self.ground.trees.way(p, self.ground.place[s]):
                values[self.units + self.nodes[p, place]] = 1.0
        return values
