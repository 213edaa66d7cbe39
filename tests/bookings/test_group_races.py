"""Counts told at once never fill a show beyond what it takes, and a group never has two visits on a day.

Both are kept by locks alone (`bookings.school_visits` says why), so the controls take the locks away.
"""

from threading import Barrier

import pytest
from django.db import connection, transaction

from bookings import group_days, lifecycle, school_visits, slots
from bookings.models import Booking, VisitGroup
from bookings.school_visits import Counts
from tests import factories as make
from tests.agreements import NOW
from tests.races import at_once
from tests.school import choice, confirmed_visit, group, later, other_tour
from tests.world import World
from venues.models import Group

pytestmark = pytest.mark.django_db(transaction=True)
FEW = 6
#: The production's most, as the small world has it.
MOST = 120


@pytest.fixture
def groups(world: World) -> list[Group]:
    """Six groups of one show: 72 pupils in all, and room for 48 more."""
    return [group(world, f"4{letter}", pupils_count=11, adults_count=1) for letter in "ABCDEF"]


def heads(visit: Booking) -> int:
    return sum(row.heads_count for row in VisitGroup.objects.filter(booking=visit))


def test_counts_told_at_once_never_fill_a_show_beyond_its_most(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups)

    def tell(of: Group) -> str:
        counts = {of.pk: Counts(31, 1)}
        school_visits.tell_counts(
            visit, by=world.school_contact, now=NOW, schools=[world.school], counts=counts
        )
        return "told"

    assert at_once(tell, groups) == {"told": 2, "Refused": 4}
    assert heads(visit) == 112


def test_looking_before_locking_loses_that_race(world: World, groups: list[Group]) -> None:
    """The control: the same counts, looked at first and written then."""
    visit = confirmed_visit(world, groups)
    all_have_looked = Barrier(FEW)

    def naive(of: Group) -> str:
        fits = heads(visit) + 20 <= MOST
        all_have_looked.wait(30)
        if fits:
            VisitGroup.objects.filter(booking=visit, group=of).update(pupils_count=31)
        return "told"

    at_once(naive, groups)
    assert heads(visit) == 192


def visits_of_one_day(world: World, count: int) -> list[Booking]:
    """Visits of as many tours to as many rooms of the school, all in one afternoon."""
    found = []
    for number in range(count):
        tour = other_tour(world, f"Fjällfolk {number}")
        room = make.VenueFactory(organisation=world.school, place=world.places["Krokom"])
        wish = tour.production.wishes.get()
        wish.venue = room
        wish.save()
        found.append(lifecycle.hold(tour=tour, wish=wish, starts_at=later(3), by=world.producer, now=NOW))
    return found


def test_a_group_set_at_several_visits_at_once_comes_to_one(world: World) -> None:
    one = group(world)

    def put(visit: Booking) -> str:
        school_visits.set_groups(visit, by=world.producer, now=NOW, choices=[choice(one)])
        return "set"

    assert at_once(put, visits_of_one_day(world, FEW)) == {"set": 1, "SlotTaken": FEW - 1}
    assert VisitGroup.objects.filter(group=one).count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time, locks or not")
def test_without_its_lock_a_group_comes_to_several(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one, all_have_looked = group(world), Barrier(FEW)
    monkeypatch.setattr(group_days, "lock", lambda groups: None)
    look = group_days._other

    def look_and_wait(booking: Booking, keys: set[int]) -> VisitGroup | None:
        found = look(booking, keys)
        all_have_looked.wait(30)
        return found

    visits = visits_of_one_day(world, FEW)
    monkeypatch.setattr(group_days, "_other", look_and_wait)

    def put(visit: Booking) -> str:
        with transaction.atomic():
            locked = slots.lock_booking(visit)
            VisitGroup.objects.create(booking=locked, group=one, pupils_count=24)
            group_days.check(locked)
        return "set"

    assert at_once(put, visits) == {"set": FEW}
