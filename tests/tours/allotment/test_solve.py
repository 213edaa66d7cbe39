"""A run of the solver: what is locked, what is told on the way, when it ends."""

from __future__ import annotations

import time

from tests.tours.allotment.problems import problem, production, site, unit
from tours.allotment import Plan, Problem, check, greedy, instance, solve


def two() -> Problem:
    return problem(
        [unit("u", "town", 20), unit("v", "town", 25)],
        [production("p", fee=500), production("q")],
        [site("hall", "town", "p", "q"), site("far", "west", "p", "q")],
        locked=[{"unit": "u", "production": "q", "site": "far"}, {"unit": "v"}],
    )


def test_what_is_locked_is_kept() -> None:
    plan = solve(two(), seconds=5)
    assert [(one.unit, one.production, one.site) for one in plan.assignments] == [("u", "q", "far")]
    assert (plan.breaches, [left.reason for left in plan.unreached]) == ((), ["by_hand"])


def test_a_lock_that_breaks_a_rule_is_kept_and_said() -> None:
    one = problem(
        [unit("u", "town", 80, had=["p"])], [production("p", shows_max=0)], [site("hall", "town", "p")],
        locked=[{"unit": "u", "production": "p", "site": "hall"}],
    )  # fmt: skip
    plan = solve(one, seconds=5)
    assert len(plan.assignments) == 1
    assert {breach.rule for breach in plan.breaches} == {"had", "seats", "shows_max"}


def test_the_same_seed_gives_the_same_plan() -> None:
    one = instance(10, 6, 4)
    first, second = (solve(one, seconds=60, seed=7, rounds=2) for _ in range(2))
    assert (first.assignments, first.shows, first.cost) == (second.assignments, second.shows, second.cost)


def test_it_is_never_worse_than_the_greedy_plan_and_never_below_its_bound() -> None:
    one = instance(15, 8, 5)
    before, after = greedy(one), solve(one, seconds=60, rounds=2)
    assert check(one, after) == []
    assert (after.reached >= before.reached, after.cost < before.cost) == (True, True)
    assert after.cost_bound is not None
    assert 0 < after.cost_bound <= after.cost


def test_better_plans_and_bounds_are_told_as_they_come() -> None:
    one = instance(12, 6, 6)
    better: list[Plan] = []
    bounds: list[Plan] = []
    plan = solve(one, seconds=60, rounds=1, on_improve=better.append, on_bound=bounds.append)
    assert [told.cost for told in better] == [step.cost for step in plan.trace]
    assert all(check(one, told) == check(one, better[0])[:0] or told.unreached == () for told in better)
    assert bounds
    assert bounds[-1].cost_bound is not None


def test_whoever_says_stop_gets_the_best_so_far() -> None:
    asked: list[float] = []

    def stop() -> bool:
        asked.append(time.perf_counter())
        return len(asked) > 20

    one = instance(30, 12, 7)
    begun = time.perf_counter()
    plan = solve(one, seconds=300, stop=stop)
    assert check(one, plan) == []
    assert time.perf_counter() - begun < 60


def test_the_time_is_kept() -> None:
    begun = time.perf_counter()
    plan = solve(instance(40, 15, 8), seconds=3)
    assert plan.assignments
    assert time.perf_counter() - begun < 3 + 2 + 10  # The reasons, and a machine that does other things too.


def test_a_county_is_the_same_for_the_same_seed() -> None:
    assert instance(9, 5, 3) == instance(9, 5, 3)
    assert instance(9, 5, 3) != instance(9, 5, 4)
