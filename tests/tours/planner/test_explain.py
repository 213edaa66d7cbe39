"""Why a candidate is left out."""

from __future__ import annotations

from typing import Any

from tests.tours.planner.conftest import document, wish
from tours.planner import Plan, Problem, Unplaced, instance, solve


def left_out(problem: dict[str, Any]) -> dict[str, Unplaced]:
    plan = solve(Problem.from_json(problem), seconds=10)
    return {entry.candidate: entry for entry in plan.unplaced}


def test_nothing_is_said_about_what_is_played(one_evening: dict[str, Any]) -> None:
    assert left_out(one_evening) == {}


def test_a_wish_without_windows() -> None:
    found = left_out(document(1, wish("a", "north")))["a"]
    expected = {"days": [], "text": "It has no window in which it may start."}
    assert (found.reason, found.detail) == ("no_admissible_day", expected)


def test_a_wish_for_days_without_work() -> None:
    problem = document(1, wish("a", "north", [0, 600, 600]))
    problem["days"][0]["kind"] = "off"
    found = left_out(problem)["a"]
    text = "None of its days is a working day: 2027-02-01."
    assert (found.reason, found.detail) == ("no_admissible_day", {"days": [0], "text": text})


def test_a_show_that_exceeds_the_day() -> None:
    found = left_out(document(1, wish("a", "north", [0, 600, 600]), rules={"span_max_min": 200}))["a"]
    assert (found.reason, found.detail["rule"], found.detail["over"]) == (
        "does_not_fit_a_day",
        "span_max",
        100,
    )


def test_another_of_the_group_is_played() -> None:
    wishes = wish("a", "home", [0, 600, 600], group="g"), wish("b", "home", [0, 900, 900], group="g", value=5)
    found = left_out(document(1, *wishes))["b"]
    text = "a of the same group g is played on 2027-02-01."
    assert (found.reason, found.detail) == (
        "group_taken",
        {"group": "g", "played": "a", "day": 0, "text": text},
    )


def test_the_way_costs_more_than_the_wish_is_worth() -> None:
    found = left_out(document(1, wish("a", "north", [0, 600, 600], value=400)))["a"]
    assert (found.reason, found.detail["short_by"]) == ("costs_more_than_worth", 600)


def test_what_a_full_day_would_have_to_give_up() -> None:
    wishes = wish("a", "home", [0, 600, 600], value=900), wish("b", "home", [0, 600, 600], value=700)
    found = left_out(document(1, *wishes))["b"]
    assert (found.reason, found.detail["instead_of"], found.detail["short_by"]) == ("day_full", ["a"], 200)


def test_a_rest_in_the_way_is_named(late_then_early: dict[str, Any]) -> None:
    late_then_early["candidates"][1]["value"] = 500
    found = left_out(late_then_early)["early"]
    assert (found.reason, found.detail["over"]) == ("would_break_rest_night", 90)


def test_every_candidate_is_played_or_explained() -> None:
    problem = instance(30, 10)
    plan: Plan = solve(problem, seconds=2)
    named = [stop.candidate for stop in plan.stops] + [entry.candidate for entry in plan.unplaced]
    assert sorted(named) == sorted(candidate.id for candidate in problem.candidates)


def too_far(**more: Any) -> dict[str, Any]:
    """The road to the north is closed on the wish's day: from south of home three and a half hours."""
    far = [[0, 150, 60], [150, 0, 210], [60, 210, 0]]
    span = {"first_day": 0, "last_day": 0, "drive_min": far, "drive_km": far}
    return document(3, wish("a", "north", [0, 600, 600]), other_roads=[span], **more)


def test_a_closed_road_in_the_way_is_told_by_a_day_on_which_it_is_open() -> None:
    found = left_out(too_far(rules={"drive_max_min": 200, "span_max_min": 500}, home="south"))["a"]
    assert (found.reason, found.detail["open_on"]) == ("would_break_drive_max", 1)
    assert found.detail["text"].endswith("Over the roads of 2027-02-02 it could be played.")


def test_a_wish_that_pays_over_open_roads_alone_is_told_so() -> None:
    problem = too_far(rules={"performances_per_day": 1})
    problem["candidates"][0]["value"] = (
        1200  # 200 km at 10 a km, or 300 over the far road; the bonus is 1,000
    )
    found = left_out(problem)["a"]
    assert (found.reason, found.detail["short_by"], found.detail["open_on"]) == (
        "costs_more_than_worth",
        800,
        1,
    )


def test_what_does_not_fit_over_open_roads_either_is_no_matter_of_roads() -> None:
    found = left_out(too_far(rules={"span_max_min": 200}))["a"]
    assert "open_on" not in found.detail


def test_roads_that_are_only_less_slow_are_not_told_as_open() -> None:
    problem = too_far(rules={"drive_max_min": 200, "span_max_min": 500}, home="south")
    problem["days"][0]["drive_factor_pct"] = 110
    assert "open_on" not in left_out(problem)["a"].detail


def test_what_the_others_would_save_over_open_roads_lets_nobody_in() -> None:
    """The way between two stops is closed; a third takes ten more than its bonus, whatever the two would save."""
    far = [[0, 60, 60], [60, 0, 300], [60, 300, 0]]
    span = {"first_day": 0, "last_day": 0, "drive_min": far, "drive_km": far}
    others = wish("n", "north", [0, 480, 480]), wish("s", "south", [0, 1020, 1020])
    problem = document(2, *others, wish("a", "home", [0, 1380, 1380], value=-1010), other_roads=[span])
    found = left_out(problem)["a"]
    assert (found.reason, "open_on" in found.detail) == ("costs_more_than_worth", False)
