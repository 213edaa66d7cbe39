"""A line in words: who has the first option on a time, who waits behind, and until when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import lines
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.permissions import Person, can_see_booking
from bookings.states import shown_state
from venues.dates import clock, moment_text, short_day_text

Row = dict[str, Any]


def around(booking: Booking, reader: Person, now: datetime) -> list[Row]:
    """For `components/line.html`: everybody who has or waits for the visit's time; nothing where it is alone."""
    found = list(lines.around(booking))
    return rows(found, reader, now, own=booking) if len(found) > 1 else []


def rows(found: Iterable[Booking], reader: Person, now: datetime, own: Booking | None = None) -> list[Row]:
    """A row each; the visit's page is linked for who may see it, and only they read whose venue it is."""
    return [_row(booking, can_see_booking(reader, booking), now, booking == own) for booking in found]


def held_until(booking: Booking) -> str:
    """Until when it is held or to be answered; empty once that is settled."""
    if booking.challenge_answer_by:
        return _("challenged until %(deadline)s") % {"deadline": moment_text(booking.challenge_answer_by)}
    if booking.status == Status.HELD and booking.hold_expires_at:
        return _("held until %(deadline)s") % {"deadline": moment_text(booking.hold_expires_at)}
    if booking.status == Status.OFFERED and booking.answer_by:
        return _("answer by %(deadline)s") % {"deadline": moment_text(booking.answer_by)}
    return ""


def challenge(booking: Booking, now: datetime) -> Row:
    """What a challenge that is open says to the side that must answer, or to the side that asks; often nothing."""
    if booking.challenger and booking.challenge_answer_by:
        words = _(
            "%(tour)s asks for this time. Offer, confirm or release it by %(deadline)s; else it goes to them."
        )
        facts = {"tour": booking.challenger.tour, "deadline": moment_text(booking.challenge_answer_by)}
        return {"tone": "waits", "text": words % facts}
    asked = booking.challenged.select_related("tour").order_by("challenge_answer_by").first()
    if asked and asked.challenge_answer_by:
        words = _("%(tour)s has been asked for this time. They answer by %(deadline)s, or you get it.")
        facts = {"tour": asked.tour, "deadline": moment_text(asked.challenge_answer_by)}
        return {"tone": "info", "text": words % facts}
    return {}


def _row(booking: Booking, is_seen: bool, now: datetime, is_own: bool) -> Row:
    return {
        "rank": booking.hold_rank,
        "who": f"{booking.tour}, {booking.presenter}" if is_seen else str(booking.tour),
        "url": reverse("booking", args=[booking.pk]) if is_seen and not is_own else "",
        "is_own": is_own,
        "when": f"{short_day_text(booking.occupied_from)} "
        f"{clock(booking.occupied_from)}–{clock(booking.occupied_to)}",
        "state": shown_state(booking, now),
        "until": held_until(booking),
    }
