"""The plan: which wish on which day and when, where every night is slept, and how good that is known to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .errors import PlanError
from .problem import Fixed
from .reading import Number, Reader


@dataclass(frozen=True)
class Stop:
    """One engagement played: the first performance starts at minute `start_min` of day number `day`."""

    day: int
    start_min: int
    candidate: str


def in_order(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    """The stops by day and time. Those that start at the same minute stay as they are given: so they are played."""
    return tuple(sorted(stops, key=lambda stop: (stop.day, stop.start_min)))


def fixed_at(stops: Iterable[Stop]) -> tuple[Fixed, ...]:
    """The stops as engagements that must be played at their times."""
    return tuple(Fixed(stop.candidate, stop.day, stop.start_min) for stop in stops)


@dataclass(frozen=True)
class Breach:
    """One broken rule.

    Attributes:
        rule: the stable name of the rule, such as `rest_night`.
        day: the day number where it is broken (for a week, its Monday); None when no day is to blame.
        limit, actual: what the rule asks for and what the plan does, in minutes or counts.
        over: by how much, always > 0.
        candidates: the stops involved.
        text: one sentence for a producer.
    """

    rule: str
    day: int | None
    limit: int
    actual: int
    over: int
    candidates: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Unplaced:
    """A candidate that is not played, and why: `reason` is a stable code, `detail` the numbers and one sentence."""

    candidate: str
    reason: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class Trace:
    """When which method found which objective."""

    seconds: float
    objective: Number
    by: str


@dataclass(frozen=True)
class Plan:
    """A tour. `nights[d]` is where the party sleeps after day d; `gap` is (bound - objective) / objective.

    Attributes:
        drive_only_departures: departure minute of every day that only drives.
        bound: no legal plan is worth more; None when the plan was not solved for.
        proven: the objective equals the bound.
    """

    stops: tuple[Stop, ...]
    nights: tuple[str, ...]
    drive_only_departures: Mapping[int, int] = field(default_factory=dict)
    objective: Number = 0
    bound: Number | None = None
    gap: float | None = None
    proven: bool = False
    breaches: tuple[Breach, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    trace: tuple[Trace, ...] = ()
    seconds: float = 0.0
    seed: int = 1

    def to_json(self) -> dict[str, Any]:
        """The JSON document of the plan (schema.json, "plan"); stops in order of day and time."""
        return {
            "stops": [
                {"candidate": s.candidate, "day": s.day, "start_min": s.start_min}
                for s in in_order(self.stops)
            ],
            "nights": list(self.nights),
            "drive_only_departures": {
                str(day): minute for day, minute in sorted(self.drive_only_departures.items())
            },
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "proven": self.proven,
            "breaches": [{**vars(breach), "candidates": list(breach.candidates)} for breach in self.breaches],
            "unplaced": [{**vars(entry), "detail": dict(entry.detail)} for entry in self.unplaced],
            "trace": [dict(vars(step)) for step in self.trace],
            "seconds": self.seconds,
            "seed": self.seed,
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Plan:
        """The plan of a JSON document; only `stops` and `nights` must be there.

        Raises:
            PlanError: a field is missing or of the wrong kind; the error names it.
        """
        root = Reader(document, error=PlanError)
        root.mapping(entry.name for entry in fields(cls))
        return cls(
            stops=in_order(_stop(entry) for entry in root.child("stops").items()),
            nights=tuple(entry.text() for entry in root.child("nights").items()),
            drive_only_departures=_departures(root.child("drive_only_departures")),
            objective=root.child("objective").optional(Reader.number) or 0,
            bound=root.child("bound").optional(Reader.number),
            gap=root.child("gap").optional(Reader.number),
            proven=bool(root.child("proven").optional(Reader.flag)),
            breaches=tuple(_breach(entry) for entry in _entries(root.child("breaches"))),
            unplaced=tuple(_unplaced(entry) for entry in _entries(root.child("unplaced"))),
            trace=tuple(_trace(entry) for entry in _entries(root.child("trace"))),
            seconds=root.child("seconds").optional(Reader.number) or 0.0,
            seed=root.child("seed").optional(_seed) or 0,
        )


def _entries(reader: Reader) -> list[Reader]:
    return reader.optional(Reader.items) or []


def _seed(reader: Reader) -> int:
    return reader.whole(high=2**31 - 1)


def _stop(reader: Reader) -> Stop:
    reader.mapping(("candidate", "day", "start_min"))
    return Stop(
        reader.child("day").whole(), reader.child("start_min").whole(), reader.child("candidate").text()
    )


def _departures(reader: Reader) -> dict[int, int]:
    if reader.value is None:
        return {}
    found = {}
    for key in reader.mapping(reader.value if isinstance(reader.value, Mapping) else ()):
        if not str(key).isdecimal():
            raise reader.child(key).fail('expected a day number as the key, such as "8"')
        found[int(key)] = reader.child(key).whole()
    return found


def _breach(reader: Reader) -> Breach:
    reader.mapping(entry.name for entry in fields(Breach))
    return Breach(
        rule=reader.child("rule").text(),
        day=reader.child("day").optional(Reader.whole),
        limit=reader.child("limit").whole(low=-(10**9), high=10**9),
        actual=reader.child("actual").whole(low=-(10**9), high=10**9),
        over=reader.child("over").whole(high=10**9),
        candidates=tuple(entry.text() for entry in reader.child("candidates").items()),
        text=reader.child("text").text(),
    )


def _unplaced(reader: Reader) -> Unplaced:
    reader.mapping(("candidate", "reason", "detail"))
    detail = reader.child("detail")
    if not isinstance(detail.value, Mapping):
        raise detail.fail("expected an object")
    return Unplaced(reader.child("candidate").text(), reader.child("reason").text(), dict(detail.value))


def _trace(reader: Reader) -> Trace:
    reader.mapping(("seconds", "objective", "by"))
    return Trace(
        reader.child("seconds").number(low=0), reader.child("objective").number(), reader.child("by").text()
    )
