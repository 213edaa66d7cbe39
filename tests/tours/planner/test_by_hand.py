"""Stops set by a person: played as they are, with the nights and drives that break and cost least."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tours.planner.checker import complaints, worth
from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tours.planner import PlanError, Problem, Stop, arranged, moved, solve

EXAMPLES = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def broken(problem: dict[str, Any], *stops: Stop) -> list[tuple[str, int | None, int]]:
    return [(b.rule, b.day, b.over) for b in arranged(Problem.from_json(problem), stops).breaches]


@EXAMPLES
@given(documents(fixed=False))
def test_the_stops_of_a_legal_plan_are_as_legal_and_worth_as_much_by_hand(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    plan = solve(read, seconds=5)
    again = arranged(read, plan.stops)
    assert (again.stops, again.breaches) == (plan.stops, ())
    assert again.objective >= plan.objective - 1e-6


@EXAMPLES
@given(documents(), st.data())
def test_an_independent_checker_agrees_about_any_stops(problem: dict[str, Any], data: st.DataObject) -> None:
    names = [candidate["id"] for candidate in problem["candidates"]]
    chosen = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    days = st.integers(0, len(problem["days"]) - 1)
    stops = [Stop(data.draw(days), data.draw(st.integers(0, 1440)), name) for name in chosen]
    plan = arranged(Problem.from_json(problem), stops)
    assert set(plan.stops) == set(stops)
    assert bool(complaints(problem, plan.to_json())) == bool(plan.breaches)
    assert plan.objective == pytest.approx(worth(problem, plan.to_json()), abs=0.01)


def test_of_two_that_begin_together_the_one_that_takes_no_time_goes_first() -> None:
    brief = wish("z", "north", [0, 600, 600], show_min=0, get_out_min=0)
    day = document(1, wish("a", "north", [0, 600, 600], get_in_min=0), brief)
    for order in ("az", "za"):
        plan = arranged(Problem.from_json(day), [Stop(0, 600, name) for name in order])
        assert ([stop.candidate for stop in plan.stops], plan.breaches) == (["z", "a"], ())


def test_the_party_sleeps_where_it_is_cheapest(two_places: dict[str, Any]) -> None:
    two_places["costs"] |= {"per_night_away": 5000}
    plan = arranged(Problem.from_json(two_places), [Stop(0, 600, "n"), Stop(2, 600, "s")])
    assert (plan.nights, plan.breaches) == (("home", "home", "home"), ())


def test_a_short_night_is_named_with_its_minutes(late_then_early: dict[str, Any]) -> None:
    assert broken(late_then_early, Stop(0, 1200, "late"), Stop(1, 540, "early")) == [("rest_night", 0, 90)]


def test_a_stop_outside_its_window_is_named_with_its_minutes(one_evening: dict[str, Any]) -> None:
    assert broken(one_evening, Stop(0, 1100, "w1")) == [("window", 0, 40)]


def test_two_stops_at_once_are_both_played() -> None:
    wishes = wish("a", "north", [0, 600, 600]), wish("b", "south", [0, 660, 660])
    assert broken(document(1, *wishes), Stop(0, 600, "a"), Stop(0, 660, "b")) == [("overlap", 0, 240)]


def test_a_night_elsewhere_saves_the_rest() -> None:
    wishes = wish("a", "north", [0, 1200, 1200]), wish("b", "north", [1, 600, 600])
    plan = arranged(
        Problem.from_json(document(2, *wishes, rules={"rest_night_min": 660})),
        [Stop(0, 1200, "a"), Stop(1, 600, "b")],
    )
    assert (plan.nights, plan.breaches) == (("north", "home"), ())


def test_where_every_bed_is_taken_the_party_sleeps_elsewhere() -> None:
    wishes = wish("a", "north", [0, 600, 600]), wish("b", "north", [1, 600, 600])
    problem = document(2, *wishes, no_beds=[["north", 0]])
    plan = arranged(Problem.from_json(problem), [Stop(0, 600, "a"), Stop(1, 600, "b")])
    assert (plan.nights, plan.breaches) == (("home", "home"), ())


def test_a_missing_bed_is_named_where_sleeping_elsewhere_breaks_more() -> None:
    wishes = wish("a", "north", [0, 1200, 1200]), wish("b", "north", [1, 600, 600])
    problem = document(2, *wishes, rules={"rest_night_min": 660}, no_beds=[["north", 0]])
    assert broken(problem, Stop(0, 1200, "a"), Stop(1, 600, "b")) == [("no_beds", 0, 1)]


def test_a_week_without_a_free_day_is_named_at_its_monday() -> None:
    wishes = [wish(f"w{day}", "home", [day, 600, 600]) for day in range(7)]
    stops = [Stop(day, 600, f"w{day}") for day in range(7)]
    assert broken(document(7, *wishes, rules={"rest_week_min": 2160}), *stops) == [("rest_week", 0, 2160)]


def test_a_party_drives_the_day_before_where_the_morning_is_too_short() -> None:
    early = wish("a", "north", [1, 480, 480])
    plan = arranged(Problem.from_json(document(2, early, rules={"day_open_min": 420})), [Stop(1, 480, "a")])
    assert (plan.nights, dict(plan.drive_only_departures), plan.breaches) == (("north", "home"), {0: 600}, ())


@pytest.mark.parametrize(
    ("stops", "field"),
    [
        ([Stop(0, 600, "nobody")], "stops[0].candidate"),
        ([Stop(9, 600, "n")], "stops[0].day"),
        ([Stop(0, 600, "n"), Stop(1, 600, "n")], "stops[0].candidate"),
    ],
)
def test_what_the_problem_does_not_have_is_named(
    two_places: dict[str, Any], stops: list[Stop], field: str
) -> None:
    with pytest.raises(PlanError) as error:
        arranged(Problem.from_json(two_places), stops)
    assert error.value.field == field


def test_moving_a_stop_keeps_the_others_and_what_is_known(two_places: dict[str, Any]) -> None:
    problem = Problem.from_json(two_places)
    plan = solve(problem, seconds=5)
    other = moved(problem, plan, Stop(2, 615, "s"))
    kept = [stop for stop in plan.stops if stop.candidate == "n"]
    assert (list(other.stops), other.bound) == ([*kept, Stop(2, 615, "s")], plan.bound)


def test_setting_a_wish_that_was_left_out_takes_its_reason_away() -> None:
    problem = Problem.from_json(document(1, wish("dear", "north", [0, 600, 600], value=10)))
    plan = solve(problem, seconds=5)
    placed = moved(problem, plan, Stop(0, 600, "dear"))
    assert ([entry.candidate for entry in plan.unplaced], placed.unplaced) == (["dear"], ())


def test_what_a_worse_plan_lacks_of_the_bound_is_told() -> None:
    problem = Problem.from_json(document(2, wish("a", "north", [0, 600, 600], [1, 600, 600])))
    plan = replace(solve(problem, seconds=5), bound=20_000)
    later = moved(problem, plan, Stop(1, 600, "a"))
    assert (later.objective, later.bound, later.gap, later.proven) == (9000, 20_000, 1.222222, False)


def test_a_plan_worth_more_than_is_legal_has_no_bound() -> None:
    problem = Problem.from_json(document(1, wish("a", "north", [0, 600, 600]), rules={"drive_max_min": 60}))
    plan = solve(problem, seconds=5)
    forced = moved(problem, plan, Stop(0, 600, "a"))
    assert (plan.bound, forced.bound, forced.gap) == (0, None, None)
