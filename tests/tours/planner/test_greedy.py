"""The first plan: legal, and worth something, on every size of the benchmark."""

from __future__ import annotations

import pytest

from tours.planner import check, instance
from tours.planner.greedy import greedy
from tours.planner.listing import listed
from tours.planner.settle import settle
from tours.planner.tables import tables


@pytest.mark.parametrize(("wishes", "days", "per_day"), [(15, 10, 2), (50, 25, 2), (60, 42, 2), (50, 25, 3)])
def test_the_greedy_tour_is_legal(wishes: int, days: int, per_day: int) -> None:
    problem = instance(wishes, days, per_day)
    table = tables(problem)
    route = greedy(table, listed(table, 2))
    assert route is not None
    plan = settle(table, route)
    assert plan is not None
    assert check(problem, plan) == []
