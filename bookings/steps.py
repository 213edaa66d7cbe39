"""What every step of an agreement begins and ends with: the table is asked, then the new state is written."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bookings import answering, history, slots
from bookings.errors import NotNow
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.states import ACTIONS
from venues.models import User


def begin(booking: Booking, action: str, now: datetime) -> Booking:
    """The booking locked, if the table allows the action from its state at that moment.

    Raises:
        NotNow: it is in another state, the deadline has passed, or a condition is not met.
    """
    booking = slots.lock_booking(booking)
    step = ACTIONS[action]
    if booking.status not in step.sources:
        raise NotNow(
            _("This cannot be done now: the visit is %(state)s. Reload the page to see what has happened.")
            % {"state": booking.get_status_display()},
            booking=booking.pk,
            status=booking.status,
        )
    if sentence := step.refusal(booking, now):
        raise NotNow(sentence, booking=booking.pk)
    return booking


def turn(
    booking: Booking,
    action: str,
    by: User | None,
    now: datetime,
    *,
    reason: str = "",
    details: Any = None,
    reserves: bool = True,
) -> Booking:
    """Write the new state, its reservations, its links and its line of history."""
    before = booking.status
    booking.status = ACTIONS[action].target or before
    booking.version += 1
    booking.changed_at = now
    booking.save()
    if reserves:
        slots.allocate(booking)
    if before == Status.OFFERED:
        answering.close_links(booking, now)
    history.note(booking, action, before, by, now, reason=reason, details=details)
    return booking
