"""The calendars at their addresses, stored as they are sent, and made anew by whoever first reads a dirty one."""

import gzip
import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from bookings import calendar_marks, feeds, ical, rendered, residency_writers
from bookings.clockwork import for_each
from bookings.feeds import Address, Calendar
from bookings.models import StoredFeed
from bookings.tokens import digest_of
from tours.errors import Refused

#: Public addresses with something that narrows them that are stored for one row's feeds, and in all: further ones are
#: made for each question. Source: the house's choice: more than anybody has had use for, and a bound on what strangers
#: make us store.
VARIANTS_MAX, NARROWED_MAX = 60, 5000
#: A name of 160 letters and all that may narrow it are more than fits.
LONGEST = StoredFeed._meta.get_field("address").max_length or 0
#: Days after its last reading that a feed is still made at night, and that it is kept at all.
#: Source: the house's choice: no calendar program asks less often than weekly; addresses come back after a summer.
WARM_DAYS, KEPT_DAYS = 10, 120
#: gzip's level. Measured on 5,000 entries (3.9 MB): level 6 takes 45 ms for 261 kB, level 9 69 ms for 238 kB.
PACKED_HOW = 6
#: Feeds whose window one run of the clock moves: a few seconds' work.
MOVED_AT_ONCE = 100

#: One indexed read: nothing is found where the feed is not there, or may not be right any more.
_LOOK = """SELECT id, etag, modified_s FROM bookings_storedfeed
    WHERE address = %s AND made = wanted AND made_for = %s AND style = %s
    AND NOT EXISTS (SELECT 1 FROM venues_calendarmark)
"""
_LOOK_PRIVATE = """SELECT stored.id, etag, modified_s, link.id, last_used_at IS NULL OR last_used_at <= %s
    FROM bookings_feed AS link JOIN bookings_storedfeed AS stored ON stored.address = link.address
    WHERE token_digest = %s AND revoked_at IS NULL AND made = wanted AND made_for = %s AND style = %s
    AND NOT EXISTS (SELECT 1 FROM venues_calendarmark)
"""
_BODY = "SELECT body FROM bookings_storedfeed WHERE id = %s AND etag = %s"
_PACKED = "SELECT packed FROM bookings_storedfeed WHERE id = %s AND etag = %s"


class Found(NamedTuple):
    """A stored feed that is right: its row, the tag of its plain form, and when its bytes came to be (Unix time)."""

    pk: int
    etag: str
    modified_s: int


class Seen(NamedTuple):
    """What a private link shows: the stored feed, the link's key, and whether its use is to be noted again."""

    found: Found
    link: int
    is_to_note: bool


class Made(NamedTuple):
    """A calendar's bytes, plain and packed."""

    found: Found
    body: bytes
    packed: bytes


def look(address: Address, today: date) -> Found | None:
    """The stored feed at the address, if it is there and right: one indexed read."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [str(address), today.isoformat(), rendered.style()])
        row = cursor.fetchone()
    return Found(*row) if row else None


def look_private(token: str, today: date, not_since: datetime) -> Seen | None:
    """The same for the private link with the token, as long as it is in use: one indexed read too.

    Args:
        not_since: a use is to be noted if none was noted after this moment.
    """
    values = [
        connection.ops.adapt_datetimefield_value(not_since),
        digest_of(token),
        today.isoformat(),
        rendered.style(),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_PRIVATE, values)
        row = cursor.fetchone()
    return Seen(Found(*row[:3]), row[3], bool(row[4])) if row else None


def bytes_of(found: Found, *, packed: bool) -> bytes | None:
    """The body or its packed form; None if another has been stored in between."""
    with connection.cursor() as cursor:
        cursor.execute(_PACKED if packed else _BODY, [found.pk, found.etag])
        row = cursor.fetchone()
    return bytes(row[0]) if row else None


def make(address: Address, now: datetime, *, is_read: bool = True) -> Made | None:
    """The calendar at the address as it is now, stored for those who ask next. None if there is none.

    Args:
        is_read: whether somebody asks for it; what the clock makes keeps no feed alive.

    Raises:
        Refused: what narrows it is not understood.
    """
    calendar_marks.take_in()
    has_row = _put(address, timezone.localdate(now))
    feed = _kept(address, now, is_read=is_read) if has_row else _passing(address, now)
    if feed is None:
        return None
    return Made(Found(feed.pk or 0, feed.etag, feed.modified_s), bytes(feed.body), bytes(feed.packed))


def current(address: Address, now: datetime) -> Found | None:
    """The feed at the address as it is now, made first where it has to be. None if there is none.

    Raises:
        Refused: what narrows it is not understood.
    """
    found = look(address, timezone.localdate(now))
    if found is not None:
        return found
    made = make(address, now)
    return made.found if made else None


def assemble(calendar: Calendar, now: datetime) -> tuple[bytes, int]:
    """The bytes of a calendar and how many entries are in it. The same data give the same bytes all day."""
    vevents = []
    for found, how in rows(calendar, now):
        vevents += rendered.of_rows(found, how, now)
    for things, render, version in others(calendar, now):
        vevents += rendered.of_others(things, render, version, now)
    return ical.calendar(calendar.name, vevents), len(vevents)


def rows(calendar: Calendar, now: datetime) -> list[tuple[Any, rendered.Writer]]:
    """The rows whose VEVENTs are kept as long as nothing that they show is written, and how they are written."""
    found: list[tuple[Any, rendered.Writer]] = [
        (feeds.shown(calendar, now), rendered.of_shows(calendar.version))
    ]
    if calendar.stays is None:
        return found
    reader = calendar.stays.reader
    periods, sub_events, dropped, lines = feeds.stays(calendar.stays, now)
    return [
        *found,
        (periods, residency_writers.of_periods(reader)),
        (sub_events, residency_writers.of_sub_events(reader)),
        (dropped, residency_writers.of_dropped(reader)),
        (lines, residency_writers.of_lines(reader)),
    ]


def others(calendar: Calendar, now: datetime) -> list[tuple[Sequence[Any], Callable[[Any], bytes], str]]:
    """What is in a calendar beside performances, with what renders it, and in which version."""
    base, version = settings.BASE_URL, calendar.version
    return [
        (feeds.gone_to(calendar, now), lambda show: ical.render(show, base, "guest"), f"g{calendar.ref}"),
        (feeds.dropped(calendar, now), lambda show: ical.render(show, base, version), version),
        (feeds.days_at_work(calendar, now), ical.render_workday, rendered.OTHERS),
        (feeds.days_of_crew(calendar, now), ical.render_crew_day, rendered.OTHERS),
        (feeds.workshops(calendar, now), lambda row: ical.render_workshop(row, base), rendered.OTHERS),
        (feeds.spans(calendar, now), lambda span: ical.render_span(span, base), rendered.OTHERS),
    ]


def move_windows(now: datetime) -> int:
    """Make some of the feeds anew whose window is yesterday's and that are read; gives how many.

    Those that nobody has read for long are made when somebody does, and forgotten in the end.
    """
    today = timezone.localdate(now)
    StoredFeed.objects.filter(read_on__lt=today - timedelta(days=KEPT_DAYS)).delete()
    stale = StoredFeed.objects.filter(read_on__gte=today - timedelta(days=WARM_DAYS)).exclude(made_for=today)
    addresses = list(stale.order_by("pk").values_list("address", flat=True)[:MOVED_AT_ONCE])
    return for_each(_make_again, addresses, now)


def _make_again(text: str, now: datetime) -> int:
    try:
        make(Address.read(text), now, is_read=False)
    except Refused:  # what narrows it is no more
        StoredFeed.objects.filter(address=text).delete()
    return 1


@transaction.atomic
def _kept(address: Address, now: datetime, *, is_read: bool) -> StoredFeed | None:
    """The calendar in its row, made there if it is not right; None, and the row is gone, if there is none."""
    # The row with its number first, then what is shown: whatever is written from here on leaves the feed dirty.
    feed = StoredFeed.objects.select_for_update().filter(address=str(address)).first()
    calendar = address.calendar()
    if calendar is None:
        StoredFeed.objects.filter(address=str(address)).delete()
        return None
    if feed is None:  # forgotten a moment ago
        return _passing(address, now)
    feed.kind, feed.ref = calendar.kind, calendar.ref
    if is_read:
        feed.read_on = timezone.localdate(now)
    if not _is_right(feed, now):
        _fill(feed, calendar, now)
    feed.save()
    return feed


def _passing(address: Address, now: datetime) -> StoredFeed | None:
    """The calendar made for this once. Nothing is locked for it, because strangers think of as many as they like."""
    calendar = address.calendar()
    if calendar is None:
        return None
    feed = StoredFeed(address=str(address), kind=calendar.kind, ref=calendar.ref)
    _fill(feed, calendar, now)
    return feed


def _put(address: Address, today: date) -> bool:
    """Have a row for the address, if there is a calendar at it and room for it; whether there is one.

    It is committed before anything is put into it: what nobody else can see yet nobody can mark as dirty.
    """
    if StoredFeed.objects.filter(address=str(address)).exists():
        return True
    calendar = address.calendar()
    if calendar is None or not _has_room(address, calendar):
        return False
    row = StoredFeed(address=str(address), kind=calendar.kind, ref=calendar.ref, read_on=today)
    StoredFeed.objects.bulk_create([row], ignore_conflicts=True)
    return True


def _has_room(address: Address, calendar: Calendar) -> bool:
    """Whether one more may be stored: strangers think of as many as they like, but not of whole or private ones."""
    if len(str(address)) > LONGEST:
        return False
    if address.is_private or not address.query:
        return True
    narrowed = StoredFeed.objects.filter(address__contains="?").exclude(address__startswith=feeds.PRIVATE)
    of_this = narrowed.filter(kind=calendar.kind, ref=calendar.ref)
    return of_this.count() < VARIANTS_MAX and narrowed.count() < NARROWED_MAX


def _is_right(feed: StoredFeed, now: datetime) -> bool:
    return (feed.made, feed.made_for, feed.style) == (feed.wanted, timezone.localdate(now), rendered.style())


def _fill(feed: StoredFeed, calendar: Calendar, now: datetime) -> None:
    """Put the calendar's bytes in the row. If they are the same, neither tag nor time changes."""
    body, feed.entries_count = assemble(calendar, now)
    feed.made, feed.made_for, feed.style = feed.wanted, timezone.localdate(now), rendered.style()
    if body == bytes(feed.body):
        return
    feed.body, feed.packed = body, gzip.compress(body, PACKED_HOW, mtime=0)
    feed.etag = hashlib.sha256(body).hexdigest()[:32]
    # Two changes within a second have two times, or whoever asks by time would miss the second.
    feed.modified_s = max(int(now.timestamp()), feed.modified_s + 1)
