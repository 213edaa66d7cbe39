"""What an assessor is told by mail: invited, given applications to score, reminded, taken off the panel.

No mail says anything of an application.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from bookings import reach
from bookings.mail_kinds import KINDS
from bookings.models import Notice
from bookings.notices import after_quiet
from programmes import call_words
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
    """Write the mail in the assessor's language; its answers go to whoever has called."""
    call, user = assessment.call, assessor.user
    may_end = not KINDS[kind].is_essential
    if may_end and not reach.without_unsubscribed([(user.email, user.language)]):
        return False
    link = link or settings.BASE_URL + reverse("assessment", args=[call.slug])
    end = reach.unsubscribe_url(user.email, now) if may_end else ""
    with translation.override(user.language):
        told = {
            "assessment": assessment,
            "assessor": assessor,
            "call": call,
            "call_title": call_words.in_language(call, "title"),
            "link": link,
            "unsubscribe_url": end,
            **more,
        }
        subject = " ".join(render_to_string(f"programmes/mail/{kind}.subject.txt", told).split())
        text = render_to_string(f"programmes/mail/{kind}.txt", told).strip() + "\n"
    Notice.objects.create(
        kind=kind,
        to_email=user.email,
        reply_to=call.owner.email,
        language=user.language,
        subject=subject[:250],
        body_text=text,
        link=link,
        unsubscribe_url=end,
        producer=call.owner,
        run_at=now,
        send_after=after_quiet(now, call.owner),
    )
    return True
