"""The database itself refuses to take a venue or an ensemble twice."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from bookings.models import Allocation, Booking
from tests.world import World
from tours.models import Ensemble, Shared

NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def booking(world: World) -> Booking:
    return Booking.objects.create(
        tour=world.tour,
        presenter=world.presenting,
        venue=world.venue,
        occupied_from=NOON,
        occupied_to=NOON + HOUR,
        hold_expires_at=NOON,
        price=Decimal(0),
        currency="SEK",
        changed_at=NOON,
    )


def violinist(ensemble: Ensemble) -> Shared:
    of = {"producer": ensemble.producer, "kind": Shared.Kind.PERSON, "name": "the violinist"}
    return Shared.objects.get_or_create(**of)[0]


def take(
    booking: Booking, hours_later: float, *, is_blocking: bool = True, kind: str = "venue"
) -> Allocation:
    ensemble = booking.tour.production.ensemble
    resource = {"venue": booking.venue, "ensemble": ensemble, "shared": violinist(ensemble)}[kind]
    start = NOON + hours_later * HOUR
    with transaction.atomic():
        return Allocation.objects.create(
            booking=booking,
            occupied_from=start,
            occupied_to=start + HOUR,
            is_blocking=is_blocking,
            **{kind: resource},
        )


@pytest.mark.parametrize("kind", ["venue", "ensemble", "shared"])
def test_an_overlap_is_refused(booking: Booking, kind: str) -> None:
    take(booking, 0, kind=kind)
    with pytest.raises(IntegrityError, match=f"{kind}_taken_once"):
        take(booking, 0.5, kind=kind)


def test_ranges_are_half_open(booking: Booking) -> None:
    take(booking, 0)
    take(booking, 1)
    assert Allocation.objects.count() == 2


def test_rows_that_do_not_block_are_free(booking: Booking) -> None:
    take(booking, 0)
    take(booking, 0, is_blocking=False)
    assert Allocation.objects.count() == 2


def test_starting_to_block_is_guarded_too(booking: Booking) -> None:
    take(booking, 0)
    second = take(booking, 0.5, is_blocking=False)
    second.is_blocking = True
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_a_row_may_move_within_its_own_time(booking: Booking) -> None:
    row = take(booking, 0)
    row.occupied_to += HOUR
    row.save()
    assert Allocation.objects.get().occupied_to == NOON + 2 * HOUR


def test_validation_says_it_in_time(booking: Booking) -> None:
    take(booking, 0)
    second = take(booking, 0.5, is_blocking=False)
    second.is_blocking = True
    with pytest.raises(ValidationError):
        second.validate_constraints()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's form of the guard")
def test_triggers_stand_after_all_migrations(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%taken_once%' ORDER BY name"
        )
        names = [row[0] for row in cursor.fetchall()]
    assert names == [
        "dwelling_taken_once_insert",
        "dwelling_taken_once_update",
        "ensemble_taken_once_insert",
        "ensemble_taken_once_update",
        "shared_taken_once_insert",
        "shared_taken_once_update",
        "venue_taken_once_insert",
        "venue_taken_once_update",
    ]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's form of the guard")
def test_exclusion_constraints_stand_after_all_migrations(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x' ORDER BY conname")
        assert [row[0] for row in cursor.fetchall()] == [
            "dwelling_taken_once",
            "ensemble_taken_once",
            "pedagogue_booked_once",
            "residency_days_once",
            "shared_taken_once",
            "venue_taken_once",
        ]
