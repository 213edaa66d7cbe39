"""Rooms and dwellings of a residency: never taken twice, by visits, residencies or closures."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from bookings.errors import SlotTaken
from bookings.models import Allocation, SubEvent
from bookings.residencies import reserving
from bookings.residencies.reserving import Hours
from tests.bookings.residencies.stays_made import MAY, NOW, Stay, dwelling, planned, reserved
from tests.world import World
from tours.errors import NotNow, Refused
from tours.windows import moment
from venues import dwellings
from venues.models import Closure

MORNINGS = Hours(time(9), time(12))
#: A day of the first period, at noon and at six.
NOON, SIX = moment(date(2027, 5, 5), 720), moment(date(2027, 5, 5), 1080)


@pytest.fixture
def stay(world: World) -> Stay:
    return planned(world)


def taken(stay: Stay, **thing: object) -> list[tuple[str, str]]:
    rows = Allocation.objects.filter(residency=stay.residency, **thing).order_by("occupied_from")
    return [
        (f"{timezone.localtime(row.occupied_from):%d %H}", f"{timezone.localtime(row.occupied_to):%d %H}")
        for row in rows
    ]


def take_room(stay: Stay, **more: object) -> None:
    reserving.reserve_room(stay.residency, stay.world.venue, **stay.act(**more))


def take_home(stay: Stay, **more: object) -> None:
    reserving.reserve_dwelling(stay.residency, stay.dwelling, **stay.act(**more))


class TestRooms:
    def test_a_room_is_taken_for_whole_days(self, stay: Stay) -> None:
        take_room(stay)
        assert taken(stay, venue=stay.world.venue) == [("03 00", "17 00"), ("09 00", "23 00")]

    def test_a_room_is_taken_for_some_hours_of_each_day(self, stay: Stay) -> None:
        take_room(stay, hours=MORNINGS, periods=[stay.residency.periods.all()[0].pk])
        times = taken(stay, venue=stay.world.venue)
        assert (len(times), times[0], times[-1]) == (14, ("03 09", "03 12"), ("16 09", "16 12"))

    def test_other_hours_take_the_place_of_the_first(self, stay: Stay) -> None:
        take_room(stay, hours=MORNINGS)
        take_room(stay)
        assert taken(stay, venue=stay.world.venue) == [("03 00", "17 00"), ("09 00", "23 00")]

    def test_two_share_a_room_by_their_hours(self, stay: Stay) -> None:
        other = planned(stay.world)
        take_room(stay, hours=MORNINGS)
        take_room(other, hours=Hours(time(12), time(17)))
        assert Allocation.objects.filter(venue=stay.world.venue).count() == 56

    def test_another_residency_is_told_by_what_and_when_it_is_taken(self, stay: Stay) -> None:
        take_room(stay)
        other = planned(stay.world, title="Skogens väg")
        with pytest.raises(
            SlotTaken, match=r"salen is already taken from Mon 3 May .* \(Vindens väg\)"
        ) as refused:
            take_room(other)
        assert refused.value.ids["rival_residency"] == stay.residency.pk
        assert taken(other) == []

    def test_hours_that_end_before_they_begin_are_refused(self, stay: Stay) -> None:
        with pytest.raises(Refused) as refused:
            take_room(stay, hours=Hours(time(12), time(12)))
        assert refused.value.field == "hours"

    def test_a_closed_room_is_refused_with_its_reason(self, stay: Stay) -> None:
        Closure.objects.create(venue=stay.world.venue, starts_at=NOON, ends_at=SIX, reason="Golvet slipas")
        with pytest.raises(SlotTaken, match="Golvet slipas"):
            take_room(stay)

    def test_so_is_one_of_a_house_that_is_closed(self, stay: Stay) -> None:
        Closure.objects.create(organisation=stay.world.presenting, starts_at=NOON, ends_at=SIX)
        with pytest.raises(SlotTaken, match="not available"):
            take_room(stay)
        take_room(stay, hours=MORNINGS)
        assert Allocation.objects.filter(residency=stay.residency).count() == 28

    def test_a_closure_that_came_afterwards_ends_nothing(self, stay: Stay) -> None:
        take_room(stay)
        Closure.objects.create(venue=stay.world.venue, starts_at=NOON, ends_at=SIX)
        take_home(stay)
        assert len(taken(stay, venue=stay.world.venue)) == 2

    def test_a_room_that_is_not_in_use_is_refused(self, stay: Stay) -> None:
        stay.world.venue.is_closed_down = True
        stay.world.venue.save()
        with pytest.raises(SlotTaken):
            take_room(stay)

    def test_a_room_that_was_let_go_is_free(self, stay: Stay) -> None:
        take_room(stay)
        reserving.release(stay.residency, venue=stay.world.venue, **stay.act())
        take_room(planned(stay.world))
        assert taken(stay) == []

    def test_what_it_has_not_got_is_not_let_go(self, stay: Stay) -> None:
        with pytest.raises(NotNow, match="not got it"):
            reserving.release(stay.residency, venue=stay.world.venue, **stay.act())

    def test_no_room_is_taken_for_what_is_over(self, stay: Stay) -> None:
        take_room(stay, now=datetime(2027, 6, 1, 9, tzinfo=NOW.tzinfo))
        assert taken(stay) == [("09 00", "23 00")]


class TestDwellings:
    def test_a_dwelling_is_taken_by_the_night(self, stay: Stay) -> None:
        take_home(stay)
        assert taken(stay, dwelling=stay.dwelling) == [("03 15", "16 11"), ("09 15", "22 11")]

    def test_one_leaves_and_another_comes_on_a_day(self, stay: Stay) -> None:
        take_home(stay)
        after = planned(stay.world, spans=[(MAY[1], MAY[1] + timedelta(days=3))])
        take_home(after)
        assert taken(after) == [("16 15", "19 11")]

    def test_a_dwelling_is_never_taken_twice(self, stay: Stay) -> None:
        take_home(stay)
        with pytest.raises(SlotTaken, match=r"Lägenheten i Backe, Backe is already taken from Mon 3 May"):
            take_home(planned(stay.world))

    def test_a_day_has_no_night(self, stay: Stay) -> None:
        short = planned(stay.world, spans=[(MAY[0], MAY[0])])
        with pytest.raises(Refused, match="no night"):
            take_home(short)

    def test_a_dwelling_that_is_not_lent_any_more_is_refused(self, stay: Stay) -> None:
        dwellings.lend(stay.dwelling, False, version=1)
        with pytest.raises(Refused) as refused:
            take_home(stay)
        assert refused.value.field == "dwelling"

    def test_whoever_has_it_keeps_it(self, world: World) -> None:
        stay = reserved(world)
        dwellings.lend(stay.dwelling, False, version=1)
        take_room(stay, hours=MORNINGS)
        assert len(taken(stay, dwelling=stay.dwelling)) == 2

    def test_beds_are_counted_over_the_dwellings_of_a_period(self, stay: Stay) -> None:
        take_home(stay)
        first = stay.residency.periods.all()[0].pk
        more = dwelling(stay.world, "Gäststugan", beds=2)
        reserving.reserve_dwelling(stay.residency, more, **stay.act(periods=[first]))
        found = [reserving.beds_of(stay.residency, row.pk) for row in stay.residency.periods.all()]
        assert found == [5, 3]


class TestSubEvents:
    """A sub-event reserves of its room what the residency does not have there already."""

    def event(self, stay: Stay) -> SubEvent:
        return SubEvent.objects.create(
            residency=stay.residency,
            kind="showing",
            title="Visning",
            venue=stay.world.venue,
            starts_at=NOON,
            ends_at=SIX,
            changed_at=NOW,
        )

    def test_alone_it_has_its_time(self, stay: Stay) -> None:
        self.event(stay)
        reserving.fit_sub_events(stay.residency, NOW)
        assert taken(stay) == [("05 12", "05 18")]

    def test_in_the_residencys_own_room_it_needs_none(self, stay: Stay) -> None:
        self.event(stay)
        reserving.fit_sub_events(stay.residency, NOW)
        take_room(stay)
        assert taken(stay) == [("03 00", "17 00"), ("09 00", "23 00")]

    def test_it_has_the_rest_of_its_time_beside_the_residencys_hours(self, stay: Stay) -> None:
        self.event(stay)
        take_room(stay, hours=Hours(time(9), time(15)), periods=[stay.residency.periods.all()[0].pk])
        assert ("05 15", "05 18") in taken(stay)

    def test_it_keeps_its_time_when_the_room_is_let_go(self, stay: Stay) -> None:
        self.event(stay)
        take_room(stay)
        reserving.release(stay.residency, venue=stay.world.venue, **stay.act())
        assert taken(stay) == [("05 12", "05 18")]
