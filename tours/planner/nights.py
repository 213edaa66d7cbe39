"""The nights around given stops, chosen anew: what a tour is worth when one day of it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from .patterns import day_patterns, timed
from .plan import Plan, in_order
from .settle import Choice, Route, driven_km, settle, worth
from .tables import Block, Bools, Floats, Tables

TRIED = 25
"""Ways to spend the nights that are tried for clock times that keep the rests, best first."""

Daily = tuple[Block | None, ...]
"""What is played on each day, nothing yet about where the nights are slept."""


class Way(NamedTuple):
    """A legal tour: its worth, its clock times, how many nights are away and how many kilometres are driven."""

    worth: float
    plan: Plan
    nights: int
    km: float


def daily_of(table: Tables, plan: Plan) -> Daily | None:
    """What a plan plays on each day; None where the stops of a day can not follow each other as they do."""
    number = {candidate.id: i for i, candidate in enumerate(table.problem.candidates)}
    stops: list[list[tuple[int, int]]] = [[] for _ in table.limits]
    for stop in in_order(plan.stops):
        stops[stop.day].append((number[stop.candidate], stop.start_min))
    daily = [_block(table, day, played) if played else None for day, played in enumerate(stops)]
    if any(played and block is None for played, block in zip(stops, daily, strict=True)):
        return None
    return tuple(daily)


def _block(table: Tables, day: int, played: Sequence[tuple[int, int]]) -> Block | None:
    """The block of one day that starts each stop within the same of its windows."""
    starts = [start for _, start in played]
    for block in timed(table, day, [c for c, _ in played]):
        if all(early <= start for early, start in zip(block.earliest, starts, strict=True)):
            arrive = starts[0] - table.problem.candidates[block.stops[0]].get_in_min
            if arrive <= block.arrive_latest:
                return block
    return None


def without(table: Tables, daily: Daily, day: int, c: int) -> Iterator[Block | None]:
    """What is left of a day when candidate `c` is not played."""
    block = daily[day]
    rest = [stop for stop in block.stops if stop != c] if block else []
    yield from timed(table, day, rest) if rest else [None]


def beside(table: Tables, daily: Daily, day: int, c: int) -> Iterator[Block]:
    """Every way to play candidate `c` on a day beside what is played then."""
    block = daily[day]
    stops = block.stops if block else ()
    if table.forced[day] is None:
        for i in range(len(stops) + 1):
            yield from timed(table, day, (*stops[:i], c, *stops[i:]))


class Nights:
    """All ways to sleep around what is played; what a change of one day does to them is cheap to ask.

    Attributes:
        before: (B,) by day, the most that the days before it bring when it begins in each bed.
        after: (B,) by day, the most that it and the days after it bring when it begins in each bed.
    """

    def __init__(self, table: Tables, daily: Daily) -> None:
        self.table, self.daily = table, daily
        self.gains = [_gain(table, day, block) for day, block in enumerate(daily)]
        self.before = [np.where(np.arange(len(table.beds)) == 0, 0.0, -np.inf)]
        for gain in self.gains:
            self.before.append((self.before[-1][:, None] + gain).max(axis=0))
        self.after = [np.zeros(len(table.beds))]
        for gain in reversed(self.gains):
            self.after.insert(0, (gain + self.after[0]).max(axis=1))

    def best(self) -> Way | None:
        """The most valuable legal tour that plays just this."""
        return self.changed(0, [self.daily[0]])

    def changed(self, day: int, found: Sequence[Block | None]) -> Way | None:
        """The most valuable legal tour with one of `found` on that day; None if none of those tried is legal."""
        ways = [way for block in found for way in self._ways(day, block)]
        for _, block, origin, goal in sorted(ways, key=lambda way: -way[0])[:TRIED]:
            route = self._route(day, block, origin, goal)
            plan = settle(self.table, route)
            if plan is not None:
                return Way(worth(self.table, route), plan, _nights(self.table, route), _km(self.table, route))
        return None

    def _ways(self, day: int, block: Block | None) -> list[tuple[float, Block | None, int, int]]:
        """(worth but for the bonus, block, bed before, bed after), the best ones."""
        total = self.before[day][:, None] + _gain(self.table, day, block) + self.after[day + 1]
        order = np.argsort(-total, axis=None, kind="stable")[:TRIED]
        picks = zip(*np.unravel_index(order, total.shape), strict=True)
        return [(float(total[a, b]), block, int(a), int(b)) for a, b in picks if np.isfinite(total[a, b])]

    def _route(self, day: int, block: Block | None, origin: int, goal: int) -> Route:
        """The best days before and after one that lies between two beds."""
        blocks, beds = [*self.daily], [origin, goal]
        blocks[day] = block
        for d in reversed(range(day)):
            beds.insert(0, int(np.argmax(self.before[d] + self.gains[d][:, beds[0]])))
        for d in range(day + 1, self.table.days):
            beds.append(int(np.argmax(self.gains[d][beds[-1]] + self.after[d + 1])))
        slept = [int(self.table.beds[bed]) for bed in beds]
        return tuple(
            Choice(start, played, end) for start, played, end in zip(slept, blocks, slept[1:], strict=False)
        )


def _nights(table: Tables, route: Route) -> int:
    home = int(table.beds[0])
    return sum(choice.goal != home for choice in route)


def _km(table: Tables, route: Route) -> float:
    return sum(driven_km(table, day, choice) for day, choice in enumerate(route))


def _gain(table: Tables, day: int, block: Block | None) -> Floats:
    """(B, B) what one day brings from bed to bed, -inf where it is not legal."""
    if block is None:
        return _idle(table, day)
    patterns = day_patterns(table, [block])
    gain = patterns.reward[0] - patterns.cost_in[:, 0, None] - patterns.cost_out[0]
    return np.where(patterns.timings(table.limits[day])[2][:, 0], gain, -np.inf)


def _idle(table: Tables, day: int) -> Floats:
    """(B, B) what a day without a stop costs: a rest where the party is, or a drive."""
    costs, limits, count = table.problem.costs, table.limits[day], len(table.beds)
    between = np.ix_(table.beds, table.beds)
    drive, way = table.roads[day].drive[between], table.roads[day].move[between]
    legal: Bools = (drive <= limits.drive) & (way <= min(limits.span, limits.closes - limits.opens))
    legal = ((legal & limits.moves) | np.eye(count, dtype=bool)) & limits.goals(count)
    night = np.where(np.arange(count) == 0, 0.0, float(costs.per_night_away))
    cost = table.roads[day].km[between] * float(costs.per_km) + night
    return np.where(legal, -cost, -np.inf)
