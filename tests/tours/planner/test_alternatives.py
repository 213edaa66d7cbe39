"""Plans that favour different things: legal, none dominated, measured by the problem itself."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.tours.planner.checker import complaints, worth
from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tours.planner import Alternative, Plan, Problem, alternatives, instance, solve
from tours.planner.alternatives import FACTORS, favouring

EXAMPLES = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def found(problem: dict[str, Any], **options: Any) -> list[Alternative]:
    return alternatives(Problem.from_json(problem), **{"seconds": 20, **options})


def measures(one: Alternative) -> tuple[float, ...]:
    lines = one.account
    return (lines.objective, -lines.nights_away, -lines.km, len(lines.municipalities), -lines.changes)


@EXAMPLES
@given(documents(fixed=False))
def test_all_are_legal_none_is_dominated_and_each_is_worth_what_it_says(problem: dict[str, Any]) -> None:
    """By the independent checker, and by the problem itself whatever it was solved for."""
    ways = found(problem)
    for one in ways:
        plan = one.plan.to_json()
        assert complaints(problem, plan) == set()
        assert one.plan.objective == pytest.approx(worth(problem, plan), abs=0.01)
        assert one.plan.objective <= ways[0].plan.objective == one.plan.bound
    for one, other in itertools.permutations(map(measures, ways), 2):
        assert any(mine > its for mine, its in zip(one, other, strict=True))


@EXAMPLES
@given(documents())
def test_fixed_stops_are_played_and_no_more_is_broken_than_they_force(problem: dict[str, Any]) -> None:
    forced = len(solve(Problem.from_json(problem), seconds=0).breaches)
    for one in found(problem, seconds=0.1):
        played = {(stop.candidate, stop.day, stop.start_min) for stop in one.plan.stops}
        assert {(f["candidate"], f["day"], f["start_min"]) for f in problem["fixed"]} <= played
        assert len(one.plan.breaches) <= forced


def far_and_near(**more: Any) -> dict[str, Any]:
    """A pair of shows in the north that is worth a night there, and shows at home every day."""
    shows = [wish(f"n{day}", "north", [day, 1140, 1140], value=4500) for day in (0, 1)]
    return document(3, *shows, wish("h", "home", [2, 600, 600]), **more)


def test_one_sleeps_away_one_drives_home_and_one_stays() -> None:
    costs = {"per_km": 10, "per_night_away": 1500, "municipality_bonus": 0, "per_change": 0}
    ways = {
        one.favours: (one.account.nights_away, one.account.km) for one in found(far_and_near(costs=costs))
    }
    assert ways == {("value", "spread"): (1, 200), ("nights",): (0, 400), ("road",): (0, 0)}


def test_what_wins_in_every_respect_is_one_plan(one_evening: dict[str, Any]) -> None:
    one_evening["candidates"][0]["place"] = "home"
    assert [one.favours for one in found(one_evening)] == [("value", "nights", "road", "spread")]


def test_with_a_baseline_one_keeps_to_it() -> None:
    """Together on the second day they take one drive; apart, as they were, two."""
    shows = wish("a", "north", [0, 600, 600], [1, 600, 600]), wish("b", "north", [1, 900, 900])
    ways = found(document(2, *shows, baseline=[{"candidate": "a", "day": 0}]))
    days = {"unchanged" in one.favours: {s.candidate: s.day for s in one.plan.stops} for one in ways}
    assert days == {False: {"a": 1, "b": 1}, True: {"a": 0, "b": 1}}


def test_amounts_of_another_weighing_say_so() -> None:
    costs = {"per_km": 10, "per_night_away": 1500, "municipality_bonus": 0, "per_change": 0}
    ways = {one.favours: one.plan.unplaced for one in found(far_and_near(costs=costs))}
    assert {entry.detail["favour"] for entry in ways["road",]} == {"road"}


@pytest.mark.parametrize("favour", sorted(FACTORS))
def test_what_has_no_price_gets_one_when_it_is_favoured(favour: Any) -> None:
    free = Problem.from_json(
        document(1, wish("a", "north"), baseline=[{"candidate": "a", "day": 0}], costs={})
    )
    weighed = favouring(free, favour)
    assert sum(vars(weighed.costs).values()) + sum(stop.price or 0 for stop in weighed.baseline) > 0


def test_who_stops_gets_the_plans_so_far() -> None:
    begun: list[str] = []
    ways = found(far_and_near(), on_begin=begun.append, stop=lambda: len(begun) > 1)
    assert (begun[0], len(begun) <= 2, len(ways) >= 1) == ("value", True, True)


def test_better_plans_for_value_are_told_as_they_are_found() -> None:
    told: list[Plan] = []
    first = found(far_and_near(), on_improve=told.append)[0]
    assert told[-1].objective == first.plan.objective


def test_better_bounds_are_told_of_the_plan_for_value_alone() -> None:
    told: list[Plan] = []
    first, *_others = alternatives(instance(15, 10), seconds=3, on_bound=told.append)
    assert told
    assert [plan for plan in told if plan.bound is None or plan.bound < (first.plan.bound or 0)] == []
