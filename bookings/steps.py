"""What every step of an agreement begins and ends with: the table is asked, then the new state is written."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bookings import answering, changes, digests, history, slots
from bookings.mail_kinds import ASKING
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.states import ACTIONS
from tours.errors import NotNow
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
    """Write the new state, its reservations, its links and its line of history; an offer that is over stays at home."""
    before = booking.status
    booking.status = ACTIONS[action].target or before
    booking.version += 1
    booking.changed_at = now
    booking.save()
    if before == Status.CONFIRMED and booking.status != Status.CONFIRMED:
        changes.close(booking, changes.Outcome.DROPPED, now)
    if reserves:
        slots.allocate(booking)
    if before == Status.OFFERED and booking.status != Status.OFFERED:
        answering.close_links(booking, now)
        digests.keep_home(booking.notices.filter(kind__in=ASKING))
    history.note(booking, action, before, by, now, reason=reason, details=details)
    return booking


def write(
    booking: Booking,
    action: str,
    by: User | None,
    now: datetime,
    *,
    fields: Sequence[str] = (),
    reason: str = "",
    details: Any = None,
) -> None:
    """Write fields of a visit that stays in its state, as its next version, with their line of history."""
    booking.version += 1
    booking.changed_at = now
    booking.save(update_fields=[*fields, "version", "changed_at"])
    history.note(booking, action, booking.status, by, now, reason=reason, details=details)
