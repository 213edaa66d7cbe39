"""What a tour costs on the road and who bears which part of it: plain Python over the days of a course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from tours.money import Money, shares
from tours.per_diem import Journey, Night
from tours.planner import DayTimes, Problem
from tours.windows import moment


@dataclass(frozen=True)
class Habits:
    """How a party sleeps and eats: breakfast with the room, lunch from the presenter, beds that each finds alone."""

    has_breakfast: bool = False
    has_lunch: bool = False
    finds_own_beds: bool = False

    def meals(self, day: DayTimes, *, is_first: bool) -> list[str]:
        """What is given on one day of a journey."""
        breakfast = self.has_breakfast and not is_first
        lunch = self.has_lunch and bool(day.stops)
        return ["breakfast"] * breakfast + ["lunch"] * lunch


def journeys(problem: Problem, days: Sequence[DayTimes], habits: Habits) -> list[Journey]:
    """The times away from home with nights between, in order; a day that comes home again is none."""
    found: list[Journey] = []
    away: list[DayTimes] = []
    for day in days:
        if away or day.night != problem.home:
            away.append(day)
        if away and day.night == problem.home:
            found.append(_journey(problem, away, habits))
            away = []
    return found


def _journey(problem: Problem, days: Sequence[DayTimes], habits: Habits) -> Journey:
    """The one that begins on the first of the days and comes home on the last."""
    dates = [problem.days[day.day].date for day in days]
    pairs = list(zip(dates, days, strict=True))
    return Journey(
        leaves_at=timezone.localtime(moment(dates[0], days[0].duty_start or 0)),
        returns_at=timezone.localtime(moment(dates[-1], days[-1].duty_end or 0)),
        nights=[Night(on, day.night, _from_home(problem, day.day, day.night)) for on, day in pairs[:-1]],
        meals={on: habits.meals(day, is_first=on == dates[0]) for on, day in pairs},
        finds_own_beds=habits.finds_own_beds,
    )


def km_of(day: DayTimes) -> Decimal:
    """Road kilometres of a day."""
    return sum((Decimal(str(leg.km)) for leg in day.legs), Decimal(0))


def distances(problem: Problem, days: Sequence[DayTimes]) -> dict[str, Decimal]:
    """For each stop the road kilometres from home on its day.

    Not the detour: where the party sleeps at its last stop, a visit there would cost nothing.
    """
    return {stop.candidate: _from_home(problem, day.day, stop.place) for day in days for stop in day.stops}


def _from_home(problem: Problem, day: int, place: str) -> Decimal:
    """Road kilometres from home to a place on a day."""
    km = problem.drives(day).km
    return Decimal(str(km[problem.place_index(problem.home)][problem.place_index(place)]))


def share_out(amount: Money, candidates: Sequence[str], weights: Mapping[str, Decimal]) -> dict[str, Money]:
    """The amount shared among the stops; where nothing weighs, everybody bears the same."""
    parts = shares(amount, [weights.get(candidate, Decimal(0)) for candidate in candidates])
    return dict(zip(candidates, parts, strict=True))


def parts_of(
    number: Decimal, candidates: Sequence[str], weights: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """A number such as kilometres in the same parts, not rounded."""
    weighed = {candidate: weights.get(candidate, Decimal(0)) for candidate in candidates}
    if not sum(weighed.values()):
        weighed = dict.fromkeys(candidates, Decimal(1))
    return {candidate: number * weight / sum(weighed.values()) for candidate, weight in weighed.items()}
