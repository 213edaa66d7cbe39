"""Files as tables: forms, letters, limits, and whole-file faults."""

import io
import json
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from venues.errors import BadSheet
from venues.sheets import LAST_ROW, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Cell, Sheet, read_sheet

MIB = 1024 * 1024


def read(content: bytes | str, name: str = "register.csv") -> Sheet:
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    file.name = name
    return read_sheet(file)


def texts(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [(number, [cell.text for cell in cells]) for number, cells in sheet.rows]


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# -- CSV ---------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_with_any_usual_delimiter_mark_and_line_end(delimiter, encoding, newline):
    lines = [["namn", "ort"], ["Bygdegården", "Åsarna"], ["Salen", "Ås"]]
    content = newline.join(delimiter.join(line) for line in lines).encode(encoding)
    sheet = read(content)
    assert (sheet.headings, texts(sheet), sheet.notes) == (
        ["namn", "ort"],
        [(2, ["Bygdegården", "Åsarna"]), (3, ["Salen", "Ås"])],
        [],
    )


def test_windows_letters_are_read_and_told():
    sheet = read("namn;ort\nSalen;Åre".encode("cp1252"))
    assert texts(sheet) == [(2, ["Salen", "Åre"])]
    assert [note.split(".")[0] for note in sheet.notes] == [
        "The file is not in UTF-8; it was read as Windows-1252"
    ]


@pytest.mark.parametrize("content", ["namn;ort\nSalen;Åre".encode("utf-16"), b"namn\n\x81\x8d\xff"])
def test_other_letters_are_refused_with_a_way_out(content):
    with pytest.raises(BadSheet, match="CSV UTF-8"):
        read(content)


def test_quoted_delimiters_and_empty_lines():
    sheet = read('name,address\n\n"Salen","Storgatan 1, 2 tr"\n,,\n')
    assert texts(sheet) == [(3, ["Salen", "Storgatan 1, 2 tr"])]


def test_a_quote_that_never_ends_names_its_line():
    with pytest.raises(BadSheet, match="Line 3 can not be read as CSV"):
        read('name,place\nSalen,Ås\n"Salen,Ås')


# -- JSON ---------------------------------------


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"rows": rows}])
def test_json_as_a_list_or_under_rows(wrap):
    rows = [{"name": "Salen", "seats": 90}, {"name": "Hallen", "shower": True, "seats": None, "depth_m": 7.5}]
    sheet = read(json.dumps(wrap(rows)), "register.json")
    assert (sheet.headings, texts(sheet)) == (
        ["name", "seats", "shower", "depth_m"],
        [(1, ["Salen", "90"]), (2, ["Hallen", "", "yes", "7.5"])],
    )


@pytest.mark.parametrize("content", ['{"a": 1}', "[1]", '"x"', "[[]]", "null", '{"rows": {}}'])
def test_json_of_another_shape_is_refused(content):
    with pytest.raises(BadSheet, match="must be a list of objects"):
        read(content, "register.json")


@pytest.mark.parametrize("content", ["[{", "[" * 100_000])
def test_broken_json_is_refused(content):
    with pytest.raises(BadSheet, match="is not JSON"):
        read(content, "register.json")


def test_a_nested_value_or_no_number_is_a_fault_of_its_cell():
    ((_number, cells),) = read('[{"name": ["Salen"], "seats": NaN}]', "register.json").rows
    assert [cell.fault.split(".")[0] for cell in cells] == [
        "Only text, numbers, yes and no can stand here",
        "This is not a number",
    ]


# -- XLSX ---------------------------------------


@pytest.mark.parametrize(
    ("content", "name"), [("namn\nA\0B\n", "a.csv"), ('[{"namn": "A\\ud800"}]', "a.json")]
)
def test_what_no_database_keeps_is_a_fault_of_its_cell(content, name):
    ((_number, (cell,)),) = read(content, name).rows
    assert (cell.text, bool(cell.fault)) == ("…", True)


def test_a_spreadsheet_gives_text_as_people_see_it():
    moment = datetime(2026, 9, 30)  # noqa: DTZ001 - a spreadsheet knows no zone
    rows = [["name", "seats", "depth_m", "shower", "checked_on"], ["Salen ", 120, 7.5, False, moment]]
    assert texts(read(workbook(*rows, [None] * 5, ["Ås", None, 7.0, True, date(2026, 9, 30)]))) == [
        (2, ["Salen", "120", "7.5", "no", "2026-09-30"]),
        (4, ["Ås", "", "7", "yes", "2026-09-30"]),
    ]


def test_a_formula_is_not_evaluated():
    ((_number, cells),) = read(workbook(["seats"], ["=60+60"])).rows
    assert cells == [Cell("=60+60", "This is a formula. Paste its value instead.")]


def test_an_error_of_the_spreadsheet_is_a_fault():
    ((_number, cells),) = read(workbook(["seats"], ["#REF!"])).rows
    assert cells[0].fault.startswith("This is an error of the spreadsheet")


def test_only_the_first_sheet_is_read_and_that_is_told():
    book = Workbook()
    book.active.title = "Lokaler"
    book.active.append(["name"])
    book.active.append(["Salen"])
    book.create_sheet("Annat").append(["secret"])
    sheet = read(saved(book))
    assert (texts(sheet), sheet.notes) == ([(2, ["Salen"])], ["Only the first sheet, “Lokaler”, was read."])


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (51 * 1024 * 1024))
    assert len(out.getvalue()) < MOST_BYTES
    with pytest.raises(BadSheet, match="grows too large when it is unpacked"):
        read(out.getvalue())


def test_a_zip_of_very_many_parts_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for number in range(501):
            parts.writestr(str(number), b"")
    with pytest.raises(BadSheet, match="grows too large"):
        read(out.getvalue())


def test_a_stray_cell_far_down_is_named():
    book = Workbook()
    book.active.append(["name"])
    book.active.cell(1_000_000, 1, "x")
    with pytest.raises(BadSheet, match=f"below row {LAST_ROW}"):
        read(saved(book))


def broken_workbook() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["name"], ["Salen"]))) as whole,
        zipfile.ZipFile(out, "w") as broken,
    ):
        for part in whole.namelist():
            content = whole.read(part)
            broken.writestr(part, content[:200] if "sheet1" in part else content)
    return out.getvalue()


@pytest.mark.parametrize("content", [b"PK\x03\x04 and nonsense", workbook(["name"])[:900], broken_workbook()])
def test_a_broken_spreadsheet_is_refused(content):
    with pytest.raises(BadSheet, match="can not be read as a spreadsheet"):
        read(content, "register.xlsx")


def test_an_old_spreadsheet_is_refused_with_a_way_out():
    with pytest.raises(BadSheet, match="Save it as .xlsx"):
        read(b"\xd0\xcf\x11\xe0 and more", "register.xls")


# -- Limits ---------------------------------------


@pytest.mark.parametrize("content", [b"", b"\n\n", "[]", workbook()])
def test_an_empty_file_is_refused(content):
    with pytest.raises(BadSheet, match="The file is empty"):
        read(content, "register")


def test_a_file_of_more_than_five_megabytes_is_refused():
    with pytest.raises(BadSheet, match="larger than 5 MB"):
        read(b"x" * (MOST_BYTES + 1))


def test_five_thousand_rows_are_read_and_one_more_is_refused():
    assert len(read("name\n" + "x\n" * MOST_ROWS).rows) == MOST_ROWS
    with pytest.raises(BadSheet, match="more than 5000 rows"):
        read("name\n" + "x\n" * (MOST_ROWS + 1))


def test_very_many_columns_are_refused():
    with pytest.raises(BadSheet, match="more than 200 columns"):
        read(",".join(["x"] * (MOST_COLUMNS + 1)))
    with pytest.raises(BadSheet, match="more than 200 columns"):
        read(workbook(["x"] * (MOST_COLUMNS + 50)))


def most_kept(content: bytes, name: str) -> int:
    """How many bytes the reading of a file that is refused has held at once, in MiB."""
    tracemalloc.start()
    try:
        with pytest.raises(BadSheet, match="more than 200 columns"):
            read(content, name)
        return tracemalloc.get_traced_memory()[1] // MIB
    finally:
        tracemalloc.stop()


def test_a_line_of_a_million_cells_is_refused_before_they_are_made():
    assert most_kept(b"a;b\n" + b"x;" * 1_000_000, "a.csv") < 60


def test_a_line_of_a_million_empty_cells_is_an_empty_line():
    assert texts(read(b"a;b\n1;2\n" + b";" * 1_000_000 + b"\n3;4", "a.csv")) == [
        (2, ["1", "2"]),
        (4, ["3", "4"]),
    ]


def test_entries_of_very_many_names_make_no_table_that_is_thrown_away():
    """A table of 3,000 rows and as many columns would be nine million cells."""
    assert most_kept(json.dumps([{f"k{n}": 1} for n in range(3000)]).encode(), "a.json") < 20


def with_part(name: str, content: bytes) -> bytes:
    """A workbook with another part in it, or with one of its own replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["name"], ["Salen"]))) as whole,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in whole.namelist():
            if part != name:
                made.writestr(part, whole.read(part))
        made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "element", "count"),
    [
        ("xl/worksheets/sheet1.xml", b"<c><v>1</v></c>", 600_000),
        ("xl/sharedStrings.xml", b"<si><t/></si>", 700_000),
        ("xl/styles.xml", b"<font/>", 110_000),
        ("docProps/core.xml", b"<a/>", 110_000),
    ],
)
def test_a_spreadsheet_of_very_many_elements_is_refused_before_they_are_read(part, element, count):
    """Some ten kilobytes of them keep the reading library busy for minutes, in gigabytes."""
    with pytest.raises(BadSheet, match="grows too large when it is unpacked"):
        read(with_part(part, b"<x>" + element * count + b"</x>"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_spreadsheet_that_defines_its_own_elements_is_refused(encoding):
    """Written once and named often they are counted once, and read each time."""
    defined = "<!DOCTYPE x [<!ENTITY a '" + "<c/>" * 100 + "'>]>"
    text = f"<?xml version='1.0' encoding='{encoding}'?>{defined}<x>" + "&a;" * 100 + "</x>"
    with pytest.raises(BadSheet, match="can not be read as a spreadsheet"):
        read(with_part("docProps/other.xml", text.encode(encoding)))


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.json", "a.xlsx", "a", ""]))
def test_any_bytes_give_a_table_or_a_plain_refusal(content, name):
    with suppress(BadSheet):
        assert read(content, name).headings
