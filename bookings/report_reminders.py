"""Asking for the report of a visit that is over, until it comes.

The house's choice: the morning after, then weekly, five times in all. The presenter is asked, who saw who came, by a
mail with a link that needs no account; where no mail reaches them, the producer. Visits that were over long before
Turne began to ask are left alone.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bookings import notices, report_links, slots
from bookings.clockwork import for_each
from bookings.models import Booking, ReportReminder
from bookings.models.booking import Status
from tours.windows import midnight

#: The hour of the first morning, local time.
MORNING = timedelta(hours=9)
EVERY = timedelta(days=7)
MOST = 5
#: A visit that ended longer ago, and for which nobody has been asked yet, is not asked for.
STALE = timedelta(days=30)


def first_at(booking: Booking) -> datetime:
    """When the report is asked for first: the morning after the get-out has ended."""
    return midnight(timezone.localdate(booking.occupied_to) + timedelta(days=1)) + MORNING


def remind_due(now: datetime) -> int:
    """Note when to ask for what is over since, and ask for what is due; how many were asked for."""
    _begin(now)
    due = Booking.objects.filter(report_reminder__next_at__lte=now).order_by("pk")
    return for_each(_remind, due, now)


def _begin(now: datetime) -> None:
    """A stored next reminder for each visit that is over and not reported."""
    over = Booking.objects.to_report(now).filter(occupied_to__gt=now - STALE, report_reminder=None)
    ReportReminder.objects.bulk_create(
        [ReportReminder(booking=booking, next_at=first_at(booking)) for booking in over],
        ignore_conflicts=True,  # another worker was here at the same time
    )


@transaction.atomic
def _remind(booking: Booking, now: datetime) -> int:
    booking = slots.lock_booking(booking)
    reminder = ReportReminder.objects.get(booking=booking)
    if reminder.next_at is None or reminder.next_at > now:
        return 0  # asked for by another worker, or reported in the meantime
    if booking.status != Status.CONFIRMED or booking.outcome:
        reminder.next_at = None
        reminder.save(update_fields=["next_at"])
        return 0
    reminder.sent_count += 1
    reminder.next_at = now + EVERY if reminder.sent_count < MOST else None
    reminder.save(update_fields=["sent_count", "next_at"])
    notices.report_wanted(booking, report_links.make_link(booking, now=now), now)
    return 1
