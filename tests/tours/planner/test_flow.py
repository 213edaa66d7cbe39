"""The longest path through the nights: the same as over every column, one by one; and what prices prove with it."""

from __future__ import annotations

import numpy as np
import pytest

from tours.planner import instance, solve
from tours.planner.columns import Column, column_of
from tours.planner.duals import Ascent, plain_prices
from tours.planner.flow import Flow
from tours.planner.greedy import greedy
from tours.planner.listing import listed
from tours.planner.model import Relaxation
from tours.planner.pricing import Prices, priced
from tours.planner.tables import Tables, tables

DAYS = 9


@pytest.fixture(scope="module", params=range(3))
def flow(request: pytest.FixtureRequest) -> Flow:
    table = tables(instance(14, DAYS, per_day=3, seed=request.param))
    return Flow(table, listed(table, None))


def cut_prices(flow: Flow) -> Prices:
    """The dual values of a relaxation with every kind of cut that it breaks."""
    table, patterns = flow.table, flow.patterns
    route = greedy(table, patterns)
    assert route is not None
    relaxation = Relaxation(table, patterns)
    relaxation.add(column_of(table, patterns[d], d, choice) for d, choice in enumerate(route))
    for _ in range(5):
        relaxation.solve()
        prices = relaxation.prices()
        relaxation.add(
            c for d in range(DAYS) for c in priced(table, patterns[d], d, prices, 1e-6, every=False)
        )
        relaxation.solve()
        relaxation.cut()
    relaxation.solve()
    return relaxation.prices()


def columns(flow: Flow, prices: Prices) -> list[Column]:
    return [
        c for d in range(DAYS) for c in priced(flow.table, flow.patterns[d], d, prices, -1e12, every=True)
    ]


def longest(table: Tables, found: list[Column]) -> float:
    """The best path over columns, one by one."""
    value = {0: 0.0}
    for day in range(table.days):
        after: dict[int, float] = {}
        for c in found:
            if c.day == day and c.origin in value:
                after[c.goal] = max(after.get(c.goal, -np.inf), value[c.origin] + c.price)
        value = after
    return value[0]


def random_prices(flow: Flow, seed: int) -> Prices:
    rng = np.random.default_rng(seed)
    return plain_prices(
        flow.table, flow.table.value * rng.random(len(flow.table.value)), rng.random(flow.table.areas) * 6000
    )


def test_the_longest_path_is_that_over_every_column(flow: Flow) -> None:
    prices = random_prices(flow, 1)
    assert flow.best(flow.ways(prices)).value == pytest.approx(longest(flow.table, columns(flow, prices)))


def test_prices_of_cuts_change_the_path_as_they_change_the_columns(flow: Flow) -> None:
    prices = cut_prices(flow)
    path = flow.best(flow.ways(prices)).value
    assert path == pytest.approx(longest(flow.table, columns(flow, prices)), abs=1e-4)


def test_a_rough_path_is_never_shorter(flow: Flow) -> None:
    ways = flow.ways(random_prices(flow, 2))
    assert flow.best(ways, rough=True).value >= flow.best(ways).value


def test_two_sided_prices_are_what_the_best_path_over_a_column_lacks(flow: Flow) -> None:
    prices = random_prices(flow, 3)
    two_sided, best = flow.two_sided(prices)
    found = columns(flow, prices)
    assert best == pytest.approx(longest(flow.table, found))
    lacks = {c.key: c.price for c in columns(flow, two_sided)}
    for column in found[:: len(found) // 12]:
        others = [c for c in found if c.day != column.day]
        assert lacks[column.key] == pytest.approx(longest(flow.table, [*others, column]) - best)


def test_start_prices_prove_a_bound(flow: Flow) -> None:
    plan = solve(flow.table.problem, seconds=0.5)
    assert Ascent(flow).run(100, lambda: False).bound >= float(plan.objective) - 1e-6


def test_start_prices_come_near_the_linear_program(flow: Flow) -> None:
    table, patterns = flow.table, flow.patterns
    relaxation = Relaxation(table, patterns)
    relaxation.add(columns(flow, plain_prices(table)))
    optimum = relaxation.solve() + table.base
    duals = Ascent(flow).run(400, lambda: False)
    assert optimum - 1e-4 <= duals.bound <= optimum * 1.01
