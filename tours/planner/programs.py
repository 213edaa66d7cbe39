"""Whole-number programs over some of the columns: which ones, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .columns import Column, column_of, route_of_columns
from .model import Relaxation
from .pricing import Prices, priced
from .pursuit import Pursuit
from .settle import Route
from .whole import Whole

SHARES = (0.002, 0.005, 0.015, 0.03, 0.06, 0.12, 0.25, 0.5, 1.0)
"""Columns are looked for down to these shares of the gap until there are enough."""

Fits = Callable[[Column], bool]


class Programs:
    """The programs of one run of the exact method."""

    def __init__(self, pursuit: Pursuit, relaxation: Relaxation) -> None:
        self.run, self.table, self.relaxation = pursuit.run, pursuit.table, relaxation
        self.patterns = pursuit.flow.patterns

    def best_priced(
        self, prices: Prices, margin: float, most: int, days: Iterable[int] | None = None, fits: Fits | None = None
    ) -> tuple[list[Column], float]:  # fmt: skip
        """The best priced columns of some days (or all), at most so many, and the price above which none is missing.

        Among equals, of which there are thousands, the relaxation's own come first, then all days in turn.

        Args:
            margin: no column priced below minus this is looked for.
            fits: which columns are asked for; None for all.
        """
        days = range(self.table.days) if days is None else list(days)
        found: list[list[Column]] = []
        for share in SHARES:
            floor = -share * margin - 1e-6
            found = [
                [
                    column
                    for column in priced(self.table, self.patterns[day], day, prices, floor, every=True)
                    if fits is None or fits(column)
                ]
                for day in days
            ]
            if sum(map(len, found)) >= most:
                break
        if sum(map(len, found)) <= most:
            return [column for columns in found for column in columns], -share * margin
        ranked: list[tuple[float, int, Column]] = []
        for columns in found:
            columns.sort(key=lambda c: (-round(c.price, 3), c.key not in self.relaxation.keys))
            ranked += [(-round(column.price, 3), i, column) for i, column in enumerate(columns)]
        ranked.sort(key=lambda one: one[:2])
        return [column for _, _, column in ranked[:most]], ranked[most][2].price + 1e-3

    def choose(self, columns: list[Column], seconds: float) -> float:
        """Offers the best plan over some columns; gives what no plan over them exceeds."""
        best = self.run.best
        present = {column.key for column in columns}
        if best is not None:
            columns = columns + [column for column in self.columns_of(best) if column.key not in present]
        program = Whole(self.relaxation, columns)
        chosen, bound = program.solve(seconds, best)
        if chosen is not None and len(chosen) == self.table.days:
            self.run.offer(route_of_columns(self.table, self.patterns, chosen), "exact")
        return bound + self.table.base

    def columns_of(self, route: Route) -> list[Column]:
        """The columns of a route."""
        return [column_of(self.table, self.patterns[day], day, choice) for day, choice in enumerate(route)]
