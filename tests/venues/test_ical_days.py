"""Whole days out of .ics files, also those that were made to do harm."""

import time
from datetime import date

import pytest

from tests.venues.school_days import calendar, event, upload
from venues.errors import BadSheet
from venues.ical_days import MOST_BYTES, MOST_EVENTS, Read, read_days

FIRST, LAST = date(2026, 7, 1), date(2027, 6, 30)
DAY = "DTSTART;VALUE=DATE:20261026"


def days(*events: str) -> list[tuple[str, str]]:
    return [(e.starts_on.isoformat(), e.ends_on.isoformat()) for e in found(*events).events]


def found(*events: str) -> Read:
    return read_days(calendar(*events), FIRST, LAST)


@pytest.mark.parametrize(
    "lines",
    [
        [DAY, "DTEND;VALUE=DATE:20261031"],
        [DAY, "DURATION:P5D"],
        ["DTSTART;TZID=Europe/Stockholm:20261026T000000", "DTEND;TZID=Europe/Stockholm:20261031T000000"],
        ["DTSTART:20261026", "DTEND:20261031"],
    ],
)
def test_the_day_after_the_last_is_not_of_it(lines: list[str]) -> None:
    assert days(event(*lines)) == [("2026-10-26", "2026-10-30")]


@pytest.mark.parametrize("end", [[], ["DTEND;VALUE=DATE:20261026"], ["DTEND;VALUE=DATE:20261027"]])
def test_a_single_day(end: list[str]) -> None:
    assert days(event(DAY, *end)) == [("2026-10-26", "2026-10-26")]


def test_a_time_of_day_is_no_whole_day() -> None:
    read = found(event("DTSTART:20261026T090000Z", "DTEND:20261026T100000Z"))
    assert (read.events, read.timed_count, read.faults) == ([], 1, [])


def test_what_is_cancelled_is_none() -> None:
    assert days(event(DAY, "STATUS:CANCELLED")) == []


def test_folded_and_escaped_names_are_whole() -> None:
    [one] = found(event(DAY, summary="Höst\r\n lov\\, vecka 44\\;")).events
    assert one.name == "Höstlov, vecka 44;"


def test_a_line_that_goes_on_inside_a_letter_is_whole() -> None:
    """Some programs count octets and break lines inside an å, ä or ö."""
    content = calendar(event(DAY, summary="Höstlov")).getvalue().replace(b"\xc3\xb6", b"\xc3\r\n \xb6")
    assert [one.name for one in read_days(upload(content, "a.ics"), FIRST, LAST).events] == ["Höstlov"]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_what_only_python_takes_for_a_line_end_is_part_of_a_name(sign: str) -> None:
    """Or whoever writes a title in a calendar could write an event into it."""
    smuggled = sign.join(["Lov", "END:VEVENT", "BEGIN:VEVENT", "DTSTART:20270101", "SUMMARY:Annat"])
    assert days(event(DAY, summary=smuggled)) == [("2026-10-26", "2026-10-26")]


def test_an_alarm_inside_is_not_of_the_event() -> None:
    alarm = ["BEGIN:VALARM", "SUMMARY:Vakna", "DTSTART;VALUE=DATE:20270101", "END:VALARM"]
    [one] = found("\r\n".join(["BEGIN:VEVENT", *alarm, DAY, "SUMMARY:Lov", "END:VEVENT"])).events
    assert (one.name, one.starts_on) == ("Lov", date(2026, 10, 26))


def test_windows_letters_can_be_read() -> None:
    content = calendar(event(DAY, summary="Påsklov")).getvalue().decode().encode("cp1252")
    [one] = read_days(upload(content, "a.ics"), FIRST, LAST).events
    assert one.name == "Påsklov"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=YEARLY", ["2026-10-26"]),
        ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=26", ["2026-10-26"]),
        ("FREQ=YEARLY;COUNT=2", []),
        ("FREQ=YEARLY;UNTIL=20251231", []),
        ("FREQ=YEARLY;UNTIL=20261231T000000Z", ["2026-10-26"]),
    ],
)
def test_what_comes_back_every_year_is_taken_in_the_year(rule: str, expected: list[str]) -> None:
    lines = ["DTSTART;VALUE=DATE:20201026", f"RRULE:{rule}"]
    assert [start for start, _end in days(event(*lines))] == expected


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;UNTIL=99991231",
        "FREQ=DAILY;COUNT=5",
        "FREQ=WEEKLY",
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=YEARLY;INTERVAL=2",
        "FREQ=YEARLY;BYDAY=MO",
        "FREQ=YEARLY;BYMONTH=1,2,3",
    ],
)
def test_other_rules_are_faults(rule: str) -> None:
    read = found(event(DAY, f"RRULE:{rule}"))
    assert (read.events, read.faults) == (
        [],
        [(1, "It is repeated, and not simply every year. Make an event of each.")],
    )


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["DTSTART;VALUE=DATE:20261399"],
        ["DTSTART:nonsense"],
        ["DTSTART"],
        [DAY, "DURATION:P99999999999D"],
        [DAY, "DURATION:P1X"],
        [DAY, "RRULE:COUNT=1"],
        [DAY, "RRULE:FREQ=YEARLY;COUNT=x"],
        [DAY, "RDATE;VALUE=DATE:20261101"],
        ["DTSTART:P1D"],
        ["DTSTART:10:00"],
        ["DTSTART:20261026/P1D"],
    ],
)
def test_odd_days_are_faults_of_their_event(lines: list[str]) -> None:
    read = found(event(*lines), event(DAY))
    assert ([one.number for one in read.events], [number for number, _text in read.faults]) == ([2], [1])


def test_the_end_of_time_is_no_trouble() -> None:
    assert days(event("DTSTART;VALUE=DATE:99991231", "RRULE:FREQ=YEARLY")) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"BEGIN:VCALENDAR\n" + b"X" * MOST_BYTES,
            "The file is larger than 2 MB. Export only the school year.",
        ),
        (b"<html></html>", "The file is no calendar: it does not begin with BEGIN:VCALENDAR."),
        (b"", "The file is no calendar: it does not begin with BEGIN:VCALENDAR."),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "There are no events in the calendar."),
        (
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * (MOST_EVENTS + 1),
            f"There are more than {MOST_EVENTS} events. Export only the school year.",
        ),
    ],
)
def test_what_is_no_calendar_within_the_limits(content: bytes, sentence: str) -> None:
    with pytest.raises(BadSheet, match=sentence):
        read_days(upload(content, "a.ics"), FIRST, LAST)


@pytest.mark.parametrize(
    "filler",
    [
        "A:\n" * 600_000,
        "SUMMARY:x\n" * 180_000,
        "DTSTART" + ";X=a" * 400_000 + ":20261026\n",
        "RRULE:FREQ=YEARLY;BYMONTH=" + "1," * 900_000 + "1\n",
        "BEGIN:VALARM\n" * 140_000,
        "SUMMARY:" + "x\n " * 600_000 + "\n",
    ],
)
def test_a_large_file_of_junk_takes_seconds_at_the_most(filler: str) -> None:
    content = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{filler}END:VEVENT\n{event(DAY)}\nEND:VCALENDAR"
    begun = time.process_time()
    read_days(upload(content, "a.ics"), FIRST, LAST)
    assert time.process_time() - begun < 10
