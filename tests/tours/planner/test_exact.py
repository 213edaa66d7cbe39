"""The exact method's bookkeeping: which columns may be left out, and when cutting stops."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tours.planner.runs import Run
from tours.planner import instance, solve
from tours.planner.exact import Exact


def relaxation(wishes: int, days: int, seed: int) -> Exact:
    """The exact method on a tour, its relaxation solved."""
    exact = Exact(Run(wishes, days, seed).pursuit())
    exact.begin()
    exact.relax()
    return exact


@pytest.fixture
def relaxed() -> Exact:
    """On a small tour."""
    return relaxation(20, 12, seed=3)


def test_the_relaxation_bounds_the_run(relaxed: Exact) -> None:
    assert relaxed.run.objective <= relaxed.bound == relaxed.relaxed < np.inf


def test_a_program_over_some_columns_bounds_the_others_by_their_prices(relaxed: Exact) -> None:
    assert relaxed.prices is not None
    columns, floor = relaxed.programs.best_priced(relaxed.prices, relaxed.relaxed - relaxed.run.objective, 40)
    relaxed.program(columns, floor, 10)
    assert relaxed.bound >= min(relaxed.relaxed, relaxed.relaxed + floor)


def test_cutting_goes_on_while_it_closes_the_gap(relaxed: Exact) -> None:
    gap = relaxed.relaxed - relaxed.run.objective
    assert not relaxed.tails_off([0.0, -gap / 4, -gap / 2, -gap])


def test_cutting_stops_when_three_rounds_bring_little(relaxed: Exact) -> None:
    assert relaxed.tails_off([0.0, -1e-9, -2e-9, -3e-9])
    assert not relaxed.tails_off([0.0, -1e-9, -2e-9])


def test_few_columns_are_closed_by_one_program() -> None:
    tour = relaxation(16, 10, seed=1)
    assert tour.run.objective < tour.bound
    tour.solve()
    best = solve(instance(16, 10, seed=1), seconds=60)
    assert (tour.run.objective, tour.bound, best.proven) == (best.objective, best.objective, True)


def test_too_many_columns_are_not_looked_for_again_until_the_gap_is_less(relaxed: Exact) -> None:
    assert relaxed.prices is not None
    relaxed.shut = relaxed.relaxed - relaxed.run.objective
    assert not relaxed.closed(relaxed.prices)
