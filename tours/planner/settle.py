"""Exact clock times for a route: what is played each day and where every night is slept, nothing yet about minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from typing import NamedTuple, Protocol

import numpy as np

from .patterns import DayPatterns
from .plan import Plan, Stop, in_order
from .tables import UNLIMITED, Block, Bools, Ints, Tables

SHOW_DEPARTURE_MIN = 8 * 60
TRAVEL_DEPARTURE_MIN = 10 * 60
"""Where rest allows, a day with a show leaves no earlier than 08:00 and one that only drives no earlier than 10:00
(Norwegian touring agreement, Spekter 5.2.3); a preference, never a rule."""


class Choice(NamedTuple):
    """One day of a route: from a bed over a block (None: nothing played) to a bed, as places."""

    origin: int
    block: Block | None
    goal: int

    @property
    def has_duty(self) -> bool:
        """Whether the party plays or moves."""
        return self.block is not None or self.origin != self.goal


Route = tuple[Choice, ...]


class Duty(NamedTuple):
    """One day's duty: it starts between `low` and `high`, real minutes from the start of day 0, and lasts `length`."""

    day: int
    low: int
    high: int
    length: int
    preferred: int


class Evening(Protocol):
    """Where partial tours sleep, and how they came there: one row each."""

    @property
    def bed(self) -> Ints: ...
    @property
    def parent(self) -> Ints: ...
    @property
    def pattern(self) -> Ints: ...


def route_of(
    table: Tables, patterns: Sequence[DayPatterns], evenings: Sequence[Evening], days: range, row: int
) -> Route:
    """The choices that led to one row of the last evening; one evening more than days."""
    choices = []
    for day, before, after in reversed(list(zip(days, evenings, evenings[1:], strict=False))):
        pattern = int(after.pattern[row])
        block = patterns[day].blocks[pattern] if pattern >= 0 else None
        parent = int(after.parent[row])
        choices.append(Choice(int(table.beds[before.bed[parent]]), block, int(table.beds[after.bed[row]])))
        row = parent
    return tuple(reversed(choices))


def settle(table: Tables, route: Route) -> Plan | None:
    """The plan of a route with clock times that keep every rule of time, None if there are none.

    Of the legal times those are taken that leave no earlier than they need to: see SHOW_DEPARTURE_MIN.
    """
    starts = duty_starts(table, route)
    if starts is None:
        return None
    ids = [place.id for place in table.problem.places]
    stops = [stop for day, start in starts.items() for stop in _stops(table, route[day], day, start)]
    departures = {day: start for day, start in starts.items() if route[day].block is None}
    return Plan(in_order(stops), tuple(ids[choice.goal] for choice in route), departures)


def worth(table: Tables, route: Route) -> float:
    """The objective of a route; equals `evaluate` of its plan."""
    return table.base + worth_of(table, route, frozenset(), 0)


def worth_of(table: Tables, choices: Sequence[Choice], reached: Set[int], first: int) -> float:
    """What some days of a route, from day number `first` on, earn if these municipalities are reached on others."""
    costs = table.problem.costs
    total, areas = 0.0, set[int]()
    for day, choice in enumerate(choices, start=first):
        if choice.block is not None:
            total += choice.block.reward
            areas.update(int(table.area[c]) for c in choice.block.stops)
        total -= (
            driven_km(table, day, choice) * costs.per_km
            + (choice.goal != table.beds[0]) * costs.per_night_away
        )
    return float(total + costs.municipality_bonus * len(areas - reached - {-1}))


def driven_km(table: Tables, day: int, choice: Choice) -> float:
    """The kilometres of a day of a route."""
    km, (origin, block, goal) = table.roads[day].km, choice
    if block is None:
        return float(km[origin, goal])
    return float(km[origin, block.first] + block.km + km[block.last, goal])


def duty_starts(table: Tables, route: Route) -> dict[int, int] | None:
    """Start of duty by day, minutes of that day, None if no times keep the rules."""
    duties = []
    for day, choice in enumerate(route):
        if not _may_sleep(table, day, choice.goal):
            return None
        if choice.has_duty:
            duty = day_duty(table, day, choice)
            if duty is None:
                return None
            duties.append(duty)
    rests = [table.limits[duty.day].rest for duty in duties[:-1]]
    settled = next(_rested(table, duties, [0, *rests, 0][: len(duties) + 1], _weeks(table)), None)
    if settled is None:
        return None
    required, earliest = settled
    return {
        d.day: start - table.midnights[d.day]
        for d, start in zip(duties, _relaxed(table, duties, required, earliest), strict=True)
    }


def _may_sleep(table: Tables, day: int, place: int) -> bool:
    """Whether the night after a day may be spent in a place with beds."""
    limits = table.limits[day]
    return bool(place == table.beds[0] or not (limits.home or place in table.beds[list(limits.full)]))


def day_duty(table: Tables, day: int, choice: Choice) -> Duty | None:
    """When the duty of one day may start, looking at that day alone; None if the day is not legal."""
    block, limits, roads = choice.block, table.limits[day], table.roads[day]
    if not (limits.moves if block is None else limits.plays):
        return None
    if block is None:
        road, length = (int(ways[choice.origin, choice.goal]) for ways in (roads.drive, roads.move))
        low, high = limits.opens, UNLIMITED
    else:
        into = int(roads.into[choice.origin, block.stops[0]])
        out = int(roads.out[block.stops[-1], choice.goal])
        road = int(
            roads.drive[choice.origin, block.first] + block.drive + roads.drive[block.last, choice.goal]
        )
        low, high, length = block.arrive - into, block.arrive_latest - into, into + block.length + out
    low, high = max(low, limits.opens), min(high, limits.closes - length)
    if low > high or road > limits.drive or length > limits.span:
        return None
    preferred = TRAVEL_DEPARTURE_MIN if block is None else SHOW_DEPARTURE_MIN
    base = table.midnights[day]
    return Duty(day, base + low, base + high, length, base + preferred)


def _weeks(table: Tables) -> list[list[int]]:
    """The days of every week that needs a rest."""
    count = max(table.week_of, default=-1) + 1
    return [[day for day, week in enumerate(table.week_of) if week == k] for k in range(count)]


def _rested(
    table: Tables, duties: Sequence[Duty], required: list[int], weeks: list[list[int]]
) -> Iterator[tuple[list[int], list[int]]]:
    """Requirements on every gap that give each week its rest, with the earliest starts that meet them.

    Gap g lies before duty g, the last one after all duties; `required[g]` is its least length.
    """
    starts = _earliest(duties, required)
    if starts is None:
        return
    if required[-1] and required[-1] > table.midnights[-1] - _end(duties, starts, len(duties)):
        return
    if not weeks:
        yield required, starts
        return
    gaps = {_gap_of(duties, day) for day in weeks[0]} - {None}
    for gap in sorted(gap for gap in gaps if gap is not None):
        stretched = [*required]
        stretched[gap] = max(required[gap], table.rest_week)
        yield from _rested(table, duties, stretched, weeks[1:])


def _gap_of(duties: Sequence[Duty], day: int) -> int | None:
    """The gap that a duty-free day lies in, None for a day with duty."""
    if any(duty.day == day for duty in duties):
        return None
    return sum(duty.day < day for duty in duties)


def _end(duties: Sequence[Duty], starts: Sequence[int], gap: int) -> int:
    """When the duty before a gap ends; the start of the window before the first one."""
    return starts[gap - 1] + duties[gap - 1].length if gap else 0


def _earliest(duties: Sequence[Duty], required: Sequence[int]) -> list[int] | None:
    """The earliest start of each duty that keeps the gaps before it, None if one would start too late."""
    starts: list[int] = []
    for gap, duty in enumerate(duties):
        start = max(duty.low, _end(duties, starts, gap) + required[gap]) if gap or required[gap] else duty.low
        if start > duty.high:
            return None
        starts.append(start)
    return starts


def _relaxed(
    table: Tables, duties: Sequence[Duty], required: Sequence[int], earliest: Sequence[int]
) -> list[int]:
    """Starts moved later towards each duty's preferred one, as far as the gaps after it allow."""
    starts = [0] * len(duties)
    following = table.midnights[-1] if required[-1] else UNLIMITED
    for i in reversed(range(len(duties))):
        duty = duties[i]
        latest = min(duty.high, following - required[i + 1] - duty.length)
        starts[i] = min(max(earliest[i], duty.preferred), latest)
        following = starts[i]
    return starts


def _stops(table: Tables, choice: Choice, day: int, start: int) -> Iterator[Stop]:
    """The stops of one day, each as early as its window and the road allow."""
    block = choice.block
    if block is None:
        return
    roads, minute, before = table.roads[day], start, -1
    for c, earliest in zip(block.stops, block.earliest, strict=True):
        wish = table.problem.candidates[c]
        minute += (
            int(roads.into[choice.origin, c] if before < 0 else roads.between[before, c]) + wish.get_in_min
        )
        minute = table.fixed_start.get(c, max(minute, earliest))
        yield Stop(day, minute, wish.id)
        minute += wish.show_min + wish.get_out_min
        before = c


def barred_by(table: Tables, route: Route, opened: Collection[int]) -> Bools:
    """(C + 1,) candidates that are played on days that are not opened, or are of one group with such a one."""
    barred = np.zeros(len(table.value) + 1, dtype=np.bool_)
    for day, choice in enumerate(route):
        if choice.block is not None and day not in opened:
            for c in choice.block.stops:
                barred[[c, *table.conflicts[c]]] = True
    return barred
