"""Clock times for a route: legal, and no earlier in the morning than they need to be."""

from __future__ import annotations

from typing import Any

from tests.tours.planner.conftest import document, wish
from tours.planner import Plan, Problem
from tours.planner.patterns import timed
from tours.planner.settle import Choice, duty_starts, settle
from tours.planner.tables import tables


def settled(problem: dict[str, Any], *days: tuple[int, int | None, int]) -> Plan | None:
    """The plan of a route given as (from, candidate, to)."""
    table = tables(Problem.from_json(problem))
    route = tuple(
        Choice(a, None if c is None else timed(table, day, (c,))[0], b) for day, (a, c, b) in enumerate(days)
    )
    return settle(table, route)


def starts(problem: dict[str, Any], *days: tuple[int, int | None, int]) -> list[int] | None:
    plan = settled(problem, *days)
    return None if plan is None else [stop.start_min for stop in plan.stops]


def test_the_party_leaves_at_eight_where_the_window_allows_it() -> None:
    assert starts(document(1, wish("a", "north", [0, 500, 900])), (0, 0, 0)) == [600]


def test_it_leaves_earlier_where_the_window_ends_earlier() -> None:
    assert starts(document(1, wish("a", "north", [0, 500, 560])), (0, 0, 0)) == [560]


def test_a_day_that_only_drives_leaves_at_ten() -> None:
    plan = settled(document(2), (0, None, 1), (1, None, 0))
    assert plan is not None
    assert dict(plan.drive_only_departures) == {0: 600, 1: 600}


def test_a_short_night_moves_the_morning() -> None:
    wishes = wish("a", "north", [0, 1260, 1260]), wish("b", "north", [1, 500, 900])
    rules = {"rest_night_min": 660}
    assert starts(document(2, *wishes, rules=rules), (0, 0, 1), (1, 1, 0)) == [1260, 660]


def test_a_night_too_short_for_any_start_has_no_times(late_then_early: dict[str, Any]) -> None:
    assert starts(late_then_early, (0, 0, 0), (0, 1, 0)) is None


def test_a_weekly_rest_holds_the_next_start_back() -> None:
    wishes = [wish(f"w{d}", "home", [d, 1260 if d == 1 else 500, 1260]) for d in (0, 1, 3, 4, 5, 6)]
    problem = document(7, *wishes, rules={"rest_week_min": 2160})
    table = tables(Problem.from_json(problem))
    blocks = {d: timed(table, d, (c,))[0] for c, d in enumerate((0, 1, 3, 4, 5, 6))}
    found = duty_starts(table, tuple(Choice(0, blocks.get(d), 0) for d in range(7)))
    assert found is not None
    assert found[3] == 1380 + 2160 - 2 * 1440
