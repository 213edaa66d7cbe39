"""Several tours of one season planned together: in turn, the tightest first, then anew one by one and in pairs.

Tours share hosts. A host wants its visits spread over the season, neighbours do not want the same tour in the same
week, and the region wants every municipality reached by somebody. A tour is planned around the others by taking days
out of its windows, so each plan keeps its own problem's rules; what is fixed is played whatever the others do.
"""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .plan import Plan
from .problem import Candidate, Problem
from .reading import Number, tidy
from .solve import solve
from .worth import account, evaluate

Week = tuple[int, int]
"""ISO year and week."""

FIRST_SHARE = 0.5
"""The tours in turn take this share of the time, what follows the rest."""

CLASH_ROUNDS = 6
"""So often a tour is planned anew with the lesser of two neighbours in other weeks; after that without it."""

SAME = 1e-6
"""Two sums closer than this are equal."""


@dataclass(frozen=True)
class Touring:
    """One tour to plan.

    Attributes:
        hosts: candidate -> whoever receives it; candidates of several tours may have one host.
    """

    key: str
    problem: Problem
    hosts: Mapping[str, str]


@dataclass(frozen=True)
class Manners:
    """What the tours owe their hosts and the region.

    Attributes:
        apart_days: visits of different tours to one host lie at least so many days apart; 1: not on one day.
        neighbours: pairs of hosts that do not receive one tour in the same Monday-Sunday week.
        elsewhere: host -> dates of visits by tours that are not planned here.
        reach: worth of each municipality that any tour reaches, beyond what each tour's own problem says.
    """

    apart_days: int = 14
    elsewhere: Mapping[str, Sequence[dt.date]] = field(default_factory=dict)
    neighbours: frozenset[frozenset[str]] = frozenset()
    reach: Number = 0


@dataclass(frozen=True)
class SeasonPlan:
    """A plan for each tour.

    Attributes:
        plans: by tour, in the order in which they were planned first; objectives are those of the tour's own problem,
            bounds are not known.
        in_turn: the sum after planning in turn; `total` after improving: objectives and reach.
        barred: for each tour, the days that others took from its candidates' windows.
    """

    plans: Mapping[str, Plan]
    in_turn: Number
    total: Number
    barred: Mapping[str, Mapping[str, tuple[int, ...]]]


def plan_season(
    tours: Sequence[Touring], manners: Manners, *, seconds: float = 30.0, seed: int = 1
) -> SeasonPlan:
    """Plans for all tours that respect each other.

    First come the tours with the fewest working days for their wishes. Then each is planned anew with the others as
    they are, and in pairs that share a host first the one and then the other; what raises the sum is kept. Each tour
    has a legal plan even when the time is short.

    Args:
        seconds: about so long in all; a first plan for each tour is finished even if it takes longer.
    """
    return _Season(tours, manners, seconds, seed).planned()


class _Season:
    """One call of plan_season."""

    def __init__(self, tours: Sequence[Touring], manners: Manners, seconds: float, seed: int) -> None:
        self.tours = sorted(tours, key=lambda tour: (_room(tour.problem), tour.key))
        self.manners, self.seed = manners, seed
        self.begun, self.seconds = time.perf_counter(), seconds
        self.each = FIRST_SHARE * seconds / max(1, len(tours))

    def left(self) -> float:
        """Seconds until the time is up."""
        return self.seconds - (time.perf_counter() - self.begun)

    def planned(self) -> SeasonPlan:
        """The answer."""
        plans: dict[str, Plan] = {}
        for tour in self.tours:
            plans[tour.key] = self.around(tour, plans, self.each)
        in_turn = self.total(plans)
        plans = self.improved(plans)
        barred = {tour.key: _barred(tour, self.taken(tour, plans), self.manners) for tour in self.tours}
        return SeasonPlan(plans, tidy(in_turn), tidy(self.total(plans)), barred)

    def improved(self, plans: dict[str, Plan]) -> dict[str, Plan]:
        """The plans after trying every change until none helps or the time is up."""
        while self.left() > 0:
            better = next(self.better(plans), None)
            if better is None:
                break
            plans = better
        return plans

    def better(self, plans: Mapping[str, Plan]) -> Iterator[dict[str, Plan]]:
        """Plans worth more in all, of which some tours are planned anew."""
        total = self.total(plans)
        for anew in _orders(self.tours):
            if self.left() <= 0:
                return
            found = {key: plan for key, plan in plans.items() if key not in {tour.key for tour in anew}}
            for tour in anew:
                found[tour.key] = self.around(tour, found, min(self.each, max(0.0, self.left()) / len(anew)))
            if self.total(found) > total + SAME:
                yield {tour.key: found[tour.key] for tour in self.tours}

    def around(self, tour: Touring, plans: Mapping[str, Plan], seconds: float) -> Plan:
        """A plan for a tour that leaves the other plans as they are."""
        problem = _without(tour.problem, _barred(tour, self.taken(tour, plans), self.manners))
        problem = self.eager(problem, plans)
        turn = 0
        while True:
            plan = solve(problem, seconds=seconds / 2**turn, seed=self.seed)
            clashing = _clashing(tour, problem, plan, self.manners)
            if not clashing:
                break
            problem = _without(problem, clashing if turn < CLASH_ROUNDS else dict.fromkeys(clashing))
            turn += 1
        return replace(plan, objective=evaluate(tour.problem, plan), bound=None, gap=None, proven=False)

    def eager(self, problem: Problem, plans: Mapping[str, Plan]) -> Problem:
        """The problem with what reaching a municipality that no other tour reaches is worth to the region."""
        if not self.manners.reach:
            return problem
        reached = self.reached(plans)
        area = {place.id: place.municipality for place in problem.places}
        wished: dict[str | None, int] = {}
        for candidate in problem.candidates:
            wished[area[candidate.place]] = wished.get(area[candidate.place], 0) + 1
        return _each(
            problem,
            lambda one: (
                replace(one, value=one.value + self.manners.reach / wished[area[one.place]])
                if area[one.place] is not None and area[one.place] not in reached
                else one
            ),
        )

    def taken(self, tour: Touring, plans: Mapping[str, Plan]) -> dict[str, list[dt.date]]:
        """For each host the dates on which other tours play there."""
        found = {host: list(dates) for host, dates in self.manners.elsewhere.items()}
        for other in self.tours:
            if other.key in plans and other.key != tour.key:
                for stop in plans[other.key].stops:
                    found.setdefault(other.hosts[stop.candidate], []).append(
                        other.problem.days[stop.day].date
                    )
        return found

    def reached(self, plans: Mapping[str, Plan]) -> set[str]:
        """The municipalities that some tour reaches."""
        return {
            name
            for tour in self.tours
            if tour.key in plans
            for name in account(tour.problem, plans[tour.key]).municipalities
        }

    def total(self, plans: Mapping[str, Plan]) -> float:
        """What all plans are worth together."""
        own = sum(plan.objective for plan in plans.values())
        return float(own + self.manners.reach * len(self.reached(plans)))


def _room(problem: Problem) -> float:
    """Working days for each wish: the less, the earlier the tour chooses."""
    work = sum(day.kind == "work" for day in problem.days)
    return work / max(1, len(problem.candidates))


def _orders(tours: Sequence[Touring]) -> Iterator[tuple[Touring, ...]]:
    """Which tours to plan anew, in which order: each alone, then both ways the pairs that share a host."""
    for tour in tours:
        yield (tour,)
    for one, other in itertools.permutations(tours, 2):
        if set(one.hosts.values()) & set(other.hosts.values()):
            yield (one, other)


def _barred(
    tour: Touring, taken: Mapping[str, Sequence[dt.date]], manners: Manners
) -> dict[str, tuple[int, ...]]:
    """For each candidate the days of its windows that lie too near another tour's visit to the same host."""
    fixed = {stop.candidate for stop in tour.problem.fixed}
    found = {}
    for candidate in tour.problem.candidates:
        dates = taken.get(tour.hosts[candidate.id], ())
        days = sorted(
            {
                window.day
                for window in candidate.windows
                if any(
                    abs((tour.problem.days[window.day].date - date).days) < manners.apart_days
                    for date in dates
                )
            }
        )
        if days and candidate.id not in fixed:
            found[candidate.id] = tuple(days)
    return found


def _clashing(tour: Touring, problem: Problem, plan: Plan, manners: Manners) -> dict[str, tuple[int, ...]]:
    """For one of two neighbours in one week the days of that week: who can come in another week, else the lesser.

    A candidate is named once and its neighbours not at all, so that no more gives way than must; fixed ones stay. Who
    has given way in one week already, in the problem as it has become, stays in the next one while the other can move.
    """
    fixed = {stop.candidate for stop in problem.fixed}
    wishes = {candidate.id: candidate for candidate in problem.candidates}
    weeks = [day.date.isocalendar()[:2] for day in problem.days]
    found: dict[str, tuple[int, ...]] = {}
    for one, other in itertools.combinations(plan.stops, 2):
        pair = frozenset((tour.hosts[one.candidate], tour.hosts[other.candidate]))
        free = [stop.candidate for stop in (one, other) if stop.candidate not in fixed]
        week = weeks[one.day]
        if week != weeks[other.day] or pair not in manners.neighbours or not free:
            continue
        if not {one.candidate, other.candidate} & found.keys():
            lesser = min(free, key=lambda name: _stays(wishes[name], weeks, week))
            found[lesser] = tuple(day for day in range(len(weeks)) if weeks[day] == week)
    return found


def _stays(wish: Candidate, weeks: Sequence[Week], week: Week) -> tuple[bool, Number, str]:
    """How strongly a candidate keeps a week: it has no other, its value; the name decides between equals."""
    return all(weeks[window.day] == week for window in wish.windows), wish.value, wish.id


def _without(problem: Problem, days: Mapping[str, Sequence[int] | None]) -> Problem:
    """The problem whose candidates have lost windows on some days, or (None) all of them."""

    def left(one: Candidate) -> Candidate:
        gone = days.get(one.id, ())
        windows = (window for window in one.windows if gone is not None and window.day not in gone)
        return replace(one, windows=tuple(windows))

    return _each(problem, left)


def _each(problem: Problem, change: Callable[[Candidate], Candidate]) -> Problem:
    return replace(problem, candidates=tuple(change(candidate) for candidate in problem.candidates))
