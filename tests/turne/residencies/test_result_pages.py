"""What comes of a residency, on its page: the way from a production to a tour."""

from typing import Any

import pytest

from bookings.residencies import results
from tests.bookings.residencies.moments import confirmed
from tests.bookings.residencies.stays_made import AFTER, Stay
from tests.factories import ProductionFactory
from tests.turne.pages import get
from tests.world import World


@pytest.fixture(autouse=True)
def afterwards(later: Any) -> None:
    later(AFTER)


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world, ensemble=world.ensemble)


@pytest.mark.parametrize("is_on_menu", [True, False])
def test_a_tour_is_planned_of_what_is_on_a_menu(stay: Stay, as_user: Any, is_on_menu: bool) -> None:
    world = stay.world
    made = world.production if is_on_menu else ProductionFactory(ensemble=world.ensemble)
    results.link_production(stay.residency, made, version=1, by=world.producer, now=AFTER)
    page = get(as_user(world.producer), f"/residenser/{stay.residency.pk}/resultat/").content.decode()
    ways = [f"/turneer/ny/?produktion={made.slug}" in page, "on that season’s menu" in page]
    assert ways == [is_on_menu, not is_on_menu]
