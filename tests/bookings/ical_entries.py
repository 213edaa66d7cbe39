"""An entry with everything in it, and what it becomes: our own reading, and icalendar's."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import icalendar

from bookings.ical import Entry, calendar, render
from tests.bookings.ical_reader import Block, vevents

BASE = "https://turne.example.org"
UID = UUID("11111111-2222-3333-4444-555555555555")
ENTRY = Entry(
    uid=UID,
    sequence=2,
    status="confirmed",
    hold_rank=1,
    starts_at=datetime(2027, 2, 4, 17, tzinfo=UTC),
    ends_at=datetime(2027, 2, 4, 17, 45, tzinfo=UTC),
    created_at=datetime(2026, 11, 1, 8, tzinfo=UTC),
    changed_at=datetime(2027, 1, 10, 12, 30, tzinfo=UTC),
    time_zone="Europe/Stockholm",
    title="Trumman och tystnaden",
    art_form="theatre",
    audience="public",
    age_min=6,
    age_max=None,
    grades="",
    ensemble="Trio Norr",
    presenter="Backe bygdegård",
    venue="Stora salen",
    address="Storgatan 1",
    place="Backe",
    municipality="Strömsund",
    lat=63.81667,
    lon=16.4,
    is_public=True,
)


def body(*entries: Entry, name: str = "Scenkonst i Krokom") -> bytes:
    return calendar(name, [render(entry, BASE) for entry in entries])


def event(**changes: object) -> Block:
    (found,) = vevents(body(replace(ENTRY, **changes)))
    return found


def parsed(**changes: object) -> icalendar.Event:
    (found,) = icalendar.Calendar.from_ical(body(replace(ENTRY, **changes))).walk("VEVENT")
    return found
