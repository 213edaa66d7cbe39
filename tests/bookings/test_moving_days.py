"""Days of a tour that move: what that does to each visit, and that all of it is done or nothing."""

from datetime import date, timedelta
from typing import Any

import pytest

from bookings import changing, lifecycle, moving_days
from bookings.cancelling import Cancellation, cancel_day
from bookings.models import Booking, ChangeProposal, Notice
from bookings.models.booking import Status
from bookings.moving_days import DaysMoved, Move
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, offered
from tests.world import World
from tours.errors import NotNow, Refused
from tours.models import ForbiddenDay

FIRST, LAST = date(2027, 2, 2), date(2027, 2, 4)
WHY = "Sjukdom i ensemblen."


def neighbours(world: World, made: Any = confirmed) -> Booking:
    """The neighbour on the day after the presenter."""
    booking: Booking = made(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
    return booking


def order(*hits: Booking, **changes: Any) -> Move:
    moves = frozenset(booking.pk for booking in hits)
    given = {"by_days": 5, "reason": WHY, "seen": {b.pk: b.version for b in hits}, "moves": moves}
    return Move(FIRST, LAST, **{**given, **changes})


def move(world: World, *hits: Booking, **changes: Any) -> DaysMoved:
    return moving_days.move_days(world.tour, order(*hits, **changes), by=world.producer, now=NOW)


def look(world: World, by_days: int = 5) -> list[tuple[str, bool]]:
    found = moving_days.consequences(world.tour, FIRST, LAST, by_days, NOW)
    return [(str(one.booking.presenter), bool(one.refusal)) for one in found]


class TestConsequences:
    def test_each_visit_of_the_days_is_told(self, world: World) -> None:
        first, second = confirmed(world), neighbours(world)
        assert look(world) == [(str(first.presenter), False), (str(second.presenter), False)]

    def test_what_lands_on_the_lost_days_cannot(self, world: World) -> None:
        first, second = confirmed(world), neighbours(world)
        assert look(world, 1) == [(str(first.presenter), True), (str(second.presenter), False)]

    def test_what_lands_outside_the_tour_cannot(self, world: World) -> None:
        booking = confirmed(world)
        assert look(world, 60) == [(str(booking.presenter), True)]

    def test_a_closed_room_is_told(self, world: World) -> None:
        booking = confirmed(world)
        there = SHOW_AT + 5 * DAY
        make.ClosureFactory(venue=world.venue, starts_at=there - DAY / 4, ends_at=there + DAY / 4)
        assert look(world) == [(str(booking.presenter), True)]

    def test_nothing_is_changed_by_looking(self, world: World) -> None:
        confirmed(world)
        look(world)
        assert not ChangeProposal.objects.exists()


class TestMove:
    def test_confirmed_visits_wait_for_their_presenters(self, world: World) -> None:
        done = move(world, confirmed(world), neighbours(world))
        assert [b.open_change and b.open_change.starts_at for b in done.asked] == [
            SHOW_AT + 5 * DAY,
            SHOW_AT + 6 * DAY,
        ]
        assert Notice.objects.filter(kind="change_proposed").count() == 2

    def test_each_presenter_answers_by_themselves(self, world: World) -> None:
        first, second = move(world, confirmed(world), neighbours(world)).asked
        changing.accept_change(first, by=world.presenter, now=NOW)
        changing.refuse_change(second, by=world.neighbour, now=NOW, reason="Salen är uthyrd.")
        days = [b.starts_at for b in Booking.objects.with_ground().order_by("pk")]
        assert days == [SHOW_AT + 5 * DAY, SHOW_AT + DAY]

    def test_a_held_one_moves_and_nobody_is_told(self, world: World) -> None:
        (moved,) = move(world, held(world)).moved
        assert (moved.starts_at, Notice.objects.count()) == (SHOW_AT + 5 * DAY, 0)

    def test_an_offered_one_is_offered_anew(self, world: World) -> None:
        booking = offered(world)
        (new,) = move(world, booking).offered
        booking.refresh_from_db()
        assert (booking.status, new.status, new.starts_at) == (
            Status.WITHDRAWN,
            Status.OFFERED,
            SHOW_AT + 5 * DAY,
        )

    def test_who_is_not_chosen_stays(self, world: World) -> None:
        first, second = confirmed(world), neighbours(world)
        done = move(world, first, second, moves=frozenset([second.pk]))
        assert (done.stayed, [b.pk for b in done.asked]) == ([first], [second.pk])

    def test_one_that_cannot_undoes_all(self, world: World) -> None:
        first, second = confirmed(world), neighbours(world)
        with pytest.raises(Refused) as refusal:
            move(world, first, second, by_days=1)
        assert refusal.value.ids["booking"] == first.pk
        assert not ChangeProposal.objects.exists()

    def test_the_clock_is_kept_over_the_change_to_summer_time(self, world: World) -> None:
        booking = confirmed(world)
        moved = moving_days.moved_by(booking, 60)
        assert (moved.hour, moved.utcoffset()) == (11, timedelta(hours=2))

    def test_what_has_changed_since_is_told(self, world: World) -> None:
        booking = confirmed(world)
        seen = {booking.pk: booking.version}
        lifecycle.cancel(booking, by=world.presenter, now=NOW, reason="Vi kan inte.")
        with pytest.raises(NotNow):
            move(world, booking, seen=seen)

    @pytest.mark.parametrize(
        "changes", [{"reason": " "}, {"by_days": 0}, {"by_days": 121}, {"moves": frozenset()}]
    )
    def test_bad_input_is_refused(self, world: World, changes: dict[str, Any]) -> None:
        with pytest.raises(Refused):
            move(world, confirmed(world), **changes)


class TestCancelDays:
    def cancel(self, world: World, *hits: Booking, **more: Any) -> Any:
        seen = {booking.pk: booking.version for booking in hits}
        given = {"seen": seen, "until": LAST, **more}
        return cancel_day(world.tour, Cancellation(FIRST, WHY, **given), by=world.producer, now=NOW)

    def test_every_visit_of_the_days_is_cancelled_as_the_producers(self, world: World) -> None:
        first, second = confirmed(world), neighbours(world)
        self.cancel(world, first, second)
        found = Booking.objects.with_ground().order_by("pk")
        assert [(b.status, b.cancellation.cause) for b in found] == [("cancelled", "producer")] * 2

    def test_each_presenter_gets_another_day(self, world: World) -> None:
        first, second = confirmed(world), neighbours(world)
        to = {first.pk: SHOW_AT + 5 * DAY, second.pk: SHOW_AT + 6 * DAY}
        done = self.cancel(world, first, second, dates=to)
        assert [b.starts_at for b in done.offered] == [SHOW_AT + 5 * DAY, SHOW_AT + 6 * DAY]

    def test_another_of_the_lost_days_is_no_other_day(self, world: World) -> None:
        first = confirmed(world)
        with pytest.raises(Refused):
            self.cancel(world, first, dates={first.pk: SHOW_AT + DAY})

    def test_no_plan_uses_any_of_the_days(self, world: World) -> None:
        self.cancel(world, confirmed(world))
        days = ForbiddenDay.objects.filter(tour=world.tour).values_list("day", flat=True)
        assert sorted(days) == [FIRST, FIRST + DAY, LAST]

    def test_force_majeure_is_nobodys_doing(self, world: World) -> None:
        booking = confirmed(world)
        self.cancel(world, booking, cause="force_majeure")
        assert Booking.objects.with_ground().get(pk=booking.pk).cancellation.cause == "force_majeure"
