"""Whom to call: mail that did not arrive, answer dates that are near or have passed, and what was said."""

from datetime import datetime, timedelta

import pytest

from bookings import calls, lifecycle, offers, relay
from bookings.models import Notice
from tests.agreements import DAY, NOW, held, offered, told
from tests.world import World
from tours.errors import Refused


def listed(world: World, now: datetime = NOW) -> list[tuple[str, str]]:
    return [(str(call.booking.presenter), call.why) for call in calls.call_list(world.tour, now)]


def test_nobody_while_there_is_time(world: World) -> None:
    told(world)
    assert listed(world, NOW + DAY) == []


def test_three_days_before_the_answer_date(world: World) -> None:
    booking = told(world)
    assert booking.answer_by
    assert listed(world, booking.answer_by - calls.NEAR - timedelta(seconds=1)) == []
    assert listed(world, booking.answer_by - calls.NEAR) == [("Backe bygdegård", calls.NEARLY)]


def test_after_it_has_passed_for_a_fortnight(world: World) -> None:
    booking = told(world)
    assert booking.answer_by
    lifecycle.expire_due(booking.answer_by)
    assert listed(world, booking.answer_by) == [("Backe bygdegård", calls.LATE)]
    assert listed(world, booking.answer_by + calls.STILL) == []


def test_not_once_it_is_held_again(world: World) -> None:
    booking = told(world)
    assert booking.answer_by
    lifecycle.expire_due(booking.answer_by)
    held(world, now=booking.answer_by)
    assert listed(world, booking.answer_by) == []


@pytest.mark.parametrize("state", ["failed", "bounced"])
def test_whose_mail_did_not_arrive_stands_first(world: World, state: str) -> None:
    soon = lifecycle.offer(
        held(world, wish=world.neighbour_wish, starts_at=datetime(2027, 2, 4, 11, tzinfo=NOW.tzinfo)),
        by=world.producer, now=NOW, answer_by=NOW + 2 * DAY,
    )  # fmt: skip
    relay.send_pending(NOW)
    lost = offered(world)
    Notice.objects.filter(booking=lost).update(state=state)
    assert listed(world) == [("Backe bygdegård", calls.NOT_ARRIVED), (str(soon.presenter), calls.NEARLY)]


def test_not_where_another_address_has_got_it(world: World) -> None:
    lost = offered(world)
    Notice.objects.filter(booking=lost).update(state="bounced")
    Notice.objects.create(
        kind="offered", to_email="b@example.org", language="sv", booking=lost, send_after=NOW, state="sent",
        run_at=NOW,
    )  # fmt: skip
    assert listed(world) == []


def test_not_where_a_reminder_has_arrived(world: World) -> None:
    lost = told(world)
    Notice.objects.filter(booking=lost).update(state="bounced")
    offers.remind(lost, by=world.producer, now=NOW)
    relay.send_pending(NOW)
    assert listed(world) == []


def test_what_was_said_is_kept_and_told_the_next_time(world: World) -> None:
    booking = offered(world)
    Notice.objects.update(state="failed")
    version = booking.version
    calls.note_call(booking, by=world.producer, now=NOW, note=" Säger ja på måndag. ")
    [call] = calls.call_list(world.tour, NOW)
    assert call.noted
    assert (call.noted.reason, call.noted.by, call.noted.action) == (
        "Säger ja på måndag.",
        world.producer,
        "phoned",
    )
    booking.refresh_from_db()
    assert booking.version == version


def test_an_empty_note_is_none(world: World) -> None:
    with pytest.raises(Refused):
        calls.note_call(offered(world), by=world.producer, now=NOW, note="  ")
