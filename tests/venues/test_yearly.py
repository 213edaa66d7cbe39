"""Spans of days that come back every year."""

from datetime import date

import pytest

from venues.yearly import holds


@pytest.mark.parametrize(
    ("first", "last", "day", "expected"),
    [
        ("06-01", "08-31", date(2027, 6, 1), True),
        ("06-01", "08-31", date(2027, 8, 31), True),
        ("06-01", "08-31", date(2027, 9, 1), False),
        ("10-01", "04-15", date(2026, 12, 31), True),
        ("10-01", "04-15", date(2027, 4, 15), True),
        ("10-01", "04-15", date(2027, 4, 16), False),
        ("10-01", "04-15", date(2027, 9, 30), False),
        ("02-29", "02-29", date(2028, 2, 29), True),
    ],
)
def test_a_span_has_both_its_ends_and_may_run_over_new_year(first, last, day, expected):
    assert holds(first, last, day) is expected
