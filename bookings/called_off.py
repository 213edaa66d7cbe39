"""Whose doing a cancellation is, and whether it comes late: written once, by the rule that holds then.

What that means for the price no rule here says: it is for the agreement of the two sides.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Booking, VisitCancellation
from bookings.models.booking import Status
from bookings.permissions import sides_of
from bookings.states import PRODUCER
from tours.errors import Refused
from tours.models import Season
from venues.models import User

Cause = VisitCancellation.Cause


@dataclass(frozen=True)
class Tally:
    """How many visits were cancelled by somebody, and how many of them late by the rule of then."""

    cause: str
    count: int
    late: int

    @property
    def label(self) -> str:
        """Whose doing it was."""
        return str(Cause(self.cause).label)


def of_season(season: Season) -> list[Tally]:
    """The cancelled visits of a season by whose doing it was; none where nothing was."""
    rows = list(VisitCancellation.objects.filter(booking__tour__season=season))
    found = [(cause, [row for row in rows if row.cause == cause]) for cause in Cause.values]
    return [Tally(cause, len(of), sum(row.is_late for row in of)) for cause, of in found if of]


def write(booking: Booking, cause: str, by: User, now: datetime) -> dict[str, Any]:
    """Store whose doing it is and how many days before the visit it comes; the same for the history.

    The producer may write down a presenter's call. A presenter does not say that the producer has cancelled. What is
    postponed has no date, so that it cannot be late.

    Raises:
        Refused: there is no such cause, or it is not for them to say.

    Source: days before the visit is how artists' own terms tell late from in time; of two that are published, both owe
    the whole fee from about a month before (funbar.se/prisinformation/bokningsregler, partymusiker.se/finstilt). So the
    season's `late_cancel_days` begins with 30: the house's choice, and no rule of the trade.
    """
    plans = PRODUCER in sides_of(by, booking)
    cause = cause or (Cause.PRODUCER if plans else Cause.PRESENTER)
    if cause not in Cause.values or (cause == Cause.PRODUCER and not plans):
        raise Refused(
            _("Say whether you cancel it, or nobody can help it."), field="cause", booking=booking.pk
        )
    days = (timezone.localdate(booking.occupied_from) - timezone.localdate(now)).days
    row = VisitCancellation.objects.create(
        booking=booking,
        cause=cause,
        at=now,
        days_before=max(0, days),
        late_days=0 if booking.status == Status.POSTPONED else booking.tour.season.late_cancel_days,
    )
    booking.cancellation = row
    return {"cause": row.cause, "days_before": row.days_before, "late_days": row.late_days}
