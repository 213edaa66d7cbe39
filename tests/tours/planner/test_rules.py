"""Each rule of a tour: which one is broken, where, by how much."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tours.planner.checker import complaints
from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tours.planner import Breach, Plan, PlanError, Problem, check


def plan(*stops: tuple[str, int, int], nights: list[str], departures: dict[str, int] | None = None) -> Plan:
    listed = [{"candidate": c, "day": d, "start_min": m} for c, d, m in stops]
    return Plan.from_json({"stops": listed, "nights": nights, "drive_only_departures": departures or {}})


def broken(problem: dict[str, Any], tour: Plan) -> list[tuple[str, int | None, int]]:
    return [(breach.rule, breach.day, breach.over) for breach in check(Problem.from_json(problem), tour)]


def test_a_late_evening_forbids_a_school_at_nine(late_then_early: dict[str, Any]) -> None:
    tour = plan(("late", 0, 1200), ("early", 1, 540), nights=["home", "home"])
    assert broken(late_then_early, tour) == [("rest_night", 0, 90)]


def test_rest_is_enough_from_half_past_ten(late_then_early: dict[str, Any]) -> None:
    late_then_early["candidates"][1]["windows"] = [[1, 630, 630]]
    tour = plan(("late", 0, 1200), ("early", 1, 630), nights=["home", "home"])
    assert broken(late_then_early, tour) == []


def test_a_night_where_every_bed_is_taken() -> None:
    tour = plan(("a", 0, 600), nights=["north", "home"], departures={"1": 600})
    full = document(2, wish("a", "north", [0, 600, 600]), no_beds=[["north", 0]])
    assert broken(full, tour) == [("no_beds", 0, 1)]


RULES = [
    ({"performances_per_day": 1}, ("performances_per_day", 0, 1)),
    ({"drive_max_min": 100}, ("drive_max", 0, 20)),
    ({"span_max_min": 500}, ("span_max", 0, 100)),
    ({"day_open_min": 490}, ("day_open", 0, 10)),
    ({"day_close_min": 1050}, ("day_close", 0, 30)),
]


@pytest.mark.parametrize(("rules", "expected"), RULES)
def test_a_day_with_two_shows_in_the_north(rules: dict[str, int], expected: tuple[str, int, int]) -> None:
    wishes = [wish("a", "north", [0, 600, 600]), wish("b", "north", [0, 900, 900])]
    tour = plan(("a", 0, 600), ("b", 0, 900), nights=["home"])
    assert broken(document(1, *wishes, rules=rules), tour) == [expected]


def test_the_next_get_in_waits_for_the_road() -> None:
    wishes = [wish("a", "north", [0, 600, 600]), wish("b", "south", [0, 800, 800])]
    tour = plan(("a", 0, 600), ("b", 0, 800), nights=["home"])
    assert broken(document(1, *wishes), tour) == [("overlap", 0, 100)]


def test_a_start_outside_the_window() -> None:
    tour = plan(("a", 0, 640), nights=["home"])
    assert broken(document(1, wish("a", "north", [0, 600, 630], [0, 700, 900])), tour) == [("window", 0, 10)]


def test_a_day_without_a_window() -> None:
    tour = plan(("a", 1, 600), nights=["home", "home"])
    assert broken(document(2, wish("a", "north", [0, 600, 600])), tour) == [("window", 1, 1)]


def test_two_of_a_group() -> None:
    wishes = [wish(name, "home", [d, 600, 600], group="g") for d, name in enumerate("ab")]
    tour = plan(("a", 0, 600), ("b", 1, 600), nights=["home", "home"])
    assert broken(document(2, *wishes), tour) == [("group", None, 1)]


def test_a_candidate_played_twice() -> None:
    tour = plan(("a", 0, 600), ("a", 1, 600), nights=["home", "home"])
    assert broken(document(2, wish("a", "home", [0, 600, 600], [1, 600, 600])), tour) == [
        ("repeated", None, 1)
    ]


def with_kind(kind: str) -> dict[str, Any]:
    problem = document(2, wish("a", "home", [0, 600, 600]))
    problem["days"][0]["kind"] = kind
    return problem


@pytest.mark.parametrize("kind", ["off", "no_work"])
def test_no_work_on_a_day_without_work(kind: str) -> None:
    assert broken(with_kind(kind), plan(("a", 0, 600), nights=["home", "home"])) == [("day_kind", 0, 180)]


def test_a_free_night_away_is_allowed_around_a_day_without_work() -> None:
    problem = document(3)
    problem["days"][1]["kind"] = "no_work"
    tour = plan(nights=["north", "north", "home"], departures={"0": 600, "2": 600})
    assert broken(problem, tour) == []


def test_nights_around_a_day_off_are_at_home() -> None:
    problem = document(3)
    problem["days"][1]["kind"] = "off"
    tour = plan(nights=["north", "north", "home"], departures={"0": 600, "2": 600})
    assert broken(problem, tour) == [("off_night", 0, 1), ("off_night", 1, 1)]


def test_duty_ends_at_midnight_before_a_day_without_work() -> None:
    problem = document(2, wish("a", "north", [0, 1300, 1300]))
    problem["days"][1]["kind"] = "no_work"
    assert broken(problem, plan(("a", 0, 1300), nights=["home", "home"])) == [("day_close", 0, 40)]


def test_a_fixed_stop_left_out() -> None:
    problem = document(
        1, wish("a", "home", [0, 600, 600]), fixed=[{"candidate": "a", "day": 0, "start_min": 600}]
    )
    assert broken(problem, plan(nights=["home"])) == [("fixed", 0, 1)]


def test_a_fixed_stop_moved() -> None:
    problem = document(
        1, wish("a", "home", [0, 600, 700]), fixed=[{"candidate": "a", "day": 0, "start_min": 600}]
    )
    assert broken(problem, plan(("a", 0, 640), nights=["home"])) == [("fixed", 0, 40)]


def test_a_night_without_beds() -> None:
    problem = document(2)
    problem["places"][1]["beds"] = False
    tour = plan(nights=["north", "home"], departures={"0": 600, "1": 600})
    assert broken(problem, tour) == [("beds", 0, 1)]


def test_the_last_night_is_at_home() -> None:
    assert broken(document(1), plan(nights=["north"], departures={"0": 600})) == [("home", 0, 1)]


def test_a_move_needs_a_departure() -> None:
    assert broken(document(2), plan(nights=["north", "home"], departures={"0": 600})) == [("departure", 1, 1)]


def week(*ends: int) -> tuple[dict[str, Any], Plan]:
    """A Monday-Sunday week with a show at home every day but Wednesday, those around it at the given starts."""
    starts = [600, ends[0], 0, ends[1], 600, 600, 600]
    wishes = [wish(f"w{d}", "home", [d, m, m]) for d, m in enumerate(starts) if m]
    problem = document(7, *wishes, rules={"rest_week_min": 2160})
    return problem, plan(*((f"w{d}", d, m) for d, m in enumerate(starts) if m), nights=["home"] * 7)


def test_a_free_day_in_a_gap_of_36_hours_is_a_weekly_rest() -> None:
    assert broken(*week(600, 600)) == []


def test_a_free_day_in_too_short_a_gap_is_none() -> None:
    assert broken(*week(1260, 600)) == [("rest_week", 0, 120)]


def test_a_breach_says_what_is_wrong_in_words(late_then_early: dict[str, Any]) -> None:
    tour = plan(("late", 0, 1200), ("early", 1, 540), nights=["home", "home"])
    text = "Only 570 minutes of rest before the next duty; at least 660 are required."
    expected = Breach("rest_night", 0, 660, 570, 90, ("late", "early"), text)
    assert check(Problem.from_json(late_then_early), tour) == [expected]


@pytest.mark.parametrize(
    ("tour", "field"),
    [
        (plan(nights=[]), "nights"),
        (plan(nights=["mars"]), "nights[0]"),
        (plan(("x", 0, 600), nights=["home"]), "stops[0].candidate"),
        (plan(("a", 3, 600), nights=["home"]), "stops[0].day"),
        (plan(nights=["home"], departures={"4": 600}), "drive_only_departures.4"),
    ],
)
def test_a_plan_of_another_problem_is_refused(tour: Plan, field: str) -> None:
    with pytest.raises(PlanError) as caught:
        check(Problem.from_json(document(1, wish("a", "home", [0, 600, 600]))), tour)
    assert caught.value.field == field


@settings(max_examples=100, deadline=None)
@given(documents(), st.data())
def test_any_plan_is_legal_here_when_it_is_for_an_independent_checker(
    problem: dict[str, Any], data: st.DataObject
) -> None:
    days = st.integers(0, len(problem["days"]) - 1)
    names = st.sampled_from([c["id"] for c in problem["candidates"]] or [""])
    stops = (
        data.draw(st.lists(st.tuples(names, days, st.integers(0, 1400)), max_size=3))
        if problem["candidates"]
        else []
    )
    nights = data.draw(
        st.lists(
            st.sampled_from([p["id"] for p in problem["places"]]),
            min_size=len(problem["days"]),
            max_size=len(problem["days"]),
        )
    )
    before = ["p0", *nights]
    moving = {
        str(d): 600 for d in range(len(nights)) if before[d] != nights[d] and d not in {s[1] for s in stops}
    }
    tour = plan(*stops, nights=nights, departures=moving)
    assert bool(check(Problem.from_json(problem), tour)) == bool(complaints(problem, tour.to_json()))
