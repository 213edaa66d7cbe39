"""The problem: one ensemble, a window of days, places, wishes and rules; read, checked and written as JSON."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import accumulate
from typing import Any, Literal, NamedTuple, cast

from .drives import Drives, OtherRoads, read_other_roads, read_table
from .limits import DAY_MIN, Agreement, Rules, named, read_agreements, read_rules
from .reading import MOST_MONEY, Number, Reader, unique

DayKind = Literal["work", "no_work", "off"]
KINDS: tuple[DayKind, ...] = ("work", "no_work", "off")
MOST_WINDOWS = 24
"""So many windows a candidate may have on one day: one an hour. Every choice of them is looked at."""

MOST_SHIFT_MIN = 180
"""No clock is ever put forward or back by more at once."""


@dataclass(frozen=True)
class Day:
    """One day of the window. `no_work`: no duty, the night may be away. `off`: nights before and after at home too.

    Attributes:
        clock_shift_min: minutes that the night after the day is longer (+60 in October) or shorter (-60 in March)
            than the clock says.
        drive_factor_pct: per cent of its ordinary time that every drive of the day takes, rounded up to minutes.
    """

    date: dt.date
    kind: DayKind = "work"
    clock_shift_min: int = 0
    drive_factor_pct: int = 100

    def to_json(self) -> dict[str, Any]:
        """The day as the problem's document has it."""
        document: dict[str, Any] = {"date": self.date.isoformat(), "kind": self.kind}
        if self.clock_shift_min:
            document["clock_shift_min"] = self.clock_shift_min
        if self.drive_factor_pct != 100:
            document["drive_factor_pct"] = self.drive_factor_pct
        return document


@dataclass(frozen=True)
class Place:
    """A place that can be played or slept in; home always counts as a place to sleep."""

    id: str
    name: str
    municipality: str | None
    beds: bool


class Window(NamedTuple):
    """When the first performance may start: minutes of day number `day`, both ends inclusive."""

    day: int
    earliest: int
    latest: int


@dataclass(frozen=True)
class Candidate:
    """One wish: on site from start - get_in to start + show + get_out; at most one of its group is played.

    Attributes:
        pause_min: the last minutes of the get-in, in which nobody works.
    """

    id: str
    place: str
    value: Number
    get_in_min: int
    show_min: int
    get_out_min: int
    performances: int
    group: str | None
    windows: tuple[Window, ...]
    pause_min: int = 0

    def to_json(self) -> dict[str, Any]:
        """The candidate as the problem's document has it."""
        document = {**vars(self), "windows": [list(window) for window in self.windows]}
        if not self.pause_min:
            del document["pause_min"]
        return document


@dataclass(frozen=True)
class Fixed:
    """A confirmed engagement: played on this day, the first performance starting at this minute."""

    candidate: str
    day: int
    start_min: int


@dataclass(frozen=True)
class BaselineStop:
    """A stop of the plan that changes are counted against; `price` is its own, else `Costs.per_change` holds."""

    candidate: str
    day: int
    price: Number | None = None


class NoBed(NamedTuple):
    """A night on which a place has no bed to be had: the one after day number `day`."""

    place: str
    day: int


@dataclass(frozen=True)
class Costs:
    """What the objective takes and gives, in one currency; all >= 0."""

    per_km: Number = 0
    per_night_away: Number = 0
    municipality_bonus: Number = 0
    per_change: Number = 0


@dataclass(frozen=True)
class Problem:
    """A checked tour-planning problem; build it with `from_json`.

    Attributes:
        days: consecutive dates.
        drive_min, drive_km: [from][to] in the order of `places`; the diagonal is 0.
        other_roads: spans of days, which do not overlap, with tables of their own.
        no_beds: nights on which a place that has beds has none left.
        agreements: what `warnings` compares a plan with; they never bind it.
    """

    days: tuple[Day, ...]
    places: tuple[Place, ...]
    home: str
    drive_min: tuple[tuple[int, ...], ...]
    drive_km: tuple[tuple[Number, ...], ...]
    rules: Rules
    candidates: tuple[Candidate, ...]
    fixed: tuple[Fixed, ...]
    baseline: tuple[BaselineStop, ...]
    costs: Costs
    no_beds: tuple[NoBed, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    other_roads: tuple[OtherRoads, ...] = ()

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Problem:
        """The problem of a JSON document (schema.json, "problem").

        Raises:
            ProblemError: a field is missing, of the wrong kind or contradicts another; the error names it.
        """
        root = Reader(document)
        root.mapping(field.name for field in fields(cls))
        days = _days(root.child("days"))
        places = _places(root.child("places"))
        candidates = _candidates(root.child("candidates"), len(days), {place.id for place in places})
        ids = {candidate.id for candidate in candidates}
        home = _known(root.child("home"), {place.id for place in places}, "places")
        return cls(
            days=days,
            places=places,
            home=home,
            drive_min=read_table(root.child("drive_min"), len(places), Reader.whole),
            drive_km=read_table(root.child("drive_km"), len(places), Reader.km),
            rules=read_rules(root.child("rules")),
            candidates=candidates,
            fixed=_fixed(root.child("fixed"), len(days), ids),
            baseline=_baseline(root.child("baseline"), len(days), ids),
            costs=_costs(root.child("costs")),
            no_beds=_no_beds(root.child("no_beds"), len(days), {place.id for place in places}, home),
            agreements=read_agreements(root.child("agreements")),
            other_roads=read_other_roads(root.child("other_roads"), len(days), len(places)),
        )

    def to_json(self) -> dict[str, Any]:
        """The JSON document that `from_json` reads back to an equal problem, without what says nothing."""
        return {
            "days": [day.to_json() for day in self.days],
            "places": [dict(vars(place)) for place in self.places],
            "home": self.home,
            "drive_min": [list(row) for row in self.drive_min],
            "drive_km": [list(row) for row in self.drive_km],
            "rules": named(self.rules),
            "candidates": [candidate.to_json() for candidate in self.candidates],
            "fixed": [dict(vars(fixed)) for fixed in self.fixed],
            "baseline": [named(stop) for stop in self.baseline],
            "costs": dict(vars(self.costs)),
            **({"no_beds": [list(night) for night in self.no_beds]} if self.no_beds else {}),
            **({"agreements": [named(one) for one in self.agreements]} if self.agreements else {}),
            **({"other_roads": [span.to_json() for span in self.other_roads]} if self.other_roads else {}),
        }

    def change_price(self, stop: BaselineStop) -> Number:
        """What it costs to drop a stop of the baseline or to move it to another day."""
        return self.costs.per_change if stop.price is None else stop.price

    def place_index(self, place: str) -> int:
        """The row and column of a place in the tables."""
        return next(i for i, known in enumerate(self.places) if known.id == place)

    def drives(self, day: int) -> Drives:
        """What the ways between the places take on a day, the day's slowness not counted."""
        return self.road_books[self.book_of[day]]

    @cached_property
    def road_books(self) -> tuple[Drives, ...]:
        """Every table of drives that holds on some day, each once; first the problem's own."""
        own = Drives(self.drive_min, self.drive_km)
        return tuple(dict.fromkeys([own, *(span.drives for span in self.other_roads)]))

    @cached_property
    def book_of(self) -> tuple[int, ...]:
        """By day, the number of its table of drives among `road_books`."""
        spans = [(span, self.road_books.index(span.drives)) for span in self.other_roads]
        return tuple(
            next((book for span, book in spans if span.holds(day)), 0) for day in range(len(self.days))
        )

    def midnight(self, day: int) -> int:
        """Real minutes from the start of day 0 until a day begins, clock changes of the nights between counted.

        The clock counts as changed before the day begins. Days outside the window are ordinary ones.
        """
        return day * DAY_MIN + self._shifted[max(0, min(day, len(self.days) - 1))]

    @cached_property
    def _shifted(self) -> list[int]:
        """By day, the minutes that the clock changes of the nights before it have put on."""
        return [0, *accumulate(day.clock_shift_min for day in self.days)]

    def whole_weeks(self) -> tuple[range, ...]:
        """The day numbers of every Monday-to-Sunday week that lies wholly inside the window, in order."""
        mondays = (i for i, day in enumerate(self.days) if day.date.weekday() == 0)
        return tuple(range(i, i + 7) for i in mondays if i + 7 <= len(self.days))


def _days(reader: Reader) -> tuple[Day, ...]:
    days: list[Day] = []
    for entry in reader.items():
        entry.mapping(field.name for field in fields(Day))
        shift = entry.child("clock_shift_min").optional(_clock_shift) or 0
        factor = entry.child("drive_factor_pct").optional(_drive_factor) or 100
        day = Day(entry.child("date").date(), _kind(entry.child("kind")), shift, factor)
        if days and (day.date - days[-1].date).days != 1:
            raise entry.child("date").fail(
                f"{day.date} does not follow {days[-1].date}; list every day of the window in order"
            )
        days.append(day)
    if not days:
        raise reader.fail("the window has no days; give at least one")
    return tuple(days)


def _kind(reader: Reader) -> DayKind:
    if reader.value not in KINDS:
        raise reader.fail(f"expected one of {', '.join(KINDS)}")
    return cast(DayKind, reader.value)


def _clock_shift(reader: Reader) -> int:
    return reader.whole(low=-MOST_SHIFT_MIN, high=MOST_SHIFT_MIN)


def _drive_factor(reader: Reader) -> int:
    return reader.whole(low=50, high=300)


def _places(reader: Reader) -> tuple[Place, ...]:
    entries = reader.items()
    places = [_place(entry) for entry in entries]
    unique([entry.child("id") for entry in entries], lambda r: r.value, "place")
    return tuple(places)


def _place(reader: Reader) -> Place:
    reader.mapping(("id", "name", "municipality", "beds"))
    return Place(
        id=reader.child("id").text(),
        name=reader.child("name").text(),
        municipality=reader.child("municipality").optional(Reader.text),
        beds=reader.child("beds").flag(),
    )


def _known(reader: Reader, ids: set[str], where: str) -> str:
    if reader.text() not in ids:
        raise reader.fail(f"{reader.value!r} is not among the {where}; add it there or correct the id")
    return cast(str, reader.value)


def _candidates(reader: Reader, days: int, places: set[str]) -> tuple[Candidate, ...]:
    entries = reader.items()
    candidates = tuple(_candidate(entry, days, places) for entry in entries)
    unique([entry.child("id") for entry in entries], lambda r: r.value, "candidate")
    return candidates


def _candidate(reader: Reader, days: int, places: set[str]) -> Candidate:
    reader.mapping(field.name for field in fields(Candidate))
    get_in, pause = reader.child("get_in_min").whole(), reader.child("pause_min").optional(Reader.whole) or 0
    if pause > get_in:
        raise reader.child("pause_min").fail(f"the pause of {pause} is longer than the get-in of {get_in}")
    return Candidate(
        id=reader.child("id").text(),
        place=_known(reader.child("place"), places, "places"),
        value=reader.child("value").number(-MOST_MONEY, MOST_MONEY),
        get_in_min=get_in,
        show_min=reader.child("show_min").whole(),
        get_out_min=reader.child("get_out_min").whole(),
        performances=1
        if reader.child("performances").value is None
        else reader.child("performances").whole(low=1),
        group=reader.child("group").optional(Reader.text),
        windows=_windows(reader.child("windows"), days),
        pause_min=pause,
    )


def _windows(reader: Reader, days: int) -> tuple[Window, ...]:
    windows = tuple(_window(entry, days) for entry in reader.items())
    for day, count in Counter(window.day for window in windows).items():
        if count > MOST_WINDOWS:
            raise reader.fail(
                f"holds {count} windows on day {day}; give at most {MOST_WINDOWS}, or join them"
            )
    return windows


def _window(reader: Reader, days: int) -> Window:
    day, earliest, latest = reader.items(3)
    if not isinstance(day.value, bool) and isinstance(day.value, int) and not 0 <= day.value < days:
        raise reader.fail(f"day {day.value} is outside the window's days 0 to {days - 1}")
    window = Window(day.whole(), earliest.whole(high=2 * DAY_MIN), latest.whole(high=2 * DAY_MIN))
    if window.latest < window.earliest:
        raise reader.fail(f"ends at {window.latest}, before it starts at {window.earliest}")
    return window


def _fixed(reader: Reader, days: int, ids: set[str]) -> tuple[Fixed, ...]:
    return tuple(
        Fixed(
            _known(entry.child("candidate"), ids, "candidates"),
            entry.child("day").day_number(days),
            entry.child("start_min").whole(high=2 * DAY_MIN),
        )
        for entry in _each(reader, ("candidate", "day", "start_min"))
    )


def _each(reader: Reader, names: tuple[str, ...]) -> list[Reader]:
    """The entries of a list that may be missing, with these fields; no two are of one candidate."""
    entries = reader.optional(Reader.items) or []
    for entry in entries:
        entry.mapping(names)
    unique([entry.child("candidate") for entry in entries], Reader.text, "candidate")
    return entries


def _baseline(reader: Reader, days: int, ids: set[str]) -> tuple[BaselineStop, ...]:
    return tuple(
        BaselineStop(
            _known(entry.child("candidate"), ids, "candidates"),
            entry.child("day").day_number(days),
            entry.child("price").optional(Reader.money),
        )
        for entry in _each(reader, ("candidate", "day", "price"))
    )


def _no_beds(reader: Reader, days: int, places: set[str], home: str) -> tuple[NoBed, ...]:
    nights = []
    for entry in [] if reader.value is None else reader.items():
        place, day = entry.items(2)
        nights.append(NoBed(_known(place, places, "places"), day.day_number(days)))
        if place.value == home:
            raise place.fail("is home, where there is always a bed; remove the entry")
    return tuple(nights)


def _costs(reader: Reader) -> Costs:
    if reader.value is None:
        return Costs()
    names = [field.name for field in fields(Costs)]
    reader.mapping(names)
    readers = {name: Reader.per_km if name == "per_km" else Reader.money for name in names}
    found = {name: reader.child(name).optional(read) for name, read in readers.items()}
    return Costs(**{name: value for name, value in found.items() if value is not None})
