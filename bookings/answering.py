"""The mailed link by which a presenter answers one offer without an account.

The token is 256 random bits; only its digest is stored. It is good for one offer, until the answer date or
the first answer, and it can be revoked. Looking at the page changes nothing: mail scanners open links.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.errors import LinkProblem
from bookings.models import AnswerLink, Booking
from bookings.tokens import digest_of, new_token


@transaction.atomic
def make_link(booking: Booking, *, expires_at: datetime) -> str:
    """A fresh token for the offer; earlier links of the same booking stop working."""
    AnswerLink.objects.filter(booking=booking, used_at=None, revoked_at=None).update(
        revoked_at=booking.changed_at
    )
    token, digest = new_token()
    AnswerLink.objects.create(booking=booking, token_digest=digest, expires_at=expires_at)
    return token


def find_link(token: str, now: datetime) -> AnswerLink:
    """The link of a token that still works.

    Raises:
        LinkProblem: code "unknown", "used", "revoked" or "expired"; the sentence says what to do, and `ids`
            names the booking where the token was once good, so that the page can say whom to call.
    """
    link = AnswerLink.objects.filter(token_digest=digest_of(token)).first()
    if link is None:
        raise LinkProblem(
            _("This link does not work. See that the whole address came along, or answer in your inbox."),
            code="unknown",
        )
    ids = {"booking": link.booking_id}
    if link.used_at:
        raise LinkProblem(_("This offer has been answered already."), code="used", **ids)
    if link.revoked_at:
        raise LinkProblem(_("The producer has withdrawn or renewed this offer."), code="revoked", **ids)
    if link.expires_at < now:
        raise LinkProblem(_("The answer date has passed."), code="expired", **ids)
    return link


def close_links(booking: Booking, now: datetime) -> None:
    """The offer has ended: used where it was answered, revoked where it was taken back.

    A lapsed offer's link has run out by itself, and says so.
    """
    if booking.status == Booking.Status.EXPIRED:
        return
    answered = booking.status in {Booking.Status.CONFIRMED, Booking.Status.DECLINED}
    ended = {"used_at": now} if answered else {"revoked_at": now}
    AnswerLink.objects.filter(booking=booking, used_at=None, revoked_at=None).update(**ended)
