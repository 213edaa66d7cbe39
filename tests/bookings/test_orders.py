"""What a producer orders about whole days."""

from datetime import date

from bookings import orders
from tests.world import World
from tours.models import ForbiddenDay

DAY = date(2027, 2, 3)


def test_a_day_kept_free_twice_is_one_order(world: World) -> None:
    first = orders.forbid_day(world.tour, DAY, by=world.producer)
    assert orders.forbid_day(world.tour, DAY, by=world.producer) == first
    assert ForbiddenDay.objects.count() == 1


def test_a_day_kept_free_gets_the_reason_of_its_cancellation(world: World) -> None:
    orders.forbid_day(world.tour, DAY, by=world.producer)
    assert orders.forbid_day(world.tour, DAY, by=world.producer, reason="An actor is ill").reason == (
        "An actor is ill"
    )
    assert ForbiddenDay.objects.get().reason == "An actor is ill"


def test_a_cancelled_day_keeps_its_reason_when_it_is_kept_free_again(world: World) -> None:
    orders.forbid_day(world.tour, DAY, by=world.producer, reason="An actor is ill")
    assert orders.forbid_day(world.tour, DAY, by=world.producer).reason == "An actor is ill"
