"""The content rules of calendars about bytes, identity and time, each with a test that bears its id."""

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings import ical
from tests.bookings.ical_entries import (
    ANY_VERSION,
    BASE,
    ENTRY,
    FULL,
    HARD,
    KINDS,
    SPAN,
    VEVENTS,
    found,
    hard,
    of,
)
from tests.bookings.ical_reader import physical_lines, read, vevents

CALENDAR = ical.calendar("Kalendern; vår, höst", list(VEVENTS.values()))


# -- bytes ---------------------------------------


def test_r01_no_byte_order_mark() -> None:
    assert CALENDAR.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\xef\xbb\xbf" not in hard("\ufeffTrumman", "school")


def test_r02_valid_utf8() -> None:
    assert CALENDAR.decode("utf-8").encode() == CALENDAR


def test_r03_crlf_to_the_end() -> None:
    assert CALENDAR.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in CALENDAR.replace(b"\r\n", b"")


@settings(max_examples=120, deadline=None)
@given(HARD, ANY_VERSION)
def test_r04_at_most_75_octets_a_line_whatever_the_texts(text: str, version: ical.Version) -> None:
    assert max(map(len, physical_lines(hard(text, version)))) <= 75


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="åäöÅÄÖ😀", min_size=60, max_size=300), ANY_VERSION)
def test_r05_no_letter_is_split_between_lines(text: str, version: ical.Version) -> None:
    lines = [line.decode("utf-8") for line in physical_lines(hard(text, version))]
    assert f"Spelas av {text}." in "".join(line.removeprefix(" ") for line in lines)


def test_r06_a_decomposed_letter_becomes_one() -> None:
    assert unicodedata.is_normalized("NFC", hard("A\u030are", "school").decode())


@settings(max_examples=120, deadline=None)
@given(HARD, ANY_VERSION)
def test_r07_no_control_characters_whatever_the_texts(text: str, version: ical.Version) -> None:
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", hard(text, version).decode())


@settings(max_examples=60, deadline=None)
@given(HARD, ANY_VERSION)
def test_r08_no_blank_lines_and_strict_readers_agree(text: str, version: ical.Version) -> None:
    made = hard(text, version)
    assert b"\r\n\r\n" not in made
    assert len(vevents(made)) == len(icalendar.Calendar.from_ical(made).walk("VEVENT")) == 2


# -- the calendar ---------------------------------------


def test_r09_one_calendar() -> None:
    assert read(CALENDAR).name == "VCALENDAR"


def test_r10_version() -> None:
    assert read(CALENDAR).text("VERSION") == "2.0"


def test_r11_prodid() -> None:
    assert read(CALENDAR).text("PRODID") == "-//Turne//Turne 1//SV"


def test_r12_no_method() -> None:
    assert read(CALENDAR).all("METHOD") == []


def test_r13_name_stands_twice() -> None:
    calendar = read(CALENDAR)
    assert calendar.text("NAME") == calendar.text("X-WR-CALNAME") == "Kalendern; vår, höst"


def test_r14_refresh_interval_is_a_duration_of_an_hour() -> None:
    line = read(CALENDAR).one("REFRESH-INTERVAL")
    assert (line.params, line.value) == ({"VALUE": "DURATION"}, "PT1H")


def test_r15_published_ttl_is_the_same() -> None:
    assert read(CALENDAR).one("X-PUBLISHED-TTL").value == "PT1H"


def test_r16_only_events_and_time_zones() -> None:
    assert {block.name for block in read(CALENDAR).blocks} == {"VTIMEZONE", "VEVENT"}


# -- identity and age ---------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "name",
    [pytest.param("UID", id="r17"), pytest.param("DTSTAMP", id="r18"), pytest.param("DTSTART", id="r19")],
)
def test_r17_r18_r19_once_each(kind: str, name: str) -> None:
    assert len(found(kind).all(name)) == 1


def test_r20_uid_is_the_same_in_every_version() -> None:
    assert {found(version).text("UID") for version in ical.VERSIONS} == {f"{FULL.uid}@turne"}


@pytest.mark.parametrize("version", ical.VERSIONS)
def test_r20_uid_comes_from_neither_time_nor_title_nor_address(version: ical.Version) -> None:
    other = replace(FULL, starts_at=FULL.starts_at - timedelta(days=9), title="Annat", status="cancelled")
    (event,) = vevents(ical.calendar("", [ical.render(other, "https://other.example.org", version)]))
    assert event.text("UID") == f"{FULL.uid}@turne"


def test_r20_a_span_keeps_its_uid_when_it_moves() -> None:
    moved = ical.render_span(replace(SPAN, starts_on=date(2027, 1, 4), title="Annat"), BASE)
    assert f"UID:{SPAN.uid}@turne\r\n".encode() in moved


@pytest.mark.parametrize("kind", KINDS)
def test_r21_moments_of_change_are_in_utc(kind: str) -> None:
    stamps = [found(kind).text(name) for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED")]
    assert stamps == ["20270110T123000Z", "20270110T123000Z", "20261101T080000Z"]


@pytest.mark.parametrize("kind", KINDS)
def test_r22_dtstamp_is_the_last_change(kind: str) -> None:
    assert found(kind).text("DTSTAMP") == f"{ENTRY.changed_at:%Y%m%dT%H%M%SZ}"


@pytest.mark.parametrize(
    ("kind", "sequence"), [*((v, 2) for v in ical.VERSIONS), ("workday", 3), ("span", 1)]
)
def test_r23_sequence_is_that_of_the_thing(kind: str, sequence: int) -> None:
    assert found(kind).text("SEQUENCE") == str(sequence)


# -- time ---------------------------------------


def test_r24_every_tzid_is_declared() -> None:
    calendar = read(CALENDAR)
    declared = {zone.text("TZID") for zone in calendar.named("VTIMEZONE")}
    named = {
        line.params["TZID"]
        for event in calendar.named("VEVENT")
        for line in event.lines
        if "TZID" in line.params
    }
    assert named == declared


def test_r25_a_norwegian_stop_has_its_own() -> None:
    norwegian = ical.render(replace(FULL, time_zone="Europe/Oslo"), BASE, "school")
    zones = [zone.text("TZID") for zone in read(ical.calendar("", [norwegian])).named("VTIMEZONE")]
    assert zones == ["Europe/Oslo"]


def test_r26_time_zones_come_first() -> None:
    names = [block.name for block in read(CALENDAR).blocks]
    assert names == sorted(names, reverse=True)


def test_r27_no_time_zone_that_nobody_uses() -> None:
    assert len(read(CALENDAR).named("VTIMEZONE")) == 1


@pytest.mark.parametrize("zone", sorted(ical.ZONES))
def test_r28_the_time_zone_agrees_with_tzdata(zone: str) -> None:
    made = ical.calendar("", [ical.render(replace(FULL, time_zone=zone), BASE, "school")])
    (declared,) = icalendar.Calendar.from_ical(made).walk("VTIMEZONE")
    noons = [datetime(2026, 1, 1, 12) + timedelta(days=n) for n in range(5 * 366)]  # noqa: DTZ001
    ours, theirs = declared.to_tz(lookup_tzid=False), ZoneInfo(zone)
    assert [at.replace(tzinfo=ours).utcoffset() for at in noons] == [
        at.replace(tzinfo=theirs).utcoffset() for at in noons
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["DTSTART", "DTEND"])
def test_r29_no_floating_times(kind: str, name: str) -> None:
    line = found(kind).one(name)
    assert line.value.endswith("Z") or line.params in ({"TZID": "Europe/Stockholm"}, {"VALUE": "DATE"})


@pytest.mark.parametrize("version", ical.VERSIONS)
def test_r30_all_versions_are_at_the_same_time(version: ical.Version) -> None:
    event = of(version)
    assert (event.text("DTSTART"), event.text("DTEND")) == ("20270204T180000", "20270204T184500")


def test_r31_whole_days_are_dates() -> None:
    line = found("span").one("DTSTART")
    assert (line.params, line.value) == ({"VALUE": "DATE"}, "20270201")


def test_r32_the_end_of_whole_days_is_the_day_after() -> None:
    line = found("span").one("DTEND")
    assert (line.params, line.value) == ({"VALUE": "DATE"}, "20270213")


def test_r32_a_single_day_ends_on_the_next() -> None:
    one = replace(SPAN, starts_on=date(2027, 12, 31), ends_on=date(2027, 12, 31))
    (event,) = vevents(ical.calendar("", [ical.render_span(one, BASE)]))
    assert (event.text("DTSTART"), event.text("DTEND")) == ("20271231", "20280101")
    assert "Fredag 31 december." in event.text("DESCRIPTION").split("\n")


@pytest.mark.parametrize("kind", KINDS)
def test_r32_the_end_is_after_the_start(kind: str) -> None:
    (event,) = icalendar.Calendar.from_ical(ical.calendar("", [VEVENTS[kind]])).walk("VEVENT")
    assert event["DTEND"].dt > event["DTSTART"].dt


def test_r33_people_read_both_ends() -> None:
    assert "Måndag 1 februari till fredag 12 februari, båda inräknade." in found("span").text(
        "DESCRIPTION"
    ).split("\n")


def test_every_rule_has_a_test() -> None:
    source = "".join(file.read_text() for file in Path(__file__).parent.glob("test_ical_*rules.py"))
    names = " ".join(re.findall(r"def (test_r\w+)", source))
    named = {int(number) for number in re.findall(r"_r(\d\d)(?=_)", names)}
    assert named == set(range(1, 51))
