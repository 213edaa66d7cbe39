"""The history of an agreement: lines that are only ever added."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bookings.models import Booking, BookingChange
from tours.models import Tour
from venues.models import User

#: What is done to prepare a confirmed visit: it changes nothing of what was agreed.
PREPARING = frozenset(
    {
        "list",
        "agreement",
        "tick",
        "untick",
        "not_needed",
        "solve",
        "practical",
        "describe",
        "contact",
        "no_contact",
        "groups",
        "counts",
        "came",
        "workshop",
        "workshop_moved",
        "workshop_again",
        "workshop_yes",
        "workshop_off",
        "workshop_came",
        "workshop_wanted",
        "workshop_no",
        "workshop_unwanted",
        "crew",
        "no_crew",
        "bus_order",
        "bus_reorder",
        "bus_confirm",
        "bus_not_needed",
        "bus_cancel",
        "bus_reopen",
        "bus_tell",
        "fund",
        "unfund",
    }
)


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


def of_tour(tour: Tour) -> "QuerySet[BookingChange]":
    """What has been agreed and undone on a tour; how its visits are prepared stands on the page of each."""
    changes = BookingChange.objects.filter(booking__tour=tour).exclude(action__in=PREPARING)
    return changes.select_related("by", "booking__presenter")
