"""What stands in the cells of a register of schools: forms with grades, codes, and words of two registers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venues.cells import BadCell, Column
from venues.school_cells import COLUMNS, forms_in, stage_in, with_grades
from venues.school_forms import GRADES_OF_FORM, SchoolForm
from venues.skolverket import FORM_CODES, OWNER_CODES, STATUS_CODES

OF_KEY = {column.key: column for column in COLUMNS}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("FKLASS; GR 1, 2, 3", {"preschool_class": ["F"], "compulsory": ["1", "2", "3"]}),
        ("Förskoleklass, Grundskola 1-3", {"preschool_class": ["F"], "compulsory": ["1", "2", "3"]}),
        ("grundskola: åk 7–9", {"compulsory": ["7", "8", "9"]}),
        ("Anpassad grundskola 1, 2 och Fritidshem", {"adapted_compulsory": ["1", "2"], "after_school": []}),
        ("Grundskola", {"compulsory": []}),
        ("GY", {"upper": ["gy1", "gy2", "gy3"]}),
        ("gymnasieskola 2-3", {"upper": ["gy2", "gy3"]}),
        ("GYAN", {"adapted_upper": ["gy1", "gy2", "gy3", "gy4"]}),
        ("Förskola / pedagogisk omsorg", {"preschool": ["förskola"], "family_day_care": ["förskola"]}),
        ("SP 10", {"special": ["10"]}),
        ("FTH, OPPFTH", {"after_school": []}),
        ("folkhögskola|kulturskola", {"culture_school": [], "folk_high_school": []}),
    ],
)
def test_forms_are_read_with_the_grades_behind_them(text: str, meant: dict[str, list[str]]) -> None:
    assert forms_in(text) == meant


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SAM 1, 7", "Sami school has no grade 7."),
        ("Fritidshem 1", "after-school centre has no grade 1."),
        ("Friskola", "“Friskola” is no school form and no grade."),
        ("FSK", "“FSK” is no school form and no grade."),
        ("GR 17", "“17” is no school form and no grade."),
        ("1-6", "“1-6” is no school form and no grade."),
    ],
)
def test_what_is_no_form_or_no_grade_of_it_is_named(text: str, says: str) -> None:
    with pytest.raises(BadCell) as caught:
        forms_in(text)
    assert str(caught.value).startswith(says)


@given(st.data())
def test_any_form_with_any_of_its_grades_is_read_as_it_is_written(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from([form for form, grades in GRADES_OF_FORM.items() if grades]))
    grades = data.draw(st.sets(st.sampled_from(GRADES_OF_FORM[form]), min_size=1))
    read = forms_in(f"{form} {', '.join(sorted(grades))}")
    assert {name: set(own) for name, own in read.items()} == {form: grades}


def test_grades_beside_the_forms_go_to_the_form_that_has_them() -> None:
    forms = {"preschool_class": ["F"], "compulsory": [], "after_school": []}
    assert with_grades(forms, ["F", "2", "1"]) == {**forms, "compulsory": ["1", "2"]}


@pytest.mark.parametrize(
    ("forms", "grades", "says"),
    [
        ({"compulsory": []}, ["gy1"], "None of the school's forms has the grade gy1."),
        ({"compulsory": ["1"]}, ["2"], "None of the school's forms has the grade 2."),
        ({"compulsory": [], "special": []}, ["1"], "Several of the forms have the grade 1."),
    ],
)
def test_a_grade_beside_the_forms_that_fits_none_or_several_is_named(
    forms: dict[str, list[str]], grades: list[str], says: str
) -> None:
    with pytest.raises(BadCell) as caught:
        with_grades(forms, grades)
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("text", "form"), [("7-9", "compulsory"), ("gymnasium", "upper"), ("förskola", "preschool")]
)
def test_a_stage_says_forms(text: str, form: str) -> None:
    assert list(stage_in(text)) == [form]


def test_every_form_code_of_skolverket_is_a_form_here() -> None:
    assert set(FORM_CODES.values()) <= set(SchoolForm.values)


@pytest.mark.parametrize(("key", "codes"), [("status", STATUS_CODES), ("owner_kind", OWNER_CODES)])
def test_every_code_of_skolverket_is_read(key: str, codes: dict[str, str]) -> None:
    assert {code: OF_KEY[key].read(code) for code in codes} == codes


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("unit_code", "1234 5678", "12345678"),
        ("org_number", "212999-0004", "2129990004"),
        ("org_number", "191212121212"[2:], None),
        ("municipality", "180", "0180"),
        ("status", "Nedlagd", "ceased"),
        ("owner_kind", "Fristående", "independent"),
        ("unit_type", "CENTRAL", False),
        ("unit_type", "SKOLENHET", True),
        ("successors", "22222222; 33333333", ["22222222", "33333333"]),
    ],
)
def test_cells_are_read_as_people_write_them(key: str, text: str, value: object) -> None:
    assert OF_KEY[key].value(text) == value


def test_no_heading_means_two_columns() -> None:
    named: dict[str, list[Column]] = {}
    for column in COLUMNS:
        for name in column.names:
            named.setdefault(name, []).append(column)
    assert {name: columns for name, columns in named.items() if len(columns) > 1} == {}
