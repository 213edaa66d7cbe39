"""Start prices: what each candidate and municipality is worth elsewhere, before any linear program is solved.

Subgradient steps on the Lagrangian dual of the relaxation without cuts, in directions that remember the last ones
(Camerini, Fratta, Maffioli, Mathematical Programming Study 3, 1975). On 150 wishes and 60 days 200 steps end within
0.1 % of the linear program's optimum; simplex alone takes twenty times as long from prices of zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .flow import NEVER, Flow, Path, Ways
from .pricing import CLOCK, Prices
from .tables import Floats, Tables

STEPS = 400
ROUGH = 0.6
"""This share of the steps takes rough paths: five times as fast where days hold many blocks, and hardly worse."""

MEMORY = 0.85
"""So much of the last direction is kept."""

LENGTH = 4.0
REACH = 0.03
"""A step goes this many times as far as would lower the bound by this share of itself if the dual were linear."""

PATIENCE = 10
SHORTER = 0.8
"""After so many steps without a better bound, the next ones start from the best prices and are this much shorter."""

SHORTEST = 0.05
"""Steps shorter than this change nothing that matters."""

CLOSE = 1e-4
"""Relative: what counts as a better bound."""


class Duals(NamedTuple):
    """Prices with the bound that they give.

    Attributes:
        stops: (C,) by candidate what playing it takes; of a group the same for all.
        areas: (U,) what reaching a municipality adds.
        bound: no plan is worth more.
    """

    stops: Floats
    areas: Floats
    bound: float


class Ascent:
    """The steps for one problem."""

    def __init__(self, flow: Flow) -> None:
        self.flow, self.table = flow, flow.table
        self.leader, self.free, self.leads = self.table.leader, self.table.free, self.table.leads
        self.bonus = float(self.table.problem.costs.municipality_bonus)
        self.plain = flow.ways(plain_prices(self.table))

    def run(self, steps: int, stop: Callable[[], bool], start: Duals | None = None) -> Duals:
        """The best prices after at most so many steps, from those given; at least one is made."""
        if start is None:
            stops = np.where(self.leads, np.maximum(0.0, 0.5 * self.table.value), 0.0)
            start = Duals(stops, np.full(self.table.areas, 0.5 * self.bonus), np.inf)
        stops, areas = np.where(self.leads, start.stops, 0.0), start.areas
        best, length, stalled = Duals(stops, areas, start.bound), LENGTH, 0
        course = np.zeros(len(stops)), np.zeros(len(areas))
        for turn in range(steps):
            bound, slope = self.bound(stops, areas, turn < ROUGH * steps)
            stalled = 0 if bound < best.bound - CLOSE * abs(bound) else stalled + 1
            if bound < best.bound:
                best = Duals(stops, areas, bound)
            if stalled >= PATIENCE:
                length, stalled, stops, areas = length * SHORTER, 0, best.stops, best.areas
            if stop() or length < SHORTEST:
                break
            course = (
                MEMORY * course[0] + (1 - MEMORY) * slope[0],
                MEMORY * course[1] + (1 - MEMORY) * slope[1],
            )
            along = np.where((stops <= 0) & (course[0] < 0), 0.0, course[0])
            size = float((along**2).sum() + (course[1] ** 2).sum())
            step = length * REACH * max(1.0, abs(best.bound)) / max(size, 1e-9)
            stops = np.maximum(0.0, stops + step * along)
            areas = np.clip(areas + step * course[1], 0.0, self.bonus)
        return Duals(np.where(self.free, best.stops[self.leader], 0.0), best.areas, best.bound)

    def bound(self, stops: Floats, areas: Floats, rough: bool) -> tuple[float, tuple[Floats, Floats]]:
        """What prices (of the groups at their leaders) prove, and by how much more each is used than there is of it."""
        path = self.flow.best(self.ways(stops, areas), rough)
        plays, visits = self.used(path)
        if path.value < NEVER / 2:
            return np.inf, (np.zeros(len(stops)), np.zeros(len(areas)))
        worth = path.value + float(stops.sum() + (self.bonus - areas).sum())
        return self.table.base + worth, (
            np.where(self.leads, plays - 1.0, 0.0),
            (areas < self.bonus) - visits,
        )

    def ways(self, stops: Floats, areas: Floats) -> list[Ways]:
        """What each day adds to a path by these prices."""
        taken = np.append(np.where(self.free, stops[self.leader], 0.0), 0.0)
        added = np.append(areas, 0.0)
        return [
            way._replace(own=way.own - taken[p.stops].sum(axis=1) + added[p.areas].sum(axis=1))
            for way, p in zip(self.plain, self.flow.patterns, strict=True)
        ]

    def used(self, path: Path) -> tuple[Floats, Floats]:
        """How often a path plays each group (at its leader) and reaches each municipality."""
        plays, visits = np.zeros(len(self.leader) + 1), np.zeros(self.table.areas + 1)
        leader = np.append(self.leader, len(self.leader))
        for day, (_, pattern, _) in enumerate(path.days):
            if pattern >= 0:
                patterns = self.flow.patterns[day]
                np.add.at(plays, leader[patterns.stops[pattern]], 1.0)
                np.add.at(visits, patterns.areas[pattern], 1.0)
        return plays[:-1], visits[:-1]


def plain_prices(table: Tables, stops: Floats | None = None, areas: Floats | None = None) -> Prices:
    """Prices on candidates (C,) and municipalities (U,) alone, none if None."""
    beds, days, places = len(table.beds), table.days, table.places
    return Prices(
        arrive=np.vstack([np.where(np.arange(beds) == 0, 0.0, -np.inf), np.zeros((days - 1, beds))]),
        leave=np.zeros((days, beds)),
        stops=np.zeros(len(table.value) + 1) if stops is None else np.append(stops, 0.0),
        areas=np.zeros(table.areas + 1) if areas is None else np.append(areas, 0.0),
        duty=np.zeros(days),
        plays=np.zeros((days, len(table.value) + 1)),
        roads=np.zeros((days, places, places)),
        trios=[],
        late=np.zeros((days, CLOCK)),
        early=np.zeros((days, CLOCK)),
    )
