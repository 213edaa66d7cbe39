"""A calendar file line by line: only what says when somebody is busy is taken out of it. Plain Python.

Titles, descriptions, places, people and files in the calendar are never even read: a line that is not about time is
left where it is, and the calendar programs' own reckoning of time zones too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from venues.incoming.errors import CalendarError

#: Properties of an event that say when it is, and whether that is busy. Source: RFC 5545, section 3.8, and what Outlook
#: writes beside TRANSP.
TIMES = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"})
WANTED = TIMES | {
    "UID",
    "DURATION",
    "RRULE",
    "STATUS",
    "TRANSP",
    "SEQUENCE",
    "X-MICROSOFT-CDO-BUSYSTATUS",
}
#: Events and stated free and busy times in one file. Source: the house's contract, docs/calendars-in.md.
EVENTS_MAX = 5000
#: Components inside each other: an alarm in an event in a calendar is three. Source: the house's choice.
DEPTH_MAX = 8
#: A line that is wanted is no longer; a list of some thousand dates is. Source: the house's choice.
LINE_MAX = 200_000
_NAME = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True)
class Line:
    """One property: its name in capitals, its parameters by name in capitals, its value as it stands."""

    name: str
    params: dict[str, str]
    value: str


@dataclass
class Event:
    """What one event says of its time, in its own words."""

    lines: list[Line] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        """The first property of that name."""
        return next((line for line in self.lines if line.name == name), None)


@dataclass
class Found:
    """What a file says of times: its events, its stated busy times, and what it calls which time zone."""

    events: list[Event] = field(default_factory=list)
    busy: list[Line] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)


def read_lines(data: bytes) -> Found:
    """Take what is about time out of a file.

    Raises:
        CalendarError: it is no calendar, is not whole, or has too many events.
    """
    text = data.decode("utf-8-sig", errors="replace")
    if not text.lstrip()[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise CalendarError("not_calendar")
    found, path, event, zone = Found(), list[str](), Event(), ""
    for raw in _unfolded(text):
        mark, _colon, value = raw[:200].partition(":")
        mark, value = mark.strip().upper(), value.strip().upper()
        if mark == "BEGIN":
            path.append(value)
            if len(path) > DEPTH_MAX:
                raise CalendarError("malformed")
            if path == ["VCALENDAR", "VEVENT"]:
                event = Event()
                found.events.append(event)
            _check_count(found)
        elif mark == "END":
            if not path or path.pop() != value:
                raise CalendarError("malformed")
        elif path == ["VCALENDAR", "VEVENT"]:
            if _NAME.match(raw) and _name(raw) in WANTED:
                event.lines.append(parsed(raw))
        elif path == ["VCALENDAR", "VFREEBUSY"]:
            if _name(raw) == "FREEBUSY":
                found.busy.append(parsed(raw))
                _check_count(found)
        elif path == ["VCALENDAR", "VTIMEZONE"]:
            if _name(raw) == "TZID":
                zone = parsed(raw).value
            elif _name(raw) == "X-LIC-LOCATION":
                found.zones[zone] = parsed(raw).value
    if path:
        raise CalendarError("cut_off")
    return found


def parsed(raw: str) -> Line:
    """A content line taken apart; values in quotes may have the marks in them.

    Raises:
        CalendarError: it has no value, or is too long.
    """
    if len(raw) > LINE_MAX:
        raise CalendarError("too_many_dates")
    parts, start, quoted = [], 0, False
    for at, letter in enumerate(raw):
        if letter == '"':
            quoted = not quoted
        elif letter in ";:" and not quoted:
            parts.append(raw[start:at])
            start = at + 1
            if letter == ":":
                break
    else:
        raise CalendarError("malformed")
    params = (part.partition("=") for part in parts[1:])
    return Line(
        parts[0].strip().upper(),
        {name.strip().upper(): value.strip().strip('"') for name, _mark, value in params},
        raw[start:].strip(),
    )


def _check_count(found: Found) -> None:
    if len(found.events) + len(found.busy) > EVENTS_MAX:
        raise CalendarError("too_many_events")


def _name(raw: str) -> str:
    named = _NAME.match(raw)
    return named[0].upper() if named else ""


def _unfolded(text: str) -> Iterator[str]:
    """The lines, those that go on in the next ones put together. Source: RFC 5545, section 3.1."""
    pieces: list[str] = []
    for raw in re.split(r"\r\n|\n|\r", text):
        if raw[:1] in (" ", "\t") and pieces:
            pieces.append(raw[1:])
            continue
        if pieces and pieces != [""]:
            yield "".join(pieces)
        pieces = [raw]
    if pieces and pieces != [""]:
        yield "".join(pieces)
