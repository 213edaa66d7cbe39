"""The producer answers another date: takes a time that was asked for, or says no. Days and words become a new offer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import free_slots, lifecycle, lines, notices, placing, slots
from bookings.models import Booking, CounterOffer
from bookings.steps import begin, turn
from tours.errors import Refused
from venues.models import User


@transaction.atomic
def take(booking: Booking, *, by: User, now: datetime, starts_at: datetime) -> Booking:
    """Set the visit down at a time that its presenter has asked for, and confirm it: they have said yes to that time.

    Raises:
        NotNow: no other date waits for an answer, or its wish is booked anew.
        Refused: the time is not one that was asked for, or it is not legal beside the rest of the tour (any more).
        SlotTaken: somebody else has the venue or the ensemble by now.
        NoRoad, PlannerError: see `make_up.lost_day`.
    """
    booking = begin(booking, "take", now)
    counter = booking.open_counter
    assert counter is not None  # a condition of the step
    if not counter.slots.filter(starts_at=starts_at).exists():
        raise Refused(
            _("This is not one of the times that they have asked for. Give the visit a new date instead."),
            field="starts_at",
            booking=booking.pk,
        )
    if starts_at <= now:
        raise Refused(_("That time has passed. Choose one to come."), field="starts_at", booking=booking.pk)
    free_slots.check_free(booking, starts_at, now)
    before = booking.starts_at
    set_down(booking, starts_at, now)
    close(booking, CounterOffer.Outcome.TAKEN, now)
    moved = {"from": before.isoformat(), "to": starts_at.isoformat()}
    lifecycle.agree(booking, "take", by, now, details=moved)
    notices.taken(booking, now)
    return booking


@transaction.atomic
def turn_down(booking: Booking, *, by: User, now: datetime, reason: str) -> Booking:
    """Say no to the other date, and why; the presenter is told, and the visit stays declined."""
    booking = begin(booking, "turn_down", now)
    if not reason.strip():
        raise Refused(_("Say why it cannot be done: the presenter gets these words."), field="reason")
    close(booking, CounterOffer.Outcome.REFUSED, now)
    turn(booking, "turn_down", by, now, reason=reason, reserves=False)
    notices.turned_down(booking, now, reason)
    return booking


def set_down(booking: Booking, starts_at: datetime, now: datetime) -> None:
    """Put a visit that has no slot at a time that is free; the caller turns it, which reserves."""
    placing.place(booking, booking.performances.count(), starts_at)
    booking.hold_rank = lines.place_in(booking, 1)
    placing.shift_performances(booking, starts_at, now)


def close(booking: Booking, outcome: str, now: datetime) -> None:
    """The producer has answered what was proposed; nothing to do where nothing is open."""
    if counter := booking.open_counter:
        counter.outcome, counter.closed_at = outcome, now
        counter.save(update_fields=["outcome", "closed_at"])


def times_of(booking: Booking) -> list[datetime]:
    """The times that wait for the producer, in order of preference."""
    counter = booking.open_counter
    return [slot.starts_at for slot in counter.slots.all()] if counter else []


def is_free(booking: Booking, starts_at: datetime) -> bool:
    """Whether venue and ensemble are free at that time; the tour's rules are looked at when it is taken."""
    tried = Booking.objects.with_ground().get(pk=booking.pk)
    placing.place(tried, tried.performances.count(), starts_at)
    return slots.is_free(tried)
