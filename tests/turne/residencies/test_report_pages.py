"""How a residency went, on its page: what nobody has told yet is not 0."""

from decimal import Decimal
from typing import Any

import pytest

from bookings.models import ResidencyCost
from bookings.residencies import money
from bookings.residencies.money import Cost
from tests.bookings.residencies.moments import added, confirmed
from tests.bookings.residencies.stays_made import NOW, Stay
from tests.turne.pages import get, text_of
from tests.world import World


@pytest.fixture(autouse=True)
def before(later: Any) -> None:
    later(NOW)


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world)


def test_a_cost_that_nobody_has_told_makes_no_sum(stay: Stay, as_user: Any) -> None:
    kind = ResidencyCost.Kind.STIPEND
    lines = [
        Cost(kind, "region", Decimal(300), "a", actual=Decimal(250)),
        Cost(kind, "region", Decimal(40), "b"),
    ]
    money.set_costs(stay.residency, lines, **stay.act())
    client, address = as_user(stay.world.presenter), f"/residenser/{stay.residency.pk}/rapport/"
    assert text_of(get(client, address)).count("In all 340 kr –") == 1
    lines[1] = Cost(kind, "region", Decimal(40), "b", actual=Decimal(50))
    money.set_costs(stay.residency, lines, **stay.act())
    assert text_of(get(client, address)).count("In all 340 kr 300 kr") == 1


def test_who_came_is_told_once_somebody_has_counted(stay: Stay, as_user: Any) -> None:
    added(stay)
    told = text_of(get(as_user(stay.world.presenter), f"/residenser/{stay.residency.pk}/rapport/"))
    assert ("not reported" in told, "came in all" in told) == (True, False)
