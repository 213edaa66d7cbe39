"""Tables that are sorted by the address: by which column, and headings that lead to the others."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

#: A column: key in the address, heading, whether the highest comes first.
Column = tuple[str, Any, bool]


def sorting(query: Mapping[str, str], keys: Collection[str], default: str) -> tuple[str, bool]:
    """Which column the address asks for, and whether the highest comes first; a minus before its key says that.

    Args:
        keys: those that there are; any other is taken for the default, the lowest first.
    """
    asked = query.get("ordning", default)
    key = asked.removeprefix("-")
    return (key, asked.startswith("-")) if key in keys else (default, False)


def order_of(key: str, descending: bool) -> str:
    """The order as the address has it."""
    return f"-{key}" if descending else key


def headings(
    columns: Iterable[Column],
    sorted_by: tuple[str, bool],
    address: Callable[[str], str],
    *,
    texts: Collection[str] = (),
) -> list[dict[str, Any]]:
    """The headings for a table, each with the address that sorts by it; a second click turns the order.

    Args:
        sorted_by: as `sorting` gives it.
        address: from an order to the address of the page in it.
        texts: keys of columns that hold no numbers.
    """
    by, descending = sorted_by
    found = []
    for key, label, highest_first in columns:
        turned = not descending if key == by else highest_first
        order = ("descending" if descending else "ascending") if key == by else ""
        found.append(
            {
                "label": label,
                "url": address(order_of(key, turned)),
                "order": order,
                "is_number": key not in texts,
            }
        )
    return found
