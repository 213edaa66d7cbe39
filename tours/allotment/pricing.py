"""Finding the visits that matter, and the bound: prices of the units, the best visits at them, and so on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .bounds import Bounds
from .ground import Ground
from .ledger import Ledger
from .master import Master
from .visits import Floats, Prices, Visit, Visits

STEADY = 0.5
"""So much of the prices that gave the best bound is kept in the next ones: they swing less, and come there sooner."""

CLOSE = 1e-4
"""The relaxation counts as solved when the bound is within this share of it."""

STEPS = 60
LAST_STEPS = 2_000
"""Steps that the packing of one host takes, and once few visits are found any more. All: tried on three counties."""

BELOW = 0.6
"""The first prices are this share of what the first choice pays: better choices pay about as much."""

LOW = 0.1
"""No unit costs less at first than this share of what the middle one does."""

WIDER = 1.5
"""What a unit may cost grows by this factor where it is still missed."""


class Pricing:
    """The relaxation over all visits, by the visits that it asks for.

    Attributes:
        bound: no allotment's cost, with what it costs to miss units, is less.
        center: the prices that gave it.
        solved: whether no other visit can better the relaxation.
    """

    def __init__(
        self,
        ground: Ground,
        miss: Floats,
        threads: int,
        seed: int,
        done: Callable[[], bool],
        left: Callable[[], float],
    ) -> None:
        self.ground, self.miss, self.done, self.left = ground, miss, done, left
        self.visits = Visits(ground)
        self.master = Master(ground, self.visits, miss, threads, seed, done)
        self.bounds = Bounds(ground, self.visits, miss)
        productions = len(ground.problem.productions)
        none = np.zeros(productions)
        self.center = Prices(np.zeros(len(ground.units)), none, none)
        self.bound, self.solved, self.box = -np.inf, False, miss.copy()

    def begin(self, ledger: Ledger) -> None:
        """Takes the visits of a first choice; what it pays for a unit is what the unit may cost at first."""
        shares = np.zeros(len(self.ground.units))
        for host, units in sorted(ledger.guests.items()):
            visit = self.visits.visit(host, tuple(sorted(units)))
            self.master.add([visit])
            seats = sum(self.ground.seats[unit] for unit in units)
            for unit in units:
                shares[unit] = visit.cost * self.ground.seats[unit] / seats
        self.center = self.center._replace(units=np.minimum(BELOW * shares, self.miss))
        if (shares > 0).any():
            self.box = np.minimum(self.miss, np.maximum(shares, LOW * np.median(shares[shares > 0])))
        self.master.charge_misses(self.box)

    def run(self, until: Callable[[], bool], heard: Callable[[float], None]) -> None:
        """Goes on until the relaxation is solved or `until` says so; `heard` is told of each better bound."""
        steady, steps = STEADY, STEPS
        while not self.solved and not until():
            prices = self.master.relax(self.left())
            if prices is None:
                return
            cost, missed = self.master.objective(), self.master.missed()
            tried = Prices(
                *(steady * old + (1 - steady) * new for old, new in zip(self.center, prices, strict=True))
            )
            gains, found = self.visits.worth(tried, steps)
            bound = self.bounds.bound(tried, gains)
            added = self.master.add([one for host, units in found for one in self.visits.visits(host, units)])
            if bound > self.bound:
                self.bound, self.center = bound, tried
                heard(bound)
            if not self._widened(missed, added):
                close = cost - self.bound <= CLOSE * max(1.0, cost)
                self.solved = close or (added == 0 and steady == 0.0 and steps == LAST_STEPS)
                steady, steps = (STEADY, steps) if added else (0.0, LAST_STEPS)

    def visits_of(self, ledger: Ledger) -> list[Visit]:
        """The visits of a choice; the master has them afterwards."""
        visits = [
            self.visits.visit(host, tuple(sorted(units))) for host, units in sorted(ledger.guests.items())
        ]
        self.master.add(visits)
        return visits

    def complete(self, cost: float, most: int) -> bool:
        """Adds every visit that a choice cheaper than `cost` may have; not if these are more than `most`.

        A choice with another visit costs at least the relaxation, less what visits that are not in it could gain, and
        that visit's own price.
        """
        prices = self._relaxed()
        if prices is None:
            return False
        gains, _ = self.visits.worth(prices, LAST_STEPS)
        hosts = self.master.host_prices()
        least = self.master.objective() - float(np.maximum(0.0, gains - hosts).sum())
        every = self.visits.every(prices, hosts - max(0.0, cost - least) - 1e-3, most)
        if every is None:
            return False
        self.master.add(every)
        return True

    def within(self, cost: float) -> list[int]:
        """The numbers of the visits found that a choice cheaper than `cost` may have."""
        if self._relaxed() is None:
            return list(range(len(self.master.found)))
        spare = max(0.0, cost - min(self.bound, self.master.objective()))
        return [int(i) for i in np.flatnonzero(self.master.reduced() <= spare + 1.0)]

    def charge(self, times: float) -> None:
        """Lets units cost so many times what they do now."""
        self.master.charge_misses(np.minimum(self.miss, times * self.box))

    def _relaxed(self) -> Prices | None:
        """The prices of the relaxation over all visits found so far."""
        return self.master.relax(self.left())

    def _widened(self, missed: Floats, added: int) -> bool:
        """Lets units cost more that are missed although they need not be, once few visits come for less."""
        short = (missed > 1e-6) & (self.box < self.miss)
        if not short.any() or added > len(self.ground.units) // 20:
            return False
        self.box[short] = np.minimum(self.miss[short], self.box[short] * WIDER)
        self.master.charge_misses(self.box)
        return True
