"""Clock times of a plan."""

from __future__ import annotations

from typing import Any

from tests.tours.planner.conftest import document, wish
from tours.planner import DayTimes, Leg, Plan, Problem, StopTimes, timeline


def days(problem: dict[str, Any], **plan: Any) -> tuple[DayTimes, ...]:
    return timeline(Problem.from_json(problem), Plan.from_json({"stops": [], **plan}))


def test_a_day_out_and_back(one_evening: dict[str, Any]) -> None:
    stops = [{"candidate": "w1", "day": 0, "start_min": 1140}]
    out, back = Leg("home", "north", 1020, 1080, 100), Leg("north", "home", 1260, 1320, 100)
    stop = StopTimes("w1", "north", 1080, 1140, 1200, 1260)
    assert days(one_evening, stops=stops, nights=["home"]) == (
        DayTimes(0, (out, back), (stop,), 1020, 1320, "home"),
    )


def test_a_day_that_only_drives() -> None:
    found = days(document(2), nights=["north", "home"], drive_only_departures={"0": 600, "1": 700})
    assert found[0] == DayTimes(
        0, (Leg("home", "north", 600, 660, 100),), (), 600, 660, "north", rest_min=1480
    )


def test_a_free_day_has_no_duty() -> None:
    assert days(document(1), nights=["home"]) == (DayTimes(0, (), (), None, None, "home"),)


def test_the_party_drives_on_at_once_and_waits_at_the_next_stop() -> None:
    problem = document(1, wish("a", "north", [0, 600, 600]), wish("b", "south", [0, 1000, 1000]))
    stops = [{"candidate": c, "day": 0, "start_min": m} for c, m in (("a", 600), ("b", 1000))]
    assert days(problem, stops=stops, nights=["home"])[0].legs[1] == Leg("north", "south", 720, 840, 200)


def test_sleeping_where_it_plays_needs_no_drive() -> None:
    problem = document(2, wish("a", "north", [0, 600, 600]), wish("b", "north", [1, 600, 600]))
    stops = [{"candidate": "a", "day": 0, "start_min": 600}, {"candidate": "b", "day": 1, "start_min": 600}]
    found = days(problem, stops=stops, nights=["north", "home"])
    assert [(day.drive_min, day.span_min, day.rest_min) for day in found] == [
        (60, 240, 1260),
        (60, 240, None),
    ]
