"""Roads that close and open within the window: every method drives each day on that day's roads."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from tests.tours.planner.brute import best_worth
from tests.tours.planner.checker import complaints, worth
from tests.tours.planner.conftest import document, tiny, wish
from tours.planner import Problem, arranged, check, instance, solve, timeline
from tours.planner.duals import Ascent, plain_prices
from tours.planner.flow import Flow
from tours.planner.listing import listed
from tours.planner.overfull import Spread
from tours.planner.placed import Detour, explain_placed
from tours.planner.plan import Plan, Stop
from tours.planner.tables import Tables, tables
from tours.planner.worth import account

FAR = {
    "drive_min": [[0, 150, 60], [150, 0, 210], [60, 210, 0]],
    "drive_km": [[0, 250, 100], [250, 0, 350], [100, 350, 0]],
}
"""The near road to the north is closed: two and a half hours and 250 km instead of an hour and 100."""


def closed(first: int, last: int) -> dict[str, Any]:
    return {"first_day": first, "last_day": last, **FAR}


def two_visits(**more: Any) -> dict[str, Any]:
    """The north on the first day, while the near road is open, and on the second."""
    return document(2, wish("a", "north", [0, 600, 600]), wish("b", "north", [1, 600, 600]), **more)


def stop(candidate: str, day: int) -> dict[str, Any]:
    return {"candidate": candidate, "day": day, "start_min": 600}


def test_every_leg_is_that_of_its_day() -> None:
    problem = Problem.from_json(two_visits(other_roads=[closed(1, 1)]))
    plan = Plan.from_json({"stops": [stop("a", 0), stop("b", 1)], "nights": ["home", "home"]})
    legs = [[(leg.km, leg.arrive - leg.depart) for leg in day.legs] for day in timeline(problem, plan)]
    assert legs == [[(100, 60), (100, 60)], [(250, 150), (250, 150)]]


def test_the_account_adds_up_the_kilometres_of_the_days() -> None:
    problem = Problem.from_json(two_visits(other_roads=[closed(1, 1)]))
    plan = Plan.from_json({"stops": [stop("a", 0), stop("b", 1)], "nights": ["north", "home"]})
    assert account(problem, plan).km == 350


def test_a_visit_is_played_while_the_road_is_open() -> None:
    """On both days of the wish it is worth as much, but the way is longer on the first."""
    problem = document(2, wish("a", "north", [0, 600, 600], [1, 600, 600]), other_roads=[closed(0, 0)])
    plan = solve(Problem.from_json(problem), seconds=5)
    assert ([stop.day for stop in plan.stops], plan.proven) == ([1], True)


def test_the_limit_on_driving_knows_the_day() -> None:
    problem = two_visits(other_roads=[closed(1, 1)], rules={"drive_max_min": 200})
    plan = Plan.from_json({"stops": [stop("a", 0), stop("b", 1)], "nights": ["home", "home"]})
    breaches = check(Problem.from_json(problem), plan)
    assert [(breach.rule, breach.day, breach.over) for breach in breaches] == [("drive_max", 1, 100)]


def test_a_slower_day_is_slower_on_its_own_roads() -> None:
    problem = two_visits(other_roads=[closed(1, 1)])
    problem["days"][1]["drive_factor_pct"] = 110
    days = timeline(
        Problem.from_json(problem), Plan.from_json({"stops": [stop("b", 1)], "nights": ["home", "home"]})
    )
    assert days[1].drive_min == 2 * 165


def test_days_with_the_same_roads_share_them() -> None:
    problem = document(6, wish("a", "north", [0, 600, 600]), other_roads=[closed(1, 1), closed(3, 4)])
    table = tables(Problem.from_json(problem))
    assert [table.roads[0] is roads for roads in table.roads] == [True, False, True, False, False, True]
    assert len({id(roads) for roads in table.roads}) == 2


@pytest.mark.parametrize("day", [0, 1])
def test_by_hand_the_night_follows_the_roads_of_the_day(day: int) -> None:
    """Home and back over the far road costs more than a night in the north; over the near one it does not."""
    problem = two_visits(
        other_roads=[closed(0, 1)] if day else [], costs={"per_km": 1, "per_night_away": 300}
    )
    plan = arranged(Problem.from_json(problem), [Stop(0, 600, "a"), Stop(1, 600, "b")])
    assert plan.nights[0] == ("north" if day else "home")


def test_the_detour_is_that_of_the_day() -> None:
    visit = wish("a", "north", [0, 600, 600])
    problem = Problem.from_json(document(1, visit, other_roads=[closed(0, 0)]))
    assert explain_placed(problem, solve(problem, seconds=5), "a").detour == Detour("home", "home", 500, 300)


@pytest.mark.parametrize("seed", range(16))
def test_a_proven_objective_is_the_best_with_other_roads_too(seed: int) -> None:
    """Some have slower days as well; some change their roads twice."""
    problem = tiny(seed) | {
        "other_roads": [closed(seed % 3, seed % 3), *([closed(0, 0)] if seed % 3 == 2 else [])]
    }
    if seed % 2:
        problem["days"][1]["drive_factor_pct"] = 110
    plan = solve(Problem.from_json(problem), seconds=20)
    assert (plan.proven, plan.objective) == (True, best_worth(problem))


def crossing(wishes: int, days: int, seed: int, **kind: Any) -> dict[str, Any]:
    """A generated tour in whose middle days every drive is another one, some shorter and some longer."""
    problem, rng = instance(wishes, days, seed=seed, **kind).to_json(), random.Random(seed)
    count = len(problem["places"])
    km = [[rng.randrange(20, 300) if i != j else 0 for j in range(count)] for i in range(count)]
    span = {"first_day": days // 3, "last_day": 2 * days // 3, "drive_min": km, "drive_km": km}
    return {**problem, "other_roads": [span]}


@pytest.mark.parametrize("seed", range(3))
def test_a_longer_tour_is_legal_and_worth_what_it_says(seed: int) -> None:
    problem = crossing(30, 18, seed)
    plan = solve(Problem.from_json(problem), seconds=600, iterations=30)
    assert complaints(problem, plan.to_json()) == set()
    assert plan.objective == pytest.approx(worth(problem, plan.to_json()))
    assert plan.bound is not None
    assert plan.bound >= plan.objective


@pytest.fixture(scope="module", params=range(2))
def crowded(request: pytest.FixtureRequest) -> Tables:
    """A few short sessions a day, few enough to list them all."""
    return tables(Problem.from_json(crossing(14, 6, request.param, per_day=4, short=True)))


def test_no_pattern_of_an_overfull_day_brings_more_than_its_bound(crowded: Tables) -> None:
    flow = Flow(crowded, listed(crowded, None))
    duals = Ascent(flow).run(60, lambda: False)
    for day, way in enumerate(flow.ways(plain_prices(crowded, duals.stops, duals.areas))):
        if len(way.own):
            brought = way.inward[:, :, None] + way.own[:, None] + way.outward
            best = np.where(flow.legal[day], brought, -np.inf).max(axis=1)
            assert (Spread(crowded, day).most(duals, lambda: False) >= best - 1e-6).all()
