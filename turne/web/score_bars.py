"""A score's bar as `components/score_bar.html` draws it: a part as long as its weight, filled as far as it counts."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.functional import Promise

#: The drawing: units for a point of weight, and the gap between two parts.
UNIT, GAP = 2, 2


class Part(Protocol):
    """One part of a score: its value from 0 to 1, its weight, and why."""

    @property
    def value(self) -> float: ...

    @property
    def weight(self) -> int: ...

    @property
    def reason(self) -> str: ...


def bar_of(parts: Mapping[str, Part], names: Mapping[str, str | Promise]) -> dict[str, Any]:
    """The bar and its parts in their order.

    Args:
        names: what each part is called.
    """
    drawn, x = [], 0
    for name, part in parts.items():
        width = part.weight * UNIT
        drawn.append(
            {
                "name": names[name],
                "reason": part.reason,
                "points": round(part.value * part.weight),
                "weight": part.weight,
                "x": x,
                "width": width,
                "filled": round(part.value * width),
            }
        )
        x += width + GAP
    return {"parts": drawn, "bar_width": x - GAP}
