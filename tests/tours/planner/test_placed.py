"""Why a stop lies where it does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tours.planner import PlanError, Problem, solve
from tours.planner.placed import Detour, Move, Placed, explain_placed


def why(problem: dict[str, Any], candidate: str) -> Placed:
    read = Problem.from_json(problem)
    return explain_placed(read, solve(read, seconds=5), candidate)


def test_what_the_plan_loses_without_it(one_evening: dict[str, Any]) -> None:
    found = why(one_evening, "w1")  # 10,000 and the bonus of 1,000, for 200 km at 10
    assert (found.loses, found.value, found.brings) == (9_000, 10_000, "m1")


def test_the_way_over_it_is_longer_by(one_evening: dict[str, Any]) -> None:
    assert why(one_evening, "w1").detour == Detour("home", "home", 200, 120)


def test_a_municipality_that_another_stop_reaches_is_not_its_own() -> None:
    problem = document(2, wish("a", "north", [0, 600, 600]), wish("b", "north", [1, 600, 600]))
    assert why(problem, "a").brings is None


def test_the_best_other_day_and_what_it_costs() -> None:
    first = wish("a", "north", [0, 600, 600], [1, 600, 600])
    problem = document(3, first, wish("b", "north", [0, 900, 900]))
    found = why(
        problem, "a"
    )  # on the first day they are there anyway; on the second it takes a night or a road
    assert (found.day, found.other, found.other_days) == (0, Move(1, 600, 500), (1,))


def test_the_only_day_of_a_wish(one_evening: dict[str, Any]) -> None:
    found = why(one_evening, "w1")
    assert (found.other, found.other_days) == (None, ())


def test_what_is_agreed_is_not_weighed(one_evening: dict[str, Any]) -> None:
    one_evening["fixed"] = [{"candidate": "w1", "day": 0, "start_min": 1140}]
    found = why(one_evening, "w1")
    assert (found.is_fixed, found.loses, found.other) == (True, None, None)


def test_what_is_not_played_has_no_place(one_evening: dict[str, Any]) -> None:
    one_evening["candidates"][0]["value"] = 0
    with pytest.raises(PlanError, match="w1 is not played"):
        why(one_evening, "w1")


@settings(max_examples=40, deadline=None)
@given(documents(fixed=False))
def test_no_stop_of_a_proven_plan_is_better_left_out_or_moved(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    plan = solve(read, seconds=5)
    found = [explain_placed(read, plan, stop.candidate) for stop in plan.stops] if plan.proven else []
    gains = [entry.loses for entry in found if entry.loses is not None]
    gains += [entry.other.costs for entry in found if entry.other]
    assert [gain for gain in gains if gain < -1e-6] == []
