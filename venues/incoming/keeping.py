"""The verbs of a calendar that comes in: give its address or its file, have it read anew, take it away.

What was read last stays until something better has been read: a server that is down, a file with a mistake or a
calendar that is suddenly empty never makes anybody look free.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from venues.errors import NotPossible
from venues.incoming.addresses import tidy
from venues.incoming.errors import CalendarError
from venues.incoming.fetching import NET, Net, fetch
from venues.incoming.reading import Busy, Reading, read
from venues.models import BusyTime, IncomingCalendar, Organisation, Venue

#: How often a calendar is asked for. Source: the house's choice; calendar programs ask every 1 to 24 hours.
EVERY = timedelta(hours=2)
#: After a failure sooner, then ever more rarely, at least once a day. Source: the house's choice.
AGAIN_FIRST, AGAIN_MOST = timedelta(minutes=15), timedelta(days=1)
#: So long nobody else reads a calendar that is being read: longer than any reading may take.
LEASE = timedelta(minutes=5)
#: Who asks by hand is answered no sooner than this after the last time. Source: the house's choice.
BY_HAND = timedelta(minutes=1)
#: However often a server says that nothing has changed, the calendar is read anew after so long, because the window of
#: what is kept moves on. Source: the house's choice.
WHOLE_AFTER = timedelta(days=7)
#: A calendar that had entries and comes without any is believed after so long. Source: the house's choice; longer than
#: a server's bad night.
EMPTY_BELIEVED = timedelta(hours=24)
#: Calendars of one owner. Source: the house's choice; a house has one for each of its rooms at most.
CALENDARS_MAX = 10
Owner = Organisation | Venue


def give_address(owner: Owner | None, address: str, label: str, *, now: datetime) -> IncomingCalendar:
    """Note the address of a calendar; it is read within moments.

    Args:
        owner: the house or the room whose busy times they are; None where the storey above notes that.

    Raises:
        NotPossible: it is no address of a calendar, or the owner has it already, or too many; `field` says which.
    """
    kept = known_as(address)
    return _made(owner, label, address=kept, next_refresh_at=now, salt=_salt())


def known_as(address: str) -> str:
    """The address as it is kept.

    Raises:
        NotPossible: it is no address of a calendar.
    """
    try:
        return tidy(address, own_host=urlsplit(settings.BASE_URL).hostname or "")
    except CalendarError as error:
        raise NotPossible(str(error), field="address") from None


@dataclass(frozen=True)
class FileRead:
    """What a file says, and what its events' names were hashed with."""

    reading: Reading
    salt: str


def read_file(owner: Owner | None, data: bytes, *, now: datetime) -> FileRead:
    """Read a file before anything is locked: it may take some seconds.

    Raises:
        NotPossible: it could not be read, or has nothing in it that is to come.
    """
    return _file(_new(owner), data, now)


@transaction.atomic
def keep_file(owner: Owner | None, came: FileRead, label: str, *, now: datetime) -> IncomingCalendar:
    """Take in the busy times of a file that has been read; raises NotPossible where there are too many already."""
    calendar = _made(owner, label, salt=came.salt)
    _take_in(calendar, came.reading, now)
    return calendar


def give_file(owner: Owner | None, data: bytes, label: str, *, now: datetime) -> IncomingCalendar:
    """Both: take in the busy times of a file; it is read once, and not kept."""
    return keep_file(owner, read_file(owner, data, now=now), label, now=now)


@transaction.atomic
def ask_again(calendar: IncomingCalendar, *, now: datetime) -> None:
    """Have a calendar read anew within moments, whole.

    Raises:
        NotPossible: it was a file, or was asked for a moment ago.
    """
    row = _locked(calendar.pk)
    if not row.address:
        raise NotPossible(_("This calendar came as a file. Give a newer one, and take this away."))
    last = max((at for at in (row.checked_at, row.error_at) if at), default=None)
    if last and now - last < BY_HAND:
        raise NotPossible(_("It was read a moment ago. Wait a minute."))
    row.next_refresh_at, row.etag, row.modified = now, "", ""
    row.save(update_fields=["next_refresh_at", "etag", "modified"])


@transaction.atomic
def believe_empty(calendar: IncomingCalendar, *, now: datetime) -> None:
    """Let go of the busy times of a calendar that has come without any: its owner says that it is right."""
    row = _locked(calendar.pk)
    if row.empty_since is None:
        return
    row.busy_times.all().delete()
    row.empty_since, row.read_at, row.checked_at = None, now, now
    row.save(update_fields=["empty_since", "read_at", "checked_at"])


@transaction.atomic
def remove(calendar: IncomingCalendar) -> None:
    """Forget a calendar: its address and its busy times."""
    calendar.delete()


def refresh(calendar: IncomingCalendar, now: datetime, net: Net = NET) -> int:
    """Read a calendar that is due, if nobody else does; 1 if it was read or known to be unchanged.

    What cannot be had is noted with its reason, and tried again later; the busy times stay as they were.
    """
    mine = IncomingCalendar.objects.filter(pk=calendar.pk, next_refresh_at=calendar.next_refresh_at)
    if not mine.update(next_refresh_at=now + LEASE, reading_until=now + LEASE):
        return 0
    try:
        return _refresh(calendar, now, net)
    finally:
        IncomingCalendar.objects.filter(pk=calendar.pk).update(reading_until=None)


def _refresh(calendar: IncomingCalendar, now: datetime, net: Net) -> int:
    is_whole = calendar.read_at is None or now - calendar.read_at >= WHOLE_AFTER
    etag, modified = ("", "") if is_whole else (calendar.etag, calendar.modified)
    try:
        came = fetch(calendar.address, etag=etag, modified=modified, net=net)
        reading = None if came.body is None else _read(calendar, came.body, now)
    except CalendarError as error:
        with transaction.atomic():
            _note_failure(calendar, error, now)
        return 0
    with transaction.atomic():
        row = _same(calendar)
        if row is None:
            return 0
        if row.next_refresh_at == now + LEASE:  # else somebody has asked for it since: it is due, and whole
            row.etag, row.modified, row.next_refresh_at = came.etag, came.modified, now + EVERY
        _take_in(row, reading, now)
    return 1


def _file(calendar: IncomingCalendar, data: bytes, now: datetime) -> FileRead:
    try:
        reading = _read(calendar, data, now)
    except CalendarError as error:
        raise NotPossible(str(error), field="file") from None
    if not reading.busy:
        raise NotPossible(_("The file has no busy times to come, so nothing is changed."), field="file")
    return FileRead(reading, calendar.salt)


def _salt() -> str:
    return secrets.token_hex(16)


def _new(owner: Owner | None, **values: object) -> IncomingCalendar:
    """A calendar of the owner that is not saved."""
    kind, thing = _kind(owner)
    return IncomingCalendar(kind=kind, **{"salt": _salt(), **thing, **values})


@transaction.atomic
def _made(owner: Owner | None, label: str, **values: object) -> IncomingCalendar:
    if owner is not None:
        type(owner)._default_manager.select_for_update(no_key=True).get(pk=owner.pk)
        _check_others(owner.incoming_calendars.values_list("address", flat=True), values.get("address"))
    made = _new(owner, label=" ".join(label.split())[: IncomingCalendar.LABEL_MAX], **values)
    made.save()
    return made


def _check_others(others: Iterable[str], address: object) -> None:
    known = list(others)
    if address and address in known:
        raise NotPossible(_("That calendar is read already."), field="address")
    if len(known) >= CALENDARS_MAX:
        raise NotPossible(_("That is one calendar too many. Take one away first."), field="address")


def _kind(owner: Owner | None) -> tuple[str, dict[str, Owner]]:
    if isinstance(owner, Organisation):
        return IncomingCalendar.Kind.ORGANISATION, {"organisation": owner}
    if isinstance(owner, Venue):
        return IncomingCalendar.Kind.VENUE, {"venue": owner}
    return IncomingCalendar.Kind.ENSEMBLE, {}


def _locked(pk: int) -> IncomingCalendar:
    return IncomingCalendar.objects.select_for_update(no_key=True).get(pk=pk)


def _same(calendar: IncomingCalendar) -> IncomingCalendar | None:
    """The calendar as it is now, unless it was taken away while it was read."""
    return IncomingCalendar.objects.select_for_update(no_key=True).filter(pk=calendar.pk).first()


def _read(calendar: IncomingCalendar, data: bytes, now: datetime) -> Reading:
    return read(data, zone=_zone(calendar), now=now, salt=calendar.salt)


def _zone(calendar: IncomingCalendar) -> str:
    """The time zone of the region that it is in."""
    if calendar.organisation:
        return calendar.organisation.region.time_zone
    if calendar.venue:
        return calendar.venue.place.municipality.region.time_zone
    return settings.TIME_ZONE


def _take_in(row: IncomingCalendar, reading: Reading | None, now: datetime) -> None:
    """Note what was read of a locked row; None: nothing has changed."""
    row.failures, row.error, row.error_at = 0, "", None
    if reading is None:
        row.checked_at = now
    elif _is_doubtful(row, reading, now):
        row.empty_since = row.empty_since or now
        row.etag = row.modified = ""  # or the server would say that nothing has changed since
    else:
        _write_busy(row, reading.busy)
        row.empty_since, row.read_at, row.checked_at = None, now, now
        row.read_until, row.is_zone_assumed = reading.read_until, reading.is_zone_assumed
    row.save()


def _is_doubtful(row: IncomingCalendar, reading: Reading, now: datetime) -> bool:
    """Whether it came without any entries although it had some to come, and has not done so for long."""
    if reading.busy or (row.empty_since and now - row.empty_since >= EMPTY_BELIEVED):
        return False
    return row.busy_times.filter(ends_at__gt=now).exists()


def _write_busy(row: IncomingCalendar, busy: tuple[Busy, ...]) -> None:
    """Make the rows what was read; those that stand keep their place."""
    stored = {(one.starts_at, one.ends_at, one.uid_hash): one.pk for one in row.busy_times.all()}
    wanted = {(one.starts_at, one.ends_at, one.uid_hash) for one in busy}
    row.busy_times.exclude(pk__in=[pk for key, pk in stored.items() if key in wanted]).delete()
    BusyTime.objects.bulk_create(
        BusyTime(calendar=row, starts_at=start, ends_at=end, uid_hash=uid_hash)
        for start, end, uid_hash in sorted(wanted - stored.keys())
    )


def _note_failure(calendar: IncomingCalendar, error: CalendarError, now: datetime) -> None:
    row = _same(calendar)
    if row is None:
        return
    row.failures = min(row.failures + 1, 1000)
    row.error, row.error_at = error.code, now
    wait = min(AGAIN_FIRST * 2 ** min(row.failures - 1, 10), AGAIN_MOST)
    row.next_refresh_at = now + max(wait, timedelta(seconds=error.retry_after_s or 0))
    row.save(update_fields=["failures", "error", "error_at", "next_refresh_at"])
