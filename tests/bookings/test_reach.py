"""Who wants no reminders, and what comes all the same."""

import re

from django.core import mail

from bookings import holds, lifecycle, reach, relay
from bookings.models import UnsubscribeLink
from bookings.tokens import digest_of
from tests.agreements import DAY, NOW, confirmed, held, offered, told
from tests.world import World


def reminded(world: World) -> None:
    """The producer is reminded of a hold that ends, and the mail leaves."""
    booking = held(world)
    assert booking.hold_remind_at
    assert holds.remind_due(booking.hold_remind_at) == 1
    relay.send_pending(booking.hold_remind_at + 3 * DAY)


class TestHeaders:
    def test_a_reminder_can_be_ended_by_one_click(self, world: World) -> None:
        reminded(world)
        message = mail.outbox[0].message()
        link = re.fullmatch(r"<(http\S+/mejl/avsluta/([\w-]+)/)>", message["List-Unsubscribe"])
        assert link
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert link[1] in mail.outbox[0].body
        assert UnsubscribeLink.objects.get().token_digest == digest_of(link[2])

    def test_what_belongs_to_an_agreement_cannot(self, world: World) -> None:
        confirmed(world)
        relay.send_pending(NOW)
        assert [message.message()["List-Unsubscribe"] for message in mail.outbox] == [None, None]

    def test_and_says_so(self, world: World) -> None:
        told(world)
        assert "så det går inte att avsluta" in mail.outbox[0].body


class TestUnsubscribed:
    def test_no_reminder_comes(self, world: World) -> None:
        reach.unsubscribe(world.producing.email.upper(), NOW)
        reach.unsubscribe(world.producing.email, NOW)  # once more changes nothing
        reminded(world)
        assert mail.outbox == []

    def test_an_offer_comes_all_the_same(self, world: World) -> None:
        reach.unsubscribe(world.presenting.email, NOW)
        assert offered(world).notices.get().to_email == world.presenting.email

    def test_but_not_that_its_answer_date_has_passed(self, world: World) -> None:
        reach.unsubscribe(world.presenting.email, NOW)
        booking = told(world)
        lifecycle.expire_due(NOW + 15 * DAY)
        assert set(booking.notices.values_list("kind", flat=True)) == {"offered", "answered"}

    def test_it_can_be_taken_up_again(self, world: World) -> None:
        reach.unsubscribe(world.producing.email, NOW)
        reach.subscribe(world.producing.email)
        reminded(world)
        assert len(mail.outbox) == 1
