"""A first allotment: one unit after another, each where it costs least beside those before it."""

from __future__ import annotations

from collections.abc import Callable

from .ground import Ground, Option
from .ledger import Ledger


def first(ground: Ground, hurry: Callable[[], bool] = lambda: False) -> Ledger:
    """What a careful person comes to: what is locked, then schools in order, who has fewest options first in each.

    Schools follow one another by municipality and place, so that neighbours can come together. Nobody is turned out
    once in. Once `hurry` says yes, the others get nothing.
    """
    ledger = Ledger(ground)
    for unit, options in enumerate(ground.options):
        if is_set(ground, unit) and options:
            ledger.add(options[0])
    ground.most_shows = list(map(max, ground.most_shows, ledger.shows))
    ground.most_days = list(map(max, ground.most_days, ledger.days))
    insert(ledger, [unit for unit in in_order(ground) if unit not in ledger.chosen], hurry)
    return ledger


def is_set(ground: Ground, unit: int) -> bool:
    """Whether a person has set where the unit goes: that is kept whatever it breaks."""
    choice = ground.locked.get(ground.units[unit].id)
    return choice is not None and choice.site is not None


def in_order(ground: Ground) -> list[int]:
    """The units by municipality and home, who has fewest options first in each school."""
    units = ground.units
    return sorted(
        range(len(units)), key=lambda i: (units[i].municipality, units[i].home, len(ground.options[i]))
    )


def insert(ledger: Ledger, units: list[int], hurry: Callable[[], bool] = lambda: False) -> None:
    """Gives each of these units what costs least now, where something is left."""
    for unit in units:
        if hurry():
            return
        found = cheapest(ledger, unit)
        if found is not None:
            ledger.add(found)


def cheapest(ledger: Ledger, unit: int) -> Option | None:
    """The option of a unit that costs least now; of equals the first."""
    best: tuple[float, Option] | None = None
    for option in ledger.ground.options[unit]:
        price = ledger.price(option)
        if price is not None and (best is None or price < best[0] - 1e-9):
            best = price, option
    return None if best is None else best[1]
