"""Rows that every tour keeps and a fractional one may break, found when it does.

Clique: a late end and an early start of neighbouring days exclude each other. Entry: see entry.py. Trio: of the columns
that use two of any three candidates (or of two candidates and a day) only one can be chosen (subset-row inequality:
Jepsen, Petersen, Spoorendonk, Pisinger, Operations Research 56, 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .columns import Column
from .entry import VIOLATED, Entry, entered
from .tables import Bools, Floats, Ints, Tables

TRIOS = 40
"""At most so many rows of this kind are added at once."""


class Clique(NamedTuple):
    """Columns of `day` that end at `end` or later exclude columns of the next day that start before `start`."""

    day: int
    end: int
    start: int


class Trio(NamedTuple):
    """At most one column uses two or more of the members.

    Attributes:
        stops: two or three candidates.
        day: the third member if there are two candidates, else -1.
    """

    stops: tuple[int, ...]
    day: int


Cut = Clique | Entry | Trio


def coefficients(cut: Cut, legs: Ints, stops: Ints, columns: Sequence[Column]) -> Floats:
    """The columns' coefficients in a cut, whose upper side is `ceiling(cut)`.

    Args:
        legs: (n, L, 2) the columns' drives as places, padded with drives from a place to itself.
        stops: (n, K) the columns' candidates, padded.
    """
    if isinstance(cut, Clique):
        return np.array([float(_in_clique(cut, column)) for column in columns])
    if isinstance(cut, Trio):
        on_day = np.array([column.day == cut.day for column in columns])
        return np.asarray(uses_two(cut, stops, on_day), dtype=np.float64)
    days = np.array([column.day for column in columns], dtype=np.int64)
    plays = (stops == cut.target).any(axis=1) & cut.counted[days]
    return np.asarray(plays * 1.0 - entered(cut, legs, days), dtype=np.float64)


def ceiling(cut: Cut) -> float:
    """The greatest left-hand side."""
    return 0.0 if isinstance(cut, Entry) else 1.0


def uses_two(cut: Trio, stops: Ints, on_day: Bools | bool) -> Bools:
    """(n,) which of some columns use at least two members."""
    count = sum((stops == c).any(axis=1).astype(np.int64) for c in cut.stops)
    return np.asarray(count + on_day >= 2)


def _in_clique(cut: Clique, column: Column) -> bool:
    if column.day == cut.day:
        return column.has_duty and column.end >= cut.end
    return column.day == cut.day + 1 and column.has_duty and column.start + column.slide < cut.start


def broken_cliques(table: Tables, used: Sequence[tuple[Column, float]]) -> list[Cut]:
    """The clique broken most between each two neighbouring days.

    Args:
        used: columns with their positive values in the relaxation.
    """
    found: list[Cut] = []
    for day in range(table.days - 1):
        ends = [(c.end, x) for c, x in used if c.day == day and c.has_duty]
        starts = [(c.start + c.slide, x) for c, x in used if c.day == day + 1 and c.has_duty]
        worst, most = None, 1 + VIOLATED
        for end, _ in ends:
            start = end + table.limits[day].rest - table.night(day)
            total = sum(x for e, x in ends if e >= end) + sum(x for s, x in starts if s < start)
            if total > most:
                worst, most = Clique(day, end, start), total
        found += [worst] if worst else []
    return found


def broken_trios(table: Tables, used: Sequence[tuple[Column, float]], stops: Ints) -> list[Cut]:
    """The trios that the relaxation breaks most.

    Args:
        stops: (n, K) the used columns' candidates, padded with C.
    """
    count = len(table.value)
    plays = np.zeros((len(used), count + 1))
    np.put_along_axis(plays, stops, 1.0, axis=1)
    plays = plays[:, :count]
    weights = np.array([x for _, x in used])
    days = np.array([column.day for column, _ in used])
    pairs = (plays * weights[:, None]).T @ plays
    np.fill_diagonal(pairs, 0.0)
    found = [*_three_stops(plays, weights, pairs), *_two_stops(table, plays, weights, days, pairs)]
    return [cut for _, cut in sorted(found, key=lambda entry: -entry[0])[:TRIOS]]


def _three_stops(plays: Floats, weights: Floats, pairs: Floats) -> list[tuple[float, Trio]]:
    """(left-hand side, trio) of three candidates; only those that share columns pairwise can be broken."""
    found = []
    for a in range(len(pairs)):
        near = a + 1 + np.flatnonzero(pairs[a, a + 1 :] > VIOLATED)
        sums = pairs[a, near][:, None] + pairs[a, near] + pairs[np.ix_(near, near)]
        for i, j in zip(*np.nonzero(np.triu(sums > 1 + VIOLATED, 1)), strict=True):
            trio = Trio((a, int(near[i]), int(near[j])), -1)
            total = float(weights[plays[:, list(trio.stops)].sum(axis=1) >= 2].sum())
            if total > 1 + VIOLATED:
                found.append((total, trio))
    return found


def _two_stops(
    table: Tables, plays: Floats, weights: Floats, days: Ints, pairs: Floats
) -> list[tuple[float, Trio]]:
    """(left-hand side, trio) of two candidates and a day."""
    found = []
    for day in range(table.days):
        today = days == day
        share = (plays[today] * weights[today][:, None]).sum(axis=0)
        both = (plays[today] * weights[today][:, None]).T @ plays[today]
        near = np.flatnonzero(share > VIOLATED)
        sums = share[near][:, None] + share[near] + (pairs - 2 * both)[np.ix_(near, near)]
        for i, j in zip(*np.nonzero(np.triu(sums > 1 + VIOLATED, 1)), strict=True):
            found.append((float(sums[i, j]), Trio((int(near[i]), int(near[j])), day)))
    return found
