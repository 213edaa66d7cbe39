"""A plan as clock times: drives, stops, duty and rest of every day; what the board draws and adoption stores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .errors import PlanError
from .plan import Plan, Stop, in_order
from .problem import Candidate, Problem
from .reading import Number
from .roads import Way, slowed, way


@dataclass(frozen=True)
class Leg:
    """A drive between two different places; minutes of its day (over 1440: after midnight).

    Attributes:
        break_min: minutes between departure and arrival that are breaks.
    """

    origin: str
    destination: str
    depart: int
    arrive: int
    km: Number
    break_min: int = 0


@dataclass(frozen=True)
class StopTimes:
    """One engagement: on site from `arrive` (get-in begins) to `leave`; performances from `start` to `end`."""

    candidate: str
    place: str
    arrive: int
    start: int
    end: int
    leave: int


@dataclass(frozen=True)
class Pause:
    """Minutes of a day in which nobody works: a break on the way (`place` is None on the road), or before a show."""

    start: int
    end: int
    place: str | None


@dataclass(frozen=True)
class DayTimes:
    """One day of the tour, minutes of that day.

    Attributes:
        legs, stops: in order of time.
        duty_start, duty_end: from leaving the night's place to arriving at the next; None on a duty-free day.
        night: where the party sleeps after the day.
        pauses: in order of time.
        rest_min: real minutes from the end of this day's duty to the start of the next duty, None if either is missing.
    """

    day: int
    legs: tuple[Leg, ...]
    stops: tuple[StopTimes, ...]
    duty_start: int | None
    duty_end: int | None
    night: str
    rest_min: int | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def drive_min(self) -> int:
        """Minutes on the road, without breaks."""
        return sum(leg.arrive - leg.depart - leg.break_min for leg in self.legs)

    @property
    def span_min(self) -> int:
        """Minutes of duty."""
        return 0 if self.duty_start is None or self.duty_end is None else self.duty_end - self.duty_start


def timeline(problem: Problem, plan: Plan) -> tuple[DayTimes, ...]:
    """Every day of the plan as clock times, one entry per day of the window.

    The party leaves as late as the first stop allows and drives on as soon as a stop is packed. A day that only
    drives leaves at its departure in the plan, or when the day opens if the plan names none.

    Raises:
        PlanError: the plan names a candidate, place or day that the problem does not have.
    """
    candidates = _matched(problem, plan)
    index = {place.id: i for i, place in enumerate(problem.places)}
    days = []
    origin = problem.home
    for day, night in enumerate(plan.nights):
        played = [s for s in in_order(plan.stops) if s.day == day]
        wishes = [candidates[s.candidate] for s in played]
        stops = [_on_site(wish, s) for wish, s in zip(wishes, played, strict=True)]
        depart = plan.drive_only_departures.get(day, problem.rules.day_open_min or 0)
        days.append(_day(problem, index, day, origin, stops, wishes, night, depart))
        origin = night
    return _with_rest(problem, days)


def _matched(problem: Problem, plan: Plan) -> Mapping[str, Candidate]:
    """The problem's candidates by id, once the plan is known to fit the problem."""
    candidates = {candidate.id: candidate for candidate in problem.candidates}
    places = {place.id for place in problem.places}
    if len(plan.nights) != len(problem.days):
        raise PlanError(
            "nights", f"expected one night for each of the {len(problem.days)} days, got {len(plan.nights)}"
        )
    for i, stop in enumerate(plan.stops):
        if stop.candidate not in candidates:
            raise PlanError(f"stops[{i}].candidate", f"{stop.candidate!r} is not a candidate of the problem")
        if not 0 <= stop.day < len(problem.days):
            raise PlanError(f"stops[{i}].day", f"day {stop.day} is outside the window")
    for i, night in enumerate(plan.nights):
        if night not in places:
            raise PlanError(f"nights[{i}]", f"{night!r} is not a place of the problem")
    for day in plan.drive_only_departures:
        if not 0 <= day < len(problem.days):
            raise PlanError(f"drive_only_departures.{day}", f"day {day} is outside the window")
    return candidates


def _on_site(candidate: Candidate, stop: Stop) -> StopTimes:
    end = stop.start_min + candidate.show_min
    arrive = stop.start_min - candidate.get_in_min
    return StopTimes(candidate.id, candidate.place, arrive, stop.start_min, end, end + candidate.get_out_min)


def _day(
    problem: Problem,
    index: Mapping[str, int],
    day: int,
    origin: str,
    stops: list[StopTimes],
    wishes: list[Candidate],
    night: str,
    depart: int,
) -> DayTimes:
    """One day from `origin` over `stops` to `night`; `depart` counts only when there are no stops."""
    if not stops and origin == night:
        return DayTimes(day, (), (), None, None, night)
    km = problem.drives(day).km
    points = [origin, *(stop.place for stop in stops), night]
    ends: list[Candidate | None] = [None, *wishes, None]
    ways = [
        way_of(problem, day, (index[a], index[b]), before, after)
        for a, b, before, after in zip(points, points[1:], ends, ends[1:], strict=False)
    ]
    if stops:
        depart = stops[0].arrive - ways[0].drive - ways[0].break_min
    departures = [depart, *(stop.leave for stop in stops)]
    legs = [
        Leg(a, b, at, at + way.drive + way.break_min, km[index[a]][index[b]], way.break_min)
        for a, b, at, way in zip(points, points[1:], departures, ways, strict=False)
    ]
    pauses = [pause for leg, way in zip(legs, ways, strict=True) for pause in _on_the_way(leg, way)]
    pauses += [
        Pause(stop.start - wish.pause_min, stop.start, stop.place)
        for stop, wish in zip(stops, wishes, strict=True)
        if wish.pause_min
    ]
    moved = tuple(leg for leg in legs if leg.origin != leg.destination)
    in_order = tuple(sorted(pauses, key=lambda pause: pause.start))
    return DayTimes(day, moved, tuple(stops), depart, legs[-1].arrive, night, pauses=in_order)


def way_of(
    problem: Problem, day: int, ends: tuple[int, int], before: Candidate | None, after: Candidate | None
) -> Way:
    """The way between two places, by number, on a day; None stands for a night's place."""
    return way(problem.rules, driven_min(problem, day, *ends), before, after)


def driven_min(problem: Problem, day: int, origin: int, destination: int) -> int:
    """Minutes at the wheel between two places, by number, on a day."""
    minutes = problem.drives(day).minutes[origin][destination]
    return int(slowed(minutes, problem.days[day].drive_factor_pct))


def _on_the_way(leg: Leg, way: Way) -> Iterator[Pause]:
    """The breaks of a leg; one that goes nowhere has them where it is."""
    rested = 0
    for driven, length in way.breaks:
        start = leg.depart + driven + rested
        yield Pause(start, start + length, leg.origin if leg.origin == leg.destination else None)
        rested += length


def _with_rest(problem: Problem, days: list[DayTimes]) -> tuple[DayTimes, ...]:
    """The days with the real minutes from each duty to the next one, however many free days lie between."""
    rested = list(days)
    duties = [i for i, day in enumerate(days) if day.duty_start is not None]
    for i, j in zip(duties, duties[1:], strict=False):
        start, end = days[j].duty_start, days[i].duty_end
        if start is not None and end is not None:
            rested[i] = replace(days[i], rest_min=problem.midnight(j) + start - problem.midnight(i) - end)
    return tuple(rested)
