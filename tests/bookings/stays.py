"""Residencies of the small world in calendars: a published stay with a period, and what it does."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bookings.models import Allocation, DayLine, Residency, ResidencyChange, ResidencyPeriod, SubEvent
from tests.bookings.visits import CHANGED_AT
from tests.world import World

#: The first period, both days included, and when a sub-event starts: Friday 12 February 2027, 18.00.
FIRST, LAST = date(2027, 2, 1), date(2027, 2, 14)
STARTS_AT = datetime(2027, 2, 12, 17, tzinfo=UTC)
AGREED = {"host_agreed_at": CHANGED_AT, "artist_agreed_at": CHANGED_AT}


def stay(world: World, **fields: Any) -> Residency:
    """A confirmed and published residency in Backe at the world's presenter, unless told otherwise."""
    number = Residency.objects.count() + 1
    values = {
        "region": world.season.region,
        "host": world.presenting,
        "place": world.venue.place,
        "artist_name": "Duo Fjällvind",
        "slug": f"fjallvind-{number}",
        "title": "Ljud av is",
        "art_form": "music",
        "people_count": 2,
        "currency": "SEK",
        "status": "confirmed",
        "published_at": CHANGED_AT,
        "created_at": CHANGED_AT,
        "changed_at": CHANGED_AT,
        **AGREED,
        **fields,
    }
    return Residency.objects.create(**values)


def period(of: Residency, first: date = FIRST, last: date = LAST, **fields: Any) -> ResidencyPeriod:
    """Days of the stay."""
    return ResidencyPeriod.objects.create(
        residency=of, starts_on=first, ends_on=last, **{"changed_at": CHANGED_AT, **fields}
    )


def sub_event(of: Residency, starts_at: datetime = STARTS_AT, **fields: Any) -> SubEvent:
    """A public showing of an hour, unless told otherwise."""
    values = {
        "kind": "showing",
        "title": "Första lyssningen",
        "is_public": True,
        "ends_at": starts_at + timedelta(hours=1),
        "changed_at": CHANGED_AT,
        **fields,
    }
    return SubEvent.objects.create(residency=of, starts_at=starts_at, **values)


def day_line(of: Residency, **fields: Any) -> DayLine:
    """A rehearsal on the first morning, unless told otherwise."""
    values = {"on": FIRST, "starts": time(9), "ends": time(12), "words": "Repetition", **fields}
    return DayLine.objects.create(residency=of, **{"changed_at": CHANGED_AT, **values})


def room(of: ResidencyPeriod, venue: Any) -> Allocation:
    """A room that the period reserves."""
    start = datetime.combine(of.starts_on, datetime.min.time(), UTC)
    return Allocation.objects.create(
        residency=of.residency,
        period=of,
        venue=venue,
        occupied_from=start,
        occupied_to=start + timedelta(days=3),
        is_blocking=True,
    )


def cancelled(of: Residency, at: datetime = CHANGED_AT, **fields: Any) -> None:
    """Cancel it as a verb does: the row and the line of its history."""
    Residency.objects.filter(pk=of.pk).update(
        status="cancelled", cancelled_at=at, changed_at=at, **{"cancelled_why": "Huset är sålt.", **fields}
    )
    ResidencyChange.objects.create(
        residency=of, at=at, action="cancelled", from_status=of.status, to_status="cancelled"
    )
