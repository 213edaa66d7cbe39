"""Fixed engagements that break rules: they stay, the breach is named, nothing else is broken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tours.planner import Plan, Problem, check, solve


def fixed(*stops: tuple[str, int, int]) -> list[dict[str, Any]]:
    return [{"candidate": c, "day": d, "start_min": m} for c, d, m in stops]


def breaches(problem: dict[str, Any], seconds: float = 5) -> tuple[Plan, list[tuple[str, int | None, int]]]:
    plan = solve(Problem.from_json(problem), seconds=seconds)
    return plan, [(breach.rule, breach.day, breach.over) for breach in plan.breaches]


def test_a_short_night_between_two_confirmed_shows_is_named(late_then_early: dict[str, Any]) -> None:
    late_then_early["fixed"] = fixed(("late", 0, 1200), ("early", 1, 540))
    plan, found = breaches(late_then_early)
    assert (len(plan.stops), found) == (2, [("rest_night", 0, 90)])


def test_confirmed_shows_in_a_full_town_are_driven_to_from_home() -> None:
    """No rule gives way for a bed that is not there: the night is the shorter by two hours on the road."""
    wishes = wish("a", "north", [0, 1200, 1200]), wish("b", "north", [1, 600, 600])
    stops = fixed(("a", 0, 1200), ("b", 1, 600))
    problem = document(2, *wishes, fixed=stops, rules={"rest_night_min": 660}, no_beds=[["north", 0]])
    plan, found = breaches(problem)
    assert (plan.nights, found) == (("home", "home"), [("rest_night", 0, 120)])


def test_overlapping_confirmed_shows_are_both_played() -> None:
    wishes = wish("a", "north", [0, 600, 600]), wish("b", "south", [0, 660, 660])
    plan, found = breaches(document(1, *wishes, fixed=fixed(("a", 0, 600), ("b", 0, 660))))
    assert (len(plan.stops), found) == (2, [("overlap", 0, 240)])


def test_the_rest_of_the_tour_is_still_planned() -> None:
    wishes = [wish(name, "north", [d, 600, 600]) for d, name in enumerate("abc")]
    problem = document(3, *wishes, fixed=fixed(("a", 0, 600)), rules={"span_max_min": 240})
    problem["days"][0]["kind"] = "no_work"
    plan, found = breaches(problem)
    assert ([s.candidate for s in plan.stops], [rule for rule, _, _ in found]) == (
        ["a", "b", "c"],
        ["day_kind"],
    )


def test_a_broken_plan_is_not_called_proven(late_then_early: dict[str, Any]) -> None:
    late_then_early["fixed"] = fixed(("late", 0, 1200), ("early", 1, 540))
    assert not breaches(late_then_early)[0].proven


@pytest.mark.parametrize(("start", "expected"), [(600, []), (640, [("window", 0, 40)])])
def test_a_confirmed_show_outside_its_window_is_named(
    start: int, expected: list[tuple[str, int, int]]
) -> None:
    problem = document(1, wish("a", "north", [0, 600, 600]), fixed=fixed(("a", 0, start)))
    assert breaches(problem)[1] == expected


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_the_named_breaches_are_those_of_the_plan(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    plan = solve(read, seconds=0.2)
    assert list(plan.breaches) == check(read, plan)
