"""Encounters per pupil."""

from __future__ import annotations

from tests.tours.allotment.problems import problem, unit
from tours.allotment import Assignment, Cell, Plan, cover


def test_encounters_are_counted_by_school_grade_and_municipality() -> None:
    one = problem(
        [unit("a", "town", 20, encounters=1), unit("b", "town", 10, grade="5"), unit("c", "east", 30)], [], []
    )
    found = cover(one, Plan((Assignment("a", "p", "s", "own", (1,)),)))
    assert found.total == Cell(60, 20, 40)
    assert found.by_school == {"school town": Cell(30, 20, 40), "school east": Cell(30, 0, 0)}
    assert found.by_grade == {"4": Cell(50, 20, 40), "5": Cell(10, 0, 0)}
    assert found.by_municipality["town"].per_pupil == 40 / 30


def test_only_target_grades_count() -> None:
    one = problem([unit("a", "town", 20), unit("b", "town", 10, grade="5")], [], [], rules={"targets": ["5"]})
    assert cover(one, Plan()).total == Cell(10, 0, 0)


def test_without_pupils_nobody_is_left_out() -> None:
    assert (Cell(0, 0, 0).per_pupil, Cell(0, 0, 0).share) == (0.0, 1.0)
