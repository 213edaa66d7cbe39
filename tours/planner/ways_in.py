"""What would let a wish that is left out into the plan: each kind of change tried, the cheapest of each kind kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .nights import Daily, Nights, Way, beside, daily_of, without
from .plan import Plan
from .problem import Candidate, Problem, Window
from .reading import Number, tidy
from .tables import Tables, tables

Kind = Literal["as_wished", "other_day", "instead_of", "longer_drive", "earlier_start"]

LIFTS_MIN = (30, 60, 120)
"""So many minutes one frame of the tour is lifted by, the least first. The house's choice: more is another tour."""


@dataclass(frozen=True)
class WayIn:
    """One change that would let a wish in; the other stops stay on their days.

    Attributes:
        kind: as_wished (on one of its own days), other_day (one it has not given), instead_of another stop,
            longer_drive or earlier_start (the tour's frame lifted by `lifted_min`).
        gain: what the plan would be worth more with it; below 0, so much more would have to be paid for it.
        nights, km: more nights away and kilometres than now.
        instead_of: the stop that gives way.
    """

    kind: Kind
    day: int
    start_min: int
    gain: Number
    nights: int
    km: Number
    instead_of: str | None = None
    lifted_min: int = 0


def ways_in(problem: Problem, plan: Plan, candidate: str) -> tuple[WayIn, ...]:
    """The cheapest change of each kind that would let a candidate in, best first.

    Law is never lifted, only `drive_max` and `day_open`, the frames that a tour sets itself, and these only where it
    fits on none of its days. Empty where nothing that was tried helps, where the plan breaks a rule already, or where
    another of the candidate's group is played.
    """
    table = tables(problem)
    c = next(i for i, wish in enumerate(problem.candidates) if wish.id == candidate)
    daily = daily_of(table, plan)
    played = {stop for block in daily or () if block for stop in block.stops}
    now = Nights(table, daily).best() if daily and c not in played else None
    if daily is None or now is None or played & table.conflicts[c]:
        return ()
    own = _best("as_wished", table, daily, c, now, _days(table, c))
    found = [own, _other_day(problem, daily, c, now), _instead(table, daily, c, now)]
    if own is None:
        found += [_lifted(kind, problem, daily, c, now) for kind in ("longer_drive", "earlier_start")]
    return tuple(sorted((way for way in found if way), key=lambda way: -way.gain))


def _days(table: Tables, c: int) -> list[int]:
    return [day for day, openings in enumerate(table.openings) if c in openings]


def _best(
    kind: Kind, table: Tables, daily: Daily, c: int, now: Way, days: Iterable[int], lifted: int = 0
) -> WayIn | None:
    """The best way to play `c` on one of these days beside what is played on them."""
    nights = Nights(table, daily)
    ways = [nights.changed(day, list(beside(table, daily, day, c))) for day in days]
    return max((_told(kind, table, c, now, way, lifted) for way in ways if way), key=_gain_of, default=None)


def _other_day(problem: Problem, daily: Daily, c: int, now: Way) -> WayIn | None:
    """On a working day that it has not given, within the hours that it has."""
    wish = problem.candidates[c]
    given = {window.day for window in wish.windows}
    if not given:
        return None
    low, high = min(w.earliest for w in wish.windows), max(w.latest for w in wish.windows)
    days = [day for day, row in enumerate(problem.days) if row.kind == "work" and day not in given]
    asked = replace(wish, windows=(*wish.windows, *(Window(day, low, high) for day in days)))
    return _best("other_day", tables(_with(problem, asked)), daily, c, now, days)


def _with(problem: Problem, changed: Candidate) -> Problem:
    wishes = tuple(changed if wish.id == changed.id else wish for wish in problem.candidates)
    return replace(problem, candidates=wishes)


def _lifted(kind: Kind, problem: Problem, daily: Daily, c: int, now: Way) -> WayIn | None:
    """With one frame of the tour lifted, by the least that lets it in."""
    rules = problem.rules
    for more in LIFTS_MIN:
        if kind == "longer_drive" and rules.drive_max_min is not None:
            lifted = replace(rules, drive_max_min=rules.drive_max_min + more)
        elif kind == "earlier_start" and rules.day_open_min is not None and rules.day_open_min >= more:
            lifted = replace(rules, day_open_min=rules.day_open_min - more)
        else:
            return None
        table = tables(replace(problem, rules=lifted))
        if way := _best(kind, table, daily, c, now, _days(table, c), more):
            return way
    return None


def _instead(table: Tables, daily: Daily, c: int, now: Way) -> WayIn | None:
    """Instead of one stop that is not fixed, on one of its own days."""
    return max(_swaps(table, daily, c, now), key=_gain_of, default=None)


def _swaps(table: Tables, daily: Daily, c: int, now: Way) -> Iterator[WayIn]:
    for day in _days(table, c):
        block = daily[day]
        for gone in block.stops if block else ():
            if gone in table.fixed_start:
                continue
            for left in without(table, daily, day, gone):
                rest = (*daily[:day], left, *daily[day + 1 :])
                way = Nights(table, rest).changed(day, list(beside(table, rest, day, c)))
                if way:
                    told = _told("instead_of", table, c, now, way, 0)
                    yield replace(told, instead_of=table.problem.candidates[gone].id)


def _told(kind: Kind, table: Tables, c: int, now: Way, way: Way, lifted: int) -> WayIn:
    name = table.problem.candidates[c].id
    stop = next(stop for stop in way.plan.stops if stop.candidate == name)
    return WayIn(
        kind=kind,
        day=stop.day,
        start_min=stop.start_min,
        gain=tidy(way.worth - now.worth),
        nights=way.nights - now.nights,
        km=tidy(way.km - now.km),
        lifted_min=lifted,
    )


def _gain_of(way: WayIn) -> float:
    return float(way.gain)
