"""The forms of school and their grades."""

import pytest

from venues.grades import GRADES, grades_of
from venues.school_forms import GRADES_OF_FORM, STAGES, SchoolForm, forms_of


def test_every_form_says_which_grades_it_can_have() -> None:
    assert list(GRADES_OF_FORM) == SchoolForm.values


def test_every_grade_is_of_some_form() -> None:
    assert {grade for grades in GRADES_OF_FORM.values() for grade in grades} == set(GRADES)


def test_a_stage_names_grades_that_its_forms_can_have() -> None:
    wrong = [
        (stage, form)
        for stage, forms in STAGES.items()
        for form, grades in forms.items()
        if not set(grades) <= set(GRADES_OF_FORM[form])
    ]
    assert wrong == []


@pytest.mark.parametrize("stage", ["f-3", "f-6", "f-9", "7-9"])
def test_a_stage_is_the_forms_of_its_grades(stage: str) -> None:
    assert forms_of(grades_of(stage)) == STAGES[stage]


def test_a_tenth_year_is_of_no_ordinary_form() -> None:
    assert forms_of(frozenset({"10", "gy4"})) == {}
