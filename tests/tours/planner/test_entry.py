"""Entry rows: the greatest flow of a small network, and the stays that they forbid."""

from __future__ import annotations

import numpy as np

from tours.planner import Problem
from tours.planner.columns import Column
from tours.planner.entry import SOURCE, Entry, broken_entries, entered, greatest_flow
from tours.planner.tables import Tables, tables

from .conftest import document, wish


def test_the_greatest_flow_stops_at_the_least_cut() -> None:
    network = {1: {SOURCE: 0.5}, 2: {SOURCE: 0.3}, 3: {1: 0.4, 2: 1.0}}
    flow, reaching = greatest_flow(network, {3: 2.0})
    assert (round(flow, 9), reaching) == (0.7, {2, 3})


def test_a_node_without_a_way_is_cut_off() -> None:
    assert greatest_flow({}, {1: 1.0}) == (0.0, {1})


def test_the_flow_takes_no_more_than_is_claimed() -> None:
    assert greatest_flow({1: {SOURCE: 1.0}}, {1: 0.25})[0] == 0.25


def _north() -> Tables:
    """Three days, one wish in the north on any of them."""
    return tables(Problem.from_json(document(3, wish("n", "north", *([d, 600, 900] for d in range(3))))))


def _stay(share: float) -> tuple[list[tuple[Column, float]], np.ndarray, np.ndarray]:
    """A part of the party goes north, plays the wish on every day and comes home."""
    beds = [(0, 1), (1, 1), (1, 0)]
    used = [(Column(d, a, 0, b, 0.0, 0, 0, 0), share) for d, (a, b) in enumerate(beds)]
    legs = np.array([[[0, 1], [1, 1]], [[1, 1], [1, 1]], [[1, 1], [1, 0]]])
    return used, legs, np.zeros((3, 1), dtype=np.int64)


def test_a_third_of_a_party_cannot_play_a_stop_three_times() -> None:
    used, legs, stops = _stay(1 / 3)
    [found] = broken_entries(_north(), used, legs, stops, np.zeros(3))
    assert (found.target, found.area, found.counted.tolist()) == (0, False, [True] * 3)
    assert found.inside.tolist() == [[False, True, False]] * 3


def test_a_stop_that_is_entered_as_often_as_played_is_left_alone() -> None:
    used, legs, stops = _stay(1.0)
    assert broken_entries(_north(), used[:1], legs[:1], stops[:1], np.zeros(3)) == []


def test_a_bonus_needs_its_municipality_to_be_entered() -> None:
    table = _north()
    reached = np.zeros(table.areas)
    reached[int(table.area[0])] = 1.0
    used, legs, _ = _stay(1 / 3)
    [found] = broken_entries(table, used, legs, np.full((3, 1), 1), reached)
    assert (found.target, found.area, found.counted.any()) == (int(table.area[0]), True, np.False_)


def test_a_set_is_entered_on_the_road_and_overnight() -> None:
    inside = np.zeros((3, 3), dtype=np.bool_)
    inside[1:, 1] = True
    cut = Entry(inside, inside[:, 1], 0, False)
    _, legs, _ = _stay(1.0)
    assert entered(cut, legs, np.array([0, 1, 2])).tolist() == [0, 1, 0]
    assert entered(cut, np.array([[[0, 1], [1, 0]]]), np.array([2])).tolist() == [1]
