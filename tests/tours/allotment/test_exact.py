"""The solver against every allotment of tiny problems."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tours.allotment.brute import best, bins
from tests.tours.allotment.problems import drawn
from tours.allotment import check, evaluate, greedy, solve
from tours.allotment.packing import fewest, fits, packed


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_nothing_reaches_more_and_nothing_costs_less(seed: int) -> None:
    problem = drawn(seed)
    plan = solve(problem, seconds=20)
    reached, cost = best(problem)
    assert (plan.reached, plan.cost) == (reached, pytest.approx(cost))
    assert check(problem, plan) == []


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_no_bound_is_beyond_the_best(seed: int) -> None:
    problem = drawn(seed)
    plan = solve(problem, seconds=20, rounds=1)
    reached, cost = best(problem)
    assert plan.reached_bound is not None
    assert plan.cost_bound is not None
    assert plan.reached_bound >= reached
    assert plan.reached < reached or plan.cost_bound <= cost + 1e-6


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_the_greedy_plan_is_legal_and_says_what_it_costs(seed: int) -> None:
    problem = drawn(seed)
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
