"""A bus is ordered, confirmed, cancelled or not needed; what was ordered is never rewritten in silence."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings import bus_orders, lifecycle, transport
from bookings.bus_orders import STEPS
from bookings.errors import ItemChanged
from bookings.models import Booking, BookingChange, BusOrder, Performance, VisitGroup
from bookings.transport import Row, State
from tests.bookings.buses import AFTER, NOW, away, bus_rule, coming, fresh, school_of
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import BusRule

HOUR = timedelta(hours=1)


@pytest.fixture
def booking(world: World) -> Booking:
    """A visit in Strömsund to which the school in Krokom comes with 24 and 2."""
    bus_rule()
    found = away(world)
    coming(found, school_of(world), wheelchair=1)
    return fresh(found)


def row(booking: Booking, world: World, now: Any = NOW) -> Row:
    found = transport.row_of(fresh(booking), school_of(world), 1, now)
    assert found
    return found


def act(name: str, booking: Booking, world: World, **more: Any) -> BusOrder:
    """The step by the school's contact, from the version that stands."""
    standing = BusOrder.objects.filter(booking=booking).first()
    values = {"version": standing.version if standing else 0, "by": world.school_contact, "now": NOW, **more}
    order: BusOrder = getattr(bus_orders, name)(booking, school_of(world), 1, **values)
    return order


def test_an_order_keeps_what_was_needed_and_the_rule(world: World, booking: Booking) -> None:
    order = act("order", booking, world, operator="Bussbolaget", reference=" 4711 ")
    trip = row(booking, world).trip
    assert trip
    kept = (order.status, order.seats_count, order.wheelchair_count, order.buses_count, order.pick_up_at)
    assert kept == ("ordered", 26, 1, 1, trip.pick_up_at)
    assert (order.reference, order.orders, order.pays, order.rule["source"]) == (
        "4711",
        "school",
        "school",
        "beslut",
    )


def test_an_own_share_is_kept_with_the_order(world: World, booking: Booking) -> None:
    rule = BusRule.objects.get()
    rule.parameters |= {"own_share": {"side": "school", "amount": "1000"}}
    rule.save()
    order = act("order", booking, world)
    assert (order.own_share, order.own_share_of) == (Decimal(1000), "school")


def test_the_whole_way_is_in_the_history(world: World, booking: Booking) -> None:
    act("order", booking, world)
    act("confirm", booking, world, cost=Decimal("4200"))
    act("cancel", booking, world, note="Sjuk förare")
    act("reopen", booking, world)
    act("not_needed", booking, world, why="walks", note="")
    lines = BookingChange.objects.filter(action__startswith="bus_").values_list("action", flat=True)
    assert list(lines) == ["bus_order", "bus_confirm", "bus_cancel", "bus_reopen", "bus_not_needed"]


def test_a_group_that_grows_is_said_and_nothing_is_rewritten(world: World, booking: Booking) -> None:
    act("order", booking, world)
    VisitGroup.objects.update(pupils_count=30)
    found = row(booking, world)
    assert found.order
    assert [(one.name, one.before, one.after) for one in found.changes] == [("seats", 26, 32)]
    assert found.order.seats_count == 26


def test_a_visit_that_is_moved_is_said(world: World, booking: Booking) -> None:
    act("order", booking, world)
    performance = booking.performances.get()
    Performance.objects.update(starts_at=performance.starts_at + HOUR, ends_at=performance.ends_at + HOUR)
    assert [one.name for one in row(booking, world).changes] == ["pick_up_at", "there_at", "leaves_at"]


def test_another_room_is_said(world: World, booking: Booking) -> None:
    act("order", booking, world)
    Booking.objects.update(venue=world.venue)
    assert "venue" in [one.name for one in row(booking, world).changes]


def test_a_visit_that_is_cancelled_leaves_its_bus_to_be_cancelled(world: World, booking: Booking) -> None:
    act("order", booking, world)
    lifecycle.cancel(booking, by=world.producer, now=NOW, reason="Sjukdom", cause="producer")
    found = row(booking, world)
    assert (found.state, [one.name for one in found.changes]) == (State.ORDERED, ["visit"])
    assert bus_orders.steps_for(found, NOW) == ["cancel", "tell"]


def test_groups_that_are_taken_out_leave_it_too(world: World, booking: Booking) -> None:
    act("order", booking, world)
    VisitGroup.objects.all().delete()
    assert [one.name for one in row(booking, world).changes] == ["visit"]


def test_it_is_ordered_anew_by_somebody(world: World, booking: Booking) -> None:
    act("order", booking, world)
    act("confirm", booking, world)
    VisitGroup.objects.update(pupils_count=30)
    order = act("reorder", booking, world)
    assert (order.status, order.seats_count, row(booking, world).changes) == ("ordered", 32, [])


def test_what_has_changed_is_not_confirmed(world: World, booking: Booking) -> None:
    act("order", booking, world)
    VisitGroup.objects.update(pupils_count=30)
    with pytest.raises(NotNow, match="order it anew first"):
        act("confirm", booking, world)


def test_nothing_is_ordered_anew_where_nothing_has_changed(world: World, booking: Booking) -> None:
    act("order", booking, world)
    with pytest.raises(NotNow, match="Nothing has changed"):
        act("reorder", booking, world)


def test_a_bus_is_not_ordered_twice(world: World, booking: Booking) -> None:
    act("order", booking, world)
    with pytest.raises(NotNow, match="the bus is ordered"):
        act("order", booking, world)


def test_who_comes_second_is_told(world: World, booking: Booking) -> None:
    act("order", booking, world)
    with pytest.raises(ItemChanged, match="Look again"):
        act("not_needed", booking, world, version=0, why="walks", note="")


def test_no_bus_for_a_visit_that_is_not_confirmed(world: World, booking: Booking) -> None:
    Booking.objects.update(status="offered", answer_by=AFTER)
    with pytest.raises(NotNow, match="once the visit is confirmed"):
        act("order", booking, world)


def test_after_the_visit_only_what_it_cost_is_told(world: World, booking: Booking) -> None:
    act("order", booking, world)
    with pytest.raises(NotNow, match="The visit is over"):
        act("cancel", booking, world, now=AFTER)
    assert act("tell", booking, world, now=AFTER, cost=Decimal("4200.50")).cost == Decimal("4200.50")


def test_a_project_number_is_told_before_anything_is_ordered(world: World, booking: Booking) -> None:
    order = act("tell", booking, world, project_number="P-17")
    assert (order.status, order.project_number, row(booking, world).state) == (
        "needed",
        "P-17",
        State.NEEDED,
    )


@pytest.mark.parametrize(
    ("why", "note", "field"), [("", "", "why"), ("fly", "", "why"), ("other", "  ", "note")]
)
def test_no_bus_needs_a_reason(world: World, booking: Booking, why: str, note: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        act("not_needed", booking, world, why=why, note=note)
    assert refused.value.field == field


@pytest.mark.parametrize("cost", ["-1", "1.005", "NaN"])
def test_a_cost_that_cannot_be_is_refused(world: World, booking: Booking, cost: str) -> None:
    with pytest.raises(Refused) as refused:
        act("tell", booking, world, cost=Decimal(cost))
    assert (refused.value.field, BusOrder.objects.count()) == ("cost", 0)


def test_a_school_that_does_not_come_has_no_bus(world: World, booking: Booking) -> None:
    VisitGroup.objects.all().delete()
    with pytest.raises(NotNow, match="Nobody goes"):
        act("order", booking, world)


def test_how_many_wheelchairs_is_forgotten_after_the_visit(world: World, booking: Booking) -> None:
    act("order", booking, world)
    counts = [bus_orders.to_forget(NOW).count(), bus_orders.forget_due(AFTER), bus_orders.forget_due(AFTER)]
    assert (counts, BusOrder.objects.get().wheelchair_count) == ([0, 1, 0], 0)


def test_after_the_visit_nothing_differs(world: World, booking: Booking) -> None:
    act("order", booking, world)
    VisitGroup.objects.update(pupils_count=30)
    assert row(booking, world, AFTER).changes == []


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "not_needed"},
        {"why": "walks"},
        {"status": "ordered", "ordered_at": None},
        {"cost": Decimal(-1)},
        {"pick_up_at": AFTER},
    ],
)
def test_the_database_refuses_what_cannot_be(world: World, booking: Booking, fields: dict[str, Any]) -> None:
    act("order", booking, world)
    with pytest.raises(IntegrityError), transaction.atomic():
        BusOrder.objects.update(**fields)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=6))
def test_whatever_is_tried_what_is_ordered_is_what_was_needed_then(
    world: World, booking: Booking, steps: list[str]
) -> None:
    """A random course of steps: each is taken or refused as `steps_for` says; an order has its day's counts."""
    extra: dict[str, dict[str, Any]] = {"not_needed": {"why": "walks", "note": ""}}
    mark = transaction.savepoint()
    for name in steps:
        allowed = name in bus_orders.steps_for(row(booking, world), NOW)
        try:
            with transaction.atomic():
                order = act(name, booking, world, **extra.get(name, {}))
        except NotNow:
            assert not allowed
        else:
            assert allowed
            assert not order.is_standing or order.seats_count == 26
    transaction.savepoint_rollback(mark)
