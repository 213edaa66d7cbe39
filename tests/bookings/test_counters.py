"""Another date: what a presenter may propose, and how the producer takes it or says no."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from bookings import counters, lifecycle
from bookings.errors import SlotTaken
from bookings.models import Booking, CounterOffer, Notice
from bookings.models.booking import Status
from bookings.states import shown_state
from tests.agreements import DAY, NOW, SHOW_AT, countered, held, offered
from tests.bookings.rivals import make_rival
from tests.world import World
from tours.errors import NotNow, Refused
from tours.models import Tour

THURSDAY, FRIDAY = SHOW_AT + DAY, SHOW_AT + 2 * DAY


def take(world: World, booking: Booking, starts_at: datetime = THURSDAY) -> Booking:
    return counters.take(booking, by=world.producer, now=NOW, starts_at=starts_at)


class TestPropose:
    def test_times_are_kept_in_order_of_preference(self, world: World) -> None:
        booking = countered(world, FRIDAY, THURSDAY)
        assert counters.times_of(booking) == [FRIDAY, THURSDAY]
        assert (booking.status, shown_state(booking, NOW)) == (Status.DECLINED, "proposed")

    def test_a_time_that_is_named_twice_is_kept_once(self, world: World) -> None:
        assert counters.times_of(countered(world, FRIDAY, FRIDAY)) == [FRIDAY]

    def test_words_alone_are_enough(self, world: World) -> None:
        booking = lifecycle.counter(offered(world), by=None, now=NOW, message="Hellre i mars.")
        assert (booking.counter_offer.message, booking.counter_offer.starts_on) == ("Hellre i mars.", None)

    def test_nothing_is_not_enough(self, world: World) -> None:
        booking = offered(world)
        with pytest.raises(Refused) as refusal:
            lifecycle.counter(booking, by=None, now=NOW, message=" ")
        assert refusal.value.field == "message"
        booking.refresh_from_db()
        assert booking.status == Status.OFFERED

    @pytest.mark.parametrize(
        ("times", "sentence"),
        [
            ([NOW - DAY], "That time has passed"),
            ([SHOW_AT + 40 * DAY], "The tour is on the road"),
            ([SHOW_AT + n * DAY for n in range(1, 5)], "at most 3 times"),
        ],
    )
    def test_impossible_times(self, world: World, times: list[datetime], sentence: str) -> None:
        booking = offered(world)
        with pytest.raises(Refused, match=sentence):
            lifecycle.counter(booking, by=None, now=NOW, times=times)
        with pytest.raises(ObjectDoesNotExist):
            Booking.objects.get(pk=booking.pk).counter_offer  # noqa: B018

    def test_days_need_their_hours(self, world: World) -> None:
        with pytest.raises(Refused) as refusal:
            lifecycle.counter(
                offered(world), by=None, now=NOW, starts_on=date(2027, 2, 8), ends_on=date(2027, 2, 9)
            )
        assert refusal.value.field == "earliest"

    def test_the_database_keeps_days_whole(self, world: World) -> None:
        booking = countered(world)
        with pytest.raises(IntegrityError), transaction.atomic():
            CounterOffer.objects.filter(booking=booking).update(starts_on=date(2027, 2, 8))

    def test_the_producer_is_mailed_the_order(self, world: World) -> None:
        countered(world, FRIDAY, THURSDAY)
        (mail,) = Notice.objects.filter(kind="answered")
        told = " ".join(mail.body_text.split()).lower()
        assert told.index("5 feb 2027") < told.index("4 feb 2027")


class TestTake:
    def test_the_visit_moves_there_and_is_confirmed(self, world: World) -> None:
        booking = take(world, countered(world, FRIDAY, THURSDAY))
        booking.refresh_from_db()
        assert (booking.status, booking.starts_at, booking.published_at) == (Status.CONFIRMED, THURSDAY, NOW)
        moved = booking.changes.last().details
        assert [datetime.fromisoformat(moved[name]) for name in ("from", "to")] == [SHOW_AT, THURSDAY]

    def test_it_reserves_venue_and_ensemble_then(self, world: World) -> None:
        booking = take(world, countered(world))
        found = set(booking.allocations.values_list("is_blocking", "occupied_from"))
        assert found == {(True, booking.occupied_from)}

    def test_the_price_stays(self, world: World) -> None:
        before = countered(world)
        assert take(world, before).price == before.price

    def test_calendars_learn_of_it(self, world: World) -> None:
        assert take(world, countered(world)).performances.get().sequence == 1

    def test_the_presenter_is_told_that_it_is_agreed(self, world: World) -> None:
        take(world, countered(world))
        assert Notice.objects.filter(kind="confirmed", to_email=world.presenting.email).count() == 1

    def test_it_counts_towards_the_tours_minimum(self, world: World) -> None:
        Tour.objects.update(presenters_min=1)
        take(world, countered(world))
        world.tour.refresh_from_db()
        assert world.tour.stage == Tour.Stage.CONFIRMED

    def test_only_a_time_that_was_asked_for(self, world: World) -> None:
        with pytest.raises(Refused, match="not one of the times"):
            take(world, countered(world), FRIDAY)

    def test_a_time_that_has_passed_is_not_taken(self, world: World) -> None:
        with pytest.raises(Refused, match="That time has passed"):
            counters.take(countered(world), by=world.producer, now=THURSDAY, starts_at=THURSDAY)

    def test_a_time_that_has_become_illegal_is_refused_and_nothing_changes(self, world: World) -> None:
        booking = countered(world)
        held(world, wish=world.neighbour_wish, starts_at=THURSDAY)
        with pytest.raises(Refused, match="cannot be played Thu 4 Feb 2027"):
            take(world, booking)
        booking.refresh_from_db()
        assert (booking.status, booking.starts_at) == (Status.DECLINED, SHOW_AT)

    def test_a_time_that_another_house_has_taken_is_refused(self, world: World) -> None:
        booking = countered(world)
        make_rival(world, "Lyran").held(starts_at=THURSDAY)
        with pytest.raises((Refused, SlotTaken)):
            take(world, booking)
        booking.refresh_from_db()
        assert booking.status == Status.DECLINED

    def test_twice_is_refused(self, world: World) -> None:
        booking = countered(world)
        take(world, booking)
        with pytest.raises(NotNow):
            take(world, booking)

    def test_not_while_the_wish_has_another_visit(self, world: World) -> None:
        booking = countered(world)
        held(world, starts_at=FRIDAY)
        with pytest.raises(NotNow, match="another visit by now"):
            take(world, booking)

    def test_a_later_cancellation_is_no_open_proposal(self, world: World) -> None:
        booking = take(world, countered(world))
        lifecycle.cancel(booking, by=world.producer, now=NOW, reason="Sjukdom.")
        booking.refresh_from_db()
        assert shown_state(booking, NOW) == "cancelled"


class TestTurnDown:
    def test_the_presenter_gets_the_words(self, world: World) -> None:
        booking = counters.turn_down(countered(world), by=world.producer, now=NOW, reason="Vi är i Åre då.")
        (mail,) = Notice.objects.filter(kind="turned_down")
        assert "Vi är i Åre då." in mail.body_text
        assert shown_state(Booking.objects.get(pk=booking.pk), NOW) == "declined"

    def test_it_says_why(self, world: World) -> None:
        with pytest.raises(Refused) as refusal:
            counters.turn_down(countered(world), by=world.producer, now=NOW, reason=" ")
        assert refusal.value.field == "reason"

    def test_what_was_said_no_to_cannot_be_taken(self, world: World) -> None:
        booking = counters.turn_down(countered(world), by=world.producer, now=NOW, reason="Nej.")
        with pytest.raises(NotNow, match="No time waits"):
            take(world, booking)


def test_days_can_not_be_taken_as_a_time(world: World) -> None:
    days = {
        "starts_on": date(2027, 2, 8),
        "ends_on": date(2027, 2, 9),
        "earliest": time(9),
        "latest": time(15),
    }
    booking = lifecycle.counter(offered(world), by=None, now=NOW, **days)
    with pytest.raises(NotNow, match="No time waits"):
        take(world, booking)
