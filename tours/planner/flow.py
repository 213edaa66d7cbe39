"""The nights as a graph: days by beds, each arc the best-priced day between two beds, a tour its longest path.

With prices on everything that ties days together (candidates, municipalities, cuts) the best tour is found in one
pass over the days, and its worth plus what the prices are worth is a bound on any plan (Lagrangian relaxation: Held,
Wolfe, Crowder, Mathematical Programming 6, 1974).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from .patterns import DayPatterns
from .pricing import Prices, clocked, moves, moves_priced, parts
from .tables import Bools, Floats, Ints, Tables

NEVER = -1e15
"""Stands for minus infinity where sums must not become nan."""

AT_ONCE = 8
"""So many blocks are looked at exactly at once, for one bed."""


class Ways(NamedTuple):
    """What one day adds to a path, by prices; P blocks and B beds.

    Attributes:
        blocks: (P,) the numbers of the blocks that may be played, rising.
        own: (P,) of the blocks themselves.
        inward, outward: (B, P), (P, B) of the ways to and from them, NEVER where no legal day goes.
        moves: (B, B) of a day without stops.
        clock: (B, P, B) what the times of the day take, None where they take nothing.
    """

    blocks: Ints
    own: Floats
    inward: Floats
    outward: Floats
    moves: Floats
    clock: Floats | None

    def turned(self) -> Ways:
        """The same day walked backwards."""
        clock = None if self.clock is None else self.clock.transpose(2, 1, 0)
        return Ways(self.blocks, self.own, self.outward.T, self.inward.T, self.moves.T, clock)

    def only(self, rows: Ints) -> Ways:
        """The same day with some of its blocks."""
        clock = None if self.clock is None else self.clock[:, rows]
        return Ways(
            self.blocks[rows], self.own[rows], self.inward[:, rows], self.outward[rows], self.moves, clock
        )


class Layer(NamedTuple):
    """(B,) the best value of a path to each bed, with the bed it comes from and the block it plays (-1: none)."""

    value: Floats
    origin: Ints
    pattern: Ints


class Path(NamedTuple):
    """The best path: its value and each day's (origin, pattern, goal)."""

    value: float
    days: list[tuple[int, int, int]]


class Stretch(NamedTuple):
    """Some days in a row, by prices.

    Attributes:
        days: their numbers.
        ways: what each of them adds to a path.
        begin, end: (B,) 0 in the beds where a path may begin and end, NEVER elsewhere.
    """

    days: range
    ways: Sequence[Ways]
    begin: Floats
    end: Floats


class Flow:
    """The graph of one problem, with what is legal on each day between each two beds."""

    def __init__(self, table: Tables, patterns: Sequence[DayPatterns]) -> None:
        self.table, self.patterns = table, patterns
        self.beds = len(table.beds)
        self.moves = [moves(table, day) for day in range(table.days)]
        self.legal = [p.timings(table.limits[day])[2] for day, p in enumerate(patterns)]
        self.comes = [np.where(legal.any(axis=2), 0.0, NEVER) for legal in self.legal]
        self.goes = [np.where(legal.any(axis=0), 0.0, NEVER) for legal in self.legal]

    def ways(self, prices: Prices) -> list[Ways]:
        """What every day adds to a path by some prices, those of the beds included."""
        found = []
        for day, patterns in enumerate(self.patterns):
            own, inward, outward = parts(self.table, patterns, day, prices)
            inward = np.maximum(inward, NEVER) + self.comes[day]
            outward = np.maximum(outward, NEVER) + self.goes[day]
            moved = moves_priced(self.moves[day], self.table, day, prices)
            clock = clocked(self.table, patterns, day, prices)
            found.append(Ways(np.arange(len(own)), own, inward, outward, np.maximum(moved, NEVER), clock))
        return found

    def whole(self, ways: Sequence[Ways]) -> Stretch:
        """The whole window, from home to home."""
        home = self.beds_only(0)
        return Stretch(range(len(ways)), ways, home, home)

    def beds_only(self, bed: int) -> Floats:
        """(B,) 0 in one bed, NEVER in the others."""
        return np.where(np.arange(self.beds) == bed, 0.0, NEVER)

    def best(self, ways: Sequence[Ways], rough: bool = False) -> Path:
        """The best path from home to home; a rough one may combine a way in and a way out that no legal day has."""
        layers = self.forward(self.whole(ways), rough)
        days, bed = [], 0
        for layer in reversed(layers):
            origin = int(layer.origin[bed])
            days.append((origin, int(layer.pattern[bed]), bed))
            bed = origin
        return Path(float(layers[-1].value[0]), days[::-1])

    def allowed(self, day: int, way: Ways) -> Bools:
        """(B, P, B) whether a day's blocks are legal between two beds."""
        legal = self.legal[day]
        return legal if len(way.blocks) == legal.shape[1] else legal[:, way.blocks]

    def forward(self, stretch: Stretch, rough: bool = False) -> list[Layer]:
        """The layers after each day."""
        value, layers = stretch.begin, []
        for day, way in zip(stretch.days, stretch.ways, strict=True):
            layers.append(_stepped(value, way, None if rough else self.allowed(day, way)))
            value = layers[-1].value
        return layers

    def ahead(self, stretch: Stretch, rough: bool = False) -> tuple[Floats, float]:
        """(D, B) the best way on from each bed after each day, and the best over the whole stretch; rough: not less."""
        after = [stretch.end]
        for day, way in zip(stretch.days[::-1], stretch.ways[::-1], strict=True):
            legal = None if rough else self.allowed(day, way).transpose(2, 1, 0)
            after.append(_stepped(after[-1], way.turned(), legal).value)
        return np.array(after[-2::-1]), float((stretch.begin + after[-1]).max())

    def two_sided(self, prices: Prices) -> tuple[Prices, float]:
        """Prices of the beds with which each day is priced as the best path over it, less the best of all; that one.

        So a day priced below what the best plan lacks to the bound is in no better plan.
        """
        whole = self.whole(self.ways(prices))
        before = np.array([whole.begin, *(layer.value for layer in self.forward(whole)[:-1])])
        after, best = self.ahead(whole)
        return replace(prices, arrive=prices.arrive + before - best, leave=prices.leave + after), best


def _stepped(value: Floats, way: Ways, legal: Bools | None) -> Layer:
    """One day further: the best arc to every bed, a rough one if `legal` is None."""
    beds = np.arange(len(value))
    moved = value[:, None] + way.moves
    origin = moved.argmax(axis=0)
    best, pattern = moved[origin, beds], np.full(len(beds), -1)
    if not len(way.own):
        return Layer(best, origin, pattern)
    arrived = value[:, None] + way.inward
    first = arrived.argmax(axis=0)
    through = (arrived[first, np.arange(len(way.own))] + way.own)[:, None] + way.outward
    played = through.argmax(axis=0)
    most, start = through[played, beds], first[played]
    if legal is not None:
        for bed in _unsure(way, legal, start, played, most > best):
            most[bed], start[bed], played[bed] = _searched(
                arrived, way, legal, int(bed), through[:, bed], best[bed]
            )
    better = most > best
    return Layer(
        np.where(better, most, best), np.where(better, start, origin), np.where(better, played, pattern)
    )


def _unsure(way: Ways, legal: Bools, start: Ints, played: Ints, better: Bools) -> Ints:
    """The beds whose best way over a block must be looked at more closely."""
    if way.clock is None:
        better = better & ~legal[start, played, np.arange(len(better))]
    return np.flatnonzero(better)


def _searched(
    arrived: Floats, way: Ways, legal: Bools, bed: int, most: Floats, floor: float
) -> tuple[float, int, int]:
    """The best legal way to one bed above a floor: value, origin and block; the most promising blocks first."""
    found = (NEVER, 0, 0)
    near = np.flatnonzero(most > floor)
    near = near[np.argsort(-most[near], kind="stable")]
    for begin in range(0, len(near), AT_ONCE):
        part = near[begin : begin + AT_ONCE]
        if most[part[0]] <= found[0]:
            break
        exact = np.where(
            legal[:, part, bed], arrived[:, part] + (way.own[part] + way.outward[part, bed]), NEVER
        )
        if way.clock is not None:
            exact = exact - way.clock[:, part, bed]
        origin, column = divmod(int(exact.argmax()), len(part))
        if exact[origin, column] > found[0]:
            found = float(exact[origin, column]), origin, int(part[column])
    return found
