"""A choice out of the relaxation: what it takes nearly whole is set, the rest priced anew, until all is whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .master import DUAL, PRIMAL
from .pricing import STEPS, Pricing
from .visits import Prices, Visit

WHOLE = 0.8
"""A visit of which the relaxation takes so much is set to be chosen."""

AT_LEAST = 0.04
"""In each step so great a share of the visits that are left is set, the greatest first."""

LOOKS = 2
"""So often visits are looked for between two steps. All three: tried on three counties."""


class Dive:
    """One dive. A unit may be in none of its visits; who is, is put in afterwards.

    Args:
        kept: visits that are set from the beginning; the dive finds the others.
    """

    def __init__(self, pricing: Pricing, kept: list[Visit], left: Callable[[], float]) -> None:
        self.pricing, self.master, self.left = pricing, pricing.master, left
        self.taken: list[int] = []
        self.covered = np.zeros(len(pricing.ground.units), dtype=bool)
        self.begins_with = self.master.numbers(kept)
        self.hosts = {visit.host for visit in kept}
        self.shows, self.days = list(pricing.ground.most_shows), list(pricing.ground.most_days)
        for visit in kept:
            self._spend(visit)

    def run(self) -> list[Visit]:
        """The visits that are set in the end, or once the time is up."""
        try:
            for number in self.begins_with:
                self.covered[list(self.master.found[number].units)] = True
            self._take(self.begins_with)
            while self.left() > 0 and self._looked():
                new = self._next()
                if not new:
                    break
                self._take(new)
        finally:
            self.master.release()
        return [self.master.found[i] for i in self.taken]

    def _looked(self) -> bool:
        """Looks for visits of the units that are left; whether the relaxation could be solved."""
        prices = self.master.relax(self.left(), DUAL)
        for _ in range(LOOKS):
            if prices is None:
                return False
            units = np.where(self.covered, 0.0, prices.units)
            visits = self.pricing.visits
            _, found = visits.worth(Prices(units, prices.shows, prices.days), STEPS)
            added = self.master.add(
                [
                    visit
                    for host, chosen in found
                    if not self.covered[list(chosen)].any()
                    for visit in visits.visits(host, chosen)
                ]
            )
            if not added:
                break
            prices = self.master.relax(self.left(), PRIMAL)
        return prices is not None

    def _next(self) -> list[int]:
        """The visits to be set next."""
        shares = self.master.shares().copy()
        shares[self.taken] = 0.0
        some = np.flatnonzero(shares > 1e-6)
        ranked = some[np.argsort(-shares[some], kind="stable")]
        least = max(1, int(AT_LEAST * len(ranked)))
        new: list[int] = []
        for k, i in enumerate(ranked.tolist()):
            visit = self.master.found[i]
            if (k < least or shares[i] >= WHOLE) and self._is_free(visit):
                self.covered[list(visit.units)] = True
                self.hosts.add(visit.host)
                self._spend(visit)
                new.append(i)
        return new

    def _is_free(self, visit: Visit) -> bool:
        """Whether its units and its host have nothing yet, and its shows and days are to be had."""
        p = visit.host[0]
        left = visit.shows <= self.shows[p] and visit.days <= self.days[p]
        return left and visit.host not in self.hosts and not self.covered[list(visit.units)].any()

    def _spend(self, visit: Visit) -> None:
        self.shows[visit.host[0]] -= visit.shows
        self.days[visit.host[0]] -= visit.days

    def _take(self, new: list[int]) -> None:
        """Sets visits; none that shares a unit with them can be chosen any more."""
        self.taken += new
        self.master.confine(new, 1.0, 1.0)
        taken = set(self.taken)
        found = self.master.found
        other = [i for i, visit in enumerate(found) if i not in taken and not self._is_free(visit)]
        self.master.confine(other, 0.0, 0.0)
