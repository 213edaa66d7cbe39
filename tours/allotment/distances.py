"""Tables of kilometres and minutes between places, with None where no road leads."""

from __future__ import annotations

from .reading import MOST_KM, Number, Reader

Table = tuple[tuple[Number | None, ...], ...]


def read_table(reader: Reader, places: int) -> Table:
    """A square table of numbers >= 0 or null, with 0 on its diagonal."""
    rows = reader.items()
    if len(rows) != places:
        raise reader.fail(f"expected {places} rows, one for each place, got {len(rows)}")
    return tuple(_row(row, i, places) for i, row in enumerate(rows))


def _row(reader: Reader, number: int, places: int) -> tuple[Number | None, ...]:
    if not isinstance(reader.value, (list, tuple)) or len(reader.value) != places:
        raise reader.fail(f"expected {places} entries, one for each place")
    # Tables are the bulk of a document: only an entry that looks wrong gets a reader of its own.
    for j, value in enumerate(reader.value):
        if value is not None and not (type(value) in (int, float) and 0 <= value <= MOST_KM):
            reader.items()[j].km()
    if reader.value[number] != 0:
        raise reader.items()[number].fail("the way from a place to itself is 0")
    return tuple(reader.value)
