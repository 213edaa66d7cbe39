"""The verbs of a change of what is confirmed: proposed by one side, and answered by the other.

Until it is answered the visit stays as it was, and both versions are reserved (`bookings.changes`). A yes sets the
visit down anew; a no, a taking back and the deadline leave it as it was.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import (
    advancing,
    agreements,
    changes,
    crew_notices,
    free_slots,
    lifecycle,
    lines,
    notices,
    placing,
    pricing,
    school_notices,
    school_visits,
    slots,
    workshops,
)
from bookings.clockwork import for_each
from bookings.conditions import CHANGE_DATE
from bookings.models import Booking, ChangeProposal, VisitCancellation
from bookings.models.report import Side
from bookings.permissions import sides_of
from bookings.steps import begin, turn
from tours.errors import NotNow, Refused
from tours.windows import EVEN_MIN, evening
from venues.models import User, Venue

#: How long the other side has when nobody gives a date (the house's choice: a week; half of what an offer has, for
#: both sides know the visit already).
ANSWER_DAYS = 7
Outcome = ChangeProposal.Outcome


@transaction.atomic
def propose_change(
    booking: Booking,
    *,
    by: User,
    now: datetime,
    reason: str,
    starts_at: datetime | None = None,
    venue: Venue | None = None,
    shows_count: int | None = None,
    answer_by: datetime | None = None,
    tries: bool = True,
) -> Booking:
    """Ask the other side for another time, room of the same presenter, or number of shows. What is left out stays.

    The new version is reserved beside the old one. Its price is the agreed one; another number of shows is paid for by
    the production's price list.

    Args:
        answer_by: until when it waits; a week without it, and never beyond the evening before either version.
        tries: whether the tour's other days are tried here; False for callers who have tried several together.

    Raises:
        NotNow: it is not confirmed (any more), has begun, or another change waits.
        Refused: there is no reason or nothing new, it has passed, the room is another presenter's, whole groups have no
            room, or it is not legal beside the rest of the tour; the sentence names the rule.
        SlotTaken: another visit has the room or the ensemble, or one of them is closed or off.
        NoRoad, PlannerError: see `make_up.lost_day`.
    """
    slots.lock_resources(
        [booking.tour.production.ensemble_id], {booking.venue_id, *([venue.pk] if venue else [])}
    )
    booking = begin(booking, "propose_change", now)
    change = _drafted(booking, by, now, reason, starts_at, venue, shows_count)
    _check_new(booking, change, now)
    school_visits.fitting(booking, change.shows_count, change.venue)
    change.answer_by = _deadline(booking, change, answer_by, now)
    _check_free(booking, change)
    if tries:
        free_slots.check_change(booking, change.venue, change.starts_at, change.shows_count, now)
    change.save()
    booking.waiting_change = change
    changes.reserve(change)
    turn(booking, "propose_change", by, now, reason=reason, details=told(booking, change), reserves=False)
    notices.change_proposed(booking, changes.make_link(change, now), now)
    return booking


@transaction.atomic
def ask_to_cancel(booking: Booking, *, by: User, now: datetime, reason: str) -> Booking:
    """A school asks that the visit is cancelled: it stands until the producer has answered.

    Raises:
        NotNow: it is not confirmed (any more), has begun, another change waits, or the presenter is no school.
        Refused: there is no reason.
    """
    booking = begin(booking, "ask_to_cancel", now)
    change = _drafted(booking, by, now, reason, None, None, None)
    if not change.reason:
        raise Refused(_("Say why: the other side gets these words."), field="reason", booking=booking.pk)
    change.side, change.cancels = Side.PRESENTER, True
    change.answer_by = _deadline(booking, change, None, now)
    change.save()
    booking.waiting_change = change
    turn(booking, "ask_to_cancel", by, now, reason=reason, details=told(booking, change), reserves=False)
    notices.change_proposed(booking, "", now)
    return booking


@transaction.atomic
def accept_change(booking: Booking, *, by: User | None, now: datetime, message: str = "") -> Booking:
    """Say yes: the visit is set down anew, and calendars, price and checklist follow.

    Raises:
        NotNow: no change waits (any more), or its time is up.
        Refused: it is not legal beside the rest of the tour (any more).
        SlotTaken: the room has been closed or the ensemble is off since.
        NoRoad, PlannerError: see `make_up.lost_day`.
    """
    booking = begin(booking, "accept_change", now)
    left, was_in = slots.slot_of(booking), booking.venue_id
    shows_before = len(booking.performances.all())
    change = changes.close(booking, Outcome.ACCEPTED, now)
    assert change is not None  # a condition of the step
    if change.cancels:
        return _cancel(booking, change, by, now, message)
    details, was_at, before = told(booking, change), booking.starts_at, crew_notices.seen(booking)
    free_slots.check_change(booking, change.venue, change.starts_at, change.shows_count, now)
    if change.venue_id != booking.venue_id:
        booking.was_in = booking.venue.name
    booking.venue = change.venue
    placing.place(booking, change.shows_count, change.starts_at)
    placing.set_performances(booking, change.shows_count, change.starts_at, now)
    school_visits.fit(booking, change.shows_count, change.venue)
    pricing.rewrite(booking, pricing.with_next_shows(booking, change.next_shows))
    turn(booking, "accept_change", by, now, reason=message, details=details)
    booking = Booking.objects.with_ground().get(pk=booking.pk)
    lines.leave(booking, left, now=now, was_first=True)
    lines.settle(booking, now)
    if booking.starts_at != was_at:
        workshops.follow(booking, by, now)
    advancing.make_list(booking, now, other_room=booking.venue_id != was_in)
    booking = Booking.objects.with_ground().get(pk=booking.pk)
    agreements.keep(booking, by=by, now=now, step="accept_change")
    notices.change_answered(booking, change, now, message)
    crew_notices.changed(booking, before, now)
    is_elsewhere = booking.starts_at != was_at or booking.venue_id != was_in
    if is_elsewhere or change.shows_count != shows_before:
        school_notices.guests_hear("guest_moved", booking, now, message)
    return booking


@transaction.atomic
def refuse_change(booking: Booking, *, by: User | None, now: datetime, reason: str) -> Booking:
    """Say no, and why: the visit stays as it was agreed, and who asked is told."""
    booking = begin(booking, "refuse_change", now)
    if not reason.strip():
        raise Refused(_("Say why it cannot be done: the other side gets these words."), field="reason")
    return _end(booking, "refuse_change", Outcome.REFUSED, by, now, reason)


@transaction.atomic
def take_back_change(booking: Booking, *, by: User, now: datetime, reason: str = "") -> Booking:
    """Who proposed it asks for it no longer; the other side is told."""
    booking = begin(booking, "take_back_change", now)
    return _end(booking, "take_back_change", Outcome.TAKEN_BACK, by, now, reason)


def lapse_due(now: datetime) -> int:
    """Let changes lapse that nobody answered in time: the visits stay as they were, and both sides are told."""
    due = Booking.objects.filter(waiting_change__answer_by__lte=now).order_by("pk")
    return for_each(_lapse, due, now)


def told(booking: Booking, change: ChangeProposal) -> dict[str, object]:
    """What the change turns into what, as the history keeps it."""
    return {
        "from": booking.starts_at.isoformat(),
        "to": change.starts_at.isoformat(),
        "venue": [str(booking.venue), str(change.venue)],
        "shows": [len(booking.performances.all()), change.shows_count],
        "price": [str(booking.price), str(change.price)],
        "side": change.side,
        **({"cancels": True} if change.cancels else {}),
    }


def _cancel(
    booking: Booking, change: ChangeProposal, by: User | None, now: datetime, message: str
) -> Booking:
    """The producer agrees that the school does not receive it: it is the presenter's cancellation."""
    assert by is not None  # no link answers for the producer
    words = "\n\n".join(filter(None, [change.reason, message.strip()]))
    return lifecycle.cancel(booking, by=by, now=now, reason=words, cause=VisitCancellation.Cause.PRESENTER)


@transaction.atomic
def _lapse(booking: Booking, now: datetime) -> int:
    try:
        booking = begin(booking, "lapse_change", now)
    except NotNow:
        return 0  # answered in the meantime
    if not CHANGE_DATE.has_passed(booking, now):
        return 0  # another one waits by now
    _end(booking, "lapse_change", Outcome.LAPSED, None, now, "")
    return 1


def _end(booking: Booking, action: str, outcome: str, by: User | None, now: datetime, reason: str) -> Booking:
    """The change comes to nothing: its time goes to the next in line."""
    change = changes.close(booking, outcome, now)
    assert change is not None  # a condition of the step
    turn(booking, action, by, now, reason=reason, details=told(booking, change), reserves=False)
    lines.move_up([changes.slot_of(change)], now)
    notices.change_answered(booking, change, now, reason)
    return booking


def _drafted(
    booking: Booking,
    by: User,
    now: datetime,
    reason: str,
    starts_at: datetime | None,
    venue: Venue | None,
    shows_count: int | None,
) -> ChangeProposal:
    """The change with what stays filled in; not saved."""
    shows = shows_count or len(booking.performances.all())
    start = (starts_at or booking.starts_at).replace(second=0, microsecond=0)
    tried = Booking.objects.with_ground().get(pk=booking.pk)
    placing.place(tried, shows, start)
    next_shows = pricing.next_shows(booking, shows)
    return ChangeProposal(
        booking=booking,
        waits_on=booking,
        side=Side.PRODUCER if Side.PRODUCER in sides_of(by, booking) else Side.PRESENTER,
        by=by,
        at=now,
        reason=reason.strip(),
        venue=venue or booking.venue,
        starts_at=start,
        shows_count=shows,
        occupied_from=tried.occupied_from,
        occupied_to=tried.occupied_to,
        price=pricing.price_of(pricing.with_next_shows(booking, next_shows)),
        next_shows=next_shows,
    )


def _check_new(booking: Booking, change: ChangeProposal, now: datetime) -> None:
    if not change.reason:
        raise Refused(_("Say why: the other side gets these words."), field="reason", booking=booking.pk)
    if change.occupied_from <= now:
        raise Refused(_("That time has passed. Choose one to come."), field="starts_at", booking=booking.pk)
    if timezone.localtime(change.starts_at).minute % EVEN_MIN:
        raise Refused(
            _("Shows start at even five minutes, such as 10.05."), field="starts_at", booking=booking.pk
        )
    if change.venue.organisation_id != booking.presenter_id and change.venue_id != booking.venue_id:
        raise Refused(
            _("Choose a room of %(presenter)s.") % {"presenter": booking.presenter},
            field="venue",
            booking=booking.pk,
        )
    same = (booking.starts_at, booking.venue_id, len(booking.performances.all()))
    if (change.starts_at, change.venue_id, change.shows_count) == same:
        raise Refused(
            _("This is what is agreed already. Change the time, the room or the number of shows."),
            field="starts_at",
            booking=booking.pk,
        )


def _deadline(booking: Booking, change: ChangeProposal, wanted: datetime | None, now: datetime) -> datetime:
    """By when it is to be answered: at the latest the evening before the earlier version, or when that begins."""
    first = min(booking.occupied_from, change.occupied_from)
    before = evening(timezone.localdate(first) - timedelta(days=1))
    last = before if before > now else first
    if wanted is not None and wanted <= now:
        raise Refused(
            _("The answer date has passed. Choose a later one."), field="answer_by", booking=booking.pk
        )
    return min(wanted or evening(timezone.localdate(now) + timedelta(days=ANSWER_DAYS)), last)


def _check_free(booking: Booking, change: ChangeProposal) -> None:
    tried = Booking.objects.with_ground().get(pk=booking.pk)
    tried.venue = change.venue
    tried.occupied_from, tried.occupied_to = change.occupied_from, change.occupied_to
    slots.check_free(tried)
