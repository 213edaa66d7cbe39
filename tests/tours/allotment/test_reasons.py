"""Why a unit is not reached, and what would let it in: each remedy is applied, and the unit is reached then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tours.allotment.problems import drawn, drawn_weeks, problem, production, site, unit
from tours.allotment import Choice, Plan, PlanError, Problem, Remedy, instance, remedied, solve, tried

HALL = site("hall", "town", "p")


def case(
    one: dict[str, Any], *, offer: dict[str, Any] | None = None, hall: dict[str, Any] = HALL, **more: Any
) -> Problem:
    return problem([one], [offer or production("p")], [hall], **more)


CASES: list[tuple[str, Problem, str, list[tuple[str, Any, float]]]] = [
    ("grade", case(unit("u", "town", 20, grade="7")), "no_production", [("admit_grade", None, 1000)]),
    ("had", case(unit("u", "town", 20, had=["p"])), "all_had", [("allow_repeat", None, 1000)]),
    ("language", case(unit("u", "town", 20, languages=["sma"])), "no_language", [("offer_language", None, 1000)]),
    (
        "forbidden", case(unit("u", "town", 20), forbidden=[{"unit": "u", "production": "p"}]), "all_forbidden",
        [("lift_forbidden", None, 1000)],
    ),
    ("need", case(unit("u", "town", 20, needs=["loop"])), "need", [("meet_need", None, 1000)]),
    ("closed", case(unit("u", "town", 20), hall={**HALL, "open": False}), "no_room_fits", [("open_site", None, 1000)]),
    (
        "unknown", case(unit("u", "town", 20), hall=site("hall", "town", unknown={"p": ["height"]})), "no_room_fits",
        [("ask_facts", None, 1000)],
    ),
    ("room", case(unit("u", "town", 20), hall=site("hall", "town")), "no_room_fits", []),
    ("class", case(unit("u", "town", 80)), "class_too_large", [("raise_audience", 80, 1000)]),
    ("class and room", case(unit("u", "town", 120)), "class_too_large", []),
    ("far", case(unit("u", "west", 20), rules={"bus_max_km": 15}), "no_room_near", [("bus_distance", 20, 1140)]),
    ("shows", case(unit("u", "town", 20), offer=production("p", shows_max=0)), "capacity", [("more_shows", 1, 1000)]),
    ("no week", case(unit("u", "town", 20, weeks=[])), "no_week", [("ask_weeks", None, 1000)]),
    ("by hand", case(unit("u", "town", 20), locked=[{"unit": "u"}]), "by_hand", [("unlock", None, 1000)]),
    (
        "locked to what cannot be",
        case(unit("u", "town", 20), hall=site("hall", "town"), locked=[{"unit": "u", "production": "p"}]),
        "locked_impossible", [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "reason", "remedies"), [x[1:] for x in CASES], ids=[x[0] for x in CASES])
def test_the_reason_and_its_remedy(one: Problem, reason: str, remedies: list[tuple[str, Any, float]]) -> None:
    [left] = solve(one, seconds=5).unreached
    assert left.reason == reason
    assert [(cure.kind, cure.value, cure.cost) for cure in left.remedies] == remedies


@pytest.mark.parametrize("one", [x[1] for x in CASES if x[3]], ids=[x[0] for x in CASES if x[3]])
def test_with_its_remedy_the_unit_is_reached_for_so_much(one: Problem) -> None:
    plan = solve(one, seconds=5)
    cure = plan.unreached[0].remedies[0]
    after = solve(remedied(one, cure), seconds=5)
    assert (len(after.assignments), after.cost) == (1, cure.cost)


def unhelpful(one: Problem, plan: Plan) -> list[Remedy]:
    """Remedies with which the unit still breaks a rule, or for another cost."""
    cures = [cure for left in plan.unreached for cure in left.remedies]
    found = []
    for cure in cures:
        after = tried(remedied(one, cure), plan, Choice(cure.unit, cure.production, cure.site))
        if after.new_breaches or abs(after.more - cure.cost) > 0.05:
            found.append(cure)
    return found


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.sampled_from([drawn, drawn_weeks]))
def test_every_remedy_helps_in_any_problem(seed: int, draw: Callable[[int], Problem]) -> None:
    one = draw(seed)
    assert unhelpful(one, solve(one, seconds=10)) == []


def test_every_remedy_helps_in_a_county() -> None:
    one = instance(20, 8, 2)
    plan = solve(one, seconds=10, rounds=1)
    assert len(plan.unreached) > 5
    assert unhelpful(one, plan) == []


def test_what_competes_for_the_last_show_is_named() -> None:
    one = problem(
        [unit("u", "town", 20), unit("v", "east", 30)], [production("p", shows_max=1, audience_max=30)],
        [HALL, site("other", "east", "p")],
    )  # fmt: skip
    [left] = solve(one, seconds=5).unreached
    assert (left.unit, left.reason, left.facts) == ("u", "capacity", {"productions": ["p"]})


def test_an_unknown_remedy_is_refused() -> None:
    with pytest.raises(PlanError, match="'magic' is no remedy"):
        remedied(CASES[0][1], Remedy("magic", "u", "p", "hall", 0))


def test_who_can_in_no_week_of_the_others_is_told_in_which_there_would_be_room() -> None:
    one = problem(
        [unit("u", "town", 20, weeks=["8", "9"]), unit("v", "town", 30, weeks=["10", "11"])],
        [production("p", days_max=1)], [HALL],
    )  # fmt: skip
    [left] = solve(one, seconds=5).unreached
    assert (left.unit, left.reason, left.facts["weeks"]) == ("u", "no_common_week", ["8", "9"])
    assert [(cure.kind, cure.cost, cure.facts.get("weeks")) for cure in left.remedies] == [
        ("ask_weeks", 0, ["10"]), ("more_shows", 1000, None),
    ]  # fmt: skip
    assert solve(remedied(one, left.remedies[0]), seconds=5).cost == 1000
