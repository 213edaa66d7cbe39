"""Pupils through the years: which grade they were in, and what they have had."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.cohorts import Seen, earlier_grade, had_before, year_in
from venues.grades import GRADES


@pytest.mark.parametrize(
    ("grade", "years", "was"),
    [
        ("4", 0, "4"),
        ("4", 3, "1"),
        ("1", 1, "F"),
        ("F", 1, "förskola"),
        ("F", 4, "förskola"),
        ("gy1", 1, "9"),
        ("gy2", 3, "8"),
        ("annat", 1, None),
    ],
)
def test_in_which_grade_they_were(grade: str, years: int, was: str | None) -> None:
    assert earlier_grade(grade, years) == was


def test_what_grade_3_saw_last_year_grade_4_has_had_now() -> None:
    assert had_before([Seen(1, "3", 2025, 7)], 2026, 9) == {(1, "4"): frozenset({7})}


def test_what_was_longer_ago_than_asked_for_does_not_count() -> None:
    seen = [Seen(1, "1", 2023, 7)]
    assert (had_before(seen, 2026, 2), had_before(seen, 2026, 3)) == ({}, {(1, "4"): frozenset({7})})


def test_this_year_counts_always() -> None:
    assert had_before([Seen(1, "4", 2026, 7)], 2026, 0) == {(1, "4"): frozenset({7})}


@given(st.sampled_from(GRADES[1:]), st.integers(0, 12), st.integers(0, 12))
def test_years_add_up(grade: str, first: int, then: int) -> None:
    between = earlier_grade(grade, first)
    assert between is not None
    assert earlier_grade(grade, first + then) == earlier_grade(between, then)


@pytest.mark.parametrize(("label", "year"), [("2026/27", 2026), ("2026/28", 0), ("", 0), ("abcd/ef", 0)])
def test_the_year_in_a_label(label: str, year: int) -> None:
    assert year_in(label) == year
