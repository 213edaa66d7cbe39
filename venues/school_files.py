"""A school calendar out of a file (.ics, CSV, XLSX or JSON) as the rows of a form: nothing is written here.

Days are put into kinds by their words (`venues.school_words`); whoever imports them looks at each and may choose
another. What belongs to another school year is counted and left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from venues.cells import BadCell, Column, plain
from venues.cells import day as day_in
from venues.errors import BadSheet
from venues.ical_days import read_days
from venues.models.school_years import bounds, year_label
from venues.registers import RowError
from venues.school_words import LEFT_OUT, TERM, TERM_ENDS, TERM_STARTS, kind_in
from venues.school_years import (
    LONGEST_DAYS,
    LONGEST_NAME,
    MOST_ENTRIES,
    TERM_FIELDS,
    Draft,
    Entry,
    Kind,
)
from venues.sheets import File, Sheet, read_sheet

BEGIN = b"BEGIN:VCALENDAR"
#: Months in which a term begins and ends; a "last day" in another month is a day before some holiday.
#: Source: the school year begins in August and ends in June, Skolförordningen (2011:185) chapter 3, section 3.
TERM_MONTHS = {
    ("starts", 7): "autumn_starts_on",
    ("starts", 8): "autumn_starts_on",
    ("starts", 9): "autumn_starts_on",
    ("starts", 1): "spring_starts_on",
    ("starts", 2): "spring_starts_on",
    ("ends", 12): "autumn_ends_on",
    ("ends", 5): "spring_ends_on",
    ("ends", 6): "spring_ends_on",
}
#: What a table may say in its column of kinds -> the kind; other words are read as a name is.
KINDS = {
    "lov": Kind.BREAK,
    "lovdag": Kind.BREAK,
    "break": Kind.BREAK,
    "studiedag": Kind.STAFF,
    "staff": Kind.STAFF,
    "annan dag": Kind.OTHER,
    "annat": Kind.OTHER,
    "other": Kind.OTHER,
    "skoldag": Kind.OPEN,
    "open": Kind.OPEN,
}
#: What a table that is written here says, so that it can be read again: of the days of the terms, and of the kinds.
NAMED = {
    "autumn_starts_on": "Terminsstart hösttermin",
    "autumn_ends_on": "Terminsslut hösttermin",
    "spring_starts_on": "Terminsstart vårtermin",
    "spring_ends_on": "Terminsslut vårtermin",
}
WORD_OF = {Kind.BREAK: "lov", Kind.STAFF: "studiedag", Kind.OTHER: "annan dag", Kind.OPEN: "skoldag"}


@dataclass
class SchoolFile:
    """What a file holds of a school year, its faults row by row, and what to tell beside.

    An entry of kind `LEFT_OUT` is one whose words say nothing that is known.
    """

    entries: list[Entry] = field(default_factory=list)
    terms: dict[str, date] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _kind(text: str) -> str:
    said = plain(text)
    if said in KINDS:
        return KINDS[said]
    if found := kind_in(text):
        return found
    raise BadCell(
        _("“%(text)s” is no kind of day. Write lov, studiedag, annan dag or skoldag.") % {"text": text}
    )


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise BadCell(_("Give it a name of at most %(most)d letters.") % {"most": LONGEST_NAME})
    return text


#: The columns of a table, by what their headings may say, in Swedish and English.
COLUMNS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (
        Column("name", gettext_lazy("name"), _name, is_required=True),
        ("namn", "benämning", "vad", "händelse", "rubrik", "ämne", "subject", "lov"),
    ),
    (
        Column("starts_on", gettext_lazy("first day"), day_in, is_required=True),
        (
            "första dag",
            "första dagen",
            "första",
            "från",
            "fr.o.m.",
            "from",
            "start",
            "startdatum",
            "start date",
        )
        + ("datum", "dag"),
    ),
    (
        Column("ends_on", gettext_lazy("last day"), day_in),
        ("sista dag", "sista dagen", "sista", "till", "t.o.m.", "tom", "to", "slut", "slutdatum", "end date"),
    ),
    (Column("kind", gettext_lazy("kind"), _kind), ("typ", "slag", "art", "sort", "type", "kategori")),
)


def read_school_file(file: File, year: int) -> SchoolFile:
    """The days of a school year in a file; its form is known by its first bytes and its name. Nothing is written.

    Returns:
        Entries in the order of days, each once. Faults stand in `errors`, and the good rows beside them.
    """
    found = SchoolFile()
    name = (file.name or "").lower()
    try:
        if name.endswith((".ics", ".ical", ".ifb")):
            _from_calendar(found, file, year)
        else:
            _from_table(found, read_sheet(file), year)
    except BadSheet as error:
        found.errors.append(str(error))
    found.entries = sorted(dict.fromkeys(found.entries), key=lambda entry: (entry.starts_on, entry.name))
    if len(found.entries) > MOST_ENTRIES:
        text = _(
            "There are %(count)d rows of the school year %(year)s; at most %(most)d fit. Take some away."
        )
        told = {"count": len(found.entries), "year": year_label(year), "most": MOST_ENTRIES}
        found.errors.append(text % told)
        found.entries = []
    return found


def table_of(draft: Draft) -> list[tuple[str, str, str, str]]:
    """A school year as the rows of a table, its headings first, that `read_school_file` reads as the same year."""
    terms = {NAMED[name]: day for name in TERM_FIELDS if (day := getattr(draft.terms, name))}
    return [
        ("namn", "första dag", "sista dag", "typ"),
        *((name, day.isoformat(), day.isoformat(), "") for name, day in terms.items()),
        *(
            (entry.name, entry.starts_on.isoformat(), entry.ends_on.isoformat(), WORD_OF[Kind(entry.kind)])
            for entry in draft.entries
        ),
    ]


# -- A calendar ---------------------------------------


def _from_calendar(found: SchoolFile, file: File, year: int) -> None:
    first, last = bounds(year)
    read = read_days(file, first, last)
    for number, text in read.faults:
        found.errors.append(_("Event %(number)d: %(fault)s") % {"number": number, "fault": text})
    for event in read.events:
        kind = kind_in(event.name)
        fault = _too_long(kind, event.starts_on, event.ends_on) if event.name else _("It has no name.")
        if fault:
            found.errors.append(_("Event %(number)d: %(fault)s") % {"number": event.number, "fault": fault})
            continue
        _take(found, kind, event.name[:LONGEST_NAME], event.starts_on, event.ends_on)
    if read.timed_count:
        text = ngettext(
            "%(count)d event has a time of day and was left out; only whole days are read.",
            "%(count)d events have a time of day and were left out; only whole days are read.",
            read.timed_count,
        )
        found.notes.append(text % {"count": read.timed_count})
    _say_other_years(found, read.count - len(read.faults) - read.timed_count - len(read.events), year)


def _say_other_years(found: SchoolFile, count: int, year: int) -> None:
    if count <= 0:
        return
    text = ngettext(
        "%(count)d row is about another school year than %(year)s and was left out.",
        "%(count)d rows are about another school year than %(year)s and were left out.",
        count,
    )
    found.notes.append(text % {"count": count, "year": year_label(year)})


# -- A table ---------------------------------------


def _from_table(found: SchoolFile, sheet: Sheet, year: int) -> None:
    found.notes += sheet.notes
    columns = _columns(found, sheet.headings)
    if found.errors:
        return
    first, last = bounds(year)
    elsewhere = 0
    for number, cells in sheet.rows:
        before = len(found.errors)
        values = dict(_values(found, number, columns, sheet.headings, cells))
        if len(found.errors) > before:
            continue
        start, end = values["starts_on"], values.get("ends_on") or values["starts_on"]
        if end < start:
            found.errors.append(str(RowError(number, "", _("The last day is before the first."))))
        elif not first <= start <= last:
            elsewhere += 1
        else:
            kind = values.get("kind") or kind_in(values["name"])
            if fault := _too_long(kind, start, end):
                found.errors.append(str(RowError(number, "", fault)))
            else:
                _take(found, kind, values["name"], start, end)
    _say_other_years(found, elsewhere, year)


def _columns(found: SchoolFile, headings: list[str]) -> list[Column | None]:
    known = {name: column for column, also in COLUMNS for name in [*column.names, *map(plain, also)]}
    columns = [known.get(plain(heading)) for heading in headings]
    for heading, column in zip(headings, columns, strict=True):
        if heading and not column:
            found.errors.append(
                str(RowError(0, heading, _("This column is not known. Rename or delete it.")))
            )
        elif column and columns.count(column) > 1:
            found.errors.append(str(RowError(0, heading, _("This column is there twice. Delete one."))))
    for column, _also in COLUMNS:
        if column.is_required and column not in columns:
            found.errors.append(
                str(RowError(0, column.key, _("This column is missing. Add it with its heading.")))
            )
    return columns


def _values(
    found: SchoolFile, number: int, columns: list[Column | None], headings: list[str], cells: list[Any]
) -> Iterable[tuple[str, Any]]:
    for column, heading, cell in zip(columns, headings, cells, strict=False):
        if column is None or not (cell.text or cell.fault):
            continue
        if cell.fault:
            found.errors.append(str(RowError(number, heading, cell.fault)))
            continue
        try:
            yield column.key, column.value(cell.text)
        except BadCell as error:
            found.errors.append(str(RowError(number, heading, str(error))))
    given = {column.key for column, cell in zip(columns, cells, strict=False) if column and cell.text}
    for column, heading in zip(columns, headings, strict=True):
        if column and column.is_required and column.key not in given:
            found.errors.append(str(RowError(number, heading, _("This can not be empty."))))


# -- Both ---------------------------------------


def _too_long(kind: str, start: date, end: date) -> str:
    """Why days of a kind are none: each of them is looked at when they are shown, and there may be millions."""
    if kind not in Kind.values or (end - start).days < LONGEST_DAYS:
        return ""
    return _("This is more than %(most)d days. Check the years.") % {"most": LONGEST_DAYS}


def _take(found: SchoolFile, kind: str, name: str, start: date, end: date) -> None:
    """A row of the form, or a day of the terms."""
    if kind == TERM_STARTS or (kind == TERM and end > start):
        _term(found, "starts", start, name)
    if kind == TERM_ENDS or (kind == TERM and end > start):
        _term(found, "ends", end, name)
    if kind not in (TERM_STARTS, TERM_ENDS, TERM) or (kind == TERM and end == start):
        found.entries.append(Entry(LEFT_OUT if kind == TERM else kind, name, start, end))


def _term(found: SchoolFile, edge: str, day: date, name: str) -> None:
    field_name = TERM_MONTHS.get((edge, day.month))
    if field_name is None:
        found.entries.append(Entry(LEFT_OUT, name, day, day))
    elif found.terms.get(field_name, day) != day:
        found.notes.append(
            _("“%(name)s” gives another day of the same term than a row before it: %(day)s. It was left out.")
            % {"name": name, "day": day.isoformat()}
        )
    else:
        found.terms[field_name] = day
