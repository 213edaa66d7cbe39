"""What a write makes stale and dirty of residencies, by whatever way it is written."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import calendar_marks
from bookings.feeds import Address, private_address
from bookings.models import Allocation, CalendarEntry, DayLine, Residency, ResidencyPeriod, SubEvent
from tests.bookings.stays import day_line, period, room, stay, sub_event
from tests.bookings.stored import address, body_at, dirty
from tests.bookings.visits import NOW, visit
from tests.school import group
from tests.world import World
from venues.models import CalendarMark, Organisation, Place

KINDS = ["municipality", "place", "presenter", "venue", "production", "ensemble", "region"]


def all_of(world: World) -> list[Address]:
    return [
        *(address(world, kind) for kind in KINDS),
        *(Address("residency", row.slug) for row in Residency.objects.all()),
        Address("residencies", world.season.region.slug),
        private_address("presenter", world.presenting.pk),
        private_address("producer", world.producing.pk),
        private_address("ensemble", world.ensemble.pk),
        private_address("artist", world.stranger.pk),
        private_address("presenter", world.school.pk),
        address(world, "school"),
    ]


def all_made(world: World) -> Residency:
    """A residency in the calendars of all kinds, which are made."""
    made = stay(world, ensemble=world.ensemble, production=world.production, artist=world.stranger)
    room(period(made), world.venue)
    sub_event(made, venue=world.venue).groups.add(group(world))
    day_line(made)
    made.save()
    for where in all_of(world):
        body_at(where, NOW)
    assert dirty() == set()
    return made


@pytest.mark.parametrize(
    "write",
    [
        lambda world: Residency.objects.update(title="Ny"),
        lambda world: ResidencyPeriod.objects.update(sequence=7),
        lambda world: SubEvent.objects.update(title="Ny"),
        lambda world: SubEvent.objects.get().delete(),
        lambda world: day_line(Residency.objects.get(), words="Lunch"),
        lambda world: DayLine.objects.update(words="Lunch"),
        lambda world: DayLine.objects.get().delete(),
        lambda world: ResidencyPeriod.objects.get().delete(),
        lambda world: Allocation.objects.all()._raw_delete("default"),
        lambda world: Allocation.objects.update(venue=world.neighbour_venue),
        lambda world: world.venue.save(),
        lambda world: Place.objects.filter(pk=world.venue.place.pk).update(name="Nytt"),
        lambda world: world.venue.place.municipality.save(),
        lambda world: world.season.region.save(),
        lambda world: world.presenting.save(),
        lambda world: world.ensemble.save(),
    ],
)
def test_every_write_makes_all_its_calendars_dirty(world: World, write: Callable[[World], object]) -> None:
    all_made(world)
    write(world)
    assert dirty() == {str(where) for where in all_of(world)}


def test_a_deleted_residency_makes_all_dirty_that_it_was_in(world: World) -> None:
    made = all_made(world)
    where = {str(one) for one in all_of(world)}
    made.delete()
    assert dirty() == where
    assert not CalendarEntry.objects.filter(residency_ref__isnull=False).exists()


@pytest.mark.parametrize("what", ["name", "gone"])
def test_a_group_that_is_written_makes_those_dirty_that_say_it(world: World, what: str) -> None:
    made = all_made(world)
    one = made.sub_events.get().groups.get()
    if what == "gone":
        one.delete()
    else:
        type(one).objects.filter(pk=one.pk).update(name="5B")
    assert {
        str(private_address("presenter", ref)) for ref in (world.school.pk, world.presenting.pk)
    } <= dirty()


def test_one_that_moves_makes_those_dirty_that_it_leaves(world: World) -> None:
    all_made(world)
    Residency.objects.update(host=world.neighbouring, place=world.places["Åre"])
    assert {str(address(world, kind)) for kind in ("presenter", "place", "municipality")} <= dirty()


def test_an_artist_who_is_another_makes_the_first_one_s_dirty(world: World) -> None:
    all_made(world)
    Residency.objects.update(artist=world.neighbour)
    assert str(private_address("artist", world.stranger.pk)) in dirty()


def test_what_a_visit_reserves_leaves_no_mark(world: World) -> None:
    booking = visit(world).booking
    calendar_marks.take_in()
    made = Allocation.objects.create(
        booking=booking,
        venue=world.venue,
        occupied_from=booking.occupied_from,
        occupied_to=booking.occupied_to,
        is_blocking=True,
    )
    Allocation.objects.filter(pk=made.pk).update(is_blocking=False)
    made.delete()
    assert not CalendarMark.objects.exists()


def test_a_write_elsewhere_leaves_them(world: World) -> None:
    all_made(world)
    world.neighbouring.save()
    Organisation.objects.filter(pk=world.neighbouring.pk).update(name="Ny")
    assert dirty() == set()


def test_a_residency_costs_a_visit_that_is_written_nothing(world: World) -> None:
    booking = visit(world).booking
    calendar_marks.take_in()
    counts = []
    for _time in range(2):
        booking.save()
        with CaptureQueriesContext(connection) as asked:
            calendar_marks.take_in()
        counts.append(len(asked))
        sub_event(stay(world), venue=world.venue)
        calendar_marks.take_in()
    assert counts[0] == counts[1]
