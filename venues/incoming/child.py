"""Reckons out when a calendar is busy. Runs as a process of its own, which may cost and know nothing.

It gets a file on standard input, and no settings, no database and no environment; the machine itself ends it when it
takes too much of the processor or of the memory (`limits`). What it gives back are intervals.
"""

import json
import sys
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from venues.incoming.errors import CalendarError
from venues.incoming.lines import Event, Line, read_lines
from venues.incoming.rules import Rules

#: Busy times that are kept of one calendar. Source: the house's contract, docs/calendars-in.md.
BUSY_MAX = 2000


def busy_in(data: bytes, *, zone: str, start: datetime, end: datetime, salt: str = "") -> dict[str, Any]:
    """When a calendar is busy between two moments.

    Args:
        zone: of times that have none, and of whole days.
        salt: what an event's own name is hashed with.

    Returns:
        "busy": [start, end, hash] by start, in whole seconds since 1970, inside the window;
        "read_until": in such seconds too, where there was more than BUSY_MAX; else None;
        "is_zone_assumed": whether the zone of a time had to be assumed.

    Raises:
        CalendarError: it could not be read, or is not worth what it costs.
    """
    found = read_lines(data)
    rules = Rules(zone, start, end, found.zones, salt)
    events = [*found.events, *_stated(found.busy)]
    written = [line for event in events for line in rules.write(event)]
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *written, "END:VCALENDAR", ""])
    query = recurring_ical_events.of(Calendar.from_ical(text))
    rows = {
        row
        for event in query.between(start, end)
        if _is_busy(event) and (row := _row(event, ZoneInfo(zone), start, end))
    }
    kept = sorted(rows)
    more = kept[BUSY_MAX][0] if len(kept) > BUSY_MAX else None
    return {"busy": kept[:BUSY_MAX], "read_until": more, "is_zone_assumed": rules.is_zone_assumed}


def _stated(lines: list[Line]) -> list[Event]:
    """Busy times that a calendar states without events, as events."""
    events = []
    for line in lines:
        if line.params.get("FBTYPE", "").upper() == "FREE":
            continue
        for period in line.value.split(","):
            start, _slash, end = period.partition("/")
            until = Line("DURATION" if end.startswith("P") else "DTEND", {}, end)
            named = Line("UID", {}, period)
            events.append(Event([named, Line("DTSTART", {}, start), until]))
    return events


def _is_busy(event: Any) -> bool:
    """Whether an event takes its time: not one that is called off, or marked as free."""
    said = [str(event.get(name, "")) for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")]
    return not {"CANCELLED", "TRANSPARENT", "FREE"} & set(said)


def _row(event: Any, zone: ZoneInfo, start: datetime, end: datetime) -> tuple[int, int, str] | None:
    begins, ends = _moment(event["DTSTART"].dt, zone), _moment(event["DTEND"].dt, zone)
    begins, ends = max(begins, start), min(ends, end)
    if ends <= begins:
        return None
    return int(begins.timestamp()), int(ends.timestamp()), str(event["UID"])


def _moment(at: date, zone: ZoneInfo) -> datetime:
    """A time in UTC; a day begins at midnight in the region."""
    if not isinstance(at, datetime):
        at = datetime.combine(at, time.min)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def main(argv: list[str]) -> None:
    """Read a calendar from standard input, by the order in the argument; write what came of it as JSON."""
    order = json.loads(argv[0])
    start, end = (datetime.fromtimestamp(order[name], UTC) for name in ("start", "end"))
    try:
        told = busy_in(sys.stdin.buffer.read(), zone=order["zone"], start=start, end=end, salt=order["salt"])
    except CalendarError as error:
        told = {"error": error.code}
    except MemoryError:
        told = {"error": "too_heavy"}
    except Exception:
        # The libraries let KeyError, OverflowError and others through on odd input. None of it is told on: it could
        # have a piece of the calendar in it.
        told = {"error": "malformed"}
    sys.stdout.write(json.dumps(told))
