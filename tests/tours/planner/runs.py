"""A run that the planner's methods can work for, with a clock of its own."""

from __future__ import annotations

import numpy as np

from tours.planner import instance
from tours.planner.greedy import greedy
from tours.planner.listing import listed
from tours.planner.pursuit import Pursuit
from tours.planner.settle import Route, duty_starts, worth
from tours.planner.tables import tables


class Run:
    """Keeps the best route, the bounds and who offered what; a route that breaks a rule of time is refused loudly."""

    def __init__(self, wishes: int, days: int, seed: int = 1) -> None:
        self.table = tables(instance(wishes, days, seed=seed))
        self.patterns = listed(self.table, None)
        first = greedy(self.table, self.patterns)
        assert first is not None
        self.first = first
        self.best: Route | None = first
        self.objective, self.bound = worth(self.table, first), np.inf
        self.seconds = 10_000.0
        self.heard: list[tuple[str, float]] = []

    def left(self) -> float:
        """A second goes by each time that somebody asks."""
        self.seconds -= 1.0
        return self.seconds

    def enough(self) -> bool:
        return self.bound - self.objective <= 1e-6

    def offer(self, route: Route, by: str) -> bool:
        assert duty_starts(self.table, route) is not None
        objective = worth(self.table, route)
        self.heard.append((by, objective))
        if objective <= self.objective:
            return False
        self.best, self.objective = route, objective
        return True

    def bounded(self, bound: float) -> None:
        self.bound = min(self.bound, bound)

    def pursuit(self, proves: bool = True) -> Pursuit:
        """A pursuit for this run that has its prices and has swept."""
        pursuit = Pursuit(self.table, self.patterns, self, np.random.default_rng(1), proves)
        pursuit.begin()
        return pursuit
