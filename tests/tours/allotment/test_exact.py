"""The solver against every allotment of tiny problems."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tours.allotment.brute import best, bins, dated
from tests.tours.allotment.problems import drawn, drawn_weeks
from tours.allotment import Problem, check, evaluate, greedy, solve
from tours.allotment.packing import fewest, fits, packed
from tours.allotment.weekly import Held, dealt, ways

Draw = Callable[[int], Problem]
DRAWERS = (drawn, drawn_weeks)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.sampled_from(DRAWERS))
def test_nothing_reaches_more_and_nothing_costs_less(seed: int, draw: Draw) -> None:
    problem = draw(seed)
    plan = solve(problem, seconds=20)
    reached, cost = best(problem)
    assert (plan.reached, plan.cost) == (reached, pytest.approx(cost))
    assert check(problem, plan) == []


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.sampled_from(DRAWERS))
def test_no_bound_is_beyond_the_best(seed: int, draw: Draw) -> None:
    problem = draw(seed)
    plan = solve(problem, seconds=20, rounds=1)
    reached, cost = best(problem)
    assert plan.reached_bound is not None
    assert plan.cost_bound is not None
    assert plan.reached_bound >= reached
    assert plan.reached < reached or plan.cost_bound <= cost + 1e-6


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.sampled_from(DRAWERS))
def test_the_greedy_plan_is_legal_and_says_what_it_costs(seed: int, draw: Draw) -> None:
    problem = draw(seed)
    plan = greedy(problem)
    assert check(problem, plan) == []
    assert evaluate(problem, plan).cost == pytest.approx(plan.cost)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(10, 40), st.lists(st.integers(1, 40), min_size=1, max_size=7))
def test_classes_go_into_the_fewest_shows(capacity: int, sizes: list[int]) -> None:
    ordered = tuple(sorted((min(size, capacity) for size in sizes), reverse=True))
    least = bins(list(ordered), capacity)
    assert fewest(capacity, ordered) == least
    assert (fits(capacity, ordered, least), fits(capacity, ordered, least - 1)) == (True, False)
    assert sorted(i for show in packed(capacity, ordered) for i in show) == list(range(len(ordered)))


WEEKS = st.sampled_from([-1, 1, 2, 4, 3, 5, 6])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.integers(20, 40), st.integers(1, 3), st.lists(st.tuples(st.integers(1, 40), WEEKS), min_size=1, max_size=6)
)  # fmt: skip
def test_classes_go_into_the_fewest_shows_and_days_of_their_weeks(
    capacity: int, per_day: int, drawn_classes: list[tuple[int, int]]
) -> None:
    classes = tuple(sorted(((min(size, capacity), weeks) for size, weeks in drawn_classes), reverse=True))
    named = [
        (size, None if weeks < 0 else {str(b) for b in range(3) if weeks >> b & 1}) for size, weeks in classes
    ]
    every = dated(named, capacity, per_day)
    best = {one for one in every if not any(o != one and o[0] <= one[0] and o[1] <= one[1] for o in every)}
    found = ways(capacity, per_day, classes)
    assert set(found) == best
    for held in found:
        days = dealt(capacity, per_day, classes, held)
        assert Held(sum(map(len, days)), len(days)) == held
