"""The line for a venue on a day: places, who moves up, and who is told."""

from datetime import timedelta

import pytest

from bookings import holds, lifecycle, lines, planning, running
from bookings.errors import SlotTaken
from bookings.models import Booking
from bookings.models.booking import Status
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, offered
from tests.bookings.rivals import Rival, make_rival
from tests.world import World
from tours.errors import NotNow
from tours.models import Tour
from venues.models import Closure


@pytest.fixture
def second(world: World) -> Rival:
    return make_rival(world, "Lyran")


@pytest.fixture
def third(world: World) -> Rival:
    return make_rival(world, "Norrsken")


def ranks(*bookings: Booking) -> list[int]:
    for booking in bookings:
        booking.refresh_from_db()
    return [booking.hold_rank for booking in bookings]


def told(booking: Booking) -> list[str]:
    return sorted(booking.notices.filter(kind__startswith="hold").values_list("kind", flat=True))


def blocking(booking: Booking) -> bool:
    return booking.allocations.filter(is_blocking=True).count() == 2


def test_two_that_move_up_after_one_another_know_of_each_other(
    world: World, second: Rival, third: Rival
) -> None:
    """The first to move up closes the line; the next one moves from the place that it has by then."""
    world.production.rider.get_out_min = 240
    world.production.rider.save()
    long = held(world, starts_at=SHOW_AT)
    behind = [second.held(), third.held(starts_at=SHOW_AT + timedelta(minutes=165))]
    lifecycle.release(long, by=world.producer, now=NOW)
    assert ranks(*behind) == [1, 1]
    steps = [(step.action, step.details.get("from")) for step in behind[1].changes.order_by("pk")]
    assert steps == [("hold", None), ("move_up", 3), ("promote", 2)]
    assert behind[1].version == 3


class TestPlaces:
    def test_in_the_order_in_which_they_came(self, world: World, second: Rival, third: Rival) -> None:
        first = held(world)
        assert ranks(first, second.held(), third.held()) == [1, 2, 3]
        assert [blocking(booking) for booking in Booking.objects.order_by("hold_rank")] == [
            True,
            False,
            False,
        ]

    def test_a_free_time_is_taken_at_once(self, world: World, second: Rival) -> None:
        held(world)
        assert second.held(starts_at=SHOW_AT + timedelta(hours=5)).hold_rank == 1

    def test_each_day_has_a_line_of_its_own(self, world: World, second: Rival, third: Rival) -> None:
        held(world)
        third.held(starts_at=SHOW_AT + DAY)
        assert second.held(starts_at=SHOW_AT + DAY).hold_rank == 2

    def test_who_comes_last_does_not_pass_those_who_wait(
        self, world: World, second: Rival, third: Rival
    ) -> None:
        Tour.objects.update(moves_up=False)
        first = held(world)
        waiting = second.held()
        lifecycle.release(first, by=world.producer, now=NOW)
        assert ranks(waiting, third.held()) == [2, 3]

    def test_an_ensemble_that_plays_elsewhere_waits_too(self, world: World) -> None:
        first = held(world)
        other = held(world, wish=world.neighbour_wish, rank=None)
        assert ranks(other) == [2]
        lifecycle.release(first, by=world.producer, now=NOW)
        assert (ranks(other), told(other)) == ([1], ["hold_promoted"])

    def test_no_place_in_a_closed_venue(self, world: World, second: Rival) -> None:
        Closure.objects.create(
            venue=world.venue, starts_at=SHOW_AT, ends_at=SHOW_AT + DAY, reason="golvslipning"
        )
        with pytest.raises(SlotTaken, match="golvslipning"):
            second.held()
        assert not Booking.objects.exists()


class TestMovingUp:
    @pytest.mark.parametrize("how", ["release", "expire", "decline", "withdraw", "cancel", "move"])
    def test_whenever_the_first_lets_go(self, world: World, second: Rival, third: Rival, how: str) -> None:
        first = {"decline": offered, "withdraw": offered, "cancel": confirmed}.get(how, held)(world)
        waiting = second.held(expires_at=SHOW_AT - DAY), third.held(expires_at=SHOW_AT - DAY)
        who = {"by": world.producer, "now": NOW}
        {
            "release": lambda: lifecycle.release(first, **who),
            "expire": lambda: lifecycle.expire_due(NOW + 31 * DAY),
            "decline": lambda: lifecycle.decline(first, **who, reason="Nej."),
            "withdraw": lambda: lifecycle.withdraw(first, **who),
            "cancel": lambda: lifecycle.cancel(first, **who, reason="Sjukdom."),
            "move": lambda: lifecycle.move(first, **who, starts_at=SHOW_AT + DAY),
        }[how]()
        assert ranks(*waiting) == [1, 2]
        assert [blocking(booking) for booking in waiting] == [True, False]
        assert [told(booking) for booking in waiting] == [["hold_promoted"], []]

    def test_the_history_says_so(self, world: World, second: Rival, third: Rival) -> None:
        first = held(world)
        waiting = second.held(), third.held()
        lifecycle.release(first, by=world.producer, now=NOW + DAY)
        lines_of = [booking.changes.last() for booking in waiting]
        assert [(line.action, line.by, line.details) for line in lines_of] == [
            ("promote", None, {"from": 2}),
            ("move_up", None, {"from": 3, "to": 2}),
        ]

    def test_a_fresh_time_to_decide(self, world: World, second: Rival) -> None:
        first = held(world)
        waiting = second.held(expires_at=NOW + 2 * DAY)
        lifecycle.release(first, by=world.producer, now=NOW + DAY)
        waiting.refresh_from_db()
        assert waiting.hold_expires_at == lines.default_end(waiting, NOW + DAY)

    def test_an_offered_option_too(self, world: World, second: Rival) -> None:
        first = held(world)
        waiting = lifecycle.offer(second.held(), by=second.producer, now=NOW)
        lifecycle.release(first, by=world.producer, now=NOW)
        assert (ranks(waiting), waiting.status, blocking(waiting)) == ([1], Status.OFFERED, True)

    def test_who_plays_elsewhere_by_now_is_passed(self, world: World, second: Rival, third: Rival) -> None:
        first, passed, lucky = held(world), second.held(), third.held()
        busy = make_wish_elsewhere(world, second)
        lifecycle.hold(tour=second.tour, wish=busy, starts_at=SHOW_AT, by=second.producer, now=NOW)
        lifecycle.release(first, by=world.producer, now=NOW)
        assert ranks(passed, lucky) == [2, 1]

    def test_who_has_run_out_is_passed(self, world: World, second: Rival, third: Rival) -> None:
        first, late, lucky = held(world), second.held(expires_at=NOW + DAY), third.held()
        lifecycle.release(first, by=world.producer, now=NOW + DAY)
        assert ranks(late, lucky)[1] == 1
        assert not blocking(late)

    def test_who_leaves_the_line_lets_the_others_close_up(
        self, world: World, second: Rival, third: Rival
    ) -> None:
        first, gone, last = held(world), second.held(), third.held()
        lifecycle.release(gone, by=second.producer, now=NOW)
        assert (ranks(first, last), told(last)) == ([1, 2], [])

    def test_a_further_option_moves_to_a_line_of_another_day(
        self, world: World, second: Rival, third: Rival
    ) -> None:
        held(world)
        moved, last = second.held(), third.held()
        lifecycle.move(moved, by=second.producer, now=NOW, starts_at=SHOW_AT + DAY)
        assert ranks(moved, last) == [1, 2]

    def test_a_yes_tells_those_who_wait(self, world: World, second: Rival) -> None:
        waiting = second.held()
        other = make_rival(world, "Vidar")
        queue = other.held()
        lifecycle.confirm(waiting, by=second.producer, now=NOW)
        assert (ranks(queue), told(queue)) == ([2], ["hold_passed"])

    def test_nothing_moves_up_when_the_letting_go_fails(
        self, world: World, second: Rival, monkeypatch
    ) -> None:
        first, waiting = held(world), second.held()
        monkeypatch.setattr(lines.notices, "about_hold", lambda *args, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            lifecycle.release(first, by=world.producer, now=NOW)
        assert (ranks(first, waiting), first.status) == ([1, 2], Status.HELD)


class TestByHand:
    def test_where_the_tour_does_not_move_up_its_producer_is_told(self, world: World, second: Rival) -> None:
        Tour.objects.filter(pk=second.tour.pk).update(moves_up=False)
        first, waiting = held(world), second.held()
        lifecycle.release(first, by=world.producer, now=NOW)
        assert (ranks(waiting), told(waiting)) == ([2], ["hold_freed"])
        taken = holds.promote(waiting, by=second.producer, now=NOW)
        assert (taken.hold_rank, blocking(taken), taken.changes.last().by) == (1, True, second.producer)

    def test_not_while_another_has_it(self, world: World, second: Rival) -> None:
        held(world)
        waiting = second.held()
        with pytest.raises(SlotTaken, match="Backe bygdegård"):
            holds.promote(waiting, by=second.producer, now=NOW)
        assert ranks(waiting) == [2]

    def test_a_first_option_is_first(self, world: World) -> None:
        with pytest.raises(NotNow, match="first option already"):
            holds.promote(held(world), by=world.producer, now=NOW)


class TestPlans:
    def test_adopting_keeps_further_options_that_the_plan_leaves_alone(
        self, world: World, second: Rival
    ) -> None:
        second.held()
        waiting = held(world, rank=None)
        planning.drop_stop(world.tour, world.wish, by=world.producer)
        planning.adopt(plan(world), by=world.producer, now=NOW)
        assert (ranks(waiting), waiting.status) == ([2], Status.HELD)

    def test_a_plan_that_plays_a_further_option_makes_it_the_first(self, world: World, second: Rival) -> None:
        second.held()
        waiting = held(world, rank=None)
        planning.lock_stop(world.tour, world.wish, SHOW_AT + DAY, by=world.producer)
        planning.adopt(plan(world), by=world.producer, now=NOW)
        assert (ranks(waiting), waiting.starts_at, blocking(waiting)) == ([1], SHOW_AT + DAY, True)

    def test_what_a_plan_moves_is_given_on_when_all_is_set_down(self, world: World, second: Rival) -> None:
        first, waiting = held(world), second.held()
        planning.lock_stop(world.tour, world.wish, SHOW_AT + DAY, by=world.producer)
        planning.adopt(plan(world), by=world.producer, now=NOW)
        assert ranks(first, waiting) == [1, 1]


def plan(world: World):
    return running.run(planning.propose(world.tour, by=world.producer, seconds=0))


def make_wish_elsewhere(world: World, rival: Rival):
    return make.WishFactory(
        season=world.season,
        production=rival.tour.production,
        organisation=world.neighbouring,
        venue=world.neighbour_venue,
        rank=5,
        created_by=world.neighbour,
    )
