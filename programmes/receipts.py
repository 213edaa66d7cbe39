"""What an applicant is told by mail: sent in, with its digest; withdrawn; a file refused by the virus scanner."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from bookings.models import Notice
from programmes import call_words
from programmes.models import Application, CallNotice, SampleFile, Submission

SENT_IN, WITHDRAWN, FILE_REFUSED = "application_sent_in", "application_withdrawn", "sample_file_refused"


def sent_in(application: Application, submission: Submission, now: datetime) -> Notice:
    """A receipt: what, when, and the digest by which both sides can show what it said."""
    return _post(SENT_IN, application, now, submission=submission)


def withdrawn(application: Application, now: datetime) -> Notice:
    """That it does not count any more."""
    return _post(WITHDRAWN, application, now)


def file_refused(file: SampleFile, now: datetime) -> Notice:
    """That the virus scanner has refused a file of it: what to do as long as the call is open."""
    return _post(FILE_REFUSED, file.application, now, file=file, is_open=file.application.call.is_open(now))


def _post(kind: str, application: Application, now: datetime, **more: Any) -> Notice:
    """Write the mail in the applicant's language; its answers go to whoever has called."""
    call, applicant = application.call, application.applicant
    link = settings.BASE_URL + reverse("application", args=[call.slug])
    with translation.override(applicant.language):
        told = {
            "application": application,
            "call_title": call_words.in_language(call, "title"),
            "link": link,
            **more,
        }
        subject = " ".join(render_to_string(f"programmes/mail/{kind}.subject.txt", told).split())
        text = render_to_string(f"programmes/mail/{kind}.txt", told).strip() + "\n"
    notice = Notice.objects.create(
        kind=kind,
        to_email=applicant.email,
        reply_to=call.owner.email,
        language=applicant.language,
        subject=subject[:250],
        body_text=text,
        link=link,
        producer=call.owner,
        run_at=now,
        send_after=now,
    )
    CallNotice.objects.create(
        notice=notice, call=call, application=application, occasion=CallNotice.Occasion.RECEIPT
    )
    return notice
