"""What both sides agreed about a visit, kept as it was on the day on which it was confirmed.

An agreement's facts are data, in every language of the house where they are words: parties, production, times, venue,
price line by line, who confirmed, and the production's needs beside what the room had. They are kept once and read
from then on; no later change of the visit, the room or the production reaches them.

No person is frozen: organisations are named, contacts and members are not, nor are addresses, numbers, tokens or free
words of the visit. The account that confirmed stands beside the facts (`Agreement.by`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import advancing, checklists, history, pricing
from bookings.kept_facts import Facts, digest_of, in_every_language, kept_moment
from bookings.models import Agreement, Booking, BookingChange
from bookings.models.price import PriceLine
from bookings.permissions import sides_of
from bookings.practical import FIELDS
from bookings.states import PRESENTER, PRODUCER
from tours.errors import NotNow
from venues.dates import duration_text
from venues.models import User

#: Raised when the shape of the facts changes; older ones stay readable (`bookings.agreement_words`).
SCHEMA = 1
#: Steps that confirm a visit, as the history names them.
CONFIRMING = ("confirm", "take", "accept_change")


def keep(booking: Booking, *, by: User | None, now: datetime, step: str = "confirm") -> Agreement:
    """Keep what is agreed as the visit's next agreement. Call it in the transaction of the step that confirms.

    Args:
        step: "confirm", "take" where the producer takes a time that the presenter has asked for, or "accept_change"
            where the other side has said yes to a change; empty where nobody knows how it was confirmed.
    """
    return _write(booking, facts_of(booking, by=by, at=now, step=step), by, now)


@transaction.atomic
def start(booking: Booking, *, by: User, now: datetime) -> Agreement:
    """Keep the agreement of a visit that was confirmed before agreements were kept, as it stands now.

    Raises:
        NotNow: it has one, or is not confirmed (any more).
    """
    booking = advancing.lock_confirmed(booking)
    if booking.agreements.exists():
        raise NotNow(_("The agreement is kept already. Reload the page."), booking=booking.pk)
    said = BookingChange.objects.filter(booking=booking, action__in=CONFIRMING).order_by("at", "pk").last()
    who, at, step = (said.by, said.at, said.action) if said else (None, booking.changed_at, "")
    kept = _write(booking, facts_of(booking, by=who, at=at, step=step), who, now)
    history.note(booking, "agreement", booking.status, by, now)
    return kept


def versions(booking: Booking) -> list[Agreement]:
    """What has been agreed about the visit, the newest first."""
    return list(booking.agreements.select_related("by").order_by("-number"))


def facts_of(booking: Booking, *, by: User | None, at: datetime, step: str) -> Facts:
    """The facts of the agreement as the visit stands; `by` None is the bearer of the mailed link."""
    return {
        "schema": SCHEMA,
        "confirmed": _confirmed(booking, by, at, step),
        "parties": {
            PRODUCER: _party(booking.tour.production.ensemble.producer),
            PRESENTER: _party(booking.presenter),
        },
        "production": _production(booking),
        "times": _times(booking),
        "venue": _venue(booking),
        "price": _price(booking),
        "cancelling": {"until": kept_moment(booking.occupied_to)},
        "needs": _needs(booking),
        "room": _room(booking),
    }


def _write(booking: Booking, facts: Facts, by: User | None, now: datetime) -> Agreement:
    last = booking.agreements.order_by("-number").values_list("number", flat=True).first() or 0
    return Agreement.objects.create(
        booking=booking, number=last + 1, made_at=now, by=by, facts=facts, digest=digest_of(facts)
    )


def _confirmed(booking: Booking, by: User | None, at: datetime, step: str) -> Facts:
    """By which side, and how: by an account or a mailed link, which is the presenter's; "" where nobody knows."""
    theirs = by is None or (step in ("confirm", "accept_change") and PRESENTER in sides_of(by, booking))
    return {
        "at": kept_moment(at),
        "side": PRESENTER if theirs else PRODUCER,
        "way": "account" if by else "link" if step else "",
        "step": step,
    }


def _party(organisation: Any) -> Facts:
    return {
        "name": organisation.name,
        "municipality": str(organisation.municipality) if organisation.municipality else "",
    }


def _production(booking: Booking) -> Facts:
    production = booking.tour.production
    return {
        "title": production.title,
        "ensemble": production.ensemble.name,
        "tour": booking.tour.name,
        "duration_min": production.duration_min,
        "people_count": production.ensemble.people_count,
        "audience_max": production.audience_max,
        "audience_expected": booking.audience_expected,
        "content_warnings": production.content_warnings,
    }


def _times(booking: Booking) -> Facts:
    return {
        "get_in_at": kept_moment(booking.occupied_from),
        "shows": [
            {"starts_at": kept_moment(show.starts_at), "ends_at": kept_moment(show.ends_at)}
            for show in booking.performances.all()
        ],
        "gone_by": kept_moment(booking.occupied_to),
    }


def _venue(booking: Booking) -> Facts:
    venue = booking.venue
    return {
        "name": venue.name,
        "address": venue.address,
        "place": venue.place.name,
        "municipality": venue.place.municipality.name,
    }


def _price(booking: Booking) -> Facts:
    """Amounts as decimal texts; null: as it turns out. VAT in per cent; null: the producer has not said it."""
    return {
        "total": str(booking.price),
        "currency": booking.currency,
        "is_all_in": booking.is_all_in,
        "lines": [_line(line) for line in pricing.lines_of(booking)],
    }


def _line(line: pricing.Line) -> Facts:
    return {
        "kind": str(line.kind),
        "label": in_every_language(lambda: line.label),
        "words": line.words,
        "amount": None if line.amount is None else str(line.amount),
        "vat_percent": None if line.vat_percent is None else str(line.vat_percent),
        "payer": str(PriceLine.Payer(line.payer)),
    }


def _needs(booking: Booking) -> list[Facts]:
    """What the production needs besides a room: time, people, meals and beds; what it does not need is left out."""
    rider, party = booking.tour.production.rider, booking.tour.production.ensemble.people_count
    said: list[tuple[str, Callable[[], str], Callable[[], str]]] = [
        ("get_in", lambda: _("Get-in"), lambda: duration_text(rider.get_in_min)),
        ("get_out", lambda: _("Get-out"), lambda: duration_text(rider.get_out_min)),
        ("party", lambda: _("People on tour"), lambda: str(party)),
        *(_asked(name, booking) for name in ("helpers", "meals", "lodging")),
        ("notes", lambda: _("Notes"), lambda: rider.notes),
    ]
    found = [(key, in_every_language(label), in_every_language(text)) for key, label, text in said]
    return [{"key": key, "label": label, "text": text} for key, label, text in found if any(text.values())]


def _asked(name: str, booking: Booking) -> tuple[str, Callable[[], str], Callable[[], str]]:
    label, _sides, follows = FIELDS[name]
    return name, lambda: str(label), lambda: follows(booking)


def _room(booking: Booking) -> list[Facts]:
    """The room check as it was: fits, does not fit, unknown."""
    words = checklists.room_words(booking)
    return [
        {"key": line.key, "verdict": line.verdict.value, "text": words[line.key]}
        for line in checklists.room_lines(booking)
    ]
