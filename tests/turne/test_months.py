"""Months and weeks as rows of days."""

from datetime import date

import pytest

from turne.web.months import (
    Notes,
    monday_before,
    monday_of,
    month_before,
    month_of,
    month_weeks,
    next_month,
    week_key,
    week_of,
)

NOTHING = Notes({}, {})
TODAY = date(2027, 2, 4)


def weeks(first: date, entries=None, notes=NOTHING):
    return month_weeks(first, today=TODAY, entries=entries or {}, notes=notes)


def test_february_2027_fills_four_weeks():
    assert [week.number for week in weeks(date(2027, 2, 1))] == [5, 6, 7, 8]


def test_a_month_that_begins_on_a_sunday_has_days_outside():
    first = weeks(date(2026, 11, 1))[0]
    assert [(day.on.day, day.is_outside) for day in first.days][-2:] == [(31, True), (1, False)]


def test_new_year_lies_in_week_53():
    assert [week.number for week in weeks(date(2027, 1, 1))] == [53, 1, 2, 3, 4]


def test_entries_stand_on_their_day():
    [day] = [d for w in weeks(date(2027, 2, 1), {TODAY: ["x"]}) for d in w.days if d.entries]
    assert (day.on, day.is_today, day.entries) == (TODAY, True, ["x"])


def test_entries_of_the_month_beside_are_not_shown():
    shown = weeks(date(2026, 11, 1), {date(2026, 10, 31): ["x"]})
    assert not any(week.has_entries for week in shown)


def test_holidays_and_breaks_are_noted():
    notes = Notes({date(2027, 1, 6): "Trettondedag jul"}, {date(2027, 1, 4): "Jullov"})
    week = week_of(date(2027, 1, 4), today=TODAY, entries={}, notes=notes)
    assert (week.days[0].begins_break, week.days[2].holiday) == (True, "Trettondedag jul")


def test_weekends_are_saturday_and_sunday():
    week = week_of(date(2027, 2, 1), today=TODAY, entries={}, notes=NOTHING)
    assert [day.is_weekend for day in week.days] == [False] * 5 + [True] * 2


def test_a_month_is_read_from_an_address():
    assert month_of("2027-02") == date(2027, 2, 1)


@pytest.mark.parametrize("text", ["2027-13", "2027-00", "2027", "feb", "9999-01", "2027-2", "2027-02-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match=r"no month|month must be"):
        month_of(text)


def test_a_week_is_read_from_an_address():
    assert monday_of("2027-W05") == date(2027, 2, 1)


@pytest.mark.parametrize("text", ["2027-W53", "2027-W00", "2027-5", "1066-W05", "W05"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(ValueError, match=r"week"):
        monday_of(text)


def test_2026_has_a_week_53():
    assert monday_of("2026-W53") == date(2026, 12, 28)


def test_a_week_is_written_with_its_iso_year():
    assert week_key(date(2027, 1, 1)) == "2026-W53"


def test_months_follow_each_other_over_new_year():
    assert (next_month(date(2026, 12, 1)), month_before(date(2027, 1, 1))) == (
        date(2027, 1, 1),
        date(2026, 12, 1),
    )


def test_the_monday_of_a_sunday_lies_before_it():
    assert monday_before(date(2027, 2, 7)) == date(2027, 2, 1)
