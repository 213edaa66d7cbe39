"""A calendar month and a week as rows of days, for the page's own table: values in, values out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

MONTH = re.compile(r"(\d{4})-(\d{2})")
WEEK = re.compile(r"(\d{4})-W(\d{2})")
#: Years that a calendar page is made for; a link further away is a mistake.
YEARS = (2000, 2100)


@dataclass(frozen=True)
class Day:
    """One cell: what is on, and what the day is."""

    on: date
    is_outside: bool
    is_today: bool
    holiday: str
    school_break: str
    entries: Sequence[Any]

    @property
    def is_weekend(self) -> bool:
        return self.on.isoweekday() > 5

    @property
    def begins_break(self) -> bool:
        """Whether a note about the break belongs here: its words stand once a week."""
        return bool(self.school_break) and self.on.isoweekday() == 1


@dataclass(frozen=True)
class Week:
    """Monday to Sunday with the ISO week number."""

    days: tuple[Day, ...]

    @property
    def monday(self) -> date:
        return self.days[0].on

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def key(self) -> str:
        """As it stands in an address: 2027-W05."""
        return week_key(self.monday)

    @property
    def has_entries(self) -> bool:
        return any(day.entries for day in self.days)


@dataclass(frozen=True)
class Notes:
    """What days are, whatever is played on them."""

    holidays: Mapping[date, str]
    breaks: Mapping[date, str]


def month_of(text: str) -> date:
    """The first day of "2027-02".

    Raises:
        ValueError: no such month, or one far from now.
    """
    found = MONTH.fullmatch(text)
    if not found or not YEARS[0] <= int(found[1]) < YEARS[1]:
        raise ValueError(f"{text!r} is no month; write it as 2027-02.")
    return date(int(found[1]), int(found[2]), 1)


def monday_of(text: str) -> date:
    """The Monday of "2027-W05", as a browser's week field writes it.

    Raises:
        ValueError: no such week; some years have 53, most have 52.
    """
    found = WEEK.fullmatch(text)
    if not found or not YEARS[0] <= int(found[1]) < YEARS[1]:
        raise ValueError(f"{text!r} is no week; write it as 2027-W05.")
    return date.fromisocalendar(int(found[1]), int(found[2]), 1)


def month_key(day: date) -> str:
    """2027-02"""
    return f"{day:%Y-%m}"


def week_key(day: date) -> str:
    """2027-W05; the year is the ISO year, which is not always the day's."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def monday_before(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.isoweekday() - 1)


def month_weeks(
    first: date, *, today: date, entries: Mapping[date, Sequence[Any]], notes: Notes
) -> list[Week]:
    """The weeks that touch the month; days of the months beside it are outside and empty."""
    weeks, monday = [], monday_before(first)
    while monday < next_month(first):
        weeks.append(week_of(monday, today=today, entries=entries, notes=notes, month=first.month))
        monday += timedelta(days=7)
    return weeks


def week_of(
    monday: date, *, today: date, entries: Mapping[date, Sequence[Any]], notes: Notes, month: int = 0
) -> Week:
    """The seven days from a Monday; with a month, days of another are outside and empty."""
    days = []
    for ahead in range(7):
        on = monday + timedelta(days=ahead)
        outside = bool(month) and on.month != month
        days.append(
            Day(
                on=on,
                is_outside=outside,
                is_today=on == today,
                holiday=notes.holidays.get(on, ""),
                school_break=notes.breaks.get(on, ""),
                entries=() if outside else entries.get(on, ()),
            )
        )
    return Week(tuple(days))
