"""A cost below which no allotment comes, from any prices of the units: each host on its own, then each road."""

from __future__ import annotations

import numpy as np

from .ground import Ground
from .visits import Floats, Prices, Visits


class Bounds:
    """Lagrange's bound: who is to be reached, and how many shows and days there are, is paid for instead of demanded.

    Args:
        miss: by unit, what it costs not to reach it.
    """

    def __init__(self, ground: Ground, visits: Visits, miss: Floats) -> None:
        self.ground, self.visits, self.miss = ground, visits, miss
        trees, per_km = ground.trees, ground.problem.rules.per_km
        self.steps: list[list[tuple[int, int, float]]] = []
        for p in range(len(ground.problem.productions)):
            nodes = {
                node
                for q, s in visits.hosts
                if q == p
                for node in (*trees.way(p, ground.place[s]), trees.home[p])
                if node >= 0
            }
            far_first = sorted(nodes, key=lambda node: -len(trees.way(p, node)))
            self.steps.append(
                [(node, trees.parent[p][node], per_km * trees.km[p][node]) for node in far_first]
            )

    def bound(self, prices: Prices, gains: Floats) -> float:
        """No allotment's cost, with what it costs to miss units, is less.

        Args:
            gains: by host, what no visit's gain exceeds at these prices.
        """
        productions = self.ground.problem.productions
        by_place: list[dict[int, float]] = [{} for _ in productions]
        for i in np.flatnonzero(gains):
            p, s = self.visits.hosts[i]
            place = self.ground.place[s]
            by_place[p][place] = by_place[p].get(place, 0.0) + float(gains[i])
        total = float(np.minimum(prices.units, self.miss).sum())
        for p in range(len(productions)):
            total -= float(prices.shows[p]) * self.ground.most_shows[p]
            total -= float(prices.days[p]) * self.ground.most_days[p]
            total -= self._best_round(p, by_place[p])
        return total

    def _best_round(self, p: int, gains: dict[int, float]) -> float:
        """The most that a round of a production gains, less its road."""
        home, worth = self.ground.trees.home[p], dict(gains)
        for node, before, km in self.steps[p]:
            left = worth.get(node, 0.0) - (0.0 if node == home else km)
            if node == home:
                return left
            if left > 0 and before >= 0:
                worth[before] = worth.get(before, 0.0) + left
        return 0.0
