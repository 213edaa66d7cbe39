"""Programs around the best plan: what they open, what they keep, and that they never make it worse."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tours.planner.runs import Run
from tours.planner.around import COLUMNS, IN_VAIN, LEAST, MOST, Around
from tours.planner.exact import Exact


@pytest.fixture
def relaxed() -> Exact:
    """The exact method on a tour of three weeks, its relaxation solved."""
    exact = Exact(Run(24, 21, 3).pursuit())
    exact.begin()
    exact.relax()
    return exact


def test_a_plan_only_gets_better_and_its_bound_stays(relaxed: Exact) -> None:
    assert relaxed.prices is not None
    before = relaxed.run.objective
    relaxed.around.improve(relaxed.prices, relaxed.relaxed, 0.0)
    assert before <= relaxed.run.objective <= relaxed.bound == relaxed.relaxed


def test_it_ends_after_some_programs_in_vain(relaxed: Exact, monkeypatch: pytest.MonkeyPatch) -> None:
    assert relaxed.prices is not None
    asked: list[int] = []

    def chosen(columns: list[object], seconds: float) -> float:
        asked.append(len(columns))
        return relaxed.run.objective

    monkeypatch.setattr(relaxed.programs, "choose", chosen)
    relaxed.around.improve(relaxed.prices, relaxed.relaxed, 0.0)
    assert len(asked) == IN_VAIN


def test_it_ends_when_its_time_is_up(relaxed: Exact) -> None:
    assert relaxed.prices is not None
    before = relaxed.run.objective
    relaxed.around.improve(relaxed.prices, relaxed.relaxed, relaxed.run.left() + 1)
    assert relaxed.run.objective == before


def test_programs_grow_until_one_does_not_end_and_shrink_again(relaxed: Exact) -> None:
    around = relaxed.around
    sizes = []
    for factor in (1.2, 100.0, 0.001):
        around._adapt(factor)
        sizes.append((round(around.share, 3), round(around.most)))
    assert sizes == [(0.6, 1440), (MOST, 144_000), (LEAST, COLUMNS)]


def test_the_days_opened_are_those_that_the_relaxation_agrees_with_least() -> None:
    exact = Exact(Run(24, 21, 3).pursuit())
    around = Around(exact.programs, _Never())
    agreed = np.where(np.arange(21) % 2, 1.0, 0.0)
    days = around._days(agreed)
    assert (len(days), sorted(day % 2 for day in days)) == (10, [0] * 10)


def test_what_is_played_on_the_days_kept_is_not_played_again(relaxed: Exact) -> None:
    best, programs = relaxed.run.best, relaxed.programs
    assert best is not None
    mine = programs.columns_of(best)
    opened = {3, 4, 5}
    fits = relaxed.around._fits(best, mine, opened)
    kept = next(c for c in mine if c.pattern >= 0 and c.day not in opened)
    again = programs.patterns[kept.day].blocks[kept.pattern].stops
    for day in opened:
        for p, block in enumerate(programs.patterns[day].blocks):
            column = mine[day]._replace(pattern=p)
            if set(block.stops) & set(again):
                assert not fits(column)


def test_a_stretch_of_days_begins_and_ends_in_the_beds_of_its_neighbours(relaxed: Exact) -> None:
    best = relaxed.run.best
    assert best is not None
    mine = relaxed.programs.columns_of(best)
    fits = relaxed.around._fits(best, mine, {3, 4})
    other = [mine[3]._replace(origin=mine[3].origin + 1), mine[4]._replace(goal=mine[4].goal + 1)]
    assert [fits(column) for column in (mine[3], mine[4], *other)] == [True, True, False, False]


class _Never(np.random.Generator):
    """Chance that never opens a stretch and adds nothing."""

    def __init__(self) -> None:
        super().__init__(np.random.PCG64(1))

    def random(self, size: int | None = None) -> object:  # type: ignore[override]
        """0.9 alone, zeros as an array."""
        return 0.9 if size is None else np.zeros(size)
