"""What becomes of a tour: by the clock, and by its producer where too few have said yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import lifecycle, notices, slots, stages
from bookings.clockwork import for_each
from bookings.models import Booking
from bookings.models.booking import LIVE, Bookings, Status
from tours.errors import NotNow, Refused
from tours.models import Tour
from tours.models.tour import Tours
from tours.windows import midnight
from venues.dates import day_text
from venues.models import User

Stage = Tour.Stage


@dataclass(frozen=True)
class Standing:
    """How far a tour has come towards enough presenters.

    Attributes:
        agreed: presenters that have said yes.
        waiting: offers that are open.
        is_missed: whether the cut-off date has passed without enough of them, so that the producer decides.
    """

    agreed: int
    waiting: int
    is_missed: bool


def standing(tour: Tour, now: datetime) -> Standing:
    """How the tour stands at that moment."""
    agreed = stages.agreed_presenters(tour)
    waiting = tour.bookings.to_answer().count()
    short = tour.stage == Stage.OPEN and agreed < tour.presenters_min
    return Standing(agreed, waiting, short and _is_over(tour.cut_off_on, now))


def steps_for(tour: Tour, now: datetime) -> list[str]:
    """What the producer may decide about the tour at that moment, in the table's order."""
    allowed = {
        "go_on": standing(tour, now).is_missed,
        "extend_cut_off": tour.cut_off_on is not None and tour.starts_on > timezone.localdate(now),
        "close": not _to_come(tour, now),
        "cancel": True,
    }
    return [name for name, so in allowed.items() if so and not stages.refusal(tour, name)]


@transaction.atomic
def go_on(tour: Tour, *, by: User, now: datetime, reason: str = "") -> Tour:
    """Play the tour although too few have said yes: it is confirmed, and open offers can still be answered.

    Raises:
        NotNow: enough have said yes, the cut-off date lies ahead, or it is not open.
    """
    tour = stages.lock(tour)
    so_far = standing(tour, now)
    if not so_far.is_missed and not stages.refusal(tour, "go_on"):
        raise NotNow(_("There is nothing to decide: the cut-off date lies ahead, or enough have said yes."))
    return stages.turn(tour, "go_on", by, now, reason=reason, details={"presenters": so_far.agreed})


@transaction.atomic
def extend_cut_off(tour: Tour, *, by: User, now: datetime, cut_off_on: date, reason: str = "") -> Tour:
    """Give presenters until another day; offers keep their own answer dates.

    Raises:
        NotNow: the tour is confirmed, runs or is over.
        Refused: the day is not later than the old one, has passed, or is not before the tour's first day.
    """
    tour = stages.lock(tour)
    before = tour.cut_off_on
    if cut_off_on < timezone.localdate(now) or (before and cut_off_on <= before):
        raise Refused(_("Choose a day that lies ahead, later than the old cut-off date."), field="cut_off_on")
    if cut_off_on >= tour.starts_on:
        raise Refused(
            _("The cut-off date lies before the first day, %(day)s.") % {"day": day_text(tour.starts_on)},
            field="cut_off_on",
        )
    tour.cut_off_on, tour.cut_off_told_at = cut_off_on, None
    details = {"from": before.isoformat() if before else None, "to": cut_off_on.isoformat()}
    return stages.turn(tour, "extend_cut_off", by, now, reason=reason, details=details)


@transaction.atomic
def cancel_tour(
    tour: Tour, *, by: User, now: datetime, reason: str, seen: Mapping[int, int] | None = None
) -> list[Booking]:
    """Cancel the tour: what is confirmed is cancelled, what is offered withdrawn, what is held released.

    Visits that are over stay as they are. Everybody who has been asked gets a mail.

    Args:
        seen: booking id -> the version that was looked at, of every visit to come; None for callers who looked at none.

    Returns:
        The visits that were ended, in the order of their days.

    Raises:
        NotNow: the tour is closed or cancelled, or a visit has changed, come or gone since it was looked at.
        Refused: there is no reason.
    """
    if not reason.strip():
        raise Refused(_("Say why the tour is cancelled: the presenters get these words."), field="reason")
    venues = tour.bookings.filter(status__in=LIVE).values_list("venue", flat=True)
    slots.lock_resources([tour.production.ensemble_id], venues)
    ending = list(_to_come(tour, now).order_by("occupied_from", "pk"))
    if seen is not None and {booking.pk: booking.version for booking in ending} != dict(seen):
        raise NotNow(_("The tour's visits have changed since you opened the page. Look again."), tour=tour.pk)
    for booking in ending:
        _end(booking, by, now, reason)
    stages.turn(stages.lock(tour), "cancel", by, now, reason=reason, details={"visits": len(ending)})
    return ending


@transaction.atomic
def close(tour: Tour, *, by: User | None, now: datetime, reason: str = "") -> Tour:
    """Close a tour on which nothing is left to play or answer.

    Raises:
        NotNow: something is, or the tour is a draft, closed or cancelled.
    """
    tour = stages.lock(tour)
    left = _to_come(tour, now).count()
    if left and not stages.refusal(tour, "close"):
        raise NotNow(_("Visits are left to play or answer. Cancel the tour, or wait until they are over."))
    return stages.turn(tour, "close", by, now, reason=reason)


def turn_due(now: datetime) -> int:
    """Let every tour take the step that the clock asks for; how many did. Two who do this at once do it once."""
    return sum(
        for_each(partial(_turn, step), due(now).order_by("pk"), now)
        for step, due in (("miss", _missed), ("run", _begun), ("close", _over))
    )


@transaction.atomic
def _turn(step: str, tour: Tour, now: datetime) -> int:
    tour = stages.lock(tour)
    due = {"miss": _missed, "run": _begun, "close": _over}[step]
    if not due(now).filter(pk=tour.pk).exists():
        return 0  # somebody else was first, or decided otherwise
    if step != "miss":
        stages.turn(tour, step, None, now)
        return 1
    agreed = stages.agreed_presenters(tour)
    if agreed >= tour.presenters_min:
        stages.turn(tour, "confirm", None, now, details={"presenters": agreed})
        return 1
    tour.cut_off_told_at = now
    stages.turn(tour, step, None, now, details={"presenters": agreed, "least": tour.presenters_min})
    notices.cut_off_missed(tour, agreed, now)
    return 1


def _missed(now: datetime) -> Tours:
    """Open tours whose cut-off day is over, and whose producer has not been told."""
    return Tour.objects.filter(
        stage=Stage.OPEN, cut_off_on__lt=timezone.localdate(now), cut_off_told_at__isnull=True
    )


def _begun(now: datetime) -> Tours:
    """Tours whose first confirmed visit is today, or was."""
    tomorrow = midnight(timezone.localdate(now) + timedelta(days=1))
    begun = Booking.objects.filter(tour=OuterRef("pk"), status=Status.CONFIRMED, occupied_from__lt=tomorrow)
    return Tour.objects.filter(Exists(begun), stage__in=stages.STEPS["run"].sources)


def _over(now: datetime) -> Tours:
    """Tours that have run, or whose last day is over, with nothing left to play, to answer or to report."""
    of_tour = Booking.objects.filter(tour=OuterRef("pk"))
    left = of_tour.live().filter(occupied_to__gt=now)
    unreported = of_tour.filter(status=Status.CONFIRMED, outcome=Booking.Outcome.UNKNOWN)
    opened = Tour.objects.filter(stage__in=stages.STEPS["close"].sources)
    ran = opened.filter(stage=Stage.RUNNING) | opened.filter(ends_on__lt=timezone.localdate(now))
    return ran.filter(~Exists(left), ~Exists(unreported))


def _to_come(tour: Tour, now: datetime) -> Bookings:
    return tour.bookings.live().filter(occupied_to__gt=now)


def _is_over(day: date | None, now: datetime) -> bool:
    return day is not None and day < timezone.localdate(now)


def _end(booking: Booking, by: User, now: datetime, reason: str) -> None:
    if booking.status == Status.CONFIRMED:
        lifecycle.cancel(booking, by=by, now=now, reason=reason)
    elif booking.status == Status.OFFERED:
        lifecycle.withdraw(booking, by=by, now=now, reason=reason)
    else:
        lifecycle.release(booking, by=by, now=now, reason=reason)
