"""The mailed link by which a presenter reports one visit without an account.

Made as the link that answers an offer (`answering`): 256 random bits, of which only the digest is stored; good for one
report, within a time; looking at the page changes nothing.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.errors import LinkProblem
from bookings.models import Booking, ReportLink
from bookings.tokens import digest_of, new_token

#: So long a link works (the house's choice): claims are made within months of the visit.
GOOD_FOR = timedelta(days=60)


@transaction.atomic
def make_link(booking: Booking, *, now: datetime) -> str:
    """A fresh token for the visit's report; earlier links stop working."""
    ReportLink.objects.filter(booking=booking, used_at=None, revoked_at=None).update(revoked_at=now)
    token, digest = new_token()
    ReportLink.objects.create(booking=booking, token_digest=digest, expires_at=now + GOOD_FOR)
    return token


def find_link(token: str, now: datetime) -> ReportLink:
    """The link of a token that still works.

    Raises:
        LinkProblem: code "unknown", "used", "revoked" or "expired"; `ids` names the booking where it was once good.
    """
    link = ReportLink.objects.filter(token_digest=digest_of(token)).first()
    if link is None:
        raise LinkProblem(
            _("This link does not work. See that the whole address came along, or report in your inbox."),
            code="unknown",
        )
    ids = {"booking": link.booking_id}
    if link.used_at:
        raise LinkProblem(_("This visit has been reported already."), code="used", **ids)
    if link.revoked_at:
        raise LinkProblem(_("A newer mail has come with a newer link."), code="revoked", **ids)
    if link.expires_at < now:
        raise LinkProblem(_("The link has run out."), code="expired", **ids)
    return link


def close_links(booking: Booking, now: datetime) -> None:
    """The visit is reported, by whomever: its links have served."""
    ReportLink.objects.filter(booking=booking, used_at=None, revoked_at=None).update(used_at=now)
