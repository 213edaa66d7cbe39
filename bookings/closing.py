"""When a presenter cannot: rooms and whole houses closed, closed at other times, and opened again.

A closure never ends what is agreed. An offer inside it is answered first, because nobody could say yes to it any more;
what is held or confirmed is named, and stands once whoever closes has said that they know. Its producer is told. The
same goes for residencies that have the room; they are seen on the list of closures.
"""

from calendar import isleap
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import lines, notices, slots
from bookings.errors import ClosedOverVisits
from bookings.models import Allocation, Booking, Residency
from bookings.models.booking import Bookings, Status
from bookings.models.residency import Residencies
from tours.errors import Refused
from tours.windows import minute_of
from tours.windows import moment as moment_at
from venues.models import Closure, Organisation, Venue

#: For so many years ahead a closure may be noted at once. Source: the house's choice; calendars further off change.
YEARS_MAX = 5
#: A room, or the house with all of its rooms and whatever other room it hosts in.
Closed = Venue | Organisation


def visits_in(closed: Closed, starts_at: datetime, ends_at: datetime) -> Bookings:
    """What is held, offered or confirmed in the half-open time where it would be closed, in the order of days."""
    found = Booking.objects.live().filter(_where(closed)).between(starts_at, ends_at)
    return found.with_ground().order_by("occupied_from", "pk")


def visits_by_closure(closures: Iterable[Closure]) -> dict[int, list[Booking]]:
    """What is booked in each of the closures, by its number; one query and its readings, however many there are."""
    asked = list(closures)
    if not asked:
        return {}
    first, last = min(one.starts_at for one in asked), max(one.ends_at for one in asked)
    rooms, houses = {one.venue_id for one in asked}, {one.organisation_id for one in asked}
    there = Q(venue__in=rooms - {None}) | Q(presenter__in=houses - {None})
    found = list(Booking.objects.live().filter(there).between(first, last).with_ground())
    return {one.pk: [booking for booking in found if _lies_over(one, booking)] for one in asked}


def stays_in(closed: Closed, starts_at: datetime, ends_at: datetime) -> Residencies:
    """The residencies that have a room in the half-open time where it would be closed."""
    rows = Allocation.objects.filter(_rooms(closed), occupied_from__lt=ends_at, occupied_to__gt=starts_at)
    return Residency.objects.filter(pk__in=rows.values("residency")).order_by("pk")


def stays_by_closure(closures: Iterable[Closure]) -> dict[int, list[Residency]]:
    """The residencies that have a room in each of the closures, by its number; one query, however many there are."""
    asked = list(closures)
    if not asked:
        return {}
    first, last = min(one.starts_at for one in asked), max(one.ends_at for one in asked)
    rows = Allocation.objects.filter(residency__isnull=False, venue__isnull=False)
    rows = rows.filter(occupied_from__lt=last, occupied_to__gt=first).select_related("residency", "venue")
    found: dict[int, list[Residency]] = {one.pk: [] for one in asked}
    for row in rows.order_by("residency"):
        assert row.residency is not None
        assert row.venue is not None
        for one in asked:
            is_there = row.venue_id == one.venue_id or (
                one.organisation_id in (row.venue.organisation_id, row.residency.host_id)
            )
            is_then = row.occupied_from < one.ends_at and row.occupied_to > one.starts_at
            if is_there and is_then and row.residency not in found[one.pk]:
                found[one.pk].append(row.residency)
    return found


def _rooms(closed: Closed) -> Q:
    """The residencies' rooms that it is about: with a house its own, and others' in which it hosts one."""
    if isinstance(closed, Venue):
        return Q(residency__isnull=False, venue=closed)
    return Q(residency__isnull=False) & (
        Q(venue__organisation=closed) | Q(venue__isnull=False, residency__host=closed)
    )


def named(bookings: Iterable[int]) -> Bookings:
    """The visits that a refusal names, in the order of days."""
    return Booking.objects.filter(pk__in=list(bookings)).with_ground().order_by("occupied_from", "pk")


@transaction.atomic
def close(
    closed: Closed,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    *,
    now: datetime,
    years: int = 0,
    despite: bool = False,
) -> list[Closure]:
    """Say that a room or a house cannot be used in a half-open range of time.

    Args:
        years: in how many of the following years the same days are closed too; each is a row of its own.
        despite: whoever closes knows of the visits that are held or confirmed then.

    Returns:
        The closures, the first year's first.

    Raises:
        Refused: it ends before it starts, or is over, or goes too many years ahead.
        ClosedOverVisits: visits are booked then; `ids` names them.
    """
    if not 0 <= years <= YEARS_MAX:
        raise Refused(_("Close at most %(count)d years ahead.") % {"count": YEARS_MAX}, field="years")
    spans = [(_later(starts_at, ahead), _later(ends_at, ahead)) for ahead in range(years + 1)]
    _check_span(*spans[0], now)
    _lock(closed)
    hit = [booking for span in spans for booking in _known(closed, *span, despite)]
    thing = {"venue": closed} if isinstance(closed, Venue) else {"organisation": closed}
    made = [
        Closure.objects.create(starts_at=start, ends_at=end, reason=reason.strip(), **thing)
        for start, end in spans
    ]
    _tell(hit, now)
    return made


@transaction.atomic
def change(
    closure: Closure,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    *,
    now: datetime,
    despite: bool = False,
) -> Closure:
    """Give a closure another time or reason. Who waits for a time that is open again gets it, if it is free.

    Raises:
        Refused, ClosedOverVisits: as by `close`; of what it lay over already nothing is asked again.
    """
    _check_span(starts_at, ends_at, now)
    closed = _closed(closure)
    _lock(closed)
    before = closure.starts_at, closure.ends_at
    known = visits_in(closed, *before).values_list("pk", flat=True)
    stays = stays_in(closed, *before).values_list("pk", flat=True)
    hit = _known(closed, starts_at, ends_at, despite, but=set(known), but_stays=set(stays))
    closure.starts_at, closure.ends_at, closure.reason = starts_at, ends_at, reason.strip()
    closure.save(update_fields=["starts_at", "ends_at", "reason"])
    _open_up(closed, *before, now)
    _tell(hit, now)
    return closure


@transaction.atomic
def reopen(closure: Closure, *, now: datetime) -> None:
    """Take a closure away. Who waits for the time gets it now, if nothing else is in the way."""
    closed = _closed(closure)
    _lock(closed)
    span = closure.starts_at, closure.ends_at
    closure.delete()
    _open_up(closed, *span, now)


def closures_of(houses: Iterable[Organisation]) -> "QuerySet[Closure]":
    """The closures of these houses and of their rooms, by day."""
    mine = list(houses)
    found = Closure.objects.filter(Q(organisation__in=mine) | Q(venue__organisation__in=mine))
    return found.select_related("venue__organisation", "organisation").order_by("starts_at", "pk")


def _lies_over(closure: Closure, booking: Booking) -> bool:
    is_there = booking.venue_id == closure.venue_id or booking.presenter_id == closure.organisation_id
    return is_there and booking.occupied_from < closure.ends_at and booking.occupied_to > closure.starts_at


def _where(closed: Closed) -> Q:
    return Q(venue=closed) if isinstance(closed, Venue) else Q(presenter=closed)


def _closed(closure: Closure) -> Closed:
    found: Closed | None = closure.venue or closure.organisation
    assert found is not None  # a constraint of the model
    return found


def _lock(closed: Closed) -> None:
    """Lock the rooms that it is about, and what those who wait for them need.

    With a house also the rooms of others in which it has visits. While it is closed nobody can join the line.
    """
    there = Booking.objects.live().filter(_where(closed)).order_by()
    waiting = there.filter(hold_rank__gt=1).values_list("tour__production__ensemble", flat=True)
    own = [closed.pk] if isinstance(closed, Venue) else closed.venues.values_list("pk", flat=True)
    stayed_in = Allocation.objects.filter(_rooms(closed)).values_list("venue", flat=True)
    slots.lock_resources(waiting, {*own, *there.values_list("venue", flat=True), *filter(None, stayed_in)})


def _check_span(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused(_("The closure must end after it starts."), field="ends_on")
    if ends_at <= now:
        raise Refused(_("These days are over. Choose days to come."), field="ends_on")


def _known(
    closed: Closed,
    starts_at: datetime,
    ends_at: datetime,
    despite: bool,
    but: Iterable[int] = (),
    but_stays: Iterable[int] = (),
) -> list[Booking]:
    """The visits that it would lie over, if that is allowed."""
    hit = list(visits_in(closed, starts_at, ends_at).exclude(pk__in=but))
    stays = list(stays_in(closed, starts_at, ends_at).exclude(pk__in=but_stays))
    to_answer = [booking for booking in hit if booking.status == Status.OFFERED]
    if to_answer:
        text = ngettext(
            "%(count)d offer in that time waits for your answer. Answer it first: it could not be confirmed any more.",
            "%(count)d offers in that time wait for your answer. Answer them first: they could not be confirmed any "
            "more.",
            len(to_answer),
        )
        raise ClosedOverVisits(
            text % {"count": len(to_answer)}, code="offers_to_answer", bookings=[one.pk for one in to_answer]
        )
    if stays and not despite:
        names = ", ".join(str(stay) for stay in stays)
        raise ClosedOverVisits(
            _(
                "A residency has a room then: %(names)s. It stands: say that you know, or talk to each other first."
            )
            % {"names": names},
            code="visits_booked",
            bookings=[one.pk for one in hit],
            residencies=[stay.pk for stay in stays],
        )
    if hit and not despite:
        text = ngettext(
            "%(count)d visit is booked then. It is not called off by this: say that you know, or cancel it first.",
            "%(count)d visits are booked then. They are not called off by this: say that you know, or cancel them "
            "first.",
            len(hit),
        )
        raise ClosedOverVisits(
            text % {"count": len(hit)}, code="visits_booked", bookings=[one.pk for one in hit]
        )
    return hit


def _tell(hit: Iterable[Booking], now: datetime) -> None:
    for booking in hit:
        kind = "visit_closed" if booking.status == Status.CONFIRMED else "hold_closed"
        notices.about_hold(kind, booking, now)


def _open_up(closed: Closed, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    waiting = Booking.objects.waiting().filter(_where(closed)).between(starts_at, ends_at)
    lines.move_up(
        [slots.slot_of(booking) for booking in waiting.with_ground().order_by("hold_rank", "pk")], now
    )


def _later(at: datetime, years: int) -> datetime:
    """The same local day and time so many years later; of a 29 February the day before."""
    local = timezone.localtime(at)
    day = local.date()
    year = day.year + years
    leaps = (day.month, day.day) == (2, 29) and not isleap(year)
    there = day.replace(year=year, day=28) if leaps else day.replace(year=year)
    return moment_at(there, minute_of(local.time()))
