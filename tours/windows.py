"""When a wish can be played: its days and times, less everything that says no on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

DAY_MIN = 24 * 60
#: Days end at 23.59 where a deadline is a day.
END_OF_DAY_MIN = 23 * 60 + 59
#: Drives are rounded up to this many minutes and shows start at multiples of it: nobody invites an audience to
#: 12.13. Source: the house's choice.
EVEN_MIN = 5


@dataclass(frozen=True)
class Visit:
    """How long a visit takes around the start of its first show, in minutes."""

    get_in_min: int
    show_min: int
    get_out_min: int

    @property
    def after_min(self) -> int:
        """From the start of the first show until the ensemble has left."""
        return self.show_min + self.get_out_min


@dataclass(frozen=True)
class Span:
    """Days, both included, and the minutes of the day in which the first show may start, both included."""

    starts_on: date
    ends_on: date
    earliest_min: int
    latest_min: int


@dataclass(frozen=True)
class Taken:
    """A half-open time in which the room or its people can not, and why."""

    starts_at: datetime
    ends_at: datetime
    reason: str = ""


def minute_of(at: time) -> int:
    """A time of day as minutes after midnight."""
    return at.hour * 60 + at.minute


def midnight(day: date) -> datetime:
    """When the day begins in the active time zone."""
    return moment(day, 0)


def evening(day: date) -> datetime:
    """The moment until which something counts that is wanted by that day."""
    return moment(day, END_OF_DAY_MIN)


def calendar_days(first: date, last: date) -> list[date]:
    """Every day, both ends included; none if the last is before the first."""
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def moment(day: date, minute: int) -> datetime:
    """The instant of a wall-clock minute of a day in the active time zone; minutes past 1440 are the next day's."""
    midnight = datetime.combine(day, time.min)
    return timezone.make_aware(midnight + timedelta(minutes=minute))


def clock_shift_min(day: date) -> int:
    """Minutes that the night after a day is longer (above 0) or shorter than the clock says, in the active zone."""
    noons = [moment(at, DAY_MIN // 2).utcoffset() or timedelta() for at in (day, day + timedelta(days=1))]
    return (noons[0] - noons[1]) // timedelta(minutes=1)


def starts(
    spans: Iterable[Span],
    taken: Iterable[Taken],
    closed_days: set[date],
    visit: Visit,
    *,
    first_day: date,
    last_day: date,
) -> list[tuple[date, int, int]]:
    """The windows in which the first show may start, in order: (day, earliest, latest), minutes, both included.

    The whole visit must lie within its day and outside everything that is taken.

    Args:
        closed_days: days on which nothing can be played there at all.
        first_day, last_day: the days to plan, both included.
    """
    wanted: dict[date, list[tuple[int, int]]] = {}
    for span in spans:
        low, high = max(span.earliest_min, visit.get_in_min), min(span.latest_min, DAY_MIN - visit.after_min)
        for day in calendar_days(max(span.starts_on, first_day), min(span.ends_on, last_day)):
            if low <= high and day not in closed_days:
                wanted.setdefault(day, []).append((low, high))
    blocked = _by_day(taken, visit)
    return [
        (day, low, high)
        for day in sorted(wanted)
        for low, high in _without(wanted[day], blocked.get(day, []))
    ]


def _by_day(taken: Iterable[Taken], visit: Visit) -> dict[date, list[tuple[int, int]]]:
    """For each day the open intervals of start minutes whose visit would touch something taken."""
    blocked: dict[date, list[tuple[int, int]]] = {}
    for row in taken:
        first, last = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        for day in calendar_days(first.date(), last.date()):
            start = minute_of(first.time()) if day == first.date() else 0
            # A range that ends in the middle of a minute takes the whole minute.
            end = minute_of(last.time()) + bool(last.second) if day == last.date() else DAY_MIN
            if end > start:
                blocked.setdefault(day, []).append((start - visit.after_min, end + visit.get_in_min))
    return blocked


def rounded_up(minutes: int) -> int:
    """A drive as the planner has it: see EVEN_MIN."""
    return -(-minutes // EVEN_MIN) * EVEN_MIN


def even_windows(windows: list[tuple[date, int, int]]) -> list[tuple[date, int, int]]:
    """The windows with both ends at whole steps; one without such a start is gone."""
    rounded = [(day, rounded_up(low), high // EVEN_MIN * EVEN_MIN) for day, low, high in windows]
    return [(day, low, high) for day, low, high in rounded if low <= high]


def _without(wanted: Sequence[tuple[int, int]], blocked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The wanted closed intervals less the blocked open ones, joined and in order."""
    left = list(wanted)
    for start, end in blocked:
        left = [
            piece
            for low, high in left
            for piece in ((low, min(high, start)), (max(low, end), high))
            if piece[0] <= piece[1]
        ]
    joined: list[tuple[int, int]] = []
    for low, high in sorted(left):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return joined
