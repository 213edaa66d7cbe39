"""Drives between the places, and the days on which they are others: a road that winter closes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import NamedTuple, TypeVar

from .reading import Number, Reader

N = TypeVar("N", int, Number)


class Drives(NamedTuple):
    """Minutes and kilometres [from][to] in the order of the places; the diagonal is 0."""

    minutes: tuple[tuple[int, ...], ...]
    km: tuple[tuple[Number, ...], ...]


@dataclass(frozen=True)
class OtherRoads:
    """The tables of drives that hold from day number `first_day` to `last_day`, both inclusive."""

    first_day: int
    last_day: int
    drive_min: tuple[tuple[int, ...], ...]
    drive_km: tuple[tuple[Number, ...], ...]

    @property
    def drives(self) -> Drives:
        """The tables."""
        return Drives(self.drive_min, self.drive_km)

    def holds(self, day: int) -> bool:
        """Whether the day is one of these."""
        return self.first_day <= day <= self.last_day

    def to_json(self) -> dict[str, object]:
        """The span as the problem's document has it."""
        tables = {"drive_min": self.drive_min, "drive_km": self.drive_km}
        written = {name: [list(row) for row in table] for name, table in tables.items()}
        return {"first_day": self.first_day, "last_day": self.last_day, **written}


def in_spans(by_day: Sequence[Drives]) -> tuple[Drives, tuple[OtherRoads, ...]]:
    """The drives of most days (of as many: those that come first), and the spans of days that have others."""
    days = Counter[Drives]()
    found: list[OtherRoads] = []
    for drives, run in groupby(by_day):
        first, count = days.total(), len(list(run))
        found.append(OtherRoads(first, first + count - 1, *drives))
        days[drives] += count
    own = days.most_common(1)[0][0]
    return own, tuple(span for span in found if span.drives != own)


def read_table(reader: Reader, size: int, read: Callable[[Reader], N]) -> tuple[tuple[N, ...], ...]:
    """A table of the ways between so many places.

    Args:
        read: gives one entry.
    """
    rows = [row.items(size) for row in reader.items(size)]
    table = tuple(tuple(read(entry) for entry in row) for row in rows)
    for i, row in enumerate(rows):
        if table[i][i] != 0:
            raise row[i].fail(f"the way from a place to itself is 0, got {table[i][i]}")
    return table


def read_other_roads(reader: Reader, days: int, places: int) -> tuple[OtherRoads, ...]:
    """The spans of days with roads of their own, which do not overlap; none when the field is missing."""
    found: list[OtherRoads] = []
    for entry in reader.optional(Reader.items) or []:
        span = _span(entry, days, places)
        for i, other in enumerate(found):
            if span.first_day <= other.last_day and other.first_day <= span.last_day:
                raise entry.child("first_day").fail(
                    f"days {span.first_day} to {span.last_day} overlap those of {reader.path}[{i}], "
                    f"{other.first_day} to {other.last_day}; give each day once"
                )
        found.append(span)
    return tuple(found)


def _span(reader: Reader, days: int, places: int) -> OtherRoads:
    reader.mapping(field.name for field in fields(OtherRoads))
    first, last = reader.child("first_day").day_number(days), reader.child("last_day").day_number(days)
    if last < first:
        raise reader.child("last_day").fail(f"day {last} comes before the first day {first}")
    return OtherRoads(
        first,
        last,
        read_table(reader.child("drive_min"), places, Reader.whole),
        read_table(reader.child("drive_km"), places, Reader.km),
    )
