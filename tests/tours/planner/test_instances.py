"""Random instances: the same seed gives the same problem, another seed another."""

from __future__ import annotations

from tours.planner import instance


def test_the_same_seed_gives_the_same_problem() -> None:
    assert instance(15, 10, seed=4) == instance(15, 10, seed=4)


def test_another_seed_gives_another_problem() -> None:
    assert instance(15, 10, seed=4) != instance(15, 10, seed=5)


def test_a_dense_problem_has_more_windows() -> None:
    counts = [
        sum(len(c.windows) for c in instance(20, 30, dense=dense).candidates) for dense in (False, True)
    ]
    assert counts[0] < counts[1]


def test_short_sessions_are_over_within_an_hour_and_a_half() -> None:
    lengths = {c.get_in_min + c.show_min + c.get_out_min for c in instance(60, 15, 6, short=True).candidates}
    assert max(lengths) <= 90
