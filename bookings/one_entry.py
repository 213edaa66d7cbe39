"""One dated thing as a calendar of its own, to keep: the same bytes as in every feed, but it follows no change."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bookings import calendar_marks, ical, rendered
from bookings.models import Performance, ResidencyPeriod, SubEvent
from bookings.residency_entries import Reader
from bookings.residency_writers import of_periods, of_sub_events


class Kept(NamedTuple):
    """A calendar with one entry, and what its file is called."""

    body: bytes
    file_name: str


class _Named(NamedTuple):
    """What the calendar is called, and its file: by whose name in addresses, and the day."""

    title: str
    slug: str
    day: date


def keep(uid: UUID, now: datetime) -> Kept | None:
    """The performance's calendar; None where the public may not know of it."""
    found = Performance.objects.public().filter(uid=uid)
    return _kept(found.select_related("booking__tour__production"), rendered.of_shows("public"), now)


def keep_sub_event(uid: UUID, now: datetime) -> Kept | None:
    """The same of what a residency does at a time."""
    found = SubEvent.objects.public().filter(uid=uid)
    return _kept(found.select_related("residency"), of_sub_events(Reader()), now)


def keep_period(uid: UUID, now: datetime) -> Kept | None:
    """The same of a residency's days."""
    found = ResidencyPeriod.objects.public().filter(uid=uid)
    return _kept(found.select_related("residency"), of_periods(Reader()), now)


def _kept(found: "QuerySet[Any]", how: rendered.Writer, now: datetime) -> Kept | None:
    calendar_marks.take_in()
    with transaction.atomic():
        row = found.first()
        if row is None:
            return None
        vevents = rendered.of_rows(found, how, now)
    named = _named(row)
    return Kept(ical.calendar(named.title, vevents), f"{named.slug}-{named.day}.ics")


def _named(row: Performance | SubEvent | ResidencyPeriod) -> _Named:
    if isinstance(row, Performance):
        production = row.booking.tour.production
        return _Named(production.title, production.slug, timezone.localdate(row.starts_at))
    residency = row.residency
    if isinstance(row, SubEvent):
        return _Named(row.title, residency.slug, timezone.localdate(row.starts_at))
    return _Named(residency.title, residency.slug, row.starts_on)
