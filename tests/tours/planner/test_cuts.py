"""Cuts: the counting of trios."""

from __future__ import annotations

import numpy as np

from tours.planner.cuts import Trio, uses_two


def test_a_trio_counts_columns_with_two_of_its_members() -> None:
    stops = np.array([[0, 1], [1, 9], [2, 0], [5, 6]])
    assert uses_two(Trio((0, 1, 2), -1), stops, False).tolist() == [True, False, True, False]


def test_a_day_is_a_member_too() -> None:
    stops = np.array([[0, 1], [1, 9], [1, 9]])
    on_day = np.array([False, True, False])
    assert uses_two(Trio((0, 1), 3), stops, on_day).tolist() == [True, True, False]
