"""What the database holds of a performance becomes the values of its calendar entry, in few queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from bookings import bus_orders, changing, ical, lifecycle, placing, postponing, stored_feeds
from bookings.entries import entry_of, span_of
from bookings.feeds import private_address
from bookings.models import Booking, BusOrder, Performance, VisitContact
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held
from tests.bookings.buses import NOW as BEFORE
from tests.bookings.buses import away, bus_rule, coming, fresh, school_of
from tests.bookings.visits import STARTS_AT, visit
from tests.checklists import item, prepared, settle
from tests.world import World
from tours.models import Tour, TourChange

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def entry(booking: Booking) -> ical.Entry:
    return entry_of(Performance.objects.with_ground().get(booking=booking))


class TestTimes:
    def test_where_nobody_has_said(self, world: World) -> None:
        found = entry(confirmed(world))
        moments = [found.arrives_at, found.seats_at, found.calls_at]
        assert [(SHOW_AT - at) / MINUTE for at in moments if at] == [15, 10, 35]

    def test_where_the_producer_has_said(self, world: World) -> None:
        rider = world.production.rider
        rider.arrival_min, rider.seating_min, rider.call_min = 5, 20, 40
        rider.save()
        found = entry(confirmed(world))
        moments = [found.arrives_at, found.seats_at, found.calls_at]
        assert [(SHOW_AT - at) / MINUTE for at in moments if at] == [20, 20, 40]

    def test_nobody_is_ready_before_the_get_in(self, world: World) -> None:
        world.production.rider.call_min = 240
        world.production.rider.save()
        booking = confirmed(world)
        assert entry(booking).calls_at == entry(booking).get_in_at == booking.occupied_from

    def test_nobody_is_ready_for_the_second_show_before_the_first_is_over(self, world: World) -> None:
        rider = world.production.rider
        rider.changeover_min, rider.call_min, rider.seating_min = 20, 35, 30
        rider.save()
        world.wish.shows_count = 2
        shows = Performance.objects.with_ground().filter(booking=confirmed(world)).order_by("number")
        first, second = map(entry_of, shows)
        assert second.calls_at == second.seats_at == first.ends_at


class TestMoved:
    def test_a_change_that_was_agreed_says_from_when(self, world: World) -> None:
        booking = confirmed(world)
        before = entry(booking)
        asked = {"by": world.producer, "now": NOW, "reason": "Sjukdom."}
        changing.propose_change(booking, starts_at=SHOW_AT + DAY, **asked)
        changing.accept_change(booking, by=world.presenter, now=NOW)
        after = entry(booking)
        assert (after.was_at, after.starts_at, after.uid) == (SHOW_AT, SHOW_AT + DAY, before.uid)
        assert after.sequence == before.sequence + 1

    def test_a_change_of_room_says_from_where(self, world: World) -> None:
        booking = confirmed(world)
        room = make.VenueFactory(
            organisation=world.presenting, place=world.places["Backe"], seats=120, max_persons=150
        )
        changing.propose_change(booking, venue=room, by=world.producer, now=NOW, reason="Taket läcker.")
        changing.accept_change(booking, by=world.presenter, now=NOW)
        assert (entry(booking).was_in, entry(booking).was_at) == (world.venue.name, None)

    def test_a_hold_that_moves_was_never_anywhere_else(self, world: World) -> None:
        booking = lifecycle.move(held(world), by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        assert entry(booking).was_at is None

    def test_r23_postponed_and_agreed_anew_counts_every_time(self, world: World) -> None:
        booking = confirmed(world)
        sequences = [entry(booking).sequence]
        postponing.postpone(booking, by=world.presenter, now=NOW, reason="Taket läcker.")
        sequences.append(entry(booking).sequence)
        postponing.reschedule(booking, by=world.producer, now=NOW, starts_at=SHOW_AT + 5 * DAY)
        sequences.append(entry(booking).sequence)
        lifecycle.confirm(booking, by=world.presenter, now=NOW)
        found = entry(booking)
        assert [*sequences, found.sequence] == [0, 1, 2, 3]
        assert (found.was_at, found.status) == (SHOW_AT, "confirmed")

    def test_r23_a_first_yes_does_not_count(self, world: World) -> None:
        booking = held(world)
        before = entry(booking).sequence
        lifecycle.confirm(booking, by=world.producer, now=NOW)
        assert entry(booking).sequence == before

    def test_r23_another_number_of_shows_keeps_who_stays(self, world: World) -> None:
        booking = confirmed(world)
        placing.set_performances(booking, 2, SHOW_AT, NOW)
        assert list(booking.performances.values_list("number", "sequence")) == [(1, 1), (2, 0)]


class TestPreparing:
    def test_what_the_presenter_has_left_before_the_day(self, world: World) -> None:
        booking = prepared(world)
        assert entry(booking).to_do == ("Tider", "Värme")
        settle(booking, "times", "done", by=world.producer)
        assert entry(booking).to_do == ("Värme",)

    def test_what_a_producer_has_written_is_not_told(self, world: World) -> None:
        booking = prepared(world)
        found = item(booking, "heated")
        found.key, found.words = "own-7", {"sv": "Ring Maj 070-174 06 05"}
        found.save()
        assert entry(booking).to_do == ("Tider",)

    def test_roles_say_whether_somebody_is_named_and_never_who(self, world: World) -> None:
        booking = prepared(world)
        VisitContact.objects.create(
            booking=booking, role="artist_host", name="Maj", phone="070-174 06 05", changed_at=NOW
        )
        roles = [("Artistvärd", "presenter", True), ("Ensemblen", "producer", False)]
        assert entry(booking).roles == tuple(ical.Role(*role) for role in roles)


def test_facts_that_nobody_knows_are_not_there(world: World) -> None:
    world.venue.hearing_loop, world.venue.lift, world.venue.wheelchair_places = True, False, 0
    world.venue.save()
    assert entry(confirmed(world)).access == (
        ("wheelchair_places", 0),
        ("hearing_loop", True),
        ("lift", False),
    )


def test_a_digital_room_has_no_place_to_go_to(world: World) -> None:
    world.venue.kind = "digital"
    world.venue.save()
    assert entry(confirmed(world)).is_online is True


def test_a_hundred_take_as_many_queries_as_one(world: World, django_assert_num_queries) -> None:
    for number in range(4):
        visit(world, STARTS_AT + number * DAY)
    with django_assert_num_queries(4):
        assert len([entry_of(show) for show in Performance.objects.with_ground()]) == 4


class TestBuses:
    @pytest.fixture
    def booking(self, world: World) -> Booking:
        """A visit in Strömsund to which the school in Krokom comes by a bus that is ordered."""
        bus_rule()
        found = away(world)
        coming(found, school_of(world))
        told: dict[str, Any] = {"version": 0, "by": world.school_contact, "now": BEFORE}
        bus_orders.order(fresh(found), school_of(world), 1, **told)
        return found

    def test_what_is_ordered_is_told(self, world: World, booking: Booking) -> None:
        (bus,) = entry(booking).buses
        order = BusOrder.objects.get()
        assert (bus.school, bus.is_own, bus.fits) == (str(world.school), False, True)
        assert (bus.leaves_at, bus.back_at) == (order.pick_up_at, order.back_at)

    def test_what_is_cancelled_is_not(self, world: World, booking: Booking) -> None:
        told: dict[str, Any] = {"version": 1, "by": world.school_contact, "now": BEFORE}
        bus_orders.cancel(fresh(booking), school_of(world), 1, **told)
        assert entry(booking).buses == ()

    def test_ordered_for_another_time_it_says_so(self, booking: Booking) -> None:
        Performance.objects.update(starts_at=F("starts_at") + HOUR, ends_at=F("ends_at") + HOUR)
        (bus,) = entry(booking).buses
        assert not bus.fits

    def test_the_house_s_calendar_follows(self, world: World, booking: Booking) -> None:
        address = private_address("presenter", world.neighbouring.pk)
        before = stored_feeds.make(address, BEFORE)
        BusOrder.objects.update(status="confirmed", back_at=None)
        after = stored_feeds.make(address, BEFORE)
        assert before
        assert after
        assert [b"ter kl. 1" in made.body.replace(b"\r\n ", b"") for made in (before, after)] == [True, False]


class TestSpan:
    def span(self, world: World) -> ical.Span:
        return span_of(Tour.objects.for_calendars().get(pk=world.tour.pk))

    def test_a_tour_is_its_days_without_its_working_name(self, world: World) -> None:
        found = self.span(world)
        assert (found.starts_on, found.ends_on) == (world.tour.starts_on, world.tour.ends_on)
        assert (found.title, found.status) == (world.production.title, "tentative")
        assert world.tour.name.encode() not in ical.render_span(found, "https://turne.example.org")

    def test_every_version_and_step_counts(self, world: World) -> None:
        before = self.span(world)
        Tour.objects.filter(pk=world.tour.pk).update(version=world.tour.version + 1, stage="cancelled")
        TourChange.objects.create(
            tour=world.tour, at=NOW + DAY, action="cancel", from_stage="draft", to_stage="cancelled"
        )
        after = self.span(world)
        assert (after.uid, after.sequence, after.status) == (before.uid, before.sequence + 2, "cancelled")

    @pytest.mark.parametrize("later", [NOW, NOW + 4000 * DAY])
    def test_its_last_change_is_the_later_of_frame_and_stage(self, world: World, later) -> None:
        TourChange.objects.create(
            tour=world.tour, at=later, action="open", from_stage="draft", to_stage="open"
        )
        world.tour.refresh_from_db()
        assert self.span(world).changed_at == max(later, world.tour.changed_at)

    def test_many_take_two_queries(self, world: World, django_assert_num_queries) -> None:
        with django_assert_num_queries(2):
            assert [span_of(tour) for tour in Tour.objects.for_calendars()]
