"""The plan that solve gives: legal, honest about its bound, the best there is where it says so."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tours.planner.brute import best_worth
from tests.tours.planner.checker import complaints, worth
from tests.tours.planner.conftest import document, tiny, wish
from tests.tours.planner.problems import documents
from tours.planner import Plan, Problem, arranged, evaluate, instance, solve

EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def solved(problem: dict[str, Any], seconds: float = 20) -> Plan:
    return solve(Problem.from_json(problem), seconds=seconds)


@EXAMPLES
@given(documents(), st.sampled_from([0.0, 0.05, 5.0]))
def test_an_independent_checker_accepts_every_plan(problem: dict[str, Any], seconds: float) -> None:
    plan = solved(problem, seconds)
    assert bool(complaints(problem, plan.to_json())) == bool(plan.breaches)


@EXAMPLES
@given(documents(fixed=False), st.sampled_from([0.0, 0.05, 5.0]))
def test_without_fixed_stops_no_plan_breaks_a_rule(problem: dict[str, Any], seconds: float) -> None:
    assert complaints(problem, solved(problem, seconds).to_json()) == set()


@EXAMPLES
@given(documents())
def test_the_objective_is_that_of_the_contract(problem: dict[str, Any]) -> None:
    plan = solved(problem)
    assert plan.objective == pytest.approx(worth(problem, plan.to_json()), abs=0.01)


@EXAMPLES
@given(documents())
def test_fixed_stops_are_always_played(problem: dict[str, Any]) -> None:
    plan = solved(problem, 0.1)
    played = {(stop.candidate, stop.day, stop.start_min) for stop in plan.stops}
    assert {(f["candidate"], f["day"], f["start_min"]) for f in problem["fixed"]} <= played


@EXAMPLES
@given(documents(fixed=False))
def test_small_problems_are_proven(problem: dict[str, Any]) -> None:
    plan = solved(problem)
    assert (plan.proven, plan.gap, plan.bound) == (True, 0.0, plan.objective)


def test_a_tour_of_ten_days_is_proven_as_it_is_asked_for_from_outside() -> None:
    assert solve(instance(15, 10), seconds=20).proven


def test_who_asks_to_stop_gets_the_best_plan_so_far() -> None:
    found: list[Plan] = []
    plan = solve(instance(15, 10), seconds=20, on_improve=found.append, stop=lambda: bool(found))
    assert [trace.by for trace in plan.trace] == ["greedy"]
    assert plan.stops == found[-1].stops


def test_two_free_days_between_short_days_keep_any_rest() -> None:
    """The day closes so early that the night is longer than any rest: the days without duty must not forbid it."""
    rules = {"day_close_min": 1200}
    wishes = wish("a", "home", [0, 600, 600], [2, 600, 600], value=-100), wish("b", "home", value=-100)
    baseline = [{"candidate": "a", "day": 2}, {"candidate": "b", "day": 0}]
    plan = solved(document(3, *wishes, rules=rules, baseline=baseline))
    assert (plan.proven, [stop.day for stop in plan.stops]) == (True, [2])


def test_a_full_town_is_driven_past() -> None:
    """Two shows in the north on two days; the bed there is taken, so the night between is at home."""
    shows = wish("a", "north", [0, 600, 600]), wish("b", "north", [1, 600, 600])
    nights = [solved(document(2, *shows, no_beds=taken)).nights[0] for taken in ([], [["north", 0]])]
    assert nights == ["north", "home"]


@pytest.mark.parametrize("seed", range(6))
def test_a_proven_objective_is_the_best_with_full_towns_too(seed: int) -> None:
    problem = tiny(seed) | {"no_beds": [["north", seed % 2], ["south", 1]]}
    plan = solved(problem)
    assert (plan.proven, plan.objective) == (True, best_worth(problem))


@pytest.mark.parametrize("seed", range(25))
def test_a_proven_objective_is_the_best_of_all_tours_tried_minute_by_minute(seed: int) -> None:
    problem = tiny(seed)
    plan = solved(problem)
    assert (plan.proven, plan.objective) == (True, best_worth(problem))


def test_a_shift_of_minutes_over_three_days_is_found() -> None:
    """Each evening's rest pushes the next day by a few minutes; only exact timing plays all three."""
    late = wish("a", "home", [0, 1200, 1200], get_in_min=0, get_out_min=17)
    middle = wish("b", "home", [1, 490, 560], get_in_min=0, show_min=700, get_out_min=0)
    last = wish("c", "home", [2, 480, 483], get_in_min=0)
    plan = solved(document(3, late, middle, last, rules={"rest_night_min": 693}))
    assert [(s.candidate, s.start_min) for s in plan.stops] == [("a", 1200), ("b", 530), ("c", 483)]


@pytest.mark.parametrize("seed", range(6))
def test_another_candidate_never_lowers_a_proven_optimum(seed: int) -> None:
    problem = tiny(seed)
    fewer = {**problem, "candidates": problem["candidates"][:-1]}
    assert solved(fewer).objective <= solved(problem).objective


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_candidates_does_not_change_a_proven_optimum(seed: int) -> None:
    problem = tiny(seed)
    turned = {**problem, "candidates": problem["candidates"][::-1]}
    assert solved(turned).objective == solved(problem).objective


@pytest.mark.parametrize("iterations", [0, 40])
def test_the_same_seed_and_iterations_give_the_same_plan(iterations: int) -> None:
    problem = instance(40, 24)
    plans = [solve(problem, seconds=600, seed=3, iterations=iterations) for _ in range(2)]
    found = [(plan.stops, plan.nights, plan.objective, plan.bound) for plan in plans]
    assert found[0] == found[1]
    assert not plans[0].proven


@pytest.mark.parametrize("seed", range(4))
def test_other_nights_around_the_same_stops_are_worth_no_more(seed: int) -> None:
    """Whoever moves a stop by hand is shown what the move brings, not what the plan had left lying."""
    problem = instance(40, 24, seed=seed)
    plan = solve(problem, seconds=600, iterations=3)
    assert arranged(problem, plan.stops).objective <= plan.objective


def test_more_iterations_never_give_a_worse_plan() -> None:
    problem = instance(50, 25)
    few, many = (solve(problem, seconds=600, seed=3, iterations=count) for count in (0, 60))
    assert few.objective < many.objective


def test_every_better_plan_is_reported() -> None:
    found: list[Plan] = []
    plan = solve(instance(15, 10), seconds=10, on_improve=found.append)
    assert [p.objective for p in found] == [step.objective for step in plan.trace]


def test_reported_plans_get_better() -> None:
    found: list[Plan] = []
    solve(instance(15, 10), seconds=10, on_improve=found.append)
    objectives = [float(p.objective) for p in found]
    assert objectives == sorted(set(objectives))


def test_a_noticeably_better_bound_is_reported_with_the_best_plan_so_far() -> None:
    heard: list[tuple[str, Plan]] = []
    solve(
        instance(20, 14), seconds=3,
        on_improve=lambda plan: heard.append(("plan", plan)), on_bound=lambda plan: heard.append(("bound", plan)),
    )  # fmt: skip
    again = [(was, now) for (_what, was), (what, now) in pairwise(heard) if what == "bound"]
    assert again
    assert [now for was, now in again if (now.stops, now.trace) != (was.stops, was.trace)] == []
    assert [now for was, now in again if was.bound - now.bound < 0.001 * now.objective] == []


def test_the_bound_is_never_below_the_objective() -> None:
    found: list[Plan] = []
    solve(instance(20, 14), seconds=3, on_improve=found.append)
    assert [p for p in found if p.bound is None or p.bound < p.objective] == []


def test_a_gap_is_enough_when_asked_for() -> None:
    plan = solve(instance(15, 10), seconds=30, gap=10.0)
    assert [step.by for step in plan.trace] == ["greedy"]


def test_no_candidates_means_staying_at_home() -> None:
    plan = solved(document(2))
    assert (plan.stops, plan.nights, plan.objective, plan.proven) == ((), ("home", "home"), 0, True)


def test_weekly_rest_leaves_out_a_day() -> None:
    wishes = [wish(f"w{d}", "home", [d, 600, 600]) for d in range(7)]
    plan = solved(document(7, *wishes, rules={"rest_week_min": 2160}))
    assert (len(plan.stops), evaluate(Problem.from_json(document(7, *wishes)), plan)) == (6, 61_000)


@pytest.mark.parametrize(("price", "day"), [(500, 0), (2000, 1)])
def test_a_dear_stop_of_the_baseline_stays(price: int, day: int) -> None:
    """On the first day both could be played in one drive, which saves 1,500 of road and night."""
    shows = wish("a", "north", [0, 600, 600], [1, 600, 600]), wish("b", "north", [0, 900, 900])
    moving = document(2, *shows, baseline=[{"candidate": "a", "day": 1, "price": price}])
    assert [stop.day for stop in solved(moving).stops if stop.candidate == "a"] == [day]
