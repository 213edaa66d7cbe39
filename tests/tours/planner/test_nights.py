"""Nights chosen anew around given stops."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from tests.tours.planner.checker import complaints, worth
from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tours.planner import Plan, Problem, solve
from tours.planner.nights import Nights, daily_of
from tours.planner.tables import tables


def test_a_night_away_when_it_is_cheaper_than_the_road() -> None:
    problem = document(2, wish("a", "north", [0, 600, 600]), wish("b", "north", [1, 600, 600]))
    read = Problem.from_json(problem)
    daily = daily_of(tables(read), solve(read, seconds=2))
    assert daily is not None
    best = Nights(tables(read), daily).best()
    assert best is not None
    assert best.plan.nights == ("north", "home")


def test_nobody_waits_for_the_next_show_in_a_full_town() -> None:
    """Shows in the north on the first and the third day; the bed there is taken on the night after the second."""
    shows = wish("a", "north", [0, 600, 600]), wish("b", "north", [2, 600, 600])
    read = Problem.from_json(document(3, *shows, no_beds=[["north", 1]]))
    daily = daily_of(tables(read), solve(read, seconds=2))
    assert daily is not None
    assert Nights(tables(read), daily).after[1].tolist() == [8000, 7000, 7000]


def test_stops_that_can_not_follow_each_other_have_no_blocks(two_places: dict[str, Any]) -> None:
    read = Problem.from_json(two_places)
    wrong = Plan.from_json(
        {"stops": [{"candidate": "n", "day": 1, "start_min": 600}], "nights": ["home"] * 3}
    )
    assert daily_of(tables(read), wrong) is None


@settings(max_examples=60, deadline=None)
@given(documents(fixed=False))
def test_the_best_nights_are_legal_and_worth_what_is_said(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    plan = solve(read, seconds=1)
    daily = daily_of(tables(read), plan)
    way = Nights(tables(read), daily).best() if daily else None
    if way:
        assert complaints(problem, way.plan.to_json()) == set()
        assert abs(worth(problem, way.plan.to_json()) - way.worth) < 1e-6
