"""Programs over some columns: which ones they choose from."""

from __future__ import annotations

import pytest

from tests.tours.planner.runs import Run
from tours.planner.columns import Column
from tours.planner.exact import Exact
from tours.planner.pricing import Prices, priced
from tours.planner.programs import SHARES, Programs


class Relaxed:
    """The programs of a small tour whose relaxation is solved."""

    def __init__(self) -> None:
        exact = Exact(Run(20, 12, 3).pursuit())
        exact.begin()
        exact.relax()
        assert exact.prices is not None
        self.programs: Programs = exact.programs
        self.prices: Prices = exact.prices
        self.margin = exact.relaxed - exact.run.objective

    def priced_down_to(self, share: float) -> list[Column]:
        """All columns priced within a share of the gap."""
        programs = self.programs
        return [
            column
            for day, patterns in enumerate(programs.patterns)
            for column in priced(
                programs.table, patterns, day, self.prices, -share * self.margin - 1e-6, every=True
            )
        ]


@pytest.fixture(scope="module")
def relaxed() -> Relaxed:
    return Relaxed()


def test_asked_for_all_it_leaves_out_no_column_that_may_matter(relaxed: Relaxed) -> None:
    columns, floor = relaxed.programs.best_priced(relaxed.prices, relaxed.margin, 10**6)
    assert (len(columns), floor) == (len(relaxed.priced_down_to(1.0)), -relaxed.margin)


def test_of_just_as_many_columns_as_asked_for_it_says_how_far_down_they_go(relaxed: Relaxed) -> None:
    """Their number alone does not make them all that can matter."""
    near = relaxed.priced_down_to(SHARES[0])
    columns, floor = relaxed.programs.best_priced(relaxed.prices, relaxed.margin, len(near))
    assert (len(columns), floor) == (len(near), -SHARES[0] * relaxed.margin)


def test_of_more_columns_than_asked_for_the_best_priced_stay(relaxed: Relaxed) -> None:
    columns, floor = relaxed.programs.best_priced(relaxed.prices, relaxed.margin, 40)
    assert len(columns) == 40
    assert {c.key for c in relaxed.priced_down_to(1.0) if c.price > floor} <= {c.key for c in columns}


def test_only_columns_that_fit_are_looked_for(relaxed: Relaxed) -> None:
    columns, _ = relaxed.programs.best_priced(
        relaxed.prices, relaxed.margin, 10**6, [3], lambda column: column.goal == 0
    )
    assert {(column.day, column.goal) for column in columns} == {(3, 0)}


def test_the_program_over_the_best_plan_alone_gives_it_back(relaxed: Relaxed) -> None:
    before = relaxed.programs.run.objective
    assert relaxed.programs.choose([], 10) == pytest.approx(before)
    assert relaxed.programs.run.objective == before
