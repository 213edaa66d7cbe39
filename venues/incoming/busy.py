"""When calendars that came in are busy: readings for whoever plans around them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from venues.incoming.reading import Span, merged
from venues.models import BusyTime, IncomingCalendar

#: Why a time is taken, wherever a reason is given: nothing else is known.
REASON: Promise = _("busy in own calendar")
#: So long after they are over busy times are kept: a window begins a day back. Source: the house's choice.
BUSY_KEPT = timedelta(days=1)


@dataclass
class BusyBy:
    """Half-open times without overlaps, by the number of whose calendar they are in."""

    venues: dict[int, list[Span]] = field(default_factory=dict)
    organisations: dict[int, list[Span]] = field(default_factory=dict)


def busy_by(
    start: datetime, end: datetime, *, venues: Iterable[int] = (), organisations: Iterable[int] = ()
) -> BusyBy:
    """When these rooms and houses are busy by their own calendars; one query, however many they are."""
    whose = Q(calendar__venue__in=set(venues)) | Q(calendar__organisation__in=set(organisations))
    rows = BusyTime.objects.between(start, end).filter(whose).order_by()
    found = BusyBy()
    for venue, house, starts_at, ends_at in rows.values_list(
        "calendar__venue", "calendar__organisation", "starts_at", "ends_at"
    ):
        by, key = (found.venues, venue) if venue else (found.organisations, house)
        by.setdefault(key, []).append((starts_at, ends_at))
    for by in (found.venues, found.organisations):
        by.update({key: merged(spans) for key, spans in by.items()})
    return found


def busy_in(calendars: "QuerySet[IncomingCalendar]", start: datetime, end: datetime) -> list[Span]:
    """When at least one of the calendars is busy, without overlaps."""
    rows = BusyTime.objects.between(start, end).filter(calendar__in=calendars).order_by()
    return merged(rows.values_list("starts_at", "ends_at"))


def over(now: datetime) -> "QuerySet[BusyTime]":
    """Busy times that are over: what a calendar that cannot be read any more has left behind."""
    return BusyTime.objects.filter(ends_at__lt=now - BUSY_KEPT)


def ownerless(now: datetime) -> "QuerySet[IncomingCalendar]":
    """Calendars of ensembles that are gone."""
    settled = IncomingCalendar.objects.filter(created_at__lt=now - BUSY_KEPT)
    return settled.filter(kind=IncomingCalendar.Kind.ENSEMBLE, of_ensemble=None)
