"""The mailed link by which a presenter answers one offer without an account.

The token is 256 random bits; only its digest is stored. It is good for one offer, until the answer date or
the first answer, and it can be revoked. Looking at the page changes nothing: mail scanners open links.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.errors import LinkProblem
from bookings.models import AnswerLink, Booking, OfferBatch
from bookings.tokens import digest_of, new_token


@transaction.atomic
def make_link(booking: Booking, *, expires_at: datetime, beside: bool = False) -> str:
    """A fresh token for the offer.

    Args:
        beside: whether earlier links of the same offer go on working, as they must where they are only mailed once
            more; of a new offer they stop.
    """
    if not beside:
        AnswerLink.objects.filter(booking=booking, used_at=None, revoked_at=None).update(
            revoked_at=booking.changed_at
        )
    token, digest = new_token()
    AnswerLink.objects.create(booking=booking, token_digest=digest, expires_at=expires_at)
    return token


@transaction.atomic
def make_batch(bookings: Sequence[Booking]) -> str:
    """A token by which its bearer answers several offers, each until its own answer date."""
    token, digest = new_token()
    batch = OfferBatch.objects.create(
        token_digest=digest,
        expires_at=max(booking.answer_by for booking in bookings if booking.answer_by),
    )
    batch.bookings.set(bookings)
    return token


def leave_batches(booking: Booking) -> None:
    """It is offered anew: the links that were mailed about its earlier offer do not answer this one."""
    booking.batches.clear()


def prolong_links(booking: Booking) -> None:
    """The offer has another answer date: what was mailed about it works until then."""
    open_links = AnswerLink.objects.filter(booking=booking, used_at=None, revoked_at=None)
    open_links.update(expires_at=booking.answer_by)
    OfferBatch.objects.filter(bookings=booking, expires_at__lt=booking.answer_by).update(
        expires_at=booking.answer_by
    )


def find_batch(token: str, now: datetime) -> OfferBatch:
    """The batch of a token, as long as one of its offers may be open. What was answered of it can still be looked at.

    Raises:
        LinkProblem: code "unknown" or "expired".
    """
    batch = OfferBatch.objects.filter(token_digest=digest_of(token)).first()
    if batch is None:
        raise _unknown()
    if batch.expires_at < now:
        last = batch.bookings.order_by("-answer_by").first()
        raise LinkProblem(_("The answer date has passed."), code="expired", booking=last and last.pk)
    return batch


def find_link(token: str, now: datetime) -> AnswerLink:
    """The link of a token that still works.

    Raises:
        LinkProblem: code "unknown", "used", "revoked" or "expired"; the sentence says what to do, and `ids`
            names the booking where the token was once good, so that the page can say whom to call.
    """
    link = AnswerLink.objects.filter(token_digest=digest_of(token)).first()
    if link is None:
        raise _unknown()
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


def _unknown() -> LinkProblem:
    return LinkProblem(
        _("This link does not work. See that the whole address came along, or answer in your inbox."),
        code="unknown",
    )
