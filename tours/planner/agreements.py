"""What an agreement says about a day or a week of the tour: it warns, and never forbids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .limits import Agreement
from .plan import Plan
from .problem import Problem
from .timeline import DayTimes, timeline

MORNING_ENDS_MIN = 12 * 60
"""A day has a morning show when its first one starts before noon. The house's reading: the agreement (Spekter 5.2.3)
says "morning show" without an hour."""


@dataclass(frozen=True)
class Caution:
    """Where a plan goes beyond an agreement.

    Attributes:
        agreement: its id in the problem.
        rule: a stable name, such as `drive_show_day`.
        day: the day number; of a week, its first day in the window.
        limit, actual: what the agreement says and what the plan does, in minutes.
        over: by how much, always > 0.
    """

    agreement: str
    rule: str
    day: int
    limit: int
    actual: int
    over: int


CAUTIONS = (
    "drive_show_day",
    "drive_travel_day",
    "work_day",
    "total_day",
    "departure",
    "late_arrival",
    "work_week",
)
"""Every name that `Caution.rule` may have."""


def warnings(problem: Problem, plan: Plan) -> list[Caution]:
    """Every limit of the problem's agreements that the plan oversteps, in order of day; none of them binds the solver.

    Raises:
        PlanError: the plan names a candidate, place or day that the problem does not have.
    """
    days = timeline(problem, plan)
    found = [caution for agreement in problem.agreements for caution in _beyond(problem, agreement, days)]
    return sorted(found, key=lambda caution: (caution.day, caution.rule, caution.agreement))


def _beyond(problem: Problem, agreement: Agreement, days: tuple[DayTimes, ...]) -> Iterator[Caution]:
    for day in days:
        for rule, limit, actual in _of_day(agreement, day):
            if limit is not None and actual > limit:
                yield Caution(agreement.id, rule, day.day, limit, actual, actual - limit)
        yield from _departure(agreement, day)
    yield from _weeks(problem, agreement, days)


def _of_day(agreement: Agreement, day: DayTimes) -> Iterator[tuple[str, int | None, int]]:
    """(rule, limit, actual) of what a day may at most be; a show day and a day that only travels differ."""
    if day.duty_end is None:
        return
    if day.stops:
        yield "drive_show_day", agreement.drive_show_day_min, day.drive_min
    else:
        yield "drive_travel_day", agreement.drive_travel_day_min, day.drive_min
    yield "work_day", agreement.work_day_min, day.span_min - day.drive_min
    yield "total_day", agreement.total_day_min, day.span_min
    yield "late_arrival", agreement.day_close_min, day.duty_end


def _departure(agreement: Agreement, day: DayTimes) -> Iterator[Caution]:
    """Whoever leaves earlier than the agreement has it; a morning show may have its own hour."""
    if day.duty_start is None:
        return
    morning = bool(day.stops) and day.stops[0].start < MORNING_ENDS_MIN
    hour = agreement.departure_morning_min if morning else agreement.departure_min
    limit = max(hour or 0, agreement.day_open_min or 0)
    if day.duty_start < limit:
        yield Caution(agreement.id, "departure", day.day, limit, day.duty_start, limit - day.duty_start)


def _weeks(problem: Problem, agreement: Agreement, days: tuple[DayTimes, ...]) -> Iterator[Caution]:
    """Duty from Monday to Sunday, drives counted; a week that begins or ends outside the window counts as it stands."""
    weeks: dict[tuple[int, int], list[DayTimes]] = {}
    for day in days:
        weeks.setdefault(problem.days[day.day].date.isocalendar()[:2], []).append(day)
    for week in weeks.values():
        worked, limit = sum(day.span_min for day in week), agreement.work_week_min
        if limit is not None and worked > limit:
            yield Caution(agreement.id, "work_week", week[0].day, limit, worked, worked - limit)
