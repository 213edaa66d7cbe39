"""School calendars for tests: files of both kinds, and days in short."""

import io
from datetime import date

from venues.models import Municipality, School
from venues.school_files import SchoolFile, read_school_file
from venues.school_years import Draft, Entry, Terms

YEAR = 2026
AUTUMN = Entry("break", "Höstlov", date(2026, 10, 26), date(2026, 10, 30))
STAFF = Entry("staff", "Studiedag", date(2026, 11, 18), date(2026, 11, 18))
SPORT = Entry("break", "Sportlov", date(2027, 3, 8), date(2027, 3, 12))
TERMS = Terms(date(2026, 8, 18), date(2026, 12, 18), date(2027, 1, 11), date(2027, 6, 11))


def upload(text: str | bytes, name: str = "lasar.csv") -> io.BytesIO:
    """A file with a name."""
    made = io.BytesIO(text.encode() if isinstance(text, str) else text)
    made.name = name
    return made


def event(*lines: str, summary: str = "Höstlov") -> str:
    """An event of an .ics file."""
    return "\r\n".join(["BEGIN:VEVENT", f"SUMMARY:{summary}", *lines, "END:VEVENT"])


def calendar(*events: str) -> io.BytesIO:
    """An .ics file."""
    return upload("\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]), "lasar.ics")


def read(file: io.BytesIO) -> SchoolFile:
    """What the school year 2026/27 has in a file."""
    return read_school_file(file, YEAR)


def told(found: SchoolFile) -> list[tuple[str, str, str, str]]:
    """The days of a file: kind, name, first and last day."""
    return [(e.kind, e.name, e.starts_on.isoformat(), e.ends_on.isoformat()) for e in found.entries]


def draft(*entries: Entry, terms: Terms | None = None) -> Draft:
    """A school year."""
    return Draft(terms or Terms(), entries)


def municipality_of(school: School) -> Municipality:
    """Whose days bind the school."""
    found = school.organisation.municipality
    assert found is not None
    return found
