"""What was written that calendars show of residencies: what is stale by it, and in whose feeds it stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from bookings.models import (
    Allocation,
    CalendarEntry,
    DayLine,
    DroppedPeriod,
    Residency,
    ResidencyPeriod,
    SubEvent,
)
from bookings.portions import portions
from venues.models import School

Facets = dict[str, list[int]]
#: Kind of mark -> how residencies lead to the row that was written.
_WRITTEN = {
    "residency": ["pk"],
    "organisation": ["host", "sub_events__groups__school__organisation"],
    "venue": ["sub_events__venue", "allocations__venue"],
    "place": ["place", "sub_events__venue__place"],
    "municipality": ["place__municipality", "sub_events__venue__place__municipality"],
    "region": ["place__municipality__region", "sub_events__venue__place__municipality__region"],
    "ensemble": ["ensemble"],
}
_WHERE = (
    *("pk", "host", "artist", "ensemble", "ensemble__producer", "production", "place"),
    *("place__municipality", "place__municipality__region"),
)
_ROOM = ("venue", "venue__place", "venue__place__municipality", "venue__place__municipality__region")


def touched(written: dict[str, set[int]]) -> set[int]:
    """The residencies that show what was written, by their keys; those that were deleted are not among them."""
    found: set[int] = set()
    for mark in written.keys() & _WRITTEN.keys():
        for path in _WRITTEN[mark]:
            for some in portions(sorted(written[mark])):
                rows = Residency.objects.filter(**{f"{path}__in": some})
                found |= set(rows.order_by().values_list("pk", flat=True))
    return found | _visited_by(written.get("school", ()))


def _visited_by(schools: Iterable[int]) -> set[int]:
    """The residencies that groups of the schools come to or came to: one that was deleted is at none."""
    houses: set[int] = set()
    for some in portions(sorted(schools)):
        houses |= set(School.objects.filter(pk__in=some).values_list("organisation", flat=True))
    if not houses:
        return set()
    known = CalendarEntry.objects.filter(residency_ref__isnull=False).values_list("residency_ref", "facets")
    return {ref for ref, facets in known if ref and houses.intersection(facets.get("presenter", ()))}


def now(residencies: Iterable[int]) -> dict[UUID, tuple[int, Facets]]:
    """What belongs to each of the residencies: its UID, whose it is, and in whose feeds it stands.

    All of one stands where any of it does: a calendar that is made anew and comes out the same is not sent again.
    """
    found: dict[UUID, tuple[int, Facets]] = {}
    for keys in portions(sorted(residencies)):
        facets = _facets(keys)
        for model in (ResidencyPeriod, SubEvent, DroppedPeriod, DayLine):
            rows = model._default_manager.filter(residency__in=keys)
            for uid, residency in rows.order_by().values_list("uid", "residency"):
                found[uid] = residency, facets[residency]
    return found


def _facets(keys: Sequence[int]) -> dict[int, Facets]:
    told: dict[int, dict[str, set[int | None]]] = {}
    names = ("residency", "presenter", "artist", "ensemble", "producer", "production")
    where = ("place", "municipality", "region")
    for row in Residency.objects.filter(pk__in=keys).values_list(*_WHERE):
        of_one: dict[str, set[int | None]] = defaultdict(set)
        for kind, ref in zip((*names, *where), row, strict=True):
            of_one[kind].add(ref)
        of_one["producer"].add(row[1])  # a producer that is the host
        told[row[0]] = of_one
    for residency, *room in SubEvent.objects.filter(residency__in=keys).values_list("residency", *_ROOM):
        for kind, ref in zip(("venue", *where), room, strict=True):
            told[residency][kind].add(ref)
    rooms = Allocation.objects.filter(residency__in=keys, venue__isnull=False)
    for residency, venue in rooms.order_by().values_list("residency", "venue").distinct():
        told[residency]["venue"].add(venue)
    guests = SubEvent.objects.filter(Q(residency__in=keys) & Q(groups__isnull=False))
    for residency, school in guests.order_by().values_list("residency", "groups__school__organisation"):
        told[residency]["presenter"].add(school)
    return {key: _written(of_one) for key, of_one in told.items()}


def _written(of_one: dict[str, set[int | None]]) -> Facets:
    kept = {kind: sorted(ref for ref in refs if ref is not None) for kind, refs in sorted(of_one.items())}
    return {kind: refs for kind, refs in kept.items() if refs}
