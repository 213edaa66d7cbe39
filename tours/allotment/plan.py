"""The plan: which unit gets which production where, in which shows, who is not reached and why; as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, cast

from .errors import PlanError
from .reading import MOST_TOTAL, Number, Reader

How = Literal["own", "walk", "bus"]
HOWS: tuple[How, ...] = ("own", "walk", "bus")

Status = Literal["optimal", "best so far"]
STATUSES: tuple[Status, ...] = ("optimal", "best so far")


@dataclass(frozen=True)
class Assignment:
    """What a unit gets.

    Attributes:
        how: `own`, at the place of the school; `walk`, near by; `bus`.
        shows: by class of the unit, the number of its show among those of the production at the site, from 1.
        unknown: facts of the room that are not known; empty unless the rules let such a room count.
    """

    unit: str
    production: str
    site: str
    how: How
    shows: tuple[int, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Show:
    """One show: `number` counts those of the production at the site from 1, `day` its playing days there from 1.

    Attributes:
        seats, capacity: taken, adults counted, and how many there are.
        classes: the unit and the number of each class that sees it, from 0.
    """

    production: str
    site: str
    number: int
    day: int
    seats: int
    capacity: int
    classes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Ride:
    """Buses of one school to the shows of a production at a site; `km` is there and back."""

    school: str
    production: str
    site: str
    units: tuple[str, ...]
    seats: int
    buses: int
    km: Number


@dataclass(frozen=True)
class Remedy:
    """What would let a unit in, and what the plan would cost more with it.

    Attributes:
        kind: which rule or fact changes; `remedies.KINDS` lists them.
        value: the new number, where the change is one; of `more_shows` the shows.
        facts: what else says what to change, such as the needs or the missing facts.
    """

    kind: str
    unit: str
    production: str
    site: str
    cost: Number
    value: Number | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Unreached:
    """A unit that gets nothing.

    Attributes:
        pupils: how many that are.
        reason: a stable code, see `reasons.REASONS`.
        facts: the numbers and ids that the reason rests on.
        remedies: the cheapest of each kind, cheapest first; empty where no single change helps.
    """

    unit: str
    pupils: int
    reason: str
    facts: Mapping[str, Any]
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True)
class Breach:
    """One broken rule: its stable name, what it asks for and what the plan does, and one sentence."""

    rule: str
    unit: str | None
    production: str | None
    site: str | None
    limit: Number
    actual: Number
    text: str


@dataclass(frozen=True)
class Trace:
    """When which method found which plan: pupils reached, and its cost."""

    seconds: float
    reached: int
    cost: Number
    by: str


@dataclass(frozen=True)
class Plan:
    """An allotment. It reaches most pupils first, then costs least.

    Attributes:
        pupils, reached: of the target grades: all, and those that get something.
        reached_bound: no plan reaches more.
        cost_bound: no plan that reaches as many costs less; None if that is not known. Both bounds hold for what is
            locked, and of sites to go to by bus for the nearest `Rules.bus_sites`.
        gap: (cost - cost_bound) / cost.
        status: `optimal` if both bounds are met.
    """

    assignments: tuple[Assignment, ...] = ()
    shows: tuple[Show, ...] = ()
    rides: tuple[Ride, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    pupils: int = 0
    reached: int = 0
    reached_bound: int | None = None
    cost: Number = 0
    cost_bound: Number | None = None
    gap: float | None = None
    status: Status = "best so far"
    breaches: tuple[Breach, ...] = ()
    trace: tuple[Trace, ...] = ()
    seconds: float = 0.0
    seed: int = 1

    def to_json(self) -> dict[str, Any]:
        """The JSON document of the plan (schema.json, "plan")."""
        return {entry.name: _plain(getattr(self, entry.name)) for entry in fields(self)}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Plan:
        """The plan of a JSON document; only `assignments`, `shows` and `rides` must be there.

        Raises:
            PlanError: a field is missing or of the wrong kind; the error names it.
        """
        root = Reader(document, error=PlanError)
        root.mapping(entry.name for entry in fields(cls))
        status = root.child("status")
        if status.value not in (None, *STATUSES):
            raise status.fail(f"expected one of {', '.join(STATUSES)}")
        return cls(
            assignments=tuple(_assignment(entry) for entry in root.child("assignments").items()),
            shows=tuple(_show(entry) for entry in root.child("shows").items()),
            rides=tuple(_ride(entry) for entry in root.child("rides").items()),
            unreached=tuple(_unreached(entry) for entry in root.child("unreached").some()),
            pupils=root.child("pupils").optional(_sum) or 0,
            reached=root.child("reached").optional(_sum) or 0,
            reached_bound=root.child("reached_bound").optional(_sum),
            cost=root.child("cost").optional(Reader.number) or 0,
            cost_bound=root.child("cost_bound").optional(Reader.number),
            gap=root.child("gap").optional(Reader.number),
            status=cast(Status, status.value or "best so far"),
            breaches=tuple(_breach(entry) for entry in root.child("breaches").some()),
            trace=tuple(_trace(entry) for entry in root.child("trace").some()),
            seconds=root.child("seconds").optional(Reader.number) or 0.0,
            seed=root.child("seed").optional(_sum) or 0,
        )


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {key: _plain(entry) for key, entry in vars(value).items()}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return {key: _plain(entry) for key, entry in value.items()} if isinstance(value, Mapping) else value


def _sum(reader: Reader) -> int:
    return reader.whole(high=MOST_TOTAL)


def _fields(reader: Reader, kind: type[Any]) -> None:
    reader.mapping(entry.name for entry in fields(kind))


def _object(reader: Reader) -> dict[str, Any]:
    return dict(reader.mapping(reader.value if isinstance(reader.value, Mapping) else ()))


def _assignment(reader: Reader) -> Assignment:
    _fields(reader, Assignment)
    how = reader.child("how")
    if how.value not in HOWS:
        raise how.fail(f"expected one of {', '.join(HOWS)}")
    return Assignment(
        unit=reader.child("unit").text(),
        production=reader.child("production").text(),
        site=reader.child("site").text(),
        how=cast(How, how.value),
        shows=tuple(number.count() for number in reader.child("shows").items()),
        unknown=reader.child("unknown").texts(),
    )


def _show(reader: Reader) -> Show:
    _fields(reader, Show)
    return Show(
        production=reader.child("production").text(),
        site=reader.child("site").text(),
        number=reader.child("number").count(),
        day=reader.child("day").count(),
        seats=reader.child("seats").whole(),
        capacity=reader.child("capacity").whole(),
        classes=tuple(_class(entry) for entry in reader.child("classes").items()),
    )


def _class(reader: Reader) -> tuple[str, int]:
    entries = reader.items()
    if len(entries) != 2:
        raise reader.fail("expected a unit and the number of a class")
    return entries[0].text(), entries[1].whole()


def _ride(reader: Reader) -> Ride:
    _fields(reader, Ride)
    return Ride(
        school=reader.child("school").text(),
        production=reader.child("production").text(),
        site=reader.child("site").text(),
        units=reader.child("units").texts(),
        seats=reader.child("seats").whole(),
        buses=reader.child("buses").count(),
        km=reader.child("km").number(0),
    )


def _unreached(reader: Reader) -> Unreached:
    _fields(reader, Unreached)
    return Unreached(
        unit=reader.child("unit").text(),
        pupils=reader.child("pupils").whole(),
        reason=reader.child("reason").text(),
        facts=_object(reader.child("facts")),
        remedies=tuple(_remedy(entry) for entry in reader.child("remedies").some()),
    )


def _remedy(reader: Reader) -> Remedy:
    _fields(reader, Remedy)
    return Remedy(
        kind=reader.child("kind").text(),
        unit=reader.child("unit").text(),
        production=reader.child("production").text(),
        site=reader.child("site").text(),
        cost=reader.child("cost").number(),
        value=reader.child("value").optional(Reader.number),
        facts=_object(reader.child("facts")),
    )


def _breach(reader: Reader) -> Breach:
    _fields(reader, Breach)
    return Breach(
        rule=reader.child("rule").text(),
        unit=reader.child("unit").optional(Reader.text),
        production=reader.child("production").optional(Reader.text),
        site=reader.child("site").optional(Reader.text),
        limit=reader.child("limit").number(),
        actual=reader.child("actual").number(),
        text=reader.child("text").text(),
    )


def _trace(reader: Reader) -> Trace:
    _fields(reader, Trace)
    return Trace(
        seconds=reader.child("seconds").number(0),
        reached=reader.child("reached").optional(_sum) or 0,
        cost=reader.child("cost").number(),
        by=reader.child("by").text(),
    )
