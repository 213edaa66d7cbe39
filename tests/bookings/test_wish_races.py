"""A wish that is held at the moment at which it is taken back: one of the two happens, never both.

The wish's row is locked by both, by whoever holds after the resources; without it each looks before the other has
written.
"""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection

from bookings import allotment_publishing, lifecycle, placing, wish_changes
from bookings.models import Booking
from tests import allotments
from tests.agreements import SHOW_AT
from tests.allotments import NOW
from tests.api.callers import OPEN
from tests.world import World
from tours.errors import NotNow
from tours.models import Allotment, Tour, Wish

pytestmark = pytest.mark.django_db(transaction=True)
#: So long the one who holds stands still; the other would have done by then.
STANDS_STILL = 2.0


def both(monkeypatch: pytest.MonkeyPatch, hold: Callable[[], Any], take_back: Callable[[], Any]) -> list[str]:
    """What came of holding, and of taking back what is just being held."""
    is_holding, is_taken_back = Event(), Event()
    place = placing.place

    def slowly(*args: Any) -> None:
        place(*args)
        is_holding.set()
        is_taken_back.wait(STANDS_STILL)

    monkeypatch.setattr(placing, "place", slowly)
    found = ["", ""]

    def run(which: int, act: Callable[[], Any], done: Event | None = None) -> None:
        try:
            act()
            found[which] = "done"
        except Exception as error:  # whatever comes is an outcome to be looked at
            found[which] = type(error).__name__
        finally:
            connection.close()
            if done:
                done.set()

    holding = Thread(target=run, args=(0, hold))
    holding.start()
    assert is_holding.wait(30)
    taking = Thread(target=run, args=(1, take_back, is_taken_back))
    taking.start()
    for thread in (holding, taking):
        thread.join(60)
    return found


def stands_and_is_held() -> tuple[int, int]:
    return Wish.objects.standing().count(), Booking.objects.live().count()


def test_an_allotment_taken_back_while_it_is_held(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Wish.objects.all().delete()
    Tour.objects.all().delete()
    found = allotments.published(world)
    wish, tour = Wish.objects.with_ground().get(), Tour.objects.with_ground().get()

    def hold() -> Any:
        return lifecycle.hold(tour=tour, wish=wish, starts_at=SHOW_AT, by=world.producer, now=NOW)

    def take_back() -> Any:
        return allotment_publishing.take_back(found, by=world.officer, now=NOW)

    assert both(monkeypatch, hold, take_back) == ["done", "NotNow"]
    assert stands_and_is_held() == (1, 1)
    assert Allotment.objects.get().state == "published"


def test_a_school_that_takes_its_wish_back_while_it_is_held(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = world.school_wish

    def hold() -> Any:
        return lifecycle.hold(tour=world.tour, wish=wish, starts_at=SHOW_AT, by=world.producer, now=OPEN)

    def take_back() -> Any:
        return wish_changes.withdraw_wish(wish, world.school_contact, OPEN)

    assert both(monkeypatch, hold, take_back) == ["done", "NotNow"]
    assert Wish.objects.get(pk=wish.pk).withdrawn_at is None


def test_what_was_taken_back_since_it_was_looked_at_is_not_held(world: World) -> None:
    wish = Wish.objects.with_ground().get(pk=world.school_wish.pk)
    wish_changes.withdraw_wish(world.school_wish, world.school_contact, OPEN)
    with pytest.raises(NotNow, match="changed or taken back"):
        lifecycle.hold(tour=world.tour, wish=wish, starts_at=SHOW_AT, by=world.producer, now=OPEN)
    assert not Booking.objects.exists()
