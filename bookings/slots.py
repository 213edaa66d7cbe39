"""Reserving venues and ensembles: lock in order, look, then write; the database is the backstop.

The order of locks in the whole house: who has wished, ensembles, venues, bookings, then tours and proposals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookings.errors import SlotTaken
from bookings.models import Allocation, Booking, Ensemble
from bookings.models.booking import LIVE, Bookings
from venues.dates import moment_text, span_text
from venues.models import Closure, Venue


@dataclass(frozen=True)
class Slot:
    """A venue and an ensemble in a half-open time."""

    venue: int
    ensemble: int
    start: datetime
    end: datetime


def slot_of(booking: Booking) -> Slot:
    """What the booking takes, or would take."""
    ensemble = booking.tour.production.ensemble_id
    return Slot(booking.venue_id, ensemble, booking.occupied_from, booking.occupied_to)


def collide(one: Slot, other: Slot) -> bool:
    """Whether both need the same venue or the same ensemble at the same time."""
    shares = one.venue == other.venue or one.ensemble == other.ensemble
    return shares and one.start < other.end and other.start < one.end


def lock_resources(ensembles: Iterable[int], venues: Iterable[int]) -> None:
    """Lock the rows of the resources until the transaction ends, always in the same order (kind, then id).

    With them what the further options need that wait for one of them: whoever lets go gives the slot on in the same
    transaction. Who joins a line locks its venue and ensemble first; whoever did so before our locks is found by
    looking again, and then all is locked anew: going back to the savepoint lets go of the locks.

    Measured: without this, PostgreSQL's exclusion constraint answers 50 rivals with deadlocks.
    """
    asked = set(ensembles), set(venues)
    while True:
        wider = _with_waiting(*asked)
        savepoint = transaction.savepoint()
        _lock_in_order(*wider)
        now_waiting = _with_waiting(*asked)
        if now_waiting[0] <= wider[0] and now_waiting[1] <= wider[1]:
            transaction.savepoint_commit(savepoint)
            return
        transaction.savepoint_rollback(savepoint)


def _with_waiting(ensembles: set[int], venues: set[int]) -> tuple[set[int], set[int]]:
    lines = Q(venue__in=venues) | Q(tour__production__ensemble__in=ensembles)
    waiting = Booking.objects.waiting().filter(lines).order_by()
    pairs = list(waiting.values_list("tour__production__ensemble", "venue"))
    return ensembles | {ensemble for ensemble, _venue in pairs}, venues | {venue for _, venue in pairs}


def _lock_in_order(ensembles: set[int], venues: set[int]) -> None:
    for model, keys in ((Ensemble, ensembles), (Venue, venues)):
        list(model.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values("pk"))


def lock_booking(booking: Booking) -> Booking:
    """The booking as it stands now, locked together with its venue and ensemble.

    Raises:
        Booking.DoesNotExist: there is no such booking.
    """
    ensemble_id = Ensemble.objects.filter(productions__tours__bookings=booking.pk).values_list(
        "pk", flat=True
    )
    lock_resources(ensemble_id, [booking.venue_id])
    Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    return Booking.objects.with_ground().get(pk=booking.pk)


def blocks(booking: Booking) -> bool:
    """Whether the booking takes its slot: a first option, an offer of it, or a confirmed visit."""
    return booking.status in LIVE and booking.hold_rank == 1


def allocate(booking: Booking) -> None:
    """Write the booking's reservations as its state and times demand. Call with the resources locked.

    Raises:
        SlotTaken: the venue is closed or the ensemble off, which is said to further options too; or somebody else has
            the venue or the ensemble in that time.
    """
    blocking = blocks(booking)
    if blocking and (rival := rival_of(booking)):
        raise SlotTaken(_taken(rival), booking=booking.pk, rival=rival.booking_id)
    if booking.status in LIVE:
        _look_for_closures(booking)
    try:
        with transaction.atomic():
            _write(booking, blocking)
    except IntegrityError as error:
        raise SlotTaken(
            _("Somebody else took the slot at the same moment. Choose another time."), booking=booking.pk
        ) from error


def is_free(booking: Booking) -> bool:
    """Whether the booking could take its slot now."""
    try:
        _look_for_closures(booking)
    except SlotTaken:
        return False
    return rival_of(booking) is None


def rival_of(booking: Booking) -> Allocation | None:
    """The first reservation that the booking would run into; it need not be stored yet."""
    taken = Allocation.objects.filter(_overlapping(booking)).exclude(booking=booking.pk)
    return taken.select_related("venue", "ensemble", "booking__tour").order_by("occupied_from").first()


def in_the_way(booking: Booking) -> Bookings:
    """The bookings that have the venue or the ensemble in that time, in the order of their days."""
    taken = Allocation.objects.filter(_overlapping(booking)).exclude(booking=booking)
    return Booking.objects.filter(pk__in=taken.values("booking")).order_by("occupied_from", "pk")


def lift(bookings: Iterable[Booking]) -> None:
    """Free the slots of visits that are about to be set down elsewhere in the same transaction."""
    Allocation.objects.filter(booking__in=list(bookings)).update(is_blocking=False)


def _write(booking: Booking, blocking: bool) -> None:
    times = {
        "occupied_from": booking.occupied_from,
        "occupied_to": booking.occupied_to,
        "is_blocking": blocking,
    }
    Allocation.objects.update_or_create(booking=booking, venue=booking.venue, ensemble=None, defaults=times)
    ensemble = booking.tour.production.ensemble
    Allocation.objects.update_or_create(booking=booking, venue=None, ensemble=ensemble, defaults=times)


def _look_for_closures(booking: Booking) -> None:
    _look_for_day_off(booking.tour.production.ensemble, booking.occupied_from, booking.occupied_to)
    _look_for_closure(booking.venue, booking.presenter_id, booking.occupied_from, booking.occupied_to)


def _overlapping(booking: Booking) -> Q:
    """The reservations that the booking would run into, its own among them."""
    return Q(
        Q(venue=booking.venue_id) | Q(ensemble=booking.tour.production.ensemble_id),
        is_blocking=True,
        occupied_from__lt=booking.occupied_to,
        occupied_to__gt=booking.occupied_from,
    )


def _taken(rival: Allocation) -> str:
    return _("%(who)s is already taken from %(start)s to %(end)s (%(tour)s). Choose another time.") % {
        "who": rival.venue or rival.ensemble,
        "start": moment_text(rival.occupied_from),
        "end": moment_text(rival.occupied_to),
        "tour": rival.booking.tour,
    }


def _look_for_day_off(ensemble: Ensemble, start: datetime, end: datetime) -> None:
    last = timezone.localdate(end - timedelta(microseconds=1))
    day_off = ensemble.days_off.filter(starts_on__lte=last, ends_on__gte=timezone.localdate(start)).first()
    if day_off:
        raise SlotTaken(
            _("%(ensemble)s is off %(days)s. Choose another day.")
            % {"ensemble": ensemble, "days": span_text(day_off.starts_on, day_off.ends_on)},
            ensemble=ensemble.pk,
        )


def _look_for_closure(venue: Venue, presenter_id: int, start: datetime, end: datetime) -> None:
    closure = (
        Closure.objects.filter(Q(venue=venue) | Q(organisation=presenter_id)).between(start, end).first()
    )
    if closure or venue.is_closed_down:
        reason = closure.reason if closure and closure.reason else pgettext("venue", "closed")
        raise SlotTaken(
            _("%(venue)s is not available then: %(reason)s. Choose another time or venue.")
            % {"venue": venue, "reason": reason},
            venue=venue.pk,
        )
