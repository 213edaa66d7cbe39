"""Day patterns: every ordered sequence of stops that fits one day, with its exact range of timings.

A sequence that the party reaches at minute A (get-in of the first stop begins) is packed up at max(c, A + g), where g
is its shortest length and c comes from the windows. Earlier arrivals than A = c - g only add waiting, so a sequence has
one free number: how far it slides from `arrive` towards `arrive_latest`, carrying its end with it. Nothing is rounded
to a grid of start times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice, takewhile
from typing import NamedTuple

import numpy as np

from .tables import Block, Bools, Floats, Ints, Limits, Tables

TIMED = 200
"""So many choices of windows are followed at most for stops in a given order."""


class _Head(NamedTuple):
    """A sequence that can still grow: packed at max(floor, A + length) for A in [low, high]."""

    stops: tuple[int, ...]
    earliest: tuple[int, ...]
    low: int
    high: int
    floor: int
    length: int
    drive: int
    km: float
    performances: int


def blocks(table: Tables, day: int, longest: int, limit: int) -> list[Block]:
    """Every sequence of at most `longest` stops that fits the day between some two beds, at most `limit` of them.

    On a day with fixed engagements each sequence holds all of them. Shorter sequences come first.
    """
    forced, must = table.forced[day], table.fixed[day]
    if forced is not None:
        return [forced]
    heads = (head for head in _grown(table, day, longest, limit) if must.issubset(head.stops))
    return [_finished(table, day, head) for head in islice(heads, limit)]


def _grown(table: Tables, day: int, longest: int, limit: int) -> Iterator[_Head]:
    """The growing sequences, by length, at most `limit` of each length."""
    level = list(_begun(table, day))
    while level:
        yield from level
        if len(level[0].stops) == longest:
            return
        level = list(islice((longer for head in level for longer in _extended(table, day, head)), limit))


def promising(table: Tables, day: int, worth: Floats, most: int, stop: Callable[[], bool]) -> list[Block]:
    """The sequences of a day that bring most, less their own roads: at most so many of each length.

    Of those that play the same between the same ends only the shortest on the road is looked at.

    Args:
        worth: (C,) what playing each candidate brings.
        stop: asked before each sequence is made longer, which may take 20 ms; what is found by then stands.
    """
    level, found = list(_begun(table, day)), list[_Head]()
    while level:
        level = _most_promising(table, level, worth, most)
        found += [head for head in level if table.fixed[day].issubset(head.stops)]
        going_on = takewhile(lambda _: not stop(), level)
        level = [longer for head in going_on for longer in _extended(table, day, head)]
    return [_finished(table, day, head) for head in found]


def _most_promising(table: Tables, level: list[_Head], worth: Floats, most: int) -> list[_Head]:
    shortest: dict[tuple[frozenset[int], int, int], _Head] = {}
    for head in level:
        ends = int(table.place[head.stops[0]]), int(table.place[head.stops[-1]])
        known = shortest.setdefault((frozenset(head.stops), *ends), head)
        if (head.km, head.floor) < (known.km, known.floor):
            shortest[frozenset(head.stops), *ends] = head
    costs = float(table.problem.costs.per_km)
    return nlargest(
        most, shortest.values(), key=lambda head: float(worth[list(head.stops)].sum()) - head.km * costs
    )


def timed(table: Tables, day: int, stops: Sequence[int]) -> list[Block]:
    """The blocks that play exactly these stops in this order, one for each choice of windows; of many the earliest."""
    heads = [head for head in _begun(table, day) if head.stops[0] == stops[0]]
    for c in stops[1:]:
        openings = table.openings[day].get(c, ())
        longer = [_followed(table, day, head, c, *opening) for head in heads for opening in openings]
        heads = sorted((head for head in longer if _fits(table, day, head)), key=lambda head: head.floor)[
            :TIMED
        ]
    return [_finished(table, day, head) for head in heads]


def _begun(table: Tables, day: int) -> Iterator[_Head]:
    if not table.limits[day].plays:
        return
    opens, into = table.limits[day].opens, table.roads[day].into[table.beds].min(axis=0)
    for c, openings in table.openings[day].items():
        wish = table.problem.candidates[c]
        length = wish.get_in_min + wish.show_min + wish.get_out_min
        for earliest, latest in openings:
            low = max(earliest - wish.get_in_min, opens + int(into[c]))
            head = _Head(
                (c,),
                (earliest,),
                low,
                latest - wish.get_in_min,
                low + length,
                length,
                0,
                0.0,
                wish.performances,
            )
            if _fits(table, day, head):
                yield head


def _extended(table: Tables, day: int, head: _Head) -> Iterator[_Head]:
    barred = (
        table.conflicts[head.stops[-1]].union(*(table.conflicts[c] for c in head.stops)) - table.fixed[day]
    )
    for c, openings in table.openings[day].items():
        if c in head.stops or c in barred:
            continue
        for earliest, latest in openings:
            longer = _followed(table, day, head, c, earliest, latest)
            if _fits(table, day, longer):
                yield longer


def _followed(table: Tables, day: int, head: _Head, c: int, earliest: int, latest: int) -> _Head:
    """The sequence with candidate `c` after it, starting between `earliest` and `latest`."""
    wish = table.problem.candidates[c]
    origin, goal = table.place[head.stops[-1]], table.place[c]
    road, way = int(table.roads[day].drive[origin, goal]), int(table.roads[day].between[head.stops[-1], c])
    on_site = wish.show_min + wish.get_out_min
    packed_by = latest - wish.get_in_min - way
    added = way + wish.get_in_min + on_site
    return _Head(
        stops=(*head.stops, c),
        earliest=(*head.earliest, earliest),
        low=head.low,
        high=min(head.high, packed_by - head.length) if head.floor <= packed_by else head.low - 1,
        floor=max(earliest + on_site, head.floor + added),
        length=head.length + added,
        drive=head.drive + road,
        km=head.km + float(table.roads[day].km[origin, goal]),
        performances=head.performances + wish.performances,
    )


def _fits(table: Tables, day: int, head: _Head) -> bool:
    """Whether the sequence can be part of a legal day; later stops and drives only make it longer."""
    wait = max(0, head.floor - (head.high + head.length))
    limits = table.limits[day]
    return (
        head.low <= head.high
        and head.performances <= limits.performances
        and head.drive <= limits.drive
        and head.length + wait <= limits.span
        and head.floor <= limits.closes
    )


def _finished(table: Tables, day: int, head: _Head) -> Block:
    arrive = min(head.high, head.floor - head.length)
    return Block(
        day=day,
        stops=head.stops,
        earliest=head.earliest,
        first=int(table.place[head.stops[0]]),
        last=int(table.place[head.stops[-1]]),
        arrive=arrive,
        arrive_latest=head.high,
        leave=head.floor,
        drive=head.drive,
        km=head.km,
        reward=float(sum(table.reward[c, day] for c in head.stops)),
    )


@dataclass(frozen=True)
class DayPatterns:
    """The blocks of one day as arrays over P blocks, K stops at most and B beds.

    Attributes:
        stops: (P, K) candidate numbers, padded with C.
        places: (P, K) place numbers, padded with the last one.
        areas: (P, K) municipality numbers, each once per block, padded with the number of municipalities.
        drive_in, drive_out: (B, P) minutes from a bed to the first stop; (P, B) from the last stop to a bed.
        breaks_in, breaks_out: how many of these minutes are breaks.
        cost_in, cost_out: the same ways in money; cost_out holds the cost of the night too.
        reward: (P,) reward less the cost of the road between the stops.
    """

    blocks: list[Block]
    stops: Ints
    places: Ints
    areas: Ints
    arrive: Ints
    arrive_latest: Ints
    length: Ints
    drive: Ints
    drive_in: Ints
    drive_out: Ints
    breaks_in: Ints
    breaks_out: Ints
    cost_in: Floats
    cost_out: Floats
    reward: Floats

    def __len__(self) -> int:
        return len(self.blocks)

    def taken(self, rows: Ints) -> DayPatterns:
        """Some of the blocks."""
        return DayPatterns(
            [self.blocks[row] for row in rows], self.stops[rows], self.places[rows], self.areas[rows],
            self.arrive[rows], self.arrive_latest[rows], self.length[rows], self.drive[rows], self.drive_in[:, rows],
            self.drive_out[rows], self.breaks_in[:, rows], self.breaks_out[rows], self.cost_in[:, rows],
            self.cost_out[rows], self.reward[rows],
        )  # fmt: skip

    def timings(self, limits: Limits) -> tuple[Ints, Ints, Bools]:
        """How the blocks are timed between beds by the rules of one day.

        Returns:
            (B, P) minute when get-in of the first stop begins for the earliest end; (P, B) the latest such minute;
            (B, P, B) whether the block can be played between these beds at all.
        """
        low = np.maximum(self.arrive, limits.opens + self.drive_in)
        high = np.minimum(self.arrive_latest[:, None], limits.closes - self.length[:, None] - self.drive_out)
        way = self.drive_in[:, :, None] + self.drive_out[None]
        road = way - self.breaks_in[:, :, None] - self.breaks_out
        legal: Bools = low[:, :, None] <= high[None]
        legal &= (road + self.drive[:, None] <= limits.drive) & (way + self.length[:, None] <= limits.span)
        legal &= limits.goals(self.drive_out.shape[1])
        return low, high, legal


def day_patterns(table: Tables, found: list[Block]) -> DayPatterns:
    """The arrays of some blocks of one day."""
    costs = table.problem.costs
    count, wide = len(table.value), max((len(block.stops) for block in found), default=1)
    roads = table.roads[found[0].day if found else 0]
    first = np.array([block.first for block in found], dtype=np.int64)
    last = np.array([block.last for block in found], dtype=np.int64)
    opening = np.array([block.stops[0] for block in found], dtype=np.int64)
    closing = np.array([block.stops[-1] for block in found], dtype=np.int64)
    drive_in, drive_out = roads.into[np.ix_(table.beds, opening)], roads.out[np.ix_(closing, table.beds)]
    night = np.where(table.beds == table.beds[0], 0.0, float(costs.per_night_away))
    road = np.array([block.km for block in found], dtype=np.float64) * float(costs.per_km)
    return DayPatterns(
        blocks=found,
        stops=_padded([block.stops for block in found], wide, count),
        places=_padded([_places(table, block, wide) for block in found], wide, 0),
        areas=_padded([_areas(table, block) for block in found], wide, table.areas),
        arrive=np.array([block.arrive for block in found], dtype=np.int64),
        arrive_latest=np.array([block.arrive_latest for block in found], dtype=np.int64),
        length=np.array([block.length for block in found], dtype=np.int64),
        drive=np.array([block.drive for block in found], dtype=np.int64),
        drive_in=drive_in,
        drive_out=drive_out,
        breaks_in=drive_in - roads.drive[np.ix_(table.beds, first)],
        breaks_out=drive_out - roads.drive[np.ix_(last, table.beds)],
        cost_in=roads.km[np.ix_(table.beds, first)] * float(costs.per_km),
        cost_out=roads.km[np.ix_(last, table.beds)] * float(costs.per_km) + night,
        reward=np.array([block.reward for block in found], dtype=np.float64) - road,
    )


def _places(table: Tables, block: Block, width: int) -> tuple[int, ...]:
    places = tuple(int(table.place[c]) for c in block.stops)
    return places + places[-1:] * (width - len(places))


def _areas(table: Tables, block: Block) -> tuple[int, ...]:
    return tuple(sorted({int(table.area[c]) for c in block.stops} - {-1}))


def _padded(rows: list[tuple[int, ...]], width: int, filler: int) -> Ints:
    array = np.full((len(rows), width), filler, dtype=np.int64)
    for i, row in enumerate(rows):
        array[i, : len(row)] = row
    return array
