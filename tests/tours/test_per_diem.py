"""Per diem by the rates of 2026: golden journeys, reductions, conditions."""

import json
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours.money import Money
from tours.per_diem import DayRates, Journey, Night, per_diem
from venues.facts import DATA

RATES = DayRates.from_table(json.loads((DATA / "rates_2026.json").read_text()), "SEK")
MONDAY = date(2026, 2, 2)


class _Always(dict):  # type: ignore[type-arg]
    def __missing__(self, day: date) -> DayRates:
        return RATES


def journey(
    leaves: str, returns: str, days: int, *, km: int = 120, place: str = "Backe", **more: Any
) -> Journey:
    """From Monday so many days on, each night at the same place."""
    nights = [Night(MONDAY + timedelta(days=n), place, Decimal(km)) for n in range(days - 1)]
    first = datetime.fromisoformat(f"{MONDAY}T{leaves}")
    last = datetime.fromisoformat(f"{MONDAY + timedelta(days=days - 1)}T{returns}")
    return Journey(first, last, nights, **more)


def paid(trip: Journey) -> Decimal:
    return per_diem(trip, _Always()).amount


def test_monday_noon_to_wednesday_evening() -> None:
    """Golden: 300 + 300 + 150, before meals."""
    assert paid(journey("11:30", "19:00", 3)) == 750


@pytest.mark.parametrize(
    ("leaves", "returns", "amount"),
    [("11:59", "19:01", 600), ("12:00", "19:01", 450), ("11:59", "19:00", 450), ("12:00", "19:00", 300)],
)
def test_noon_and_seven_decide_between_half_and_whole(leaves: str, returns: str, amount: int) -> None:
    assert paid(journey(leaves, returns, 2)) == amount


def test_a_day_trip_gives_nothing() -> None:
    assert paid(journey("06:00", "23:00", 1)) == 0


@pytest.mark.parametrize(("km", "amount"), [(50, 0), (51, 600)])
def test_the_night_must_be_more_than_50_km_away(km: int, amount: int) -> None:
    assert paid(journey("08:00", "20:00", 2, km=km)) == amount


def test_a_bed_of_ones_own_finding_gives_the_night_too() -> None:
    assert paid(journey("11:30", "19:00", 3, finds_own_beds=True)) == 750 + 2 * 150


@pytest.mark.parametrize(
    ("meals", "left"),
    [
        (["breakfast"], 240),
        (["lunch"], 195),
        (["lunch", "dinner"], 90),
        (["breakfast", "lunch", "dinner"], 30),
        (["lunch", "lunch"], 195),
    ],
)
def test_meals_that_are_given_reduce_a_whole_day(meals: list[str], left: int) -> None:
    given_on = {MONDAY + timedelta(days=1): meals}
    assert paid(journey("08:00", "20:00", 3, meals=given_on)) == 600 + left


def test_a_half_day_is_reduced_by_half() -> None:
    assert paid(journey("08:00", "18:00", 2, meals={MONDAY + timedelta(days=1): ["breakfast"]})) == 300 + 120


def test_after_three_months_in_the_same_place_the_amounts_fall() -> None:
    """2 February to 2 May are full days; 3 and 4 May are later ones."""
    trip = journey("08:00", "20:00", 92)
    assert paid(trip) == 90 * 300 + 2 * 210


def test_another_place_starts_the_months_anew() -> None:
    trip = journey("08:00", "20:00", 92)
    moved = [Night(n.on, "Backe" if i % 30 else "Sveg", n.km_from_home) for i, n in enumerate(trip.nights)]
    assert paid(Journey(trip.leaves_at, trip.returns_at, moved)) == 92 * 300


@pytest.mark.parametrize(
    ("base", "amount"), [(52_500, 260), (57_300, 290), (58_800, 290), (59_200, RATES.full)]
)
def test_a_whole_day_follows_from_the_price_base_amount(base: int, amount: Decimal) -> None:
    """0.5 % of it, rounded to whole tens. Checked for 2023 to 2026; the last is the table's own."""
    tens = (Decimal(base) * Decimal("0.0005")).quantize(Decimal(1), ROUND_HALF_UP)
    assert tens * 10 == amount


def test_a_day_without_rates_is_an_error() -> None:
    with pytest.raises(KeyError):
        per_diem(journey("11:30", "19:00", 3), {MONDAY: RATES})


def test_the_amount_is_in_the_tables_currency() -> None:
    assert per_diem(journey("12:00", "19:00", 2), _Always()) == Money(Decimal(300), "SEK")


@given(st.integers(2, 100), st.lists(st.sampled_from(sorted(RATES.meals)), max_size=5))
def test_a_meal_never_raises_and_never_goes_below_nothing(days: int, meals: list[str]) -> None:
    without = paid(journey("08:00", "20:00", days))
    given_daily = {MONDAY + timedelta(days=n): meals for n in range(days)}
    assert 0 <= paid(journey("08:00", "20:00", days, meals=given_daily)) <= without
