"""When a VEVENT begins and ends, whatever the clocks do: tests carry the ids of the content rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings import ical
from tests.bookings.ical_entries import ENTRY, body, event, parsed
from tests.bookings.ical_reader import read


def test_R28_vtimezone_has_one_standard_and_one_daylight_rule():
    zone = read(body(ENTRY)).blocks[0]
    assert [part.name for part in zone.blocks] == ["STANDARD", "DAYLIGHT"]
    assert [part.text("RRULE") for part in zone.blocks] == [
        "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    ]


def test_R28_the_clocks_turn_at_the_declared_hour():
    zone = ZoneInfo("Europe/Stockholm")
    assert event(starts_at=datetime(2027, 3, 28, 0, 59, tzinfo=UTC)).text("DTSTART") == "20270328T015900"
    assert event(starts_at=datetime(2027, 3, 28, 1, 0, tzinfo=UTC)).text("DTSTART") == "20270328T030000"
    assert datetime(2027, 3, 28, 3, tzinfo=zone).utcoffset() == timedelta(hours=2)


def test_R25_a_norwegian_stop_keeps_its_own_zone_beside_the_swedish():
    found = read(body(ENTRY, replace(ENTRY, uid=UUID(int=7), time_zone="Europe/Oslo")))
    zones = [block.text("TZID") for block in found.named("VTIMEZONE")]
    assert zones == ["Europe/Stockholm", "Europe/Oslo"]
    assert [e.one("DTSTART").params["TZID"] for e in found.named("VEVENT")] == zones


def test_R25_a_zone_that_is_not_declared_here_is_written_in_utc():
    found = event(time_zone="Europe/Dublin")
    assert (found.one("DTSTART").params, found.text("DTSTART")) == ({}, "20270204T170000Z")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("20271031T000500Z", "20271031T010500Z"),  # from the first 02.05 to the second
        ("20271030T233000Z", "20271031T001500Z"),
        ("20271031T013000Z", "20271031T021500Z"),
    ],
)
def test_R29_the_repeated_autumn_hour_is_written_in_utc(start, end):
    times = [datetime.strptime(at, "%Y%m%dT%H%M%S%z") for at in (start, end)]
    found = event(starts_at=times[0], ends_at=times[1])
    assert (found.text("DTSTART"), found.text("DTEND")) == (start, end)


def test_R29_the_hour_after_the_repeated_one_is_local():
    found = event(
        starts_at=datetime(2027, 10, 31, 2, tzinfo=UTC), ends_at=datetime(2027, 10, 31, 3, tzinfo=UTC)
    )
    assert found.one("DTSTART").params == {"TZID": "Europe/Stockholm"}


@settings(max_examples=300, deadline=None)
@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    minutes=st.integers(1, 480),
    zone=st.sampled_from([*ical.ZONES, "Europe/Dublin"]),
)
def test_R29_R32_read_back_it_starts_and_ends_when_it_does(start, minutes, zone):
    start = start.replace(microsecond=0)
    found = parsed(starts_at=start, ends_at=start + timedelta(minutes=minutes), time_zone=zone)
    assert found.start.astimezone(UTC) == start
    assert found.end.astimezone(UTC) == start + timedelta(minutes=minutes)


def test_a_calendar_programs_expansion_finds_it_once():
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(body(ENTRY))).between(
        datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    )
    assert [e.start for e in found] == [datetime(2027, 2, 4, 18, tzinfo=ZoneInfo("Europe/Stockholm"))]
