"""Whole days out of an .ics file, which may come from anywhere: read line by line, within limits, nothing repeated.

Only the few lines of an event that say its days and its name are looked at, each once; all others are skipped
unread. Rules that repeat an event are not expanded: a yearly one is taken in the year that is asked for, any other is
a fault of its event.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from icalendar import vDDDTypes, vDuration, vRecur
from icalendar.parser import Contentline

from venues.errors import BadSheet
from venues.incoming.fetching import LIMITS
from venues.incoming.lines import EVENTS_MAX
from venues.sheets import File

#: Source: the house's contract, as for calendars that are fetched (docs/calendars-in.md); a school year is some ten
#: kilobytes.
MOST_BYTES, MOST_EVENTS = LIMITS.bytes_max, EVENTS_MAX
#: A line of a name or a day is shorter; what is longer is not read. Source: the house's choice.
LONGEST_LINE = 2_000
READ = {"DTSTART", "DTEND", "DURATION", "SUMMARY", "RRULE", "RDATE", "STATUS", "RECURRENCE-ID"}
_NAME = re.compile(r"[A-Za-z-]+")
#: Of octets, because a line may go on inside a letter (RFC 5545, 3.1). What else Python takes for an end of a line
#: may stand in a title.
_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_LINE_END = re.compile(r"\r\n|\n|\r")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class DayEvent:
    """An event of whole days, both included; `number` counts the events of the file from 1."""

    number: int
    name: str
    starts_on: date
    ends_on: date


@dataclass
class Read:
    """What a file held: its events, the faults by number of event, and what else to tell."""

    events: list[DayEvent] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    timed_count: int = 0
    count: int = 0


class _BadEvent(ValueError):
    """What is wrong with an event."""


class _Timed(Exception):
    """An event with a time of day."""


def read_days(file: File, first: date, last: date) -> Read:
    """The whole days in a file that begin on the days from first to last, both included.

    A time from midnight to midnight is whole days too; cancelled events are none.

    Raises:
        BadSheet: too large, too many events, no calendar, or not in letters that can be read.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadSheet(_("The file is larger than 2 MB. Export only the school year."))
    text = _decoded(_FOLD.sub(b"", content))
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise BadSheet(_("The file is no calendar: it does not begin with BEGIN:VCALENDAR."))
    found = Read()
    for lines in _events(text):
        found.count += 1
        if found.count > MOST_EVENTS:
            told = {"most": MOST_EVENTS}
            raise BadSheet(_("There are more than %(most)d events. Export only the school year.") % told)
        try:
            found.events += _days_of(found.count, lines, first, last)
        except _Timed:
            found.timed_count += 1
        except _BadEvent as error:
            found.faults.append((found.count, str(error)))
        except (ValueError, KeyError, IndexError, OverflowError, TypeError, AttributeError):
            found.faults.append(
                (found.count, _("Its days can not be read."))
            )  # icalendar stumbles in many ways
    if not found.count:
        raise BadSheet(_("There are no events in the calendar."))
    return found


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _events(text: str) -> Iterator[dict[str, str]]:
    """The lines of each event by name, the first of each; what stands in an alarm inside it is not its own."""
    lines: dict[str, str] | None = None
    inner = 0
    for raw in _LINE_END.split(text):
        head = raw[:40].strip().upper()
        if head == "BEGIN:VEVENT":
            lines, inner = {}, 0
        elif head == "END:VEVENT":
            if lines is not None:
                yield lines
            lines = None
        elif lines is not None and head.startswith(("BEGIN:", "END:")):
            inner += 1 if head.startswith("BEGIN:") else -1
        elif lines is not None and not inner and len(raw) <= LONGEST_LINE:
            named = _NAME.match(raw)
            if named and named.group().upper() in READ:
                lines.setdefault(named.group().upper(), raw)


def _days_of(number: int, lines: dict[str, str], first: date, last: date) -> list[DayEvent]:
    if _value(lines, "STATUS").strip().upper() == "CANCELLED":
        return []
    if "RDATE" in lines or "RECURRENCE-ID" in lines:
        raise _BadEvent(_("It is repeated on days of its own. Make an event of each."))
    start, end = _span(lines)
    name = " ".join(_ESCAPED.sub(_unescaped, _value(lines, "SUMMARY")).split())
    return [
        DayEvent(number, name, starts_on, starts_on + (end - start))
        for starts_on in _starts(lines, start, first, last)
        if first <= starts_on <= last
    ]


def _unescaped(found: re.Match[str]) -> str:
    """RFC 5545, 3.3.11: a line break is written as a letter, and other signs stand for themselves."""
    return " " if found[1] in "nN" else found[1]


def _value(lines: dict[str, str], name: str) -> str:
    if name not in lines:
        return ""
    line = Contentline(lines[name])  # type: ignore[no-untyped-call]
    return str(line.parts()[2])


def _span(lines: dict[str, str]) -> tuple[date, date]:
    """First and last day, both included; an .ics says the day after the last."""
    if "DTSTART" not in lines:
        raise _BadEvent(_("It has no day."))
    start = _moment(lines, "DTSTART")
    end = _moment(lines, "DTEND") if "DTEND" in lines else None
    if end is None and "DURATION" in lines:
        lasts = vDuration.from_ical(_value(lines, "DURATION"))  # type: ignore[no-untyped-call]
        end = start + lasts
    if isinstance(start, datetime):
        if end is None or start.time() != time.min or not isinstance(end, datetime) or end.time() != time.min:
            raise _Timed
        start, end = start.date(), end.date()
    if isinstance(end, datetime):
        raise _Timed
    last = (end or start + timedelta(days=1)) - timedelta(days=1)
    if last < start:
        last = start  # some programs give the same day twice
    return start, last


def _moment(lines: dict[str, str], name: str) -> Any:
    moment = vDDDTypes.from_ical(_value(lines, name))  # type: ignore[no-untyped-call]
    if not isinstance(moment, date):
        raise _BadEvent(_("Its days can not be read."))
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment


def _starts(lines: dict[str, str], start: date, first: date, last: date) -> list[date]:
    """On which days it begins: once, or the same day of each year that is asked about."""
    if "RRULE" not in lines:
        return [start]
    rule = vRecur.from_ical(_value(lines, "RRULE"))
    told = {key.upper() for key in rule}
    plain = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY"}
    frequency = str(next(iter(rule.get("FREQ", [""])))).upper()
    if frequency != "YEARLY" or told - plain or _one(rule, "INTERVAL", 1) != 1:
        raise _BadEvent(_("It is repeated, and not simply every year. Make an event of each."))
    months, days = rule.get("BYMONTH", [start.month]), rule.get("BYMONTHDAY", [start.day])
    if [int(month) for month in months] != [start.month] or [int(day) for day in days] != [start.day]:
        raise _BadEvent(_("It is repeated, and not simply every year. Make an event of each."))
    until, count = _one(rule, "UNTIL", None), _one(rule, "COUNT", None)
    until = until.date() if isinstance(until, datetime) else until
    found = []
    for year in range(max(start.year, first.year), last.year + 1):
        if (start.month, start.day) == (2, 29):
            continue  # in few years only, and no day that a school calendar repeats
        day = start.replace(year=year)
        if (until is None or day <= until) and (count is None or year - start.year < int(count)):
            found.append(day)
    return found


def _one(rule: Any, key: str, otherwise: Any) -> Any:
    return next(iter(rule.get(key, [otherwise])))
