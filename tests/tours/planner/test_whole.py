"""The whole-number program: a legal route satisfies every row, and its value is the route's worth."""

from __future__ import annotations

import highspy
import numpy as np
import pytest

from tours.planner import instance
from tours.planner.columns import column_of
from tours.planner.duals import Ascent, plain_prices
from tours.planner.flow import Flow
from tours.planner.greedy import greedy
from tours.planner.ground import Ground
from tours.planner.listing import listed
from tours.planner.model import Relaxation
from tours.planner.patterns import DayPatterns
from tours.planner.search import Search
from tours.planner.settle import Route, worth
from tours.planner.tables import Floats, Tables, tables
from tours.planner.whole import Whole


def some_routes(table: Tables, patterns: list[DayPatterns], seed: int) -> list[Route]:
    """The greedy route and those a short search comes by."""
    first = greedy(table, patterns)
    assert first is not None
    flow = Flow(table, patterns)
    duals = Ascent(flow).run(20, lambda: False)
    prices = plain_prices(table, duals.stops, duals.areas)
    routes = [first]
    Search(Ground(flow), prices, np.random.default_rng(seed)).run(first, 20, lambda: False, routes.append)
    return routes


def broken_rows(program: Whole, values: Floats) -> list[int]:
    """The rows that some values break."""
    lp = program.solver.getLp()
    activity = np.zeros(lp.num_row_)
    matrix = lp.a_matrix_
    start, index, value = np.array(matrix.start_), np.array(matrix.index_), np.array(matrix.value_)
    columns = np.repeat(np.arange(lp.num_col_), np.diff(start))
    np.add.at(activity, index, value * values[columns])
    low, high = np.array(lp.row_lower_), np.array(lp.row_upper_)
    return [int(row) for row in np.flatnonzero((activity < low - 1e-6) | (activity > high + 1e-6))]


@pytest.mark.parametrize("seed", range(4))
def test_every_route_satisfies_every_row(seed: int) -> None:
    table = tables(instance(20, 16, seed=seed))
    patterns = listed(table, None)
    routes = some_routes(table, patterns, seed)
    relaxation = Relaxation(table, patterns)
    relaxation.add(
        column_of(table, patterns[d], d, choice) for route in routes for d, choice in enumerate(route)
    )
    relaxation.solve()
    relaxation.cut()
    program = Whole(relaxation, relaxation.columns)
    assert [broken_rows(program, program.start_values(route)) for route in routes] == [[]] * len(routes)


@pytest.mark.parametrize("seed", range(4))
def test_the_program_values_a_route_at_its_worth(seed: int) -> None:
    table = tables(instance(20, 16, seed=seed))
    patterns = listed(table, None)
    route = some_routes(table, patterns, seed)[-1]
    relaxation = Relaxation(table, patterns)
    columns = [column_of(table, patterns[d], d, choice) for d, choice in enumerate(route)]
    program = Whole(relaxation, columns)
    costs = np.array(program.solver.getLp().col_cost_)
    assert costs @ program.start_values(route) + table.base == pytest.approx(worth(table, route))


def test_a_program_over_one_route_returns_it() -> None:
    table = tables(instance(15, 10))
    patterns = listed(table, None)
    route = some_routes(table, patterns, 1)[0]
    columns = [column_of(table, patterns[d], d, choice) for d, choice in enumerate(route)]
    chosen, _ = Whole(Relaxation(table, patterns), columns).solve(10, route)
    assert chosen == columns


class Stubborn:
    """A solver that gives up so many times before it runs."""

    def __init__(self, solver: highspy.Highs, times: int) -> None:
        self.solver, self.times = solver, times

    def run(self) -> highspy.HighsStatus:
        self.times -= 1
        return highspy.HighsStatus.kError if self.times >= 0 else self.solver.run()

    def __getattr__(self, name: str) -> object:
        return getattr(self.solver, name)


def greedy_program() -> tuple[Whole, Route]:
    """A program that holds the greedy route alone."""
    table = tables(instance(12, 9, seed=1))
    patterns = listed(table, None)
    route = greedy(table, patterns)
    assert route is not None
    relaxation = Relaxation(table, patterns)
    return Whole(relaxation, [column_of(table, patterns[d], d, one) for d, one in enumerate(route)]), route


def test_a_program_that_presolve_breaks_is_solved_without_it() -> None:
    program, route = greedy_program()
    program.solver = Stubborn(program.solver, 1)  # type: ignore[assignment]
    chosen, bound = program.solve(10, route)
    assert (chosen, bound + program.table.base) == (
        program.columns,
        pytest.approx(worth(program.table, route)),
    )


def test_a_program_that_is_refused_twice_is_told_loudly() -> None:
    program, route = greedy_program()
    program.solver = Stubborn(program.solver, 2)  # type: ignore[assignment]
    with pytest.raises(RuntimeError, match="did not run"):
        program.solve(10, route)
