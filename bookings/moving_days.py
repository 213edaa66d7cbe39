"""Move the visits of several days of a tour by so many days, where that is legal: each presenter is asked again.

What was only held moves at once; what is offered is taken back and offered anew; what is confirmed becomes a change
that waits for its presenter (`bookings.changing`). Those that cannot move stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import changing, lifecycle, lines, make_up, slots
from bookings.cancelling import Cancellation, check_fit, lock_hits, offer_anew
from bookings.conditions import NO_CHANGE_WAITS
from bookings.models import Booking
from bookings.models.booking import Status
from tours.errors import Refused
from tours.models import Tour
from venues.dates import moment_text
from venues.models import User

#: So far a visit is moved at the most. Source: the house's choice; a tour is planned for 120 days at the most.
DAYS_MAX = 120


@dataclass(frozen=True)
class Move:
    """What a producer decides about days whose visits are to be played later, or sooner.

    Attributes:
        on, until: the first and the last of the days.
        by_days: so many days later; negative: sooner.
        seen: booking id -> the version that was looked at, of every visit of the days.
        moves: ids of those that are to move; the others stay.
    """

    on: date
    until: date
    by_days: int
    reason: str
    seen: Mapping[int, int]
    moves: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Consequence:
    """What moving does to one visit: when it would be played, and why it cannot; empty where it can."""

    booking: Booking
    starts_at: datetime
    refusal: str = ""


@dataclass(frozen=True)
class DaysMoved:
    """What became of the visits: asked about, offered anew (new visits), moved at once, and left as they are."""

    asked: list[Booking]
    offered: list[Booking]
    moved: list[Booking]
    stayed: list[Booking]


def consequences(tour: Tour, on: date, until: date, by_days: int, now: datetime) -> list[Consequence]:
    """Each visit of the days at its other time, and which of them cannot be played there beside all the others.

    Raises:
        NoRoad, PlannerError: see `make_up.lost_day`.
    """
    lost = make_up.lost_day(tour, on, now, until=until)
    times = {booking: moved_by(booking, by_days) for booking in lost.hits}
    stops = {lost.stop(booking, starts_at): booking for booking, starts_at in times.items()}
    _good, clashing = make_up.fitting(lost, list(stops))
    why = {stops[clash.stop]: make_up.clash_text(lost, clash) for clash in clashing}
    return [
        Consequence(
            booking, starts_at, _waits(booking) or why.get(booking) or _in_the_way(booking, starts_at)
        )
        for booking, starts_at in times.items()
    ]


def moved_by(booking: Booking, by_days: int) -> datetime:
    """The same time by the clock so many days later."""
    local = timezone.localtime(booking.starts_at)
    naive = local.replace(tzinfo=None) + timedelta(days=by_days)
    return timezone.make_aware(naive)


@transaction.atomic
def move_days(tour: Tour, order: Move, *, by: User, now: datetime, version: int | None = None) -> DaysMoved:
    """Ask, offer or move, all or nothing; who was not chosen stays.

    Raises:
        BoardChanged: see `frames.take_turn`.
        NotNow: a visit of the days has changed, come or gone since it was looked at, or a change of it waits.
        Refused: there is no reason, no visit is to move, or one cannot; `booking` in the ids says which.
        NoRoad, PlannerError: see `make_up.lost_day`.
        SlotTaken: somebody else has taken a venue on the other day.
    """
    if not order.reason.strip():
        raise Refused(_("Say why: the other side gets these words."), field="reason")
    tour = Tour.objects.with_ground().get(pk=tour.pk)
    hits = lock_hits(tour, Cancellation(order.on, order.reason, order.seen, until=order.until), now, version)
    times = {booking: moved_by(booking, order.by_days) for booking in hits if booking.pk in order.moves}
    if not times or not order.by_days:
        raise Refused(_("Choose at least one visit, and by how many days it moves."), field="by_days")
    if abs(order.by_days) > DAYS_MAX:
        raise Refused(
            _("Move them by at most %(count)d days.") % {"count": DAYS_MAX}, field="by_days", tour=tour.pk
        )
    check_fit(make_up.lost_day(tour, order.on, now, until=order.until), times)
    done = DaysMoved([], [], [], [booking for booking in hits if booking not in times])
    left = [slots.slot_of(booking) for booking in times if booking.status != Status.CONFIRMED]
    for booking, starts_at in times.items():
        _move(booking, starts_at, order.reason, by, now, done)
    lines.move_up(left, now)
    return done


def _move(
    booking: Booking, starts_at: datetime, reason: str, by: User, now: datetime, done: DaysMoved
) -> None:
    if booking.status == Status.CONFIRMED:
        done.asked.append(
            changing.propose_change(booking, by=by, now=now, reason=reason, starts_at=starts_at, tries=False)
        )
    elif booking.status == Status.HELD:
        done.moved.append(
            lifecycle.move(booking, by=by, now=now, starts_at=starts_at, reason=reason, gives_on=False)
        )
    else:
        lifecycle.withdraw(booking, by=by, now=now, reason=reason, gives_on=False)
        done.offered.append(offer_anew(booking, starts_at, reason, by, now))


def _waits(booking: Booking) -> str:
    return str(NO_CHANGE_WAITS.sentence) if booking.open_change else ""


def _in_the_way(booking: Booking, starts_at: datetime) -> str:
    """That somebody has the room or the ensemble then; empty where they are free."""
    shift = starts_at - booking.starts_at
    tried = Booking.objects.with_ground().get(pk=booking.pk)
    tried.occupied_from += shift
    tried.occupied_to += shift
    if slots.is_free(tried):
        return ""
    return _("The room or the ensemble is not free %(when)s.") % {"when": moment_text(starts_at)}
