"""Cancel days of a tour: every visit of them is ended, and offered anew on the day that was chosen, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import changes, lifecycle, lines, orders, planning, slots
from bookings.make_up import LostDay, clash_text, fitting, hits_of, lost_day
from bookings.models import Booking, VisitCancellation
from bookings.models.booking import Status
from tours.errors import NotNow, Refused
from tours.frames import take_turn
from tours.models import Instruction, Tour
from tours.windows import calendar_days
from venues.dates import span_text
from venues.models import User

Cause = VisitCancellation.Cause


@dataclass(frozen=True)
class Cancellation:
    """What a producer decides about a day that is not played, or several in a row.

    Attributes:
        on, until: the first and the last day; without the second it is the one.
        reason: the presenters get these words.
        seen: booking id -> the version that was looked at, of every visit that is hit.
        dates: booking id -> start of the first performance on the day that was chosen for it.
        only: id of the one visit whose presenter cannot receive it; None where the ensemble cannot play.
        cause: whose doing it is (`VisitCancellation.Cause`); without it the presenter's with `only`, else the
            producer's.
    """

    on: date
    reason: str
    seen: Mapping[int, int]
    dates: Mapping[int, datetime] = field(default_factory=dict)
    only: int | None = None
    until: date | None = None
    cause: str = ""

    @property
    def last(self) -> date:
        """The last day that is not played."""
        return self.until or self.on


@dataclass(frozen=True)
class DayCancelled:
    """What became of the visits: all that were ended or moved, the new offers, and the held ones that were moved."""

    hits: list[Booking]
    offered: list[Booking]
    moved: list[Booking]


@transaction.atomic
def cancel_day(
    tour: Tour, order: Cancellation, *, by: User, now: datetime, version: int | None = None
) -> DayCancelled:
    """Cancel what is agreed, take back what is offered, release what is held; then offer the chosen days.

    A held visit is moved to its chosen day and stays held: nobody has been asked yet. What was offered or confirmed
    gets an offer of its own, to be answered anew. Where the ensemble cannot play, no plan uses the day from now on, and
    further options of it end too.

    Raises:
        BoardChanged: see `frames.take_turn`.
        NotNow: a visit of the day has changed, come or gone since it was looked at.
        Refused: there is no reason or no visit, a chosen day does not fit beside the rest, or no mail reaches the
            presenter; `booking` in the ids says whose.
        NoRoad, PlannerError: see `make_up.lost_day`; only where a day was chosen.
        SlotTaken: somebody else has taken a venue on a chosen day.
    """
    if not order.reason.strip():
        raise Refused(_("Say why it is cancelled: the other side gets these words."), field="reason")
    tour = Tour.objects.with_ground().get(pk=tour.pk)
    hits = lock_hits(tour, order, now, version)
    chosen = {booking: order.dates[booking.pk] for booking in hits if booking.pk in order.dates}
    if chosen:
        check_fit(lost_day(tour, order.on, now, only=order.only, until=order.until), chosen)
    moved = [booking for booking in chosen if booking.status == Status.HELD]
    left = [slot for booking in hits for slot in changes.slots_of(booking)]
    slots.lift(moved)
    for booking in hits:
        if booking not in moved:
            _end(booking, order, by, now)
    _end_options(tour, order, by, now)
    _forget_locks(tour, order, hits)
    for booking in moved:
        lifecycle.move(
            booking, by=by, now=now, starts_at=chosen[booking], reason=order.reason, gives_on=False
        )
    offered = [
        offer_anew(booking, starts_at, order.reason, by, now)
        for booking, starts_at in chosen.items()
        if booking not in moved
    ]
    _keep_away(tour, order, hits, chosen, by)
    lines.move_up(left, now)
    return DayCancelled(hits, offered, moved)


def lock_hits(tour: Tour, order: Cancellation, now: datetime, version: int | None) -> list[Booking]:
    """The visits that are hit, locked until the transaction ends, if they are those that were looked at."""
    seen = list(tour.bookings.filter(pk__in=order.seen).select_related("wish"))
    wishes = [booking.wish for booking in seen if booking.wish]
    planning.lock_lists(wishes)
    venues = [booking.venue_id for booking in seen] + [wish.venue_id for wish in wishes]
    slots.lock_resources([tour.production.ensemble_id], venues)
    for booking in seen:
        lifecycle.unchanged(booking, order.seen[booking.pk])
    take_turn(tour, version)
    hits = hits_of(tour, order.on, now, only=order.only, until=order.until)
    if {booking.pk for booking in hits} != set(order.seen):
        raise NotNow(_("The visits of these days have changed since you opened the page. Look again."))
    if not hits:
        raise Refused(_("There is no visit on %(days)s.") % {"days": span_text(order.on, order.last)})
    return hits


def check_fit(lost: LostDay, chosen: Mapping[Booking, datetime]) -> None:
    """See that the visits can be played together on the days that were chosen.

    Raises:
        Refused: one cannot; `booking` in the ids says which.
    """
    stops = {lost.stop(booking, starts_at): booking for booking, starts_at in chosen.items()}
    _good, clashing = fitting(lost, list(stops))
    for clash in clashing:
        raise Refused(clash_text(lost, clash), field="dates", booking=stops[clash.stop].pk)


def _end(booking: Booking, order: Cancellation, by: User, now: datetime) -> None:
    if booking.status == Status.CONFIRMED:
        cause = order.cause or (Cause.PRESENTER if order.only else Cause.PRODUCER)
        lifecycle.cancel(booking, by=by, now=now, reason=order.reason, cause=cause, gives_on=False)
    elif booking.status == Status.HELD:
        lifecycle.release(booking, by=by, now=now, reason=order.reason, gives_on=False)
    elif order.only:
        lifecycle.decline(booking, by=by, now=now, reason=order.reason, gives_on=False)
    else:
        lifecycle.withdraw(booking, by=by, now=now, reason=order.reason, gives_on=False)


def _end_options(tour: Tour, order: Cancellation, by: User, now: datetime) -> None:
    """Where the ensemble cannot play, its further options of the day would move up to a day that is lost."""
    waiting = tour.bookings.waiting().with_ground() if order.only is None else ()
    for booking in waiting:
        if order.on <= timezone.localdate(booking.starts_at) <= order.last:
            _end(booking, order, by, now)


def offer_anew(booking: Booking, starts_at: datetime, reason: str, by: User, now: datetime) -> Booking:
    """A new offer of what has ended, on another day and at the same price.

    Raises:
        Refused: nobody has wished for it, or no mail reaches the presenter.
        SlotTaken: somebody else has taken the venue.
    """
    if booking.wish is None:
        raise Refused(
            _("Nobody has wished for the visit to %(presenter)s, so it cannot be offered on another day.")
            % {"presenter": booking.presenter},
            booking=booking.pk,
        )
    new = lifecycle.hold(
        tour=booking.tour,
        wish=booking.wish,
        starts_at=starts_at,
        by=by,
        now=now,
        reason=reason,
        like=booking,
    )
    return lifecycle.offer(new, by=by, now=now)


def _forget_locks(tour: Tour, order: Cancellation, hits: Sequence[Booking]) -> None:
    """What was locked to the lost days would be planned there again; where we cannot play, whoever it is."""
    locked = Instruction.objects.filter(
        tour=tour, kind=Instruction.Kind.LOCKED, starts_at__date__range=(order.on, order.last)
    )
    if order.only is not None:
        locked = locked.filter(wish__in=[booking.wish_id for booking in hits if booking.wish_id])
    locked.delete()


def _keep_away(
    tour: Tour, order: Cancellation, hits: Sequence[Booking], chosen: Mapping[Booking, datetime], by: User
) -> None:
    """No later plan puts the visits back: the day is kept free, or the one that was held is locked or left out."""
    if order.only is None:
        for day in calendar_days(order.on, order.last):
            if not tour.bookings.live().filter(performances__starts_at__date=day).exists():
                orders.forbid_day(tour, day, by=by, reason=order.reason.strip())
        return
    for booking in hits:
        if booking.wish and booking.status == Status.HELD:
            starts_at = chosen.get(booking)
            kind = Instruction.Kind.LOCKED if starts_at else Instruction.Kind.DROPPED
            Instruction.objects.update_or_create(
                tour=tour, wish=booking.wish, defaults={"kind": kind, "starts_at": starts_at, "by": by}
            )
