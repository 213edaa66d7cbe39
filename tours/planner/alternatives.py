"""Several plans of one tour that favour different things: solved with other weights, measured by the tour's own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from .plan import Plan, Unplaced
from .problem import Costs, Problem
from .rules import check
from .solve import OnImprove, Stop, solve
from .worth import Account, account

Favour = Literal["value", "nights", "road", "spread", "unchanged"]
FAVOURS: tuple[Favour, ...] = get_args(Favour)

FACTORS: dict[Favour, tuple[float, ...]] = {
    "nights": (2.5, 6),
    "road": (2, 4),
    "spread": (4, 12),
    "unchanged": (4, 12),
}
"""So many times its own price counts what a plan favours: the second where the first gave another way's plan. The
house's choice, tried on `instance(...)` of 15 x 10, 50 x 25 and 60 x 42: nights and road gave plans of their own."""

SHARES: dict[Favour, float] = {"nights": 0.25, "road": 0.002, "spread": 0.3, "unchanged": 0.25}
"""Where a problem puts no price on what is favoured: its share of what an average wish is worth (a night, a km, a
municipality, a change). The house's choice."""

ENOUGH, MOST = 3, 5
"""So few plans are worth looking further for, and so many are compared at the most. Source: the house's choice."""

DEARER = ("costs_more_than_worth", "time_was_up")
"""Reasons of a wish left out that tell amounts by the weights of the run."""


@dataclass(frozen=True)
class Alternative:
    """One plan of several.

    Attributes:
        favours: what it is the best of them for, weighed as a run for it weighs; never empty. Two plans may favour
            the same, one more than the other.
        plan: its objective, bound and gap are by the problem itself. The detail of a wish that was left out by
            amounts of another weighing names that as `favour`.
        account: the plan's lines, by the problem itself.
    """

    favours: tuple[Favour, ...]
    plan: Plan
    account: Account


def alternatives(
    problem: Problem, *, seconds: float = 40.0, seed: int = 1, on_begin: Callable[[Favour], None] | None = None,
    on_improve: OnImprove | None = None, on_bound: OnImprove | None = None, stop: Stop | None = None,
) -> list[Alternative]:  # fmt: skip
    """Plans of which none is dominated by another, each the best found for what it favours; the first is for value.

    Three to five where so many differ: one for each of value, few nights away, little road, many municipalities and,
    where there is a baseline, few changes. What wins in several respects is one plan. Each plays what is fixed and
    breaks no more rules than the fixed stops force. A plan dominates another that is worth no more and has no fewer
    nights, km and changes and no more municipalities, if one of these is worse.

    Args:
        seconds: for all together, shared by the ways that are left; the first plan is finished even if it takes longer.
        on_begin: called with what is favoured when its run begins.
        on_improve, on_bound: called as by `solve` in the first run, the one for value.
        stop: asked now and then; once it says yes, the plans so far are the answer.
    """
    return _Ways(problem, seconds, seed, on_begin, on_improve, on_bound, stop).found()


@dataclass(frozen=True)
class _Found:
    """A plan as a run gave it, and its account by the problem itself."""

    by: Favour
    plan: Plan
    account: Account

    def measures(self) -> tuple[float, ...]:
        """What counts when plans are compared, more is better."""
        lines = self.account
        return (lines.objective, -lines.nights_away, -lines.km, len(lines.municipalities), -lines.changes)


class _Ways:
    """One call of alternatives: the plans so far, and how strongly each favour is weighed by now."""

    def __init__(
        self,
        problem: Problem,
        seconds: float,
        seed: int,
        on_begin: Callable[[Favour], None] | None,
        on_improve: OnImprove | None,
        on_bound: OnImprove | None,
        stop: Stop | None,
    ) -> None:
        self.problem, self.seconds, self.seed = problem, seconds, seed
        self.on_begin, self.on_improve, self.on_bound, self.stop = on_begin, on_improve, on_bound, stop
        self.begun = time.perf_counter()
        self.pool: list[_Found] = []
        self.weighed: dict[tuple[Favour, int], Problem] = {}

    def left(self) -> float:
        """Seconds until the time is up; none once somebody has asked to stop."""
        if self.stop is not None and self.stop():
            return 0.0
        return self.seconds - (time.perf_counter() - self.begun)

    def found(self) -> list[Alternative]:
        """The answer."""
        self.look([favour for favour in FAVOURS if favour != "unchanged" or self.problem.baseline], 0)
        for step in range(1, max(len(factors) for factors in FACTORS.values())):
            chosen = self.chosen()
            shared = [favour for favours, _one in chosen for favour in favours[1:]]
            others = [favours[0] for favours, _one in chosen if favours[0] != "value"]
            self.look(shared, step, again=True)
            if len(chosen) < ENOUGH:
                self.look(others, step)
        return [self.told(favours, one) for favours, one in self.chosen()]

    def look(self, wanted: Sequence[Favour], step: int, *, again: bool = False) -> None:
        """Solves for each as long as there is time; at first some is left for a second look at those that share a plan.

        Args:
            again: what was found for the step before is no plan of their own, and gives way.
        """
        for number, favour in enumerate(wanted):
            share = self.left() / (len(wanted) - number + (step == 0))
            if share <= 0 and self.pool:
                return
            self.run(favour, step, max(0.0, share))
            if again:
                self.weighed.pop((favour, step - 1), None)

    def run(self, favour: Favour, step: int, seconds: float) -> None:
        """Takes the best plan under the weights of a favour."""
        problem = self.weighed[favour, step] = favouring(self.problem, favour, step)
        if self.on_begin is not None:
            self.on_begin(favour)
        told = favour == "value"
        plan = solve(
            problem, seconds=seconds, seed=self.seed, stop=self.stop,
            on_improve=self.on_improve if told else None, on_bound=self.on_bound if told else None,
        )  # fmt: skip
        self.pool.append(_Found(favour, plan, account(self.problem, plan)))

    def chosen(self) -> list[tuple[tuple[Favour, ...], _Found]]:
        """The best plan for each favour among those that nothing dominates, with all that it is best for."""
        best = _undominated(_least_broken(self.problem, self.pool))
        taken: dict[int, list[Favour]] = {}
        for (favour, _step), problem in self.weighed.items():
            worths = [account(problem, one.plan).objective for one in best]
            taken.setdefault(worths.index(max(worths)), []).append(favour)
        found = [(tuple(dict.fromkeys(favours)), best[number]) for number, favours in taken.items()]
        return found[:MOST]

    def told(self, favours: tuple[Favour, ...], one: _Found) -> Alternative:
        """A plan rated by the problem itself; the run for value bounds them all."""
        objective, limit = one.account.objective, self.pool[0].plan.bound
        bound = objective if limit is None else max(limit, objective)
        breaches = tuple(check(self.problem, one.plan))
        plan = replace(
            one.plan,
            objective=objective,
            bound=bound,
            gap=round((bound - objective) / max(1.0, abs(objective)), 6),
            proven=bound == objective and not breaches,
            breaches=breaches,
            trace=one.plan.trace if one.by == "value" else (),
            unplaced=tuple(_as_weighed(entry, one.by) for entry in one.plan.unplaced),
        )
        return Alternative(favours, plan, one.account)


def favouring(problem: Problem, favour: Favour, step: int = 0) -> Problem:
    """The problem with what is favoured weighing so many times more; the same plans are legal."""
    if favour == "value":
        return problem
    factor, costs = FACTORS[favour][step], problem.costs
    least = SHARES[favour] * _average(problem)
    if favour == "unchanged":
        dearer = [
            replace(stop, price=factor * (problem.change_price(stop) or least)) for stop in problem.baseline
        ]
        return replace(problem, baseline=tuple(dearer))
    return replace(problem, costs=_dearer(costs, favour, factor, least))


def _dearer(costs: Costs, favour: Favour, factor: float, least: float) -> Costs:
    if favour == "nights":
        return replace(costs, per_night_away=factor * (costs.per_night_away or least))
    if favour == "road":
        return replace(costs, per_km=factor * (costs.per_km or least))
    return replace(costs, municipality_bonus=factor * (costs.municipality_bonus or least))


def _average(problem: Problem) -> float:
    """What a wish is worth that is worth something."""
    values = [candidate.value for candidate in problem.candidates if candidate.value > 0]
    return sum(values) / max(1, len(values))


def _least_broken(problem: Problem, pool: Sequence[_Found]) -> list[_Found]:
    """Fixed stops may force breaches; a plan that breaks more than another is no alternative to it."""
    broken = [_broken(problem, one.plan) for one in pool]
    return [one for one, much in zip(pool, broken, strict=True) if much == min(broken)]


def _broken(problem: Problem, plan: Plan) -> tuple[int, int]:
    """How many rules a plan breaks, and by how much together."""
    breaches = check(problem, plan)
    return len(breaches), sum(breach.over for breach in breaches)


def _undominated(pool: Sequence[_Found]) -> list[_Found]:
    """Those that none dominates; of equal ones the first."""
    measures = [one.measures() for one in pool]
    return [
        one
        for number, one in enumerate(pool)
        if measures[number] not in measures[:number]
        and not any(_dominates(other, measures[number]) for other in measures)
    ]


def _dominates(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one != other and all(mine >= its for mine, its in zip(one, other, strict=True))


def _as_weighed(entry: Unplaced, by: Favour) -> Unplaced:
    """The reason with the weighing that its amounts are of."""
    if by == "value" or entry.reason not in DEARER:
        return entry
    return replace(entry, detail={**entry.detail, "favour": by})
