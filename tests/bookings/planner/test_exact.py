"""The exact method's bookkeeping: which columns may be left out, and when cutting stops."""

from __future__ import annotations

import numpy as np
import pytest

from bookings.planner import instance, solve
from bookings.planner.exact import SHARES, Exact
from bookings.planner.pricing import priced
from tests.bookings.planner.runs import Run


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


def test_windows_planned_anew_never_give_a_worse_plan(relaxed: Exact) -> None:
    assert relaxed.prices is not None
    before = relaxed.run.objective
    relaxed.improve_in_parts(relaxed.prices, 6)
    assert relaxed.run.objective >= before
    assert relaxed.bound == relaxed.relaxed


def test_of_just_as_many_columns_as_asked_for_it_says_how_far_down_they_go(relaxed: Exact) -> None:
    """Their number alone does not make them all that can matter."""
    assert relaxed.prices is not None
    margin = relaxed.relaxed - relaxed.run.objective
    near = [c for day in range(relaxed.table.days) for c in priced(
        relaxed.table, relaxed.patterns[day], day, relaxed.prices, -SHARES[0] * margin - 1e-6, every=True
    )]  # fmt: skip
    columns, floor = relaxed.best_priced(relaxed.prices, len(near))
    assert (len(columns), floor) == (len(near), -SHARES[0] * margin)
