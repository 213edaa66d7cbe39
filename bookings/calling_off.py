"""A visit that is not played as it was agreed: its time let go, and everybody told whom it concerns."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bookings import crew_notices, lines, placing, school_notices, workshops
from bookings.models import Booking
from venues.models import User


def call_off(
    booking: Booking,
    action: str,
    tell: Callable[[Booking, datetime, str], Any],
    *,
    by: User,
    now: datetime,
    reason: str,
    details: Any = None,
    gives_on: bool = True,
) -> Booking:
    """End a visit that has begun its verb by that action, inside its transaction.

    Workshops beside it fall away, calendars strike its shows out, and both sides, its crew and the schools that would
    have come as guests get the reason.

    Args:
        tell: what mails the two sides.
        details, gives_on: as of `lines.end`.
    """
    workshops.call_off(booking, by, now)
    lines.end(booking, action, by, now, reason=reason, details=details, gives_on=gives_on)
    placing.touch_performances(booking, now)
    tell(booking, now, reason)
    crew_notices.called_off(booking, reason, now)
    school_notices.guests_hear("guest_off", booking, now, reason)
    return booking
