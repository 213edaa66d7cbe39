"""A confirmed visit put off, and given a new date."""

from datetime import date, time

import pytest

from bookings import lifecycle, postponing
from bookings.errors import SlotTaken
from bookings.models import Booking, CounterOffer, Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, held, offered
from tests.bookings.rivals import make_rival
from tests.world import World
from tours.errors import NotNow, Refused

NEW = SHOW_AT + 5 * DAY


def postponed(world: World) -> Booking:
    return postponing.postpone(confirmed(world), by=world.presenter, now=NOW, reason="Taket läcker.")


def reschedule(world: World, booking: Booking, **more: object) -> Booking:
    values = {"by": world.producer, "now": NOW, "starts_at": NEW, **more}
    return postponing.reschedule(booking, **values)  # type: ignore[arg-type]


class TestPostpone:
    def test_its_time_is_let_go(self, world: World) -> None:
        booking = postponed(world)
        assert booking.status == Status.POSTPONED
        assert not booking.allocations.filter(is_blocking=True).exists()

    def test_the_next_in_line_gets_it(self, world: World) -> None:
        booking = confirmed(world)
        waiting = make_rival(world, "Lyran").held()
        postponing.postpone(booking, by=world.producer, now=NOW, reason="Sjukdom.")
        waiting.refresh_from_db()
        assert waiting.hold_rank == 1

    def test_both_sides_are_told_why(self, world: World) -> None:
        postponed(world)
        mails = Notice.objects.filter(kind="postponed")
        assert {mail.to_email for mail in mails} == {world.presenting.email, world.producing.email}
        assert all("Taket läcker." in mail.body_text for mail in mails)

    def test_it_stays_in_the_public_calendars_with_a_new_sequence(self, world: World) -> None:
        show = postponed(world).performances.get()
        assert (show.sequence, type(show).objects.public().filter(pk=show.pk).exists()) == (1, True)

    def test_it_says_why(self, world: World) -> None:
        with pytest.raises(Refused) as refusal:
            postponing.postpone(confirmed(world), by=world.producer, now=NOW, reason="")
        assert refusal.value.field == "reason"

    def test_what_is_over_is_not_postponed(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(NotNow):
            postponing.postpone(booking, by=world.producer, now=booking.occupied_to, reason="Sent.")

    def test_it_can_be_cancelled_for_good_also_after_its_day(self, world: World) -> None:
        booking = lifecycle.cancel(postponed(world), by=world.producer, now=NEW, reason="Det blir inget.")
        assert booking.status == Status.CANCELLED


class TestReschedule:
    def test_it_is_offered_anew_at_the_same_price(self, world: World) -> None:
        before = postponed(world)
        booking = reschedule(world, before)
        assert (booking.status, booking.starts_at, booking.price) == (Status.OFFERED, NEW, before.price)
        assert Notice.objects.filter(kind="offered").count() == 2

    def test_or_held_without_a_word(self, world: World) -> None:
        booking = reschedule(world, postponed(world), offers=False)
        assert (booking.status, booking.hold_rank, booking.answer_by) == (Status.HELD, 1, None)
        assert Notice.objects.filter(kind="offered").count() == 1

    def test_its_calendar_entry_keeps_its_uid(self, world: World) -> None:
        before = postponed(world)
        uid = before.performances.get().uid
        assert reschedule(world, before).performances.get().uid == uid

    def test_the_time_must_be_free(self, world: World) -> None:
        booking = postponed(world)
        held(world, wish=world.neighbour_wish, starts_at=NEW)
        with pytest.raises(SlotTaken):
            reschedule(world, booking)
        booking.refresh_from_db()
        assert (booking.status, booking.starts_at) == (Status.POSTPONED, SHOW_AT)

    def test_a_day_outside_the_tour_is_refused(self, world: World) -> None:
        with pytest.raises(Refused, match="The tour is on the road"):
            reschedule(world, postponed(world), starts_at=SHOW_AT + 40 * DAY)

    def test_a_time_that_has_passed_is_refused(self, world: World) -> None:
        with pytest.raises(Refused, match="has passed"):
            reschedule(world, postponed(world), starts_at=NOW - DAY)

    def test_not_where_the_wish_has_another_visit(self, world: World) -> None:
        booking = postponed(world)
        held(world, starts_at=NEW)
        with pytest.raises(NotNow, match="another visit by now"):
            reschedule(world, booking)

    def test_days_that_were_proposed_become_a_new_offer(self, world: World) -> None:
        days = {
            "starts_on": date(2027, 2, 8),
            "ends_on": date(2027, 2, 9),
            "earliest": time(9),
            "latest": time(15),
        }
        booking = reschedule(world, lifecycle.counter(offered(world), by=None, now=NOW, **days))
        assert booking.status == Status.OFFERED
        assert CounterOffer.objects.get().outcome == CounterOffer.Outcome.TAKEN

    def test_a_plain_no_is_not_offered_again_by_this_way(self, world: World) -> None:
        booking = lifecycle.decline(offered(world), by=None, now=NOW, reason="Nej.")
        with pytest.raises(NotNow, match="No other date waits"):
            reschedule(world, booking)

    def test_a_confirmed_one_is_not_rescheduled(self, world: World) -> None:
        with pytest.raises(NotNow):
            reschedule(world, confirmed(world))


def test_a_new_date_answers_what_was_proposed(world: World) -> None:
    booking = reschedule(world, countered(world), offers=False)
    assert (booking.status, CounterOffer.objects.get().outcome) == (Status.HELD, "taken")
