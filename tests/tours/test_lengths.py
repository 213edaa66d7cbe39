"""Texts that are too long are refused with their field."""

from collections.abc import Callable

import pytest

from tours.errors import Refused
from tours.lengths import check_column, check_length
from tours.models import Production


def refused(check: Callable[[], None]) -> tuple[str, str]:
    with pytest.raises(Refused) as error:
        check()
    return error.value.field, error.value.sentence


def test_what_is_as_long_as_it_may_be_is_taken() -> None:
    assert check_length("x" * 5, 5, "why") is None


def test_more_is_refused_with_how_many_it_may_be() -> None:
    assert refused(lambda: check_length("x" * 6, 5, "why")) == ("why", "Write at most 5 characters.")


def test_the_columns_own_length_counts() -> None:
    most = Production._meta.get_field("title").max_length or 0
    told = f"Write at most {most} characters."
    assert refused(lambda: check_column(Production, "title", "x" * (most + 1))) == ("title", told)
    assert refused(lambda: check_column(Production, "title", "x" * (most + 1), field="name"))[0] == "name"


def test_a_column_without_a_length_takes_all() -> None:
    assert check_column(Production, "duration_min", "1" * 1000) is None
