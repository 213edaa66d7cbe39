"""Whom a producer should call about a tour: no mail arrived, the answer date is near, or it has passed in silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from bookings import history, slots
from bookings.mail_kinds import ASKING
from bookings.models import Booking, BookingChange, Notice
from bookings.models.booking import LIVE, Status
from bookings.models.outgoing import LOST
from bookings.states import PRODUCER, actions_for
from tours.errors import Refused
from tours.models import Tour
from venues.models import User

#: So long before the answer date one calls, and so long after it an unanswered offer is still worth a call.
#: Source: the house's choice: three days take in a weekend, and after two weeks the tour has been planned anew.
NEAR = timedelta(days=3)
STILL = timedelta(days=14)
NOTE_MAX = 500
#: What is written to the history when somebody has called.
PHONED = "phoned"
#: What a call may give: steps of the producer's, in the order in which they are asked about.
GIVEN = ("confirm", "decline", "extend_answer")
NOT_ARRIVED, LATE, NEARLY = "not_arrived", "late", "nearly"


@dataclass(frozen=True)
class Call:
    """Somebody to call: about which visit, why, and what was said the last time.

    Attributes:
        why: NOT_ARRIVED, LATE (the answer date has passed in silence) or NEARLY.
        mail: the mail that did not arrive, where that is why.
    """

    booking: Booking
    why: str
    mail: Notice | None = None
    noted: BookingChange | None = None


def call_list(tour: Tour, now: datetime) -> list[Call]:
    """The tour's calls: first those whose mail did not arrive, then by answer date."""
    again = Booking.objects.filter(wish=OuterRef("wish"), status__in=LIVE)
    open_ones = Q(status=Status.OFFERED)
    silent = Q(status=Status.EXPIRED, answer_by__gt=now - STILL, answer_by__lte=now) & ~Exists(again)
    found = (
        tour.bookings.filter(open_ones | silent, occupied_from__gt=now)
        .with_ground()
        .order_by("answer_by", "pk")
    )
    bookings = list(found)
    lost, notes = _lost(bookings), _notes(bookings)
    calls = [
        Call(booking, why, lost.get(booking.pk), notes.get(booking.pk))
        for booking in bookings
        if (why := _why(booking, booking.pk in lost, now))
    ]
    return sorted(calls, key=lambda call: call.why != NOT_ARRIVED)


def may_give(booking: Booking, now: datetime) -> list[str]:
    """The steps that the producer may take when a call has given an answer; asks no database."""
    names = {step.name for step in actions_for(booking, PRODUCER, now)}
    return [name for name in GIVEN if name in names]


@transaction.atomic
def note_call(booking: Booking, *, by: User, now: datetime, note: str) -> None:
    """Keep what was said on the telephone in the visit's history, which both sides read.

    Raises:
        Refused: nothing was written.
    """
    if not note.strip():
        raise Refused(_("Write in a few words what was said."), field="note")
    booking = slots.lock_booking(booking)
    history.note(booking, PHONED, booking.status, by, now, reason=note.strip()[:NOTE_MAX])


def _why(booking: Booking, is_lost: bool, now: datetime) -> str:
    if booking.status == Status.EXPIRED:
        return LATE
    if is_lost:
        return NOT_ARRIVED
    return NEARLY if booking.answer_by and booking.answer_by - now <= NEAR else ""


def _lost(bookings: Iterable[Booking]) -> dict[int, Notice]:
    """Of each visit the mail about its offer that did not arrive, where none of the others did either."""
    mails = Notice.objects.filter(booking__in=bookings, kind__in=ASKING).order_by("booking", "created_at")
    found = {}
    for pk, group in groupby(mails.defer("body_text", "body_html"), key=lambda mail: mail.booking_id):
        current = _of_this_offer(list(group))
        lost = [mail for mail in current if mail.state in LOST]
        if pk and lost and not any(mail.state == Notice.State.SENT for mail in current):
            found[pk] = lost[-1]
    return found


def _of_this_offer(mails: list[Notice]) -> list[Notice]:
    """A visit that is offered anew has the mails of its earlier offer too: those are left out."""
    offered = [mail.run_at for mail in mails if mail.kind == "offered" and mail.run_at]
    return [mail for mail in mails if not offered or (mail.run_at and mail.run_at >= max(offered))]


def _notes(bookings: Iterable[Booking]) -> dict[int, BookingChange]:
    changes = BookingChange.objects.filter(booking__in=bookings, action=PHONED).select_related("by")
    return {change.booking_id: change for change in changes.order_by("at", "pk")}
