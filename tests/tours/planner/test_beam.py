"""Sweeps: every end is a legal tour worth what it says, and no bound is too low, however few tours are followed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tours.planner.runs import Run
from tours.planner import solve
from tours.planner.beam import Sweep, Swept
from tours.planner.duals import Ascent, Duals, plain_prices
from tours.planner.flow import Flow
from tours.planner.ground import Ground
from tours.planner.settle import duty_starts, route_of, worth

SEEDS = range(3)


class Field:
    """A problem with prices, to be swept again and again."""

    def __init__(self, seed: int) -> None:
        self.run = Run(10, 7, seed)
        self.flow = Flow(self.run.table, self.run.patterns)
        self.ground = Ground(self.flow)
        self.duals = Ascent(self.flow).run(60, lambda: False)
        self.optimum = float(solve(self.run.table.problem, seconds=60).objective)

    def swept(self, width: int, floor: float, duals: Duals | None = None, rough: bool = False) -> Swept:
        duals = duals or self.duals
        prices = plain_prices(self.run.table, duals.stops, duals.areas)
        whole = self.flow.whole(self.flow.ways(prices))
        sweep = Sweep(self.ground, whole, prices, self.ground.begun(), width, floor, rough=rough)
        found = sweep.run(lambda: False)
        assert found is not None
        return found

    def most(self, swept: Swept) -> float:
        """What a sweep proves: no tour is worth more."""
        return max([swept.bound, *swept.ends.worth])


@pytest.fixture(scope="module", params=SEEDS)
def field(request: pytest.FixtureRequest) -> Field:
    return Field(request.param)


@pytest.mark.parametrize("rough", [False, True])
def test_a_wide_sweep_proves_the_best_tour(field: Field, rough: bool) -> None:
    swept = field.swept(10**5, 0.97 * field.optimum, rough=rough)
    assert (swept.ends.worth.max(), field.most(swept)) == (field.optimum, field.optimum)


@pytest.mark.parametrize("width", [1, 3, 30, 300])
def test_a_narrow_sweep_s_bound_is_never_below_the_best_tour(field: Field, width: int) -> None:
    assert field.most(field.swept(width, field.run.objective)) >= field.optimum


@pytest.mark.parametrize("width", [30, 300])
def test_every_end_is_a_legal_tour_worth_what_it_says(field: Field, width: int) -> None:
    swept, table = field.swept(width, -1e9), field.run.table
    routes = [
        route_of(table, field.run.patterns, swept.trail, range(table.days), row)
        for row in range(len(swept.ends.bed))
    ]
    assert all(duty_starts(table, route) is not None for route in routes)
    assert [worth(table, route) for route in routes] == pytest.approx(list(swept.ends.worth))


def test_any_prices_lead_to_the_best_tour(field: Field) -> None:
    rng = np.random.default_rng(1)
    stops = field.run.table.value * rng.random(len(field.run.table.value))
    duals = Duals(stops, rng.random(field.run.table.areas) * 6000, np.inf)
    assert field.swept(10**5, 0.99 * field.optimum, duals).ends.worth.max() == field.optimum


def test_nothing_is_found_where_nothing_is_better(field: Field) -> None:
    swept = field.swept(10**5, field.optimum)
    assert (len(swept.ends.bed), swept.bound) == (0, field.optimum)


def test_who_asks_to_stop_gets_nothing(field: Field) -> None:
    prices = plain_prices(field.run.table)
    whole = field.flow.whole(field.flow.ways(prices))
    assert Sweep(field.ground, whole, prices, field.ground.begun(), 30, -1e9).run(lambda: True) is None
