"""A confirmed visit that is to be played later: put off without a date, and given a new one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import counters, lifecycle, lines, notices
from bookings.calling_off import call_off
from bookings.models import Booking, CounterOffer
from bookings.steps import begin, turn
from tours.errors import Refused
from venues.models import User


@transaction.atomic
def postpone(booking: Booking, *, by: User, now: datetime, reason: str) -> Booking:
    """Put a confirmed visit off until there is a new date. Its time is let go, and calendars show it as cancelled.

    What was agreed stays: price, venue and number of shows.
    """
    booking = begin(booking, "postpone", now)
    if not reason.strip():
        raise Refused(_("Say why it is postponed: the other side gets these words."), field="reason")
    return call_off(booking, "postpone", notices.postponed, by=by, now=now, reason=reason)


@transaction.atomic
def reschedule(
    booking: Booking,
    *,
    by: User,
    now: datetime,
    starts_at: datetime,
    offers: bool = True,
    answer_by: datetime | None = None,
) -> Booking:
    """Give a postponed visit, or one whose presenter has proposed another date, a new date that must be free.

    Args:
        offers: whether it is offered at once; otherwise it is held, and nobody is told yet.
        answer_by: see `lifecycle.offer`.

    Raises:
        NotNow: it is neither, or its wish is booked anew.
        Refused: the day is outside the tour, or the time has passed.
        SlotTaken: the venue or the ensemble is taken, closed or off.
    """
    booking = begin(booking, "reschedule", now)
    if starts_at <= now:
        raise Refused(_("That time has passed. Choose one to come."), field="starts_at", booking=booking.pk)
    before = booking.starts_at
    counters.set_down(booking, starts_at, now)
    booking.answer_by = booking.answer_remind_at = None
    lines.keep_until(booking, lines.default_end(booking, now), now)
    moved = {"from": before.isoformat(), "to": starts_at.isoformat()}
    turn(booking, "reschedule", by, now, details=moved)
    counters.close(booking, CounterOffer.Outcome.TAKEN, now)
    return lifecycle.offer(booking, by=by, now=now, answer_by=answer_by) if offers else booking
