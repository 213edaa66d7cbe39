"""Free times for a visit: only those that the tour could really play, found in a bounded time."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from bookings import free_slots, lifecycle, orders
from bookings.free_slots import GroundTooLarge
from bookings.models import Booking
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, held, offered
from tests.bookings.rivals import make_rival
from tests.bookings.visits import visit
from tests.world import World
from tours.errors import Refused
from tours.models import EnsembleDayOff
from venues.models import Closure, SchoolHours


def days(booking: Booking, now: datetime = NOW) -> list[date]:
    return [timezone.localdate(at) for at in free_slots.free_slots(booking, now).starts]


def without(world: World, *numbers: int) -> list[date]:
    """The tour's days, but for Sunday 7 February and those."""
    every = [world.tour.starts_on + n * DAY for n in range(12)]
    return [day for day in every if day.day not in (7, *numbers)]


def test_every_working_day_of_a_tour_that_has_nothing_else(world: World) -> None:
    assert days(offered(world)) == without(world)


def test_another_time_on_the_offered_day_is_an_hour_away(world: World) -> None:
    found = free_slots.free_slots(offered(world), NOW).starts
    (same,) = [at for at in found if timezone.localdate(at) == SHOW_AT.date()]
    assert abs(same - SHOW_AT) >= timedelta(hours=1)


def test_all_days_were_looked_at(world: World) -> None:
    assert free_slots.free_slots(offered(world), NOW).is_whole


def test_a_day_on_which_the_venue_is_closed_is_not_free(world: World) -> None:
    Closure.objects.create(venue=world.venue, starts_at=SHOW_AT + DAY, ends_at=SHOW_AT + 3 * DAY)
    assert not {4, 5} & {day.day for day in days(offered(world)) if day.day == 5}


def test_a_day_on_which_the_ensemble_is_off_is_not_free(world: World) -> None:
    EnsembleDayOff.objects.create(
        ensemble=world.ensemble, starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 5)
    )
    assert days(offered(world)) == without(world, 4, 5)


def test_a_forbidden_day_is_not_free(world: World) -> None:
    orders.forbid_day(world.tour, date(2027, 2, 4), by=world.producer)
    assert days(offered(world)) == without(world, 4)


def test_days_that_have_passed_are_not_free(world: World) -> None:
    assert min(days(offered(world), SHOW_AT - DAY)) == SHOW_AT.date()


def test_a_time_that_another_tour_has_in_the_venue_is_not_free(world: World) -> None:
    make_rival(world, "Lyran").held(starts_at=(SHOW_AT + DAY).replace(hour=13))
    starts = free_slots.free_slots(offered(world), NOW).starts
    clear = timedelta(hours=2)
    assert all(abs(at - (SHOW_AT + DAY).replace(hour=13)) >= clear for at in starts)


def test_the_tours_own_visits_stay_where_they_are(world: World) -> None:
    far = SHOW_AT.replace(hour=18) + DAY
    confirmed(world, wish=world.neighbour_wish, starts_at=far)
    starts = free_slots.free_slots(offered(world), NOW).starts
    busy = [at for at in starts if at.date() == far.date()]
    assert all(at + timedelta(minutes=90) <= far - timedelta(minutes=75) for at in busy)


def test_a_declined_visit_has_free_times_too(world: World) -> None:
    assert len(days(countered(world))) == 11


def test_a_visit_that_nobody_has_wished_for_has_them_within_the_usual_hours(world: World) -> None:
    booking = visit(world, starts_at=SHOW_AT, status="offered", answer_by=SHOW_AT - DAY).booking
    assert len(days(Booking.objects.with_ground().get(pk=booking.pk))) == 11


class TestAskedFor:
    def test_a_time_that_is_free(self, world: World) -> None:
        booking = countered(world, SHOW_AT + 2 * DAY, SHOW_AT + DAY)
        assert free_slots.free_slots(booking, NOW).asked == (SHOW_AT + DAY, SHOW_AT + 2 * DAY)

    def test_hours_of_days_that_are_not_those_of_the_wish(self, world: World) -> None:
        booking = _with_days(world, time(17), time(18))
        found = free_slots.free_slots(booking, NOW)
        local = [timezone.localtime(at) for at in found.asked]
        assert [(at.day, 17 <= at.hour <= 18) for at in local] == [(8, True), (9, True)]
        assert days(booking) == without(world)  # one a day still

    def test_a_day_that_cannot_be_had_so_is_free_at_another_hour(self, world: World) -> None:
        booking = countered(world, SHOW_AT + DAY)
        Closure.objects.create(
            venue=world.venue, starts_at=SHOW_AT + DAY, ends_at=SHOW_AT + DAY + timedelta(minutes=5)
        )
        found = free_slots.free_slots(booking, NOW)
        assert (found.asked, len(found.starts)) == ((), 11)

    def test_nothing_where_nobody_has_asked(self, world: World) -> None:
        assert free_slots.free_slots(offered(world), NOW).asked == ()


def _with_days(world: World, earliest: time, latest: time) -> Booking:
    on = {"starts_on": date(2027, 2, 8), "ends_on": date(2027, 2, 9)}
    return lifecycle.counter(
        offered(world), by=world.presenter, now=NOW, earliest=earliest, latest=latest, **on
    )


def test_after_some_seconds_no_further_day_is_tried(world: World) -> None:
    ticks = iter([0.0, 1.0, 4.0])
    found = free_slots.free_slots(offered(world), NOW, clock=lambda: next(ticks))
    assert (found.is_whole, len(found.starts)) == (False, 2)


def test_the_nearest_days_are_tried_first(world: World) -> None:
    ticks = iter([0.0, 1.0, 2.0, 4.0])
    found = free_slots.free_slots(offered(world), NOW, clock=lambda: next(ticks))
    assert [timezone.localdate(at).day for at in found.starts] == [2, 3, 4]


def test_too_many_visits_are_not_tried_at_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(free_slots, "VISITS_MAX", 0)
    with pytest.raises(GroundTooLarge, match="too large to look for free times"):
        free_slots.free_slots(offered(world), NOW)


def test_looking_changes_nothing(world: World) -> None:
    booking = offered(world)
    before = list(Booking.objects.values())
    free_slots.free_slots(booking, NOW)
    assert list(Booking.objects.values()) == before


class TestCheckFree:
    def test_a_free_time_passes(self, world: World) -> None:
        free_slots.check_free(offered(world), SHOW_AT + DAY, NOW)

    def test_a_day_without_work_is_refused_in_words(self, world: World) -> None:
        with pytest.raises(Refused, match="cannot be played Sun 7 Feb 2027"):
            free_slots.check_free(offered(world), SHOW_AT + 4 * DAY, NOW)

    def test_what_another_visit_stands_in_the_way_of_is_refused(self, world: World) -> None:
        held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        with pytest.raises(Refused) as refusal:
            free_slots.check_free(offered(world), SHOW_AT + DAY, NOW)
        assert refusal.value.field == "starts_at"


class TestASchool:
    """Hours, lunch and other layers of a school's calendars are named."""

    @pytest.fixture
    def booking(self, world: World) -> Booking:
        """The school's visit at 11.45; it receives from 8 to 14 and eats from 10.45 to 11.30."""
        for weekday in range(5):
            SchoolHours.objects.create(
                school=world.school.school,
                weekday=weekday,
                starts=time(8),
                ends=time(14),
                lunch_starts=time(10, 45),
                lunch_ends=time(11, 30),
            )
        return confirmed(world, wish=world.school_wish, starts_at=SHOW_AT.replace(hour=11, minute=45))

    def test_a_change_into_the_lunch_is_refused_in_its_words(self, booking: Booking) -> None:
        into = SHOW_AT.replace(hour=11, minute=0)
        with pytest.raises(Refused) as caught:
            free_slots.check_change(booking, booking.venue, into, 1, NOW)
        assert str(caught.value) == (
            "It can not be played then: lunch 10:45–11:30 at Krokoms skola. Choose another time."
        )

    def test_a_change_beside_the_lunch_passes(self, booking: Booking) -> None:
        free_slots.check_change(booking, booking.venue, SHOW_AT.replace(hour=11, minute=30), 1, NOW)

    def test_free_times_keep_to_hours_and_lunch(self, booking: Booking) -> None:
        starts = [timezone.localtime(at) for at in free_slots.free_slots(booking, NOW).starts]
        assert {(at.hour, at.minute) for at in starts if at.hour < 11} <= {
            (9, n) for n in range(0, 60, 5)
        } | {(10, 0)}
        assert {at.weekday() for at in starts} <= set(range(5))
