"""Which periods, sub-events and lines of day plans belong to a calendar: to whose, and narrowed by what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from bookings.models import Allocation, DayLine, DroppedPeriod, Feed, Residency, ResidencyPeriod, SubEvent
from bookings.models.calendar import DroppedPeriods
from bookings.models.residency import Periods, SubEvents
from bookings.models.residency_parts import DayLines
from bookings.residency_entries import Reader
from venues.models import User

#: Kind of feed -> how all that belongs to a residency leads to the row whose feed it is.
FACETS = {
    "residency": "residency",
    "presenter": "residency__host",
    "place": "residency__place",
    "municipality": "residency__place__municipality",
    "region": "residency__place__municipality__region",
    "ensemble": "residency__ensemble",
    "production": "residency__production",
    "artist": "residency__artist",
}
#: Kind of feed -> how a sub-event's own room leads there; without one it is where the residency is.
_BY_ROOM = {
    "place": "venue__place",
    "municipality": "venue__place__municipality",
    "region": "venue__place__municipality__region",
}
#: How a sub-event leads to the school whose groups come.
SCHOOL = "groups__school__organisation"
_NONE = Q(pk__in=[])


@dataclass(frozen=True)
class Choice:
    """What is said of periods, of sub-events, of periods that were dropped, and of lines of day plans."""

    periods: Q = field(default_factory=Q)
    sub_events: Q = field(default_factory=Q)
    dropped: Q = field(default_factory=Q)
    lines: Q = field(default_factory=Q)

    def __and__(self, other: "Choice") -> "Choice":
        return Choice(
            self.periods & other.periods,
            self.sub_events & other.sub_events,
            self.dropped & other.dropped,
            self.lines & other.lines,
        )

    @classmethod
    def of_all(cls, where: Q) -> "Choice":
        """The same of all four."""
        return cls(where, where, where, where)


NOTHING = Choice.of_all(_NONE)


@dataclass(frozen=True)
class Stays:
    """What of residencies is in a calendar, whatever its dates, and for whom it is written.

    Lines of day plans are in an artist's own calendar alone.
    """

    periods: Periods
    sub_events: SubEvents
    dropped: DroppedPeriods
    reader: Reader
    lines: DayLines


def in_feeds_of(kind: str, refs: Sequence[int]) -> Choice:
    """What is in the feeds of rows of a kind: of a tour or a season nothing is."""
    if kind == "venue":
        rooms = Allocation.objects.filter(venue__in=refs, period__isnull=False)
        return Choice(Q(pk__in=rooms.values("period")), Q(venue__in=refs), _NONE, _NONE)
    if kind == "school":
        hosted = in_feeds_of("presenter", refs)
        sub_events = hosted.sub_events | _with_groups_of(refs)
        return Choice(hosted.periods, sub_events, hosted.dropped, hosted.lines)
    if kind not in FACETS:
        return NOTHING
    whole = Q(**{f"{FACETS[kind]}__in": refs})
    if kind not in _BY_ROOM:
        return Choice.of_all(whole)
    by_room = Q(**{f"{_BY_ROOM[kind]}__in": refs})
    return Choice(whole, by_room | (Q(venue=None) & whole), whole, whole)


def narrowed(name: str, values: Sequence[str] | Sequence[int]) -> Choice:
    """What a name in an address leaves of residencies.

    What they do has no age, grade or language and no access services that are told: who asks for one gets nothing.

    Args:
        values: as the address has them; of a kind of feed the keys of its rows.
    """
    if name == "art_form":
        return Choice.of_all(Q(residency__art_form__in=values))
    if name == "audience":
        return Choice(_NONE, _for_audience({str(value) for value in values}), _NONE, _NONE)
    return in_feeds_of(name, [int(value) for value in values]) if name in KINDS else NOTHING


def public(chosen: Choice) -> Stays:
    """What the public may know of it."""
    return Stays(
        ResidencyPeriod.objects.public().filter(chosen.periods),
        SubEvent.objects.public().filter(chosen.sub_events),
        DroppedPeriod.objects.public().filter(chosen.dropped),
        Reader(),
        DayLine.objects.none(),
    )


def private(scope: str, ref: int, narrowing: Choice, *, agreed_only: bool) -> Stays | None:
    """What private links of a scope show, also before it is agreed; None where there is nothing of residencies.

    Args:
        ref: the key of the organisation, the ensemble or the artist.
    """
    if scope not in _PRIVATE:
        return None
    chosen = _PRIVATE[scope](ref) & narrowing
    if agreed_only:
        chosen &= Choice.of_all(_AGREED)
    return Stays(
        ResidencyPeriod.objects.filter(chosen.periods),
        SubEvent.objects.filter(chosen.sub_events),
        DroppedPeriod.objects.filter(chosen.dropped),
        Reader("presenter", ref) if scope == Feed.Scope.PRESENTER else Reader("working"),
        DayLine.objects.filter(chosen.lines) if scope == Feed.Scope.ARTIST else DayLine.objects.none(),
    )


def has_any(person: User) -> bool:
    """Whether the person is the artist of a residency."""
    return Residency.objects.filter(artist=person).exists()


#: What both had agreed to.
_AGREED = Q(
    residency__status__in=[Residency.Status.CONFIRMED, Residency.Status.CANCELLED],
    residency__host_agreed_at__isnull=False,
    residency__artist_agreed_at__isnull=False,
)
KINDS = (*FACETS, "venue", "school", "tour", "season")


def _with_groups_of(schools: Sequence[int]) -> Q:
    """Those to which groups of the schools come; each once, however many come."""
    rows = SubEvent.objects.filter(**{f"{SCHOOL}__in": schools})
    return Q(pk__in=rows.values("pk"))


def _for_audience(values: set[str]) -> Q:
    """Open to everybody, or for groups of a school; nothing is for families alone."""
    where = _NONE
    if "public" in values:
        where |= Q(is_public=True)
    if "school" in values:
        where |= Q(pk__in=SubEvent.groups.through.objects.values("subevent"))
    return where


def _of_house(ref: int) -> Choice:
    return in_feeds_of("school", [ref])


def _of_producer(ref: int) -> Choice:
    """Those of its ensembles, and those that it hosts itself."""
    return Choice.of_all(Q(residency__ensemble__producer=ref) | Q(residency__host=ref))


def _of_ensemble(ref: int) -> Choice:
    return in_feeds_of("ensemble", [ref])


def _of_artist(ref: int) -> Choice:
    return in_feeds_of("artist", [ref])


_PRIVATE: dict[str, Callable[[int], Choice]] = {
    Feed.Scope.PRESENTER: _of_house,
    Feed.Scope.PRODUCER: _of_producer,
    Feed.Scope.ENSEMBLE: _of_ensemble,
    Feed.Scope.CREW: _of_ensemble,
    Feed.Scope.ARTIST: _of_artist,
}
