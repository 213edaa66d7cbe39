"""One change by hand, tried at once: what the plan then reaches, costs and breaks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .coverage import Coverage, cover
from .errors import PlanError
from .naming import known
from .plan import Breach, Plan, Unreached
from .problem import Choice, Problem, Site
from .reading import Number
from .rules import check
from .settle import held, ordered
from .worth import evaluate


@dataclass(frozen=True)
class Tried:
    """A plan after a change by hand. Its bounds are gone: they were those of the plan before.

    Attributes:
        more: what it costs more than the plan before; less is negative.
        breaches: all of the plan; `new_breaches` those that the plan before did not have.
    """

    plan: Plan
    coverage: Coverage
    reached: int
    cost: Number
    more: Number
    breaches: tuple[Breach, ...]
    new_breaches: tuple[Breach, ...]


def tried(problem: Problem, plan: Plan, choice: Choice) -> Tried:
    """The plan with one unit elsewhere: shows and buses of what it leaves and of what it joins are made anew.

    Without a production the unit gets nothing; without a site it goes to the nearest room that fits the production,
    its own first. Nothing is refused: what the change breaks stands in the breaches.

    Raises:
        PlanError: the choice or the plan names what the problem does not have, or no road leads to any such room.
    """
    known(problem, plan)
    if choice.unit not in problem.unit_of:
        raise PlanError("unit", f"the problem has no unit {choice.unit!r}")
    after = changed(problem, plan, choice)
    breaches = tuple(check(problem, after))
    worth, before = evaluate(problem, after), evaluate(problem, plan)
    old = set(check(problem, plan))
    after = replace(
        after, pupils=worth.pupils, reached=worth.reached, cost=worth.cost, breaches=breaches, status="best so far",
        reached_bound=None, cost_bound=None, gap=None, trace=(), seconds=0.0,
    )  # fmt: skip
    new = tuple(breach for breach in breaches if breach not in old)
    more = round(worth.cost - before.cost, 2)
    return Tried(after, cover(problem, after), worth.reached, worth.cost, more, breaches, new)


def changed(problem: Problem, plan: Plan, choice: Choice) -> Plan:
    """The plan with one unit elsewhere, its parts in order."""
    hosts = {(one.production, one.site) for one in plan.assignments if one.unit == choice.unit}
    target = None
    if choice.production is not None:
        if choice.production not in problem.production_of:
            raise PlanError("production", f"the problem has no production {choice.production!r}")
        target = choice.production, _site(problem, choice)
        hosts.add(target)
    parts = [_rest(plan, hosts)]
    for production, site in sorted(hosts):
        units = [
            one.unit
            for one in plan.assignments
            if (one.production, one.site) == (production, site) and one.unit != choice.unit
        ]
        units += [choice.unit] if (production, site) == target else []
        if units:
            parts.append(held(problem, production, site, units))
    joined = Plan(
        tuple(one for part in parts for one in part.assignments),
        tuple(one for part in parts for one in part.shows),
        tuple(one for part in parts for one in part.rides),
        _unreached(problem, plan, choice),
        seed=plan.seed,
    )
    return ordered(problem, joined)


def _rest(plan: Plan, hosts: set[tuple[str, str]]) -> Plan:
    """What of the plan lies elsewhere."""
    return Plan(
        tuple(one for one in plan.assignments if (one.production, one.site) not in hosts),
        tuple(one for one in plan.shows if (one.production, one.site) not in hosts),
        tuple(one for one in plan.rides if (one.production, one.site) not in hosts),
    )


def _unreached(problem: Problem, plan: Plan, choice: Choice) -> tuple[Unreached, ...]:
    others = [one for one in plan.unreached if one.unit != choice.unit]
    unit = problem.unit_of[choice.unit]
    if choice.production is None and problem.is_target(unit):
        others.append(Unreached(unit.id, unit.pupils, "by_hand", {}))
    return tuple(others)


def _site(problem: Problem, choice: Choice) -> str:
    if choice.site is not None:
        if choice.site not in problem.site_of:
            raise PlanError("site", f"the problem has no site {choice.site!r}")
        return choice.site
    row = problem.km[problem.place_number[problem.unit_of[choice.unit].home]]
    ways = [
        (km, i, site)
        for i, site in enumerate(problem.sites)
        if _takes(problem, site, choice) and (km := row[problem.place_number[site.place]]) is not None
    ]
    if not ways:
        raise PlanError("site", f"no room that fits {choice.production!r} can be reached; name the site")
    return min(ways, key=lambda way: way[:2])[2].id


def _takes(problem: Problem, site: Site, choice: Choice) -> bool:
    guessed = problem.rules.unknown_fits and choice.production in site.unknown
    return site.open and (choice.production in site.fits or guessed)
