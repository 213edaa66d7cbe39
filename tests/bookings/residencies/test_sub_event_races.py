"""Many at once on one sub-event, and on one room with a visit: one stands."""

from datetime import date
from typing import Any

import pytest

from bookings import lifecycle
from bookings.models import Allocation
from bookings.residencies import residency_reports, sub_events
from tests.agreements import NOW, SHOW_AT
from tests.bookings.residencies.moments import ENDS, STARTS, added, confirmed, said
from tests.bookings.residencies.stays_made import MAY, Stay
from tests.bookings.residencies.test_residency_reports import MORNING
from tests.races import at_once, wishes
from tests.world import World
from tours.models import Wish

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 10
FEBRUARY = [(date(2027, 2, 1), date(2027, 2, 28))]


def test_ten_who_change_the_same_sub_event_one_does(world: World) -> None:
    stay = confirmed(world)
    event = added(stay, venue=world.venue)

    def change(number: int) -> str:
        data = said(title=f"Titel {number}", venue=world.neighbour_venue)
        sub_events.change(event, data, version=1, by=world.officer, now=NOW)
        return "changed"

    assert at_once(change, list(range(RIVALS))) == {"changed": 1, "ItemChanged": RIVALS - 1}
    assert Allocation.objects.get().venue == world.neighbour_venue


def test_sub_events_and_visits_want_one_room_one_has_it(world: World) -> None:
    stay = confirmed(world, periods=FEBRUARY)

    def take(one: Stay | Wish) -> str:
        if isinstance(one, Stay):
            times = {"starts_at": SHOW_AT, "ends_at": SHOW_AT + (ENDS - STARTS)}
            sub_events.add(one.residency, said(venue=world.venue, **times), by=world.presenter, now=NOW)
        else:
            lifecycle.hold(wish=one, tour=world.tour, starts_at=SHOW_AT, by=world.producer, now=NOW, rank=1)
        return "reserved"

    rivals: list[Any] = [stay, *wishes(world, RIVALS - 1)]
    assert at_once(take, rivals) == {"reserved": 1, "SlotTaken": RIVALS - 1}
    assert Allocation.objects.filter(venue=world.venue, is_blocking=True).count() == 1


def test_two_workers_ask_for_a_report_once(world: World) -> None:
    confirmed(world, periods=[MAY])
    asked = at_once(lambda _n: str(residency_reports.ask_due(MORNING)), list(range(4)))
    assert asked == {"1": 1, "0": 3}
