"""What a residency reserves: rooms to work in, for whole periods or some hours of each day, and dwellings by the night.

A room or a dwelling is never taken twice, by residencies or visits: they are locked, looked at, and the database is
the backstop (`bookings.slots`). What is let go goes to the visit that waits for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookings import lines, slots
from bookings.errors import SlotTaken
from bookings.models import Allocation, Residency, ResidencyPeriod
from bookings.residencies import locking
from bookings.slots import Slot
from tours.errors import NotNow, Refused
from tours.windows import calendar_days, midnight, minute_of, moment
from venues.models import Closure, Dwelling, User, Venue

#: Rooms of a residency at the most. Source: the house's choice.
ROOMS_MAX = 20
Times = tuple[datetime, datetime]


@dataclass(frozen=True)
class Hours:
    """Hours of each day of a period; of a dwelling from when on its first day, and until when on its last."""

    start: time
    end: time


@dataclass(frozen=True)
class Thing:
    """A room or a dwelling for a period: ids; the hours of a room are None where it is had the whole time."""

    period: int
    venue: int | None = None
    dwelling: int | None = None
    hours: Hours | None = None


@transaction.atomic
def reserve_room(
    residency: Residency,
    venue: Venue,
    *,
    version: int,
    by: User,
    now: datetime,
    periods: Iterable[int] | None = None,
    hours: Hours | None = None,
) -> Residency:
    """Take a room for some of the periods (None: all to come), the whole time or some hours of each day.

    Of periods for which it has the room already the hours become these.

    Raises:
        NotNow: it is cancelled, or somebody has changed it since that version.
        Refused: no period is left, or the hours end before they begin (fields "periods", "hours").
        SlotTaken: somebody else has the room then, or it is closed.
    """
    residency = locking.begin_with_rooms(residency, version, venues=[venue.pk])
    if hours and hours.end <= hours.start:
        raise Refused(_("The hours must end after they begin."), field="hours")
    chosen = _chosen(residency, periods, now)
    kept = [thing for thing in standing(residency) if thing.venue != venue.pk or thing.period not in chosen]
    if len({thing.venue for thing in kept} - {None, venue.pk}) >= ROOMS_MAX:
        raise Refused(_("Write at most %(most)d.") % {"most": ROOMS_MAX}, field="venue")
    write(residency, [*kept, *(Thing(pk, venue=venue.pk, hours=hours) for pk in chosen)], now)
    return locking.write(residency, "room", by, now, details={"venue": venue.pk, "name": venue.name})


@transaction.atomic
def reserve_dwelling(
    residency: Residency,
    dwelling: Dwelling,
    *,
    version: int,
    by: User,
    now: datetime,
    periods: Iterable[int] | None = None,
) -> Residency:
    """Take a dwelling for the nights of some of the periods (None: all to come), by the hours that it has now.

    Hours that its house tells later are for what is reserved after that, or anew.

    Raises:
        NotNow: it is cancelled, or somebody has changed it since that version.
        Refused: it is not lent any more, or a period has no night (fields "dwelling", "periods").
        SlotTaken: somebody else has the dwelling then.
    """
    residency = locking.begin_with_rooms(residency, version, dwellings=[dwelling.pk])
    lent = Dwelling.objects.in_use().filter(pk=dwelling.pk).first()
    if lent is None:
        raise Refused(_("The dwelling is not lent any more."), field="dwelling")
    chosen = _chosen(residency, periods, now)
    kept = [
        thing for thing in standing(residency) if thing.dwelling != dwelling.pk or thing.period not in chosen
    ]
    hours = Hours(*lent.hours)
    write(residency, [*kept, *(Thing(pk, dwelling=dwelling.pk, hours=hours) for pk in chosen)], now)
    return locking.write(
        residency, "dwelling", by, now, details={"dwelling": dwelling.pk, "name": dwelling.name}
    )


@transaction.atomic
def release(
    residency: Residency,
    *,
    version: int,
    by: User,
    now: datetime,
    venue: Venue | None = None,
    dwelling: Dwelling | None = None,
) -> Residency:
    """Let a room or a dwelling go, in all periods that are not over; a visit that waits for the room gets it.

    Raises:
        NotNow: it has not got it (any more), it is cancelled, or somebody has changed it since that version.
    """
    residency = locking.begin_with_rooms(residency, version)
    gone = (venue.pk if venue else None, dwelling.pk if dwelling else None)
    today = timezone.localdate(now)
    over = set(residency.periods.filter(ends_on__lt=today).values_list("pk", flat=True))
    had = standing(residency)
    kept = [thing for thing in had if (thing.venue, thing.dwelling) != gone or thing.period in over]
    if len(kept) == len(had):
        raise NotNow(_("The residency has not got it any more. Look again."), residency=residency.pk)
    write(residency, kept, now)
    name = venue.name if venue else dwelling.name if dwelling else ""
    return locking.write(residency, "release", by, now, details={"name": name})


def release_all(residency: Residency, now: datetime) -> None:
    """Let everything go, sub-events' rooms too; visits that wait get it. Call with the rooms locked."""
    lines.move_up([_slot(row) for row in lift(residency) if row.venue_id], now)


def standing(residency: Residency) -> list[Thing]:
    """What it has reserved for its periods."""
    rows = Allocation.objects.filter(residency=residency, period__isnull=False).select_related("period")
    found: dict[tuple[int, int | None, int | None], Thing] = {}
    for row in rows.order_by("occupied_from"):
        assert row.period is not None
        key = row.period.pk, row.venue_id, row.dwelling_id
        found.setdefault(key, Thing(*key, _hours_of(row)))
    return list(found.values())


def lift(residency: Residency) -> list[Allocation]:
    """Take away all that it has reserved, to be put back in the same transaction; what that was."""
    had = list(residency.allocations.all())
    residency.allocations.all().delete()
    return had


def put_back(residency: Residency, things: Sequence[Thing], had: Sequence[Allocation], now: datetime) -> None:
    """Reserve these for its periods, and what its sub-events need beside them. Call with the rooms locked.

    Args:
        had: what `lift` has taken away; what of it is not reserved any more goes to whoever waits.

    Raises:
        Refused: a period has no night for a dwelling.
        SlotTaken: something is taken or closed.
    """
    periods = {row.pk: row for row in residency.periods.all()}
    rows = [
        Allocation(
            residency=residency,
            period_id=thing.period,
            venue_id=thing.venue,
            dwelling_id=thing.dwelling,
            occupied_from=start,
            occupied_to=end,
            is_blocking=True,
        )
        for thing in things
        for start, end in times_of(periods[thing.period], thing)
    ]
    rows += _of_sub_events(residency, rows)
    _look(residency, rows, had)
    try:
        with transaction.atomic():
            Allocation.objects.bulk_create(rows)
    except IntegrityError as error:
        raise SlotTaken(
            _("Somebody else took the time at the same moment. Choose another time."), residency=residency.pk
        ) from error
    lines.move_up([_slot(row) for row in had if row.venue_id and not _is_within(row, rows)], now)


def write(residency: Residency, things: Sequence[Thing], now: datetime) -> None:
    """Reserve these and nothing else for its periods; see `put_back`."""
    put_back(residency, things, lift(residency), now)


def fit_sub_events(residency: Residency, now: datetime) -> None:
    """Reserve for each standing sub-event in a venue what the residency does not have there for its periods.

    Call it after a sub-event has come, moved or gone, with the rooms locked (`locking.begin_with_rooms`).

    Raises:
        SlotTaken: somebody else has the venue in that time, or it is closed.
    """
    write(residency, standing(residency), now)


def _of_sub_events(residency: Residency, own: Sequence[Allocation]) -> list[Allocation]:
    events = residency.sub_events.filter(cancelled_at=None, venue__isnull=False)
    taken = list(own)
    for event in events.order_by("starts_at", "pk"):
        there = sorted(
            (row.occupied_from, row.occupied_to) for row in taken if row.venue_id == event.venue_id
        )
        taken += [
            Allocation(
                residency=residency,
                sub_event=event,
                venue_id=event.venue_id,
                occupied_from=start,
                occupied_to=end,
                is_blocking=True,
            )
            for start, end in _left((event.starts_at, event.ends_at), there)
        ]
    return taken[len(own) :]


def times_of(period: ResidencyPeriod, thing: Thing) -> list[Times]:
    """When the thing is reserved in the period: half-open.

    Raises:
        Refused: a dwelling is asked for where the period has no night (field "periods").
    """
    first, last, hours = period.starts_on, period.ends_on, thing.hours
    if thing.dwelling:
        if first == last:
            raise Refused(
                _("A period of one day has no night: a dwelling cannot be taken for it."), field="periods"
            )
        assert hours is not None  # a dwelling always has some
        return [(moment(first, minute_of(hours.start)), moment(last, minute_of(hours.end)))]
    if hours is None:
        return [(midnight(first), midnight(last + timedelta(days=1)))]
    start, end = minute_of(hours.start), minute_of(hours.end)
    return [(moment(day, start), moment(day, end)) for day in calendar_days(first, last)]


def beds_of(residency: Residency, period: int) -> int:
    """How many beds the dwellings of a period have together."""
    found = Dwelling.objects.filter(allocations__residency=residency, allocations__period=period)
    return Dwelling.objects.filter(pk__in=found.values("pk")).aggregate(all=Sum("beds"))["all"] or 0


def _chosen(residency: Residency, periods: Iterable[int] | None, now: datetime) -> list[int]:
    today = timezone.localdate(now)
    found = list(residency.periods.filter(ends_on__gte=today).values_list("pk", flat=True))
    chosen = found if periods is None else [pk for pk in found if pk in set(periods)]
    if not chosen:
        raise Refused(_("Choose a period that is not over."), field="periods")
    return chosen


def _hours_of(row: Allocation) -> Hours | None:
    start, end = timezone.localtime(row.occupied_from), timezone.localtime(row.occupied_to)
    if not row.dwelling_id and (start.time(), end.time()) == (time(0), time(0)):
        return None
    return Hours(start.time(), end.time())


def _look(residency: Residency, rows: Sequence[Allocation], had: Sequence[Allocation]) -> None:
    """See that nobody else has these then; of a room that was not had before also that it is open.

    A closure that was made afterwards, by somebody who knew of the residency, ends nothing.
    """
    alike: dict[tuple[int | None, int | None], list[Allocation]] = {}
    for row in rows:
        alike.setdefault((row.venue_id, row.dwelling_id), []).append(row)
    for (venue, dwelling), ours in alike.items():
        same = Q(venue=venue) if venue else Q(dwelling=dwelling)
        _look_for_rivals(residency, same, ours)
        new = [row for row in ours if not _is_within(row, had)]
        if venue and new:
            _look_for_closures(residency, Venue.objects.get(pk=venue), new)


def _look_for_rivals(residency: Residency, same: Q, ours: Sequence[Allocation]) -> None:
    first, last = min(row.occupied_from for row in ours), max(row.occupied_to for row in ours)
    others = Allocation.objects.filter(same, is_blocking=True, occupied_from__lt=last, occupied_to__gt=first)
    for rival in others.exclude(residency=residency.pk).order_by("occupied_from"):
        if any(
            row.occupied_from < rival.occupied_to and row.occupied_to > rival.occupied_from for row in ours
        ):
            raise SlotTaken(slots.taken_text(rival), residency=residency.pk, **slots.whose(rival))


def _look_for_closures(residency: Residency, venue: Venue, ours: Sequence[Allocation]) -> None:
    first, last = min(row.occupied_from for row in ours), max(row.occupied_to for row in ours)
    where = Q(venue=venue) | Q(organisation__in=[residency.host_id, venue.organisation_id])
    closed = [
        closure
        for closure in Closure.objects.filter(where).between(first, last)
        if any(row.occupied_from < closure.ends_at and row.occupied_to > closure.starts_at for row in ours)
    ]
    if closed or venue.is_closed_down:
        reason = closed[0].reason if closed and closed[0].reason else pgettext("venue", "closed")
        raise SlotTaken(
            _("%(venue)s is not available then: %(reason)s. Choose another time or venue.")
            % {"venue": venue, "reason": reason},
            residency=residency.pk,
            venue=venue.pk,
        )


def _is_within(row: Allocation, others: Sequence[Allocation]) -> bool:
    """Whether one of the others has the same thing in all of the row's time."""
    return any(
        (one.venue_id, one.dwelling_id) == (row.venue_id, row.dwelling_id)
        and one.occupied_from <= row.occupied_from
        and one.occupied_to >= row.occupied_to
        for one in others
    )


def _slot(row: Allocation) -> Slot:
    """A room's time as a line knows it; a residency takes no ensemble."""
    assert row.venue_id is not None
    return Slot(row.venue_id, 0, row.occupied_from, row.occupied_to)


def _left(wanted: Times, taken: Sequence[Times]) -> list[Times]:
    """What of a time is not taken; `taken` in order."""
    found, (start, end) = [], wanted
    for low, high in taken:
        if low > start:
            found.append((start, min(low, end)))
        start = max(start, high)
        if start >= end:
            return found
    return [*found, (start, end)]
