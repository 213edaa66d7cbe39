"""What a producer may do with a mail before and after it leaves."""

from datetime import timedelta

import pytest

from bookings import lifecycle, notices, outbox, relay
from bookings.models import Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, confirmed, offered, told
from tests.bookings.test_digests import digest, offer_all
from tests.world import World
from tours.errors import NotNow, Refused

HOUR = timedelta(hours=1)
State = Notice.State


def in_state(world: World, state: str) -> Notice:
    """The mail of an offer, after three attempts in that state."""
    notice = offered(world).notices.get()
    notice.state, notice.attempts, notice.last_error = state, 3, "full"
    notice.save()
    return notice


class TestStop:
    def test_an_offer_that_nobody_is_told_of_is_no_offer(self, world: World) -> None:
        booking = offered(world)
        assert outbox.stop(booking.notices.get(), by=world.producer, now=NOW) == [booking]
        booking.refresh_from_db()
        assert (booking.status, booking.notices.get().state) == (Status.HELD, State.STOPPED)

    def test_the_row_stays(self, world: World) -> None:
        notice = offered(world).notices.get()
        outbox.stop(notice, by=world.producer, now=NOW)
        assert Notice.objects.get().subject == notice.subject

    def test_a_digest_with_all_that_is_in_it(self, world: World) -> None:
        visits = offer_all(world)
        outbox.stop(digest(), by=world.producer, now=NOW)
        assert {visit.notices.get().state for visit in visits} == {State.STOPPED}
        assert (digest().state, relay.send_pending(NOW)) == (State.STOPPED, 0)
        assert {type(visit).objects.get(pk=visit.pk).status for visit in visits} == {Status.HELD}

    def test_one_out_of_a_digest(self, world: World) -> None:
        first, *others = offer_all(world)
        outbox.stop(first.notices.get(), by=world.producer, now=NOW)
        relay.send_pending(NOW)
        assert first.notices.get().state == State.STOPPED
        assert {visit.notices.get().state for visit in others} == {State.SENT}

    def test_of_an_answer_only_the_mail(self, world: World) -> None:
        booking = confirmed(world)
        assert outbox.stop(booking.notices.get(kind="answered"), by=world.producer, now=NOW) == []
        booking.refresh_from_db()
        assert booking.status == Status.CONFIRMED

    def test_never_a_cancellation(self, world: World) -> None:
        booking = lifecycle.cancel(confirmed(world), by=world.producer, now=NOW, reason="Sjukdom.")
        with pytest.raises(Refused):
            outbox.stop(booking.notices.get(kind="cancelled"), by=world.producer, now=NOW)

    def test_not_once_it_has_left(self, world: World) -> None:
        notice = told(world).notices.get()
        with pytest.raises(NotNow):
            outbox.stop(notice, by=world.producer, now=NOW)
        assert Notice.objects.get().state == State.SENT

    def test_not_after_an_attempt_that_may_have_arrived(self, world: World) -> None:
        notice = offered(world).notices.get()
        relay._postpone(relay._claim(NOW, 10)[0], NOW, TimeoutError())
        with pytest.raises(NotNow):
            outbox.stop(notice, by=world.producer, now=NOW)

    def test_an_answer_that_has_left_is_not_stopped(self, world: World) -> None:
        notice = confirmed(world).notices.get(kind="answered")
        relay.send_pending(NOW)
        with pytest.raises(NotNow):
            outbox.stop(notice, by=world.producer, now=NOW)


class TestRetry:
    def test_from_the_beginning(self, world: World) -> None:
        notice = in_state(world, State.FAILED)
        outbox.retry(notice, NOW + DAY)
        notice.refresh_from_db()
        assert (notice.state, notice.attempts, notice.last_error) == (State.WAITING, 0, "")
        assert relay.send_pending(NOW + DAY) == 1

    @pytest.mark.parametrize("state", [State.SENT, State.WAITING, State.CLAIMED])
    def test_only_what_was_given_up(self, world: World, state: str) -> None:
        notice = in_state(world, state)
        with pytest.raises(NotNow):
            outbox.retry(notice, NOW + DAY)
        notice.refresh_from_db()
        assert (notice.state, notice.attempts) == (state, 3)

    def test_two_who_try_again_do_it_once(self, world: World) -> None:
        notice = in_state(world, State.FAILED)
        outbox.retry(Notice.objects.get(), NOW)
        with pytest.raises(NotNow):
            outbox.retry(notice, NOW)


class TestTime:
    def test_now(self, world: World) -> None:
        notice = offered(world).notices.get()
        Notice.objects.update(send_after=NOW + DAY)
        outbox.send_now(notice, NOW)
        assert relay.send_pending(NOW) == 1

    def test_a_digest_goes_whole_whichever_part_is_asked_for(self, world: World) -> None:
        first, *_others = offer_all(world)
        outbox.send_at(first.notices.get(), NOW + HOUR, NOW)
        assert set(Notice.objects.values_list("send_after", flat=True)) == {NOW + HOUR}
        assert [relay.send_pending(NOW), relay.send_pending(NOW + HOUR)] == [0, 1]

    @pytest.mark.parametrize("moment", [NOW, NOW + 14 * DAY + 15 * HOUR])
    def test_not_in_the_past_and_not_after_the_answer_date(self, world: World, moment: object) -> None:
        notice = offered(world).notices.get()
        with pytest.raises(Refused):
            outbox.send_at(notice, moment, NOW)  # type: ignore[arg-type]

    def test_not_once_it_has_left(self, world: World) -> None:
        notice = told(world).notices.get()
        with pytest.raises(NotNow):
            outbox.send_now(notice, NOW)


def test_a_login_code_is_never_stopped(world: World) -> None:
    code = notices.post_login_code(to="a@example.org", language="sv", subject="Kod", body="1", now=NOW)
    with pytest.raises(Refused):
        outbox.stop(code, by=world.producer, now=NOW)
