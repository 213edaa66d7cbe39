"""Which patterns are looked at: all where they can be listed, the promising ones where not."""

from __future__ import annotations

import pytest

from tests.tours.planner.checker import complaints
from tours.planner import check, instance, solve
from tours.planner import listing as module
from tours.planner.listing import enriched, listed, overfull_days
from tours.planner.patterns import DayPatterns, day_patterns, promising
from tours.planner.tables import Tables, tables

SESSIONS = instance(16, 5, per_day=5, seed=2, short=True)


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> Tables:
    """Days of short sessions, of which only few patterns may be listed."""
    monkeypatch.setattr(module, "LISTED", 60)
    monkeypatch.setattr(module, "PROMISING", 20)
    return tables(SESSIONS)


def longest(patterns: DayPatterns) -> int:
    return max((len(block.stops) for block in patterns.blocks), default=0)


def test_days_that_are_listed_in_full_are_not_overfull() -> None:
    table = tables(instance(15, 10))
    assert overfull_days(listed(table, None)) == []


def test_overfull_days_get_long_patterns_beside_the_short_ones(crowded: Tables) -> None:
    short, all_of = listed(crowded, 2), listed(crowded, None)
    found = enriched(crowded, short, all_of, lambda: False)
    days = overfull_days(all_of)
    assert days
    for day in days:
        assert set(short[day].blocks) <= set(found[day].blocks)
        assert longest(found[day]) > longest(all_of[day])


def test_other_days_stay_as_they_are(crowded: Tables) -> None:
    all_of = listed(crowded, None)
    found = enriched(crowded, listed(crowded, 2), all_of, lambda: False)
    others = set(range(crowded.days)) - set(overfull_days(all_of))
    assert {day for day in others if found[day] is not all_of[day]} == set()


def test_no_pattern_is_there_twice(crowded: Tables) -> None:
    for patterns in enriched(crowded, listed(crowded, 2), listed(crowded, None), lambda: False):
        assert len(set(patterns.blocks)) == len(patterns.blocks)


@pytest.mark.usefixtures("crowded")
def test_a_plan_of_overfull_days_is_legal_and_its_bound_holds() -> None:
    """The bound is at least the best plan that is known of the same days listed in full."""
    plan = solve(SESSIONS, seconds=600, iterations=20)
    assert (check(SESSIONS, plan), complaints(SESSIONS.to_json(), plan.to_json())) == ([], set())
    assert plan.bound is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LISTED", 4_000)
        full = solve(SESSIONS, seconds=600, iterations=20)
    assert plan.bound >= full.objective
    assert plan.objective <= plan.bound


def test_who_asks_to_stop_does_not_wait_for_a_whole_length(crowded: Tables) -> None:
    """What is found by then stands; of the next length only what was begun."""
    asked = iter([False, False, False])
    found = promising(crowded, 0, crowded.reward[:, 0], 20, lambda: next(asked, True))
    longer = {block.stops[0] for block in found if len(block.stops) > 1}
    assert (longest(day_patterns(crowded, found)), len(longer)) == (2, 3)
