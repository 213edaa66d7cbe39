"""Who is told what, in which language. Verbs write rows in their own transaction; a relay sends them.

The promise is: at least once, with the same Message-ID (a relay may die between sending and noting it).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator

from bookings import hold_words
from bookings.models import Booking, Notice
from venues.models import HOSTS, Membership, Organisation, School, User

log = structlog.get_logger("turne.notices")

#: A relay that has not reported within this time is taken for dead, and its mail is sent by another.
LEASE = timedelta(minutes=5)
#: So few at a time that the slowest mail server (20 s to a time-out) is through before the lease is.
BATCH = 10
#: After so many failed attempts (about four hours of back-off) a notice counts as not sent.
ATTEMPTS_MAX = 15
BACK_OFF_MAX = timedelta(hours=1)
LOGIN_CODE = "login_code"
SUBJECT_MAX = 250
_ANSWER_PATH = re.compile(r"/svar/[\w-]+/")


@dataclass(frozen=True)
class Letter:
    """A mail as it would be sent: to whom (nobody when empty), and what it says."""

    to: list[str]
    subject: str
    body: str


def offered(booking: Booking, token: str, now: datetime) -> int:
    """The presenter gets the offer with its answer link; to how many addresses it goes."""
    link = settings.BASE_URL + reverse("answer", args=[token])
    return _tell_presenter("offered", booking, now, answer_url=link)


def offer_letter(booking: Booking, answer_by: datetime) -> Letter:
    """The offer as its receivers would get it; nothing is written. The answer link is left out."""
    booking.answer_by = answer_by
    producer = booking.tour.production.ensemble.producer
    context = _context(booking, booking.presenter, producer, {"answer_url": f"{settings.BASE_URL}/svar/…/"})
    addresses = _addresses(booking.presenter, HOSTS)
    with translation.override(addresses[0][1] if addresses else booking.presenter.language):
        subject, body = _subject("offered", context), _text("offered", context)
    return Letter([email for email, _language in addresses], subject, body)


def confirmed(booking: Booking, now: datetime, message: str) -> None:
    """Both sides get the confirmed date, and the producer what the presenter wrote."""
    _tell_presenter("confirmed", booking, now, feed_url=calendar_url(booking.presenter))
    _tell_producer("answered", booking, now, message=message)


def answered(booking: Booking, now: datetime, message: str) -> None:
    """The producer gets the presenter's no or other date."""
    _tell_producer("answered", booking, now, message=message)


def withdrawn(booking: Booking, now: datetime, reason: str) -> None:
    """The presenter hears that the offer is taken back."""
    _tell_presenter("withdrawn", booking, now, message=reason)


def expired(booking: Booking, now: datetime) -> None:
    """Both sides hear that the answer date has passed."""
    _tell_presenter("expired", booking, now)
    _tell_producer("answered", booking, now)


def cancelled(booking: Booking, now: datetime, reason: str) -> None:
    """Both sides hear of a cancellation at once: a feed alone is read hours later."""
    _tell_presenter("cancelled", booking, now, message=reason)
    _tell_producer("answered", booking, now, message=reason)


def about_hold(kind: str, booking: Booking, now: datetime, other: Booking | None = None) -> None:
    """The producer of a hold hears what has become of it; `kind` is one of `hold_words.WORDS`.

    Args:
        other: the visit on the other side of the matter, whose producer an answer goes to.
    """
    ours = booking.tour.production.ensemble.producer
    theirs = other.tour.production.ensemble.producer if other else booking.presenter
    words = {
        # Templates call them, in the receiver's language.
        "title": partial(hold_words.title, kind, booking, other),
        "lead": partial(hold_words.lead, kind, booking, other),
    }
    _tell(kind, booking, ours, [Membership.Role.PRODUCER], theirs, now, words, template="hold")


def calendar_url(organisation: Organisation) -> str:
    """The public calendar of a presenter, or of a school, to subscribe to."""
    is_school = School.objects.filter(organisation=organisation).exists()
    return settings.BASE_URL + reverse(
        "feed-school" if is_school else "feed-presenter", args=[organisation.slug]
    )


def post_login_code(*, to: str, language: str, subject: str, body: str, now: datetime) -> Notice:
    """A mail with a login code. The relay wipes the text once it is sent."""
    return Notice.objects.create(
        kind=LOGIN_CODE, to_email=to, language=language, subject=subject, body_text=body, send_after=now
    )


def retry(notice: Notice, now: datetime) -> None:
    """Try a notice that was not sent once more, from the beginning. A login code is dead by then."""
    Notice.objects.filter(pk=notice.pk, state=Notice.State.FAILED).exclude(kind=LOGIN_CODE).update(
        state=Notice.State.WAITING, attempts=0, send_after=now, last_error=""
    )


def without_token(text: str) -> str:
    """The text of a mail as others than its receiver may read it: the answer link's secret cut out."""
    return _ANSWER_PATH.sub("/svar/…/", text)


def send_pending(now: datetime, limit: int = BATCH) -> int:
    """Send what is due, at most `limit`; how many were sent. Several relays may run at once."""
    return sum(_send(notice, now) for notice in _claim(now, limit))


def _tell_presenter(kind: str, booking: Booking, now: datetime, **more: Any) -> int:
    return _tell(
        kind, booking, booking.presenter, HOSTS, booking.tour.production.ensemble.producer, now, more
    )


def _tell_producer(kind: str, booking: Booking, now: datetime, **more: Any) -> None:
    producer = booking.tour.production.ensemble.producer
    _tell(kind, booking, producer, [Membership.Role.PRODUCER], booking.presenter, now, more)


def _tell(
    kind: str,
    booking: Booking,
    receiver: Organisation,
    roles: Sequence[str],
    other_side: Organisation,
    now: datetime,
    more: dict[str, Any],
    template: str = "",
) -> int:
    """One row for each address: the role address where there is one, else the members who act.

    Args:
        template: the mail's template, where it does not bear the kind's name.
    """
    template = template or kind
    addresses = _addresses(receiver, roles)
    for email, language in addresses:
        with translation.override(language):
            context = _context(booking, receiver, other_side, more)
            Notice.objects.create(
                kind=kind,
                to_email=email,
                reply_to=other_side.email,
                language=language,
                subject=_subject(template, context),
                body_text=_text(template, context),
                body_html=render_to_string(f"bookings/mail/{template}.html", context),
                booking=booking,
                send_after=now,
            )
    return len(addresses)


def _text(template: str, context: dict[str, Any]) -> str:
    """The mail as plain text: added to, it loses the mark of safe HTML that every template gives."""
    return render_to_string(f"bookings/mail/{template}.txt", context) + ""


def _subject(template: str, context: dict[str, Any]) -> str:
    """One line, cut to what the column holds: titles and names may be long."""
    line = " ".join(render_to_string(f"bookings/mail/{template}.subject.txt", context).split())
    return Truncator(line).chars(SUBJECT_MAX)


def _addresses(receiver: Organisation, roles: Sequence[str]) -> list[tuple[str, str]]:
    if receiver.email:
        return [(receiver.email, receiver.language)]
    members = User.objects.filter(
        memberships__organisation=receiver, memberships__role__in=roles, is_active=True
    ).distinct()
    return [(member.email, member.language) for member in members]


def _context(
    booking: Booking, receiver: Organisation, other_side: Organisation, more: dict[str, Any]
) -> dict[str, Any]:
    booking_url = settings.BASE_URL + reverse("booking", args=[booking.pk])
    return {
        "booking": booking,
        "production": booking.tour.production,
        "performances": list(booking.performances.all()),
        "receiver": receiver,
        "other_side": other_side,
        "booking_url": booking_url,
        "base_url": settings.BASE_URL,
        **more,
    }


def _claim(now: datetime, limit: int) -> list[Notice]:
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        notices = list(Notice.objects.due(now).select_for_update(skip_locked=skip)[:limit])
        for notice in notices:
            notice.state, notice.claimed_until = Notice.State.CLAIMED, now + LEASE
            notice.attempts += 1
            notice.save(update_fields=["state", "claimed_until", "attempts"])
    return notices


def _send(notice: Notice, now: datetime) -> int:
    try:
        _message(notice).send()
    except Exception as error:  # any failure of any mail server is handled alike: kept, shown, tried again
        _postpone(notice, now, error)
        return 0
    _report(notice, state=Notice.State.SENT, sent_at=now, last_error="")
    return 1


def _report(notice: Notice, **values: Any) -> None:
    """Note how it went, unless the lease ran out and another relay has taken the mail over.

    Secrets go with the mail: an answer link's token when it is sent, a login code's text also when it is not.
    """
    if notice.kind == LOGIN_CODE and values["state"] != Notice.State.WAITING:
        values["body_text"] = ""
    elif values["state"] == Notice.State.SENT:
        values |= {"body_text": without_token(notice.body_text), "body_html": without_token(notice.body_html)}
    mine = {"state": Notice.State.CLAIMED, "attempts": notice.attempts}
    Notice.objects.filter(pk=notice.pk, **mine).update(**values)


def _message(notice: Notice) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        notice.subject,
        notice.body_text,
        to=[notice.to_email],
        reply_to=[notice.reply_to] if notice.reply_to else None,
        headers={"Message-ID": f"<{notice.pk}@turne>", "Auto-Submitted": "auto-generated"},
    )
    if notice.body_html:
        message.attach_alternative(notice.body_html, "text/html")
    return message


def _postpone(notice: Notice, now: datetime, error: Exception) -> None:
    gave_up = notice.attempts >= ATTEMPTS_MAX
    log.warning("notice not sent", notice=str(notice.pk), attempts=notice.attempts, error=repr(error))
    _report(
        notice,
        state=Notice.State.FAILED if gave_up else Notice.State.WAITING,
        send_after=now + min(timedelta(seconds=2**notice.attempts), BACK_OFF_MAX),
        last_error=f"{type(error).__name__}: {error}"[:300],
    )
