"""What different programs make of the same calendars: each reader gives the same few facts of every entry."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from tests.bookings.ical_reader import Line, vevents
from tests.report import ICALJS

HERE = Path(__file__).parent
#: Longer than any feed reaches.
ALL_TIME = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC))


class Seen(NamedTuple):
    """What a program shows of an entry: moments in UTC ("2027-02-04T17:00:00Z") or days ("2027-02-04")."""

    uid: str
    start: str
    end: str
    status: str
    summary: str


#: Name of a feed -> what was seen in it, in order.
Reading = dict[str, list[Seen]]
Reader = Callable[[Mapping[str, bytes]], Reading]


def moment(at: date) -> str:
    """A moment or a day, in one form for all readers."""
    if not isinstance(at, datetime):
        return at.isoformat()
    assert at.utcoffset() is not None
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def ours(bodies: Mapping[str, bytes]) -> Reading:
    """The strict reader of these tests."""
    return {
        name: sorted(
            Seen(
                event.text("UID"),
                _instant(event.one("DTSTART")),
                _instant(event.one("DTEND")),
                event.text("STATUS"),
                event.text("SUMMARY"),
            )
            for event in vevents(body)
        )
        for name, body in bodies.items()
    }


def _instant(line: Line) -> str:
    if line.params.get("VALUE") == "DATE":
        return moment(date.fromisoformat(line.value))
    zone = ZoneInfo(line.params.get("TZID", "UTC"))
    assert line.value.endswith("Z") == ("TZID" not in line.params)
    return moment(datetime.strptime(line.value.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=zone))


def with_icalendar(bodies: Mapping[str, bytes]) -> Reading:
    """icalendar, which passes over what it can not read and notes it: nothing may be noted."""
    read = {name: icalendar.Calendar.from_ical(body) for name, body in bodies.items()}
    faults = [part.errors for calendar in read.values() for part in calendar.walk() if part.errors]
    assert faults == []
    return {name: sorted(map(_of_event, calendar.walk("VEVENT"))) for name, calendar in read.items()}


def with_recurrences(bodies: Mapping[str, bytes]) -> Reading:
    """recurring-ical-events, which asks what takes place between two moments."""
    return {
        name: sorted(
            map(_of_event, recurring_ical_events.of(icalendar.Calendar.from_ical(body)).between(*ALL_TIME))
        )
        for name, body in bodies.items()
    }


def _of_event(event: icalendar.Event) -> Seen:
    start, end = moment(event["DTSTART"].dt), moment(event["DTEND"].dt)
    return Seen(str(event["UID"]), start, end, str(event["STATUS"]), str(event["SUMMARY"]))


def with_libical(bodies: Mapping[str, bytes]) -> Reading:
    """libical, by which GNOME, KDE and Thunderbird's older versions read."""
    return _program([sys.executable, str(HERE / "libical_reader.py")], bodies)


def with_icaljs(bodies: Mapping[str, bytes]) -> Reading:
    """ical.js, by which Thunderbird and the pages of Nextcloud read."""
    return _program(["node", str(HERE / "icaljs_reader.mjs"), str(ICALJS)], bodies)


def _program(command: list[str], bodies: Mapping[str, bytes]) -> Reading:
    """A program that is given {name: text} and answers {name: [[uid, start, end, status, summary]]}, both as JSON."""
    asked = json.dumps({name: body.decode() for name, body in bodies.items()})
    ended = subprocess.run(command, input=asked, text=True, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    return {name: sorted(Seen(*row) for row in rows) for name, rows in told.items()}
