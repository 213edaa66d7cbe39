"""Days that are taken from a stay: calendars that have shown them as agreed say so until they have passed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from bookings.models import DroppedPeriod, Residency, ResidencyPeriod


@transaction.atomic
def drop(period: ResidencyPeriod, now: datetime) -> None:
    """Delete the days. Part of a verb that changes a residency, which has locked it and writes its history.

    What was only planned or offered leaves no trace.
    """
    if _was_told_as_agreed(period.residency):
        DroppedPeriod.objects.create(
            residency=period.residency,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            uid=period.uid,
            sequence=period.sequence + 1,
            changed_at=now,
        )
    period.delete()


def _was_told_as_agreed(residency: Residency) -> bool:
    """Whether it is agreed, or was until a later contract was sent, which nobody has said yes to by now."""
    if residency.status != Residency.Status.OFFERED:
        return residency.status == Residency.Status.CONFIRMED
    last = residency.changes.exclude(from_status=F("to_status")).order_by("at", "pk").last()
    return last is not None and last.from_status == Residency.Status.CONFIRMED
