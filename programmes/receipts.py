"""What an applicant is told by mail: sent in, with its digest; withdrawn; a file refused by the virus scanner."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from bookings.models import Notice
from programmes import call_letters
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
    """Write the mail; it leaves at once."""
    call, told = application.call, {"application": application, **more}
    link = settings.BASE_URL + reverse("application", args=[call.slug])
    notice = call_letters.post(kind, call, application.applicant, told, link=link, now=now, leaves_at=now)
    CallNotice.objects.create(
        notice=notice, call=call, application=application, occasion=CallNotice.Occasion.RECEIPT
    )
    return notice
