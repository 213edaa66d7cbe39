"""Visits that cannot be played as agreed: the other days on which each could be, beside all that is played still."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .by_hand import arranged
from .errors import PlanError
from .on_the_way import Beside, Trials
from .plan import Breach, Stop, fixed_at
from .problem import Candidate, Problem, Window


@dataclass(frozen=True)
class OtherDay:
    """A day on which a visit could be made up for, and what it then adds to the tour without it."""

    day: int
    detour: Beside

    @property
    def start_min(self) -> int:
        """When its first performance would start."""
        return self.detour.start_min


@dataclass(frozen=True)
class Hindrance:
    """A day of a visit on which it does not fit; `breach` is None where no way was found to name what it breaks."""

    day: int
    breach: Breach | None


@dataclass(frozen=True)
class MakeUp:
    """The other days of one missed visit.

    Attributes:
        days: those on which it is legal, the cheapest first; of equal ones the less road, then the nearer to the
            day that was agreed.
        hindered: the nearest of its days on which it is not; None where each is legal, or there is none.
    """

    candidate: str
    days: tuple[OtherDay, ...]
    hindered: Hindrance | None


@dataclass(frozen=True)
class Clash:
    """A chosen stop that does not fit beside the rest; `breach` is None as in `Hindrance`, and outside its windows."""

    stop: Stop
    breach: Breach | None


def make_up(
    problem: Problem,
    kept: Iterable[Stop],
    missed: Iterable[Stop],
    days: Collection[int],
    chosen: Iterable[Stop] = (),
) -> tuple[MakeUp, ...]:
    """For each missed stop the days on which it could be played instead. No other stop is moved.

    Where the kept stops break rules already, what is legal breaks nothing further.

    Args:
        kept: what is played still.
        missed: where they were agreed; their windows are the problem's.
        days: on which they may be.
        chosen: what has been chosen for some of them, all legal together: each of the missed lies beside the others'
            choices, and on the day that was chosen for itself it starts at the chosen minute.

    Raises:
        PlanError: a stop names a candidate or day that the problem does not have.
    """
    played, taken = list(kept), {stop.candidate: stop for stop in chosen}
    found = []
    for stop in missed:
        beside = [*played, *(other for name, other in taken.items() if name != stop.candidate)]
        found.append(_made_up(problem, beside, stop, days, taken.get(stop.candidate)))
    return tuple(found)


def tried_days(
    problem: Problem, kept: Iterable[Stop], stop: Stop, days: Iterable[int]
) -> Iterator[tuple[int, OtherDay | None]]:
    """For each of the days in their order whether a visit could be played then instead; see `make_up`.

    Whoever has seen enough stops asking: a day costs nothing before it is asked for.
    """
    played, wanted = list(kept), list(days)
    candidate = _candidate(problem, stop.candidate)
    windows = tuple(window for window in candidate.windows if window.day in wanted)
    trials = _trials(_around(problem, played, replace(candidate, windows=windows)), played)
    for day in wanted:
        tried = next(trials.on(day), None)
        yield day, OtherDay(day, tried.detour) if tried and tried.detour else None


def best_make_up(
    problem: Problem, kept: Iterable[Stop], missed: Iterable[Stop], days: Collection[int]
) -> tuple[Stop, ...]:
    """The cheapest day for each of the missed, legal together: who has fewest to choose from chooses first."""
    played, absent = list(kept), list(missed)
    alone = make_up(problem, played, absent, days)
    order = sorted(zip(absent, alone, strict=True), key=lambda pair: len(pair[1].days))
    chosen: list[Stop] = []
    for stop, made in order:
        (best,) = make_up(problem, played, [stop], days, chosen) if chosen else (made,)
        if best.days:
            chosen.append(Stop(best.days[0].day, best.days[0].start_min, stop.candidate))
    return tuple(chosen)


def clashes(
    problem: Problem, kept: Iterable[Stop], chosen: Iterable[Stop]
) -> tuple[tuple[Stop, ...], tuple[Clash, ...]]:
    """Those of the chosen stops that are legal together, taken in their order, and those that are not."""
    played, fitting, clashing = list(kept), list[Stop](), list[Clash]()
    for stop in chosen:
        around = _around(problem, [*played, *fitting], _at(problem, stop))
        tried = list(_trials(around, [*played, *fitting]).on(stop.day))
        if tried and tried[0].detour:
            fitting.append(stop)
        else:
            clashing.append(Clash(stop, tried[0].breach if tried else None))
    return tuple(fitting), tuple(clashing)


def _made_up(
    problem: Problem, played: Sequence[Stop], stop: Stop, days: Collection[int], chosen: Stop | None
) -> MakeUp:
    candidate = _candidate(problem, stop.candidate)
    windows = [window for window in candidate.windows if window.day in days]
    if chosen:
        windows = [w for w in windows if w.day != chosen.day] + list(_at(problem, chosen).windows)
    around = _around(problem, played, replace(candidate, windows=tuple(windows)))
    trials = _trials(around, played)
    tried = {day: one for day in sorted({w.day for w in windows}) for one in trials.on(day)}
    legal = [OtherDay(day, one.detour) for day, one in tried.items() if one.detour]
    barred = [Hindrance(day, one.breach) for day, one in tried.items() if not one.detour]
    return MakeUp(
        stop.candidate,
        tuple(sorted(legal, key=lambda other: _dearness(other, stop))),
        min(barred, key=lambda hindrance: _far(hindrance.day, stop), default=None),
    )


def _dearness(other: OtherDay, stop: Stop) -> tuple[float, int, tuple[int, bool]]:
    return float(other.detour.costs), other.detour.minutes, _far(other.day, stop)


def _far(day: int, stop: Stop) -> tuple[int, bool]:
    """How far a day lies from the agreed one; of two as far the later comes first."""
    return abs(day - stop.day), day < stop.day


def _candidate(problem: Problem, name: str) -> Candidate:
    for candidate in problem.candidates:
        if candidate.id == name:
            return candidate
    raise PlanError("stops", f"{name} is not a candidate of the problem")


def _at(problem: Problem, stop: Stop) -> Candidate:
    """The stop's candidate with no other start than the stop's, and none where its windows do not have that."""
    candidate = _candidate(problem, stop.candidate)
    held = any(w.day == stop.day and w.earliest <= stop.start_min <= w.latest for w in candidate.windows)
    exact = (Window(stop.day, stop.start_min, stop.start_min),) if held else ()
    return replace(candidate, windows=exact)


def _around(problem: Problem, played: Sequence[Stop], asked: Candidate) -> Problem:
    """The problem with nothing in it but what is played, each at its time, and the one that is tried."""
    names = {stop.candidate for stop in played}
    return replace(
        problem,
        candidates=(*(c for c in problem.candidates if c.id in names), asked),
        fixed=fixed_at(played),
        baseline=(),
    )


def _trials(problem: Problem, played: Sequence[Stop]) -> Trials:
    """What is played, with the best nights that there are around it."""
    return Trials(problem, arranged(problem, played))
