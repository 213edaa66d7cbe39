"""Whether the stored calendars are what the database says: everything rendered anew, and compared byte by byte."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bookings import calendar_marks, ical, rendered, stored_feeds
from bookings.feeds import Address, Calendar
from bookings.models import RenderedEntry, StoredFeed
from bookings.portions import portions
from tours.errors import Refused


def differences(now: datetime) -> Iterator[str]:
    """The addresses whose stored bytes are not what they would be if everything were rendered now.

    Only those that would be sent as they are count: a dirty one is made anew anyway.
    """
    calendar_marks.take_in()
    standing = StoredFeed.objects.filter(
        made=F("wanted"), made_for=timezone.localdate(now), style=rendered.style()
    )
    for feed in standing.order_by("address").iterator(chunk_size=50):
        if not _is_true(feed, now):
            yield feed.address


def anew(calendar: Calendar, now: datetime) -> bytes:
    """The calendar's bytes by the database alone; only the times of change are those that are kept."""
    shown = [
        ([how.value(row) for row in rows.with_ground()], how.render, how.version)
        for rows, how in stored_feeds.rows(calendar, now)
    ]
    vevents: list[bytes] = []
    for things, render, version in (*shown, *stored_feeds.others(calendar, now)):
        kept = _times(things, version)
        vevents += [render(_as_kept(thing, kept)) for thing in things]
    return ical.calendar(calendar.name, vevents)


def mend(address: str, now: datetime) -> None:
    """Make the calendar at the address anew from nothing: nothing that is kept of its entries is taken for right."""
    where = Address.read(address)
    with transaction.atomic():
        calendar = where.calendar()
        if calendar:
            uids = [
                uid
                for rows, _how in stored_feeds.rows(calendar, now)
                for uid in rows.values_list("uid", flat=True)
            ]
            for some in portions(uids):
                RenderedEntry.objects.filter(entry__in=some).update(style="")
        StoredFeed.objects.filter(address=address).update(wanted=F("wanted") + 1)
    stored_feeds.make(where, now, is_read=False)


def _is_true(feed: StoredFeed, now: datetime) -> bool:
    try:
        calendar = Address.read(feed.address).calendar()
    except Refused:
        return False
    try:
        unpacked = gzip.decompress(bytes(feed.packed))
    except (OSError, EOFError, zlib.error):
        return False
    return calendar is not None and bytes(feed.body) == anew(calendar, now) == unpacked


def _times(things: Sequence[rendered.Dated], version: str) -> dict[UUID, datetime]:
    uids = [thing.uid for thing in things]
    times: dict[UUID, datetime] = {}
    for some in portions(uids):
        rows = RenderedEntry.objects.filter(entry__in=some, version=version)
        times |= dict(rows.values_list("entry", "last_modified"))
    return times


def _as_kept(thing: rendered.Thing, times: dict[UUID, datetime]) -> rendered.Thing:
    return replace(thing, changed_at=times.get(thing.uid, thing.changed_at))  # type: ignore[type-var]
