"""An entry with everything in it, and what it becomes: our own reading, and icalendar's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import icalendar
from hypothesis import strategies as st

from bookings.ical import (
    VERSIONS,
    Entry,
    Part,
    Role,
    Span,
    SubEvent,
    Version,
    Workday,
    calendar,
    render,
    render_span,
    render_sub_event,
    render_workday,
)
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
STREAM = "https://play.example.org/trumman?show=1&lang=sv"
#: The same with all that a calendar may say, for a school.
FULL = replace(
    ENTRY,
    audience="school",
    grades="4-6",
    visit_page="/bokning/7/",
    languages=("sv", "sma"),
    services=("sign_language", "audio_description"),
    access=(("step_free_entrance", True), ("wheelchair_places", 4), ("lift", False)),
    warnings="Stroboskop.",
    teacher_guide="https://example.org/guide.pdf",
    preparation="Läs boken i förväg.\nGå på toaletten innan.",
    to_do=("Värmen i lokalen är ordnad",),
    arrives_at=ENTRY.starts_at - timedelta(minutes=15),
    seats_at=ENTRY.starts_at - timedelta(minutes=10),
    calls_at=ENTRY.starts_at - timedelta(minutes=35),
    get_in_at=ENTRY.starts_at - timedelta(hours=2),
    get_out_at=ENTRY.ends_at + timedelta(hours=1),
    roles=(Role("Artistvärd", "presenter", True), Role("Ensemblen på vägen", "producer", False)),
    was_at=ENTRY.starts_at - timedelta(days=2),
    was_in="Matsalen",
    stream_url=STREAM,
)
WORKDAY = Workday(
    uid=UUID(int=2),
    sequence=3,
    is_agreed=True,
    starts_at=ENTRY.starts_at - timedelta(hours=6),
    ends_at=ENTRY.ends_at + timedelta(hours=2),
    created_at=ENTRY.created_at,
    changed_at=ENTRY.changed_at,
    time_zone="Europe/Stockholm",
    tour="Våren 2027",
    places=("Backe",),
    parts=(Part(ENTRY.starts_at, ENTRY.ends_at, "Föreställning"),),
    night="Backe, hotell (3 rum)",
)
SPAN = Span(
    uid=UUID(int=3),
    sequence=1,
    status="confirmed",
    starts_on=date(2027, 2, 1),
    ends_on=date(2027, 2, 12),
    created_at=ENTRY.created_at,
    changed_at=ENTRY.changed_at,
    kind="Turné",
    title="Trumman och tystnaden",
    lines=("Trio Norr är på turné.",),
    categories=("Teater",),
)
SUB_EVENT = SubEvent(
    uid=UUID(int=4),
    sequence=1,
    status="confirmed",
    starts_at=ENTRY.starts_at,
    ends_at=ENTRY.ends_at,
    created_at=ENTRY.created_at,
    changed_at=ENTRY.changed_at,
    time_zone="Europe/Stockholm",
    kind="Visning",
    title="Första lyssningen",
    lines=("Del av residenset Ljud av is: Duo Fjällvind hos Backe bygdegård.", "Öppet för alla."),
    where="Stora salen, Storgatan 1, Backe, Strömsund",
    lat=63.81667,
    lon=16.4,
    categories=("Visning", "Musik"),
    page="/residens/fjallvind-1/",
)
#: Everything that has a VEVENT, by name: a performance in each version, a working day, a span and a sub-event.
VEVENTS = {
    **{version: render(FULL, BASE, version) for version in VERSIONS},
    "workday": render_workday(WORKDAY),
    "span": render_span(SPAN, BASE),
    "sub-event": render_sub_event(SUB_EVENT, BASE),
}
KINDS = sorted(VEVENTS)
#: Texts of any kind, and of the characters that are hard to write.
HARD = st.text(max_size=150) | st.text(
    alphabet='åäöÅÄÖé😀\\nN;,:"^\r\n\t\x00\x85\u2028\ufeff ab<>', max_size=200
)
ANY_VERSION = st.sampled_from(VERSIONS)


def body(*entries: Entry, name: str = "Scenkonst i Krokom") -> bytes:
    return calendar(name, [render(entry, BASE) for entry in entries])


def of(version: str, entry: Entry = FULL, **changes: object) -> Block:
    """The VEVENT of a performance in that version."""
    (found,) = vevents(calendar("Kalendern", [render(replace(entry, **changes), BASE, version)]))
    return found


def event(**changes: object) -> Block:
    (found,) = vevents(body(replace(ENTRY, **changes)))
    return found


def parsed(**changes: object) -> icalendar.Event:
    (found,) = icalendar.Calendar.from_ical(body(replace(ENTRY, **changes))).walk("VEVENT")
    return found


def found(kind: str) -> Block:
    """The VEVENT of that kind as an independent reader has it."""
    (block,) = vevents(calendar("Kalendern", [VEVENTS[kind]]))
    return block


def hard(text: str, version: Version) -> bytes:
    """A calendar in which every text of people is that one."""
    names = (
        "title",
        "grades",
        "ensemble",
        "presenter",
        "venue",
        "address",
        "warnings",
        "preparation",
        "was_in",
    )
    entry = replace(FULL, **dict.fromkeys(names, text), to_do=(text,), roles=(Role(text, "presenter", True),))
    span = replace(SPAN, title=text, lines=(text,), where=text)
    vevent = render(entry, BASE, version)
    return calendar(text, [vevent, render_span(span, BASE)])
