"""What a plan is worth: pupils reached, and the lines of its cost, which add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .ground import is_away
from .naming import known
from .plan import Plan
from .problem import Problem
from .reading import Number, tidy
from .trees import trees_of


@dataclass(frozen=True)
class Line:
    """One line of the cost: `count` times `price`.

    Attributes:
        kind: `fee`, `fee_next`, `rent` and `night` count shows and days, `travel` kilometres of the ensemble,
            `bus` buses.
        site, school: where the line is of one.
    """

    kind: str
    production: str
    site: str | None
    school: str | None
    count: Number
    price: Number
    amount: Number


@dataclass(frozen=True)
class Worth:
    """Pupils of the target grades, those of them that are reached, and the cost."""

    pupils: int
    reached: int
    cost: Number


def evaluate(problem: Problem, plan: Plan) -> Worth:
    """What the plan reaches and costs.

    Raises:
        PlanError: the plan names what its problem does not have.
    """
    lines = account(problem, plan)
    targets = [unit for unit in problem.units if problem.is_target(unit)]
    given = {assignment.unit for assignment in plan.assignments}
    reached = sum(unit.pupils for unit in targets if unit.id in given)
    return Worth(sum(unit.pupils for unit in targets), reached, tidy(sum(line.amount for line in lines)))


def account(problem: Problem, plan: Plan) -> tuple[Line, ...]:
    """The lines of the plan's cost by production, without those that are 0.

    Raises:
        PlanError: the plan names what its problem does not have.
    """
    known(problem, plan)
    shows = Counter((show.production, show.site) for show in plan.shows)
    days = Counter({(show.production, show.site, show.day): 1 for show in plan.shows})
    visits = Counter((production, site) for production, site, _ in days)
    found = [line for host, count in shows.items() for line in _visit(problem, *host, count, visits[host])]
    found += _travel(problem, list(shows))
    for ride in plan.rides:
        price = problem.rules.bus_base + problem.rules.bus_per_km * ride.km
        found.append(_line("bus", ride.production, ride.site, ride.school, ride.buses, price))
    order = {production.id: i for i, production in enumerate(problem.productions)}
    return tuple(sorted((line for line in found if line.amount), key=lambda line: order[line.production]))


def _visit(problem: Problem, production: str, site: str, shows: int, days: int) -> list[Line]:
    offered, room = problem.production_of[production], problem.site_of[site]
    nights = days if is_away(problem, offered, room.place) else 0
    return [
        _line("fee", production, site, None, days, offered.fee),
        _line("fee_next", production, site, None, shows - days, offered.fee_next),
        _line("rent", production, site, None, days, room.rent),
        _line("night", production, site, None, nights, problem.rules.per_night),
    ]


def _travel(problem: Problem, hosts: list[tuple[str, str]]) -> list[Line]:
    trees = trees_of(problem)
    found = []
    for p, production in enumerate(problem.productions):
        sites = [site for offered, site in hosts if offered == production.id]
        places = {problem.place_number[problem.site_of[site].place] for site in sites}
        km = trees.length(p, places)
        found.append(_line("travel", production.id, None, None, tidy(km), problem.rules.per_km))
    return found


def _line(
    kind: str, production: str, site: str | None, school: str | None, count: Number, price: Number
) -> Line:
    return Line(kind, production, site, school, count, price, tidy(count * price))
