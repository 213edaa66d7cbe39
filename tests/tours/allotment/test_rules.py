"""The checker: a legal plan passes, and every way to spoil it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.tours.allotment.problems import problem, production, site, unit
from tours.allotment import Choice, Plan, PlanError, Problem, check, solve


@pytest.fixture(scope="module")
def good() -> tuple[Problem, Plan]:
    """The school in town rides to the east, where a class of two needs a second show."""
    one = problem(
        [unit("e", "east", 20, 30, needs=["loop"]), unit("t", "town", 12), unit("w", "west", 9)],
        [production("p", meets=["loop"]), production("q", grades=["9"])],
        [site("hall", "east", "p"), site("shut", "town", "q", open=False)],
        rules={"bus_max_km": 10},
    )
    plan = solve(one, seconds=5)
    assert (check(one, plan), len(plan.assignments), len(plan.shows)) == ([], 2, 2)
    return one, plan


def rules_of(one: Problem, plan: Plan) -> set[str]:
    return {breach.rule for breach in check(one, plan)}


def with_unit(one: Problem, name: str, **changes: Any) -> Problem:
    return replace(one, units=tuple(replace(u, **changes) if u.id == name else u for u in one.units))


def with_offer(one: Problem, **changes: Any) -> Problem:
    return replace(one, productions=(replace(one.productions[0], **changes), *one.productions[1:]))


def with_site(one: Problem, **changes: Any) -> Problem:
    return replace(one, sites=(replace(one.sites[0], **changes), *one.sites[1:]))


def with_rules(one: Problem, **changes: Any) -> Problem:
    return replace(one, rules=replace(one.rules, **changes))


NO_ROAD = ((0, None, 20), (None, 0, None), (20, None, 0))

SPOILT = [
    ("grade", lambda p: with_unit(p, "e", grade="9")),
    ("had", lambda p: with_unit(p, "e", had=("p",))),
    ("language", lambda p: with_offer(p, languages=("sma",))),
    ("need", lambda p: with_offer(p, meets=())),
    ("closed", lambda p: with_site(p, open=False)),
    ("room", lambda p: with_site(p, fits=())),
    ("unknown", lambda p: with_site(p, seats=None)),
    ("bus_distance", lambda p: with_rules(p, bus_max_km=9)),
    ("bus_minutes", lambda p: with_rules(p, bus_max_min=9)),
    ("how", lambda p: with_rules(p, walk_max_km=10)),
    ("no_road", lambda p: replace(p, km=NO_ROAD)),
    ("no_tour_road", lambda p: replace(p, km=NO_ROAD)),
    ("locked", lambda p: replace(p, locked=(Choice("e", "q"),))),
    ("locked", lambda p: replace(p, locked=(Choice("t"),))),
    ("forbidden", lambda p: replace(p, forbidden=(Choice("e", "p"),))),
    ("forbidden", lambda p: replace(p, forbidden=(Choice("e", "p", "hall"),))),
    ("classes", lambda p: with_unit(p, "e", classes=(20, 20, 10))),
    ("seats", lambda p: with_offer(p, audience_max=31)),
    ("seats_told", lambda p: with_unit(p, "t", adults=2)),
    ("shows_per_day", lambda p: with_rules(p, shows_per_day=1)),
    ("shows_max", lambda p: with_offer(p, shows_max=1)),
    ("days_max", lambda p: with_offer(p, days_max=0)),
    ("weeks", lambda p: with_unit(with_unit(p, "e", weeks=("8", "9")), "t", weeks=("10",))),
    ("weeks", lambda p: with_unit(p, "t", weeks=())),
    ("bus", lambda p: with_rules(p, bus_seats=11)),
    ("target", lambda p: with_rules(p, targets=("9",))),
]


@pytest.mark.parametrize(("rule", "spoil"), SPOILT, ids=[f"{i} {case[0]}" for i, case in enumerate(SPOILT)])
def test_a_plan_on_other_ground_breaks_the_rule(rule: str, spoil: Any, good: tuple[Problem, Plan]) -> None:
    one, plan = good
    assert rule in rules_of(spoil(one), plan)


CHANGED = [
    ("twice", lambda p: replace(p, assignments=(*p.assignments, p.assignments[0]))),
    ("unreached", lambda p: replace(p, unreached=())),
    (
        "marked",
        lambda p: replace(p, assignments=tuple(replace(one, unknown=("x",)) for one in p.assignments)),
    ),
    ("how", lambda p: replace(p, assignments=tuple(replace(one, how="own") for one in p.assignments))),
    ("ride", lambda p: replace(p, rides=())),
    ("bus", lambda p: replace(p, rides=tuple(replace(ride, km=1) for ride in p.rides))),
    ("classes", lambda p: replace(p, shows=p.shows[:1])),
    ("classes", lambda p: replace(p, assignments=p.assignments[1:])),
    ("empty", lambda p: replace(p, shows=(*p.shows, replace(p.shows[0], number=9, classes=())))),
    ("number", lambda p: replace(p, shows=tuple(replace(show, number=1) for show in p.shows))),
    ("seats_told", lambda p: replace(p, shows=tuple(replace(show, seats=1) for show in p.shows))),
]


@pytest.mark.parametrize(
    ("rule", "change"), CHANGED, ids=[f"{i} {case[0]}" for i, case in enumerate(CHANGED)]
)
def test_a_changed_plan_breaks_the_rule(rule: str, change: Any, good: tuple[Problem, Plan]) -> None:
    one, plan = good
    assert rule in rules_of(one, change(plan))


@pytest.mark.parametrize("field", ["unit", "production", "site"])
def test_a_plan_that_names_a_stranger_is_refused(field: str, good: tuple[Problem, Plan]) -> None:
    one, plan = good
    odd = replace(plan, assignments=(replace(plan.assignments[0], **{field: "stranger"}),))
    with pytest.raises(PlanError, match="stranger"):
        check(one, odd)
