"""What a fit is judged from: a room in a period with all that is known of staying there, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tours.rooms import RiderLine
from tours.windows import calendar_days

#: Road minutes within which a school is near, and what its pupils count. Source: the house's choice; half an hour there
#: and back is a lesson, an hour a school day.
RINGS: Sequence[tuple[int, float]] = ((30, 1.0), (45, 2 / 3), (60, 1 / 3))


@dataclass(frozen=True)
class Period:
    """Days of a stay, both included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return calendar_days(self.starts_on, self.ends_on)

    @property
    def nights(self) -> list[date]:
        """Its nights, each by the day before it; none of a day alone."""
        return calendar_days(self.starts_on, self.ends_on - timedelta(days=1))


@dataclass(frozen=True)
class Room:
    """A room and whose it is, by ids and names."""

    venue: int
    name: str
    host: int
    host_name: str
    place: int
    place_name: str
    municipality: int
    municipality_name: str


@dataclass(frozen=True)
class Home:
    """A dwelling near the room.

    Attributes:
        drive_min: to the room's place; 0 in the same.
        is_own: whether the room's house lends it.
        facts: what is needed of it beside beds, each known or not.
        taken: its nights that somebody else has.
    """

    dwelling: int
    name: str
    place_name: str
    beds: int
    drive_min: int = 0
    is_own: bool = False
    facts: tuple[tuple[str, bool | None], ...] = ()
    taken: frozenset[date] = frozenset()


@dataclass(frozen=True)
class SchoolDays:
    """Of the period's Mondays to Fridays those with school, and who says why there is none on the others.

    Attributes:
        is_known: whether anybody has told of the municipality's school year.
    """

    is_known: bool
    school: int = 0
    weekdays: int = 0
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """A public performance in the same place."""

    title: str
    on: date
    is_same_form: bool


@dataclass(frozen=True)
class Lacking:
    """Schools near by that have met nothing this school year.

    Attributes:
        rings: their pupils up to each of `RINGS`, the wider without those of the narrower.
        most: what the rings count at the room that has most.
        is_known: whether any school near by has told how many pupils it has.
    """

    is_known: bool = False
    rings: tuple[int, ...] = (0,) * len(RINGS)
    schools: int = 0
    most: float = 0.0

    @property
    def counted(self) -> float:
        """The pupils, each by how near they are."""
        return counted(self.rings)


@dataclass(frozen=True)
class Had:
    """What the municipality has had in the calendar year in which the period begins.

    Attributes:
        rate: performances per 1,000 inhabitants; None where nobody has said how many live there.
        most: the highest rate of any municipality.
    """

    residencies: int = 0
    rate: float | None = None
    most: float = 0.0


@dataclass(frozen=True)
class Wished:
    """How high the place and the period stand among what was wished: 1 is first, None is not among them.

    Attributes:
        places, periods: how many were wished; 0 where nobody has.
    """

    places: int = 0
    place_rank: int | None = None
    periods: int = 0
    period_rank: int | None = None


@dataclass(frozen=True)
class Option:
    """A room in a period, and all that is known of staying there then.

    Attributes:
        lines: what the work needs of the room, with what it has.
        step_free: of the way in; `needs_step_free` says whether anybody asks.
        taken, closed, busy: days on which somebody has the room, it or its house is closed, or an own calendar is busy.
        town_beds: whether the town has beds; None where nobody has said. `full` are its nights without.
        drive_min: from home; None without a road. `home` is empty where nobody has said where that is.
    """

    period: Period
    room: Room
    people: int = 1
    lines: tuple[RiderLine, ...] = ()
    needs_step_free: bool = False
    step_free: bool | None = None
    taken: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()
    busy: frozenset[date] = frozenset()
    homes: tuple[Home, ...] = ()
    town_beds: bool | None = None
    full: frozenset[date] = frozenset()
    school_days: SchoolDays = field(default_factory=lambda: SchoolDays(False))
    events: tuple[Event, ...] = ()
    lacking: Lacking = field(default_factory=Lacking)
    had: Had = field(default_factory=Had)
    home: str = ""
    drive_min: int | None = None
    wished: Wished = field(default_factory=Wished)


def counted(rings: Sequence[int]) -> float:
    """Pupils by rings, each as much as `RINGS` says."""
    return sum(pupils * share for pupils, (_minutes, share) in zip(rings, RINGS, strict=True))
