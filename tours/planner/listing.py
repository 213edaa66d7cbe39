"""The patterns that are looked at: all of a day where they can be listed, else those that bring most by the prices."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .duals import Ascent
from .flow import Flow
from .patterns import DayPatterns, blocks, day_patterns, promising
from .tables import Floats, Tables

LISTED = 4_000
"""At most so many patterns are listed for one day; a day with more is overfull."""

PROMISING = 250
"""So many patterns of each length are added to an overfull day at once ..."""

ROUNDS = 4
STEPS = 60
"""... so many times, each time by prices that so many steps have found on the patterns so far."""


def listed(table: Tables, longest: int | None) -> list[DayPatterns]:
    """The patterns of every day; with `longest`, of at most so many stops (more where more are fixed)."""
    found = []
    for day in range(table.days):
        stops = len(table.openings[day]) if longest is None else max(longest, len(table.fixed[day]) + 1)
        found.append(day_patterns(table, blocks(table, day, stops, LISTED)))
    return found


def overfull_days(patterns: Sequence[DayPatterns]) -> list[int]:
    """The days on which not all patterns are listed."""
    return [day for day, some in enumerate(patterns) if len(some) >= LISTED]


def enriched(
    table: Tables, short: Sequence[DayPatterns], patterns: Sequence[DayPatterns], stop: Callable[[], bool]
) -> list[DayPatterns]:
    """The patterns with overfull days made anew: short ones, and those of any length that bring most by prices.

    Args:
        short: patterns to begin with on overfull days.
        stop: asked before each day and length; what is found by then stands.
    """
    days, found = overfull_days(patterns), list(patterns)
    for day in days:
        found[day] = _added(table, short[day], table.reward[:, day], day, stop)
    for _ in range(ROUNDS):
        if stop():
            break
        duals = Ascent(Flow(table, found)).run(STEPS, stop)
        for day in days:
            found[day] = _added(table, found[day], table.reward[:, day] - duals.stops, day, stop)
    return found


def _added(
    table: Tables, patterns: DayPatterns, worth: Floats, day: int, stop: Callable[[], bool]
) -> DayPatterns:
    """Some patterns, and the most promising ones beside them."""
    if stop():
        return patterns
    more = promising(table, day, np.asarray(worth), PROMISING, stop)
    return day_patterns(table, list(dict.fromkeys([*patterns.blocks, *more])))
