"""What prices, sweeps and openings tell the run that they work for."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tours.planner.runs import Run
from tours.planner import instance, solve
from tours.planner.pursuit import PATIENCE

OPTIMUM = float(solve(instance(12, 9), seconds=60).objective)


def test_it_begins_with_a_bound_and_a_better_plan() -> None:
    run = Run(20, 16)
    greedy = run.objective
    run.pursuit()
    assert greedy < run.objective <= run.bound < np.inf


def test_wider_sweeps_end_with_the_best_plan_proven() -> None:
    run = Run(12, 9)
    run.pursuit().widen(1.0)
    assert (run.objective, run.bound) == (OPTIMUM, OPTIMUM)


def test_no_sweep_is_begun_that_would_take_more_than_its_share() -> None:
    run = Run(12, 9)
    pursuit = run.pursuit()
    pursuit.took = run.left() / 2
    pursuit.widen(1.0)
    assert pursuit.width == 90


def test_sweeps_end_when_they_close_too_little_of_the_gap() -> None:
    run = Run(12, 9)
    pursuit = run.pursuit()
    pursuit.closed = 0.05
    pursuit.widen(1.0, least=0.1)
    assert pursuit.width == 90


def test_without_all_patterns_nothing_is_proven() -> None:
    run = Run(12, 9)
    run.bounded(10 * OPTIMUM)
    run.pursuit(proves=False).widen(1.0)
    assert (run.objective, run.bound) == (OPTIMUM, 10 * OPTIMUM)


def test_the_search_offers_what_is_better() -> None:
    run = Run(20, 16)
    pursuit = run.pursuit()
    before = run.objective
    run.heard.clear()
    pursuit.search(1.0, rounds=30)
    assert run.objective == max(objective for _, objective in run.heard) > before
    assert {by for by, _ in run.heard} == {"search"}


@pytest.mark.parametrize("dear", [0.0, 4000.0])
def test_a_search_in_vain_ends_once_it_has_taken_as_long_as_another_beginning(dear: float) -> None:
    """A second of the run is a question: some twenty come with each opening."""
    run = Run(12, 9)
    run.bounded(10 * OPTIMUM)
    pursuit = run.pursuit(proves=False)
    pursuit.widen(1.0)
    searcher, pursuit.dear = pursuit.opener(), dear
    begun = run.seconds
    pursuit.search(1.0)
    assert run.objective == OPTIMUM
    assert (searcher.vain == PATIENCE, begun - run.seconds >= dear) == (not dear, True)


def test_blocks_that_are_kept_lead_to_a_tour_that_plays_them() -> None:
    run = Run(12, 9)
    pursuit = run.pursuit()
    kept = {day: run.first[day].block for day in (1, 2, 4)}
    route = pursuit.completed(kept, -np.inf)
    assert route is not None
    assert {day: route[day].block for day in kept} == kept
