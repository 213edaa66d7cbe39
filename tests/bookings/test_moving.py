"""A visit is moved to another time."""

from datetime import date, datetime, time, timedelta

import pytest

from bookings import lifecycle
from bookings.errors import SlotTaken
from bookings.models import Allocation, Performance
from tests.agreements import DAY, NOW, SHOW_AT, STOCKHOLM, held
from tests.world import World
from tours.errors import Refused
from tours.models import Tour


class TestMove:
    def test_moves_everything_with_it(self, world: World) -> None:
        world.wish.shows_count = 2
        booking = lifecycle.move(
            held(world), by=world.producer, now=NOW + DAY, starts_at=SHOW_AT + DAY + timedelta(hours=1)
        )
        shift = DAY + timedelta(hours=1)
        starts = [p.starts_at for p in Performance.objects.order_by("number")]
        assert starts == [SHOW_AT + shift, SHOW_AT + shift + timedelta(minutes=75)]
        assert booking.occupied_from == SHOW_AT + shift - timedelta(minutes=75)
        reserved = Allocation.objects.values_list("occupied_from", "occupied_to").distinct()
        assert list(reserved) == [(booking.occupied_from, booking.occupied_to)]

    def test_raises_the_sequence_and_says_from_where_to_where(self, world: World) -> None:
        booking = lifecycle.move(held(world), by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        assert booking.performances.get().sequence == 1
        assert set(booking.changes.last().details) == {"from", "to"}

    def test_to_where_it_is_changes_nothing(self, world: World) -> None:
        booking = lifecycle.move(held(world), by=world.producer, now=NOW, starts_at=SHOW_AT)
        assert (booking.version, booking.changes.count()) == (1, 1)

    def test_within_its_own_time(self, world: World) -> None:
        moved = SHOW_AT + timedelta(minutes=15)
        booking = lifecycle.move(held(world), by=world.producer, now=NOW, starts_at=moved)
        assert booking.performances.get().starts_at == moved

    def test_onto_another_visit(self, world: World) -> None:
        held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        booking = held(world)
        with pytest.raises(SlotTaken):
            lifecycle.move(booking, by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        booking.refresh_from_db()
        assert booking.performances.get().starts_at == SHOW_AT
        assert booking.occupied_from == SHOW_AT - timedelta(minutes=75)

    def test_out_of_the_tour(self, world: World) -> None:
        with pytest.raises(Refused):
            lifecycle.move(held(world), by=world.producer, now=NOW, starts_at=SHOW_AT + 20 * DAY)

    def test_over_the_change_to_summer_time_the_clock_stays(self, world: World) -> None:
        Tour.objects.update(ends_on=date(2027, 4, 30))
        world.tour.refresh_from_db()
        late = datetime(2027, 4, 7, 11, 15, tzinfo=STOCKHOLM)
        booking = lifecycle.move(held(world), by=world.producer, now=NOW, starts_at=late)
        assert booking.performances.get().starts_at.astimezone(STOCKHOLM).time() == time(11, 15)
