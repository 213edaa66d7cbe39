"""A place in words."""

import pytest

from venues.models import Municipality, Place


@pytest.mark.parametrize(
    ("name", "where"), [("Lit", "Lit, Östersund"), ("Östersund", "Östersund")], ids=["another", "the same"]
)
def test_its_municipality_is_told_where_it_is_called_otherwise(name: str, where: str) -> None:
    assert Place(name=name, municipality=Municipality(name="Östersund")).where == where
