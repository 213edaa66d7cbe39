"""What all sweeps of one problem share, and the partial tours that they follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from .flow import NEVER, Flow, Stretch
from .limits import DAY_MIN
from .tables import Bools, Floats, Ints

NO_REST_YET = 10 * DAY_MIN
"""The last duty before the window lies so long back."""


class Rows:
    """A table of equally long columns."""

    def taken(self, rows: Ints | Bools) -> Self:
        """Some of the rows."""
        return type(self)(*(column[rows] for column in vars(self).values()))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The rows of all parts."""
        columns = zip(*(vars(part).values() for part in parts), strict=True)
        return cls(*(np.concatenate(column) for column in columns))


@dataclass(frozen=True)
class Partial(Rows):
    """M partial tours, one row each; times in real minutes from the start of day 0.

    Attributes:
        worth: what it has earned.
        hope: what it has earned by the prices, less what it can no longer earn.
        bed: number of the bed slept in.
        ready: end of the last duty and the night's rest after it.
        gap: start of the open duty-free gap for the weekly rest.
        free: whether the running week has a duty-free day in the open gap.
        rested: whether the running week has its rest, or needs none.
        due: whether an earlier week counts on the open gap.
        used, areas: (M, C), (M, U) candidates barred and municipalities reached.
        parent, pattern: the row of the day before and the block played (-1: none).
    """

    bed: Ints
    worth: Floats
    hope: Floats
    ready: Ints
    gap: Ints
    free: Bools
    rested: Bools
    due: Bools
    used: Bools
    areas: Bools
    parent: Ints
    pattern: Ints


class Ground:
    """What all sweeps of one problem share.

    Attributes:
        leads, leader: as in the tables.
        excludes: (C, C) 1 where playing one rules out the other: itself, and the others of its group.
        stops, areas: by day, (P, C), (P, U) what its blocks play and reach.
        numbers: random ones by which sets of candidates and municipalities are told apart.
    """

    def __init__(self, flow: Flow) -> None:
        self.flow, self.table = flow, flow.table
        count = len(self.table.value)
        self.leader, self.leads = self.table.leader, self.table.leads
        self.excludes = np.eye(count, dtype=np.float32)
        for c, others in enumerate(self.table.conflicts):
            self.excludes[c, list(others)] = 1.0
        self.stops = [_marks(p.stops, count) for p in flow.patterns]
        self.areas = [_marks(p.areas, self.table.areas) for p in flow.patterns]
        self.bonus = float(self.table.problem.costs.municipality_bonus)
        self.numbers = np.random.default_rng(1).integers(1, 2**62, count + self.table.areas)

    def begun(self) -> Partial:
        """The one empty tour, at home before day 0."""
        one, no = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.bool_)
        rested = np.array([self.table.week_of[0] < 0])
        used = np.zeros((1, len(self.table.value)), dtype=np.bool_)
        areas = np.zeros((1, self.table.areas), dtype=np.bool_)
        return Partial(
            one, np.full(1, self.table.base), np.zeros(1), one - NO_REST_YET, one, no, rested, no, used, areas,
            one, one,
        )  # fmt: skip

    def last_days(self, stretch: Stretch) -> tuple[Ints, Ints]:
        """(C,) the last day on which each candidate or another of its group may be played, (U,) a municipality reached.

        -1 where there is none in the stretch.
        """
        last, areas = np.full(len(self.leader), -1), np.full(self.table.areas, -1)
        for day, way in zip(stretch.days, stretch.ways, strict=True):
            offered = way.blocks[way.own > NEVER / 2]
            last[self.leader[self.stops[day][offered].any(axis=0)]] = day
            areas[self.areas[day][offered].any(axis=0)] = day
        return np.asarray(last[self.leader], dtype=np.int64), areas


def _marks(members: Ints, count: int) -> Bools:
    """(P, count) the members of each row; the number `count` pads."""
    marks = np.zeros((len(members), count + 1), dtype=np.bool_)
    np.put_along_axis(marks, members, True, axis=1)
    return marks[:, :count]
