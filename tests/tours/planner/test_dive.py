"""Rounding by steps: what is fixed fits together, and the relaxation is afterwards as it was."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tours.planner.runs import Run
from tours.planner.dive import DEEP, Dive
from tours.planner.exact import Exact


def relaxed(seed: int) -> Exact:
    exact = Exact(Run(20, 16, seed).pursuit())
    exact.begin()
    exact.relax()
    return exact


@pytest.fixture(scope="module", params=range(3))
def exact(request: pytest.FixtureRequest) -> Exact:
    return relaxed(request.param)


@pytest.mark.parametrize("spread", [0.0, 0.2])
def test_most_days_get_one_column_each_and_neighbours_share_the_bed_between_them(
    exact: Exact, spread: float
) -> None:
    found = Dive(exact.relaxation, np.random.default_rng(1)).run(-np.inf, spread, lambda: False)
    on = {column.day: column for column in found}
    assert len(on) == len(found) >= DEEP * exact.table.days
    assert all(on[day].goal == on[day + 1].origin for day in on if day + 1 in on)


def test_the_same_numbers_give_the_same_dive() -> None:
    relaxations = [relaxed(0).relaxation for _ in range(2)]
    found = [Dive(one, np.random.default_rng(5)).run(-np.inf, 0.2, lambda: False) for one in relaxations]
    assert found[0] == found[1]


def test_afterwards_every_column_is_free_again(exact: Exact) -> None:
    before = exact.relaxation.solve()
    Dive(exact.relaxation, np.random.default_rng(1)).run(-np.inf, 0.0, lambda: False)
    assert exact.relaxation.solve() >= before - 1e-6


def test_afterwards_the_simplex_method_stands_where_it_did(exact: Exact) -> None:
    exact.relaxation.solve()
    before = list(exact.relaxation.basis().col_status)
    Dive(exact.relaxation, np.random.default_rng(1)).run(-np.inf, 0.0, lambda: False)
    assert list(exact.relaxation.basis().col_status)[: len(before)] == before


def test_a_dive_that_can_only_end_too_low_is_given_up(exact: Exact) -> None:
    found = Dive(exact.relaxation, np.random.default_rng(1)).run(exact.relaxed + 1, 0.0, lambda: False)
    assert len(found) < DEEP * exact.table.days


def test_who_asks_to_stop_gets_what_is_fixed_so_far(exact: Exact) -> None:
    assert Dive(exact.relaxation, np.random.default_rng(1)).run(-np.inf, 0.0, lambda: True) == []
