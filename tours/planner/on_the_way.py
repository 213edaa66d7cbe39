"""Where else on the way: what each candidate that is not played would add to one day of a finished plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .mend import mended
from .nights import Daily, Nights, Way, beside, daily_of
from .plan import Breach, Plan, Stop, fixed_at, in_order
from .problem import Candidate, Problem
from .reading import Number, tidy
from .rules import check
from .tables import Tables, tables
from .timeline import timeline


@dataclass(frozen=True)
class Beside:
    """How a candidate would lie in the day, and what the whole tour would be with it, every night chosen anew.

    Attributes:
        start_min: when its first performance would start.
        minutes, km: so much more on the road than now.
        nights: so many more nights away.
        costs: what the road and the nights cost more; below 0 they cost less.
        gain: its value and bonus less `costs`: what the plan would be worth more.
        plan: the tour with it.
    """

    start_min: int
    minutes: int
    km: Number
    nights: int
    costs: Number
    gain: Number
    plan: Plan


@dataclass(frozen=True)
class OnTheWay:
    """A candidate beside what is played on a day.

    Attributes:
        value: what it brings itself.
        brings: the municipality that the plan does not reach yet.
        detour: None where it does not fit.
        breach: where it does not fit, what it would break with the nights as they are, at its best start.
    """

    candidate: str
    value: Number
    brings: str | None
    detour: Beside | None
    breach: Breach | None = None


def on_the_way(
    problem: Problem, plan: Plan, day: int, asked: Iterable[Candidate] = ()
) -> tuple[OnTheWay, ...]:
    """Every candidate that could start on that day and is not played, the shortest detour first.

    The other stops stay on their days. Where the plan breaks rules already, what fits breaks nothing further.
    Candidates that do not fit come last, those that break least first.

    Args:
        asked: candidates that nobody has wished for, or not for that day; they take the place of the problem's of
            the same id. Their places are the problem's.

    Returns:
        Empty on a day without work, and where two fixed stops of the day overlap.
    """
    further = {candidate.id: candidate for candidate in asked}
    kept = tuple(candidate for candidate in problem.candidates if candidate.id not in further)
    asking = replace(problem, candidates=(*kept, *further.values()))
    return tuple(sorted(Trials(asking, plan).on(day), key=_order))


def _order(one: OnTheWay) -> tuple[bool, float, float, str]:
    if one.detour:
        return False, one.detour.minutes, -float(one.detour.gain), one.candidate
    return True, one.breach.over if one.breach else 0, 0.0, one.candidate


class Trials:
    """A plan, beside whose days candidates are tried; its own stops stay where they are."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.table, daily = _ground(problem, plan)
        self.daily = daily
        self.nights = Nights(self.table, daily)
        self.now = self.nights.best()
        self.known: dict[tuple[str, int | None], int] = {}
        for b in check(problem, plan):
            self.known[b.rule, b.day] = max(b.over, self.known.get((b.rule, b.day), 0))
        self.plan = self.now.plan if self.now and not self.known else plan
        self.played = {stop.candidate for stop in plan.stops}
        area = {place.id: place.municipality for place in problem.places}
        self.area = {candidate.id: area[candidate.place] for candidate in problem.candidates}
        self.reached = {self.area[candidate] for candidate in self.played}

    def on(self, day: int) -> Iterator[OnTheWay]:
        """Every candidate that could start on the day and is not played."""
        taken = {i for i, one in enumerate(self.problem.candidates) if one.id in self.played}
        for c in self.table.openings[day] if self.table.forced[day] is None else ():
            if c not in taken and not taken & self.table.conflicts[c]:
                yield self._tried(day, c)

    def _tried(self, day: int, c: int) -> OnTheWay:
        one = self.problem.candidates[c]
        brings = None if self.area[one.id] in self.reached else self.area[one.id]
        blocks = list(beside(self.table, self.daily, day, c))
        way = self.nights.changed(day, blocks) if self.now else None
        if way and self.known and self._further(way.plan):
            way = None
        detour = self._detour(one, self.now, way) if self.now and way else None
        return OnTheWay(one.id, one.value, brings, detour, None if detour else self._breach(day, c, one.id))

    def _detour(self, one: Candidate, now: Way, way: Way) -> Beside:
        costs = self.problem.costs
        km, nights = way.km - now.km, way.nights - now.nights
        return Beside(
            start_min=next(stop.start_min for stop in way.plan.stops if stop.candidate == one.id),
            minutes=self._road_min(way.plan) - self._road_min(now.plan),
            km=tidy(km),
            nights=nights,
            costs=tidy(km * costs.per_km + nights * costs.per_night_away),
            gain=tidy(way.worth - now.worth),
            plan=way.plan,
        )

    def _road_min(self, plan: Plan) -> int:
        """Minutes on the road, the whole tour through."""
        return sum(day.drive_min for day in timeline(self.problem, plan))

    def _breach(self, day: int, c: int, name: str) -> Breach | None:
        """The worst that the best of some starts breaks, nights as they are; None if nothing was found."""
        starts = _starts(self.table, day, c)
        if self._shows(day) + self.problem.candidates[c].performances > self.table.limits[day].performances:
            starts = starts[:1]  # the day is full whenever it starts
        trials = [self._broken(Stop(day, start, name)) for start in starts]
        least = min(filter(None, trials), key=lambda found: (len(found), found[0].over), default=None)
        return least[0] if least else None

    def _shows(self, day: int) -> int:
        """Performances of the day as it is."""
        block = self.daily[day]
        return sum(self.problem.candidates[i].performances for i in block.stops) if block else 0

    def _broken(self, stop: Stop) -> list[Breach]:
        """What is broken with the stop and was not, the worst first."""
        leaving = {d: minute for d, minute in self.plan.drive_only_departures.items() if d != stop.day}
        tried = Plan(in_order((*self.plan.stops, stop)), self.plan.nights, leaving)
        return sorted((b for b in self._further(tried) if b.rule != "departure"), key=_weight)

    def _further(self, plan: Plan) -> list[Breach]:
        """What a plan breaks that is kept now, or breaks further."""
        return [b for b in check(self.problem, plan) if b.over > self.known.get((b.rule, b.day), 0)]


def _weight(breach: Breach) -> tuple[bool, int]:
    """A full day comes first: no other start and no other night would help."""
    return breach.rule != "performances_per_day", -breach.over


def _starts(table: Tables, day: int, c: int) -> list[int]:
    """The first, the middle and the last start of each of its windows of the day."""
    openings = table.openings[day][c]
    return sorted({start for low, high in openings for start in (low, (low + high) // 2, high)})


def _ground(problem: Problem, plan: Plan) -> tuple[Tables, Daily]:
    """The plan's days; where they break rules, with limits that give way exactly so far."""
    table = tables(problem)
    daily = daily_of(table, plan)
    if daily is not None and Nights(table, daily).best() is not None:
        return table, daily
    pinned = replace(problem, fixed=fixed_at(plan.stops))
    table, route, _plan = mended(pinned)
    return table, tuple(choice.block for choice in route)
