"""The tasks of a visit that a crew hosts, as they stand: what, by whom, and when, as the visit is agreed now.

Times are never stored: they follow from the visit, so that they move with it. What is stored is what was ticked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bookings.entries import before_show
from bookings.models import Booking, CrewTask, CrewVisit
from bookings.models.advancing import Phase, in_words
from bookings.models.booking import Status
from tours.windows import midnight
from venues.models.crews import CrewRole

#: So long before a show the audience is let in where no rider says it. Source: the house's choice; a full gym.
SEATING = timedelta(minutes=15)
#: When what is to be done on a day, at no time of it, stands in its list.
_ANY_TIME = time.max


@dataclass(frozen=True)
class Task:
    """One task with when it is done: at a moment, or on a day (`at` is None then). `show`: 0 is the whole visit."""

    key: str
    show: int
    role: CrewRole
    phase: Phase
    text: str
    on: date
    at: datetime | None
    tick: CrewTask | None

    @property
    def is_done(self) -> bool:
        """Whether the crew has ticked it."""
        return self.tick is not None and self.tick.is_done

    @property
    def version(self) -> int:
        """Of the tick; 0 where nobody has touched it."""
        return self.tick.version if self.tick else 0

    @property
    def name(self) -> str:
        """The task among the others of its visit, as a form names it: "doors-2"."""
        return f"{self.key}-{self.show}"

    def is_late(self, now: datetime) -> bool:
        """Whether its day or moment has passed and it is not done."""
        ends = self.at or midnight(self.on + timedelta(days=1))
        return not self.is_done and ends < now


def tasks(visit: CrewVisit) -> list[Task]:
    """Every task in the order in which it is done. With its ground read along no query is asked."""
    ticks = {(tick.key, tick.show): tick for tick in visit.ticks.all()}
    shows = [show.number for show in visit.booking.performances.all()]
    found = []
    for entry in visit.tasks:
        numbers = shows if entry.get("each_show") and len(shows) > 1 else [0]
        found += [
            _task(visit.booking, entry, number, ticks.get((entry["key"], number))) for number in numbers
        ]
    return sorted(found, key=_in_time)


def is_void(visit: CrewVisit) -> bool:
    """Whether nothing is to be done: the visit is called off, or the crew has left it. What was ticked is kept."""
    return visit.left_at is not None or visit.booking.status != Status.CONFIRMED


def done_of(found: Iterable[Task]) -> tuple[int, int]:
    """How many of how many are done."""
    listed = list(found)
    return sum(task.is_done for task in listed), len(listed)


def by_phase(found: Iterable[Task]) -> list[tuple[Phase, list[Task]]]:
    """The tasks before, on and after the day; phases without any are left out."""
    listed = list(found)
    grouped = [(phase, [task for task in listed if task.phase == phase]) for phase in Phase]
    return [(phase, those) for phase, those in grouped if those]


def _task(booking: Booking, entry: dict[str, Any], show: int, tick: CrewTask | None) -> Task:
    at = _moment(booking, entry, show)
    day = timezone.localdate(booking.starts_at)
    on = timezone.localdate(at) if at else day + timedelta(days=entry["offset_days"])
    return Task(
        key=entry["key"],
        show=show,
        role=CrewRole(entry["role"]),
        phase=Phase(entry["phase"]),
        text=in_words({"sv": entry["sv"], "en": entry["en"]}),
        on=on,
        at=at,
        tick=tick,
    )


def _moment(booking: Booking, entry: dict[str, Any], show: int) -> datetime | None:
    """When it is done; None for what is done on a day. Of no show: before the first, after the last."""
    if "moment" not in entry:
        return None
    shows = {performance.number: performance for performance in booking.performances.all()}
    first, last = shows[show or min(shows)], shows[show or max(shows)]
    moments = {
        "get_in": booking.occupied_from,
        "audience": before_show(first).seats_at or first.starts_at - SEATING,
        "start": first.starts_at,
        "end": last.ends_at,
        "get_out": booking.occupied_to,
    }
    return moments[entry["moment"]] + timedelta(minutes=entry["offset_min"])


def _in_time(task: Task) -> tuple[int, date, time, int]:
    at = timezone.localtime(task.at).time() if task.at else _ANY_TIME
    return list(Phase).index(task.phase), task.on, at, task.show
