"""The days of a stay by week: a heading for each, and days without a plan in one line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bookings.residencies.day_plans import Day, Line
from venues.dates import span_text, week_text


@dataclass
class Run:
    """A day with a plan, or days after each other without any (`planned` is None)."""

    planned: Day | None
    empty: list[Day] = field(default_factory=list)


@dataclass(frozen=True)
class Week:
    """The days of one ISO week that are of the stay, or around it."""

    name: str
    span: str
    days: list[Day]

    @property
    def runs(self) -> list[Run]:
        """Its days in order, those without a plan together."""
        found: list[Run] = []
        for day in self.days:
            if day.lines:
                found.append(Run(day))
            elif found and found[-1].planned is None:
                found[-1].empty.append(day)
            else:
                found.append(Run(None, [day]))
        return found

    @property
    def rows(self) -> list[tuple[Day, list[Line]]]:
        """For the wall: each day with what is held; what is cancelled is not."""
        return [
            (day, [one for one in day.lines if not (one.event and one.event.cancelled_at)])
            for day in self.days
        ]


def weeks(days: Sequence[Day]) -> list[Week]:
    """The days in order, by week."""
    found = []
    for _key, group in groupby(days, key=_week):
        of_week = list(group)
        span = span_text(of_week[0].on, of_week[-1].on)
        found.append(Week(week_text(of_week[0].on), span, of_week))
    return found


def _week(day: Day) -> tuple[int, int]:
    iso = day.on.isocalendar()
    return iso.year, iso.week
