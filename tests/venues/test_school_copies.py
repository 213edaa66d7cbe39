"""Last year's school days set into this year."""

from datetime import date

import pytest

from tests.venues.school_days import AUTUMN, SPORT, STAFF, TERMS, draft
from venues.school_copies import proposal, same_date, same_week
from venues.school_years import Entry, Terms


def moved(entry: Entry) -> tuple[str, str, str]:
    [row] = proposal(draft(entry), 2026, 2027).rows
    return row.entry.starts_on.isoformat(), row.entry.ends_on.isoformat(), row.why


def test_a_week_stays_that_week() -> None:
    assert moved(SPORT) == ("2028-03-06", "2028-03-10", "The same weekdays of week 10")
    assert moved(AUTUMN) == ("2027-11-01", "2027-11-05", "The same weekdays of week 44")


def test_a_single_day_stays_that_weekday() -> None:
    assert moved(STAFF) == ("2027-11-24", "2027-11-24", "The same weekdays of week 47")


def test_christmas_keeps_its_dates() -> None:
    jul = Entry("break", "Jullov", date(2026, 12, 21), date(2027, 1, 8))
    assert moved(jul) == ("2027-12-21", "2028-01-08", "The same dates: look at the weekdays")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Påsklov", (date(2027, 3, 29), date(2027, 4, 2)), ("2028-04-17", "2028-04-21")),
        ("Kristi himmelsfärds dag", (date(2027, 5, 6), date(2027, 5, 7)), ("2028-05-25", "2028-05-26")),
    ],
)
def test_what_easter_decides_follows_easter(
    name: str, before: tuple[date, date], after: tuple[str, str]
) -> None:
    """Easter Sunday is 28 March 2027 and 16 April 2028."""
    assert moved(Entry("break", name, *before)) == (*after, "As far from Easter as before")


def test_terms_stay_in_their_weeks() -> None:
    assert proposal(draft(terms=TERMS), 2026, 2027).terms == Terms(
        date(2027, 8, 24), date(2027, 12, 24), date(2028, 1, 10), date(2028, 6, 9)
    )


def test_a_week_53_is_week_52_where_there_is_none() -> None:
    assert same_week(date(2026, 12, 31), 1) == date(2027, 12, 30)


def test_a_29_february_is_the_28th() -> None:
    assert same_date(date(2028, 2, 29), 1) == date(2029, 2, 28)


def test_what_leaves_the_year_is_named() -> None:
    """Tuesday of week 27 is 1 July in 2025 and 30 June in 2026."""
    made = proposal(draft(Entry("break", "Lovdag", date(2025, 7, 1), date(2025, 7, 1))), 2025, 2026)
    assert (made.rows, made.lost) == ((), ("Lovdag Tue 1 Jul 2025",))


def test_days_longer_than_a_week_keep_their_length() -> None:
    long = Entry("break", "Höstlov", date(2026, 10, 26), date(2026, 11, 3))
    assert moved(long)[:2] == ("2027-11-01", "2027-11-09")
