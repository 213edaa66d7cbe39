"""The history of an agreement: lines that are only ever added."""

from datetime import datetime
from typing import Any

from bookings.models import Booking, BookingChange
from venues.models import User


def note(
    booking: Booking,
    action: str,
    before: str,
    by: User | None,
    now: datetime,
    *,
    reason: str = "",
    details: Any = None,
) -> None:
    """Write what was done, by whom, from which state to the booking's present one, and why."""
    BookingChange.objects.create(
        booking=booking,
        at=now,
        by=by,
        action=action,
        from_status=before,
        to_status=booking.status,
        reason=reason,
        details=details or {},
    )
