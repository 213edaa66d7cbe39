"""Days and weeks as people write them."""

from datetime import date

import pytest
from django.utils import translation

from venues import dates


@pytest.mark.parametrize(
    ("first", "last", "swedish", "english"),
    [
        (date(2027, 2, 1), date(2027, 2, 7), "v.\N{NO-BREAK SPACE}5", "week 5"),
        (date(2027, 2, 1), date(2027, 3, 14), "v.\N{NO-BREAK SPACE}5–10", "weeks 5–10"),
        (date(2026, 12, 28), date(2027, 1, 10), "v.\N{NO-BREAK SPACE}53–1", "weeks 53–1"),
        (date(2027, 1, 4), date(2028, 1, 9), "v.\N{NO-BREAK SPACE}1–1", "weeks 1–1"),
    ],
)
def test_the_weeks_of_a_span(first: date, last: date, swedish: str, english: str) -> None:
    with translation.override("sv"):
        assert dates.weeks_text(first, last) == swedish
    with translation.override("en"):
        assert dates.weeks_text(first, last) == english


@pytest.mark.parametrize(("amount", "shown"), [(40, "+40 min"), (-15.4, "−15 min"), (0.4, "0 min")])
def test_a_difference_bears_its_sign(amount: float, shown: str) -> None:
    assert dates.signed_text(amount, dates.duration_text).replace(dates.NO_BREAK, " ") == shown


@pytest.mark.parametrize(("language", "expected"), [("sv", "4\N{NO-BREAK SPACE}634"), ("en", "4,634")])
def test_whole_amounts_are_grouped_as_the_language_does(language: str, expected: str) -> None:
    with translation.override(language):
        assert dates.whole_text(4633.6, "kg") == f"{expected}\N{NO-BREAK SPACE}kg"


@pytest.mark.parametrize(
    ("language", "amount", "expected"),
    [
        ("sv", 627200, "627 200 kr"),
        ("en", 627200, "627,200 kr"),
        ("sv", "-9800.5", "−9 800,50 kr"),
        ("en", "-9800.5", "−9,800.50 kr"),
    ],
)
def test_money_is_grouped_as_the_language_does(language: str, amount: float, expected: str) -> None:
    with translation.override(language):
        assert dates.money_text(amount).replace(dates.NO_BREAK, " ") == expected
