"""Reminding assessors of what is left before the due date: by the clock, and by whoever runs the call."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.clockwork import for_each
from programmes import assessor_letters, conflicts, reviews
from programmes.assessment_steps import check_begun, lock, note
from programmes.models import Assessment, AssessmentChange, Assessor
from tours.errors import NotNow
from venues.models import User

#: So many days before the due date the clock reminds. Source: the house's choice; a week to read in, and the last days.
BEFORE = (7, 2)
#: Nobody is reminded by hand more often. Source: the house's choice.
BETWEEN = timedelta(hours=20)


@dataclass(frozen=True)
class Left:
    """What an assessor has left: applications to declare about, and to score."""

    undeclared: int
    to_score: int

    def __bool__(self) -> bool:
        return bool(self.undeclared or self.to_score)


def left(assessor: Assessor) -> Left:
    """What one has left to do now."""
    finished, dealt = reviews.progress(assessor)
    return Left(conflicts.to_declare(assessor).count(), dealt - finished)


@transaction.atomic
def remind(assessment: Assessment, *, by: User, now: datetime) -> int:
    """Remind all who have something left, but nobody who was reminded in the last hours; how many.

    Raises:
        NotNow: the call has not closed, the assessment has, or nobody is left to remind.
    """
    assessment = lock(assessment.call, None)
    check_begun(assessment.call, now)
    seats = Assessor.objects.active().filter(call=assessment.call_id).exclude(reminded_at__gt=now - BETWEEN)
    count = sum(_remind(assessment, seat, by, now) for seat in seats.select_related("user", "call"))
    if not count:
        raise NotNow(
            _("Nobody is reminded: all is done, or they have been reminded lately."), call=assessment.call_id
        )
    return count


def remind_due(now: datetime) -> int:
    """Remind those who have something left when the due date is near, once for each of the days; how many."""
    today = timezone.localdate(now)
    open_ones = Assessment.objects.filter(
        closed_at=None, call__withdrawn_at=None, call__closes_at__lte=now,
        due_on__gte=today, due_on__lte=today + timedelta(days=max(BEFORE)),
    )  # fmt: skip
    return for_each(_remind_panel, open_ones.order_by("due_on", "pk"), now)


@transaction.atomic
def _remind_panel(assessment: Assessment, now: datetime) -> int:
    assessment = lock(assessment.call, None)
    days_left = (assessment.due_on - timezone.localdate(now)).days
    step = min(day for day in BEFORE if day >= days_left)
    since = assessment.due_on - timedelta(days=step)
    seats = Assessor.objects.active().filter(call=assessment.call_id).select_related("user", "call")
    due = [seat for seat in seats if seat.reminded_at is None or timezone.localdate(seat.reminded_at) < since]
    return sum(_remind(assessment, seat, None, now) for seat in due)


def _remind(assessment: Assessment, seat: Assessor, by: User | None, now: datetime) -> bool:
    todo = left(seat)
    if not todo or not assessor_letters.reminded(assessment, seat, todo.undeclared, todo.to_score, now):
        return False
    seat.reminded_at = now
    seat.save(update_fields=["reminded_at"])
    note(assessment, AssessmentChange.Action.REMINDED, by, now, assessor=seat, bump=by is not None)
    return True
