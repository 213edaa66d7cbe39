"""What would let a wish in that is left out."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tours.planner import Problem, instance, solve
from tours.planner.ways_in import WayIn, ways_in


def ways(problem: dict[str, Any], candidate: str) -> dict[str, WayIn]:
    read = Problem.from_json(problem)
    found = ways_in(read, solve(read, seconds=5), candidate)
    return {way.kind: way for way in found}


def test_more_money_for_one_that_is_not_worth_its_way() -> None:
    found = ways(document(1, wish("a", "north", [0, 600, 600], value=400)), "a")
    assert found == {"as_wished": WayIn("as_wished", 0, 600, -600, 0, 200)}


def test_a_day_that_it_has_not_given() -> None:
    full = wish("a", "home", [0, 600, 600], value=900), wish("b", "home", [0, 600, 600], value=700)
    assert ways(document(2, *full), "b")["other_day"] == WayIn("other_day", 1, 600, 700, 0, 0)


def test_instead_of_another_stop() -> None:
    full = wish("a", "home", [0, 600, 600], value=900), wish("b", "home", [0, 600, 600], value=700)
    assert ways(document(1, *full), "b") == {"instead_of": WayIn("instead_of", 0, 600, -200, 0, 0, "a")}


def test_a_longer_drive_than_the_tour_allows() -> None:
    found = ways(document(1, wish("a", "north", [0, 600, 600]), rules={"drive_max_min": 100}), "a")
    assert found == {"longer_drive": WayIn("longer_drive", 0, 600, 9_000, 0, 200, None, 30)}


def test_an_earlier_start_than_the_tour_allows() -> None:
    found = ways(document(1, wish("a", "north", [0, 600, 600]), rules={"day_open_min": 500}), "a")
    assert found == {"earlier_start": WayIn("earlier_start", 0, 600, 9_000, 0, 200, None, 30)}


def test_nothing_lets_in_the_second_of_a_group() -> None:
    wishes = wish("a", "home", [0, 600, 600], group="g"), wish("b", "home", [0, 900, 900], group="g", value=5)
    assert ways(document(1, *wishes), "b") == {}


def test_one_without_any_hours_has_no_other_day() -> None:
    assert ways(document(1, wish("a", "north")), "a") == {}


@settings(max_examples=40, deadline=None)
@given(documents(fixed=False))
def test_no_way_within_the_rules_betters_a_proven_plan(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    plan = solve(read, seconds=5)
    left = [entry.candidate for entry in plan.unplaced] if plan.proven else []
    found = [way for name in left for way in ways_in(read, plan, name)]
    assert [w for w in found if w.kind in ("as_wished", "instead_of") and w.gain > 1e-6] == []


def test_the_best_way_comes_first() -> None:
    problem = instance(30, 10)
    plan = solve(problem, seconds=2)
    gains = [[way.gain for way in ways_in(problem, plan, entry.candidate)] for entry in plan.unplaced]
    assert gains == [sorted(each, reverse=True) for each in gains]
