"""Days, times and moments as people write them, and what is said of those that can not be."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.world import World
from tours.models import Season
from turne.web.form_fields import (
    AmountField,
    ClockField,
    DayField,
    MomentField,
    RowsField,
    number_in,
    slug_in,
    versions_in,
)

HOW_DAY = "Write the day as year, month and day, such as 2027-02-04."
HOW_TIME = "Write the time as 10:00, from 00:00 to 23:59."


def refusal(field, text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(text)
    return caught.value.messages[0]


def test_a_day() -> None:
    assert DayField().clean(" 2027-02-04 ") == date(2027, 2, 4)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2027-04-31", "There is no day 31 in April 2027, which has 30 days."),
        ("2027-02-29", "There is no day 29 in February 2027, which has 28 days."),
        ("2027-13-01", HOW_DAY),
        ("2027-04-00", HOW_DAY),
        ("0000-04-31", HOW_DAY),
        ("31/4 2027", HOW_DAY),
        ("4 feb", HOW_DAY),
        ("0001-01-01", HOW_DAY),
        ("9999-12-31", HOW_DAY),
    ],
)
def test_what_is_no_day(text: str, sentence: str) -> None:
    assert refusal(DayField(), text) == sentence
    assert refusal(MomentField(), f"{text}T10:00") == sentence


@pytest.mark.parametrize("text", ["9:05", "09.05", "09:05:00"])
def test_a_time(text: str) -> None:
    assert ClockField().clean(text) == time(9, 5)


@pytest.mark.parametrize("text", ["24:00", "12:60", "noon", "9"])
def test_what_is_no_time(text: str) -> None:
    assert refusal(ClockField(), text) == HOW_TIME


@pytest.mark.parametrize("text", ["2027-02-04T24:00", "2027-02-04T", "2027-02-04"])
def test_a_moment_without_a_time(text: str) -> None:
    assert refusal(MomentField(), text) == HOW_TIME


@pytest.mark.parametrize("text", ["2027-02-04T10:00", "2027-02-04 10:00"])
def test_a_moment_is_local(text: str) -> None:
    assert MomentField().clean(text) == datetime(2027, 2, 4, 9, tzinfo=UTC)


def test_a_moment_is_shown_in_local_time() -> None:
    field = MomentField()
    shown = field.widget.format_value(field.prepare_value(datetime(2027, 7, 4, 8, tzinfo=UTC)))
    assert shown == "2027-07-04T10:00"


def test_empty_is_nothing_where_it_may_be() -> None:
    fields = [DayField(required=False), ClockField(required=False), MomentField(required=False)]
    assert [field.clean("") for field in fields] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "number"),
    [("17", 17), ("0", 0), ("", 0), (None, 0), ("-1", 0), ("²", 0), ("٣", 0), ("9" * 5000, 0)],
)
def test_a_number_as_it_was_sent(text: str | None, number: int) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "slug"), [("ås-1_b", ""), ("as-1_B", "as-1_B"), ("a\0", ""), ("a\n", ""), ("", ""), (None, "")]
)
def test_a_name_in_addresses_as_it_was_sent(text: str | None, slug: str) -> None:
    assert slug_in(text) == slug


def test_versions_as_they_were_sent() -> None:
    sent = ["17:2", "18:1", "x:1", f"{'9' * 5000}:3"]
    assert versions_in(sent) == {17: 2, 18: 1, 0: 3}


def test_a_number_that_no_database_holds_is_no_row(db: None) -> None:
    refused = refusal(RowsField(Season.objects.all()), ["9" * 30])
    assert refused == f"Select a valid choice. {'9' * 30} is not one of the available choices."


@pytest.mark.parametrize("url", ["/karta/?plats=%00", "/turneer/?sasong=%00", "/checklista/?produktion=%00"])
def test_a_name_that_no_database_holds_names_no_row(world: World, as_user: Any, url: str) -> None:
    assert as_user(world.producer).get(url).status_code == 200


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("30000.00"), 30_000),
        (Decimal("12.50"), Decimal("12.50")),
        ("30000.00", "30000.00"),
        (None, None),
    ],
)
def test_an_amount_stands_without_decimals_where_it_has_none(value: Any, shown: Any) -> None:
    """What somebody has just written stays as it was written."""
    assert AmountField().prepare_value(value) == shown
    assert type(AmountField().prepare_value(value)) is type(shown)
