"""The VEVENTs of what calendars show, kept as bytes and rendered anew only after a change."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

import icalendar
from django.conf import settings
from django.db.models import Model, OuterRef, QuerySet, Subquery

from bookings import (
    crew_days,
    crew_tasks,
    entries,
    feed_scopes,
    feeds,
    guests,
    ical,
    ical_values,
    ical_words,
    residency_entries,
    residency_scopes,
    workdays,
)
from bookings.models import CalendarEntry, RenderedEntry
from bookings.portions import portions

#: What decides over the bytes: how things are written, what stands in them, and which of them stand in a calendar.
WRITERS = (
    ical,
    ical_words,
    ical_values,
    entries,
    workdays,
    crew_days,
    crew_tasks,
    feeds,
    feed_scopes,
    guests,
    residency_entries,
    residency_scopes,
)
#: The version of what has only one.
OTHERS = "only"


class Dated(Protocol):
    """What has a VEVENT: it knows its own identity and when it was changed."""

    @property
    def uid(self) -> UUID: ...
    @property
    def sequence(self) -> int: ...
    @property
    def changed_at(self) -> datetime: ...


Thing = TypeVar("Thing", bound=Dated)


class Writer(NamedTuple):
    """How rows become VEVENTs: a row as its values, these as bytes, and the version that they are."""

    value: Callable[[Any], Any]
    render: Callable[[Any], bytes]
    version: str


def of_shows(version: ical.Version) -> Writer:
    """How performances do."""
    return Writer(entries.entry_of, lambda entry: ical.render(entry, settings.BASE_URL, version), version)


@cache
def style() -> str:
    """How calendars are written: by which programs, with links to where. Bytes of another style are made anew."""
    parts = [Path(module.__file__ or "").read_bytes() for module in WRITERS]
    told = (settings.BASE_URL.encode(), icalendar.__version__.encode())
    return hashlib.sha256(b"\0".join([*told, *parts])).hexdigest()[:16]


def of_rows(rows: "QuerySet[Any]", how: Writer, now: datetime) -> list[bytes]:
    """The VEVENTs of rows that have a `uid` and can be read `with_ground()`, in their order."""
    kept = RenderedEntry.objects.current(style()).filter(entry=OuterRef("uid"), version=how.version)
    found = rows.annotate(kept=Subquery(kept.values("vevent")[:1]))
    known = list(found.values_list("pk", "uid", "kept"))
    # In the order of their names, portion by portion: whoever reads another calendar keeps the same rows, and two with
    # orders of their own would wait for each other.
    missing = [pk for pk, uid, vevent in sorted(known, key=itemgetter(1)) if vevent is None]
    fresh = {pk: vevent for some in portions(missing) for pk, vevent in _rendered(rows.model, some, how, now)}
    return [
        fresh[pk] if vevent is None else bytes(vevent) for pk, _uid, vevent in known if vevent or pk in fresh
    ]


def of_others(
    things: Sequence[Thing], render: Callable[[Thing], bytes], version: str, now: datetime
) -> list[bytes]:
    """The VEVENTs of what is worked out each time: bytes that come out the same keep their time of change."""
    if not things:
        return []
    uids = [thing.uid for thing in things]
    standing = set(CalendarEntry.objects.filter(uid__in=uids).values_list("uid", flat=True))
    CalendarEntry.objects.bulk_create(
        [CalendarEntry(uid=uid, booking_ref=0) for uid in sorted(set(uids) - standing)], ignore_conflicts=True
    )
    return _kept(things, dict.fromkeys(uids, 1), version, render, now)


def _rendered(
    model: type[Model], missing: Sequence[int], how: Writer, now: datetime
) -> list[tuple[int, bytes]]:
    """Render what is stale or new, and keep it, each with the generation that stood before it was read."""
    rows: Any = model._default_manager.filter(pk__in=missing)
    generations = dict(
        CalendarEntry.objects.filter(uid__in=rows.values("uid")).values_list("uid", "generation")
    )
    found = list(rows.with_ground().order_by("uid"))
    vevents = _kept([how.value(row) for row in found], generations, how.version, how.render, now)
    return list(zip([row.pk for row in found], vevents, strict=True))


def _kept(
    things: Sequence[Thing],
    generations: dict[UUID, int],
    version: str,
    render: Callable[[Thing], bytes],
    now: datetime,
) -> list[bytes]:
    """Render the things and keep what is not kept yet. What has no entry yet is rendered and not kept."""
    before = {
        row.entry_id: row
        for row in RenderedEntry.objects.filter(entry__in=[thing.uid for thing in things], version=version)
    }
    rows = [_row(thing, before.get(thing.uid), render, now) for thing in things]
    new = []
    for row in rows:
        row.version, row.style, row.generation = version, style(), generations.get(row.entry_id, 0)
        if row.generation and not _stands(before.get(row.entry_id), row):
            new.append(row)
    RenderedEntry.objects.bulk_create(
        sorted(new, key=lambda row: row.entry_id),
        update_conflicts=True,
        unique_fields=["entry", "version"],
        update_fields=["generation", "style", "sequence", "last_modified", "vevent"],
    )
    return [bytes(row.vevent) for row in rows]


def _stands(old: RenderedEntry | None, row: RenderedEntry) -> bool:
    """Whether exactly this is kept already."""
    return old is not None and (old.generation, old.style, bytes(old.vevent)) == (
        row.generation,
        row.style,
        row.vevent,
    )


def _row(
    thing: Thing, old: RenderedEntry | None, render: Callable[[Thing], bytes], now: datetime
) -> RenderedEntry:
    """The thing's bytes: with the time of change that they had, if nothing in them is another."""
    changed_at = thing.changed_at
    vevent = render(thing)
    if old and old.last_modified > changed_at:
        changed_at = old.last_modified
        vevent = render(replace(thing, changed_at=changed_at))  # type: ignore[type-var]
    if old and vevent != bytes(old.vevent) and changed_at <= old.last_modified:
        changed_at = max(now, old.last_modified)
        vevent = render(replace(thing, changed_at=changed_at))  # type: ignore[type-var]
    return RenderedEntry(entry_id=thing.uid, sequence=thing.sequence, last_modified=changed_at, vevent=vevent)
