"""The plan of a stay's days: lines with times, beside its sub-events and journeys; and what overlaps on a day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import DayLine, Residency, ResidencyTravel, SubEvent
from bookings.residencies import locking
from tours.errors import Refused
from tours.lengths import check_column
from tours.windows import calendar_days
from venues.dates import span_text

#: Lines of a day at the most. Source: the house's choice: what goes on a paper for the wall.
LINES_MAX = 40


@dataclass(frozen=True)
class Line:
    """Something on a day, of whichever sort: a line of the plan, a sub-event or a journey."""

    starts: time | None
    ends: time | None
    words: str
    line: DayLine | None = None
    event: SubEvent | None = None
    journey: ResidencyTravel | None = None


@dataclass
class Day:
    """A day of the stay, or one around it on which somebody travels.

    Attributes:
        overlaps: pairs of words of what lies at the same time.
    """

    on: date
    is_of_stay: bool
    lines: list[Line] = field(default_factory=list)
    overlaps: list[tuple[str, str]] = field(default_factory=list)


def days(residency: Residency) -> list[Day]:
    """Every day of the stay in order, and those around it on which something is planned; few queries."""
    stay = set(_days_of(residency))
    found: dict[date, list[Line]] = defaultdict(list)
    for day in stay:
        found[day] = []
    for row in residency.day_lines.all():
        found[row.on].append(Line(row.starts, row.ends, row.words, line=row))
    for event in residency.sub_events.select_related("venue__place").prefetch_related("groups"):
        start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
        last = end.time() if end.date() == start.date() else time.max
        found[start.date()].append(Line(start.time(), last, event.title, event=event))
    for journey in residency.travel.all():
        words = f"{journey.from_words} – {journey.to_words}"
        found[journey.on].append(Line(None, None, words, journey=journey))
    return [_day(on, on in stay, lines) for on, lines in sorted(found.items())]


@transaction.atomic
def add(
    residency: Residency, *, on: date, starts: time | None, ends: time | None, words: str, now: datetime
) -> DayLine:
    """A line of a day's plan; the artist's own calendar shows it too.

    Raises:
        NotNow: the residency is cancelled.
        Refused: the day is none of the stay, the times contradict each other, or there are no words.
    """
    residency = locking.lock_standing(residency)
    _check(residency, on, starts, ends, words)
    if residency.day_lines.filter(on=on).count() >= LINES_MAX:
        raise Refused(_("A day has at most %(most)d lines.") % {"most": LINES_MAX}, field="words")
    return DayLine.objects.create(
        residency=residency,
        on=on,
        starts=starts,
        ends=ends,
        words=" ".join(words.split()),
        changed_at=now,
    )


@transaction.atomic
def change(
    line: DayLine,
    *,
    on: date,
    starts: time | None,
    ends: time | None,
    words: str,
    version: int,
    now: datetime,
) -> DayLine:
    """Say a line anew. Raises ItemChanged where somebody has changed it since that version, else as `add`."""
    residency = locking.lock_standing(line.residency)
    found = DayLine.objects.get(pk=line.pk)
    locking.check_version(version, found.version, line=found.pk)
    _check(residency, on, starts, ends, words)
    found.on, found.starts, found.ends, found.words = on, starts, ends, " ".join(words.split())
    found.version, found.changed_at = found.version + 1, now
    found.save()
    return found


def remove(line: DayLine, *, version: int) -> None:
    """Take a line away. Raises ItemChanged where somebody has changed it since that version."""
    locking.remove(line, version=version, name="line")


@transaction.atomic
def copy_day(residency: Residency, *, source: date, target: date, now: datetime) -> int:
    """Copy the lines of a day to another that has not got them already; how many were copied.

    Sub-events and journeys are not copied: they happen once.

    Raises:
        NotNow: the residency is cancelled.
        Refused: the other day is none of the stay, or there is nothing to copy.
    """
    residency = locking.lock_standing(residency)
    _check_day(residency, target, "target")
    theirs = list(residency.day_lines.filter(on=source))
    if not theirs:
        raise Refused(_("The day has no lines to copy."), field="source")
    there = {(row.starts, row.ends, row.words) for row in residency.day_lines.filter(on=target)}
    new = [row for row in theirs if (row.starts, row.ends, row.words) not in there]
    if len(there) + len(new) > LINES_MAX:
        raise Refused(_("A day has at most %(most)d lines.") % {"most": LINES_MAX}, field="target")
    DayLine.objects.bulk_create(
        DayLine(
            residency=residency,
            on=target,
            starts=row.starts,
            ends=row.ends,
            words=row.words,
            changed_at=now,
        )
        for row in new
    )
    return len(new)


def _days_of(residency: Residency) -> list[date]:
    return [day for one in residency.periods.all() for day in calendar_days(one.starts_on, one.ends_on)]


def _day(on: date, is_of_stay: bool, lines: list[Line]) -> Day:
    in_order = sorted(lines, key=lambda one: (one.starts is not None, one.starts or time.min, one.words))
    timed = [
        one for one in in_order if one.starts and one.ends and not (one.event and one.event.cancelled_at)
    ]
    # A long line may reach over several: each is held against the one before it that ends last.
    overlaps, reaching = [], None
    for one in timed:
        if reaching and one.starts < reaching.ends:  # type: ignore[operator]
            overlaps.append((reaching.words, one.words))
        if reaching is None or one.ends > reaching.ends:  # type: ignore[operator]
            reaching = one
    return Day(on, is_of_stay, in_order, overlaps)


def _check(residency: Residency, on: date, starts: time | None, ends: time | None, words: str) -> None:
    _check_day(residency, on, "on")
    if not words.strip():
        raise Refused(_("This must be filled in."), field="words")
    check_column(DayLine, "words", words)
    if ends and not starts:
        raise Refused(_("Say when it starts, too."), field="starts")
    if starts and ends and ends <= starts:
        raise Refused(_("It must end after it starts."), field="ends")


def _check_day(residency: Residency, on: date, field_name: str) -> None:
    if on not in set(_days_of(residency)):
        periods = ", ".join(span_text(one.starts_on, one.ends_on) for one in residency.periods.all())
        raise Refused(
            _("It must lie on the days of the stay: %(periods)s.") % {"periods": periods}, field=field_name
        )
