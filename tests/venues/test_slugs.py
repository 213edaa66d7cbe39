"""Names as parts of an address."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from venues.slugs import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Östersund", "ostersund"),
        ("Änge (Offerdal)", "ange-offerdal"),
        ("Stjørdal", "stjordal"),
        ("Røros", "roros"),
        ("Næss", "naess"),
        ("Storsjö kapell", "storsjo-kapell"),
        ("今", "x"),
    ],
)
def test_letters_become_plain_ones(name, slug):
    assert slug_of(name) == slug


def test_a_taken_slug_gets_what_stands_beside_it():
    assert slug_of("Backe", taken={"backe"}, beside="Grums") == "backe-grums"


def test_then_numbers():
    assert slug_of("Backe", taken={"backe", "backe-grums"}, beside="Grums") == "backe-grums-2"
    assert slug_of("Backe", taken={"backe", "backe-2"}) == "backe-3"


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_a_slug_is_free_short_and_ascii(name, beside):
    first = slug_of(name)
    second = slug_of(name, taken={first}, beside=beside)
    assert (first != second, max(len(first), len(second)) <= 50, (first + second).isascii()) == (
        True,
        True,
        True,
    )
