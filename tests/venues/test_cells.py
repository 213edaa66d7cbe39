"""Cells: what they mean, and what is said when they mean nothing."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from venues.cells import UNKNOWN_AGAIN, BadCell, field_column
from venues.models import Organisation, Venue
from venues.registers import COLUMNS


def value(name: str, text: str, model=Venue):
    return field_column(model, name).value(text)


@pytest.mark.parametrize(
    ("name", "text", "means"),
    [
        ("seats", "120", 120),
        ("depth_m", "7,5", Decimal("7.5")),
        ("depth_m", "7.25", Decimal("7.25")),
        ("lat", "63,31", 63.31),
        ("shower", "ja", True),
        ("shower", "Yes", True),
        ("shower", "nei", False),
        ("shower", "0", False),
        ("shower", "?", UNKNOWN_AGAIN),
        ("seats", "okänt", UNKNOWN_AGAIN),
        ("evacuation", "unknown", UNKNOWN_AGAIN),
        ("checked_on", "2028-02-29", date(2028, 2, 29)),
        ("blackout", "full", "full"),
        ("blackout", "Really dark", "full"),
        ("kind", "Assembly hall", "assembly_hall"),
        ("address", "Storgatan 1", "Storgatan 1"),
    ],
)
def test_what_a_cell_means(name, text, means):
    assert value(name, text) == means


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("seats", "about 120", "not a whole number"),
        ("seats", "-1", "not a whole number"),
        ("seats", "120.5", "not a whole number"),
        ("seats", "١٢٠", "not a whole number"),
        ("seats", "40000", "40000 is too large; 32767 at the most"),
        ("depth_m", "7.5 m", "not a number"),
        ("depth_m", "NaN", "not a number"),
        ("depth_m", "0", "greater than or equal to 0.1"),
        ("depth_m", "7.125", "2 decimal places"),
        ("depth_m", "12345", "digits"),
        ("lat", "91", "less than or equal to 90"),
        ("shower", "maybe", "neither yes nor no. Leave it empty if nobody knows"),
        ("checked_on", "2026-04-31", "There is no 2026-04-31 in the calendar"),
        ("checked_on", "2027-02-29", "There is no 2027-02-29"),
        ("checked_on", "30/4 2026", "not a date. Write it as 2026-09-30"),
        ("blackout", "pitch", "not one of: not possible, dim, really dark"),
        ("kind", "?", "not one of: assembly hall, theatre"),
        ("address", "x" * 201, "at most 200 characters"),
        ("address", "Storgatan 1\nBacke", "line break"),
        ("address", "Stor\x00gatan", "control character"),
    ],
)
def test_what_is_said_of_a_cell_that_means_nothing(name, text, says):
    with pytest.raises(BadCell, match=says):
        value(name, text)


def test_an_address_of_mail_must_look_like_one():
    with pytest.raises(BadCell, match="valid email"):
        value("email", "kultur(at)example.org", Organisation)


@pytest.mark.parametrize("register", sorted(COLUMNS))
def test_no_two_columns_answer_to_one_heading(register):
    names = [name for column in COLUMNS[register] for name in column.names]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@settings(deadline=None)
@given(st.sampled_from(COLUMNS["venues"]), st.text(min_size=1, max_size=60))
def test_any_text_gives_a_value_or_a_plain_refusal(column, text):
    with suppress(BadCell):
        assert column.value(text) is not None
