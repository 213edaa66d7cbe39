"""Mail that came back: noted by hand, read from a notification (RFC 3464), or refused while it was handed over."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.models import Notice, Unreachable
from bookings.models.outgoing import LOGIN_CODE
from tours.errors import NotNow, Refused
from venues.models import User

#: What came back may be cut to this.
REASON_MAX = 300
#: More of a report is not read: what it says comes first, and to take a hostile one apart costs time by the square of
#: its length. Source: the house's choice; mail servers send some 50 kB back (Postfix: bounce_size_limit).
REPORT_MAX = 100_000
_OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@turne>")
#: Replies to RCPT that are about the receiver where no enhanced status tells more.
#: Source: RFC 5321, sections 4.2.3 (550, 551, 553) and RFC 7504, section 4 (556).
_NO_SUCH_RECEIVER = (550, 551, 553, 556)
#: Enhanced statuses that are about the receiver: its address but not ours (5.1.7, 5.1.8), its mailbox, and 5.4.1, with
#: which Exchange Online refuses whom it does not know. Policy (5.7), content (5.6) and the server (5.3, 5.5) are not.
#: Source: RFC 3463, sections 3.2 and 3.3; learn.microsoft.com, "NDR error code 5.4.1".
_RECEIVER_AT_FAULT = re.compile(r"5\.(1\.(?![78]\b)|2\.|4\.1\b)")
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
#: What the standard library raises over mail that was made to be hard to read.
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


@dataclass(frozen=True)
class Bounce:
    """What a delivery status notification says of a mail of ours.

    Attributes:
        is_permanent: the address itself is at fault (status 5.x.x), not the way there (RFC 3463, section 2).
    """

    notice: UUID
    reason: str
    is_permanent: bool


def read(report: bytes) -> Bounce | None:
    """What the report says; None where it tells of a delay, of a success, or of a mail that is not ours.

    Source: RFC 3464, sections 2.1 (multipart/report), 2.3.3 (Action), 2.3.4 (Status), 2.3.6 (Diagnostic-Code).

    Raises:
        Refused: it is no delivery status notification, or cannot be taken apart.
    """
    try:
        return _read(report[:REPORT_MAX])
    except _UNREADABLE as error:
        raise Refused(_("This report cannot be read.")) from error


def _read(report: bytes) -> Bounce | None:
    message = email.message_from_bytes(report, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    if message.get_content_type() != "multipart/report":
        raise Refused(_("This is no delivery status notification (RFC 3464)."))
    fields = [group for part in message.walk() for group in _groups(part)]
    failed = next((group for group in fields if _word(group, "Action") == "failed"), None)
    found = _OURS.search(_original(message))
    if failed is None or found is None:
        return None
    status = _word(failed, "Status")
    told = str(failed.get("Diagnostic-Code", "")).partition(";")[2]
    return Bounce(UUID(found[1]), _printable(f"{status} {told}"), status.startswith("5"))


def refusal(error: Exception) -> str:
    """What the mail server said where it refuses the receiver for good; empty for every other failure."""
    if not isinstance(error, SMTPRecipientsRefused):
        return ""
    code, told = next(iter(error.recipients.values()))
    words = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    status = _ENHANCED.match(words)
    if not 500 <= code < 600:
        return ""
    at_fault = _RECEIVER_AT_FAULT.match(status[0]) if status else code in _NO_SUCH_RECEIVER
    return _printable(f"{code} {words}") if at_fault else ""


@transaction.atomic
def take_in(report: bytes, now: datetime) -> Notice | None:
    """Note what a report says; the notice that came back, if one of ours did. Once more changes nothing.

    Raises:
        Refused: it is no delivery status notification.
    """
    bounce = read(report)
    notice = Notice.objects.filter(pk=bounce.notice).first() if bounce else None
    if bounce is None or notice is None:
        return None
    _note(notice, bounce.reason)
    if bounce.is_permanent:
        _mark(notice.to_email, bounce.reason, None, now)
    return notice


def can_bounce(mail: Notice) -> bool:
    """Whether it was sent, so that it can come back, and is no login code: those are not asked after."""
    return mail.state == Notice.State.SENT and mail.kind != LOGIN_CODE


@transaction.atomic
def note_bounce(notice: Notice, *, reason: str, by: User, now: datetime) -> None:
    """A mail has come back, as somebody has seen: its address is not written to until it is changed.

    Raises:
        NotNow: it has not been sent.
    """
    mail = notice.digest or notice
    if not can_bounce(mail):
        raise NotNow(_("Only a mail that was sent can come back."))
    _note(mail, reason.strip()[:REASON_MAX])
    _mark(mail.to_email, reason.strip()[:REASON_MAX], by, now)


def note_refused(address: str, reason: str, now: datetime) -> None:
    """The mail server refuses the address for good: it is not written to until it is changed."""
    _mark(address, reason, None, now)


def note_working(address: str) -> None:
    """The address works after all: it is written to again."""
    Unreachable.objects.filter(email=address.lower()).delete()


def _note(mail: Notice, reason: str) -> None:
    whole = Notice.objects.filter(Q(pk=mail.pk) | Q(digest=mail.pk), state=Notice.State.SENT)
    whole.update(state=Notice.State.BOUNCED, last_error=reason)


def _mark(address: str, reason: str, by: User | None, now: datetime) -> None:
    known = {"reason": reason, "noted_at": now, "by": by}
    Unreachable.objects.update_or_create(email=address.lower(), defaults=known)


def _printable(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:REASON_MAX]


def _groups(part: EmailMessage) -> Iterator[EmailMessage]:
    """The groups of fields of a message/delivery-status: first the message's, then one for each receiver."""
    if part.get_content_type() == "message/delivery-status":
        for group in part.get_payload():
            assert isinstance(group, EmailMessage)
            yield group


def _word(group: EmailMessage, name: str) -> str:
    return str(group.get(name, "")).split("(")[0].strip().lower()


def _original(message: EmailMessage) -> str:
    """The Message-ID of the mail that came back, from its copy or from its header alone."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            assert isinstance(inner, EmailMessage)
            return str(inner.get("Message-ID", ""))
        if part.get_content_type() in {"text/rfc822-headers", "message/rfc822-headers"}:
            headers = email.message_from_string(str(part.get_payload()), policy=email.policy.default)
            return str(headers.get("Message-ID", ""))
    return ""
