"""Typed readers of JSON values: each gives the value or raises the caller's error with the field's path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from .errors import AllotmentError, ProblemError

T = TypeVar("T")
Number = int | float

MOST_COUNT = 100_000
"""No class, audience, number of shows, days, buses or minutes is greater. Source: the house's choice."""
MOST_MONEY = 10**9
"""No price is greater, in any currency. Source: the house's choice."""
MOST_KM = 100_000
"""No way between two places is longer: two and a half times around the earth."""
MOST_TOTAL = 10**15
"""No plan costs more."""


def tidy(number: float) -> Number:
    """Money and kilometres as they are shown: whole numbers as int, others to two decimals."""
    rounded = round(number, 2)
    return int(rounded) if rounded == int(rounded) else rounded


@dataclass(frozen=True)
class Reader:
    """One JSON value with the path that leads to it.

    Args:
        value: what json.load gave for this field.
        path: where it stands, such as `units[2].grade`; "" for the document itself.
        error: the exception class to raise.
    """

    value: Any
    path: str = ""
    error: type[AllotmentError] = field(default=ProblemError)

    def fail(self, reason: str) -> AllotmentError:
        """The error to raise for this field."""
        return self.error(self.path, reason)

    def mapping(self, known: Iterable[str]) -> Mapping[str, Any]:
        """An object whose keys are all among `known`."""
        if not isinstance(self.value, Mapping):
            raise self.fail(f"expected an object, got {shown(self.value)}")
        allowed = set(known)
        for key in self.value:
            if key not in allowed:
                raise self.child(str(key)).fail(
                    "is not a field of the format; remove it or check the spelling"
                )
        return self.value

    def child(self, key: str) -> Reader:
        """The reader of one key; a missing key reads as None."""
        value = self.value.get(key) if isinstance(self.value, Mapping) else None
        return Reader(value, f"{self.path}.{key}" if self.path else key, self.error)

    def items(self) -> list[Reader]:
        """Readers of a list's entries."""
        if not isinstance(self.value, (list, tuple)):
            raise self.fail(f"expected a list, got {shown(self.value)}")
        return [Reader(entry, f"{self.path}[{i}]", self.error) for i, entry in enumerate(self.value)]

    def some(self) -> list[Reader]:
        """Readers of a list's entries; a missing list has none."""
        return [] if self.value is None else self.items()

    def text(self) -> str:
        """A non-empty string."""
        if not isinstance(self.value, str) or not self.value:
            raise self.fail(f"expected a non-empty text, got {shown(self.value)}")
        if any("\ud800" <= letter <= "\udfff" for letter in self.value):
            raise self.fail(f"{shown(self.value)} holds half a character; write it in UTF-8")
        return self.value

    def texts(self) -> tuple[str, ...]:
        """A list of non-empty strings, each given once; a missing list has none."""
        entries = self.some()
        unique(entries, Reader.text, "the entry")
        return tuple(entry.text() for entry in entries)

    def flag(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            raise self.fail(f"expected true or false, got {shown(self.value)}")
        return self.value

    def whole(self, low: int = 0, high: int = MOST_COUNT) -> int:
        """A whole number with low <= number <= high; true and 3.0 are not whole numbers."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.fail(f"expected a whole number, got {shown(self.value)}")
        if not low <= self.value <= high:
            raise self.fail(f"must be between {low} and {high}, got {shown(self.value)}")
        return self.value

    def count(self) -> int:
        """A whole number, 1 or more."""
        return self.whole(1)

    def number(self, low: float = -MOST_TOTAL, high: float = MOST_TOTAL) -> Number:
        """A finite number with low <= number <= high, whole or not."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.fail(f"expected a number, got {shown(self.value)}")
        if not low <= self.value <= high:
            raise self.fail(
                f"must be a finite number between {low:,.0f} and {high:,.0f}, got {shown(self.value)}"
            )
        return self.value

    def money(self) -> Number:
        """A price, 0 or more."""
        return self.number(0, MOST_MONEY)

    def km(self) -> Number:
        """Kilometres between two places."""
        return self.number(0, MOST_KM)

    def optional(self, read: Callable[[Reader], T]) -> T | None:
        """What `read` gives, or None when the field is missing or null."""
        return None if self.value is None else read(self)

    def known(self, ids: Iterable[str], where: str) -> str:
        """A text that is among these ids."""
        if self.text() not in ids:
            raise self.fail(f"{self.value!r} is not among the {where}; add it there or correct the id")
        return self.text()


def shown(value: Any) -> str:
    """A value as an error message quotes it, cut to 40 characters."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def unique(readers: Iterable[Reader], key: Callable[[Reader], Any], what: str) -> None:
    """Raises the readers' error at the first entry whose key was seen before."""
    seen: dict[Any, str] = {}
    for reader in readers:
        value = key(reader)
        if value in seen:
            raise reader.fail(f"{what} {value!r} is already given at {seen[value]}; give each one once")
        seen[value] = reader.path
