"""Stops that a person has set: where to sleep and when to drive so that they break least, and what they then break.

The stops are played exactly as they are given. What is left to choose is every night's bed, and on which days the
party only drives: a walk over the beds day by day. A stop's times are given, so a day with stops ends at the same
minute whichever way it began; only the weekly rest must be remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from .errors import PlanError
from .limits import DAY_MIN
from .mend import PER_BREACH, PER_MINUTE, fixed_block, fixed_stops
from .plan import Plan, Stop, fixed_at, in_order
from .problem import Problem
from .rules import check
from .settle import Choice, Route, settle
from .tables import Block, Bools, Floats, Ints, Tables, tables
from .worth import account

NOT_HOME = 5 * PER_BREACH
"""A night that must be at home and is not weighs as much as five breaches: people get home, if somewhat late."""

RESTED, FREE, OWED, SOONER = 1, 2, 4, 8
STATES = 16
"""What a way to a bed remembers, as bits: this week has had its rest; a day of this week has been free since the last
duty; the week before hangs on that same gap; it is not the cheapest way, but its last duty ended sooner."""

NEVER = 10**9
"""Minutes that no tour reaches."""
STANDING = 1e15
"""Kilometres that stand for a drive from a bed to itself, which is none; no tour is that long."""


class _Ways(NamedTuple):
    """Ways to spend the tour until an evening, by what they remember and where they end: (STATES, B).

    Attributes:
        cost: money, with breaches counted as very dear; infinite where there is no way.
        end: when the last duty ended, minutes from the start of day 0.
        state, bed: of the evening before.
        start: when the day's duty began, minutes of that day.
    """

    cost: Floats
    end: Ints
    state: Ints
    bed: Ints
    start: Ints


def arranged(problem: Problem, stops: Iterable[Stop]) -> Plan:
    """The plan that plays exactly these stops; its nights and drives break as little, then cost as little, as can be.

    Any stops are taken: what they break stands in the plan's breaches. Where breaches cannot be avoided the fewest
    are chosen, then the fewest minutes; a week without its rest counts as one breach, whatever it lacks.

    Raises:
        PlanError: a stop names a candidate or day that the problem does not have, or a candidate twice.
    """
    table = tables(_pinned(problem, in_order(stops)))
    route, departures = _walked(table)
    plan = settle(table, route) or _as_walked(table, route, departures)
    return replace(plan, objective=account(problem, plan).objective, breaches=tuple(check(problem, plan)))


def moved(problem: Problem, plan: Plan, stop: Stop) -> Plan:
    """The plan with one stop set there, whether it was played elsewhere or not at all.

    What is known of the problem stays: the bound, and why the others are left out.

    Raises:
        PlanError: the stop names a candidate or day that the problem does not have.
    """
    others = [other for other in plan.stops if other.candidate != stop.candidate]
    new = arranged(problem, [*others, stop])
    left_out = tuple(entry for entry in plan.unplaced if entry.candidate != stop.candidate)
    bound = plan.bound if plan.bound is not None and plan.bound >= new.objective else None
    gap = None if bound is None else round((bound - new.objective) / max(1.0, abs(new.objective)), 6)
    return replace(new, bound=bound, gap=gap, proven=gap == 0 and not new.breaches, unplaced=left_out)


def _pinned(problem: Problem, stops: Sequence[Stop]) -> Problem:
    """The problem with nothing in it but these stops, each fixed at its time."""
    played = {stop.candidate: stop for stop in stops}
    known = {candidate.id for candidate in problem.candidates}
    for i, stop in enumerate(stops):
        if stop.candidate not in known:
            raise PlanError(f"stops[{i}].candidate", f"{stop.candidate!r} is not a candidate of the problem")
        if played[stop.candidate] is not stop:
            raise PlanError(f"stops[{i}].candidate", f"{stop.candidate!r} is played twice")
        if not 0 <= stop.day < len(problem.days):
            raise PlanError(f"stops[{i}].day", f"day {stop.day} is outside the window")
    return replace(
        problem,
        candidates=tuple(candidate for candidate in problem.candidates if candidate.id in played),
        fixed=fixed_at(stops),
        baseline=(),
    )


def _as_walked(table: Tables, route: Route, departures: dict[int, int]) -> Plan:
    """The plan of a route that no times make legal; days that only drive leave as the walk has it."""
    ids = [place.id for place in table.problem.places]
    stops = fixed_stops(table, route)
    return Plan(stops, tuple(ids[choice.goal] for choice in route), departures)


def _walked(table: Tables) -> tuple[Route, dict[int, int]]:
    """The best way from home to home, and the departures of its days that only drive."""
    blocks = [fixed_block(table, day) for day in range(table.days)]
    evenings = [_beginning(table)]
    for day, block in enumerate(blocks):
        evenings[-1] = _new_week(table, day, evenings[-1])
        evenings.append(_Day(table, day, evenings[-1]).spent(block))
    best = evenings[-1].cost + _owing(table, evenings[-1])
    state, bed = (int(i) for i in np.unravel_index(int(np.argmin(best)), best.shape))
    route: list[Choice] = []
    departures: dict[int, int] = {}
    for day in reversed(range(table.days)):
        evening = evenings[day + 1]
        origin = int(evening.bed[state, bed])
        if blocks[day] is None and origin != bed:
            departures[day] = int(evening.start[state, bed])
        route.append(Choice(int(table.beds[origin]), blocks[day], int(table.beds[bed])))
        state, bed = int(evening.state[state, bed]), origin
    return tuple(reversed(route)), departures


def _none(table: Tables) -> _Ways:
    shape = (STATES, len(table.beds))
    state, bed, start = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    return _Ways(np.full(shape, np.inf), np.full(shape, NEVER), state, bed, start)


def _beginning(table: Tables) -> _Ways:
    """At home, with nothing behind: the first duty needs no rest before it."""
    ways = _none(table)
    ways.cost[RESTED, 0] = 0
    ways.end[RESTED, 0] = -2 * DAY_MIN
    return ways


def _new_week(table: Tables, day: int, ways: _Ways) -> _Ways:
    """The ways as the day's week sees them: a whole week owes a rest of its own from its Monday on."""
    week = table.week_of[day]
    if week == (table.week_of[day - 1] if day else -1):
        return ways
    turned = _none(table)
    for state in _living(ways):
        missed = not state & (RESTED | FREE)
        owed = OWED if state & (OWED | FREE) else 0
        cost = ways.cost[state] + (PER_BREACH if missed else 0)
        target = owed | (0 if week >= 0 else RESTED)
        _offer(turned, target, _of(ways, state)._replace(cost=cost))
    return turned


def _owing(table: Tables, ways: _Ways) -> Floats:
    """(STATES, B) what the weeks that still hang on the tour's last gap cost when it ends here."""
    short = table.midnights[-1] - np.maximum(ways.end, 0) < table.rest_week
    states = np.arange(STATES)[:, None]
    hanging = np.where(states & (FREE | OWED), short, False) | ((states & (RESTED | FREE)) == 0)
    return np.where(hanging, PER_BREACH, 0.0)


def _living(ways: _Ways) -> list[int]:
    return [int(state) for state in np.flatnonzero(np.isfinite(ways.cost).any(axis=1))]


def _of(ways: _Ways, state: int) -> _Ways:
    return _Ways(ways.cost[state], ways.end[state], ways.state[state], ways.bed[state], ways.start[state])


def _offer(ways: _Ways, state: int, new: _Ways) -> None:
    """Keep the cheaper way to each bed, and of the other the one that ends sooner."""
    kept = _of(ways, state)
    old = _Ways(kept.cost.copy(), kept.end.copy(), kept.state.copy(), kept.bed.copy(), kept.start.copy())
    cheaper = (new.cost < old.cost) | ((new.cost == old.cost) & (new.end < old.end))
    _put(ways, state, cheaper, new)
    _offer_sooner(ways, state, cheaper & (old.end < new.end), old)
    _offer_sooner(ways, state, ~cheaper & (new.end < old.end), new)


def _offer_sooner(ways: _Ways, state: int, where: Bools, new: _Ways) -> None:
    kept = _of(ways, state | SOONER)
    sooner = (new.end < kept.end) | ((new.end == kept.end) & (new.cost < kept.cost))
    _put(ways, state | SOONER, where & np.isfinite(new.cost) & sooner, new)


def _put(ways: _Ways, state: int, where: Bools, new: _Ways) -> None:
    for column, values in zip(ways, new, strict=True):
        column[state, where] = values[where]


class _Day:
    """One more day for every way to the evening before it."""

    def __init__(self, table: Tables, day: int, before: _Ways) -> None:
        self.table, self.day, self.before, self.after = table, day, before, _none(table)
        self.limits, self.base = table.limits[day], table.midnights[day]
        away = np.arange(len(table.beds)) > 0
        self.night = away * (float(table.problem.costs.per_night_away) + NOT_HOME * self.limits.home)
        self.night[list(self.limits.full)] += PER_BREACH + PER_MINUTE  # as `check` has it: one bed too few

    def spent(self, block: Block | None) -> _Ways:
        """The ways to the day's evening when the block is played, or nothing."""
        for state in _living(self.before):
            if block is not None:
                self._play(state, block)
            else:
                self._stay(state)
                if self.limits.moves:
                    self._drive(state)
        late = self.after.end[SOONER:] >= self.after.end[:SOONER]
        self.after.cost[SOONER:][late] = np.inf
        return self.after

    def _stay(self, state: int) -> None:
        beds = np.arange(len(self.table.beds))
        target = state & ~SOONER if state & RESTED else (state & ~SOONER) | FREE
        here = _Ways(
            self.before.cost[state] + self.night,
            self.before.end[state],
            np.full(len(beds), state),
            beds,
            beds,
        )
        _offer(self.after, target, here)

    def _play(self, state: int, block: Block) -> None:
        table, beds = self.table, self.table.beds
        roads = table.roads[self.day]
        into, out = roads.into[beds, block.stops[0]], roads.out[block.stops[-1], beds]
        road = roads.drive[beds, block.first][:, None] + block.drive + roads.drive[block.last, beds]
        km = roads.km[beds, block.first][:, None] + block.km + roads.km[block.last, beds]
        self._duty(state, block.arrive - into, block.leave + out, road, km)

    def _drive(self, state: int) -> None:
        """Leave as soon as may be, or so late that the gap before is the week's rest."""
        table, beds = self.table, self.table.beds
        ended = self.before.end[state] - self.base
        between = np.ix_(beds, beds)
        roads = table.roads[self.day]
        km = roads.km[between] + STANDING * np.eye(len(beds))
        soon = np.maximum(self.limits.opens, ended + self.limits.rest)
        road, way = roads.drive[between], roads.move[between]
        self._duty(state, soon, soon[:, None] + way, road, km)
        if state & (FREE | OWED):
            late = np.maximum(soon, np.maximum(ended, -self.base) + table.rest_week)
            self._duty(state, late, late[:, None] + way, road, km)

    def _duty(self, state: int, start: Ints, end: Ints, road: Ints, km: Floats) -> None:
        """Duty from every bed to every bed: `start` by the bed before, `end` by the beds before and after."""
        limits, ended = self.limits, self.before.end[state]
        cost = self.before.cost[state][:, None] + self.night + km * float(self.table.problem.costs.per_km)
        cost[km >= STANDING] = np.inf
        overs = (
            (limits.opens - start)[:, None], end - limits.closes, end - start[:, None] - limits.span,
            road - limits.drive, (ended + limits.rest - self.base - start)[:, None],
        )  # fmt: skip
        for over in overs:
            cost = cost + np.where(over > 0, PER_BREACH + PER_MINUTE * over, 0.0)
        rested = self.base + start - np.maximum(ended, 0) >= self.table.rest_week
        if state & OWED:
            cost = cost + np.where(rested, 0.0, PER_BREACH)[:, None]
        end = np.broadcast_to(self.base + end, cost.shape)
        done = np.full(len(rested), bool(state & RESTED)) | (rested & bool(state & FREE))
        for target, which in ((RESTED, done), (0, ~done)):
            if which.any():
                self._reach(target, state, start, end, np.where(which[:, None], cost, np.inf))

    def _reach(self, target: int, state: int, start: Ints, end: Ints, cost: Floats) -> None:
        """Offer the cheapest way to each bed, and the one that ends soonest."""
        beds = np.arange(len(self.table.beds))
        ends = np.where(np.isfinite(cost), end, NEVER)
        soonest = np.where(ends == ends.min(axis=0), cost, np.inf)
        for origin in (cost.argmin(axis=0), soonest.argmin(axis=0)):
            new = _Ways(
                cost[origin, beds], ends[origin, beds], np.full(len(beds), state), origin, start[origin]
            )
            _offer(self.after, target, new)
