"""Spans of days that come back every year: a road's closure, a winter."""

from datetime import date


def holds(first: str, last: str, day: date) -> bool:
    """Whether the day lies in the span, which may run over New Year.

    Args:
        first, last: month and day, "10-15", both included.
    """
    now = f"{day:%m-%d}"
    return first <= now <= last if first <= last else now >= first or now <= last
