"""Why a stop of a plan lies where it does, computed by taking it out and by trying it on its other days."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import PlanError
from .nights import Daily, Nights, Way, beside, daily_of, without
from .plan import Plan, Stop, in_order
from .problem import Problem
from .reading import Number, tidy
from .tables import Tables, tables
from .timeline import driven_min


@dataclass(frozen=True)
class Detour:
    """What the road over a stop is longer than the one without it, between the places before and after it."""

    origin: str
    destination: str
    km: Number
    minutes: int


@dataclass(frozen=True)
class Move:
    """The best time on another day, and what the plan would be worth less with it (below 0: more)."""

    day: int
    start_min: int
    costs: Number


@dataclass(frozen=True)
class Placed:
    """Why here, why then.

    Attributes:
        is_fixed: it is agreed or locked, so nothing was weighed.
        value: what the stop itself brings.
        brings: the municipality that no other stop of the plan reaches.
        loses: what the plan is worth less without it, every night chosen anew; None if nothing legal was found.
        nights: nights away that it costs; None as `loses`.
        other: the best time on another of its days, if one is legal.
        other_days: its other working days.
    """

    candidate: str
    day: int
    start_min: int
    is_fixed: bool
    value: Number
    brings: str | None
    detour: Detour
    loses: Number | None
    nights: int | None
    other: Move | None
    other_days: tuple[int, ...]


def explain_placed(problem: Problem, plan: Plan, candidate: str) -> Placed:
    """Why the plan plays a candidate where and when it does. The other stops stay on their days.

    Raises:
        PlanError: the plan does not play the candidate.
    """
    stop = next((stop for stop in plan.stops if stop.candidate == candidate), None)
    if stop is None:
        raise PlanError("stops", f"{candidate} is not played")
    table = tables(problem)
    c = next(i for i, wish in enumerate(problem.candidates) if wish.id == candidate)
    fixed = c in table.fixed_start
    daily = None if fixed else daily_of(table, plan)
    now = Nights(table, daily).best() if daily else None
    gone = _without(table, daily, stop, c) if daily else None
    days = () if fixed else _other_days(table, stop, c)
    return Placed(
        candidate=candidate,
        day=stop.day,
        start_min=stop.start_min,
        is_fixed=fixed,
        value=problem.candidates[c].value,
        brings=_brings(table, plan, c),
        detour=detour(problem, plan, stop),
        loses=tidy(now.worth - gone.worth) if now and gone else None,
        nights=now.nights - gone.nights if now and gone else None,
        other=_other(table, daily, stop, c, now) if daily and now else None,
        other_days=days,
    )


def detour(problem: Problem, plan: Plan, stop: Stop) -> Detour:
    """How much longer the road of its day is over a stop than past it."""
    row = {place.id: i for i, place in enumerate(problem.places)}
    place = {candidate.id: candidate.place for candidate in problem.candidates}
    stops = [other for other in in_order(plan.stops) if other.day == stop.day]
    night = plan.nights[stop.day - 1] if stop.day else problem.home
    way = [night, *(place[other.candidate] for other in stops), plan.nights[stop.day]]
    at = stops.index(stop) + 1
    origin, here, destination = (row[name] for name in way[at - 1 : at + 2])
    km = problem.drives(stop.day).km

    def minutes(start: int, end: int) -> int:
        return driven_min(problem, stop.day, start, end)

    return Detour(
        way[at - 1],
        way[at + 1],
        tidy(km[origin][here] + km[here][destination] - km[origin][destination]),
        minutes(origin, here) + minutes(here, destination) - minutes(origin, destination),
    )


def _brings(table: Tables, plan: Plan, c: int) -> str | None:
    """The municipality of a stop, if no other stop of the plan lies in it."""
    area = {place.id: place.municipality for place in table.problem.places}
    where = {candidate.id: area[candidate.place] for candidate in table.problem.candidates}
    own = table.problem.candidates[c].id
    others = {where[stop.candidate] for stop in plan.stops if stop.candidate != own}
    return None if where[own] in others else where[own]


def _without(table: Tables, daily: Daily, stop: Stop, c: int) -> Way | None:
    return Nights(table, daily).changed(stop.day, list(without(table, daily, stop.day, c)))


def _other_days(table: Tables, stop: Stop, c: int) -> tuple[int, ...]:
    return tuple(day for day, openings in enumerate(table.openings) if c in openings and day != stop.day)


def _other(table: Tables, daily: Daily, stop: Stop, c: int, now: Way) -> Move | None:
    """The best of its other days, beside what is played on them."""
    name, best = table.problem.candidates[c].id, None
    for left in without(table, daily, stop.day, c):
        rest = (*daily[: stop.day], left, *daily[stop.day + 1 :])
        nights = Nights(table, rest)
        for day in _other_days(table, stop, c):
            way = nights.changed(day, list(beside(table, rest, day, c)))
            if way is not None and (best is None or way.worth > best.worth):
                best = way
    if best is None:
        return None
    moved = next(found for found in best.plan.stops if found.candidate == name)
    return Move(moved.day, moved.start_min, tidy(now.worth - best.worth))
