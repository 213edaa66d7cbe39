"""The bound of days too full to list: it holds for every pattern that they have, and comes near the listed one."""

from __future__ import annotations

import numpy as np
import pytest

from tours.planner import Problem, instance
from tours.planner import overfull as module
from tours.planner.duals import Ascent, Duals, plain_prices
from tours.planner.flow import Flow
from tours.planner.listing import listed
from tours.planner.overfull import Spread, overfull_bound
from tours.planner.tables import tables


@pytest.fixture(scope="module", params=range(3))
def flow(request: pytest.FixtureRequest) -> Flow:
    """A few short sessions a day, few enough to list them all."""
    table = tables(instance(14, 6, per_day=4, seed=request.param, short=True))
    return Flow(table, listed(table, None))


def never() -> bool:
    return False


def random_duals(flow: Flow, seed: int) -> Duals:
    rng = np.random.default_rng(seed)
    count = len(flow.table.value)
    return Duals(flow.table.value * rng.random(count), rng.random(flow.table.areas) * 6000, np.inf)


@pytest.mark.parametrize("seed", range(4))
def test_no_listed_pattern_brings_more_between_any_two_beds(flow: Flow, seed: int) -> None:
    duals = random_duals(flow, seed)
    ways = flow.ways(plain_prices(flow.table, duals.stops, duals.areas))
    for day, way in enumerate(ways):
        if len(way.own):
            brought = way.inward[:, :, None] + way.own[:, None] + way.outward
            best = np.where(flow.legal[day], brought, -np.inf).max(axis=1)
            assert (Spread(flow.table, day).most(duals, never) >= best - 1e-6).all()


def test_the_bound_comes_near_that_of_listed_patterns(flow: Flow) -> None:
    duals = Ascent(flow).run(100, lambda: False)
    days = [day for day, patterns in enumerate(flow.patterns) if len(patterns)]
    assert duals.bound - 1e-6 <= overfull_bound(flow, duals, days, never) <= 1.03 * duals.bound


def test_without_overfull_days_the_bound_is_that_of_the_rough_path(flow: Flow) -> None:
    duals = Ascent(flow).run(100, lambda: False)
    assert overfull_bound(flow, duals, [], never) >= duals.bound - 1e-6


def test_with_too_many_places_their_roads_are_left_out(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    duals = random_duals(flow, 1)
    day = next(day for day, patterns in enumerate(flow.patterns) if len(patterns))
    near = Spread(flow.table, day).most(duals, never)
    monkeypatch.setattr(module, "MOST_PLACES", 0)
    assert (Spread(flow.table, day).most(duals, never) >= near - 1e-6).all()


def test_who_asks_to_stop_gets_no_bound(flow: Flow) -> None:
    days = [day for day, patterns in enumerate(flow.patterns) if len(patterns)]
    assert overfull_bound(flow, random_duals(flow, 1), days, lambda: True) == np.inf


def test_however_many_performances_a_visit_has_the_table_stays_small() -> None:
    problem = instance(14, 2, per_day=100_000, seed=1, short=True).to_json()
    for candidate in problem["candidates"]:
        candidate["performances"] = 100_000
    table = tables(Problem.from_json(problem))
    assert Spread(table, 0).most_played <= len(table.openings[0])
