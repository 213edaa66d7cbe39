"""Pricing: the day columns that could still improve the relaxation, found by looking at every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .columns import Column
from .cuts import Clique, Cut, Trio, uses_two
from .patterns import DayPatterns
from .tables import Bools, Floats, Ints, Tables

CLOCK = 3 * 1440
"""Length of the price arrays over clock times, which begin a day before midnight of the day."""
SHIFT = 1440

CHUNK = 48
"""So many blocks are priced between all beds at once."""


@dataclass(frozen=True)
class Prices:
    """Dual values of the rows, laid out for pricing.

    Attributes:
        arrive, leave: (D, B) what starting or ending the day in a bed adds; -inf where it may not.
        stops: (C + 1,) what playing a candidate takes.
        areas: (U + 1,) what reaching a municipality adds.
        duty: (D,) what a day with duty takes.
        plays: (D, C + 1) what playing a candidate takes besides, by day.
        roads: (D, N, N) what a drive between two places adds.
        trios: rows that count columns with two of their members, and what they take.
        late, early: (D, CLOCK) what an earliest end, or a latest start, at each minute takes.
    """

    arrive: Floats
    leave: Floats
    stops: Floats
    areas: Floats
    duty: Floats
    plays: Floats
    roads: Floats
    trios: list[tuple[Trio, float]]
    late: Floats
    early: Floats


def priced(
    table: Tables, patterns: DayPatterns, day: int, prices: Prices, floor: float, every: bool
) -> Iterator[Column]:
    """The columns of one day whose reduced cost is above `floor`.

    Args:
        every: all of them; else the best one of each block, and every day without stops.
    """
    yield from _moves(table, day, prices, floor)
    yield from _plays(table, patterns, day, prices, floor, every)


class Moves(NamedTuple):
    """(B, B) days without stops, stays on the diagonal: value, earliest end, latest start, whether they are legal."""

    value: Floats
    end: Ints
    start: Ints
    legal: Bools


def moves(table: Tables, day: int) -> Moves:
    """The ways to spend a day without stops."""
    limits, costs, stays = table.limits[day], table.problem.costs, np.eye(len(table.beds), dtype=np.bool_)
    between = np.ix_(table.beds, table.beds)
    road, way = table.roads[day].drive[between], table.roads[day].move[between]
    value = -table.roads[day].km[between] * float(costs.per_km)
    value = np.where(stays, 0.0, value) - np.where(
        np.arange(len(table.beds)) == 0, 0.0, float(costs.per_night_away)
    )
    end, start = limits.opens + way, limits.closes - way
    legal = (limits.opens <= start) & (road <= limits.drive) & (way <= limits.span) & limits.moves
    legal = (legal | stays) & limits.goals(len(table.beds)) & (not table.fixed[day])
    return Moves(value, end, start, legal)


def moves_priced(found: Moves, table: Tables, day: int, prices: Prices) -> Floats:
    """(B, B) reduced cost of the days without stops, -inf where they are not legal."""
    price = found.value + prices.arrive[day][:, None] + prices.leave[day]
    duty = prices.roads[day][np.ix_(table.beds, table.beds)] - prices.duty[day]
    duty = duty - prices.late[day, _minute(found.end)] - prices.early[day, _minute(found.start)]
    price += np.where(np.eye(len(price), dtype=np.bool_), 0.0, duty)
    return np.where(found.legal, price, -np.inf)


def _moves(table: Tables, day: int, prices: Prices, floor: float) -> Iterator[Column]:
    """The days without stops: every stay, and the moves priced above the floor."""
    found = moves(table, day)
    price, opens = moves_priced(found, table, day, prices), table.limits[day].opens
    for a, b in zip(*np.nonzero(price > floor), strict=True):
        times = (0, 0, 0) if a == b else (opens, int(found.end[a, b]), int(found.start[a, b]) - opens)
        yield Column(day, int(a), -1, int(b), float(found.value[a, b]), *times, float(price[a, b]))


def _plays(
    table: Tables, patterns: DayPatterns, day: int, prices: Prices, floor: float, every: bool
) -> Iterator[Column]:
    """Columns in falling order of what their block could at best be priced at."""
    own, inward, outward = parts(table, patterns, day, prices)
    most = own + inward.max(axis=0) + outward.max(axis=1) if len(patterns) else own
    order = np.argsort(-most, kind="stable")
    for begin in range(0, len(order), CHUNK):
        chunk = order[begin : begin + CHUNK]
        if most[chunk[0]] <= floor:
            return
        ways = own[chunk][:, None] + outward[chunk], inward[:, chunk]
        yield from _between_beds(table, patterns, day, prices, chunk, ways, floor, every)


def parts(table: Tables, patterns: DayPatterns, day: int, prices: Prices) -> tuple[Floats, Floats, Floats]:
    """Reduced cost without cliques: (P,) of the blocks, (B, P) of the ways there, (P, B) of the ways to bed."""
    roads, stops = prices.roads[day], prices.stops + prices.plays[day]
    own = patterns.reward - stops[patterns.stops].sum(axis=1) + prices.areas[patterns.areas].sum(axis=1)
    own = own - prices.duty[day] + roads[patterns.places[:, :-1], patterns.places[:, 1:]].sum(axis=1)
    for trio, price in prices.trios:
        own[uses_two(trio, patterns.stops, trio.day == day)] -= price
    inward = prices.arrive[day][:, None] - patterns.cost_in + roads[table.beds][:, patterns.places[:, 0]]
    outward = prices.leave[day] - patterns.cost_out + roads[patterns.places[:, -1]][:, table.beds]
    return own, inward, outward


def _between_beds(
    table: Tables,
    patterns: DayPatterns,
    day: int,
    prices: Prices,
    chunk: Ints,
    ways: tuple[Floats, Floats],
    floor: float,
    every: bool,
) -> Iterator[Column]:
    """The columns of some blocks between all beds: every one above the floor, or the best of each block."""
    part = patterns.taken(chunk)
    arrive, latest, legal = part.timings(table.limits[day])
    value = part.reward[:, None] - part.cost_in[:, :, None] - part.cost_out
    end = arrive[:, :, None] + part.length[:, None] + part.drive_out
    start = latest - part.drive_in[:, :, None]
    price = ways[1][:, :, None] + ways[0]
    price -= prices.late[day, _minute(end)] + prices.early[day, _minute(start)]
    price[~legal] = -np.inf
    for a, p, b in _picked(price, floor, every):
        begin = int(arrive[a, p] - part.drive_in[a, p])
        yield Column(
            day, int(a), int(chunk[p]), int(b), float(value[a, p, b]), begin, int(end[a, p, b]),
            int(start[a, p, b]) - begin, float(price[a, p, b]),
        )  # fmt: skip


def clocked(table: Tables, patterns: DayPatterns, day: int, prices: Prices) -> Floats | None:
    """(B, P, B) what the cliques take, None if they take nothing on the day."""
    if not (len(patterns) and (prices.late[day].any() or prices.early[day].any())):
        return None
    arrive, latest, _ = patterns.timings(table.limits[day])
    end = arrive[:, :, None] + patterns.length[:, None] + patterns.drive_out
    start = latest - patterns.drive_in[:, :, None]
    return np.asarray(prices.late[day, _minute(end)] + prices.early[day, _minute(start)])


def _picked(price: Floats, floor: float, every: bool) -> Iterator[tuple[int, int, int]]:
    if every:
        yield from zip(*np.nonzero(price > floor), strict=True)
        return
    by_block = price.transpose(1, 0, 2).reshape(price.shape[1], -1)
    for p, flat in enumerate(by_block.argmax(axis=1)):
        if by_block[p, flat] > floor:
            a, b = divmod(int(flat), price.shape[2])
            yield a, p, b


def _minute(times: Ints | int) -> Ints:
    """Where clock times stand in the price arrays."""
    return np.asarray(np.clip(np.asarray(times) + SHIFT, 0, CLOCK - 1), dtype=np.int64)


def charge(table: Tables, cut: Cut, price: float, prices: Prices) -> None:
    """Adds a cut's dual value to the prices of what it counts."""
    if isinstance(cut, Clique):
        prices.late[cut.day, cut.end + SHIFT :] += price
        prices.early[cut.day + 1, : cut.start + SHIFT] += price
        return
    if isinstance(cut, Trio):
        prices.trios.append((cut, price))
        return
    if not cut.area:
        prices.plays[cut.counted, cut.target] += price
    for day in np.flatnonzero(cut.inside.any(axis=1)):
        prices.roads[day][np.ix_(~cut.inside[day], cut.inside[day])] += price
        prices.arrive[day, (cut.inside[day] & ~cut.inside[day - 1])[table.beds]] += price
