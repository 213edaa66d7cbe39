"""Who is about to get which offer: the letters of a confirmation page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bookings import notices
from bookings.models import Booking
from turne.web.planning_forms import OfferForm, key_of
from venues.dates import day_text, money_text


def letters(held: Sequence[Booking], form: OfferForm) -> list[dict[str, Any]]:
    """For each held visit what is offered, to which addresses, and the mail as they will read it."""
    found = []
    for booking in held:
        letter = notices.offer_letter(booking, form.answer_by())
        found.append(
            {
                "key": key_of(booking),
                "booking": booking,
                "starts_at": booking.starts_at,
                "price": money_text(booking.price, booking.currency),
                "shows": len(booking.performances.all()),
                "is_chosen": form.is_chosen(booking) and bool(letter.to),
                "to": letter.to,
                "subject": letter.subject,
                "body": letter.body,
            }
        )
    return found


def day_of(answer_by: datetime) -> str:
    """The day of an answer date."""
    return day_text(answer_by)
