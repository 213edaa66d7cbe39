"""A school's hours: written whole or not at all, each weekday with its fault."""

from dataclasses import replace
from datetime import time

import pytest

from tests import factories as make
from venues import school_hours
from venues.models import School
from venues.school_hours import Hours, HoursWrong

DAY = Hours(time(8), time(14), time(10, 45), time(11, 30))


@pytest.fixture
def school(db: None) -> School:
    return make.SchoolFactory()


def test_hours_are_unknown_until_somebody_tells(school: School) -> None:
    assert school_hours.standing(school) == {}


def test_what_is_written_stands_and_nothing_else(school: School) -> None:
    school_hours.write(school, {0: DAY, 4: replace(DAY, ends=time(12))})
    assert school_hours.write(school, {0: DAY}) is True
    assert (school_hours.standing(school), school_hours.write(school, {0: DAY})) == ({0: DAY}, False)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"ends": time(8)}, "ends", "The day ends before it begins."),
        ({"lunch_ends": None}, "lunch_ends", "Give both when lunch begins and when it ends, or neither."),
        ({"lunch_ends": time(10, 30)}, "lunch_ends", "The lunch ends before it begins."),
        ({"lunch_starts": time(7)}, "lunch_starts", "The lunch lies outside the hours."),
        ({"lunch_ends": time(14, 5)}, "lunch_starts", "The lunch lies outside the hours."),
    ],
)
def test_what_hours_can_not_be(school: School, change: dict, field: str, sentence: str) -> None:
    with pytest.raises(HoursWrong) as caught:
        school_hours.write(school, {0: DAY, 1: replace(DAY, **change)})
    told = {weekday: (fault.field, str(fault)) for weekday, fault in caught.value.faults.items()}
    assert (told, school_hours.standing(school)) == ({1: (field, sentence)}, {})


def test_nobody_comes_on_a_saturday(school: School) -> None:
    with pytest.raises(HoursWrong) as caught:
        school_hours.write(school, {5: DAY})
    assert str(caught.value.faults[5]) == "Schools receive from Monday to Friday."
