"""The periods of a residency: in order, with no day in common, split, moved; what they reserve moves with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import dropped_periods
from bookings.models import Residency, ResidencyPeriod
from bookings.models.residency import Periods
from bookings.residencies import locking, reserving, sub_events
from tours.errors import NotNow, Refused
from venues.dates import day_text
from venues.models import User

#: Of a residency at the most, and of one of them. Source: the house's choice: what a year can hold.
PERIODS_MAX, LENGTH_MAX = 12, timedelta(days=366)
#: So far ahead one plans at the most. Source: the house's choice; a year's slip of the pen is told.
AHEAD_MAX = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Days:
    """A period, both days included. `period`: which of those that stand it is; None: a new one."""

    first: date
    last: date
    period: int | None = None


def checked(spans: Sequence[Days], now: datetime, standing: Sequence[ResidencyPeriod] = ()) -> list[Days]:
    """The periods in order, if they can be. What is over stays as it is.

    Args:
        standing: those that the residency has; none where it is new.

    Raises:
        Refused: there is none or too many, one ends before it begins, is over, or two share a day (field "periods").
    """
    if not spans:
        raise Refused(_("Say from when to when the stay is."), field="periods")
    if len(spans) > PERIODS_MAX:
        raise Refused(_("Write at most %(most)d.") % {"most": PERIODS_MAX}, field="periods")
    known = {row.pk: (row.starts_on, row.ends_on) for row in standing}
    today = timezone.localdate(now)
    for span in spans:
        if span.period is not None and known.get(span.period) == (span.first, span.last):
            continue
        _check_one(span, today)
        if span.period is not None and (known[span.period][1] < today):
            raise Refused(
                _("The period from %(day)s is over. What was stays.")
                % {"day": day_text(known[span.period][0])},
                field="periods",
            )
    in_order = sorted(spans, key=lambda span: span.first)
    for one, after in zip(in_order, in_order[1:], strict=False):
        if after.first <= one.last:
            raise Refused(
                _("Two periods share the day %(day)s.") % {"day": day_text(after.first)}, field="periods"
            )
    return in_order


@transaction.atomic
def set_days(
    residency: Residency, spans: Sequence[Days], *, version: int, by: User, now: datetime
) -> Residency:
    """Give it these periods; those that are left out end, and calendars that showed them as agreed say so.

    A period that moves, or whose days are written as they stand, stays the same one. Rooms and dwellings move with it.

    Raises:
        NotNow: it is cancelled, or somebody has changed it since that version.
        Refused: they cannot be; `field` names it.
        SlotTaken: a room or a dwelling is not free on the new days.
    """
    residency = locking.begin_with_rooms(residency, version)
    standing = list(residency.periods.all())
    known = {row.pk: row for row in standing}
    if any(span.period is not None and span.period not in known for span in spans):
        raise NotNow(_("A period is gone since you opened the page. Look again."), residency=residency.pk)
    wanted = checked(_known_again(spans, standing), now, standing)
    kept = {span.period for span in wanted}
    gone = [row for row in standing if row.pk not in kept]
    if over := next((row for row in gone if row.ends_on < timezone.localdate(now)), None):
        raise Refused(
            _("The period from %(day)s is over. What was stays.") % {"day": day_text(over.starts_on)},
            field="periods",
        )
    before = told(standing)
    if not gone and all(_stands(span, known) for span in wanted):
        return residency
    _store(residency, wanted, known, gone, now)
    _check_sub_events(residency)
    details = {"before": before, "after": told(residency.periods.all())}
    return locking.write(residency, "days", by, now, details=details)


@transaction.atomic
def split(
    residency: Residency, period: ResidencyPeriod, on: date, *, version: int, by: User, now: datetime
) -> Residency:
    """Make two of a period: the second begins on that day. What is reserved for the one is for both.

    Raises:
        NotNow: as `set_days`.
        Refused: the day is not within the period, or that part is over.
    """
    if not period.starts_on < on <= period.ends_on:
        raise Refused(
            _("The second part begins on a day between %(first)s and %(last)s.")
            % {"first": day_text(period.starts_on + timedelta(days=1)), "last": day_text(period.ends_on)},
            field="on",
        )
    residency = locking.begin_with_rooms(residency, version)
    standing = list(residency.periods.all())
    spans = [Days(row.starts_on, row.ends_on, row.pk) for row in standing if row.pk != period.pk]
    spans += [Days(period.starts_on, on - timedelta(days=1), period.pk), Days(on, period.ends_on)]
    wanted = checked(spans, now, standing)
    _store(residency, wanted, {row.pk: row for row in standing}, [], now, copied=period.pk)
    return locking.write(residency, "split", by, now, details={"after": told(residency.periods.all())})


def that_can_be_split(residency: Residency, now: datetime) -> Periods:
    """Its periods of two days or more that are not over; none of one that is cancelled."""
    if residency.status == Residency.Status.CANCELLED:
        return ResidencyPeriod.objects.none()
    return residency.periods.filter(ends_on__gte=timezone.localdate(now), ends_on__gt=F("starts_on"))


def told(periods: Iterable[ResidencyPeriod]) -> list[list[str]]:
    """The periods as data."""
    return [[row.starts_on.isoformat(), row.ends_on.isoformat()] for row in periods]


def has_begun(residency: Residency, now: datetime) -> bool:
    """Whether its first day has come."""
    return residency.periods.filter(starts_on__lte=timezone.localdate(now)).exists()


def _check_sub_events(residency: Residency) -> None:
    """Raises Refused where a sub-event lies on no day of the stay any more: its schools and audience have been told."""
    if left := sub_events.outside(Residency.objects.with_ground().get(pk=residency.pk)):
        raise Refused(
            _("“%(title)s” is on %(day)s. Move it or cancel it first.")
            % {"title": left[0].title, "day": day_text(left[0].starts_at)},
            field="periods",
            sub_event=left[0].pk,
        )


def _check_one(span: Days, today: date) -> None:
    if span.last < span.first:
        raise Refused(
            _("A period ends before it begins: %(day)s.") % {"day": day_text(span.first)}, field="periods"
        )
    if span.last < today:
        raise Refused(_("These days are over. Choose days to come."), field="periods")
    if span.last - span.first >= LENGTH_MAX:
        raise Refused(_("A period is a year at the most."), field="periods")
    if span.last - today > AHEAD_MAX:
        raise Refused(_("Plan at most five years ahead."), field="periods")


def _known_again(spans: Sequence[Days], standing: Sequence[ResidencyPeriod]) -> list[Days]:
    """Days that stand already are the period that has them: a calendar knows it by its UID as long as it stands."""
    named = {span.period for span in spans}
    free = {(row.starts_on, row.ends_on): row.pk for row in standing if row.pk not in named}
    return [
        span if span.period is not None else replace(span, period=free.get((span.first, span.last)))
        for span in spans
    ]


def _stands(span: Days, known: dict[int, ResidencyPeriod]) -> bool:
    if span.period is None:
        return False
    return (known[span.period].starts_on, known[span.period].ends_on) == (span.first, span.last)


def _store(
    residency: Residency,
    wanted: Sequence[Days],
    known: dict[int, ResidencyPeriod],
    gone: Sequence[ResidencyPeriod],
    now: datetime,
    copied: int | None = None,
) -> None:
    """Write the periods, then what they reserve; new ones reserve what the period `copied` does."""
    things = [
        thing for thing in reserving.standing(residency) if thing.period not in {row.pk for row in gone}
    ]
    had = reserving.lift(residency)
    for row in gone:
        del known[row.pk]
        dropped_periods.drop(row, now)
    try:
        with transaction.atomic():
            _move(wanted, known, now)
            ResidencyPeriod.objects.bulk_create(
                ResidencyPeriod(residency=residency, starts_on=span.first, ends_on=span.last, changed_at=now)
                for span in wanted
                if span.period is None
            )
    except IntegrityError as error:
        raise NotNow(
            _("Somebody has changed it since you opened the page. Look again; nothing was changed."),
            residency=residency.pk,
        ) from error
    new = set(residency.periods.exclude(pk__in=known).values_list("pk", flat=True))
    things += [replace(thing, period=pk) for thing in things if thing.period == copied for pk in new]
    reserving.put_back(residency, things, had, now)


def _move(wanted: Sequence[Days], known: dict[int, ResidencyPeriod], now: datetime) -> None:
    """Each to its new days, in an order in which no two share a day on the way.

    Raises:
        Refused: two would change places.
    """
    left = [span for span in wanted if span.period is not None and not _stands(span, known)]
    while left:
        free = [span for span in left if not _runs_into(span, known)]
        if not free:
            raise Refused(_("Two periods cannot change places. Write them in their order."), field="periods")
        span = free[0]
        assert span.period is not None
        row = known[span.period]
        row.starts_on, row.ends_on, row.changed_at = span.first, span.last, now
        row.sequence += 1
        row.save(update_fields=["starts_on", "ends_on", "sequence", "changed_at"])
        left.remove(span)


def _runs_into(span: Days, known: dict[int, ResidencyPeriod]) -> bool:
    return any(
        row.pk != span.period
        and row.pk is not None
        and row.starts_on <= span.last
        and row.ends_on >= span.first
        for row in known.values()
    )
