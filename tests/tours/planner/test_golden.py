"""Days as touring companies know them, and what the planner makes of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tours.planner.checker import complaints
from tests.tours.planner.conftest import document, wish
from tours.planner import Plan, Problem, solve, timeline

LAW = {
    "span_max_min": 780,
    "drive_max_min": 360,
    "day_open_min": 360,
    "day_close_min": 1740,
    "rest_night_min": 660,
}


def planned(problem: dict[str, Any]) -> Plan:
    plan = solve(Problem.from_json(problem), seconds=10)
    assert (plan.proven, complaints(problem, plan.to_json())) == (True, set())
    return plan


def names(plan: Plan) -> list[str]:
    return [stop.candidate for stop in plan.stops]


def days(problem: dict[str, Any], plan: Plan) -> Any:
    return timeline(Problem.from_json(problem), plan)


def far(problem: dict[str, Any], minutes: int = 240) -> dict[str, Any]:
    """The problem with the north so many minutes away from everything."""
    table = [[0, minutes, 60], [minutes, 0, minutes], [60, minutes, 0]]
    return {**problem, "drive_min": table, "drive_km": table}


# -- A show that ends after midnight: 23.00 to 00.30, packed at 01.30, home at 02.30 --


def late_show(next_day: str, next_start: int) -> dict[str, Any]:
    late = wish("late", "north", [0, 1380, 1380], show_min=90)
    after = wish("after", "home", [1, next_start, next_start], get_in_min=0, value=500)
    problem = document(2, late, after, rules=LAW)
    problem["days"][1]["kind"] = next_day
    return problem


@pytest.mark.parametrize(("next_start", "played"), [(810, ["late", "after"]), (809, ["late"])])
def test_after_a_show_past_midnight_rest_lasts_until_half_past_one(
    next_start: int, played: list[str]
) -> None:
    assert names(planned(late_show("work", next_start))) == played


@pytest.mark.parametrize("next_day", ["off", "no_work"])
def test_a_show_past_midnight_is_not_played_before_a_day_without_work(next_day: str) -> None:
    assert names(planned(late_show(next_day, 810))) == []


def test_a_show_past_midnight_belongs_to_its_day() -> None:
    problem = late_show("work", 810)
    first, second = days(problem, planned(problem))
    assert (first.duty_start, first.duty_end, first.rest_min) == (1260, 1590, 660)
    assert (second.duty_start, len(second.stops)) == (810, 1)


# -- Two shows at one stop with half an hour between --


@pytest.mark.parametrize(("most", "played"), [(2, ["double"]), (3, ["double", "evening"]), (1, ["evening"])])
def test_both_shows_of_a_stop_count_and_the_changeover_takes_its_time(most: int, played: list[str]) -> None:
    double = wish("double", "north", [0, 600, 600], show_min=45 + 30 + 45, performances=2, value=30_000)
    evening = wish("evening", "north", [0, 840, 1140])
    problem = document(1, double, evening, rules={**LAW, "performances_per_day": most})
    plan = planned(problem)
    assert names(plan) == played
    if most == 3:
        assert plan.stops[1].start_min >= 600 + 120 + 60 + 60


# -- The evening before: get-in at seven, four hours from home, nobody leaves before six --


def early_get_in(**more: Any) -> dict[str, Any]:
    return far(document(2, wish("early", "north", [1, 480, 480], value=50_000), rules={**LAW, **more}))


def test_an_early_get_in_far_away_is_reached_the_evening_before() -> None:
    problem = early_get_in()
    plan = planned(problem)
    before, show = days(problem, plan)
    assert (names(plan), plan.nights) == (["early"], ("north", "home"))
    assert (before.stops, before.rest_min >= 660, show.duty_start) == ((), True, 420)


def test_and_so_early_that_the_rest_is_whole() -> None:
    problem = early_get_in(rest_night_min=1080)
    before, _ = days(problem, planned(problem))
    assert (before.duty_end, before.rest_min) == (780, 1080)


def test_without_a_bed_there_it_is_left_out() -> None:
    assert names(planned({**early_get_in(), "no_beds": [["north", 0]]})) == []


# -- A hotel, because home is too far --


def test_between_two_days_far_away_the_night_is_there() -> None:
    shows = [wish(f"s{d}", "north", [d, 1080, 1080], value=50_000) for d in range(2)]
    problem = far(document(2, *shows, rules=LAW))
    plan = planned(problem)
    assert (names(plan), plan.nights) == (["s0", "s1"], ("north", "home"))


def test_near_home_the_night_is_at_home() -> None:
    shows = [wish(f"s{d}", "south", [d, 900, 900]) for d in range(2)]
    problem = far(document(2, *shows, rules=LAW, costs={"per_km": 1, "per_night_away": 500}))
    assert planned(problem).nights == ("home", "home")


@pytest.mark.parametrize(("night", "slept"), [(1_999, "north"), (2_001, "home")])
def test_a_night_away_is_taken_for_the_road_that_it_saves(night: int, slept: str) -> None:
    """200 km at 10: home and back again."""
    shows = [wish(f"s{d}", "north", [d, 600, 600]) for d in range(2)]
    problem = document(2, *shows, costs={"per_km": 10, "per_night_away": night})
    assert planned(problem).nights == (slept, "home")


def test_before_a_day_off_the_party_drives_home_however_far_it_is() -> None:
    shows = [wish(f"s{d}", "north", [d, 780, 780], value=50_000) for d in (0, 2)]
    problem = far(document(3, *shows, rules=LAW))
    problem["days"][1]["kind"] = "off"
    assert planned(problem).nights == ("home", "home", "home")


def test_where_the_far_town_is_full_nobody_goes_there() -> None:
    """Four hours there and four back are more than a day's driving."""
    shows = [wish(f"s{d}", "north", [d, 1080, 1080], value=50_000) for d in range(2)]
    problem = far(document(2, *shows, rules=LAW, no_beds=[["north", 0]]))
    assert names(planned(problem)) == []
