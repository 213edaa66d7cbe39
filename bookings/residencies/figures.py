"""Residencies of a season in figures: how many, how long, and their sub-events by kind, each counted for itself.

A sub-event is an activity of its own and its audience is no performance's: counting an encounter twice was a known
fault of the national statistics. What was cancelled, or not held, is never counted.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bookings.models import Residency, SubEvent
from tours.models import Season
from tours.windows import midnight
from venues.models import Municipality


@dataclass
class Line:
    """What a municipality had of residencies, or all of them together.

    Attributes:
        days: of the stays within the season.
        held: sub-events that were held, by kind.
        young: children and young people among the audience, as told.
        pupils: in the classes that were invited to what was held.
    """

    name: str
    residencies: int = 0
    days: int = 0
    held: Counter[str] = field(default_factory=Counter)
    audience: int = 0
    young: int = 0
    pupils: int = 0

    @property
    def weeks(self) -> float:
        """Weeks of residency, to a tenth."""
        return round(self.days / 7, 1)

    @property
    def events(self) -> int:
        """Sub-events of all kinds."""
        return self.held.total()

    @property
    def by_kind(self) -> list[int]:
        """How many of each kind, in the order of `SubEvent.Kind`."""
        return [self.held[kind] for kind in SubEvent.Kind.values]

    def add_stay(self, residency: Residency, first: date, last: date) -> None:
        """Count a residency in, with its days from the first to the last, both included."""
        self.residencies += 1
        for one in residency.periods.all():
            self.days += max(0, (min(one.ends_on, last) - max(one.starts_on, first)).days + 1)

    def add_event(self, event: SubEvent) -> None:
        """Count a sub-event in that was held."""
        self.held[event.kind] += 1
        self.audience += event.attendance or 0
        self.young += event.attendance_young or 0
        self.pupils += sum(group.pupils_count for group in event.groups.all())


@dataclass
class Figures:
    """A season's residencies, a line for each municipality that had something and one for all."""

    lines: list[Line]
    total: Line


def of_season(season: Season) -> Figures:
    """The agreed residencies of the season's region with days in it, and their sub-events that were held then.

    A residency stands where its place is, a sub-event where its venue is, or else with its residency.
    """
    first, last = season.starts_on, season.ends_on
    agreed = Residency.objects.filter(region=season.region, status=Residency.Status.CONFIRMED)
    stays = agreed.between(first, last).select_related("place__municipality").prefetch_related("periods")
    span = midnight(first), midnight(last + timedelta(days=1))
    events = SubEvent.objects.counted().between(*span).filter(residency__in=agreed)
    ground = events.select_related("venue__place__municipality", "residency__place__municipality")
    return _add_up(stays, ground.prefetch_related("groups"), first, last)


def _add_up(stays: Iterable[Residency], events: Iterable[SubEvent], first: date, last: date) -> Figures:
    lines: dict[Municipality, Line] = {}
    total = Line("")

    def both(municipality: Municipality) -> tuple[Line, Line]:
        return lines.setdefault(municipality, Line(municipality.name)), total

    for stay in stays:
        for line in both(stay.place.municipality):
            line.add_stay(stay, first, last)
    for event in events:
        for line in both((event.venue or event.residency).place.municipality):
            line.add_event(event)
    return Figures(sorted(lines.values(), key=lambda line: line.name), total)
