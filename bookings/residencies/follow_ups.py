"""A year after a stay: what became of the work. Asked by the clock once and once more, answered by the artist.

Where nobody answers for the artist, the host is asked and may answer.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.clockwork import for_each
from bookings.models import Residency, ResidencyFollowUp
from bookings.residencies import after_mail, locking
from tours.errors import NotNow, Refused
from tours.lengths import check_column
from venues.models import User

#: So long after the first asking comes the reminder, and so long after its day nobody is asked any more, because the
#: clock stood still. Source: the house's choice.
REMIND_AFTER, STALE = timedelta(days=21), timedelta(days=90)
#: Performances since the stay, at the most. Source: the house's choice, far beyond a slip of the pen.
SHOWN_MAX = 10_000


@dataclass(frozen=True)
class Answer:
    """What became of the work."""

    was_shown: bool
    performances_count: int | None
    words: str


def can_be_answered(asked: ResidencyFollowUp, today: date) -> bool:
    """Whether the year has passed."""
    return asked.due_on <= today


@transaction.atomic
def answer(residency: Residency, said: Answer, *, version: int, by: User, now: datetime) -> ResidencyFollowUp:
    """The answer, or another one; the earlier stands in the history.

    Raises:
        ItemChanged: somebody has answered since that version.
        NotNow: it is not asked for yet, or the residency is cancelled.
        Refused: a number can not be; `field` names it.
    """
    residency = locking.lock_standing(residency)
    found = ResidencyFollowUp.objects.filter(residency=residency).first()
    if found is None or not can_be_answered(found, timezone.localdate(now)):
        raise NotNow(_("It is asked for a year after the stay."), residency=residency.pk)
    locking.check_version(version, found.version, residency=residency.pk)
    _check(said)
    before = _told(found) if found.answered_at else {}
    found.was_shown, found.performances_count = said.was_shown, said.performances_count
    found.words, found.answered_at, found.by = said.words.strip(), now, by
    found.version += 1
    found.save()
    locking.note(residency, "follow_up", by, now, details={"before": before} if before else {})
    return found


def ask_due(now: datetime) -> int:
    """Ask for what is due, and remind once; how many were asked."""
    today = timezone.localdate(now)
    first = Q(asked_at=None)
    again = Q(asked_at__lte=now - REMIND_AFTER, reminded_at=None)
    due = ResidencyFollowUp.objects.filter(
        first | again, due_on__lte=today, due_on__gt=today - STALE, answered_at=None
    )
    return for_each(_ask, Residency.objects.filter(follow_up__in=due).order_by("pk"), now)


@transaction.atomic
def _ask(residency: Residency, now: datetime) -> int:
    residency = locking.lock(residency)
    found = ResidencyFollowUp.objects.get(residency=residency)
    if found.answered_at or residency.status == Residency.Status.CANCELLED:
        return 0
    if found.asked_at is None:
        found.asked_at = now
    elif found.reminded_at is None and found.asked_at <= now - REMIND_AFTER:
        found.reminded_at = now
    else:
        return 0  # asked by another worker
    found.save(update_fields=["asked_at", "reminded_at"])
    after_mail.follow_up_asked(residency, now)
    return 1


def _told(found: ResidencyFollowUp) -> dict[str, object]:
    return {
        "was_shown": found.was_shown,
        "performances_count": found.performances_count,
        "words": found.words,
    }


def _check(said: Answer) -> None:
    count = said.performances_count
    if count is not None and not 0 <= count <= SHOWN_MAX:
        raise Refused(
            _("Give a number from 0 to %(most)d.") % {"most": SHOWN_MAX}, field="performances_count"
        )
    if count and not said.was_shown:
        raise Refused(_("What has been performed has been shown."), field="was_shown")
    check_column(ResidencyFollowUp, "words", said.words)
