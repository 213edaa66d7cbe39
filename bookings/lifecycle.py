"""The verbs of an agreement: each checks, locks, writes, notes the change and the notices, all or nothing.

Pages, API, tasks and commands call these and nothing else changes a booking's status. `now` is an argument,
so that a deadline is never decided by whichever clock a test happens to run under. `by` is None when the
bearer of a mailed link acts, or the clock.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import (
    advancing,
    agreements,
    answering,
    called_off,
    counter_rules,
    crew_notices,
    history,
    lines,
    notices,
    placing,
    pricing,
    school_visits,
    slots,
    stages,
)
from bookings.calling_off import call_off
from bookings.clockwork import for_each
from bookings.conditions import ANSWER_DATE, CHALLENGE_END, HOLD_END
from bookings.models import Booking, CounterOffer, CounterSlot
from bookings.models.booking import Status
from bookings.steps import begin, turn
from tours import wishes
from tours.errors import NotNow, Refused
from tours.models import Tour, Wish
from tours.windows import evening
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
        Refused: the wish is of another production or season, or booked on this tour already; the tour is cancelled.
        NotNow: the wish has been changed or taken back since it was read.
        SlotTaken: the venue is closed or the ensemble off; with rank 1 also where one of them is taken; or a group of
            the wish comes to another visit on that day.
    """
    _check_wish(tour, wish)
    asked, terms = like or wish, like or tour.production
    shows = like.performances.count() if like else wish.shows_count
    _lock(tour, wish, asked.venue_id)
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
    placing.place(booking, shows, starts_at)
    booking.hold_rank = lines.place_in(booking, rank)
    lines.keep_until(booking, _hold_end(booking, expires_at, now), now)
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise Refused(
            _("%(presenter)s is booked for this wish already.") % {"presenter": wish.organisation}
        ) from error
    pricing.write_first(booking, shows, like)
    placing.write_performances(booking, shows, starts_at, now)
    school_visits.copy_groups(booking, like)
    slots.allocate(booking)
    details = {"starts_at": starts_at.isoformat(), "rank": booking.hold_rank}
    history.note(booking, "hold", "", by, now, reason=reason, details=details)
    return booking


@transaction.atomic
def offer(
    booking: Booking, *, by: User, now: datetime, answer_by: datetime | None = None, mails: bool = True
) -> Booking:
    """Ask the presenter by a mail with an answer link; without a date they have two weeks.

    Whatever the date, the answer is wanted by the evening before the visit. They are reminded before it, as the season
    says.

    Args:
        mails: whether the mail is sent here; False for callers who send one for several offers.

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
    booking.reminded_at = None
    answering.leave_batches(booking)
    placing.answer_until(booking, deadline, now)
    assert booking.answer_by is not None
    lines.stand(booking, now)
    turn(booking, "offer", by, now, details={"answer_by": booking.answer_by.isoformat()})
    if mails and not notices.offered(booking, _link(booking), now):
        raise unreached(booking)
    stages.opened(booking.tour, by, now)
    return booking


@transaction.atomic
def confirm(booking: Booking, *, by: User | None, now: datetime, message: str = "") -> Booking:
    """The presenter says yes (or the producer for them, by telephone). What that brings: `agree`.

    Args:
        message: a word to the producer.

    Raises:
        NotNow: it is not held or offered (any more), or the answer date has passed.
        SlotTaken: it was a further option, and the slot has gone to another.
    """
    booking = begin(booking, "confirm", now)
    booking.hold_rank = 1
    lines.stand(booking, now)
    agree(booking, "confirm", by, now, reason=message)
    notices.confirmed(booking, now, message)
    return booking


def agree(
    booking: Booking, action: str, by: User | None, now: datetime, *, reason: str = "", details: Any = None
) -> None:
    """What a yes brings, by whichever step: published unless the tour waits, a list, an agreement, the tour counted."""
    if not booking.tour.is_announced_later:
        booking.published_at = now
    placing.touch_if_agreed_anew(booking, now)
    turn(booking, action, by, now, reason=reason, details=details)
    lines.settle(booking, now)
    advancing.make_list(booking, now)
    agreements.keep(booking, by=by, now=now, step=action)
    crew_notices.changed(booking, None, now)
    stages.count_presenters(booking.tour, by, now)


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
    starts_on: date | None = None,
    ends_on: date | None = None,
    earliest: time | None = None,
    latest: time | None = None,
    times: Sequence[datetime] = (),
    message: str = "",
) -> Booking:
    """The presenter proposes another date instead: the offer ends, and the producer decides (`bookings.counters`).

    Args:
        starts_on, ends_on, earliest, latest: days with hours, all four or none; the planner uses them.
        times: starts of the first performance in order of preference, such as `free_slots` finds.
        message: a word to the producer; enough by itself where no time is named.

    Raises:
        Refused: there is nothing in it, or its days or times are no days of the tour to come; `field` says which.
    """
    booking = begin(booking, "counter", now)
    days = counter_rules.checked_days(booking.tour, starts_on, ends_on, earliest, latest, now)
    chosen = counter_rules.checked_times(booking.tour, times, now)
    if not (days or chosen or message.strip()):
        raise Refused(_("Choose a time, give days, or say it in words."), field="message")
    proposal = CounterOffer.objects.create(booking=booking, message=message, **days)
    CounterSlot.objects.bulk_create(
        CounterSlot(counter_offer=proposal, preference=place, starts_at=at)
        for place, at in enumerate(chosen, start=1)
    )
    details = {name: value.isoformat() for name, value in days.items()}
    if chosen:
        details["times"] = [at.isoformat() for at in chosen]
    lines.end(booking, "counter", by, now, reason=message, details=details)
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
def cancel(
    booking: Booking, *, by: User, now: datetime, reason: str, cause: str = "", gives_on: bool = True
) -> Booking:
    """Cancel a confirmed visit. Calendars keep showing it, as cancelled, until its day is over.

    The slot goes to the next in line; see `withdraw` for `gives_on`.

    Args:
        cause: whose doing it is (`VisitCancellation.Cause`); without it the side of who writes it down.
    """
    booking = begin(booking, "cancel", now)
    if not reason.strip():
        raise Refused(_("Say why it is cancelled: the other side gets these words."), field="reason")
    details = called_off.write(booking, cause, by, now)
    return call_off(
        booking,
        "cancel",
        notices.cancelled,
        by=by,
        now=now,
        reason=reason,
        details=details,
        gives_on=gives_on,
    )


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
    placing.place(booking, len(shows), starts_at)
    booking.hold_rank = lines.place_in(booking, 1 if was_first else None)
    lines.keep_until(booking, _hold_end(booking, end, now), now)
    lines.step_aside(booking)
    placing.shift_performances(booking, starts_at, now)
    moved = {"from": before.isoformat(), "to": starts_at.isoformat()}
    turn(booking, "move", by, now, reason=reason, details=moved)
    lines.leave(booking, left, now=now, was_first=was_first, gives_on=gives_on)
    return booking


@transaction.atomic
def publish(booking: Booking, *, by: User, now: datetime) -> Booking:
    """Show a confirmed visit in the public calendars."""
    booking = begin(booking, "publish", now)
    booking.published_at = now
    return turn(booking, "publish", by, now, reserves=False)


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


def unreached(booking: Booking) -> Refused:
    """The refusal of an offer that no mail brings to its presenter."""
    return Refused(
        _("No mail reaches %(presenter)s. Add a role address or a member, and send the offer again.")
        % {"presenter": booking.presenter},
        booking=booking.pk,
    )


def expire_due(now: datetime) -> int:
    """Let offers and holds lapse whose time has passed, and holds go whose challenge nobody answered; how many."""
    ended = Q(status=Status.OFFERED, answer_by__lte=now) | Q(status=Status.HELD, hold_expires_at__lte=now)
    unanswered = Q(status=Status.HELD, challenge_answer_by__lte=now)
    return for_each(_lapse, Booking.objects.filter(ended | unanswered).order_by("pk"), now)


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


def _lock(tour: Tour, wish: Wish, venue: int) -> None:
    slots.lock_resources([tour.production.ensemble_id], [venue])
    wishes.lock_looked_at(wish)


def _check_wish(tour: Tour, wish: Wish) -> None:
    if (wish.production_id, wish.season_id) != (tour.production_id, tour.season_id) or wish.withdrawn_at:
        raise Refused(
            _("This wish is not one of the tour's. Choose a wish for the same production and season.")
        )
    if tour.stage == Tour.Stage.CANCELLED:
        raise Refused(_("The tour is cancelled: nothing is booked on it any more."), tour=tour.pk)


def _hold_end(booking: Booking, wanted: datetime | None, now: datetime) -> datetime:
    if wanted is not None and wanted <= now:
        raise Refused(_("The hold would end before it begins. Choose a later moment."), field="expires_at")
    return wanted or lines.default_end(booking, now)


def _link(booking: Booking) -> str:
    assert booking.answer_by is not None
    return answering.make_link(booking, expires_at=booking.answer_by)
