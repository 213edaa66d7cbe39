"""What is odd about a school year."""

from dataclasses import replace
from datetime import date

from tests.venues.school_days import AUTUMN, SPORT, STAFF, TERMS, draft
from venues.school_warnings import said_above, warnings_of
from venues.school_years import Entry


def on(day: date, name: str = "Studiedag", kind: str = "staff") -> Entry:
    return Entry(kind, name, day, day)


def test_an_ordinary_year_has_nothing_odd() -> None:
    summer = Entry("break", "Sommarlov", date(2027, 6, 14), date(2027, 8, 17))
    jul = Entry("break", "Jullov", date(2026, 12, 21), date(2027, 1, 8))
    assert warnings_of(draft(AUTUMN, STAFF, SPORT, jul, summer, terms=TERMS)) == []


def test_days_over_each_other() -> None:
    assert warnings_of(draft(AUTUMN, on(date(2026, 10, 30)))) == [
        "Höstlov 26–30 Oct 2026 and Studiedag Fri 30 Oct 2026 lie over each other."
    ]


def test_school_all_the_same_lies_over_nothing() -> None:
    assert warnings_of(draft(AUTUMN, on(date(2026, 10, 30), "Skola", "open"))) == []


def test_days_outside_the_year() -> None:
    found = warnings_of(draft(on(date(2026, 8, 12)), on(date(2027, 6, 14), "Planering"), terms=TERMS))
    assert found == [
        "Studiedag Wed 12 Aug 2026 is before the school year, which begins Tue 18 Aug 2026.",
        "Planering Mon 14 Jun 2027 is after the school year, which ends Fri 11 Jun 2027.",
    ]


def test_weekends() -> None:
    assert warnings_of(draft(replace(STAFF, starts_on=date(2026, 11, 21), ends_on=date(2026, 11, 22)))) == [
        "Studiedag 21–22 Nov 2026 is a weekend, when there is no school anyway. Is the year right?"
    ]


def test_more_teachers_days_than_the_law_allows() -> None:
    days = [on(date(2026, 11, day), f"Studiedag {day}") for day in (2, 3, 4, 5, 6, 9)]
    assert warnings_of(draft(*days)) == ["There are 6 teachers' days; the law allows 5 in a school year."]


def test_days_that_the_municipality_has_off_already() -> None:
    week = Entry("break", "Lov", date(2026, 10, 26), date(2026, 11, 1))
    assert said_above(draft(AUTUMN, STAFF), draft(week), "Krokom") == [
        "Krokom has these days off already, and they bind the school too: Höstlov 26–30 Oct 2026."
    ]


def test_days_that_reach_beyond_the_municipalitys_are_the_schools_own() -> None:
    monday = on(date(2026, 10, 26), "Höstlov", "break")
    assert said_above(draft(AUTUMN), draft(monday), "Krokom") == []


def test_school_all_the_same_is_not_said_above() -> None:
    there = on(date(2026, 10, 28), "Skola", "open")
    assert (
        said_above(draft(there), draft(AUTUMN), "Krokom"),
        said_above(draft(AUTUMN), draft(there), ""),
    ) == (
        [],
        [],
    )
