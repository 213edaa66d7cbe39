"""What a write makes stale and dirty, by whatever way it is written."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from bookings import calendar_marks, feeds, history
from bookings.models import (
    Booking,
    CalendarEntry,
    ChecklistItem,
    Performance,
    StoredFeed,
    VisitContact,
)
from tests import factories as make
from tests.bookings.stored import address, body_at, dirty
from tests.bookings.visits import NOW, visit
from tests.checklists import prepared, settle
from tests.world import World
from venues.models import CalendarMark, Place, Road, WorkRuleProfile

KINDS = ["municipality", "place", "presenter", "venue", "production", "ensemble", "tour", "season", "region"]


def all_made(world: World) -> Performance:
    """A performance in the feeds of all kinds, which are made."""
    performance = visit(world)
    for kind in KINDS:
        body_at(address(world, kind), NOW)
    return performance


@pytest.mark.parametrize(
    "write",
    [
        lambda world: Booking.objects.update(status="cancelled"),
        lambda world: Performance.objects.update(sequence=7),
        lambda world: Booking.objects.get().delete(),
        lambda world: Performance.objects.all()._raw_delete("default"),
        lambda world: world.tour.save(),
        lambda world: world.production.save(),
        lambda world: world.production.rider.save(),
        lambda world: world.ensemble.save(),
        lambda world: world.venue.save(),
        lambda world: Place.objects.filter(pk=world.venue.place.pk).update(name="Nytt"),
        lambda world: world.venue.place.municipality.save(),
        lambda world: world.season.region.save(),
        lambda world: world.presenting.save(),
    ],
)
def test_every_write_makes_all_feeds_of_the_performance_dirty(world: World, write: Callable[[World], object]):
    all_made(world)
    write(world)
    assert dirty() == {str(address(world, kind)) for kind in KINDS}


def told(booking: Booking) -> VisitContact:
    return VisitContact.objects.create(booking=booking, role="artist_host", name="Maj", changed_at=NOW)


@pytest.mark.parametrize(
    "write",
    [
        lambda booking: settle(booking, "times", "done", by=booking.tour.bookings.get().wish.created_by),
        lambda booking: ChecklistItem.objects.filter(key="heated").update(state="open"),
        lambda booking: booking.checklist.delete(),
        told,
    ],
)
def test_what_is_prepared_makes_the_feeds_of_its_visit_dirty(
    world: World, write: Callable[[Booking], object]
):
    booking = prepared(world)
    body_at(address(world, "presenter"), NOW)
    write(booking)
    assert dirty() == {str(address(world, "presenter"))}


def test_a_new_performance_makes_the_feeds_dirty_that_it_comes_into(world: World):
    body_at(address(world, "municipality"), NOW)
    body_at(address(world, "school"), NOW)
    visit(world)
    assert dirty() == {str(address(world, "municipality"))}


def test_one_that_moves_makes_those_dirty_that_it_leaves(world: World):
    performance = all_made(world)
    Booking.objects.filter(pk=performance.booking_id).update(venue=world.neighbour_venue)
    assert {str(address(world, kind)) for kind in ("venue", "place")} <= dirty()


def test_a_venue_that_moves_makes_the_feeds_of_both_places_dirty(world: World):
    all_made(world)
    there = world.neighbour_venue.place
    body_at(type(address(world, "place"))("place", there.slug), NOW)
    type(world.venue).objects.filter(pk=world.venue.pk).update(place=there)
    assert {str(address(world, "place")), f"place/{there.slug}"} <= dirty()


def test_a_write_elsewhere_leaves_them(world: World):
    all_made(world)
    world.neighbouring.save()
    make.ClosureFactory(venue=world.venue)
    assert dirty() == set()


@pytest.mark.parametrize(
    "write",
    [
        lambda world: Road.objects.all().delete(),
        lambda world: WorkRuleProfile.objects.create(
            region=world.season.region,
            key="vilotider",
            label="Kör- och vilotider",
            severity="block",
            source="561/2006",
            parameters={"max_drive_without_break_h": 1, "min_drive_break_min": 45},
        ),
    ],
)
def test_a_road_or_a_law_makes_only_those_with_drives_dirty(world: World, write: Callable[[World], object]):
    all_made(world)
    where = feeds.private_address("producer", world.producing.pk)
    before = body_at(where, NOW)
    write(world)
    assert dirty() == {str(address(world, "ensemble")), str(where)}
    assert body_at(where, NOW) != before


def test_a_season_s_name_makes_its_own_calendar_dirty(world: World):
    all_made(world)
    world.season.save()
    assert dirty() == {str(address(world, "season"))}


def test_a_line_of_its_history_makes_a_visit_s_feeds_dirty(world: World):
    """A working day counts them, also those that are written without the visit."""
    booking = all_made(world).booking
    where = feeds.private_address("ensemble", world.ensemble.pk)
    body_at(where, NOW)
    history.note(booking, "practical", booking.status, world.presenter, NOW)
    assert str(where) in dirty()


def test_a_mark_is_rolled_back_with_its_change(world: World):
    calendar_marks.take_in()
    with transaction.atomic():
        world.production.save()
        transaction.set_rollback(True)
    assert not CalendarMark.objects.exists()


def test_an_entry_of_a_deleted_performance_goes_with_it(world: World):
    all_made(world).booking.delete()
    calendar_marks.take_in()
    assert not CalendarEntry.objects.exists()


def test_marks_are_taken_in_in_portions(world: World, monkeypatch):
    monkeypatch.setattr(calendar_marks, "MARKS_AT_ONCE", 2)
    calendar_marks.take_in()
    for _time in range(5):
        world.production.save()
    assert calendar_marks.take_in() == 5


def test_nothing_written_costs_one_read(world: World, django_assert_num_queries):
    calendar_marks.take_in()
    assert connection.in_atomic_block
    with django_assert_num_queries(3):  # and a savepoint, which is the test's
        calendar_marks.take_in()


def test_an_entry_counts_each_time_it_was_written(world: World):
    performance = all_made(world)
    before = CalendarEntry.objects.get(uid=performance.uid).generation
    for _time in range(2):
        world.production.save()
        calendar_marks.take_in()
    assert CalendarEntry.objects.get(uid=performance.uid).generation == before + 2
    assert StoredFeed.objects.filter(made=1).exists()
