"""The exact method's bookkeeping: which columns may be left out, and when cutting stops."""

from __future__ import annotations

import numpy as np
import pytest

from bookings.planner import instance
from bookings.planner.exact import Exact
from bookings.planner.greedy import greedy
from bookings.planner.settle import Route, worth
from bookings.planner.solve import listed
from bookings.planner.tables import Tables, tables


class _Run:
    """A run with all the time it wants and the greedy tour."""

    def __init__(self, table: Tables, best: Route) -> None:
        self.best: Route | None = best
        self.objective, self.bound = worth(table, best), np.inf

    def left(self) -> float:
        return 1000.0

    def enough(self) -> bool:
        return False

    def offer(self, route: Route, by: str) -> bool:
        return False

    def bounded(self, bound: float) -> None:
        self.bound = min(self.bound, bound)


@pytest.fixture
def relaxed() -> Exact:
    """The exact method on a small tour, its relaxation solved."""
    table = tables(instance(12, 9))
    patterns = listed(table, None)
    route = greedy(table, patterns)
    assert route is not None
    exact = Exact(table, patterns, _Run(table, route), np.random.default_rng(1))
    exact.relax()
    return exact


def test_the_relaxation_bounds_the_run(relaxed: Exact) -> None:
    assert relaxed.run.objective <= relaxed.bound == relaxed.relaxed < np.inf


def test_a_program_s_bound_leaves_out_no_column_that_may_matter(relaxed: Exact) -> None:
    assert relaxed.prices is not None
    relaxed.bound = relaxed.run.objective + 1
    _, floor = relaxed.best_priced(relaxed.prices, 10**6)
    assert floor == relaxed.run.objective - relaxed.relaxed


def test_a_program_over_some_columns_bounds_the_others_by_their_prices(relaxed: Exact) -> None:
    assert relaxed.prices is not None
    columns, floor = relaxed.best_priced(relaxed.prices, 40)
    relaxed.program(columns, floor, 10)
    assert relaxed.bound >= min(relaxed.relaxed, relaxed.relaxed + floor)


def test_cutting_goes_on_while_it_closes_the_gap(relaxed: Exact) -> None:
    gap = relaxed.relaxed - relaxed.run.objective
    assert not relaxed.tails_off([0.0, -gap / 4, -gap / 2, -gap])


def test_cutting_stops_when_three_rounds_bring_little(relaxed: Exact) -> None:
    assert relaxed.tails_off([0.0, -1e-9, -2e-9, -3e-9])
    assert not relaxed.tails_off([0.0, -1e-9, -2e-9])
