"""Who is about to get which offer: the letters of a confirmation page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bookings import notices
from bookings.models import Booking, Notice
from turne.web.planning_forms import OfferForm, key_of
from venues.dates import moment_text, money_text


def letters(held: Sequence[Booking], form: OfferForm, now: datetime) -> list[dict[str, Any]]:
    """For each held visit what is offered, to which addresses, and the mail as they will read it."""
    found = []
    for booking in held:
        letter = notices.offer_letter(booking, form.answer_by(), now)
        found.append(
            {
                "key": key_of(booking),
                "booking": booking,
                "starts_at": booking.starts_at,
                "price": money_text(booking.price, booking.currency),
                "shows": len(booking.performances.all()),
                "is_chosen": form.is_chosen(booking) and bool(letter.to),
                "to": letter.to,
                "leaves_at": letter.leaves_at if letter.leaves_at > now else None,
                "subject": letter.subject,
                "body": letter.body,
            }
        )
    return found


def leaving_text(sent: Sequence[Booking], now: datetime) -> str:
    """When the first of the offers' mails leaves, where that is later than now."""
    later = Notice.objects.unsent().filter(booking__in=sent, kind="offered", send_after__gt=now)
    first = later.order_by("send_after").first()
    if first is None:
        return ""
    moment = moment_text(first.send_after)
    return _("The mail leaves %(moment)s; until then you can stop it in the outbox.") % {"moment": moment}
