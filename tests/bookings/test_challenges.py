"""A challenge: the next in line asks, the first offers, confirms or lets go before its deadline."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bookings import holds, lifecycle
from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, offered
from tests.bookings.rivals import Rival, make_rival
from tests.world import World
from tours.errors import NotNow, Refused
from tours.models import Season

HOURS = timedelta(hours=1)
ANSWER_BY = NOW + 48 * HOURS


@pytest.fixture
def second(world: World) -> Rival:
    return make_rival(world, "Lyran")


@pytest.fixture
def first(world: World) -> Booking:
    return held(world)


@pytest.fixture
def asking(first: Booking, second: Rival) -> Booking:
    """The next in line, which has asked."""
    return holds.challenge(second.held(), by=second.producer, now=NOW)


def now_of(booking: Booking) -> tuple[str, int]:
    booking.refresh_from_db()
    return booking.status, booking.hold_rank


def told(booking: Booking) -> list[str]:
    return list(booking.notices.order_by("created_at").values_list("kind", flat=True))


class TestAsking:
    def test_the_first_has_two_days_and_its_producer_a_mail(self, first: Booking, asking: Booking) -> None:
        first.refresh_from_db()
        assert (first.challenger, first.challenge_answer_by) == (asking, ANSWER_BY)
        mail = first.notices.get()
        assert (mail.kind, mail.reply_to) == ("hold_challenged", "lyran@example.org")

    def test_both_histories_say_so(self, first: Booking, asking: Booking, second: Rival) -> None:
        found = [booking.changes.last() for booking in (first, asking)]
        assert [(line.action, line.by) for line in found] == [
            ("challenged", second.producer),
            ("challenge", second.producer),
        ]

    def test_the_season_may_give_one_day(self, first: Booking, second: Rival) -> None:
        Season.objects.update(challenge_hours=24)
        holds.challenge(second.held(), by=second.producer, now=NOW)
        first.refresh_from_db()
        assert first.challenge_answer_by == NOW + DAY

    def test_shortly_before_the_day_until_the_get_in(self, world: World, second: Rival) -> None:
        late = SHOW_AT - DAY
        first = held(world, now=late)
        holds.challenge(second.held(now=late), by=second.producer, now=late)
        first.refresh_from_db()
        assert first.challenge_answer_by == first.occupied_from

    def test_only_the_next_in_line(self, world: World, first: Booking, second: Rival) -> None:
        second.held()
        third = make_rival(world, "Norrsken")
        with pytest.raises(Refused, match="next in line"):
            holds.challenge(third.held(), by=third.producer, now=NOW)

    def test_not_twice(self, asking: Booking, second: Rival) -> None:
        with pytest.raises(NotNow, match="challenged already"):
            holds.challenge(asking, by=second.producer, now=NOW)

    def test_not_ones_own(self, world: World, first: Booking) -> None:
        waiting = held(world, wish=world.neighbour_wish, rank=None)
        with pytest.raises(Refused, match="your own"):
            holds.challenge(waiting, by=world.producer, now=NOW)

    def test_not_what_is_free(self, world: World, second: Rival) -> None:
        with pytest.raises(NotNow, match="is free"):
            holds.challenge(second.held(rank=2), by=second.producer, now=NOW)

    @pytest.mark.parametrize("state", [offered, confirmed])
    def test_not_what_is_offered_or_confirmed(
        self, world: World, second: Rival, state: Callable[[World], Booking]
    ) -> None:
        state(world)
        with pytest.raises(NotNow, match="already"):
            holds.challenge(second.held(), by=second.producer, now=NOW)

    def test_a_first_option_has_nobody_to_ask(self, world: World, first: Booking) -> None:
        with pytest.raises(NotNow, match="first option already"):
            holds.challenge(first, by=world.producer, now=NOW)


class TestAnswering:
    @pytest.mark.parametrize("verb", [lifecycle.offer, lifecycle.confirm])
    def test_an_offer_or_a_yes_stands(
        self, world: World, first: Booking, asking: Booking, verb: Callable[..., Booking]
    ) -> None:
        verb(first, by=world.producer, now=NOW + DAY)
        assert now_of(asking) == ("held", 2)
        assert "hold_kept" in told(asking)
        assert lifecycle.expire_due(ANSWER_BY) == 0
        first.refresh_from_db()
        assert (first.challenger, first.challenge_answer_by) == (None, None)

    def test_letting_go_gives_it_to_who_asked(self, world: World, first: Booking, asking: Booking) -> None:
        lifecycle.release(first, by=world.producer, now=NOW + DAY)
        assert (now_of(first), now_of(asking)) == (("released", 1), ("held", 1))
        assert told(asking) == ["hold_promoted"]

    def test_moving_out_of_the_way_answers_too(self, world: World, first: Booking, asking: Booking) -> None:
        lifecycle.move(first, by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        assert (now_of(first), now_of(asking)) == (("held", 1), ("held", 1))
        assert first.challenger is None

    def test_moving_within_the_way_does_not(self, world: World, first: Booking, asking: Booking) -> None:
        lifecycle.move(first, by=world.producer, now=NOW, starts_at=SHOW_AT + timedelta(minutes=5))
        first.refresh_from_db()
        assert (first.challenger, first.challenge_answer_by) == (asking, ANSWER_BY)

    def test_holding_longer_is_no_answer(self, world: World, first: Booking, asking: Booking) -> None:
        holds.extend(first, by=world.producer, now=NOW, expires_at=NOW + 40 * DAY)
        assert lifecycle.expire_due(ANSWER_BY) == 1

    def test_no_answer_in_time_and_it_is_gone(self, first: Booking, asking: Booking) -> None:
        assert [lifecycle.expire_due(now) for now in (ANSWER_BY - HOURS, ANSWER_BY, ANSWER_BY)] == [0, 1, 0]
        assert (now_of(first), now_of(asking)) == (("released", 1), ("held", 1))
        assert (told(first), told(asking)) == (["hold_challenged", "hold_lost"], ["hold_promoted"])
        line = first.changes.last()
        assert (line.action, line.by, line.details) == ("release", None, {"challenger": "Lyran på turné"})

    @pytest.mark.parametrize("verb", [lifecycle.offer, lifecycle.confirm])
    def test_an_answer_after_the_deadline_is_too_late(
        self, world: World, first: Booking, asking: Booking, verb: Callable[..., Booking]
    ) -> None:
        with pytest.raises(NotNow, match="has passed"):
            verb(first, by=world.producer, now=ANSWER_BY)


class TestGivingUp:
    @pytest.mark.parametrize("how", ["release", "move", "expire"])
    def test_who_leaves_asks_no_longer(
        self, first: Booking, asking: Booking, second: Rival, how: str
    ) -> None:
        if how == "release":
            lifecycle.release(asking, by=second.producer, now=NOW)
        elif how == "move":
            lifecycle.move(asking, by=second.producer, now=NOW, starts_at=SHOW_AT + DAY)
        else:
            Booking.objects.filter(pk=asking.pk).update(hold_expires_at=NOW)
            lifecycle.expire_due(NOW)
        first.refresh_from_db()
        assert (first.challenger, first.challenge_answer_by) == (None, None)
        assert told(first) == ["hold_challenged", "hold_unchallenged"]

    def test_then_the_next_one_may_ask(
        self, world: World, first: Booking, asking: Booking, second: Rival
    ) -> None:
        third = make_rival(world, "Norrsken")
        waiting = third.held()
        lifecycle.release(asking, by=second.producer, now=NOW)
        waiting.refresh_from_db()
        holds.challenge(waiting, by=third.producer, now=NOW)
        first.refresh_from_db()
        assert (waiting.hold_rank, first.challenger, first.status) == (2, waiting, Status.HELD)
