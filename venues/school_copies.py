"""Last year's school days set into this year: which stay in their week, which follow Easter, which keep their date.

A proposal to be looked at: a municipality may decide otherwise, and each row says why it lies where it lies.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter
from django.utils.translation import gettext as _

from venues.dates import week_text
from venues.models.school_years import bounds
from venues.school_years import TERM_FIELDS, Draft, Entry, Terms

#: Days whose place in the year Easter decides: Good Friday, Easter, Ascension, Pentecost and what is named after them.
#: Source: lag (1989:253) om allmänna helgdagar.
EASTER = re.compile(
    r"påsk|långfredag|skärtorsdag|kristi|himmelsf|pingst|easter|ascension|pentecost", re.IGNORECASE
)
#: Days that keep their date: Christmas and New Year, Epiphany, May Day, the national day. Source: as above.
DATED = re.compile(
    r"jul(?!i\b)|nyår|trettond|första maj|valborg|nationaldag|christmas|new year|epiphany|may day|national day",
    re.IGNORECASE,
)
Move = Callable[[date], date]


@dataclass(frozen=True)
class Copied:
    """Days as they would lie in the year, and why there."""

    entry: Entry
    why: str


@dataclass(frozen=True)
class Proposal:
    """A school year that is made out of another; what has no place in it is named in `lost`."""

    terms: Terms
    rows: tuple[Copied, ...]
    lost: tuple[str, ...] = ()

    @property
    def draft(self) -> Draft:
        """The year as it would be."""
        return Draft(self.terms, tuple(row.entry for row in self.rows))


def proposal(before: Draft, year_before: int, year: int) -> Proposal:
    """The days of one school year set into another.

    Weeks stay weeks: a sports holiday in week 10 is in week 10 again, on the same weekdays, and so do single days and
    the ends of the terms. What Easter decides lies as far from Easter as before. Christmas and other holidays of the
    calendar keep their dates.
    """
    years = year - year_before
    rows, lost = [], []
    first, last = bounds(year)
    for entry in before.entries:
        row = _copied(entry, years)
        if first <= row.entry.starts_on <= last:
            rows.append(row)
        else:
            lost.append(entry.text)
    days = {name: getattr(before.terms, name) for name in TERM_FIELDS}
    terms = Terms(**{name: day and same_week(day, years) for name, day in days.items()})
    return Proposal(terms, tuple(sorted(rows, key=lambda row: row.entry.starts_on)), tuple(lost))


def same_week(day: date, years: int) -> date:
    """The same weekday of the same ISO week so many years later; of a week 53 that is not there, of week 52."""
    at = day.isocalendar()
    try:
        return date.fromisocalendar(at.year + years, at.week, at.weekday)
    except ValueError:
        return date.fromisocalendar(at.year + years, 52, at.weekday)


def same_date(day: date, years: int) -> date:
    """The same date so many years later; of a 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def after_easter(day: date, years: int) -> date:
    """The day as far from Easter so many years later."""
    then, before = (date(*easter(year).timetuple()[:3]) for year in (day.year + years, day.year))
    return then + (day - before)


def _copied(entry: Entry, years: int) -> Copied:
    if EASTER.search(entry.name):
        return Copied(_moved(entry, after_easter(entry.starts_on, years)), _("As far from Easter as before"))
    if DATED.search(entry.name):
        ends_on = same_date(entry.ends_on, years)
        moved = Entry(entry.kind, entry.name, same_date(entry.starts_on, years), ends_on)
        return Copied(moved, _("The same dates: look at the weekdays"))
    start = same_week(entry.starts_on, years)
    return Copied(_moved(entry, start), _("The same weekdays of %(week)s") % {"week": week_text(start)})


def _moved(entry: Entry, start: date) -> Entry:
    lasts: timedelta = entry.ends_on - entry.starts_on
    return Entry(entry.kind, entry.name, start, start + lasts)
