"""Ten thousand mixed operations at once: nobody is stuck, no promise is broken.

Here a part of them; all of them by `make operations`, on whichever database DATABASE_URL names.
"""

import os

import pytest

from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import held
from tests.guarantees import operations
from tests.races import without_the_constraint
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = int(os.environ.get("TURNE_TEST_OPERATIONS", "160"))
THREADS = 8


def test_no_deadlock_in_ten_thousand_mixed_operations(world: World) -> None:
    found = operations.run(operations.crossing(world), count=COUNT, threads=THREADS, seed=1)
    assert (found.count, found.broken, operations.wrong()) == (COUNT, {}, [])
    assert found.done.total() > COUNT / 5
    print(f"\n{COUNT} operations by {THREADS} threads in {found.seconds:.1f} s: {dict(found.done)} done")
    print(f"{dict(found.refused)} refused")


# -- Controls: each promise is seen to be broken where it is ------------------------------------------------------


def test_two_that_are_first_are_seen(world: World) -> None:
    first = held(world)
    wanted = operations.crossing(world)
    second = wanted[0][0].held()
    Booking.objects.filter(pk=second.pk).update(hold_rank=1)
    assert list(operations.first_twice()) == [f"{first} and {second} are both first"]


def test_a_reservation_of_what_has_ended_is_seen(world: World) -> None:
    booking = held(world)
    Booking.objects.filter(pk=booking.pk).update(status=Status.RELEASED)
    assert operations.wrong() != []


def test_an_overlap_is_seen(world: World) -> None:
    held(world)
    second = operations.crossing(world)[0][0].held()
    with without_the_constraint():
        second.allocations.update(is_blocking=True)
        assert len(list(operations.overlaps())) == 1


def test_a_change_without_its_line_of_history_is_seen(world: World) -> None:
    booking = held(world)
    assert operations.wrong() == []
    Booking.objects.filter(pk=booking.pk).update(version=2)
    assert [*operations.gaps_in_history()] == [f"{booking}: version 2 after 1 changes"]
