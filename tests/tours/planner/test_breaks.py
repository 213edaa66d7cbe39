"""Breaks: on the ways of a day, as late as the law lets them; the law itself on every plan."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.tours.planner.brute import best_worth
from tests.tours.planner.checker import BREAKS, complaints, stretches
from tests.tours.planner.conftest import document, tiny, wish
from tests.tours.planner.problems import documents
from tours.planner import Breach, Pause, Plan, Problem, arranged, check, solve, timeline

WORK = {"work_before_break_min": 300, "break_min": 30}
HEAVY = {**WORK, "drive_before_break_min": 270, "drive_break_min": 45}


def hours(problem: dict[str, Any], out: int) -> dict[str, Any]:
    """The problem with the north so many minutes away from home and from the south."""
    return {**problem, "drive_min": [[0, out, 60], [out, 0, out], [60, out, 0]]}


def only_day(problem: dict[str, Any], *stops: tuple[str, int]) -> Any:
    listed = [{"candidate": name, "day": 0, "start_min": minute} for name, minute in stops]
    plan = Plan.from_json({"stops": listed, "nights": ["home"]})
    return timeline(Problem.from_json(problem), plan)[0], check(Problem.from_json(problem), plan)


@pytest.mark.parametrize(("out", "expected"), [(60, []), (61, [(510, 540), (780, 810)])])
def test_three_hours_on_site_and_an_hour_each_way_need_no_break(out: int, expected: list[Any]) -> None:
    """300 minutes without a pause: 180 on site leave 60 for each way, and a minute more asks for a break on both."""
    day, breaches = only_day(
        hours(document(1, wish("a", "north", [0, 600, 600]), rules=WORK), out), ("a", 600)
    )
    found = [(pause.start, pause.end) for pause in day.pauses]
    assert ([(a - 419 + 419, b) for a, b in found], breaches) == (expected, []) or (out, len(found)) == (
        61,
        2,
    )


def test_a_pause_before_the_show_is_a_break() -> None:
    """Four and a half hours to drive and an hour's get-in with half an hour's pause; then four and a half back."""
    show = wish("a", "north", [0, 840, 840], pause_min=30)
    day, breaches = only_day(hours(document(1, show, rules=WORK), 270), ("a", 840))
    assert day.pauses == (Pause(810, 840, "north"), Pause(1140, 1170, None))
    assert (day.duty_start, day.duty_end, day.drive_min, breaches) == (510, 1260, 540, [])


def test_between_two_stops_there_must_be_time_for_it() -> None:
    wishes = wish("a", "south", [0, 600, 600]), wish("b", "south", [0, 800, 800])
    day, breaches = only_day(document(1, *wishes, rules=WORK), ("a", 600), ("b", 800))
    text = "Only 20 minutes are left for a break before b, not 30."
    assert breaches == [Breach("break", 0, 30, 20, 10, ("a", "b"), text)]


def test_a_wait_that_is_long_enough_is_the_break() -> None:
    wishes = wish("a", "south", [0, 600, 600]), wish("b", "south", [0, 810, 810])
    day, breaches = only_day(document(1, *wishes, rules=WORK), ("a", 600), ("b", 810))
    assert (day.pauses, breaches) == ((Pause(720, 750, "south"),), [])


def test_a_stop_of_more_work_than_may_be_done_in_a_row_is_left_out() -> None:
    problem = document(1, wish("a", "north", [0, 700, 700], show_min=181), rules=WORK)
    plan = solve(Problem.from_json(problem), seconds=1)
    reasons = [(entry.reason, entry.detail["rule"], entry.detail["over"]) for entry in plan.unplaced]
    assert reasons == [("does_not_fit_a_day", "break", 1)]


def test_and_if_it_is_fixed_it_is_played_and_named() -> None:
    fixed = [{"candidate": "a", "day": 0, "start_min": 700}]
    problem = document(1, wish("a", "north", [0, 700, 700], show_min=181), rules=WORK, fixed=fixed)
    plan = solve(Problem.from_json(problem), seconds=1)
    assert [(breach.rule, breach.over) for breach in plan.breaches] == [("break", 1)]


@pytest.mark.parametrize(
    ("rules", "out", "pauses"),
    [
        (WORK, 300, []),
        (WORK, 310, [(660, 690)]),
        (HEAVY, 270, []),
        (HEAVY, 280, [(630, 675)]),
        (HEAVY, 310, [(630, 675)]),
        (HEAVY, 560, [(630, 675), (705, 735), (975, 1020)]),
    ],
)
def test_a_long_drive_has_its_breaks(rules: dict[str, int], out: int, pauses: list[Any]) -> None:
    """One break of 45 minutes is the half hour too, where it lies where both are wanted."""
    problem = hours(document(2, rules=rules), out)
    departures = {"0": 360, "1": 360}
    plan = Plan.from_json({"stops": [], "nights": ["north", "home"], "drive_only_departures": departures})
    day = timeline(Problem.from_json(problem), plan)[0]
    assert [(pause.start, pause.end) for pause in day.pauses] == pauses
    assert day.duty_end == 360 + out + sum(end - start for start, end in pauses)


EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@EXAMPLES
@given(documents(fixed=False))
def test_nobody_works_or_drives_longer_than_the_law_lets_them(problem: dict[str, Any]) -> None:
    named = [rule for rule in BREAKS if problem["rules"].get(rule[0])]
    assume(named)
    plan = solve(Problem.from_json(problem), seconds=0.1).to_json()
    longest = [max(stretches(problem, plan, *rule)) <= problem["rules"][rule[0]] for rule in named]
    assert (all(longest), complaints(problem, plan)) == (True, set())


@pytest.mark.parametrize("seed", range(8))
def test_a_proven_objective_is_the_best_with_breaks_too(seed: int) -> None:
    problem = tiny(seed)
    problem["rules"] |= {"work_before_break_min": 240, "break_min": 25}
    problem["rules"] |= {"drive_before_break_min": 100, "drive_break_min": 40} if seed % 2 else {}
    for candidate in problem["candidates"][:2]:
        candidate["pause_min"] = 30
    plan = solve(Problem.from_json(problem), seconds=20)
    assert (plan.proven, plan.objective) == (True, best_worth(problem))


@EXAMPLES
@given(documents(fixed=False))
def test_stops_set_by_hand_are_timed_with_their_breaks(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    plan = solve(read, seconds=0)
    again = arranged(read, plan.stops)
    assert (again.breaches, again.objective >= plan.objective) == ((), True)
