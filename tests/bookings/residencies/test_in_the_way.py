"""Visits and residencies meet: neither takes a room that the other has, wherever a visit is set down."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from bookings import (
    changing,
    closing,
    counters,
    free_slots,
    holds,
    layers,
    lifecycle,
    lines,
    moving_days,
    planning,
    running,
    slots,
)
from bookings.availability import Availability
from bookings.errors import ClosedOverVisits, PlanOutdated, SlotTaken
from bookings.models import Allocation, Booking
from bookings.models.booking import Status
from bookings.residencies import days, ending, reserving
from bookings.residencies.days import Days
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held
from tests.bookings.residencies.stays_made import Stay, planned
from tests.bookings.rivals import make_rival
from tests.world import World
from tours.errors import NotNow
from tours.models import Tour, Wish
from venues.models import Closure

#: Wednesday 3 February, when the visit would be, and the day after.
WEDNESDAY, THURSDAY = date(2027, 2, 3), date(2027, 2, 4)
TAKEN = r"Backe bygdegård, salen is already taken from .* \(Vindens väg\)"


def room(stay: Stay) -> Stay:
    reserving.reserve_room(stay.residency, stay.world.venue, **stay.act(now=NOW))
    return stay


def staying(world: World, first: date = WEDNESDAY, last: date = WEDNESDAY) -> Stay:
    """A residency that has the presenter's room on these days."""
    return room(planned(world, spans=[(first, last)]))


def windows(world: World) -> list[date]:
    wish = Wish.objects.with_ground().get(pk=world.wish.pk)
    tour = Tour.objects.with_ground().get(pk=world.tour.pk)
    return sorted({day for day, _low, _high in Availability(tour, [wish]).windows(wish)})


class TestAVisitTakesNoRoomOfAResidency:
    def test_a_first_option(self, world: World) -> None:
        stay = staying(world)
        with pytest.raises(SlotTaken, match=TAKEN) as refused:
            held(world, rank=1)
        assert refused.value.ids["rival_residency"] == stay.residency.pk
        assert Booking.objects.count() == 0

    def test_one_that_is_not_stored_yet(self, world: World) -> None:
        booking = held(world)
        tried = Booking.objects.with_ground().get(pk=booking.pk)
        tried.occupied_from += DAY
        tried.occupied_to += DAY
        staying(world, THURSDAY, THURSDAY)
        tried.pk = None
        with pytest.raises(SlotTaken, match=TAKEN):
            slots.check_free(tried)

    def test_a_further_option_that_is_offered_and_answered(self, world: World) -> None:
        staying(world)
        booking = lifecycle.offer(held(world, rank=2), by=world.producer, now=NOW)
        with pytest.raises(SlotTaken, match=TAKEN):
            lifecycle.confirm(booking, by=None, now=NOW)

    def test_a_change_of_what_is_confirmed(self, world: World) -> None:
        booking = confirmed(world)
        staying(world, THURSDAY, THURSDAY)
        with pytest.raises(SlotTaken, match=TAKEN):
            changing.propose_change(
                booking, by=world.producer, now=NOW, reason="Sjuk.", starts_at=SHOW_AT + DAY
            )

    def test_another_date_that_is_asked_for(self, world: World) -> None:
        booking = held(world)
        staying(world, THURSDAY, THURSDAY)
        asked = [counters.is_free(booking, SHOW_AT + many * DAY) for many in (1, 2)]
        assert asked == [False, True]

    def test_days_that_move_together(self, world: World) -> None:
        held(world)
        staying(world, THURSDAY, THURSDAY)
        told = [
            moving_days.consequences(world.tour, WEDNESDAY, WEDNESDAY, by, NOW)[0].refusal for by in (1, 2)
        ]
        assert [bool(why) for why in told] == [True, False]

    def test_another_rooms_visit_is_no_concern(self, world: World) -> None:
        staying(world)
        assert (
            lifecycle.hold(
                tour=world.tour, wish=world.neighbour_wish, starts_at=SHOW_AT, by=world.producer, now=NOW
            ).hold_rank
            == 1
        )


class TestTheLine:
    def test_whoever_does_not_insist_waits_behind_the_residency(self, world: World) -> None:
        staying(world)
        assert held(world, rank=None).hold_rank == 2

    def test_nobody_challenges_a_residency(self, world: World) -> None:
        staying(world)
        booking = held(world, rank=None)
        assert lines.in_vain(Booking.objects.with_ground().get(pk=booking.pk)) == {"challenge", "promote"}
        with pytest.raises(NotNow, match=TAKEN):
            holds.challenge(booking, by=world.producer, now=NOW)

    @pytest.mark.parametrize("way", ["release", "cancel", "days"])
    def test_whoever_waits_gets_the_room_that_is_let_go(self, world: World, way: str) -> None:
        stay = staying(world)
        booking = held(world, rank=None)
        act: dict[str, Any] = stay.act(now=NOW)
        if way == "release":
            reserving.release(stay.residency, venue=world.venue, **act)
        elif way == "cancel":
            ending.cancel(stay.residency, "host", why="Taket.", **act)
        else:
            period = stay.residency.periods.get()
            days.set_days(stay.residency, [Days(THURSDAY, THURSDAY, period.pk)], **act)
        booking.refresh_from_db()
        assert (booking.hold_rank, booking.status) == (1, Status.HELD)

    def test_and_waits_on_where_the_room_is_kept(self, world: World) -> None:
        stay = staying(world)
        booking = held(world, rank=None)
        reserving.reserve_dwelling(
            planned(world).residency, stay.dwelling, version=1, by=world.officer, now=NOW
        )
        room(stay)
        booking.refresh_from_db()
        assert booking.hold_rank == 2


class TestPlanning:
    def test_the_planner_does_not_see_the_residencys_days(self, world: World) -> None:
        before = windows(world)
        staying(world, WEDNESDAY, THURSDAY)
        assert [day for day in before if day not in windows(world)] == [WEDNESDAY, THURSDAY]

    def test_the_layers_say_that_the_room_is_taken(self, world: World) -> None:
        staying(world)
        wish = Wish.objects.with_ground().get(pk=world.wish.pk)
        asked = layers.asked_for(wish.organisation, wish.venue, wish.audience)
        found = layers.Layers([asked], WEDNESDAY, THURSDAY, "SE").days(asked)
        assert [[no.code for no in day.nos] for day in found] == [["taken"], []]

    def test_a_plan_over_its_room_is_not_adopted(self, world: World) -> None:
        proposal = running.run(planning.propose(world.tour, by=world.producer, seconds=2))
        staying(world, date(2027, 2, 1), date(2027, 2, 12))
        with pytest.raises((PlanOutdated, SlotTaken)):
            planning.adopt(proposal, by=world.producer, now=NOW)
        assert not Booking.objects.exists()

    def test_another_time_is_looked_for_beside_it(self, world: World) -> None:
        booking = held(world)
        staying(world, THURSDAY, date(2027, 2, 5))
        found = free_slots.free_slots(Booking.objects.with_ground().get(pk=booking.pk), NOW)
        days_found = {timezone.localdate(start) for start in found.starts}
        assert days_found & {THURSDAY, date(2027, 2, 5)} == set()
        assert days_found


class TestAResidencyTakesNoRoomOfAVisit:
    def test_one_that_is_held(self, world: World) -> None:
        booking = held(world)
        stay = planned(world, spans=[(WEDNESDAY, THURSDAY)])
        with pytest.raises(SlotTaken, match=r"salen is already taken .* \(Trumman våren 2027\)") as refused:
            room(stay)
        assert refused.value.ids["rival"] == booking.pk

    def test_one_that_is_kept_for_a_change(self, world: World) -> None:
        booking = confirmed(world)
        changing.propose_change(booking, by=world.producer, now=NOW, reason="Sjuk.", starts_at=SHOW_AT + DAY)
        with pytest.raises(SlotTaken):
            staying(world, THURSDAY, THURSDAY)

    def test_a_further_option_is_none(self, world: World) -> None:
        rival = make_rival(world, "Andra")
        staying(world)
        rival.held()
        other = planned(world, spans=[(THURSDAY, THURSDAY)])
        room(other)
        assert Allocation.objects.filter(is_blocking=True).count() == 2


class TestClosing:
    START = timezone.make_aware(datetime(2027, 2, 3, 8))

    def close(self, closed: Any, **more: Any) -> list[Closure]:
        end = self.START + timedelta(hours=9)
        return closing.close(closed, self.START, end, "Golvet", now=NOW, **more)

    @pytest.mark.parametrize("what", ["venue", "presenting"])
    def test_a_residency_is_named_and_stands_once_that_is_known(self, world: World, what: str) -> None:
        stay = staying(world)
        with pytest.raises(ClosedOverVisits, match="Vindens väg") as refused:
            self.close(getattr(world, what))
        assert (refused.value.code, refused.value.ids["residencies"]) == (
            "visits_booked",
            [stay.residency.pk],
        )
        made = self.close(getattr(world, what), despite=True)
        assert closing.stays_by_closure(made) == {made[0].pk: [stay.residency]}
        assert Allocation.objects.filter(residency=stay.residency).count() == 1

    def test_of_what_it_lay_over_already_nothing_is_asked_again(self, world: World) -> None:
        staying(world)
        made = self.close(world.venue, despite=True)
        end = self.START + timedelta(hours=4)
        changed = closing.change(made[0], self.START, end, "Golvet", now=NOW)
        assert changed.ends_at == end

    def test_another_room_is_no_concern(self, world: World) -> None:
        staying(world)
        assert len(self.close(world.neighbour_venue)) == 1
