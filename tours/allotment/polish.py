"""Small steps: each unit, or all of a school's at a host, taken out and put where it costs least."""

from __future__ import annotations

from collections.abc import Callable

from .first import cheapest, is_set
from .ledger import Ledger


def polish(ledger: Ledger, done: Callable[[], bool]) -> None:
    """Moves units one by one until no move makes it cheaper, or `done` says so."""
    better = True
    while better and not done():
        better = False
        for unit in sorted(ledger.chosen):
            if done():
                return
            if not is_set(ledger.ground, unit) and _moved(ledger, unit):
                better = True
        missed = [unit for unit, options in enumerate(ledger.ground.options) if options]
        for unit in missed:
            found = cheapest(ledger, unit) if unit not in ledger.chosen else None
            if found is not None:
                ledger.add(found)
                better = True


def _moved(ledger: Ledger, unit: int) -> bool:
    """Whether the unit found a cheaper place."""
    before = ledger.cost
    was = ledger.remove(unit)
    found = cheapest(ledger, unit)
    ledger.add(was)
    if found is None or found == was:
        return False
    ledger.remove(unit)
    ledger.add(found)
    if ledger.cost < before - 1e-6:
        return True
    ledger.remove(unit)
    ledger.add(was)
    return False
