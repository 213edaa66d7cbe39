"""Plans by prices: what each candidate is worth elsewhere, tours that know it, and openings of the best one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from .beam import Sweep
from .duals import STEPS, Ascent, Duals, plain_prices
from .flow import Flow
from .ground import Ground
from .patterns import DayPatterns
from .pricing import Prices
from .search import Search
from .settle import Route, route_of
from .tables import Block, Tables

FIRST_STEPS = 120
"""Steps to the prices of the first sweep, which is to come within two seconds."""

FIRST_WIDTH = 30
WIDER = 3
"""The first sweep follows so many partial tours, each next one so many times more ..."""

SWEEP_SHARE = 0.05
"""... while it is expected to take less than this share of the time left."""

AGAIN_SHARE = 0.1
PAYS = 0.1
"""After a search they may take this share, as long as each closes so much of the gap."""

WIDEST = 100_000

PATIENCE = 100
"""So many openings in vain end a search, once they have taken as long as another tour to begin from."""

ROUNDS = 1_000_000
"""More openings than there is ever time for: such a search ends when they bring no more."""


class Progress(Protocol):
    """What the methods tell and ask the run that they work for."""

    objective: float
    bound: float
    best: Route | None

    def left(self) -> float: ...
    def enough(self) -> bool: ...
    def offer(self, route: Route, by: str) -> bool: ...
    def bounded(self, bound: float) -> None: ...


class Pursuit:
    """Prices, sweeps and openings for one run.

    Attributes:
        dear: seconds that the last tour to begin from has taken.

    Args:
        proves: whether the patterns are all there are, so that bounds hold.
    """

    def __init__(
        self, table: Tables, patterns: Sequence[DayPatterns], run: Progress, rng: np.random.Generator, proves: bool
    ) -> None:  # fmt: skip
        self.table, self.run, self.rng, self.proves = table, run, rng, proves
        self.flow = Flow(table, patterns)
        self.ground = Ground(self.flow)
        self.duals: Duals | None = None
        self.searcher: Search | None = None
        self.dear = 0.0
        self.width, self.took, self.closed = FIRST_WIDTH * WIDER, 0.0, 0.0

    def done(self) -> bool:
        """Whether to stop."""
        return self.run.enough() or self.run.left() <= 0

    def begin(self) -> None:
        """Prices, what they prove, and narrow sweeps that follow them."""
        begun = self.run.left()
        ascent = Ascent(self.flow)
        self.take(ascent.run(FIRST_STEPS, self.done))
        self.sweep(FIRST_WIDTH)
        if not self.done():
            self.take(ascent.run(STEPS, self.done, self.duals))
        self.sweep(FIRST_WIDTH)
        self.dear = begun - self.run.left()

    def take(self, duals: Duals) -> None:
        """Goes on with these prices."""
        self.duals, self.searcher = duals, None
        self.bounded(duals.bound)

    def bounded(self, bound: float) -> None:
        """Tells the run of a bound, if it is one."""
        if self.proves:
            self.run.bounded(bound)

    def prices(self) -> Prices:
        """The prices as the other methods take them."""
        assert self.duals is not None  # noqa: S101 - begin() sets them
        return plain_prices(self.table, self.duals.stops, self.duals.areas)

    def widen(self, share: float, least: float = 0.0) -> None:
        """Wider and wider sweeps until one proves the best plan, or the next would take too long.

        Args:
            least: stop as well once a sweep closes no more than this share of the gap.
        """
        while not self.done() and self.width <= WIDEST and self.closed >= least:
            if WIDER * self.took > share * self.run.left():
                return
            gap = self.run.bound - self.run.objective
            self.sweep(self.width)
            self.closed = 1 - (self.run.bound - self.run.objective) / gap
            self.width *= WIDER

    def sweep(self, width: int) -> None:
        """One sweep over the whole window; offers the best tour and tells what it proves."""
        if self.done() or self.duals is None:
            return
        before, prices = self.run.left(), self.prices()
        whole = self.flow.whole(self.flow.ways(prices))
        sweep = Sweep(self.ground, whole, prices, self.ground.begun(), width, self.run.objective)
        swept = sweep.run(self.done)
        self.took = before - self.run.left()
        if swept is None:
            return
        if len(swept.ends.bed):
            row = int(swept.ends.worth.argmax())
            self.run.offer(route_of(self.table, self.flow.patterns, swept.trail, whole.days, row), "sweep")
        self.bounded(max(swept.bound, self.run.objective))

    def opener(self) -> Search:
        """The local search by these prices."""
        self.searcher = self.searcher or Search(self.ground, self.prices(), self.rng)
        return self.searcher

    def completed(self, kept: Mapping[int, Block | None], floor: float) -> Route | None:
        """The best tour found that plays these blocks on their days, None if none is worth more than the floor."""
        if self.done():
            return None
        route = self.opener().completed(kept, floor, self.done)
        if route is not None:
            self.run.offer(route, "dive")
        return route

    def search(self, share: float, route: Route | None = None, rounds: int | None = None) -> None:
        """Openings of a route, or of the best plan.

        Args:
            share: of the time left that they may take at most.
            rounds: so many; None for as many as bring something.
        """
        route = route or self.run.best
        if self.duals is None or route is None:
            return
        searcher, since = self.opener(), self.run.left()
        until = (1 - share) * since

        def better(found: Route) -> None:
            nonlocal since
            since = self.run.left()
            self.run.offer(found, "search")

        def stop() -> bool:
            left = self.run.left()
            tired = rounds is None and searcher.vain >= PATIENCE and since - left >= self.dear
            return tired or left < until or self.done()

        searcher.run(route, ROUNDS if rounds is None else rounds, stop, better)
