"""Twenty at once on one room, one dwelling and one contract: one stands. And the race without the guards, lost."""

from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from bookings import lifecycle
from bookings.errors import SlotTaken
from bookings.models import Allocation, Residency, ResidencyPeriod
from bookings.residencies import contracts, reserving
from tests.agreements import NOW, SHOW_AT
from tests.bookings.residencies.stays_made import Stay, offered, planned
from tests.races import at_once, wishes, without_the_constraint
from tests.world import World
from tours.models import Wish

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS, FEW = 20, 6
#: The week in which the visit to the presenter would be.
WEEK = [(datetime(2027, 2, 1).date(), datetime(2027, 2, 7).date())]


def stays(world: World, count: int) -> list[Stay]:
    return [planned(world, spans=WEEK) for _number in range(count)]


def take_room(stay: Stay) -> str:
    reserving.reserve_room(stay.residency, stay.world.venue, version=1, by=stay.world.officer, now=NOW)
    return "reserved"


def taken(**thing: Any) -> int:
    return Allocation.objects.filter(is_blocking=True, **thing).count()


def test_twenty_residencies_one_has_the_room(world: World) -> None:
    assert at_once(take_room, stays(world, RIVALS)) == {"reserved": 1, "SlotTaken": RIVALS - 1}
    assert taken(venue=world.venue) == 1


def test_twenty_residencies_one_has_the_dwelling(world: World) -> None:
    def take_home(stay: Stay) -> str:
        values = {"version": 1, "by": world.officer, "now": NOW}
        reserving.reserve_dwelling(stay.residency, stay.dwelling, **values)
        return "reserved"

    assert at_once(take_home, stays(world, RIVALS)) == {"reserved": 1, "SlotTaken": RIVALS - 1}
    assert taken(dwelling__isnull=False) == 1


def test_ten_residencies_and_ten_visits_one_has_the_room(world: World) -> None:
    def take(one: Stay | Wish) -> str:
        if isinstance(one, Stay):
            return take_room(one)
        values = {"tour": world.tour, "starts_at": SHOW_AT, "by": world.producer, "now": NOW, "rank": 1}
        lifecycle.hold(wish=one, **values)
        return "reserved"

    rivals: list[Any] = [*stays(world, RIVALS // 2), *wishes(world, RIVALS // 2)]
    assert at_once(take, rivals) == {"reserved": 1, "SlotTaken": RIVALS - 1}
    assert taken(venue=world.venue) == 1


def test_twenty_yeses_of_one_side_are_one(world: World) -> None:
    stay = offered(world)

    def agree(_number: int) -> str:
        contracts.agree(stay.residency, "host", number=1, by=world.presenter, now=NOW)
        return "agreed"

    assert at_once(agree, list(range(RIVALS))) == {"agreed": 1, "NotNow": RIVALS - 1}
    assert stay.residency.changes.filter(action="agree").count() == 1


def test_of_two_sides_at_once_the_residency_is_confirmed(world: World) -> None:
    stay = offered(world)

    def agree(side: str) -> str:
        by = world.presenter if side == "host" else stay.artist
        contracts.agree(stay.residency, side, number=1, by=by, now=NOW)
        return "agreed"

    assert at_once(agree, ["host", "artist"]) == {"agreed": 2}
    assert stay.fresh().status == "confirmed"


def test_days_that_many_add_at_once_are_had_once(world: World) -> None:
    stay = planned(world, spans=WEEK)
    first, last = datetime(2027, 6, 7).date(), datetime(2027, 6, 13).date()

    def add(_number: int) -> str:
        ResidencyPeriod.objects.create(
            residency_id=stay.residency.pk, starts_on=first, ends_on=last, changed_at=NOW
        )
        return "added"

    assert at_once(add, list(range(FEW)))["added"] == 1  # PostgreSQL may end the others as a deadlock
    assert ResidencyPeriod.objects.filter(starts_on=first).count() == 1


# -- Negative control: without the guards the same race is lost, so the tests above can fail ------------------


def test_look_then_write_loses_the_race(world: World) -> None:
    rivals = stays(world, FEW)
    all_have_looked = Barrier(FEW)

    def naive(stay: Stay) -> str:
        is_taken = taken(venue=world.venue)
        all_have_looked.wait(30)
        if is_taken:
            raise SlotTaken("taken")
        _write(stay.residency, world)
        return "reserved"

    with without_the_constraint():
        at_once(naive, rivals)
        assert taken(venue=world.venue) == FEW


def test_the_constraint_alone_stops_look_then_write(world: World) -> None:
    rivals = stays(world, FEW)
    all_have_looked = Barrier(FEW)

    def naive(stay: Stay) -> str:
        assert not taken(venue=world.venue)
        all_have_looked.wait(30)
        _write(stay.residency, world)
        return "reserved"

    assert at_once(naive, rivals)["reserved"] == 1
    assert taken(venue=world.venue) == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time, locks or not")
def test_the_verb_without_its_locks_loses_the_race(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rivals = stays(world, FEW)
    all_have_looked = Barrier(FEW)
    look = reserving._look_for_rivals

    def look_and_wait(*args: Any) -> None:
        look(*args)
        all_have_looked.wait(30)

    monkeypatch.setattr(reserving.slots, "lock_resources", lambda *_: None)
    monkeypatch.setattr(reserving, "_look_for_rivals", look_and_wait)
    with without_the_constraint():
        at_once(take_room, rivals)
        assert taken(venue=world.venue) > 1


def _write(residency: Residency, world: World) -> None:
    Allocation.objects.create(
        residency=residency,
        period=residency.periods.get(),
        venue=world.venue,
        occupied_from=SHOW_AT,
        occupied_to=SHOW_AT.replace(hour=20),
        is_blocking=True,
    )
