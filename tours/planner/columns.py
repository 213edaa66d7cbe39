"""Columns of the exact method: one whole day from bed to bed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .patterns import DayPatterns
from .settle import Choice, Route
from .tables import Tables


class Column(NamedTuple):
    """One day of a tour: from a bed over a block (pattern -1: none) to a bed; beds by number.

    Attributes:
        value: reward less the cost of roads and night; municipality bonuses are not in it.
        start, end: of the duty, at its earliest end.
        slide: how many minutes both may move later.
        price: reduced cost when it was priced.
    """

    day: int
    origin: int
    pattern: int
    goal: int
    value: float
    start: int
    end: int
    slide: int
    price: float = 0.0

    @property
    def key(self) -> tuple[int, int, int, int]:
        """What tells it from every other column."""
        return self.day, self.origin, self.pattern, self.goal

    @property
    def has_duty(self) -> bool:
        """Whether the party plays or moves."""
        return self.pattern >= 0 or self.origin != self.goal


def column_of(table: Tables, patterns: DayPatterns, day: int, choice: Choice) -> Column:
    """The column of one day of a route; its block must be among the patterns."""
    number = {int(place): bed for bed, place in enumerate(table.beds)}
    origin, goal = number[choice.origin], number[choice.goal]
    if choice.block is None:
        night = float(table.problem.costs.per_night_away) if goal else 0.0
        way, km = (
            int(table.roads[day].move[choice.origin, choice.goal]),
            float(table.roads[day].km[choice.origin, choice.goal]),
        )
        limits = table.limits[day]
        value = -km * float(table.problem.costs.per_km) - night
        if origin == goal:
            return Column(day, origin, -1, goal, value, 0, 0, 0)
        slide = limits.closes - limits.opens - way
        return Column(day, origin, -1, goal, value, limits.opens, limits.opens + way, slide)
    p = patterns.blocks.index(choice.block)
    arrive, latest, _ = patterns.taken(np.array([p])).timings(table.limits[day])
    start = int(arrive[origin, 0] - patterns.drive_in[origin, p])
    end = int(arrive[origin, 0] + patterns.length[p] + patterns.drive_out[p, goal])
    value = float(patterns.reward[p] - patterns.cost_in[origin, p] - patterns.cost_out[p, goal])
    return Column(day, origin, p, goal, value, start, end, int(latest[0, goal] - arrive[origin, 0]))


def choice_of(table: Tables, patterns: Sequence[DayPatterns], column: Column) -> Choice:
    """What a column chooses for its day."""
    block = patterns[column.day].blocks[column.pattern] if column.pattern >= 0 else None
    return Choice(int(table.beds[column.origin]), block, int(table.beds[column.goal]))


def route_of_columns(table: Tables, patterns: Sequence[DayPatterns], chosen: Sequence[Column]) -> Route:
    """The route that plays one column a day, given in order of days."""
    return tuple(choice_of(table, patterns, column) for column in chosen)
