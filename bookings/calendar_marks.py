"""What was written since calendars were last looked over: whose entries are stale by it, and which feeds dirty.

A trigger marks each row that calendars show (`venues.models.noted`). Nothing here renders: stale entries and dirty
feeds are only counted up, and made anew by whoever reads them next (`bookings.stored_feeds`).
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F

from bookings import guests, residency_marks
from bookings.models import CalendarEntry, CrewVisit, Performance, StoredFeed, Workshop
from bookings.portions import ROWS_AT_ONCE, portions
from venues.models import CalendarMark, Group

#: Kind of feed -> how a performance leads to the row whose feed it is.
FACETS = {
    "tour": "booking__tour",
    "season": "booking__tour__season",
    "production": "booking__tour__production",
    "ensemble": "booking__tour__production__ensemble",
    "producer": "booking__tour__production__ensemble__producer",
    "presenter": "booking__presenter",
    "venue": "booking__venue",
    "place": "booking__venue__place",
    "municipality": "booking__venue__place__municipality",
    "region": "booking__venue__place__municipality__region",
}
#: Kind of mark -> how performances lead to the row that was written; others are marked as their facet is called. No
#: entry says anything of a season.
_WRITTEN = {
    "booking": ["booking"],
    "organisation": [FACETS["presenter"], FACETS["producer"]],
    "school": ["booking__presenter__school", "booking__groups__group__school"],
    "pedagogue": [],
    "guest": [],
    "checklist": ["booking__checklist"],
    "drives": [],
    "season": [],
    "residency": [],
}
#: What a mark says of feeds whatever is in them: their name, or the drives in them, may be others now.
_FEEDS = {
    "organisation": ["presenter", "producer"],
    "booking": [],
    "school": [],
    "checklist": [],
    "guest": [],
}
#: How many marks one transaction takes. Source: the house's choice: an adopted plan in one.
MARKS_AT_ONCE = 2000
#: Kind of feed -> the key of the row in whose feed it is, or several.
Facets = dict[str, int] | dict[str, list[int]]


class Standing(NamedTuple):
    """Whose a dated thing is, a visit's or a residency's, and in whose feeds it stands now."""

    facets: Facets
    booking: int = 0
    residency: int | None = None


def take_in() -> int:
    """Take in all marks that stand. Gives how many there were; when it returns all that was committed before is."""
    total = 0
    while taken := _take_some():
        total += taken
    return total


@transaction.atomic
def _take_some() -> int:
    # Whoever comes second waits here until the first has committed: then those marks are gone.
    marks = list(CalendarMark.objects.select_for_update().order_by("pk")[:MARKS_AT_ONCE])
    if marks:
        written: dict[str, set[int]] = defaultdict(set)
        for mark in marks:
            written[mark.kind].add(mark.ref)
        _spoil(written)
        for some in portions([mark.pk for mark in marks]):
            CalendarMark.objects.filter(pk__in=some).delete()
    return len(marks)


def _spoil(written: dict[str, set[int]]) -> None:
    """Count up the entries that show what was written, and the feeds that they are and were in."""
    dirty = {
        (kind, ref) for mark, refs in written.items() for kind in _FEEDS.get(mark, [mark]) for ref in refs
    }
    shows = _now(written)
    bookings = {show.booking for show in shows.values()}
    stays = residency_marks.touched(written)
    now = shows | {
        uid: Standing(facets, residency=residency)
        for uid, (residency, facets) in residency_marks.now(stays).items()
    }
    entries = _entries(now.keys(), written.get("booking", ()), stays | written.get("residency", set()))
    dirty |= {("pedagogue", ref) for ref in _pedagogues(bookings)}
    dirty |= {("presenter", ref) for ref in _houses_of_crews(bookings)}
    dirty |= {("presenter", ref) for ref in _guests({*bookings, *written.get("booking", ())})}
    dirty |= {("presenter", ref) for ref in _schools_of(written.get("guest", ()))}
    for facets in (
        *(standing.facets for standing in now.values()),
        *(row.facets for row in entries.values()),
    ):
        dirty |= _feeds_in(facets)
    _mark_dirty(dirty, all_drives="drives" in written)
    _keep(now, entries)


def _feeds_in(facets: Facets) -> set[tuple[str, int]]:
    """The feeds that facets name, each by its kind and row."""
    return {
        (kind, ref) for kind, refs in facets.items() for ref in (refs if isinstance(refs, list) else [refs])
    }


def _now(written: dict[str, set[int]]) -> dict[UUID, Standing]:
    """The performances that show what was written."""
    found: dict[UUID, Standing] = {}
    for mark, refs in written.items():
        for path in _WRITTEN[mark] if mark in _WRITTEN else [FACETS[mark]]:
            for some in portions(sorted(refs)):
                shows = Performance.objects.filter(**{f"{path}__in": some})
                for uid, booking, *where in shows.values_list("uid", "booking", *FACETS.values()):
                    found[uid] = Standing(dict(zip(FACETS, where, strict=True)), booking)
    return found


def _pedagogues(bookings: Iterable[int]) -> set[int]:
    """Those with a workshop beside one of the visits."""
    found: set[int] = set()
    for some in portions(sorted(set(bookings))):
        found |= set(Workshop.objects.filter(booking__in=some).values_list("pedagogue", flat=True))
    return found


def _houses_of_crews(bookings: Iterable[int]) -> set[int]:
    """The houses of crews that host one of the visits, or did: a crew's calendar is kept as its house's."""
    found: set[int] = set()
    for some in portions(sorted(set(bookings))):
        hosted = CrewVisit.objects.filter(booking__in=some)
        found |= set(hosted.values_list("crew__organisation", flat=True))
    return found


def _guests(bookings: Iterable[int]) -> set[int]:
    """The schools with groups at one of the visits."""
    return {ref for some in portions(sorted(bookings)) for ref in guests.schools_of(some)}


def _schools_of(groups: Iterable[int]) -> set[int]:
    """The schools of the groups: one that was taken away from a visit is at none, and its school's calendar has it."""
    found: set[int] = set()
    for some in portions(sorted(groups)):
        found |= set(Group.objects.filter(pk__in=some).values_list("school__organisation", flat=True))
    return found


def _entries(
    uids: Iterable[UUID], bookings: Iterable[int], residencies: Iterable[int]
) -> dict[UUID, CalendarEntry]:
    """The entries of things, and of visits and residencies that may have had more, which were deleted."""
    found: dict[UUID, CalendarEntry] = {}
    for some in portions(sorted(uids)):
        found |= {row.uid: row for row in CalendarEntry.objects.filter(uid__in=some)}
    for refs in portions(sorted(bookings)):
        found |= {row.uid: row for row in CalendarEntry.objects.filter(booking_ref__in=refs)}
    for refs in portions(sorted(residencies)):
        found |= {row.uid: row for row in CalendarEntry.objects.filter(residency_ref__in=refs)}
    return found


def _mark_dirty(keys: Iterable[tuple[str, int]], *, all_drives: bool) -> None:
    refs = defaultdict(set)
    for kind, ref in keys:
        refs[kind].add(ref)
    for kind, those in refs.items():
        for some in portions(sorted(those)):
            StoredFeed.objects.filter(kind=kind, ref__in=some).update(wanted=F("wanted") + 1)
    if all_drives:
        StoredFeed.objects.filter(kind__in=["ensemble", "producer"]).update(wanted=F("wanted") + 1)


def _keep(now: dict[UUID, Standing], entries: dict[UUID, CalendarEntry]) -> None:
    """Bring the entries to where their things stand now."""
    gone = sorted(entries.keys() - now.keys())
    new = [
        CalendarEntry(uid=uid, booking_ref=row.booking, residency_ref=row.residency, facets=row.facets)
        for uid, row in now.items()
        if uid not in entries
    ]
    moved = []
    for uid, entry in entries.items():
        if uid in now and entry.facets != now[uid].facets:
            entry.facets = now[uid].facets
            moved.append(entry)
    CalendarEntry.objects.bulk_create(new, batch_size=ROWS_AT_ONCE)
    CalendarEntry.objects.bulk_update(moved, ["facets"], batch_size=ROWS_AT_ONCE)
    for some in portions(sorted(entries.keys() & now.keys())):
        CalendarEntry.objects.filter(uid__in=some).update(generation=F("generation") + 1)
    for some in portions(gone):
        CalendarEntry.objects.filter(uid__in=some).delete()
