"""What a production row says of itself: times and price of a visit with one show or more."""

from decimal import Decimal

import pytest

from tours.models import Production, Rider


@pytest.fixture
def production() -> Production:
    made = Production(duration_min=45, fee=Decimal(9800), fee_next_show=Decimal(4900))
    made.rider = Rider(get_in_min=75, get_out_min=45, changeover_min=30)
    return made


def test_shows_follow_each_other_with_a_changeover(production: Production) -> None:
    assert production.show_times(3) == [(0, 45), (75, 120), (150, 195)]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_last_show_ends_when_all_are_over(production: Production, count: int) -> None:
    assert production.show_times(count)[-1][1] == production.show_min(count)


def test_the_next_show_has_a_price_of_its_own(production: Production) -> None:
    assert [production.price_of(count) for count in (1, 2, 3)] == [9800, 14700, 19600]
