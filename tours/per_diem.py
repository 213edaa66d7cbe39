"""Tax-free per diem for journeys at home: the year's amounts as data, values in and values out.

Source of the conditions and of the reductions: Skatteverket's rules for domestic travel, as cited in
lr-revision.se (2024), aurora.umu.se and su.se. The amounts are data (venues/data/rates_2026.json), never here.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from tours.money import Money, total

#: Road km from home and workplace below which a night gives no per diem. Source: as above.
AWAY_KM = 50
#: Months in the same place after which the amounts fall. Source: as above.
SAME_PLACE_MONTHS = 3


@dataclass(frozen=True)
class DayRates:
    """The amounts of one table.

    Attributes:
        full, half, night: a whole day, half a day, and a night in a bed of one's own finding.
        later: a whole day from the fourth month in the same place.
        meals: breakfast, lunch and dinner as shares of a whole day, by which a meal that is given reduces it.
        full_before, full_after: leaving before the first, or coming home after the second, makes a day whole.
    """

    full: Decimal
    half: Decimal
    night: Decimal
    later: Decimal
    meals: Mapping[str, Decimal]
    full_before: time
    full_after: time
    currency: str

    @classmethod
    def from_table(cls, rates: Mapping[str, Any], currency: str) -> DayRates:
        """Read `per_diem` of a table of rates (venues/data/rates_*.json).

        Raises:
            KeyError, ValueError, ArithmeticError: the table lacks an amount or one can not be read.
        """
        read = rates["per_diem"]
        return cls(
            full=Decimal(str(read["full"])),
            half=Decimal(str(read["half"])),
            night=Decimal(str(read["night"])),
            later=Decimal(str(read["after_3_months"])),
            meals={name: Decimal(str(share)) for name, share in read["meal_share"].items()},
            full_before=time.fromisoformat(read["depart_full_before"]),
            full_after=time.fromisoformat(read["return_full_after"]),
            currency=currency,
        )


@dataclass(frozen=True)
class Night:
    """One night away: where, and how many road km from home."""

    on: date
    place: str
    km_from_home: Decimal


@dataclass(frozen=True)
class Journey:
    """Away from home from one moment to another, with the nights between; `meals` are those given, by day."""

    leaves_at: datetime
    returns_at: datetime
    nights: Sequence[Night]
    meals: Mapping[date, Sequence[str]] = field(default_factory=dict)
    finds_own_beds: bool = False

    @property
    def is_entitled(self) -> bool:
        """Whether it gives per diem: a night is spent away, more than `AWAY_KM` from home."""
        return any(night.km_from_home > AWAY_KM for night in self.nights)

    def days(self) -> list[date]:
        """Every day of it, the first and the last included."""
        first, last = self.leaves_at.date(), self.returns_at.date()
        return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def per_diem(journey: Journey, rates: Mapping[date, DayRates]) -> Money:
    """What one person gets, tax-free, for one journey.

    Args:
        journey: in local time.
        rates: the amounts that hold on each of its days.

    Raises:
        KeyError: a day of the journey has no rates.
    """
    currency = rates[journey.days()[0]].currency
    if not journey.is_entitled:
        return total([], currency)
    daily = [Money(_day(journey, day, rates[day]), rates[day].currency) for day in journey.days()]
    nightly = [Money(rates[night.on].night, rates[night.on].currency) for night in journey.nights]
    return total([*daily, *(nightly if journey.finds_own_beds else [])], currency)


def _day(journey: Journey, day: date, rates: DayRates) -> Decimal:
    later = _is_later(journey, day)
    whole, half = (rates.later, rates.later / 2) if later else (rates.full, rates.half)
    earned = half if _is_half(journey, day, rates) else whole
    given = sum((rates.meals[meal] for meal in set(journey.meals.get(day, ()))), Decimal(0))
    return max(earned - earned * given, Decimal(0))


def _is_half(journey: Journey, day: date, rates: DayRates) -> bool:
    """A day is half when the party left at noon or later, or was home at seven or earlier."""
    leaves, returns = journey.leaves_at, journey.returns_at
    late_start = day == leaves.date() and leaves.time() >= rates.full_before
    early_end = day == returns.date() and returns.time() <= rates.full_after
    return late_start or early_end


def _is_later(journey: Journey, day: date) -> bool:
    """Whether the party has slept more than three months at the place where it wakes up that day."""
    slept = [night for night in journey.nights if night.on < day]
    here = 0
    for night in reversed(slept):
        if night.place != slept[-1].place:
            break
        here += 1
    return here > 0 and day > _months_on(slept[-here].on, SAME_PLACE_MONTHS)


def _months_on(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
