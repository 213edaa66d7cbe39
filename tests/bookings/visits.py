"""Visits on the tour of the small world: a booking in some state, with one performance."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from bookings.models import Booking, Performance
from tests.world import World

#: When the tests read their feeds, and when their first performance starts: Thursday 4 February 2027, 18.00.
NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)
STARTS_AT = datetime(2027, 2, 4, 17, tzinfo=UTC)
CHANGED_AT = datetime(2027, 1, 10, 12, tzinfo=UTC)


def visit(world: World, starts_at: datetime = STARTS_AT, **fields: Any) -> Performance:
    """A performance of a confirmed and published booking at the world's presenter, unless told otherwise."""
    values = {
        "tour": world.tour,
        "presenter": world.presenting,
        "venue": world.venue,
        "status": "confirmed",
        "published_at": CHANGED_AT,
        "price": Decimal(9800),
        "currency": "SEK",
        "changed_at": CHANGED_AT,
        **fields,
    }
    hour = timedelta(hours=1)
    booking = Booking.objects.create(
        occupied_from=starts_at - hour,
        occupied_to=starts_at + 2 * hour,
        hold_expires_at=starts_at - hour,
        **values,
    )
    return Performance.objects.create(
        booking=booking,
        number=1,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45),
        changed_at=values["changed_at"],
    )


def change(performance: Performance, at: datetime, **fields: Any) -> None:
    """Change its booking as a verb would: the fields, and when."""
    Booking.objects.filter(pk=performance.booking_id).update(changed_at=at, **fields)
