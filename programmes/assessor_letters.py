"""What an assessor is told by mail: invited, given applications to score, reminded, taken off the panel.

No mail says anything of an application.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from bookings import reach
from bookings.mail_kinds import KINDS
from bookings.notices import after_quiet
from programmes import call_letters
from programmes.models import Assessment, Assessor

INVITED, REMOVED, DEALT, REMINDED = (
    "assessor_invited",
    "assessor_removed",
    "assessor_dealt",
    "assessor_reminded",
)


def invited(assessment: Assessment, assessor: Assessor, now: datetime) -> None:
    """They sit on the panel: by when, and how one logs in."""
    _post(INVITED, assessment, assessor, now, login=settings.BASE_URL + reverse("account_login"))


def removed(assessment: Assessment, assessor: Assessor, now: datetime) -> None:
    """They do not any more, and why."""
    _post(REMOVED, assessment, assessor, now, link=settings.BASE_URL + reverse("assessments"))


def dealt(assessment: Assessment, assessor: Assessor, count: int, now: datetime) -> None:
    """So many applications more are theirs to score."""
    _post(DEALT, assessment, assessor, now, count=count)


def reminded(
    assessment: Assessment, assessor: Assessor, undeclared: int, open_count: int, now: datetime
) -> bool:
    """What they have left to do; False where no mail of the kind is wanted."""
    return _post(REMINDED, assessment, assessor, now, undeclared=undeclared, count=open_count)


def _post(
    kind: str, assessment: Assessment, assessor: Assessor, now: datetime, link: str = "", **more: Any
) -> bool:
    """Write the mail; False where no mail of the kind is wanted."""
    call, user = assessment.call, assessor.user
    may_end = not KINDS[kind].is_essential
    if may_end and not reach.without_unsubscribed([(user.email, user.language)]):
        return False
    call_letters.post(
        kind,
        call,
        user,
        {"assessment": assessment, "assessor": assessor, **more},
        link=link or settings.BASE_URL + reverse("assessment", args=[call.slug]),
        now=now,
        leaves_at=after_quiet(now, call.owner),
        unsubscribe_url=reach.unsubscribe_url(user.email, now) if may_end else "",
    )
    return True
