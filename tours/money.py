"""Amounts with their currency, and how a sum is shared to the öre. Plain Python: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

#: The smallest part that is paid.
ORE = Decimal("0.01")
#: A mil is ten kilometres: rates are kept per km and shown per mil.
KM_PER_MIL = 10


class MixedCurrencies(ValueError):
    """Two amounts in different currencies met; nothing is exchanged here."""


@dataclass(frozen=True)
class Money:
    """An amount in whole öre. Amounts of one currency add up; those of two never do."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", self.amount.quantize(ORE, ROUND_HALF_UP))

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency} are not added up")
        return other.amount


def zero(currency: str) -> Money:
    """Nothing, in that currency."""
    return Money(Decimal(0), currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum; nothing at all is zero."""
    return sum(amounts, start=zero(currency))


def per_km(rate_per_km: Decimal, km: Decimal, currency: str) -> Money:
    """What so many kilometres cost. The rate is per kilometre, a tenth of what people call kr/mil."""
    return Money(rate_per_km * km, currency)


def per_mil(rate_per_km: Decimal) -> Decimal:
    """The rate as people say it: 2.50 a kilometre is 25 a mil."""
    return rate_per_km * KM_PER_MIL


def shares(amount: Money, weights: Sequence[Decimal]) -> list[Money]:
    """The amount in parts that add up to it exactly, each in proportion to its weight; equal if all weigh nothing.

    What rounding leaves over goes, öre by öre, to the parts that lost most by it, the first of equals first.
    """
    if not weights:
        return []
    if min(weights) < 0:
        raise ValueError("a share cannot weigh less than nothing")
    even = sum(weights) or Decimal(0)
    parts = [Decimal(weight) for weight in weights] if even else [Decimal(1)] * len(weights)
    ore = int(amount.amount / ORE)
    exact = [ore * part / sum(parts) for part in parts]
    whole = [int(share // 1) for share in exact]
    order = sorted(range(len(parts)), key=lambda i: (whole[i] - exact[i], i))
    for i in order[: ore - sum(whole)]:
        whole[i] += 1
    return [Money(share * ORE, amount.currency) for share in whole]
