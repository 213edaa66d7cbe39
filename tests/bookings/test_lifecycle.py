"""The verbs of an agreement: what each changes, and what each refuses."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import transaction

from bookings import holds, lifecycle, offers, postponing
from bookings.errors import SlotTaken
from bookings.models import AnswerLink, Booking, BookingChange, Notice, Performance
from bookings.models.booking import LIVE, Status
from bookings.states import ACTIONS
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, in_state, offered
from tests.world import World
from tours.errors import NotNow, Refused
from tours.models import Tour, Wish
from tours.windows import moment
from venues.models import Closure, Organisation

COUNTER = {
    "starts_on": date(2027, 2, 8),
    "ends_on": date(2027, 2, 9),
    "earliest": time(10),
    "latest": time(14),
}
VERBS: dict[str, Callable[[World, Booking], Booking]] = {
    "offer": lambda w, b: lifecycle.offer(b, by=w.producer, now=NOW),
    "confirm": lambda w, b: lifecycle.confirm(b, by=w.presenter, now=NOW),
    "decline": lambda w, b: lifecycle.decline(b, by=w.presenter, now=NOW, reason="Vi har stängt."),
    "counter": lambda w, b: lifecycle.counter(b, by=w.presenter, now=NOW, **COUNTER),
    "withdraw": lambda w, b: lifecycle.withdraw(b, by=w.producer, now=NOW),
    "release": lambda w, b: lifecycle.release(b, by=w.producer, now=NOW),
    "move": lambda w, b: lifecycle.move(b, by=w.producer, now=NOW, starts_at=SHOW_AT + DAY),
    "cancel": lambda w, b: lifecycle.cancel(b, by=w.producer, now=NOW, reason="Sjukdom."),
    "publish": lambda w, b: lifecycle.publish(b, by=w.producer, now=NOW),
    "extend": lambda w, b: holds.extend(b, by=w.producer, now=NOW, expires_at=NOW + DAY),
    "remind": lambda w, b: offers.remind(b, by=w.producer, now=NOW),
    "extend_answer": lambda w, b: offers.extend_answer(b, by=w.producer, now=NOW, answer_by=NOW + 20 * DAY),
    "postpone": lambda w, b: postponing.postpone(b, by=w.producer, now=NOW, reason="Sjukdom."),
}
#: The clock's, those of further options (`test_lines`), of another date (`test_counters`, `test_postponing`), about
#: money (`test_pricing`, `test_settling`), of a change (`test_changing`), and the one that asks after the mail
#: (`test_offering`).
ELSEWHERE = {
    "expire",
    "promote",
    "challenge",
    "take",
    "turn_down",
    "reschedule",
    "price",
    "settle",
    "reopen",
    "recall",
    *(
        "propose_change",
        "accept_change",
        "refuse_change",
        "take_back_change",
        "lapse_change",
        "ask_to_cancel",
    ),
}
PAIRS = [(action, status) for action in VERBS for status in Status.values]
ALLOWED = [(action, status) for action, status in PAIRS if status in ACTIONS[action].sources]
FORBIDDEN = [pair for pair in PAIRS if pair not in ALLOWED]


def history(booking: Booking) -> list[tuple[str, str, str]]:
    return list(booking.changes.values_list("action", "from_status", "to_status"))


def blocking(booking: Booking) -> list[bool]:
    return list(booking.allocations.order_by("id").values_list("is_blocking", flat=True))


def test_every_verb_of_the_table_is_tried() -> None:
    assert set(ACTIONS) - set(VERBS) == ELSEWHERE


@pytest.mark.parametrize(("action", "status"), ALLOWED)
def test_allowed(world: World, action: str, status: str) -> None:
    booking = in_state(world, status)
    VERBS[action](world, booking)
    booking.refresh_from_db()
    assert booking.status == (ACTIONS[action].target or status)
    assert history(booking)[-1] == (action, status, booking.status)
    assert booking.version == 2


@pytest.mark.parametrize(("action", "status"), FORBIDDEN)
def test_forbidden(world: World, action: str, status: str) -> None:
    booking = in_state(world, status)
    with pytest.raises(NotNow, match="Reload the page|Ladda om sidan") as refusal:
        VERBS[action](world, booking)
    assert refusal.value.ids == {"booking": booking.pk, "status": status}
    booking.refresh_from_db()
    assert (booking.status, booking.version) == (status, 1)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("status", Status.values)
def test_live_states_reserve_and_ended_ones_do_not(world: World, status: str) -> None:
    booking = held(world)
    for action, target in [("offer", "offered"), ("confirm", "confirmed"), ("cancel", "cancelled")]:
        assert blocking(booking) == [True, True]
        VERBS[action](world, booking)
        booking.refresh_from_db()
        if status == target:
            break
    assert blocking(booking) == [booking.status in LIVE] * 2


class TestOffer:
    def test_two_weeks_to_answer_until_the_end_of_the_day(self, world: World) -> None:
        assert offered(world).answer_by == moment(date(2027, 1, 1), 23 * 60 + 59)

    def test_a_date_of_the_producers(self, world: World) -> None:
        booking = lifecycle.offer(held(world), by=world.producer, now=NOW, answer_by=NOW + 3 * DAY)
        assert booking.answer_by == NOW + 3 * DAY
        assert AnswerLink.objects.get().expires_at == NOW + 3 * DAY

    def test_never_later_than_the_evening_before(self, world: World) -> None:
        booking = lifecycle.offer(held(world), by=world.producer, now=NOW, answer_by=NOW + 300 * DAY)
        assert booking.answer_by == moment(date(2027, 2, 2), 23 * 60 + 59)

    def test_an_offer_for_tomorrow_may_be_answered_until_get_in(self, world: World) -> None:
        late = moment(date(2027, 2, 2), 23 * 60 + 59)
        booking = lifecycle.offer(held(world, now=late), by=world.producer, now=late)
        assert booking.answer_by == booking.occupied_from

    def test_an_answer_date_that_has_passed(self, world: World) -> None:
        booking = held(world)
        with pytest.raises(Refused) as refusal:
            lifecycle.offer(booking, by=world.producer, now=NOW, answer_by=NOW)
        assert refusal.value.field == "answer_by"
        assert not AnswerLink.objects.exists()

    def test_a_visit_that_is_over(self, world: World) -> None:
        booking = held(world)
        with pytest.raises(NotNow):
            lifecycle.offer(booking, by=world.producer, now=SHOW_AT + DAY)
        assert Notice.objects.count() == 0

    def test_the_tour_opens(self, world: World) -> None:
        offered(world)
        world.tour.refresh_from_db()
        assert world.tour.stage == Tour.Stage.OPEN

    def test_a_presenter_that_no_mail_reaches(self, world: World) -> None:
        booking = held(world)
        world.presenting.memberships.all().delete()
        Organisation.objects.filter(pk=world.presenting.pk).update(email="")
        with pytest.raises(Refused, match="Backe bygdegård"):
            lifecycle.offer(booking, by=world.producer, now=NOW)
        booking.refresh_from_db()
        assert (booking.status, AnswerLink.objects.count()) == (Status.HELD, 0)


class TestConfirm:
    def test_publishes(self, world: World) -> None:
        booking = confirmed(world)
        assert booking.published_at == NOW
        assert list(Performance.objects.public()) == list(booking.performances.all())

    def test_waits_with_publishing_when_the_tour_does(self, world: World) -> None:
        Tour.objects.update(is_announced_later=True)
        assert confirmed(world).published_at is None
        assert not Performance.objects.public().exists()

    def test_by_a_link_nobody_is_named(self, world: World) -> None:
        booking = lifecycle.confirm(offered(world), by=None, now=NOW, message="Välkomna!")
        change = booking.changes.last()
        assert (change.by, change.reason) == (None, "Välkomna!")

    def test_too_late(self, world: World) -> None:
        booking = offered(world)
        with pytest.raises(NotNow):
            lifecycle.confirm(booking, by=None, now=NOW + 15 * DAY)

    def test_when_the_ensemble_should_be_there_already(self, world: World) -> None:
        booking = held(world)
        with pytest.raises(NotNow):
            lifecycle.confirm(booking, by=world.producer, now=SHOW_AT - timedelta(minutes=75))

    def test_a_further_option_becomes_the_visit_when_the_slot_is_free(self, world: World) -> None:
        booking = lifecycle.confirm(offered(world, rank=2), by=None, now=NOW)
        assert (booking.hold_rank, blocking(booking)) == (1, [True, True])

    def test_a_further_option_whose_slot_is_gone(self, world: World) -> None:
        second = offered(world, rank=2)
        held(world, wish=world.neighbour_wish)
        with pytest.raises(SlotTaken):
            lifecycle.confirm(second, by=None, now=NOW)
        second.refresh_from_db()
        assert (second.status, second.hold_rank) == (Status.OFFERED, 2)

    def test_twice(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(NotNow):
            lifecycle.confirm(booking, by=None, now=NOW)
        assert booking.changes.filter(action="confirm").count() == 1

    def test_enough_presenters_confirm_the_tour(self, world: World) -> None:
        Tour.objects.update(presenters_min=2)
        confirmed(world)
        world.tour.refresh_from_db()
        assert world.tour.stage == Tour.Stage.OPEN
        confirmed(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        world.tour.refresh_from_db()
        assert world.tour.stage == Tour.Stage.CONFIRMED

    def test_two_visits_to_one_presenter_count_once(self, world: World) -> None:
        Tour.objects.update(presenters_min=2)
        confirmed(world)
        Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=NOW)
        again = make.WishFactory(
            season=world.season, production=world.production, organisation=world.presenting, rank=2
        )
        confirmed(world, wish=again, starts_at=SHOW_AT + DAY)
        world.tour.refresh_from_db()
        assert world.tour.stage == Tour.Stage.OPEN


class TestDeclineAndCounter:
    def test_a_no_frees_the_slot(self, world: World) -> None:
        booking = VERBS["decline"](world, offered(world))
        assert blocking(booking) == [False, False]
        assert booking.changes.last().reason == "Vi har stängt."

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_a_no_says_why(self, world: World, reason: str) -> None:
        booking = offered(world)
        with pytest.raises(Refused) as refusal:
            lifecycle.decline(booking, by=None, now=NOW, reason=reason)
        assert refusal.value.field == "reason"
        booking.refresh_from_db()
        assert booking.status == Status.OFFERED

    def test_other_days_end_the_offer_and_are_kept(self, world: World) -> None:
        booking = lifecycle.counter(offered(world), by=None, now=NOW, message="Då går det.", **COUNTER)
        kept = booking.counter_offer
        assert {name: getattr(kept, name) for name in COUNTER} == COUNTER
        assert (booking.status, kept.message) == (Status.DECLINED, "Då går det.")
        assert booking.changes.last().details["starts_on"] == "2027-02-08"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"ends_on": date(2027, 2, 7)}, "ends_on"),
            ({"latest": time(9)}, "latest"),
            ({"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 2)}, "starts_on"),
        ],
    )
    def test_impossible_days(self, world: World, change: dict[str, Any], field: str) -> None:
        booking = offered(world)
        with pytest.raises(Refused) as refusal:
            lifecycle.counter(booking, by=None, now=NOW, **{**COUNTER, **change})
        assert refusal.value.field == field
        booking.refresh_from_db()
        assert (booking.status, hasattr(booking, "counter_offer")) == (Status.OFFERED, False)

    def test_days_that_have_passed(self, world: World) -> None:
        booking = lifecycle.offer(
            held(world, starts_at=SHOW_AT + 2 * DAY), by=world.producer, now=NOW, answer_by=SHOW_AT + DAY
        )
        days = {**COUNTER, "starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 2)}
        with pytest.raises(Refused) as refusal:
            lifecycle.counter(booking, by=None, now=SHOW_AT, **days)
        assert refusal.value.field == "ends_on"


class TestWithdrawReleaseCancel:
    def test_a_withdrawn_offer_frees_the_slot(self, world: World) -> None:
        assert blocking(VERBS["withdraw"](world, offered(world))) == [False, False]

    def test_a_released_hold_frees_the_slot_and_tells_nobody(self, world: World) -> None:
        assert blocking(VERBS["release"](world, held(world))) == [False, False]
        assert Notice.objects.count() == 0

    def test_a_cancelled_visit_stays_published_with_a_higher_sequence(self, world: World) -> None:
        later = NOW + DAY
        booking = lifecycle.cancel(confirmed(world), by=world.producer, now=later, reason="Sjukdom.")
        performance = booking.performances.get()
        assert (performance.sequence, performance.changed_at) == (1, later)
        assert list(Performance.objects.public()) == [performance]

    def test_a_cancellation_says_why(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(Refused) as refusal:
            lifecycle.cancel(booking, by=world.producer, now=NOW, reason=" ")
        assert refusal.value.field == "reason"

    def test_a_visit_that_is_over_is_not_cancelled(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(NotNow):
            lifecycle.cancel(booking, by=world.producer, now=SHOW_AT + DAY, reason="Sjukdom.")


class TestExpire:
    def test_after_the_answer_date(self, world: World) -> None:
        booking = offered(world)
        assert lifecycle.expire_due(NOW + 14 * DAY) == 0
        assert lifecycle.expire_due(NOW + 15 * DAY) == 1
        booking.refresh_from_db()
        assert (booking.status, blocking(booking)) == (Status.EXPIRED, [False, False])
        assert booking.changes.last().by is None

    def test_once_only(self, world: World) -> None:
        offered(world)
        assert [lifecycle.expire_due(NOW + 15 * DAY) for _ in range(2)] == [1, 0]
        assert Notice.objects.filter(kind="expired").count() == 1

    def test_what_was_answered_stays(self, world: World) -> None:
        booking = confirmed(world)
        assert lifecycle.expire_due(NOW + 15 * DAY) == 0
        booking.refresh_from_db()
        assert booking.status == Status.CONFIRMED

    def test_a_hold_whose_time_has_come_lapses_and_nobody_is_told(self, world: World) -> None:
        booking = held(world)
        assert lifecycle.expire_due(SHOW_AT + DAY) == 1
        booking.refresh_from_db()
        assert (booking.status, Notice.objects.count()) == (Status.EXPIRED, 0)

    def test_a_hold_to_come_stays(self, world: World) -> None:
        held(world)
        assert lifecycle.expire_due(NOW) == 0


class TestPublish:
    def test_shows_it(self, world: World) -> None:
        Tour.objects.update(is_announced_later=True)
        booking = lifecycle.publish(confirmed(world), by=world.producer, now=NOW + DAY)
        assert booking.published_at == NOW + DAY

    def test_twice(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(NotNow):
            lifecycle.publish(booking, by=world.producer, now=NOW)

    def test_although_the_house_has_closed_for_others_since(self, world: World) -> None:
        Tour.objects.update(is_announced_later=True)
        booking = confirmed(world)
        Closure.objects.create(venue=world.venue, starts_at=SHOW_AT, ends_at=SHOW_AT + DAY, reason="turné")
        assert lifecycle.publish(booking, by=world.producer, now=NOW).published_at == NOW


class TestVersion:
    def test_unchanged_since_it_was_shown(self, world: World) -> None:
        booking = held(world)
        with transaction.atomic():
            assert lifecycle.unchanged(booking, 1) == booking

    def test_changed_since(self, world: World) -> None:
        booking = offered(world)
        with transaction.atomic(), pytest.raises(NotNow) as refusal:
            lifecycle.unchanged(booking, 1)
        assert refusal.value.ids == {"booking": booking.pk, "version": 2}


def test_nothing_is_half_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = offered(world)

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the notices are down")

    monkeypatch.setattr(lifecycle.notices, "confirmed", broken)
    with pytest.raises(RuntimeError):
        lifecycle.confirm(booking, by=None, now=NOW)
    booking.refresh_from_db()
    assert (booking.status, booking.version) == (Status.OFFERED, 2)
    assert AnswerLink.objects.get().used_at is None
    assert BookingChange.objects.filter(action="confirm").count() == 0
