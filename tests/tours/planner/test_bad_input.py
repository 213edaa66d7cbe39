"""What nobody should ask for: it is answered in words, and nothing is dropped without a word."""

from __future__ import annotations

import copy
import random
import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tours.planner.checker import complaints
from tests.tours.planner.conftest import document, wish
from tests.tours.planner.test_problem import GOOD
from tours.planner import Plan, Problem, ProblemError, instance, solve
from tours.planner.explain import explain
from tours.planner.greedy import greedy
from tours.planner.listing import listed
from tours.planner.reading import MOST_KM, MOST_MONEY, MOST_PER_KM
from tours.planner.tables import tables

RULES = {
    "performances_per_day": 2,
    "span_max_min": 780,
    "drive_max_min": 360,
    "day_open_min": 360,
    "day_close_min": 1440,
    "rest_night_min": 660,
}
WISHES = (
    wish("a", "north", [0, 600, 660]),
    wish("b", "north", [0, 600, 660]),
    wish("c", "south", [1, 600, 700]),
)


def planned(problem: dict[str, Any]) -> Plan:
    return solve(Problem.from_json(problem), seconds=0)


def locked(*stops: tuple[str, int, int]) -> dict[str, Any]:
    fixed = [{"candidate": c, "day": d, "start_min": m} for c, d, m in stops]
    return document(2, *WISHES, fixed=fixed, rules=RULES)


LOCKS = [
    ("two at one minute", [("a", 0, 600), ("b", 0, 600)], "b is reached at 12:00, but its get-in begins at 09:00."),
    ("two that overlap", [("a", 0, 600), ("b", 0, 660)], "b is reached at 12:00, but its get-in begins at 10:00."),
    ("on a day that it has not given", [("a", 1, 600)], "a has no window on this day."),
    ("at another time", [("a", 0, 700)], "a starts at 11:40; the nearest it may is 11:00."),
    ("too early for the road", [("c", 1, 380)], "Duty starts at 05:20, before 06:00."),
]  # fmt: skip


@pytest.mark.parametrize(("stops", "words"), [case[1:] for case in LOCKS], ids=[case[0] for case in LOCKS])
def test_a_lock_that_cannot_be_kept_is_kept_and_said(stops: list[tuple[str, int, int]], words: str) -> None:
    plan = planned(locked(*stops))
    played = {(stop.candidate, stop.day, stop.start_min) for stop in plan.stops}
    assert (set(stops) <= played, words in [breach.text for breach in plan.breaches]) == (True, True)


@pytest.mark.parametrize(
    ("more", "reason", "words"),
    [
        ({"windows": []}, "no_admissible_day", "It has no window in which it may start."),
        ({"show_min": 2000}, "does_not_fit_a_day", "breaks span_max by 1460 minutes."),
        ({"performances": 4}, "does_not_fit_a_day", "breaks performances_per_day by 2 performances."),
        ({"windows": [[0, 10, 30]]}, "does_not_fit_a_day", "breaks day_open by 450 minutes."),
    ],
)
def test_a_wish_that_can_never_be_played_says_why(more: dict[str, Any], reason: str, words: str) -> None:
    odd = {**wish("odd", "north", [0, 600, 700]), **more}
    left_out = {entry.candidate: entry for entry in planned(document(2, *WISHES, odd, rules=RULES)).unplaced}
    assert left_out["odd"].reason == reason
    assert left_out["odd"].detail["text"].endswith(words)


def test_a_place_that_no_road_reaches_in_a_day_is_left_out() -> None:
    far = [[0, 99_000, 60], [99_000, 0, 99_000], [60, 99_000, 0]]
    plan = planned(document(2, *WISHES, rules=RULES, drive_min=far))
    assert [stop.candidate for stop in plan.stops] == ["c"]
    assert {entry.reason for entry in plan.unplaced} == {"would_break_drive_max"}


def test_without_time_each_left_out_wish_still_has_a_reason() -> None:
    table = tables(instance(12, 4))
    route = greedy(table, listed(table, 2))
    assert route is not None
    calm = {entry.candidate for entry in explain(table, route)}
    hurried = {entry.candidate: entry.reason for entry in explain(table, route, lambda: True)}
    assert (set(hurried), "not_tried" in hurried.values()) == (calm, True)


def test_five_hundred_wishes_at_once_get_a_legal_plan() -> None:
    towns = ("home", "north", "south")
    wishes = [wish(f"w{i}", towns[i % 3], [i % 20, 540 + i, 600 + i]) for i in range(500)]
    problem = document(20, *wishes, rules=RULES)
    plan = planned(problem)
    assert (complaints(problem, plan.to_json()), len(plan.stops) + len(plan.unplaced)) == (set(), 500)


ODD: list[Any] = [None, -1, 0, 1, 2.5, 10**9, float("nan"), "", "x", True, [], {}, [[]], {"a": 1}]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.sampled_from(ODD), st.booleans())
def test_a_document_with_anything_in_it_is_read_or_refused_in_words(
    seed: int, odd: Any, remove: bool
) -> None:
    document = copy.deepcopy(GOOD)
    _spoil(document, random.Random(seed), odd, remove)
    try:
        problem = Problem.from_json(document)
    except ProblemError:
        return  # in words: a PlannerError has no other form
    assert solve(problem, seconds=0).nights[-1] == problem.home


def _spoil(part: Any, rng: random.Random, odd: Any, remove: bool) -> None:
    """One value somewhere in the document is something else, or gone."""
    keys = list(part) if isinstance(part, dict) else range(len(part))
    key = rng.choice(list(keys))
    if isinstance(part[key], (dict, list)) and part[key] and rng.random() < 0.8:
        _spoil(part[key], rng, odd, remove)
    elif remove:
        del part[key]
    else:
        part[key] = odd


def test_more_windows_a_day_than_can_be_tried_are_refused() -> None:
    problem = document(1, wish("a", "home", *[[0, 20 * i, 20 * i] for i in range(25)]))
    with pytest.raises(ProblemError, match=r"windows: holds 25 windows on day 0; give at most 24"):
        Problem.from_json(problem)


def test_the_largest_amounts_are_planned_with_exactly() -> None:
    """numpy warns where a sum overflows, and a warning is an error here."""
    wishes = [wish(f"w{i}", "north", [i, 600, 700], value=(-1) ** i * MOST_MONEY) for i in range(4)]
    costs = {"per_km": MOST_PER_KM, "municipality_bonus": MOST_MONEY, "per_change": MOST_MONEY}
    far = [[0 if i == j else MOST_KM for j in range(3)] for i in range(3)]
    problem = Problem.from_json(document(4, *wishes, costs=costs, drive_km=far))
    with warnings.catch_warnings(action="error"):
        plan = solve(problem, seconds=5)
    assert (plan.stops, plan.objective, plan.proven) == ((), 0, True)
    assert Plan.from_json(plan.to_json()) == plan


def test_a_price_beyond_all_bounds_is_refused_in_words() -> None:
    problem = document(1, costs={"per_km": 1e12})
    with pytest.raises(ProblemError) as caught:
        Problem.from_json(problem)
    assert (
        str(caught.value)
        == "costs.per_km: must be a finite number between 0 and 100,000, got 1000000000000.0"
    )


def test_a_number_of_four_hundred_digits_is_refused_in_words() -> None:
    problem = document(1, wish("a", "home", [0, 600, 600], value=10**400))
    with pytest.raises(ProblemError, match="must be a finite number between"):
        Problem.from_json(problem)
