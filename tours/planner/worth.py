"""What a plan is worth: the objective and the lines that add up to it."""

from __future__ import annotations

from dataclasses import dataclass

from .plan import Plan
from .problem import Problem
from .reading import Number, tidy
from .timeline import timeline


@dataclass(frozen=True)
class Account:
    """The lines of the objective; amounts in the problem's currency.

    Attributes:
        municipalities: those reached, in order of name.
        changes: baseline stops that are dropped or moved to another day.
        objective: value + bonus - km_cost - night_cost - change_cost.
    """

    value: Number
    municipalities: tuple[str, ...]
    bonus: Number
    km: Number
    km_cost: Number
    nights_away: int
    night_cost: Number
    changes: int
    change_cost: Number
    objective: Number


def evaluate(problem: Problem, plan: Plan) -> Number:
    """The objective of a plan, legal or not; the same number the solver maximises.

    Raises:
        PlanError: the plan names a candidate, place or day that the problem does not have.
    """
    return account(problem, plan).objective


def account(problem: Problem, plan: Plan) -> Account:
    """The objective of a plan line by line.

    Raises:
        PlanError: the plan names a candidate, place or day that the problem does not have.
    """
    costs = problem.costs
    chosen = {stop.candidate: stop.day for stop in plan.stops}
    played = [candidate for candidate in problem.candidates if candidate.id in chosen]
    area = {place.id: place.municipality for place in problem.places}
    reached = {area[candidate.place] for candidate in played} - {None}
    value = sum(candidate.value for candidate in played)
    km = sum(leg.km for day in timeline(problem, plan) for leg in day.legs)
    away = sum(night != problem.home for night in plan.nights)
    changed = [stop for stop in problem.baseline if chosen.get(stop.candidate) != stop.day]
    bonus = costs.municipality_bonus * len(reached)
    prices = sum(problem.change_price(stop) for stop in changed)
    spent = (costs.per_km * km, costs.per_night_away * away, prices)
    return Account(
        value=tidy(value),
        municipalities=tuple(sorted(name for name in reached if name is not None)),
        bonus=tidy(bonus),
        km=tidy(km),
        km_cost=tidy(spent[0]),
        nights_away=away,
        night_cost=tidy(spent[1]),
        changes=len(changed),
        change_cost=tidy(spent[2]),
        objective=tidy(value + bonus - sum(spent)),
    )
