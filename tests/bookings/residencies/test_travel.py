"""Journeys of a stay: kilometres by road where both ends are known, and what they emit as far as that is known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bookings.errors import ItemChanged
from bookings.residencies import travel
from bookings.residencies.travel import TravelInput
from tests.bookings.residencies.moments import confirmed
from tests.bookings.residencies.stays_made import MAY, Stay
from tests.world import World
from tours.errors import Refused
from venues.models import EmissionFactor

THERE = TravelInput(date(2027, 5, 2), "Östersund", "backe", "car")


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world, periods=[MAY])


def test_kilometres_are_looked_up_by_road(stay: Stay) -> None:
    assert travel.add(stay.residency, THERE).km == 158


@pytest.mark.parametrize(
    "changes", [{"from_words": "Stockholm"}, {"means": "train"}, {"from_words": "Backe"}]
)
def test_what_is_not_known_stays_unknown(stay: Stay, changes: dict[str, Any]) -> None:
    assert travel.add(stay.residency, replace(THERE, **changes)).km is None


def test_what_is_told_stands(stay: Stay) -> None:
    assert travel.add(stay.residency, replace(THERE, km=200)).km == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": date(2027, 4, 18)}, "on"),
        ({"on": date(2027, 5, 31)}, "on"),
        ({"from_words": " "}, "from_words"),
        ({"means": "sledge"}, "means"),
        ({"km": -1}, "km"),
        ({"people_count": 0}, "people_count"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_journey_that_can_not_be_is_refused(stay: Stay, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        travel.add(stay.residency, replace(THERE, **changes))
    assert refused.value.field == field


def test_the_sum_is_of_cars_alone(stay: Stay) -> None:
    EmissionFactor.objects.create(
        region=stay.residency.region,
        vehicle="car",
        fuel="diesel",
        tank_to_wheel_kg=Decimal("0.15"),
        well_to_tank_kg=Decimal("0.05"),
        year=2025,
        source="DESNZ",
    )
    for changes in ({"km": 100}, {"km": 500, "means": "train"}, {"from_words": "Åsele"}):
        travel.add(stay.residency, replace(THERE, **changes))
    assert travel.total(stay.residency) == travel.Sum(600, 100, Decimal("20.0"), 1, "DESNZ")


def test_without_a_factor_nothing_is_said_of_emissions(stay: Stay) -> None:
    travel.add(stay.residency, THERE)
    assert travel.total(stay.residency).kg is None


def test_the_second_of_two_who_change_it_is_told(stay: Stay) -> None:
    journey = travel.add(stay.residency, THERE)
    travel.change(journey, replace(THERE, km=9), version=1)
    with pytest.raises(ItemChanged):
        travel.change(journey, THERE, version=1)
    with pytest.raises(ItemChanged):
        travel.remove(journey, version=1)
    travel.remove(journey, version=2)
    assert not stay.residency.travel.exists()
