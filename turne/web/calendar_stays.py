"""What residencies do next in a public calendar, as the page about subscribing lists it."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from bookings import feeds, residency_entries
from bookings.models import Residency, ResidencyPeriod, SubEvent
from venues.dates import span_text

#: How many are listed. Source: the house's choice, as of performances.
MOST = 10


class StayEntry(NamedTuple):
    """Days of a stay, or something that it does: `days` in words, and `at` if it begins at a moment."""

    first: date
    days: str
    at: datetime | None
    title: str
    text: str
    url: str
    is_cancelled: bool


def coming_stays(calendar: feeds.Calendar) -> list[StayEntry]:
    """The days that are not over, and what begins at a moment; the first first."""
    if calendar.stays is None:
        return []
    now = timezone.now()
    periods, sub_events, *_rest = feeds.stays(calendar.stays, now)
    ahead = periods.filter(ends_on__gte=timezone.localdate(now)).with_ground()[:MOST]
    timed = sub_events.filter(ends_at__gt=now).with_ground()[:MOST]
    found = [*map(_of_period, ahead), *map(_of_sub_event, timed)]
    return sorted(found, key=lambda entry: entry.first)[:MOST]


def _of_period(period: ResidencyPeriod) -> StayEntry:
    residency = period.residency
    return StayEntry(
        period.starts_on,
        span_text(period.starts_on, period.ends_on),
        None,
        residency.title,
        f"{residency.artist_name}, {residency.place}",
        residency_entries.public_page(residency),
        residency.status == Residency.Status.CANCELLED,
    )


def _of_sub_event(sub_event: SubEvent) -> StayEntry:
    residency = sub_event.residency
    where = (residency.artist_name, sub_event.venue or sub_event.room, residency.place)
    return StayEntry(
        timezone.localdate(sub_event.starts_at),
        "",
        sub_event.starts_at,
        f"{sub_event.get_kind_display().capitalize()}: {sub_event.title}",
        ", ".join(str(part) for part in where if part),
        residency_entries.public_page(residency),
        sub_event.cancelled_at is not None or residency.status == Residency.Status.CANCELLED,
    )
