"""The relay: takes what is due from the outbox and hands it to the mail server. Several may run at once.

The promise is: at least once, with the same Message-ID (a relay may die between sending and noting it).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from typing import Any

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction

from bookings import bounces
from bookings.models import Notice
from bookings.models.outgoing import BUNDLES, LOGIN_CODE
from bookings.secrets_in_mail import without_token

log = structlog.get_logger("turne.notices")

#: A relay that has not reported within this time is taken for dead, and its mail is sent by another.
LEASE = timedelta(minutes=5)
#: So few at a time that the slowest mail server (20 s to a time-out) is through before the lease is.
BATCH = 10
#: After so many failed attempts (about four hours of back-off) a notice counts as not sent.
ATTEMPTS_MAX = 15
BACK_OFF_MAX = timedelta(hours=1)


def send_all(clock: Callable[[], datetime]) -> int:
    """Send all that is due, batch after batch, so that a code does not wait behind many others; how many were sent.

    Args:
        clock: asked anew for each batch, whose lease begins then.
    """
    total = 0
    while (sent := send_pending(clock())) == BATCH:
        total += sent
    return total + sent


def send_pending(now: datetime, limit: int = BATCH) -> int:
    """Send what is due, at most `limit`; how many were sent."""
    return sum(_send(notice, now) for notice in _claim(now, limit))


def message_id(notice: Notice) -> str:
    """The Message-ID that the mail bears, however often it is sent."""
    return f"<{notice.pk}@turne>"


def _claim(now: datetime, limit: int) -> list[Notice]:
    """Take mails over, digests with all that is in them."""
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        notices = list(Notice.objects.due(now).select_for_update(skip_locked=skip)[:limit])
        for notice in notices:
            notice.state, notice.claimed_until = Notice.State.CLAIMED, now + LEASE
            notice.attempts += 1
            notice.save(update_fields=["state", "claimed_until", "attempts"])
            _pass_on(notice, state=notice.state, claimed_until=notice.claimed_until, attempts=notice.attempts)
    return notices


def _send(notice: Notice, now: datetime) -> int:
    try:
        _message(notice).send()
    except Exception as error:  # whatever a mail server does, the others are sent
        _fail(notice, now, error)
        return 0
    _report(notice, state=Notice.State.SENT, sent_at=now, last_error="")
    return 1


@transaction.atomic
def _report(notice: Notice, **values: Any) -> None:
    """Note how it went, unless the lease ran out and another relay has taken the mail over.

    Secrets go with the mail: a link's token when it is sent, a login code's text also when it is not.
    """
    mine = {"state": Notice.State.CLAIMED, "attempts": notice.attempts}
    wiped = {"body_text": ""} if notice.kind == LOGIN_CODE and values["state"] != Notice.State.WAITING else {}
    if values["state"] == Notice.State.SENT:
        wiped = _without_secrets(notice) | wiped
    if not Notice.objects.filter(pk=notice.pk, **mine).update(**values, **wiped):
        return
    _pass_on(notice, **values)
    if values["state"] == Notice.State.SENT and notice.kind in BUNDLES:
        for item in notice.items.filter(state=Notice.State.SENT):
            Notice.objects.filter(pk=item.pk).update(**_without_secrets(item))


def _pass_on(notice: Notice, **values: Any) -> None:
    """What is in a digest shares its fate; what was stopped before is not in it any more."""
    if notice.kind in BUNDLES:
        notice.items.exclude(state=Notice.State.STOPPED).update(**values)


def _without_secrets(notice: Notice) -> dict[str, str]:
    return {
        "body_text": without_token(notice.body_text),
        "body_html": without_token(notice.body_html),
        "link": without_token(notice.link),
        "unsubscribe_url": "",
    }


def _message(notice: Notice) -> EmailMultiAlternatives:
    headers = {"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"}
    if notice.unsubscribe_url:  # RFC 8058, section 3.1
        headers["List-Unsubscribe"] = f"<{notice.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        notice.subject,
        notice.body_text,
        to=[notice.to_email],
        reply_to=[notice.reply_to] if notice.reply_to else None,
        headers=headers,
    )
    if notice.body_html:
        message.attach_alternative(notice.body_html, "text/html")
    _invite(message, notice)
    return message


def _invite(message: EmailMultiAlternatives, notice: Notice) -> None:
    """The calendars of an invitation as attachments; the first one also where calendar programs look first.

    Source: RFC 6047 section 2.4 (the parameter `method` equals METHOD), RFC 5546 section 3.2.2 (one UID each).
    """
    method = notice.invitation.get("method", "")
    for number, calendar in enumerate(notice.invitation.get("calendars", []), start=1):
        if number == 1:
            message.attach_alternative(calendar, f"text/calendar; method={method}")
        message.attach(_file(calendar, method, f"turne-{number}.ics"))


def _file(calendar: str, method: str, name: str) -> MIMEBase:
    part = MIMEText(calendar, "calendar", "utf-8")
    part.set_param("method", method)
    part.set_param("name", name)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _fail(notice: Notice, now: datetime, error: Exception) -> None:
    """A receiver that is refused for good has bounced; every other failure is kept, shown and tried again."""
    if reason := bounces.refusal(error):
        _bounce(notice, now, reason)
    else:
        _postpone(notice, now, error)


@transaction.atomic
def _bounce(notice: Notice, now: datetime, reason: str) -> None:
    log.warning("notice refused", notice=str(notice.pk), attempts=notice.attempts, error=reason)
    _report(notice, state=Notice.State.BOUNCED, last_error=reason)
    bounces.note_refused(notice.to_email, reason, now)


def _postpone(notice: Notice, now: datetime, error: Exception) -> None:
    gave_up = notice.attempts >= ATTEMPTS_MAX
    log.warning("notice not sent", notice=str(notice.pk), attempts=notice.attempts, error=repr(error))
    _report(
        notice,
        state=Notice.State.FAILED if gave_up else Notice.State.WAITING,
        send_after=now + min(timedelta(seconds=2**notice.attempts), BACK_OFF_MAX),
        last_error=f"{type(error).__name__}: {error}"[:300],
    )
