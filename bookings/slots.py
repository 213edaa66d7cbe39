"""Reserving venues, ensembles and what they share: lock in order, look, then write; the database is the backstop.

The order of locks in the whole house: a program's key, who has wished, ensembles, venues, bookings, then tours and
proposals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookings import group_days
from bookings.errors import SlotTaken
from bookings.models import Allocation, Booking, ChangeProposal
from bookings.models.booking import LIVE, Bookings
from tours.models import Ensemble, Shared
from venues.dates import moment_text, span_text
from venues.models import Closure, School, Venue


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
    """Whether both need the same venue, ensemble, person or vehicle at the same time."""
    if one.start >= other.end or other.start >= one.end:
        return False
    return one.venue == other.venue or other.ensemble in kin({one.ensemble})


def kin(ensembles: set[int]) -> set[int]:
    """These ensembles, and all that share a person or a vehicle with one of them."""
    shared = Shared.objects.filter(ensembles__in=ensembles)
    return ensembles | set(Ensemble.objects.filter(shared__in=shared).values_list("pk", flat=True))


def lock_resources(ensembles: Iterable[int], venues: Iterable[int]) -> None:
    """Lock the rows of the resources until the transaction ends, always in the same order (kind, then id).

    With them the ensembles that share something with one of them: so nobody else locks persons or vehicles. And with
    them what the further options need that wait for one of them: whoever lets go gives the slot on in the same
    transaction. The other room of a change that waits is locked with the visit's own. Who joins a line locks its
    venue and ensemble first, so all that is needed is known once these are ours; if it is more, all is locked anew,
    in order: going back to the savepoint lets go of the locks.

    Measured: without this, PostgreSQL's exclusion constraint answers 50 rivals with deadlocks.
    """
    asked = locked = set(ensembles), set(venues)
    while True:
        savepoint = transaction.savepoint()
        _lock_in_order(*locked)
        needed = _with_waiting(*_with_changes(*asked))
        if needed[0] <= locked[0] and needed[1] <= locked[1]:
            transaction.savepoint_commit(savepoint)
            return
        transaction.savepoint_rollback(savepoint)
        locked = needed


def _with_changes(ensembles: set[int], venues: set[int]) -> tuple[set[int], set[int]]:
    changes = ChangeProposal.objects.filter(
        waits_on__venue__in=venues, waits_on__tour__production__ensemble__in=ensembles
    )
    return ensembles, venues | set(changes.order_by().values_list("venue", flat=True))


def _with_waiting(ensembles: set[int], venues: set[int]) -> tuple[set[int], set[int]]:
    ensembles = kin(ensembles)
    lines = Q(venue__in=venues) | Q(tour__production__ensemble__in=ensembles)
    waiting = Booking.objects.waiting().filter(lines).order_by()
    pairs = list(waiting.values_list("tour__production__ensemble", "venue"))
    return ensembles | {ensemble for ensemble, _venue in pairs}, venues | {venue for _, venue in pairs}


def _lock_in_order(ensembles: set[int], venues: set[int]) -> None:
    for model, keys in ((Ensemble, ensembles), (Venue, venues)):
        list(model.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values("pk"))


def lock_booking(booking: Booking) -> Booking:
    """The booking as it stands now and its ground, locked together with its venue and ensemble.

    Raises:
        Booking.DoesNotExist: there is no such booking.
    """
    return Booking.objects.with_ground().get(pk=lock_row(booking).pk)


def lock_row(booking: Booking) -> Booking:
    """The same without its ground."""
    ensembles = set(
        Ensemble.objects.filter(productions__tours__bookings=booking.pk).values_list("pk", flat=True)
    )
    row = booking
    while True:
        venue, savepoint = row.venue_id, transaction.savepoint()
        lock_resources(ensembles, [venue])
        row = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
        if row.venue_id == venue:
            transaction.savepoint_commit(savepoint)
            return row
        transaction.savepoint_rollback(savepoint)  # it has got another room since


def blocks(booking: Booking) -> bool:
    """Whether the booking takes its slot: a first option, an offer of it, or a confirmed visit."""
    return booking.status in LIVE and booking.hold_rank == 1


def allocate(booking: Booking) -> None:
    """Write the booking's reservations as its state and times demand. Call with the resources locked.

    Raises:
        SlotTaken: the venue is closed or the ensemble off, which is said to further options too; or somebody else has
            the venue or the ensemble in that time, or one of its groups another visit that day.
    """
    _look_for_rivals(booking)
    if booking.status in LIVE:
        _look_for_closures(booking)
    if blocks(booking):
        group_days.check(booking)
    _reserve(booking)


def reserve(booking: Booking) -> None:
    """Write the reservations anew, after what its ensemble shares has changed. Call with the resources locked.

    Raises:
        SlotTaken: another visit needs the same person or vehicle then.
    """
    _look_for_rivals(booking)
    _reserve(booking)


def _look_for_rivals(booking: Booking) -> None:
    if blocks(booking) and (rival := rival_of(booking)):
        raise SlotTaken(taken_text(rival), booking=booking.pk, **whose(rival))


def _reserve(booking: Booking) -> None:
    try:
        with transaction.atomic():
            _write(booking, blocks(booking))
    except IntegrityError as error:
        raise SlotTaken(
            _("Somebody else took the slot at the same moment. Choose another time."), booking=booking.pk
        ) from error


def check_free(booking: Booking) -> None:
    """See that venue and ensemble are open and free for a visit as it would be; it need not be stored.

    Raises:
        SlotTaken: the venue is closed, the ensemble off, or another visit has one of them, or a group of
            its that day.
    """
    _look_for_closures(booking)
    group_days.look(booking)
    if rival := rival_of(booking):
        raise SlotTaken(taken_text(rival), booking=booking.pk, **whose(rival))


def why_closed(booking: Booking) -> str:
    """Why its room or its house is closed in the visit's time; empty where it is open."""
    return _closed(booking.venue, booking.presenter_id, booking.occupied_from, booking.occupied_to)


def is_free(booking: Booking) -> bool:
    """Whether the booking could take its slot now."""
    try:
        check_free(booking)
    except SlotTaken:
        return False
    return True


def rival_of(booking: Booking) -> Allocation | None:
    """The first reservation that the booking would run into; it need not be stored yet."""
    taken = Allocation.objects.filter(_overlapping(booking))
    # A residency's rows have no booking: without its pk a visit would leave just those out.
    others = taken.exclude(booking=booking.pk) if booking.pk else taken
    return others.order_by("occupied_from").first()


def in_the_way(booking: Booking) -> Bookings:
    """The bookings that have the venue or the ensemble in that time, in the order of their days."""
    taken = Allocation.objects.filter(_overlapping(booking)).exclude(booking=booking)
    return Booking.objects.filter(pk__in=taken.values("booking")).order_by("occupied_from", "pk")


def lift(bookings: Iterable[Booking]) -> None:
    """Free the slots of visits that are about to be set down elsewhere in the same transaction."""
    Allocation.objects.filter(booking__in=list(bookings)).update(is_blocking=False)


def _write(booking: Booking, blocking: bool) -> None:
    """One row for the venue, one for the ensemble, one for each thing that it shares; those that stand keep theirs."""
    times = {
        "occupied_from": booking.occupied_from,
        "occupied_to": booking.occupied_to,
        "is_blocking": blocking,
    }
    ensemble = booking.tour.production.ensemble
    things: list[dict[str, Any]] = [{"venue_id": booking.venue_id}, {"ensemble_id": ensemble.pk}]
    things += [{"shared_id": shared.pk} for shared in ensemble.shared.all()]
    own = booking.allocations.filter(change=None)
    standing = {_thing(row): row.pk for row in own}
    rows = [Allocation(booking=booking, **thing, **times) for thing in things]
    wanted = {_thing(row): row for row in rows}
    if left := [pk for thing, pk in standing.items() if thing not in wanted]:
        own.filter(pk__in=left).delete()
    own.filter(pk__in=[pk for thing, pk in standing.items() if thing in wanted]).update(**times)
    Allocation.objects.bulk_create(row for thing, row in wanted.items() if thing not in standing)


def _thing(row: Allocation) -> tuple[int | None, int | None, int | None]:
    """What the row reserves: a venue, an ensemble, or something shared."""
    return row.venue_id, row.ensemble_id, row.shared_id


def _look_for_closures(booking: Booking) -> None:
    _look_for_day_off(booking.tour.production.ensemble, booking.occupied_from, booking.occupied_to)
    _look_for_closure(booking.venue, booking.presenter_id, booking.occupied_from, booking.occupied_to)


def _overlapping(booking: Booking) -> Q:
    """The reservations that the booking would run into, its own among them."""
    return Q(
        Q(venue=booking.venue_id)
        | Q(ensemble=booking.tour.production.ensemble_id)
        | Q(shared__in=Shared.objects.filter(ensembles=booking.tour.production.ensemble_id)),
        is_blocking=True,
        occupied_from__lt=booking.occupied_to,
        occupied_to__gt=booking.occupied_from,
    )


def taken_text(rival: Allocation) -> str:
    """By what something is taken, and from when to when."""
    return _("%(who)s is already taken from %(start)s to %(end)s (%(tour)s). Choose another time.") % {
        "who": rival.venue or rival.ensemble or rival.shared or rival.dwelling,
        "start": moment_text(rival.occupied_from),
        "end": moment_text(rival.occupied_to),
        "tour": rival.taken_for,
    }


def whose(rival: Allocation) -> dict[str, Any]:
    """Whose reservation it is, as a refusal names it: a visit's or a residency's."""
    if rival.booking_id:
        return {"rival": rival.booking_id}
    return {"rival_residency": rival.residency_id or 0}


def _look_for_day_off(ensemble: Ensemble, start: datetime, end: datetime) -> None:
    last = timezone.localdate(end - timedelta(microseconds=1))
    day_off = ensemble.days_off.filter(starts_on__lte=last, ends_on__gte=timezone.localdate(start)).first()
    if day_off:
        raise SlotTaken(
            _("%(ensemble)s is off %(days)s. Choose another day.")
            % {"ensemble": ensemble, "days": span_text(day_off.starts_on, day_off.ends_on)},
            ensemble=ensemble.pk,
        )


def _closed(venue: Venue, presenter_id: int, start: datetime, end: datetime) -> str:
    closed = Closure.objects.filter(Q(venue=venue) | Q(organisation=presenter_id)).between(start, end)
    closure = closed.first()
    if closure is None and not venue.is_closed_down:
        ceased = School.objects.filter(organisation=presenter_id).ceased(timezone.localdate(start))
        return _("the school has ceased") if ceased.exists() else ""
    return closure.reason if closure and closure.reason else pgettext("venue", "closed")


def _look_for_closure(venue: Venue, presenter_id: int, start: datetime, end: datetime) -> None:
    if reason := _closed(venue, presenter_id, start, end):
        raise SlotTaken(
            _("%(venue)s is not available then: %(reason)s. Choose another time or venue.")
            % {"venue": venue, "reason": reason},
            venue=venue.pk,
        )
