"""A school's forms and its status: what is kept of them, and what is refused."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from venues.errors import NotPossible
from venues.models import School
from venues.schools import plain_forms, set_forms, set_status

TODAY, DAY = date(2026, 11, 2), timedelta(days=1)


@pytest.fixture
def school(db: None) -> School:
    """A school F-6."""
    return make.SchoolFactory()


def forms(school: School) -> dict[str, list[str]]:
    return dict(school.forms.values_list("form", "grades"))


def test_forms_are_kept_in_their_order_with_their_grades(school: School) -> None:
    assert set_forms(school, {"upper": ["gy2", "gy1"], "preschool": []}) is True
    assert forms(school) == {"preschool": ["förskola"], "upper": ["gy1", "gy2"]}


def test_the_same_forms_change_nothing(school: School) -> None:
    before = list(school.forms.values_list("pk", flat=True))
    assert set_forms(school, {"compulsory": list("654321"), "preschool_class": ["F"]}) is False
    assert list(school.forms.values_list("pk", flat=True)) == before


def test_the_grades_of_a_school_are_those_of_all_its_forms(school: School) -> None:
    set_forms(school, {"special": ["10", "9"], "preschool_class": [], "after_school": []})
    assert School.objects.with_forms().get().grades == ["F", "9", "10"]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"sami": ["7"]}, "Sami school has no grade 7."),
        ({"after_school": ["1"]}, "after-school centre has no grade 1."),
        ({"nursery": []}, "There is no school form “nursery”."),
    ],
)
def test_a_grade_that_a_form_has_not_is_refused(told: dict[str, list[str]], says: str) -> None:
    with pytest.raises(NotPossible) as caught:
        plain_forms(told)
    assert str(caught.value) == says


def test_nothing_is_written_where_a_form_is_refused(school: School) -> None:
    before = forms(school)
    with pytest.raises(NotPossible):
        set_forms(school, {"upper": ["gy1"], "sami": ["9"]})
    assert forms(school) == before


# -- Whether it is still there ---------------------------------------


def told(school: School, status: str, ceased_on: date | None) -> bool:
    return set_status(school, status, ceased_on, make.UserFactory(), TODAY)


@pytest.mark.parametrize(
    ("status", "ceased_on"),
    [("ceased", TODAY), ("ceased", None), ("active", TODAY + DAY), ("dormant", None), ("planned", None)],
)
def test_a_status_is_noted_with_its_day(school: School, status: str, ceased_on: date | None) -> None:
    assert (told(school, status, ceased_on), told(school, status, ceased_on)) == (True, False)
    school.refresh_from_db()
    assert (school.status, school.ceased_on) == (status, ceased_on)


@pytest.mark.parametrize(
    ("status", "ceased_on", "field"),
    [
        ("ceased", TODAY + DAY, "status"),
        ("active", TODAY, "ceased_on"),
        ("ceased", date(1998, 6, 30), "ceased_on"),
    ],
)
def test_a_day_that_does_not_go_with_the_status_is_refused(
    school: School, status: str, ceased_on: date, field: str
) -> None:
    School.objects.update(opened_on=date(1998, 7, 1))
    with pytest.raises(NotPossible) as caught:
        told(school, status, ceased_on)
    assert caught.value.field == field
