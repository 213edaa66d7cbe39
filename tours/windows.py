"""When a wish can be played: its days and times, less everything that says no on them."""

from collections.abc import Iterable, Iterator, Sequence
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
    """How long a visit takes around the start of its first show, in minutes.

    Attributes:
        shows: each show from the start of the first one to its own end; without them one that lasts `show_min`.
    """

    get_in_min: int
    show_min: int
    get_out_min: int
    shows: tuple[tuple[int, int], ...] = ()

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
class Bar:
    """A half-open time of a day, in its minutes, in which something says no.

    Attributes:
        of_shows: whether it binds the shows alone; else all of the visit, from get-in to get-out.
    """

    day: date
    start_min: int
    end_min: int
    of_shows: bool


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
    spans: Iterable[Span], bars: Iterable[Bar], visit: Visit, *, first_day: date, last_day: date
) -> list[tuple[date, int, int]]:
    """The windows in which the first show may start, in order: (day, earliest, latest), minutes, both included.

    The whole visit must lie within its day and outside every bar, or its shows where the bar is theirs.

    Args:
        first_day, last_day: the days to plan, both included.
    """
    wanted: dict[date, list[tuple[int, int]]] = {}
    for span in spans:
        low, high = max(span.earliest_min, visit.get_in_min), min(span.latest_min, DAY_MIN - visit.after_min)
        for day in calendar_days(max(span.starts_on, first_day), min(span.ends_on, last_day)):
            if low <= high:
                wanted.setdefault(day, []).append((low, high))
    blocked: dict[date, list[tuple[int, int]]] = {}
    for bar in bars:
        if bar.day in wanted:
            blocked.setdefault(bar.day, []).extend(_blocked(bar, visit))
    return [
        (day, low, high)
        for day in sorted(wanted)
        for low, high in _without(wanted[day], blocked.get(day, []))
    ]


def _blocked(bar: Bar, visit: Visit) -> list[tuple[int, int]]:
    """The open intervals of start minutes from which the visit would touch what is barred."""
    if not bar.of_shows:
        return [(bar.start_min - visit.after_min, bar.end_min + visit.get_in_min)]
    shows = visit.shows or ((0, visit.show_min),)
    return [(bar.start_min - end, bar.end_min - start) for start, end in shows]


def minutes_by_day(starts_at: datetime, ends_at: datetime) -> Iterator[tuple[date, int, int]]:
    """A half-open time as the minutes of each local day that it touches: (day, from, to)."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    for day in calendar_days(first.date(), last.date()):
        start = minute_of(first.time()) if day == first.date() else 0
        # A range that ends in the middle of a minute takes the whole minute.
        end = minute_of(last.time()) + bool(last.second) if day == last.date() else DAY_MIN
        if end > start:
            yield day, start, end


def left_of(bars: Iterable[Bar]) -> list[tuple[int, int]]:
    """The half-open minutes of a day that no bar touches, whatever it binds; the bars are of one day."""
    left = [(0, DAY_MIN)]
    for bar in bars:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, bar.start_min)), (max(start, bar.end_min), end))
            if piece[0] < piece[1]
        ]
    return left


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
