"""Fixed engagements that break rules: where to sleep so that they break least, and what that allows the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from .limits import DAY_MIN
from .plan import Breach, Plan, Stop
from .problem import Problem
from .rules import check
from .settle import Choice, Route, driven_km
from .tables import Block, Limits, Tables, tables

PER_BREACH = 1e12
PER_MINUTE = 1e7
"""What breaking a rule weighs in money, and each minute of it: more than any tour is worth."""


class _Step(NamedTuple):
    """The best way to one bed on one evening."""

    cost: float
    ready: int
    choices: Route


def mended(problem: Problem) -> tuple[Tables, Route, Plan]:
    """A route of the fixed engagements alone that breaks as little as possible.

    Returns:
        Tables whose limits give way exactly where and as far as this route breaks them; the route; its plan.
    """
    table = tables(problem)
    route = _least_breaking(table)
    plan = _plan(table, route)
    return _allowing(table, route, check(problem, plan)), route, plan


def _least_breaking(table: Tables) -> Route:
    """Day by day the cheapest way to each bed, breaches counted as very dear."""
    home = int(table.beds[0])
    beds = _useful_beds(table)
    steps = {home: _Step(0.0, -10 * DAY_MIN, ())}
    for day in range(table.days):
        reached: dict[int, _Step] = {}
        for bed, step in steps.items():
            for goal in beds:
                new = _stepped(table, day, step, Choice(bed, fixed_block(table, day), goal))
                if new is not None and (goal not in reached or new.cost < reached[goal].cost):
                    reached[goal] = new
        steps = reached
    return steps[home].choices


def _useful_beds(table: Tables) -> list[int]:
    """Home and the three beds nearest to each fixed engagement, as places."""
    near = {
        int(bed)
        for day, fixed in enumerate(table.fixed)
        for c in fixed
        for bed in table.beds[
            np.argsort(table.roads[day].drive[table.place[c], table.beds], kind="stable")[:3]
        ]
    }
    return sorted(near | {int(table.beds[0])})


def _stepped(table: Tables, day: int, step: _Step, choice: Choice) -> _Step | None:
    """One more day; None for a full house, and for a move that nothing forces on a day without work."""
    costs, limits = table.problem.costs, table.limits[day]
    if choice.goal in table.beds[list(limits.full)]:
        return None
    away = choice.goal != int(table.beds[0])
    cost = step.cost + (float(costs.per_night_away) + 1 if away else 0) + PER_BREACH * (away and limits.home)
    if not choice.has_duty:
        return _Step(cost, step.ready, (*step.choices, choice))
    if choice.block is None and not limits.moves:
        return None
    start, end, road = _times(table, day, step.ready, choice)
    overs = (
        limits.opens - start, end - limits.closes, end - start - limits.span, road - limits.drive,
        step.ready - table.midnights[day] - start,
    )  # fmt: skip
    cost += sum(PER_BREACH + PER_MINUTE * over for over in overs if over > 0) + driven_km(
        table, day, choice
    ) * float(costs.per_km)
    return _Step(cost, table.midnights[day] + end + limits.rest, (*step.choices, choice))


def _times(table: Tables, day: int, ready: int, choice: Choice) -> tuple[int, int, int]:
    """Start and end of the day's duty and its minutes on the road."""
    block, roads = choice.block, table.roads[day]
    if block is None:
        road, way = (int(ways[choice.origin, choice.goal]) for ways in (roads.drive, roads.move))
        start = max(table.limits[day].opens, ready - table.midnights[day])
        return start, start + way, road
    into, out = int(roads.into[choice.origin, block.stops[0]]), int(roads.out[block.stops[-1], choice.goal])
    road = int(roads.drive[choice.origin, block.first] + block.drive + roads.drive[block.last, choice.goal])
    return block.arrive - into, block.leave + out, road


def fixed_block(table: Tables, day: int) -> Block | None:
    """The fixed engagements of a day as one block, even if they overlap."""
    if not table.fixed[day]:
        return None
    stops = sorted(
        (c for c in table.fixed_start if c in table.fixed[day]), key=lambda c: _played_at(table, c)
    )
    wishes = [table.problem.candidates[c] for c in stops]
    starts = [table.fixed_start[c] for c in stops]
    places = [int(table.place[c]) for c in stops]
    arrive, ends = starts[0] - wishes[0].get_in_min, starts[-1] + wishes[-1].show_min + wishes[-1].get_out_min
    legs = list(zip(places, places[1:], strict=False))
    return Block(
        day, tuple(stops), tuple(starts), places[0], places[-1], arrive, arrive, ends,
        sum(int(table.roads[day].drive[leg]) for leg in legs), float(sum(table.roads[day].km[leg] for leg in legs)),
        float(sum(table.reward[c, day] for c in stops)),
    )  # fmt: skip


def _played_at(table: Tables, c: int) -> tuple[int, int, int]:
    """The start of a fixed engagement; of those that start together one that takes no time goes before the others."""
    wish, start = table.problem.candidates[c], table.fixed_start[c]
    return start, wish.show_min + wish.get_out_min, -wish.get_in_min


def fixed_stops(table: Tables, route: Route) -> tuple[Stop, ...]:
    """What a route of fixed engagements plays, in its order."""
    played = ((day, c) for day, choice in enumerate(route) if choice.block for c in choice.block.stops)
    return tuple(Stop(day, table.fixed_start[c], table.problem.candidates[c].id) for day, c in played)


def _plan(table: Tables, route: Route) -> Plan:
    """The route's plan; days that only drive leave as soon as they may."""
    ids = [place.id for place in table.problem.places]
    departures: dict[int, int] = {}
    ready = -10 * DAY_MIN
    for day, choice in enumerate(route):
        if choice.has_duty:
            start, end, road = _times(table, day, ready, choice)
            if choice.block is None:
                departures[day] = start
            ready = table.midnights[day] + end + table.limits[day].rest
    return Plan(fixed_stops(table, route), tuple(ids[choice.goal] for choice in route), departures)


def _allowing(table: Tables, route: Route, breaches: Sequence[Breach]) -> Tables:
    """The tables with limits that the route keeps; a week without its rest takes no further duty."""
    weeks = {table.week_of[b.day] for b in breaches if b.rule == "rest_week" and b.day is not None}
    closed = {day for day, week in enumerate(table.week_of) if week in weeks}
    duties = [day for day, choice in enumerate(route) if choice.has_duty]
    limits = list(table.limits)
    ready, before = -10 * DAY_MIN, -1
    for day in duties:
        start, end, road = _times(table, day, ready, route[day])
        if before >= 0:
            short = ready - table.midnights[day] - start
            limits[before] = replace(limits[before], rest=limits[before].rest - max(0, short))
        limits[day] = _widened(table, day, route[day], start, end, road)
        ready, before = table.midnights[day] + end + limits[day].rest, day
    for day in sorted(closed - set(duties)):
        limits[day] = replace(limits[day], moves=False)
    return replace(
        table,
        limits=tuple(
            replace(limit, home=limit.home and choice.goal == int(table.beds[0]))
            for limit, choice in zip(limits, route, strict=True)
        ),
        week_of=tuple(-1 if day in closed else week for day, week in enumerate(table.week_of)),
        openings=tuple(
            {c: o for c, o in openings.items() if day not in closed or c in table.fixed[day]}
            for day, openings in enumerate(table.openings)
        ),
        forced=tuple(
            fixed_block(table, day) if _overlaps(breaches, day) else None for day in range(table.days)
        ),
    )


def _overlaps(breaches: Sequence[Breach], day: int) -> bool:
    return any(breach.rule in ("overlap", "break") and breach.day == day for breach in breaches)


def _widened(table: Tables, day: int, choice: Choice, start: int, end: int, road: int) -> Limits:
    """The limits of a day, wide enough for its own fixed engagements."""
    limits = table.limits[day]
    played = sum(table.problem.candidates[c].performances for c in choice.block.stops) if choice.block else 0
    return replace(
        limits,
        opens=min(limits.opens, start),
        closes=max(limits.closes, end),
        span=max(limits.span, end - start),
        drive=max(limits.drive, road),
        performances=max(limits.performances, played),
        plays=limits.plays or choice.block is not None,
    )
