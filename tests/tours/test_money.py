"""Amounts keep their currency, and shares add up to the öre."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours.money import MixedCurrencies, Money, per_km, per_mil, shares, total, zero


def kr(amount: str | int) -> Money:
    return Money(Decimal(amount), "SEK")


def test_amounts_are_kept_in_whole_ore() -> None:
    assert kr("9.995") == kr("10.00")


def test_amounts_of_one_currency_add_up() -> None:
    assert (kr(100) + kr("0.50"), kr(100) - kr(30), total([], "SEK")) == (kr("100.50"), kr(70), zero("SEK"))


@pytest.mark.parametrize("sign", ["__add__", "__sub__", "__lt__"])
def test_two_currencies_never_meet(sign: str) -> None:
    with pytest.raises(MixedCurrencies):
        getattr(kr(100), sign)(Money(Decimal(100), "NOK"))


def test_a_mil_is_ten_kilometres() -> None:
    assert per_mil(Decimal("2.50")) == 25
    assert per_km(Decimal("2.50"), Decimal(100), "SEK") == kr(250)  # 10 mil, not 2 500 kr


def test_what_can_not_be_halved_goes_to_the_first() -> None:
    assert shares(kr("0.03"), [Decimal(1), Decimal(1)]) == [kr("0.02"), kr("0.01")]


def test_shares_follow_the_weights() -> None:
    assert shares(kr(100), [Decimal(3), Decimal(1)]) == [kr(75), kr(25)]


def test_shares_are_equal_when_nothing_weighs() -> None:
    assert shares(kr(90), [Decimal(0)] * 3) == [kr(30)] * 3


def test_nobody_shares_nothing() -> None:
    assert shares(kr(90), []) == []


def test_a_weight_below_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        shares(kr(90), [Decimal(-1), Decimal(2)])


ORE = st.decimals(0, 10**7, places=2)
WEIGHTS = st.lists(st.decimals(0, 2000, places=1), min_size=1, max_size=40)


@given(ORE, WEIGHTS)
def test_shares_add_up_to_the_ore(amount: Decimal, weights: list[Decimal]) -> None:
    assert total(shares(kr(amount), weights), "SEK") == kr(amount)


@given(ORE, WEIGHTS)
def test_no_share_is_an_ore_from_its_due(amount: Decimal, weights: list[Decimal]) -> None:
    parts = weights if sum(weights) else [Decimal(1)] * len(weights)
    due = [amount * part / sum(parts) for part in parts]
    assert all(
        abs(share.amount - exact) < Decimal("0.0100001")
        for share, exact in zip(shares(kr(amount), weights), due, strict=True)
    )
