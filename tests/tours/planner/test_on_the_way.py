"""Where else on the way: what candidates that are not played would add to one day of a plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tours.planner import Candidate, OnTheWay, Plan, Problem, Stop, Window, arranged, check, on_the_way, solve

PLAYED = Stop(0, 600, "a")


def near(
    problem: dict[str, Any], day: int, *stops: Stop, asked: tuple[Candidate, ...] = ()
) -> list[OnTheWay]:
    read = Problem.from_json(problem)
    return list(on_the_way(read, arranged(read, stops), day, asked))


def figures(found: OnTheWay) -> tuple[Any, ...]:
    assert found.detour is not None
    told = found.detour
    return (found.candidate, told.start_min, told.minutes, told.km, told.nights, told.costs, told.gain)


def test_one_at_the_same_place_costs_no_road_and_brings_no_municipality() -> None:
    day = document(1, wish("a", "north", [0, 600, 600]), wish("b", "north", [0, 900, 960], value=700))
    (found,) = near(day, 0, PLAYED)
    assert (figures(found), found.brings) == (("b", 900, 0, 0, 0, 0, 700), None)


def test_one_elsewhere_costs_its_road_and_brings_its_municipality() -> None:
    day = document(1, wish("a", "north", [0, 600, 600]), wish("b", "south", [0, 1000, 1000], value=700))
    (found,) = near(day, 0, PLAYED)
    assert (figures(found), found.brings) == (("b", 1000, 120, 200, 0, 2000, -300), "m2")


def test_every_night_is_chosen_anew() -> None:
    two = document(2, wish("a", "north", [0, 1140, 1140]), wish("b", "north", [1, 600, 600]))
    (found,) = near(two, 1, Stop(0, 1140, "a"))
    assert figures(found) == ("b", 600, 0, 0, 1, 500, 9_500)


def test_the_shortest_detour_comes_first_and_what_does_not_fit_last() -> None:
    day = document(
        1,
        wish("a", "north", [0, 600, 600]),
        wish("far", "south", [0, 1000, 1000]),
        wish("full", "north", [0, 630, 630]),
        wish("near", "north", [0, 900, 900]),
    )
    assert [found.candidate for found in near(day, 0, PLAYED)] == ["near", "far", "full"]


def test_what_does_not_fit_tells_what_it_would_break_at_its_best_start() -> None:
    rules = {"span_max_min": 400}
    day = document(1, wish("a", "north", [0, 600, 600]), wish("b", "north", [0, 900, 960]), rules=rules)
    (found,) = near(day, 0, PLAYED)
    assert found.breach is not None
    assert (found.detour, found.breach.rule, found.breach.limit, found.breach.actual) == (
        None,
        "span_max",
        400,
        600,
    )


def test_one_that_nobody_wished_for_is_tried_beside_the_wishes() -> None:
    read = Problem.from_json(document(1, wish("a", "north", [0, 600, 600])))
    asked = replace(read.candidates[0], id="x", value=50, windows=(Window(0, 900, 960),))
    (found,) = on_the_way(read, arranged(read, [PLAYED]), 0, [asked])
    assert figures(found) == ("x", 900, 0, 0, 0, 0, 50)


def test_a_wish_is_asked_for_a_day_that_it_has_not_given() -> None:
    read = Problem.from_json(
        document(2, wish("a", "north", [0, 600, 600]), wish("b", "north", [1, 900, 900]))
    )
    asked = replace(read.candidates[1], windows=(Window(0, 900, 900),))
    plan = arranged(read, [PLAYED])
    assert [[one.candidate for one in on_the_way(read, plan, 0, more)] for more in ((), [asked])] == [
        [],
        ["b"],
    ]


def test_on_a_full_day_the_number_of_shows_is_what_is_in_the_way() -> None:
    rules = {"performances_per_day": 1}
    day = document(1, wish("a", "north", [0, 600, 600]), wish("b", "north", [0, 630, 960]), rules=rules)
    (found,) = near(day, 0, PLAYED)
    assert found.breach is not None
    assert (found.breach.rule, found.breach.over) == ("performances_per_day", 1)


@pytest.mark.parametrize("kind", ["off", "no_work"])
def test_nobody_is_played_on_a_day_without_work(kind: str) -> None:
    free = document(1, wish("a", "north", [0, 600, 600]))
    free["days"][0]["kind"] = kind
    assert near(free, 0) == []


def test_what_is_played_on_another_day_is_not_tried() -> None:
    assert near(document(2, wish("a", "north", [0, 600, 600], [1, 600, 600])), 1, PLAYED) == []


def test_the_second_of_a_group_is_left_out() -> None:
    day = document(
        1, wish("a", "north", [0, 600, 600], group="g"), wish("b", "north", [0, 900, 900], group="g")
    )
    assert near(day, 0, PLAYED) == []


def test_beside_stops_that_break_a_rule_what_breaks_nothing_further_fits() -> None:
    rules = {"drive_max_min": 100}
    day = document(
        1,
        wish("a", "north", [0, 600, 600]),
        wish("b", "north", [0, 900, 900]),
        wish("c", "south", [0, 900, 900]),
        rules=rules,
    )
    found = near(day, 0, PLAYED)
    assert [(one.candidate, one.detour is not None) for one in found] == [("b", True), ("c", False)]


def test_a_visit_of_no_length_may_begin_when_the_next_one_does() -> None:
    brief = wish("z", "north", [0, 600, 600], show_min=0, get_out_min=0)
    day = document(1, wish("a", "north", [0, 600, 600], get_in_min=0), brief)
    (found,) = near(day, 0, PLAYED)
    assert found.detour is not None
    plan = found.detour.plan
    assert [stop.candidate for stop in plan.stops] == ["z", "a"]
    assert check(Problem.from_json(day), Plan.from_json(plan.to_json())) == []


@settings(max_examples=40, deadline=None)
@given(documents(fixed=False))
def test_what_fits_is_a_legal_tour_whose_figures_add_up(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    plan = solve(read, seconds=0)
    costs = read.costs
    for day in range(len(read.days)):
        for one in on_the_way(read, plan, day):
            if one.detour:
                told = one.detour
                bonus = costs.municipality_bonus if one.brings else 0
                kept = sum(
                    read.change_price(stop)
                    for stop in read.baseline
                    if (stop.candidate, stop.day) == (one.candidate, day)
                )
                assert check(read, told.plan) == []
                assert told.gain == pytest.approx(one.value + bonus + kept - told.costs)


@settings(max_examples=20, deadline=None)
@given(documents())
def test_beside_any_fixed_stops_nobody_breaks_anything_further(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    fixed = [Stop(fixed.day, fixed.start_min, fixed.candidate) for fixed in read.fixed]
    plan = arranged(read, fixed)
    for day in range(len(read.days)):
        for one in on_the_way(read, plan, day):
            assert one.detour is None or _further(read, plan, one.detour.plan) == []


def _further(problem: Problem, plan: Plan, other: Plan) -> list[tuple[str, int | None]]:
    known = [(b.rule, b.day, b.over) for b in check(problem, plan)]
    most = {(rule, day): max(over for r, d, over in known if (r, d) == (rule, day)) for rule, day, _ in known}
    return [(b.rule, b.day) for b in check(problem, other) if b.over > most.get((b.rule, b.day), 0)]
