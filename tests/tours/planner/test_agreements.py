"""What an agreement warns of: which limit, where, by how much, and that it never binds a plan."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.tours.planner.checker import cautions
from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tests.tours.planner.test_rules import plan
from tours.planner import CAUTIONS, Plan, Problem, solve, warnings

NIGHTS = ["north", "home"]
"""Drive an hour to the north and play at ten, sleep there and drive home the day after."""


def told(tour: Plan, **limits: int) -> list[tuple[str, int, int, int]]:
    problem = document(2, wish("a", "north", [0, 600, 600]), agreements=[{"id": "x", **limits}])
    found = warnings(Problem.from_json(problem), tour)
    return [(one.rule, one.day, one.actual, one.over) for one in found]


LIMITS: list[tuple[str, int, tuple[str, int, int, int]]] = [
    ("drive_show_day_min", 45, ("drive_show_day", 0, 60, 15)),
    ("drive_travel_day_min", 50, ("drive_travel_day", 1, 60, 10)),
    ("work_day_min", 170, ("work_day", 0, 180, 10)),
    ("total_day_min", 200, ("total_day", 0, 240, 40)),
    ("work_week_min", 240, ("work_week", 0, 300, 60)),
    ("departure_morning_min", 500, ("departure", 0, 480, 20)),
    ("departure_min", 600, ("departure", 1, 540, 60)),
    ("day_open_min", 490, ("departure", 0, 480, 10)),
    ("day_close_min", 700, ("late_arrival", 0, 720, 20)),
]


@pytest.mark.parametrize(("name", "limit", "expected"), LIMITS)
def test_a_limit_that_is_overstepped(name: str, limit: int, expected: tuple[str, int, int, int]) -> None:
    tour = plan(("a", 0, 600), nights=NIGHTS, departures={"1": 540})
    assert told(tour, **{name: limit}) == [expected]


@pytest.mark.parametrize(("name", "limit", "expected"), LIMITS)
def test_a_limit_that_is_just_kept(name: str, limit: int, expected: tuple[str, int, int, int]) -> None:
    tour = plan(("a", 0, 600), nights=NIGHTS, departures={"1": 540})
    is_earliest = expected[0] == "departure"
    assert told(tour, **{name: limit + (-expected[3] if is_earliest else expected[3])}) == []


def test_every_rule_is_named() -> None:
    assert {expected[0] for _, _, expected in LIMITS} == set(CAUTIONS)


def test_two_agreements_warn_each_for_itself() -> None:
    agreements = [{"id": "x", "total_day_min": 200}, {"id": "y", "total_day_min": 180}]
    problem = document(1, wish("a", "home", [0, 600, 600], get_in_min=90), agreements=agreements)
    found = warnings(Problem.from_json(problem), plan(("a", 0, 600), nights=["home"]))
    assert [(one.agreement, one.over) for one in found] == [("x", 10), ("y", 30)]


EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@EXAMPLES
@given(documents())
def test_an_independent_reading_finds_the_same(problem: dict[str, Any]) -> None:
    tour = solve(Problem.from_json(problem), seconds=0)
    found = [
        (one.agreement, one.rule, one.day, one.over) for one in warnings(Problem.from_json(problem), tour)
    ]
    assert sorted(found) == sorted(cautions(problem, tour.to_json()))


@EXAMPLES
@given(documents())
def test_agreements_never_change_a_plan(problem: dict[str, Any]) -> None:
    with_them, without = Problem.from_json(problem), Problem.from_json({**problem, "agreements": []})
    plans = [solve(one, seconds=0) for one in (with_them, without)]
    assert plans[0].stops == plans[1].stops
