"""CSV, XLSX and JSON files as rows of text, within limits, and whole-file faults in plain words.

Formulas are not evaluated: a cell that holds one is a fault of its row.
"""

import csv
import io
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any, Protocol
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from venues.errors import BadSheet

MOST_BYTES = 5 * 1024 * 1024
#: What an XLSX file may grow to when it is unpacked, and of how many parts: a guard against zip bombs.
MOST_UNPACKED, MOST_PARTS = 50 * 1024 * 1024, 500
#: How many elements the sheets of an XLSX file with their texts may have, and all its other parts: an element costs the
#: library that reads them a few hundred bytes and microseconds. Source: measured on bombs of 50 kB, which took minutes
#: and gigabytes; 5,000 rows of 50 texts have two million marks.
MOST_MARKS, MOST_OTHER_MARKS = 2_000_000, 100_000
MOST_ROWS = 5_000
#: Where the last row may stand; a stray cell at the end of a spreadsheet is not a million empty rows.
LAST_ROW = 20_000
MOST_COLUMNS = 200
#: Where an XLSX file has its rows and their texts.
_OF_ROWS = ("xl/worksheets/", "xl/sharedStrings")
_DOCTYPE = b"<!DOCTYPE"
OLD_EXCEL, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class File(Protocol):
    """An uploaded or opened file, in bytes, with a name."""

    @property
    def name(self) -> str | None: ...

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, as text; `fault` says why it can not be used."""

    text: str
    fault: str = ""


BLANK = Cell("")


@dataclass
class Sheet:
    """A table: headings as they stand, rows with their number as a spreadsheet shows it, and what to tell."""

    headings: list[str]
    rows: list[tuple[int, list[Cell]]]
    notes: list[str] = field(default_factory=list)


def rows_in(read: Any) -> Sequence[Mapping[str, Any]]:
    """The rows of a file that was read as JSON: a list of objects, or an object with such a list as "rows"."""
    entries = read.get("rows") if isinstance(read, Mapping) else read
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise BadSheet(_("The file must be a list of objects, or an object with such a list as “rows”."))
    return entries


def read_sheet(
    file: File,
    rows_in: Callable[[Any], Sequence[Mapping[str, Any]]] = rows_in,
    most_rows: int = MOST_ROWS,
) -> Sheet:
    """The table in a file; its form is known by its first bytes and its name.

    Args:
        rows_in: what gives the rows of a file that was read as JSON.
        most_rows: how many rows it may have.

    Returns:
        Rows without empty ones. Row numbers count from 1 for the heading; in JSON from 1 for the first entry.

    Raises:
        BadSheet: too large, not a table, or not in letters that can be read.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadSheet(_("The file is larger than 5 MB. Split it, or save it without pictures."))
    if content.startswith(OLD_EXCEL):
        raise BadSheet(
            _("This is an old Excel file or one with a password. Save it as .xlsx without password.")
        )
    if content.startswith(ZIP):
        return _workbook(content, most_rows)
    text, notes = _text(content)
    suffix = PurePath(file.name or "").suffix.lower()
    if suffix == ".json" or (suffix != ".csv" and text.lstrip()[:1] in ("[", "{")):
        return _entries(rows_in(_json(text)), notes, most_rows)
    return _lines(text, notes, most_rows)


def _text(content: bytes) -> tuple[str, list[str]]:
    if content.startswith(UTF_16):
        raise BadSheet(_("The file is in UTF-16. Save it as “CSV UTF-8”."))
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), [
            _("The file is not in UTF-8; it was read as Windows-1252. Check that å, ä and ö look right.")
        ]
    except UnicodeDecodeError:
        raise BadSheet(_("The letters of the file can not be read. Save it as “CSV UTF-8”.")) from None


def _sheet(lines: Iterator[tuple[int, list[Cell]]], notes: list[str], most_rows: int) -> Sheet:
    """The first line as headings, the others as rows, within the limits."""
    headings: list[str] = []
    rows: list[tuple[int, list[Cell]]] = []
    for number, cells in lines:
        if number > LAST_ROW:
            raise BadSheet(_("There are cells below row %(last)s. Delete them.") % {"last": LAST_ROW})
        while cells and not cells[-1].text:
            cells.pop()
        if not cells:
            continue
        _check_columns(len(cells))
        if not headings:
            headings = [_storable(cell).text for cell in cells]
            continue
        rows.append((number, [_storable(cell) for cell in cells]))
        if len(rows) > most_rows:
            raise BadSheet(_("There are more than %(most)s rows. Split the file.") % {"most": most_rows})
    if not headings:
        raise BadSheet(_("The file is empty."))
    return Sheet(headings, rows, notes)


def _check_columns(count: int) -> None:
    if count > MOST_COLUMNS:
        raise BadSheet(_("There are more than %(most)s columns. Delete some.") % {"most": MOST_COLUMNS})


def _storable(cell: Cell) -> Cell:
    """The cell, or a fault for signs that no database keeps: NUL, and halves of a sign that JSON lets through."""
    try:
        is_text = b"\0" not in cell.text.encode()
    except UnicodeEncodeError:
        is_text = False
    return cell if is_text else _no_text()


# -- CSV ---------------------------------------


def _lines(text: str, notes: list[str], most_rows: int) -> Sheet:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def numbered() -> Iterator[tuple[int, list[Cell]]]:
        for number, cells in enumerate(reader, start=1):
            used = next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)
            _check_columns(used)  # before a cell is made: a line may be millions of separators
            yield number, [Cell(cell.strip()) for cell in cells[:used]]

    try:
        return _sheet(numbered(), notes, most_rows)
    except csv.Error as error:
        told = {"line": reader.line_num, "error": error}
        raise BadSheet(
            _("Line %(line)s can not be read as CSV (%(error)s). Check the quotes.") % told
        ) from None


# -- JSON ---------------------------------------


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise BadSheet(_("The file is not JSON: %(error)s.") % {"error": error}) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of one that names a thing twice nobody can tell which is meant."""
    read = dict(pairs)
    if len(read) < len(pairs):
        twice = Counter(name for name, _value in pairs).most_common(1)[0][0]
        told = {"name": _storable(Cell(twice)).text}
        raise BadSheet(_("“%(name)s” is there twice in one object. Delete one of them.") % told)
    return read


def _entries(entries: Sequence[Mapping[str, Any]], notes: list[str], most_rows: int) -> Sheet:
    headings = list(dict.fromkeys(str(name) for entry in entries for name in entry))

    def numbered() -> Iterator[tuple[int, list[Cell]]]:
        # One line at a time, so that too many columns or rows are refused before there is a table of both.
        yield 0, [Cell(name) for name in headings]
        for number, entry in enumerate(entries, 1):
            yield number, [_value(entry.get(name)) for name in headings]

    return _sheet(numbered(), notes, most_rows)


def _value(value: Any) -> Cell:
    """A cell for what JSON or a spreadsheet holds."""
    match value:
        case None:
            return BLANK
        case bool():
            return Cell("yes" if value else "no")
        case str():
            return Cell(value.strip())
        case float() if not math.isfinite(value):
            return Cell(str(value), _("This is not a number."))
        case float() if value.is_integer():
            return Cell(str(int(value)))
        case int() | float():
            return Cell(str(value))
        case datetime() if value.time() == time.min:
            return Cell(value.date().isoformat())
        case date() | time():
            return Cell(value.isoformat())
        case _:
            return _no_text()


def _no_text() -> Cell:
    return Cell("…", _("Only text, numbers, yes and no can stand here."))


# -- XLSX ---------------------------------------


def _workbook(content: bytes, most_rows: int) -> Sheet:
    _check_unpacked(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        first, *others = book.worksheets
        first.reset_dimensions()  # the size that a file claims to have may be wrong
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever the XML makes it stumble over
        raise _not_a_workbook() from error
    notes = [_("Only the first sheet, “%(name)s”, was read.") % {"name": first.title}] if others else []
    return _sheet(_book_rows(first), notes, most_rows)


def _check_unpacked(content: bytes) -> None:
    """Refuse a zip bomb. The sizes in the directory bind: no part is ever unpacked beyond its own."""
    try:
        whole = ZipFile(io.BytesIO(content))
    except BadZipFile:
        raise _not_a_workbook() from None
    parts = whole.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_large()
    try:
        marks = {part.filename: _marks(whole.read(part)) for part in parts}
    except Exception as error:  # noqa: BLE001 - as many kinds as there are ways of packing
        raise _not_a_workbook() from error
    of_rows = sum(count for name, count in marks.items() if name.startswith(_OF_ROWS))
    if of_rows > MOST_MARKS or sum(marks.values()) - of_rows > MOST_OTHER_MARKS:
        raise _too_large()


def _marks(part: bytes) -> int:
    """How many elements a part may have; one that defines texts of its own may have any number of them.

    No spreadsheet program writes a document type, in which entities that hold elements are defined: 3 kB of them took
    700 MB. Source: ECMA-376 part 2, “XML usage”: DTD content shall not be used.
    """
    if _DOCTYPE in part.replace(b"\0", b""):  # in UTF-16 too
        raise ValueError("a document type")
    return part.count(b"<")


def _too_large() -> BadSheet:
    return BadSheet(_("The file grows too large when it is unpacked. Save only the sheet with the register."))


def _book_rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1)
    number = 0
    while True:
        try:
            cells = next(rows, None)
        except Exception as error:  # noqa: BLE001 - as above: rows are parsed as they are read
            raise _not_a_workbook() from error
        if cells is None:
            return
        number += 1
        yield number, [BLANK if cell is EMPTY_CELL else _book_cell(cell) for cell in cells]


def _book_cell(cell: Any) -> Cell:
    if cell.data_type == "f":
        return Cell(str(cell.value), _("This is a formula. Paste its value instead."))
    if cell.data_type == "e":
        return Cell(str(cell.value), _("This is an error of the spreadsheet. Write the value."))
    return _value(cell.value)


def _not_a_workbook() -> BadSheet:
    return BadSheet(_("The file can not be read as a spreadsheet. Save it again as .xlsx or CSV."))
