"""School calendars out of files: days, terms, faults row by row, and what is left out."""

from datetime import date

import pytest

from tests.venues.school_days import calendar, event, read, told, upload

HOST = ("break", "Höstlov", "2026-10-26", "2026-10-30")


def on(day: str, summary: str) -> str:
    return event(f"DTSTART;VALUE=DATE:{day}", summary=summary)


@pytest.mark.parametrize(
    "heading", ["namn;första dag;sista dag;typ", "Benämning;Från;Till;Slag", "name;starts_on;ends_on;kind"]
)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_by_its_headings_separators_and_letters(heading: str, separator: str, letters: str) -> None:
    text = f"{heading}\nHöstlov;2026-10-26;2026-10-30;lov\n".replace(";", separator)
    found = read(upload(text.encode(letters)))
    assert (told(found), found.errors) == ([HOST], [])


def test_a_table_without_kinds_and_last_days() -> None:
    found = read(upload("namn;datum\nStudiedag;2026-11-18\nTerminsstart;2026-08-18\nFoto;2026-09-01\n"))
    assert told(found) == [
        ("", "Foto", "2026-09-01", "2026-09-01"),
        ("staff", "Studiedag", "2026-11-18", "2026-11-18"),
    ]
    assert found.terms == {"autumn_starts_on": date(2026, 8, 18)}


def test_the_column_decides_over_the_name() -> None:
    found = read(upload("namn;från;typ\nLovisas dag;2026-11-18;studiedag\n"))
    assert told(found) == [("staff", "Lovisas dag", "2026-11-18", "2026-11-18")]


def test_every_fault_of_every_row_is_told() -> None:
    rows = "Höstlov;2026-10-30;2026-10-26;\n;2026-11-02;;\nLov;2026-13-01;;\nLov;2026-11-18;;fest\n"
    found = read(upload(f"namn;från;till;typ\n{rows}Höstlov;2026-10-26;2026-10-30;\n"))
    assert found.errors == [
        "Row 2: The last day is before the first.",
        "Row 3, namn: This can not be empty.",
        "Row 4, från: There is no 2026-13-01 in the calendar. Check month and day.",
        "Row 5, typ: “fest” is no kind of day. Write lov, studiedag, annan dag or skoldag.",
    ]
    assert told(found) == [HOST]


def test_an_unknown_column_is_a_fault_of_the_file() -> None:
    found = read(upload("namn;från;anmärkning\nHöstlov;2026-10-26;x\n"))
    assert found.errors == ["The file, anmärkning: This column is not known. Rename or delete it."]


def test_rows_of_other_years_are_counted() -> None:
    found = read(upload("namn;från\nHöstlov;2025-10-27\nSommarlov;2027-07-01\nLovdag;2026-10-26\n"))
    assert len(found.entries) == 1
    assert found.notes == ["2 rows are about another school year than 2026/27 and were left out."]


def test_a_calendar() -> None:
    found = read(
        calendar(
            event("DTSTART;VALUE=DATE:20261026", "DTEND;VALUE=DATE:20261031"),
            on("20261118", "Studiedag"),
            on("20251118", "Studiedag"),
            event("DTSTART:20261118T090000", summary="Möte"),
        )
    )
    assert told(found) == [HOST, ("staff", "Studiedag", "2026-11-18", "2026-11-18")]
    assert found.notes == [
        "1 event has a time of day and was left out; only whole days are read.",
        "1 row is about another school year than 2026/27 and was left out.",
    ]


def test_days_without_end_are_faults_and_not_counted_day_by_day() -> None:
    """A hundred of them until the year 9999 would be three hundred million days to look at."""
    found = read(calendar(event("DTSTART;VALUE=DATE:20261026", "DTEND;VALUE=DATE:99991231")))
    assert (told(found), found.errors) == ([], ["Event 1: This is more than 100 days. Check the years."])
    found = read(upload("namn;från;till\nHöstlov;2026-10-26;9999-12-30\n"))
    assert (told(found), found.errors) == ([], ["Row 2: This is more than 100 days. Check the years."])


def test_a_whole_term_may_be_longer() -> None:
    found = read(
        upload("namn;från;till\nHösttermin;2026-08-18;2026-12-18\nNågot annat;2026-08-18;2026-12-18\n")
    )
    assert (sorted(found.terms), len(found.entries), found.errors) == (
        ["autumn_ends_on", "autumn_starts_on"],
        1,
        [],
    )


def test_the_terms_of_a_calendar() -> None:
    autumn = event("DTSTART;VALUE=DATE:20260818", "DTEND;VALUE=DATE:20261219", summary="Hösttermin")
    found = read(calendar(autumn, on("20270111", "Terminsstart"), on("20270611", "Skolavslutning")))
    assert (found.entries, found.terms) == (
        [],
        {
            "autumn_starts_on": date(2026, 8, 18),
            "autumn_ends_on": date(2026, 12, 18),
            "spring_starts_on": date(2027, 1, 11),
            "spring_ends_on": date(2027, 6, 11),
        },
    )


def test_a_last_day_before_a_holiday_ends_no_term() -> None:
    found = read(calendar(on("20261023", "Sista skoldagen före lovet")))
    assert (told(found), found.terms) == (
        [("", "Sista skoldagen före lovet", "2026-10-23", "2026-10-23")],
        {},
    )


def test_a_fault_of_an_event_says_which() -> None:
    found = read(calendar(event("DTSTART;VALUE=DATE:20261026"), event(), on("20261118", "")))
    assert found.errors == ["Event 2: It has no day.", "Event 3: It has no name."]


def test_the_same_day_twice_is_there_once() -> None:
    found = read(calendar(on("20261118", "Studiedag"), on("20261118", "Studiedag")))
    assert len(found.entries) == 1


def test_a_file_of_too_many_days() -> None:
    rows = "".join(f"Lovdag {n};2026-09-01\n" for n in range(151))
    found = read(upload(f"namn;från\n{rows}"))
    assert (found.entries, found.errors) == (
        [],
        ["There are 151 rows of the school year 2026/27; at most 150 fit. Take some away."],
    )
