"""The relaxation's bound, and pricing that misses nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tours.planner import instance
from tours.planner.columns import column_of
from tours.planner.greedy import greedy
from tours.planner.listing import listed
from tours.planner.model import Relaxation
from tours.planner.pricing import priced
from tours.planner.tables import tables


@pytest.mark.parametrize("seed", range(3))
def test_the_columns_of_a_solved_relaxation_price_as_its_solver_says(seed: int) -> None:
    table = tables(instance(12, 9, seed=seed))
    patterns = listed(table, None)
    route = greedy(table, patterns)
    assert route is not None
    relaxation = Relaxation(table, patterns)
    relaxation.add(column_of(table, patterns[d], d, choice) for d, choice in enumerate(route))
    relaxation.solve()
    for _ in range(4):
        prices = relaxation.prices()
        relaxation.add(c for d in range(9) for c in priced(table, patterns[d], d, prices, 1e-6, every=False))
        relaxation.solve()
        relaxation.cut()
        relaxation.solve()
    prices = relaxation.prices()
    found = {
        c.key: c.price for d in range(9) for c in priced(table, patterns[d], d, prices, -1e9, every=True)
    }
    duals = np.array(relaxation.solver.getSolution().col_dual)[table.areas :]
    assert [found[c.key] for c in relaxation.columns] == pytest.approx(list(duals), abs=1e-4)
