"""Many rows, as many at once as one statement of the database takes."""

from collections.abc import Iterator, Sequence
from typing import Any

#: Rows in one statement. Source: the house's choice: none with more than the 999 values that old SQLite takes.
ROWS_AT_ONCE = 500


def portions(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The rows in order, as many at once as one statement takes."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[start : start + ROWS_AT_ONCE]
