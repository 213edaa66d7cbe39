"""The verbs of an agreement: each checks, locks, writes, notes the change and the notices, all or nothing.

Pages, API, tasks and commands call these and nothing else changes a booking's status. `now` is an argument,
so that a deadline is never decided by whichever clock a test happens to run under. `by` is None when the
bearer of a mailed link acts, or the clock.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import answering, history, lines, notices, slots
from bookings.errors import NotNow, Refused
from bookings.models import Booking, CounterOffer, Performance, Tour, Wish
from bookings.models.booking import Status
from bookings.states import ANSWER_DATE, CHALLENGE_END, HOLD_END
from bookings.steps import begin, turn
from bookings.windows import evening
from venues.dates import span_text
from venues.models import User

#: How long a presenter has to answer when the producer gives no date (the house's choice: two weeks).
ANSWER_DAYS = 14


@transaction.atomic
def hold(
    *,
    tour: Tour,
    wish: Wish,
    starts_at: datetime,
    by: User,
    now: datetime,
    rank: int | None = 1,
    reason: str = "",
    like: Booking | None = None,
    expires_at: datetime | None = None,
) -> Booking:
    """Reserve venue and ensemble for a wish, or take a place in the line for them.

    Args:
        starts_at: start of the first performance; get-in comes before it.
        rank: 1 insists on the slot; None takes it if it is free and nobody waits for it, else the next place in the
            line; a higher number notes a further option at the end of the line.
        expires_at: until when it is held; the season says it otherwise.
        like: an earlier booking of the wish, whose venue, terms and number of performances stand again.

    Raises:
        Refused: the wish belongs to another production or season, or is booked on this tour already.
        SlotTaken: the venue is closed or the ensemble off; with rank 1 also where one of them is taken.
    """
    if (wish.production_id, wish.season_id) != (tour.production_id, tour.season_id) or wish.withdrawn_at:
        raise Refused(
            _("This wish is not one of the tour's. Choose a wish for the same production and season.")
        )
    asked, terms = like or wish, like or tour.production
    shows = like.performances.count() if like else wish.shows_count
    slots.lock_resources([tour.production.ensemble_id], [asked.venue_id])
    booking = Booking(
        tour=tour,
        wish=wish,
        presenter=wish.organisation,
        venue=asked.venue,
        audience=asked.audience,
        audience_expected=asked.audience_expected,
        price=like.price if like else tour.production.price_of(shows),
        currency=terms.currency,
        is_all_in=terms.is_all_in,
        changed_at=now,
    )
    _place(booking, shows, starts_at)
    booking.hold_rank = lines.place_in(booking, rank)
    lines.keep_until(booking, _hold_end(booking, expires_at, now), now)
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise Refused(
            _("%(presenter)s is booked for this wish already.") % {"presenter": wish.organisation}
        ) from error
    _write_performances(booking, shows, starts_at, now)
    slots.allocate(booking)
    details = {"starts_at": starts_at.isoformat(), "rank": booking.hold_rank}
    history.note(booking, "hold", "", by, now, reason=reason, details=details)
    return booking


@transaction.atomic
def offer(booking: Booking, *, by: User, now: datetime, answer_by: datetime | None = None) -> Booking:
    """Ask the presenter by a mail with an answer link; without a date they have two weeks.

    Whatever the date, the answer is wanted by the evening before the visit.

    Raises:
        Refused: the answer date has passed, or the presenter has no address to write to.
        NotNow: it is not held (any more), or its time has passed.
    """
    booking = begin(booking, "offer", now)
    deadline = answer_by or evening(timezone.localdate(now) + timedelta(days=ANSWER_DAYS))
    if deadline <= now:
        raise Refused(
            _("The answer date has passed. Choose a later one."), field="answer_by", booking=booking.pk
        )
    booking.answer_by = min(deadline, _last_answer(booking, now))
    lines.stand(booking, now)
    turn(booking, "offer", by, now, details={"answer_by": booking.answer_by.isoformat()})
    token = answering.make_link(booking, expires_at=booking.answer_by)
    if not notices.offered(booking, token, now):
        raise Refused(
            _("No mail reaches %(presenter)s. Add a role address or a member, and send the offer again.")
            % {"presenter": booking.presenter},
            booking=booking.pk,
        )
    Tour.objects.filter(pk=booking.tour_id, stage=Tour.Stage.DRAFT).update(stage=Tour.Stage.OPEN)
    return booking


@transaction.atomic
def confirm(booking: Booking, *, by: User | None, now: datetime, message: str = "") -> Booking:
    """The presenter says yes (or the producer for them, by telephone). Publishes unless the tour waits.

    Raises:
        NotNow: it is not held or offered (any more), or the answer date has passed.
        SlotTaken: it was a further option, and the slot has gone to another.
    """
    booking = begin(booking, "confirm", now)
    booking.hold_rank = 1
    if not booking.tour.is_announced_later:
        booking.published_at = now
    lines.stand(booking, now)
    turn(booking, "confirm", by, now, reason=message)
    lines.settle(booking, now)
    notices.confirmed(booking, now, message)
    _count_presenters(booking.tour)
    return booking


@transaction.atomic
def decline(
    booking: Booking, *, by: User | None, now: datetime, reason: str, gives_on: bool = True
) -> Booking:
    """The presenter says no, and why. The slot goes to the next in line; see `withdraw` for `gives_on`."""
    booking = begin(booking, "decline", now)
    if not reason.strip():
        raise Refused(_("Say in a few words why, so that the producer can plan on."), field="reason")
    lines.end(booking, "decline", by, now, reason=reason, gives_on=gives_on)
    notices.answered(booking, now, reason)
    return booking


@transaction.atomic
def counter(
    booking: Booking,
    *,
    by: User | None,
    now: datetime,
    starts_on: date,
    ends_on: date,
    earliest: time,
    latest: time,
    message: str = "",
) -> Booking:
    """The presenter proposes other days instead: the offer ends, and the planner uses the new days."""
    booking = begin(booking, "counter", now)
    _check_counter(booking.tour, starts_on, ends_on, earliest, latest, timezone.localdate(now))
    days: dict[str, Any] = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "earliest": earliest,
        "latest": latest,
    }
    CounterOffer.objects.create(booking=booking, message=message, **days)
    lines.end(
        booking, "counter", by, now, reason=message, details={k: v.isoformat() for k, v in days.items()}
    )
    notices.answered(booking, now, message)
    return booking


@transaction.atomic
def withdraw(
    booking: Booking, *, by: User, now: datetime, reason: str = "", gives_on: bool = True
) -> Booking:
    """The producer takes an offer back; the presenter is told and the mailed link stops working.

    Args:
        gives_on: whether the slot goes to the next in line at once. Where more is let go and taken in the same
            transaction, it is not, and the caller calls `lines.move_up` at the end.
    """
    booking = lines.end(
        begin(booking, "withdraw", now), "withdraw", by, now, reason=reason, gives_on=gives_on
    )
    notices.withdrawn(booking, now, reason)
    return booking


@transaction.atomic
def release(booking: Booking, *, by: User, now: datetime, reason: str = "", gives_on: bool = True) -> Booking:
    """Give a held slot back; nobody was asked yet, so nobody is told but the next in line (see `withdraw`)."""
    return lines.end(begin(booking, "release", now), "release", by, now, reason=reason, gives_on=gives_on)


@transaction.atomic
def cancel(booking: Booking, *, by: User, now: datetime, reason: str, gives_on: bool = True) -> Booking:
    """Cancel a confirmed visit. Calendars keep showing it, as cancelled, until its day is over.

    The slot goes to the next in line; see `withdraw` for `gives_on`.
    """
    booking = begin(booking, "cancel", now)
    if not reason.strip():
        raise Refused(_("Say why it is cancelled: the other side gets these words."), field="reason")
    lines.end(booking, "cancel", by, now, reason=reason, gives_on=gives_on)
    _touch_performances(booking, now)
    notices.cancelled(booking, now, reason)
    return booking


@transaction.atomic
def move(
    booking: Booking,
    *,
    by: User,
    now: datetime,
    starts_at: datetime,
    reason: str = "",
    gives_on: bool = True,
) -> Booking:
    """Move a held visit to another time. What has been offered is withdrawn and offered anew instead.

    A first option needs the other time to be free. A further one takes it if it is, else its place in that line. The
    old slot goes to the next in line; see `withdraw` for `gives_on`.
    """
    booking = begin(booking, "move", now)
    shows = list(booking.performances.all())
    before, left, end = booking.starts_at, slots.slot_of(booking), booking.hold_expires_at
    if before == starts_at:
        return booking
    was_first = booking.hold_rank == 1
    _place(booking, len(shows), starts_at)
    booking.hold_rank = lines.place_in(booking, 1 if was_first else None)
    lines.keep_until(booking, _hold_end(booking, end, now), now)
    lines.step_aside(booking)
    for performance in shows:
        shift = starts_at - before
        performance.starts_at += shift
        performance.ends_at += shift
        performance.save(update_fields=["starts_at", "ends_at"])
    _touch_performances(booking, now)
    moved = {"from": before.isoformat(), "to": starts_at.isoformat()}
    turn(booking, "move", by, now, reason=reason, details=moved)
    lines.leave(booking, left, now, was_first=was_first, gives_on=gives_on)
    return booking


@transaction.atomic
def publish(booking: Booking, *, by: User, now: datetime) -> Booking:
    """Show a confirmed visit in the public calendars."""
    booking = begin(booking, "publish", now)
    booking.published_at = now
    return turn(booking, "publish", by, now, reserves=False)


def outside(tour: Tour, field: str) -> Refused:
    """The refusal of a day on which the tour is not on the road."""
    return Refused(
        _("The tour is on the road %(days)s. Choose a day within that.")
        % {"days": span_text(tour.starts_on, tour.ends_on)},
        field=field,
    )


def unchanged(booking: Booking, version: int) -> Booking:
    """The booking, locked until the transaction ends, if it still is as it was shown.

    Raises:
        NotNow: somebody has changed it since that version (a form sent twice, or two people at once).
    """
    booking = slots.lock_booking(booking)
    if booking.version != version:
        raise NotNow(
            _("Somebody has changed this visit since you opened the page: it is %(state)s. Look again.")
            % {"state": booking.get_status_display()},
            booking=booking.pk,
            version=booking.version,
        )
    return booking


def expire_due(now: datetime) -> int:
    """Let offers and holds lapse whose time has passed, and holds go whose challenge nobody answered; how many."""
    ended = Q(status=Status.OFFERED, answer_by__lte=now) | Q(status=Status.HELD, hold_expires_at__lte=now)
    unanswered = Q(status=Status.HELD, challenge_answer_by__lte=now)
    return sum(_lapse(booking, now) for booking in Booking.objects.filter(ended | unanswered).order_by("pk"))


@transaction.atomic
def _lapse(booking: Booking, now: datetime) -> int:
    try:
        booking = begin(booking, "expire", now)
    except NotNow:
        return 0  # answered in the meantime
    if ANSWER_DATE.has_passed(booking, now):
        lines.end(booking, "expire", None, now)
        notices.expired(booking, now)
    elif HOLD_END.has_passed(booking, now):
        lines.end(booking, "expire", None, now)
        if booking.occupied_from > now:
            notices.about_hold("hold_ended", booking, now)
    elif (challenger := booking.challenger) and CHALLENGE_END.has_passed(booking, now):
        lines.end(booking, "release", None, now, details={"challenger": str(challenger.tour)})
        notices.about_hold("hold_lost", booking, now, other=challenger)
    else:
        return 0  # held longer in the meantime
    return 1


def _hold_end(booking: Booking, wanted: datetime | None, now: datetime) -> datetime:
    if wanted is not None and wanted <= now:
        raise Refused(_("The hold would end before it begins. Choose a later moment."), field="expires_at")
    return wanted or lines.default_end(booking, now)


def _place(booking: Booking, shows_count: int, starts_at: datetime) -> None:
    """Set from get-in to get-out around the shows, and see that the tour's frame holds it."""
    tour, production = booking.tour, booking.tour.production
    if not tour.has_day(timezone.localdate(starts_at)):
        raise outside(tour, "starts_at")
    booking.occupied_from = starts_at - timedelta(minutes=production.rider.get_in_min)
    shows_min = production.show_min(shows_count)
    booking.occupied_to = starts_at + timedelta(minutes=shows_min + production.rider.get_out_min)
    if not 1 <= shows_count <= production.shows_per_day_max:
        raise Refused(
            _("%(production)s is played at most %(count)d times a day.")
            % {"production": production, "count": production.shows_per_day_max},
            field="shows_count",
        )


def _write_performances(booking: Booking, shows_count: int, starts_at: datetime, now: datetime) -> None:
    for number, (start, end) in enumerate(booking.tour.production.show_times(shows_count), start=1):
        Performance.objects.create(
            booking=booking,
            number=number,
            starts_at=starts_at + timedelta(minutes=start),
            ends_at=starts_at + timedelta(minutes=end),
            changed_at=now,
        )


def _touch_performances(booking: Booking, now: datetime) -> None:
    """Raise SEQUENCE, so that calendar programs take the change (RFC 5545, 3.8.7.4)."""
    for performance in booking.performances.all():
        performance.sequence += 1
        performance.changed_at = now
        performance.save(update_fields=["sequence", "changed_at"])


def _last_answer(booking: Booking, now: datetime) -> datetime:
    """The evening before the visit; once that has passed, when the ensemble comes."""
    before = evening(timezone.localdate(booking.occupied_from) - timedelta(days=1))
    return before if before > now else booking.occupied_from


def _check_counter(
    tour: Tour, starts_on: date, ends_on: date, earliest: time, latest: time, today: date
) -> None:
    if ends_on < starts_on:
        raise Refused(_("The last day is before the first."), field="ends_on")
    if ends_on <= today:
        raise Refused(_("These days have passed. Choose days to come."), field="ends_on")
    if latest < earliest:
        raise Refused(_("The latest start is before the earliest."), field="latest")
    if ends_on < tour.starts_on or starts_on > tour.ends_on:
        raise outside(tour, "starts_on")


def _count_presenters(tour: Tour) -> None:
    """With enough presenters on board the tour is confirmed."""
    agreed = Booking.objects.filter(tour=tour, status=Status.CONFIRMED).values("presenter").distinct().count()
    if agreed >= tour.presenters_min:
        stages = [Tour.Stage.DRAFT, Tour.Stage.OPEN]
        Tour.objects.filter(pk=tour.pk, stage__in=stages).update(stage=Tour.Stage.CONFIRMED)
