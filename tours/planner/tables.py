"""A problem as arrays: what the solver's methods look up instead of ids and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .problem import Candidate, Problem
from .roads import Roads, longest_work, roads_of
from .rules import latest_end

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

UNLIMITED = 10**7
"""Stands for a rule that the problem does not name; more than any sum of minutes."""


class Block(NamedTuple):
    """A timed sequence of stops on one day.

    Attributes:
        day: number of the day.
        stops: candidate numbers in order.
        earliest: by stop, the start of the window used.
        first, last: place numbers.
        arrive, arrive_latest: minutes when get-in of the first stop may begin.
        leave: when the last stop is packed if get-in begins at `arrive`; it slides along with it.
        drive, km: on the road between the stops.
        reward: values of the stops and what keeping the baseline saves.
    """

    day: int
    stops: tuple[int, ...]
    earliest: tuple[int, ...]
    first: int
    last: int
    arrive: int
    arrive_latest: int
    leave: int
    drive: int
    km: float
    reward: float

    @property
    def length(self) -> int:
        """Minutes from get-in of the first stop to the last one packed."""
        return self.leave - self.arrive


@dataclass(frozen=True)
class Limits:
    """What one day allows; UNLIMITED where no rule applies.

    Attributes:
        opens, closes: first and last minute of duty.
        span, drive, performances: at most so many minutes of duty, minutes on the road, performances.
        rest: minutes between this day's duty and the next one.
        plays, moves: whether stops, and a day that only drives, are allowed.
        home: the night after the day is at home.
        full: numbers of the beds that cannot be had on the night after the day, as in `Tables.beds`.
    """

    opens: int
    closes: int
    span: int
    drive: int
    performances: int
    rest: int
    plays: bool
    moves: bool
    home: bool
    full: tuple[int, ...] = ()

    def goals(self, beds: int) -> Bools:
        """(beds,) where the night after the day may be spent."""
        free = np.full(beds, not self.home)
        free[list(self.full)] = False
        free[0] = True
        return free


@dataclass(frozen=True)
class Tables:
    """Arrays over C candidates, N places, D days and B beds (places to sleep, home first).

    Attributes:
        roads: by day, its ways in minutes and kilometres.
        beds: (B,) place numbers.
        limits: by day.
        rest_week: minutes, 0 where no rule applies.
        place, area, value: (C,) place number, municipality number (-1: none), worth.
        forced: by day, a block that is played although its fixed stops overlap.
        fixed_start: minute of day by fixed candidate.
        openings: by day, {candidate: ((earliest, latest), ...)}, fixed ones at their exact minute.
        fixed: by day, the candidates that must be played.
        conflicts: by candidate, the other candidates of its group.
        leader, free: (C,) the first candidate of each one's group; whether it may be left out, that is, is not fixed.
        reward: (C, D) value plus what keeping the baseline saves.
        base: objective of playing nothing at home.
        week_of: by day, the number of its whole week, -1 outside whole weeks.
        midnights: real minutes from the start of day 0 until each day begins, and until the window ends.
    """

    problem: Problem
    roads: tuple[Roads, ...]
    beds: Ints
    limits: tuple[Limits, ...]
    rest_week: int
    place: Ints
    area: Ints
    areas: int
    value: Floats
    openings: tuple[dict[int, tuple[tuple[int, int], ...]], ...]
    fixed: tuple[frozenset[int], ...]
    fixed_start: dict[int, int]
    conflicts: tuple[frozenset[int], ...]
    leader: Ints
    free: Bools
    reward: Floats
    base: float
    week_of: tuple[int, ...]
    forced: tuple[Block | None, ...]
    midnights: tuple[int, ...]

    @property
    def leads(self) -> Bools:
        """(C,) one of each group, none that is fixed: those that have a price of their own."""
        return np.asarray(self.free & (self.leader == np.arange(len(self.leader))))

    @property
    def days(self) -> int:
        """Days in the window."""
        return len(self.limits)

    @property
    def places(self) -> int:
        """Places to drive between."""
        return len(self.problem.places)

    def night(self, day: int) -> int:
        """Real minutes from the start of a day to the start of the next one."""
        return self.midnights[day + 1] - self.midnights[day]


def tables(problem: Problem) -> Tables:
    """The arrays of a problem."""
    index = {place.id: i for i, place in enumerate(problem.places)}
    ids = {candidate.id: i for i, candidate in enumerate(problem.candidates)}
    home = index[problem.home]
    areas = sorted({place.municipality for place in problem.places if place.municipality is not None})
    number = {area: i for i, area in enumerate(areas)}
    place = np.array([index[c.place] for c in problem.candidates], dtype=np.int64)
    area = [number.get(problem.places[i].municipality or "", -1) for i in place]
    value = np.array([c.value for c in problem.candidates], dtype=np.float64)
    conflicts = _conflicts(problem.candidates)
    fixed = {ids[stop.candidate] for stop in problem.fixed}
    beds = [home, *(i for i, p in enumerate(problem.places) if p.beds and i != home)]
    return Tables(
        problem=problem,
        roads=_roads(problem, place),
        beds=np.array(beds, dtype=np.int64),
        limits=tuple(_limits(problem, day, _full(problem, day, beds)) for day in range(len(problem.days))),
        rest_week=problem.rules.rest_week_min or 0,
        place=place,
        area=np.array(area, dtype=np.int64),
        areas=len(areas),
        value=value,
        openings=_openings(problem, conflicts),
        fixed=_fixed(problem),
        fixed_start={ids[fixed.candidate]: fixed.start_min for fixed in problem.fixed},
        conflicts=conflicts,
        leader=np.array([min({c} | others) for c, others in enumerate(conflicts)], dtype=np.int64),
        free=np.array([i not in fixed for i in range(len(problem.candidates))], dtype=np.bool_),
        reward=_reward(problem, value),
        base=-float(sum(problem.change_price(stop) for stop in problem.baseline)),
        week_of=_week_of(problem),
        forced=(None,) * len(problem.days),
        midnights=tuple(problem.midnight(day) for day in range(len(problem.days) + 1)),
    )


def _roads(problem: Problem, place: Ints) -> tuple[Roads, ...]:
    """The ways of each day; days with the same roads share them."""
    kinds = [(book, day.drive_factor_pct) for book, day in zip(problem.book_of, problem.days, strict=True)]
    found = {
        (book, factor): roads_of(problem.rules, problem.road_books[book], factor, problem.candidates, place)
        for book, factor in set(kinds)
    }
    return tuple(found[kind] for kind in kinds)


def _full(problem: Problem, day: int, beds: list[int]) -> tuple[int, ...]:
    """The beds, by number, that cannot be had on the night after a day."""
    taken = {night.place for night in problem.no_beds if night.day == day}
    return tuple(bed for bed, place in enumerate(beds) if problem.places[place].id in taken)


def _limits(problem: Problem, day: int, full: tuple[int, ...]) -> Limits:
    """The rules of one day."""
    rules = problem.rules
    works = problem.days[day].kind == "work"
    rest = rules.rest_night_min or 0
    return Limits(
        opens=rules.day_open_min or 0,
        closes=latest_end(problem, day),
        span=UNLIMITED if rules.span_max_min is None else rules.span_max_min,
        drive=UNLIMITED if rules.drive_max_min is None else rules.drive_max_min,
        performances=UNLIMITED if rules.performances_per_day is None else rules.performances_per_day,
        rest=rest,
        plays=works,
        moves=works,
        home=any(d.kind == "off" for d in problem.days[day : day + 2]) or day + 1 == len(problem.days),
        full=full,
    )


def _conflicts(candidates: tuple[Candidate, ...]) -> tuple[frozenset[int], ...]:
    members: dict[str, set[int]] = {}
    for i, candidate in enumerate(candidates):
        if candidate.group is not None:
            members.setdefault(candidate.group, set()).add(i)
    return tuple(
        frozenset() if c.group is None else frozenset(members[c.group] - {i})
        for i, c in enumerate(candidates)
    )


def _fixed(problem: Problem) -> tuple[frozenset[int], ...]:
    index = {candidate.id: i for i, candidate in enumerate(problem.candidates)}
    on_day: list[set[int]] = [set() for _ in problem.days]
    for fixed in problem.fixed:
        on_day[fixed.day].add(index[fixed.candidate])
    return tuple(frozenset(members) for members in on_day)


def _openings(
    problem: Problem, conflicts: tuple[frozenset[int], ...]
) -> tuple[dict[int, tuple[tuple[int, int], ...]], ...]:
    """Where each candidate may be played: fixed ones exactly, the rest of their groups nowhere."""
    index = {candidate.id: i for i, candidate in enumerate(problem.candidates)}
    confirmed = {index[fixed.candidate] for fixed in problem.fixed}
    barred = confirmed.union(*(conflicts[i] for i in confirmed)) if confirmed else set()
    most = problem.rules.work_before_break_min or UNLIMITED
    barred = barred | {i for i, c in enumerate(problem.candidates) if longest_work(problem.rules, c) > most}
    found: list[dict[int, tuple[tuple[int, int], ...]]] = [{} for _ in problem.days]
    for i, candidate in enumerate(problem.candidates):
        for day in {w.day for w in candidate.windows} if i not in barred else ():
            if problem.days[day].kind == "work":
                found[day][i] = _merged([(w.earliest, w.latest) for w in candidate.windows if w.day == day])
    for fixed in problem.fixed:
        found[fixed.day][index[fixed.candidate]] = ((fixed.start_min, fixed.start_min),)
    return tuple(dict(sorted(openings.items())) for openings in found)


def _merged(intervals: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Intervals of whole minutes in order, those that overlap or touch joined."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(intervals):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return tuple(joined)


def _reward(problem: Problem, value: Floats) -> Floats:
    index = {candidate.id: i for i, candidate in enumerate(problem.candidates)}
    reward = np.repeat(value[:, None], len(problem.days), axis=1)
    for stop in problem.baseline:
        reward[index[stop.candidate], stop.day] += problem.change_price(stop)
    return reward


def _week_of(problem: Problem) -> tuple[int, ...]:
    """All -1 when no weekly rest is asked for."""
    weeks = problem.whole_weeks() if problem.rules.rest_week_min else ()
    number = {day: k for k, week in enumerate(weeks) for day in week}
    return tuple(number.get(day, -1) for day in range(len(problem.days)))
