"""A change that waits for its answer: what it reserves, its mailed link, and how it is closed.

While it waits both versions are kept: the visit's own reservations stay, and what the new version needs beside them is
reserved for it too. So neither side loses anything by asking, and a yes can always be kept.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bookings import slots
from bookings.errors import LinkProblem, SlotTaken
from bookings.models import Allocation, Booking, ChangeLink, ChangeProposal
from bookings.models.report import Side
from bookings.slots import Slot
from bookings.tokens import digest_of, new_token

Outcome = ChangeProposal.Outcome


def slots_of(booking: Booking) -> list[Slot]:
    """All that the visit keeps: its own slot, and that of a change that waits."""
    change = booking.open_change
    return [slots.slot_of(booking), *([slot_of(change)] if change else [])]


def slot_of(change: ChangeProposal) -> Slot:
    """What the visit would take by it."""
    ensemble = change.booking.tour.production.ensemble_id
    return Slot(change.venue_id, ensemble, change.occupied_from, change.occupied_to)


def reserve(change: ChangeProposal) -> None:
    """Write what the change needs beside what its visit has already. Call with the resources locked.

    Raises:
        SlotTaken: another visit has taken some of it at the same moment.
    """
    change.allocations.all().delete()
    booking = change.booking
    ensemble = booking.tour.production.ensemble
    things: list[tuple[dict[str, Any], bool]] = [
        ({"venue": change.venue}, change.venue_id == booking.venue_id),
        ({"ensemble": ensemble}, True),
        *(({"shared": row}, True) for row in ensemble.shared.all()),
    ]
    rows = [
        Allocation(
            booking=booking, change=change, occupied_from=start, occupied_to=end, is_blocking=True, **thing
        )
        for thing, has_it in things
        for start, end in _beside(change, booking if has_it else None)
    ]
    try:
        with transaction.atomic():
            Allocation.objects.bulk_create(rows)
    except IntegrityError as error:
        raise SlotTaken(
            _("Somebody else took the slot at the same moment. Choose another time."), booking=booking.pk
        ) from error


def close(booking: Booking, outcome: str, now: datetime) -> ChangeProposal | None:
    """The change that waits is answered, or not asked for any more: what it reserved is free. None: none waited."""
    change = booking.open_change
    if change is None:
        return None
    change.allocations.all().delete()
    change.outcome, change.closed_at, change.waits_on = outcome, now, None
    change.save(update_fields=["outcome", "closed_at", "waits_on"])
    booking.waiting_change = None
    return change


def make_link(change: ChangeProposal, now: datetime) -> str:
    """A token by which its bearer answers for the presenter."""
    token, digest = new_token()
    ChangeLink.objects.create(proposal=change, token_digest=digest, created_at=now)
    return token


def find_change(token: str) -> ChangeProposal:
    """The change of a token, answered or not; whether it still can be is asked of the visit.

    Raises:
        LinkProblem: code "unknown".
    """
    link = ChangeLink.objects.filter(token_digest=digest_of(token)).select_related("proposal").first()
    if link is None:
        raise LinkProblem(
            _("This link does not work. See that the whole address came along, or answer in your inbox."),
            code="unknown",
        )
    return link.proposal


def waits_for_presenter(change: ChangeProposal, now: datetime) -> bool:
    """Whether the presenter, or the bearer of the link, can answer it still: nobody has, and its time is not up."""
    return change.waits_on_id is not None and change.side == Side.PRODUCER and change.answer_by > now


def _beside(change: ChangeProposal, booking: Booking | None) -> Iterator[tuple[datetime, datetime]]:
    """The parts of the change's time that the visit does not have; all of it where it has another thing."""
    start, end = change.occupied_from, change.occupied_to
    if booking is None or booking.occupied_to <= start or booking.occupied_from >= end:
        yield start, end
        return
    if start < booking.occupied_from:
        yield start, booking.occupied_from
    if booking.occupied_to < end:
        yield booking.occupied_to, end
