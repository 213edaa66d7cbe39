"""A bound that needs no solving: everything played where it pays best, and nobody has to drive there."""

from __future__ import annotations

from .problem import Problem
from .tables import Tables


def counting_bound(table: Tables) -> float:
    """At least the objective of any plan: the best reward of each candidate or group, and every municipality."""
    best: dict[int, float] = {}
    for day, openings in enumerate(table.openings):
        for c in openings:
            best[c] = max(best.get(c, float("-inf")), float(table.reward[c, day]))
    fixed = [c for c in best if not table.free[c]]
    groups: dict[int, float] = {}
    for c, reward in best.items():
        if table.free[c]:
            leader = int(table.leader[c])
            groups[leader] = max(groups.get(leader, 0.0), reward)
    reached = {int(table.area[c]) for c in best} - {-1}
    bonus = float(table.problem.costs.municipality_bonus) * len(reached)
    return table.base + sum(best[c] for c in sorted(fixed)) + sum(groups.values()) + bonus


def is_whole(problem: Problem) -> bool:
    """Whether every plan is worth a whole number."""
    costs = problem.costs
    km = [distance * costs.per_km for book in problem.road_books for row in book.km for distance in row]
    changes = [problem.change_price(stop) for stop in problem.baseline]
    amounts = [*km, *(wish.value for wish in problem.candidates), *vars(costs).values(), *changes]
    return all(float(amount).is_integer() for amount in amounts if amount is not costs.per_km)
