"""The verbs of a hold beside those of every agreement: longer or shorter, moving up, and asking who is before one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import layer_checks, lifecycle, lines, notices, slots
from bookings.clockwork import for_each
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.steps import begin, turn, write
from tours.errors import NotNow, Refused
from tours.models import Tour, Wish
from venues.dates import moment_text
from venues.models import User


@transaction.atomic
def by_hand(
    *,
    tour: Tour,
    wish: Wish,
    starts_at: datetime,
    by: User,
    now: datetime,
    rank: int | None = None,
    reason: str = "",
    expires_at: datetime | None = None,
) -> Booking:
    """Hold a time that somebody has chosen; a plan has asked the school's days and hours already, a person has not.

    Args:
        rank: as in `lifecycle.hold`.

    Raises:
        Refused: the school's days or hours say no to it, and as `lifecycle.hold`.
        NotNow, SlotTaken: as `lifecycle.hold`.
    """
    layer_checks.check_wish(tour, wish, starts_at)
    return lifecycle.hold(
        tour=tour,
        wish=wish,
        starts_at=starts_at,
        by=by,
        now=now,
        rank=rank,
        reason=reason,
        expires_at=expires_at,
    )


@transaction.atomic
def extend(booking: Booking, *, by: User, now: datetime, expires_at: datetime) -> Booking:
    """Hold it until another moment, later or sooner, but not beyond its get-in. A challenge keeps its deadline.

    Raises:
        NotNow: it is not held (any more).
        Refused: that moment has passed.
    """
    booking = begin(booking, "extend", now)
    if expires_at <= now:
        raise Refused(
            _("That moment has passed. Choose a later one, or release the hold."),
            field="expires_at",
            booking=booking.pk,
        )
    lines.keep_until(booking, expires_at, now)
    assert booking.hold_expires_at is not None
    return turn(booking, "extend", by, now, details={"until": booking.hold_expires_at.isoformat()})


@transaction.atomic
def promote(booking: Booking, *, by: User, now: datetime) -> Booking:
    """Take the first option, now that it is free.

    Raises:
        NotNow: it has the first option already, or is neither held nor offered (any more).
        SlotTaken: the venue or the ensemble is not free.
    """
    return lines.take_first(begin(booking, "promote", now), by, now)


@transaction.atomic
def challenge(booking: Booking, *, by: User, now: datetime) -> Booking:
    """Ask those who have the time to offer, confirm or release it within the hours that the season gives them.

    Whoever does not answer loses the hold, and the next in line gets it (`lifecycle.expire_due`).

    Raises:
        NotNow: the time is free, or it is offered, confirmed or challenged already.
        Refused: somebody else is next in line, or the hold in the way is the producer's own.
    """
    booking = begin(booking, "challenge", now)
    rivals = list(slots.in_the_way(booking).with_ground())
    _check_challenge(booking, rivals)
    for rival in rivals:
        hours = timedelta(hours=rival.tour.season.challenge_hours)
        rival.challenger, rival.challenge_answer_by = booking, min(now + hours, rival.occupied_from)
        asked = {"answer_by": rival.challenge_answer_by.isoformat(), "tour": str(booking.tour)}
        write(rival, "challenged", by, now, fields=lines.CHALLENGE, details=asked)
        notices.about_hold("hold_challenged", rival, now, other=booking)
    answer_by = min(rival.challenge_answer_by for rival in rivals if rival.challenge_answer_by)
    return turn(booking, "challenge", by, now, details={"answer_by": answer_by.isoformat()})


def remind_due(now: datetime) -> int:
    """Remind the producers of holds that end soon, each once; how many were reminded."""
    due = Booking.objects.filter(status=Status.HELD, hold_remind_at__lte=now).order_by("pk")
    return for_each(_remind, due, now)


@transaction.atomic
def _remind(booking: Booking, now: datetime) -> int:
    booking = slots.lock_booking(booking)
    if booking.status != Status.HELD or booking.hold_remind_at is None or booking.hold_remind_at > now:
        return 0  # reminded, held longer or let go in the meantime
    booking.hold_remind_at = None
    booking.save(update_fields=["hold_remind_at"])
    notices.about_hold("hold_ending", booking, now)
    return 1


def _check_challenge(booking: Booking, rivals: list[Booking]) -> None:
    if not rivals:
        taken = slots.rival_of(booking)
        if taken is not None:
            raise NotNow(slots.taken_text(taken), booking=booking.pk)
        raise NotNow(_("The time is free: take the first option."), booking=booking.pk)
    if not lines.is_next(booking):
        raise Refused(_("Only the next in line can challenge the first option."), booking=booking.pk)
    for rival in rivals:
        _check_rival(booking, rival)


def _check_rival(booking: Booking, rival: Booking) -> None:
    producer = booking.tour.production.ensemble.producer_id
    if rival.status != Status.HELD:
        raise NotNow(
            _("%(tour)s is %(state)s already. Wait for the answer.")
            % {"tour": rival.tour, "state": rival.get_status_display()},
            booking=booking.pk,
        )
    if rival.tour.production.ensemble.producer_id == producer:
        raise Refused(
            _("The time is held for your own %(visit)s. Release or move that instead.") % {"visit": rival},
            booking=booking.pk,
        )
    if rival.challenge_answer_by:
        raise NotNow(
            _("The first option is challenged already, until %(deadline)s.")
            % {"deadline": moment_text(rival.challenge_answer_by)},
            booking=booking.pk,
        )
