"""What the dated entries of a region's data directory have in common: whose they are, since when, and known words."""

from collections.abc import Iterable
from datetime import date
from typing import Any


def valid_days(entry: dict[str, Any], regions: set[str]) -> tuple[date, date | None]:
    """The first and the last day on which the entry holds for its region, both included; None: no end is set.

    Raises:
        KeyError, ValueError: something is missing, there is no such region, or the days are in the wrong order.
    """
    if entry["region"] not in regions:
        raise ValueError(f"regions.json has no region {entry['region']}.")
    first, last = date.fromisoformat(entry["valid_from"]), entry.get("valid_to")
    ends = date.fromisoformat(last) if last else None
    if ends and ends < first:
        raise ValueError(f"valid_to {ends} comes before valid_from {first}.")
    return first, ends


def one_of(value: Any, known: Iterable[str], name: str) -> None:
    """Raises ValueError for a word that is not a known one."""
    if value not in known:
        raise ValueError(f'{name} must be one of {", ".join(known)}, not "{value}".')
