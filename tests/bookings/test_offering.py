"""An offer taken back before it is sent, more time to answer, and when its mail leaves."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bookings import answering, holds, lifecycle, offering, offers, postponing, relay
from bookings.errors import LinkProblem
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, STOCKHOLM, confirmed, held, mailed_token, offered, told
from tests.bookings.test_digests import offer_together
from tests.world import World
from tours.errors import NotNow
from tours.models import Tour

HOUR = timedelta(hours=1)
FRIDAY_NIGHT = datetime(2026, 12, 18, 21, 30, tzinfo=STOCKHOLM)


def leaves_at(booking: Booking, kind: str = "offered") -> datetime:
    return booking.notices.get(kind=kind).send_after


class TestWhenItLeaves:
    def test_at_once(self, world: World) -> None:
        assert leaves_at(offered(world)) == NOW

    def test_at_the_tours_hour(self, world: World) -> None:
        Tour.objects.update(offers_at=time(15))
        booking = offered(world)
        assert leaves_at(booking) == datetime(2026, 12, 18, 15, tzinfo=STOCKHOLM)
        assert [relay.send_pending(NOW), relay.send_pending(leaves_at(booking))] == [0, 1]

    def test_not_by_night(self, world: World) -> None:
        booking = lifecycle.offer(held(world), by=world.producer, now=FRIDAY_NIGHT)
        assert leaves_at(booking) == datetime(2026, 12, 19, 7, tzinfo=STOCKHOLM)

    def test_a_late_hour_of_the_tour_waits_too(self, world: World) -> None:
        Tour.objects.update(offers_at=time(22))
        assert leaves_at(offered(world)) == datetime(2026, 12, 19, 7, tzinfo=STOCKHOLM)

    def test_at_once_where_the_answer_is_wanted_tomorrow(self, world: World) -> None:
        Tour.objects.update(offers_at=time(15))
        tomorrow = datetime(2026, 12, 19, 12, tzinfo=STOCKHOLM)
        booking = lifecycle.offer(held(world), by=world.producer, now=FRIDAY_NIGHT, answer_by=tomorrow)
        assert leaves_at(booking) == FRIDAY_NIGHT

    @pytest.mark.parametrize(("days", "waits"), [(0, False), (1, False), (2, True)])
    def test_a_cancellation_of_today_or_tomorrow_wakes_people(
        self, world: World, days: int, waits: bool
    ) -> None:
        booking = confirmed(world)
        night = datetime(2027, 2, 3, 21, tzinfo=STOCKHOLM) - days * DAY
        night = night if days else night - 14 * HOUR  # the visit is over in the evening
        lifecycle.cancel(booking, by=world.producer, now=night, reason="Sjukdom.")
        assert (leaves_at(booking, "cancelled") > night) is waits

    def test_the_house_may_have_other_hours(self, world: World, settings: Any) -> None:
        settings.MAIL_QUIET_HOURS = (0, 0, False)
        booking = lifecycle.offer(held(world), by=world.producer, now=FRIDAY_NIGHT)
        assert leaves_at(booking) == FRIDAY_NIGHT


class TestRecall:
    def test_it_is_held_again_and_nobody_is_told(self, world: World) -> None:
        booking = offering.recall(offered(world), by=world.producer, now=NOW + HOUR)
        assert (booking.status, booking.answer_by) == (Status.HELD, None)
        assert booking.hold_expires_at
        assert list(booking.notices.values_list("kind", "state")) == [("offered", "stopped")]
        assert relay.send_pending(NOW + DAY) == 0

    def test_the_link_is_dead_and_its_secret_gone(self, world: World) -> None:
        booking = offered(world)
        token = mailed_token(booking)
        offering.recall(booking, by=world.producer, now=NOW)
        with pytest.raises(LinkProblem) as problem:
            answering.find_link(token, NOW)
        assert (problem.value.code, token in booking.notices.get().body_html) == ("revoked", False)

    def test_it_can_be_offered_again(self, world: World) -> None:
        booking = offering.recall(offered(world), by=world.producer, now=NOW)
        lifecycle.offer(booking, by=world.producer, now=NOW + HOUR)
        assert relay.send_pending(NOW + HOUR) == 1

    def test_not_once_the_mail_has_left(self, world: World) -> None:
        booking = told(world)
        with pytest.raises(NotNow, match="Withdraw the offer instead"):
            offering.recall(booking, by=world.producer, now=NOW)

    def test_not_while_it_is_being_sent(self, world: World) -> None:
        booking = offered(world)
        relay._claim(NOW, 10)
        with pytest.raises(NotNow):
            offering.recall(booking, by=world.producer, now=NOW)
        assert booking.notices.get().state == Notice.State.CLAIMED

    def test_the_history_says_so(self, world: World) -> None:
        booking = offering.recall(offered(world), by=world.producer, now=NOW)
        last = booking.changes.last()
        assert last
        assert (last.action, last.from_status, last.to_status) == ("recall", "offered", "held")


class TestWhileItWaits:
    """What is news about an offer that nobody has been told of is written into its own mail."""

    def waiting(self, booking: Booking) -> list[Notice]:
        return list(booking.notices.unsent())

    def test_more_time_stands_in_the_mail_itself(self, world: World) -> None:
        booking = offered(world)
        offers.extend_answer(booking, by=world.producer, now=NOW + HOUR, answer_by=NOW + 21 * DAY)
        (mail,) = self.waiting(booking)
        assert (mail.kind, "fre 8 jan 2027" in mail.body_text) == ("offered", True)

    def test_also_where_it_was_agreed_by_telephone(self, world: World) -> None:
        booking = offered(world)
        until = NOW + 21 * DAY
        offers.extend_answer(booking, by=world.producer, now=NOW + HOUR, answer_by=until, by_phone=True)
        assert [mail.kind for mail in self.waiting(booking)] == ["offered"]

    def test_a_reminder_is_the_mail_itself(self, world: World) -> None:
        booking = offered(world)
        offers.remind(booking, by=world.producer, now=NOW + HOUR)
        assert [mail.kind for mail in self.waiting(booking)] == ["offered"]

    def test_out_of_a_mail_with_several(self, world: World) -> None:
        first, second = offer_together(world, count=2)
        offers.extend_answer(first, by=world.producer, now=NOW + HOUR, answer_by=NOW + 21 * DAY)
        batch = Notice.objects.get(kind="offers")
        assert [item.booking for item in batch.items.unsent()] == [second]
        assert Notice.objects.unsent().mails().count() == 2

    def test_of_an_offer_made_anew_the_old_mail_says_nothing(self, world: World) -> None:
        booking = lifecycle.confirm(told(world), by=world.presenter, now=NOW)
        booking = postponing.postpone(booking, by=world.producer, now=NOW + HOUR, reason="Sjukdom.")
        anew = {"by": world.producer, "now": NOW + 2 * HOUR, "starts_at": booking.starts_at + DAY}
        booking = postponing.reschedule(booking, **anew)
        assert (offering.is_told(booking), offering.is_waiting(booking)) == (False, True)
        lifecycle.withdraw(booking, by=world.producer, now=NOW + 3 * HOUR)
        assert not booking.notices.filter(kind="withdrawn").exists()


def test_an_offer_whose_place_in_the_line_changes_keeps_its_link(world: World) -> None:
    booking = offered(world, rank=2)
    token = re.search(r"/svar/([\w-]+)/", booking.notices.get().body_text)
    assert token
    holds.promote(booking, by=world.producer, now=NOW)
    assert answering.find_link(token[1], NOW).booking == booking
