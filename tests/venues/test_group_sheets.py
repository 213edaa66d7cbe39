"""Groups that are pasted: with and without heading, whatever stands between the columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venues.group_sheets import read_groups
from venues.groups import GroupInput

FOUR, FIVE = GroupInput("4A", "4", 24, 2), GroupInput("5 B", "5", 19, 1)


@pytest.mark.parametrize("between", ["\t", ";", ","])
def test_lines_without_a_heading(between: str) -> None:
    text = f"4A{between}4{between}24{between}2\n\n5 B{between}åk 5{between}19"
    assert [line.told for line in read_groups(text)] == [FOUR, FIVE]


def test_a_heading_decides_the_order() -> None:
    text = "Antal elever;Klass;Årskurs;Mentor\n24;4A;4;x\n19;5 B;5;x"
    assert [line.told for line in read_groups(text)] == [GroupInput("4A", "4", 24, 1), FIVE]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (";4;24", "Line 1 has no name."),
        ("4A;4-6;24", "Line 1: “4-6” is not one grade."),
        ("4A;fyran;24", "Line 1: “fyran” is not one grade."),
        ("4A;4;tjugo", "Line 1: “tjugo” is no number."),
        ("4A;4;", "Line 1: “” is no number."),
    ],
)
def test_what_can_not_be_read_is_named(line: str, fault: str) -> None:
    assert [found.fault for found in read_groups(line)] == [fault]


def test_a_name_that_stands_twice_is_named_and_the_first_taken() -> None:
    first, second = read_groups("4A;4;24\n4a ;4;20")
    assert (first.fault, first.is_double, second.is_double) == ("", False, True)
    assert second.fault == "Line 2: 4a stands in line 1 already. Only the first is taken."


@given(st.text(max_size=200))
def test_any_text_is_read_without_fault(text: str) -> None:
    assert all(line.number for line in read_groups(text))
