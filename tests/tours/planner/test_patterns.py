"""Day patterns: which sequences fit a day, and how far they slide."""

from __future__ import annotations

from tests.tours.planner.conftest import document, wish
from tours.planner import Problem
from tours.planner.patterns import blocks, timed
from tours.planner.tables import Block, tables


def listed(*wishes: dict[str, object], rules: dict[str, int] | None = None) -> list[Block]:
    return blocks(
        tables(Problem.from_json(document(1, *wishes, rules=rules or {}))), 0, longest=5, limit=1000
    )


def test_one_stop_slides_through_its_window() -> None:
    block = listed(wish("a", "north", [0, 600, 700]))[0]
    assert (block.arrive, block.arrive_latest, block.leave) == (540, 640, 720)


def test_a_second_stop_with_a_later_window_is_waited_for() -> None:
    wishes = wish("a", "north", [0, 600, 620]), wish("b", "north", [0, 900, 950])
    block = next(block for block in listed(*wishes) if block.stops == (0, 1))
    assert (block.arrive, block.arrive_latest, block.leave) == (560, 560, 1020)


def test_the_first_stop_is_reached_as_late_as_the_second_allows() -> None:
    wishes = wish("a", "north", [0, 600, 800]), wish("b", "north", [0, 900, 950])
    block = next(block for block in listed(*wishes) if block.stops == (0, 1))
    assert (block.arrive, block.arrive_latest, block.leave) == (660, 710, 1020)


def test_sequences_are_listed_in_both_orders() -> None:
    wishes = wish("a", "north", [0, 500, 1000]), wish("b", "north", [0, 500, 1000])
    assert [block.stops for block in listed(*wishes)] == [(0,), (1,), (0, 1), (1, 0)]


def test_windows_that_touch_are_one() -> None:
    assert len(listed(wish("a", "north", [0, 600, 659], [0, 660, 700]))) == 1


def test_a_day_of_fixed_stops_holds_all_of_them() -> None:
    wishes = wish("a", "north", [0, 600, 600]), wish("b", "north", [0, 900, 900])
    problem = document(1, *wishes, fixed=[{"candidate": "b", "day": 0, "start_min": 900}])
    found = blocks(tables(Problem.from_json(problem)), 0, longest=5, limit=1000)
    assert [block.stops for block in found] == [(1,), (0, 1)]


def test_two_of_a_group_are_not_played_together() -> None:
    wishes = [wish(name, "north", [0, 500, 1000], group="g") for name in "ab"]
    assert [block.stops for block in listed(*wishes)] == [(0,), (1,)]


def test_performances_count_against_the_day() -> None:
    wishes = wish("a", "north", [0, 500, 1000], performances=2), wish("b", "north", [0, 500, 1000])
    found = listed(*wishes, rules={"performances_per_day": 2})
    assert [block.stops for block in found] == [(0,), (1,)]


def test_an_order_that_does_not_fit_has_no_timing() -> None:
    wishes = wish("a", "north", [0, 600, 600]), wish("b", "north", [0, 900, 900])
    assert timed(tables(Problem.from_json(document(1, *wishes))), 0, (1, 0)) == []
