"""Rest in the nights when the clocks change, counted in real minutes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.tours.planner.brute import best_worth
from tests.tours.planner.checker import complaints
from tests.tours.planner.conftest import document, tiny, wish
from tours.planner import Plan, Problem, check, solve, timeline

ORDINARY, MARCH, OCTOBER = date(2027, 3, 20), date(2027, 3, 27), date(2027, 10, 30)
"""Saturdays; the clocks change in the night after the second (an hour shorter) and the third (an hour longer)."""
SHIFT = {MARCH: -60, OCTOBER: 60}


def saturday_and_sunday(saturday: date, sunday_start: int) -> dict[str, Any]:
    """A show in the north that is over at 21, packed at 22.30 and an hour's drive home; then one at home."""
    late = wish("late", "north", [0, 1200, 1200], get_out_min=90)
    early = wish("early", "home", [1, sunday_start, sunday_start], get_in_min=0)
    problem = document(2, late, early, rules={"rest_night_min": 660})
    days = [saturday, saturday + timedelta(days=1)]
    problem["days"] = [{"date": day.isoformat(), "kind": "work"} for day in days]
    if saturday in SHIFT:
        problem["days"][0]["clock_shift_min"] = SHIFT[saturday]
    return problem


def played(sunday_start: int) -> Plan:
    stops = [
        {"candidate": "late", "day": 0, "start_min": 1200},
        {"candidate": "early", "day": 1, "start_min": sunday_start},
    ]
    return Plan.from_json({"stops": stops, "nights": ["home", "home"]})


@pytest.mark.parametrize(
    ("saturday", "sunday_start", "over"),
    [(ORDINARY, 630, 0), (MARCH, 630, 60), (MARCH, 690, 0), (OCTOBER, 570, 0), (OCTOBER, 569, 1)],
)
def test_eleven_hours_after_half_past_eleven_at_night(saturday: date, sunday_start: int, over: int) -> None:
    problem = saturday_and_sunday(saturday, sunday_start)
    breaches = check(Problem.from_json(problem), played(sunday_start))
    assert [(b.rule, b.day, b.over) for b in breaches] == ([("rest_night", 0, over)] if over else [])


@pytest.mark.parametrize(("saturday", "rest"), [(ORDINARY, 660), (MARCH, 600), (OCTOBER, 720)])
def test_the_rest_that_is_shown_is_the_real_one(saturday: date, rest: int) -> None:
    days = timeline(Problem.from_json(saturday_and_sunday(saturday, 630)), played(630))
    assert days[0].rest_min == rest


@pytest.mark.parametrize(
    ("saturday", "sunday_start", "stops"),
    [(ORDINARY, 630, 2), (MARCH, 630, 1), (MARCH, 690, 2), (OCTOBER, 570, 2), (OCTOBER, 569, 1)],
)
def test_the_solver_knows_the_night(saturday: date, sunday_start: int, stops: int) -> None:
    problem = saturday_and_sunday(saturday, sunday_start)
    plan = solve(Problem.from_json(problem), seconds=20)
    assert (len(plan.stops), plan.proven, complaints(problem, plan.to_json())) == (stops, True, set())


@pytest.mark.parametrize(("shift", "over"), [(0, 0), (-60, 60), (60, 0)])
def test_a_weekly_rest_over_the_night_is_shorter_by_an_hour_too(shift: int, over: int) -> None:
    """Work until 20 on Friday, free on Saturday, work from 8 on Sunday: 36 hours by the clock."""
    starts = {**dict.fromkeys((0, 1, 2, 3), 600), 4: 1080, 6: 540}
    wishes = [wish(f"w{d}", "home", [d, minute, minute]) for d, minute in starts.items()]
    problem = document(7, *wishes, rules={"rest_week_min": 2160})
    problem["days"][5]["clock_shift_min"] = shift
    stops = [{"candidate": f"w{d}", "day": d, "start_min": minute} for d, minute in starts.items()]
    plan = Plan.from_json({"stops": stops, "nights": ["home"] * 7})
    breaches = check(Problem.from_json(problem), plan)
    assert [(b.rule, b.over) for b in breaches] == ([("rest_week", over)] if over else [])


@pytest.mark.parametrize(("shift", "names"), [(0, []), (-60, ["day_close"]), (60, [])])
def test_what_is_legal_is_also_looked_for(shift: int, names: list[str]) -> None:
    """Duty until midnight and a day's rest: in the shorter night that would reach into the day after the next."""
    problem = document(
        3,
        wish("late", "home", [0, 1320, 1320]),
        rules={"day_close_min": 1440, "rest_night_min": 1440},
    )
    problem["days"][0]["clock_shift_min"] = shift
    stops = [{"candidate": "late", "day": 0, "start_min": 1320}]
    plan = Plan.from_json({"stops": stops, "nights": ["home"] * 3})
    breaches = check(Problem.from_json(problem), plan)
    found = solve(Problem.from_json(problem), seconds=20)
    assert ([b.rule for b in breaches], len(found.stops), found.proven) == (names, not names, True)


@pytest.mark.parametrize("seed", range(6))
def test_a_proven_objective_is_the_best_with_changed_clocks_too(seed: int) -> None:
    problem = tiny(seed)
    for day, shift in enumerate((-60, 60) if seed % 2 else (60, -60)):
        problem["days"][day]["clock_shift_min"] = shift
    plan = solve(Problem.from_json(problem), seconds=20)
    assert (plan.proven, plan.objective) == (True, best_worth(problem))
