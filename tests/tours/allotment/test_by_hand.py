"""One change by hand: at once, and with all that follows from it."""

from __future__ import annotations

import pytest

from tests.tours.allotment.problems import problem, production, site, unit
from tours.allotment import Choice, Plan, PlanError, Problem, check, evaluate, greedy, instance, tried


@pytest.fixture(scope="module")
def planned() -> tuple[Problem, Plan]:
    one = problem(
        [unit("e", "east", 20), unit("t", "town", 12)],
        [production("p"), production("q", fee=3000)],
        [site("hall", "east", "p"), site("room", "town", "q")],
    )
    return one, greedy(one)


def test_a_unit_put_elsewhere_leaves_its_bus(planned: tuple[Problem, Plan]) -> None:
    after = tried(*planned, Choice("t", "q"))
    assert [(one.unit, one.production, one.site) for one in after.plan.assignments] == [
        ("e", "p", "hall"), ("t", "q", "room"),
    ]  # fmt: skip
    assert (after.plan.rides, after.more, after.breaches) == ((), 3000 - 120, ())


def test_a_unit_that_gets_nothing_is_told_by_hand(planned: tuple[Problem, Plan]) -> None:
    after = tried(*planned, Choice("t"))
    assert [(left.unit, left.reason) for left in after.plan.unreached] == [("t", "by_hand")]
    assert (after.reached, after.coverage.by_municipality["town"].per_pupil, after.more) == (20, 0.0, -120)


def test_what_the_change_breaks_is_said_and_not_refused(planned: tuple[Problem, Plan]) -> None:
    after = tried(*planned, Choice("t", "q", "hall"))
    assert [breach.rule for breach in after.new_breaches] == ["room"]


def test_back_again_is_as_before(planned: tuple[Problem, Plan]) -> None:
    one, plan = planned
    there = tried(one, plan, Choice("t", "q"))
    back = tried(one, there.plan, Choice("t", "p", "hall"))
    assert (back.plan.assignments, back.plan.shows, back.cost) == (plan.assignments, plan.shows, plan.cost)


@pytest.mark.parametrize(
    ("choice", "field"),
    [(Choice("x"), "unit"), (Choice("t", "x"), "production"), (Choice("t", "p", "x"), "site")],
)
def test_a_stranger_is_refused(choice: Choice, field: str, planned: tuple[Problem, Plan]) -> None:
    with pytest.raises(PlanError) as told:
        tried(*planned, choice)
    assert told.value.field == field


def test_any_change_in_a_county_says_what_checker_and_account_say() -> None:
    one = instance(12, 6, 3)
    plan = greedy(one)
    for unit_ in one.units[:20]:
        after = tried(one, plan, Choice(unit_.id, one.productions[0].id))
        assert after.breaches == tuple(check(one, after.plan))
        assert after.cost == evaluate(one, after.plan).cost
