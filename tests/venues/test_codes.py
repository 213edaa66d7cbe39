"""Codes of school units and numbers of organisations: their form, and what is said of a wrong one."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from venues.codes import check_digit, check_org_number, check_unit_code, is_of_person, plain_org_number

#: Made up.
NUMBER = "5590000005"


def fault_of(number: str) -> str:
    with pytest.raises(ValidationError) as caught:
        check_org_number(number)
    return str(caught.value.code)


@pytest.mark.parametrize("code", ["", "1234567", "123456789", "1234567a", "１２３４５６７８"])
def test_a_unit_code_has_eight_digits(code: str) -> None:
    with pytest.raises(ValidationError, match="not a school-unit code"):
        check_unit_code(code)


def test_a_unit_code_may_begin_with_nought() -> None:
    assert check_unit_code("01234567") is None


def test_the_check_digit_is_that_of_every_swedish_number() -> None:
    # A municipality's and a region's, as they stand on their letters.
    assert [check_digit(digits) for digits in ("212000252", "232100021")] == [8, 4]


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(1, 9))
def test_one_wrong_digit_is_seen(digits: str, by: int) -> None:
    digits = digits[:2] + "5" + digits[3:]
    right = check_digit(digits)
    assert check_org_number(f"{digits}{right}") is None
    assert fault_of(f"{digits}{(right + by) % 10}") == "org_number_check_digit"


@pytest.mark.parametrize("number", ["", "123", "55900000051", "559000000x"])
def test_an_organisation_number_has_ten_digits(number: str) -> None:
    assert fault_of(number) == "org_number"


def test_a_persons_number_is_not_kept() -> None:
    assert (fault_of("1912121212"), is_of_person("1912121212"), is_of_person(NUMBER)) == (
        "org_number_of_person",
        True,
        False,
    )


@pytest.mark.parametrize("text", ["559000-0005", "559000 0005", "16559000-0005", "5590000005"])
def test_a_number_is_read_as_people_write_it(text: str) -> None:
    assert plain_org_number(text) == NUMBER
