"""Groups out of a small table that somebody pastes: a line each, with name, grade, pupils and, if told, adults."""

import csv
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from venues.cells import plain
from venues.grades import grades_of
from venues.groups import GroupInput

#: What the heading of a column may say.
COLUMNS = {
    "name": {"namn", "klass", "grupp", "name", "group"},
    "grade": {"årskurs", "åk", "grade"},
    "pupils_count": {"elever", "antal elever", "antal", "pupils", "barn"},
    "adults_count": {"vuxna", "lärare", "adults"},
}
#: Without a heading the columns come in this order.
PLAIN = tuple(COLUMNS)


@dataclass(frozen=True)
class Line:
    """A line as it was read: what it tells, and what is wrong with it; `number` counts from 1.

    `is_double`: a line before it has the name already.
    """

    number: int
    told: GroupInput
    fault: str = ""
    is_double: bool = False


def read_groups(text: str) -> list[Line]:
    """The lines of a table with tabs, semicolons or commas; empty ones are left out. Faults are named, line by line."""
    read = csv.reader(text.strip().splitlines(), delimiter=_between(text))
    rows = [[cell.strip() for cell in row] for row in read]
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    order = _heading(numbered[0][1]) if numbered else None
    lines = [_line(number, row, order or PLAIN) for number, row in (numbered[1:] if order else numbered)]
    return _named_once(lines)


def _named_once(lines: list[Line]) -> list[Line]:
    """The lines, with a fault where a name stands for the second time."""
    first: dict[str, int] = {}
    found = []
    for line in lines:
        name = " ".join(line.told.name.split())
        before = first.setdefault(name.casefold(), line.number) if name else line.number
        if before != line.number:
            text = _("Line %(line)d: %(name)s stands in line %(first)d already. Only the first is taken.")
            told = {"line": line.number, "name": name, "first": before}
            line = replace(line, fault=text % told, is_double=True)
        found.append(line)
    return found


def _between(text: str) -> str:
    first = text.strip().partition("\n")[0]
    return max("\t;,", key=first.count)


def _heading(row: list[str]) -> tuple[str, ...] | None:
    """The columns by their heading; None where the first line is a group already."""
    found = [next((key for key, names in COLUMNS.items() if plain(cell) in names), "") for cell in row]
    return tuple(found) if "name" in found and "pupils_count" in found else None


def _line(number: int, row: list[str], order: tuple[str, ...]) -> Line:
    cells = dict(zip(order, row, strict=False))
    grades = grades_of(cells.get("grade", ""))
    pupils, adults = _count(cells.get("pupils_count", "")), _count(cells.get("adults_count", "") or "1")
    told = GroupInput(
        cells.get("name", ""), next(iter(grades)) if len(grades) == 1 else "", pupils or 0, adults or 0
    )
    return Line(number, told, _fault(number, cells, len(grades), pupils, adults))


def _fault(number: int, cells: dict[str, str], grades: int, pupils: int | None, adults: int | None) -> str:
    told = {"line": number, "text": ""}
    if not cells.get("name"):
        return _("Line %(line)d has no name.") % told
    if grades != 1:
        return _("Line %(line)d: “%(text)s” is not one grade.") % {**told, "text": cells.get("grade", "")}
    for key, count in (("pupils_count", pupils), ("adults_count", adults)):
        if count is None:
            return _("Line %(line)d: “%(text)s” is no number.") % {**told, "text": cells.get(key, "")}
    return ""


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None
