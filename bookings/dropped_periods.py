"""Days that are taken from a stay: calendars that have shown them as agreed say so until they have passed."""

from datetime import datetime

from django.db import transaction

from bookings.models import DroppedPeriod, Residency, ResidencyPeriod


@transaction.atomic
def drop(period: ResidencyPeriod, now: datetime) -> None:
    """Delete the days. Part of a verb that changes a residency, which has locked it and writes its history.

    What was only planned or offered leaves no trace.
    """
    if period.residency.status == Residency.Status.CONFIRMED:
        DroppedPeriod.objects.create(
            residency=period.residency,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            uid=period.uid,
            sequence=period.sequence + 1,
            changed_at=now,
        )
    period.delete()
