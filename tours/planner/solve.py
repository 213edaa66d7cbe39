"""Solving: a legal plan at once, then better ones until the time is up or nothing better is possible."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from threadpoolctl import threadpool_limits

from .bounds import counting_bound, is_whole
from .by_hand import arranged
from .exact import Exact
from .explain import explain
from .greedy import greedy
from .listing import enriched, listed, overfull_days
from .mend import mended
from .overfull import overfull_bound
from .patterns import DayPatterns
from .plan import Breach, Plan, Trace
from .problem import Problem
from .pursuit import AGAIN_SHARE, PAYS, SWEEP_SHARE, Pursuit
from .reading import tidy
from .rules import check
from .settle import Choice, Route, duty_starts, settle, worth
from .tables import tables

OnImprove = Callable[[Plan], None]
Stop = Callable[[], bool]

ENRICH_SHARE = 0.25
"""Finding patterns for overfull days takes at most about this share of the time left."""

SEARCH_SHARE = 0.2
"""The local search before the exact method takes at most this share of the time left."""

EXPLAIN_SECONDS = 1.0
EXPLAIN_SHARE = 0.3
"""Looking for the reasons of what is left out takes so long, or this share of the time to plan, whichever is more."""

NOTICED = 0.001
"""A bound is told once it has come down by this share of the objective: gaps are written in tenths of a per cent."""

SAME = 1e-6
"""Two objectives closer than this are equal."""


def solve(
    problem: Problem, *, seconds: float = 10.0, seed: int = 1, gap: float = 0.0, iterations: int | None = None,
    on_improve: OnImprove | None = None, on_bound: OnImprove | None = None, stop: Stop | None = None,
) -> Plan:  # fmt: skip
    """The best plan found within `seconds`, with the bound that no legal plan exceeds.

    Where the fixed engagements cannot be played without breaking a rule, the plan keeps them all, names the breaches
    and adds none.

    Args:
        seconds: stop after this long; the first legal plan is finished even if it takes longer.
        gap: stop once (bound - objective) / objective is at most this.
        iterations: stop after so many openings of the local search, without the exact method. Then nothing but
            `seconds` and `stop` asks the clock: the same problem, seed, gap and iterations give the same plan.
        on_improve: called with every better plan as it is found, without explanations; its errors pass through.
        on_bound: called with the best plan so far where only its bound has become noticeably better.
        stop: asked now and then; once it says yes, the best plan so far is the answer.
    """
    # Products of small matrices only wait for each other on several threads, and add up differently each time.
    with threadpool_limits(limits=1, user_api="blas"):
        return _Run(problem, seconds, seed, gap, iterations, on_improve, on_bound, stop).solved()


class _Run:
    """One call of solve: the best route so far, the bound, and the clock."""

    def __init__(
        self,
        problem: Problem,
        seconds: float,
        seed: int,
        gap: float,
        iterations: int | None,
        on_improve: OnImprove | None,
        on_bound: OnImprove | None,
        stop: Stop | None,
    ) -> None:
        self.problem, self.seconds, self.seed, self.gap = problem, seconds, seed, gap
        self.iterations, self.on_improve, self.on_bound, self.stop = iterations, on_improve, on_bound, stop
        self.begun = time.perf_counter()
        self.table = tables(problem)
        self.allowed: list[Breach] = []
        self.best: Route | None = None
        self.plan: Plan | None = None
        self.objective = -np.inf
        self.bound = self.told = counting_bound(self.table)
        self.whole = is_whole(problem)
        self.trace: list[Trace] = []
        self.overfull: list[int] = []

    def elapsed(self) -> float:
        """Seconds since the call."""
        return time.perf_counter() - self.begun

    def left(self) -> float:
        """Seconds until the time is up; none once somebody has asked to stop."""
        if self.stop is not None and self.stop():
            self.seconds = min(self.seconds, self.elapsed())
        return self.seconds - self.elapsed()

    def enough(self) -> bool:
        """Whether the plan is as good as was asked for."""
        return self.bound - self.objective <= max(SAME, self.gap * abs(self.objective))

    def solved(self) -> Plan:
        """The answer."""
        patterns = self.begin()
        if self.enough() or self.left() <= 0:
            return self.answer()
        pursuit = Pursuit(self.table, patterns, self, np.random.default_rng(self.seed), not self.overfull)
        pursuit.begin()
        if self.overfull and pursuit.duals is not None and self.left() > 0:
            self.bounded(overfull_bound(pursuit.flow, pursuit.duals, self.overfull, pursuit.done))
        if self.iterations is None:
            self.by_time(pursuit)
        else:
            pursuit.search(1.0, rounds=self.iterations)
        return self.answer()

    def by_time(self, pursuit: Pursuit) -> None:
        """Goes on until the time is up or nothing better is possible."""
        pursuit.widen(SWEEP_SHARE)
        pursuit.search(SEARCH_SHARE)
        pursuit.widen(AGAIN_SHARE, PAYS)
        if not pursuit.done():
            Exact(pursuit).solve()

    def sleep_best(self) -> None:
        """Chooses all nights of the best plan anew at once, where that is not proven to be idle."""
        if self.plan is None or self.best is None or self.enough() or self.allowed:
            return
        number = {place.id: i for i, place in enumerate(self.problem.places)}
        nights = [number[night] for night in arranged(self.problem, self.plan.stops).nights]
        beds = [number[self.problem.home], *nights]
        route = tuple(
            Choice(start, choice.block, end)
            for start, choice, end in zip(beds, self.best, nights, strict=False)
        )
        if duty_starts(self.table, route) is not None:
            self.offer(route, "search")

    def begin(self) -> list[DayPatterns]:
        """Finds the first plan; gives the patterns of all days."""
        patterns = listed(self.table, 2)
        route = greedy(self.table, patterns)
        if route is None:
            patterns = listed(self.table, None)
            route = greedy(self.table, patterns, keep=10**6)
        if route is None:
            self.table, route, plan = mended(self.problem)
            self.allowed = check(self.problem, plan)
            patterns = listed(self.table, 2)
            self.take(route, plan, "greedy")
        self.offer(route, "greedy")
        if self.left() > 0:
            patterns = self.longer(patterns)
        return patterns

    def longer(self, short: list[DayPatterns]) -> list[DayPatterns]:
        """All patterns, or on overfull days the most promising ones; a plan of short ones comes before those."""
        patterns = listed(self.table, None)
        self.overfull = overfull_days(patterns)
        if not self.overfull:
            return patterns
        Pursuit(self.table, short, self, np.random.default_rng(self.seed), proves=False).begin()
        until = -np.inf if self.iterations is not None else (1 - ENRICH_SHARE) * self.left()
        return enriched(self.table, short, patterns, lambda: self.left() <= max(0.0, until))

    def bounded(self, bound: float) -> None:
        """Takes a bound; where every amount is whole, so is the best objective."""
        bound = float(np.floor(bound + 1e-4)) if self.whole else bound
        self.bound = min(self.bound, max(bound, self.objective))
        if self.plan is not None and self.told - self.bound >= NOTICED * max(1.0, abs(self.objective)):
            self.tell(self.plan, self.on_bound)

    def offer(self, route: Route, by: str) -> bool:
        """Takes a route if it is better than the best so far and breaks no more than the fixed stops force."""
        objective = worth(self.table, route)
        plan = settle(self.table, route) if objective > self.objective + SAME else None
        if plan is None or (self.allowed and not _within(check(self.problem, plan), self.allowed)):
            return False
        self.take(route, plan, by)
        return True

    def take(self, route: Route, plan: Plan, by: str) -> None:
        """Makes a route and its plan the best so far."""
        objective = worth(self.table, route)
        self.best, self.objective = route, objective
        self.trace.append(Trace(round(self.elapsed(), 3), tidy(objective), by))
        self.tell(plan, self.on_improve)

    def tell(self, plan: Plan, hearer: OnImprove | None) -> None:
        """Rates the best plan, and passes it on where somebody wants to hear of it."""
        self.plan, self.told = self.rated(plan), self.bound
        if hearer is not None:
            hearer(self.plan)

    def rated(self, plan: Plan) -> Plan:
        """The plan with what is known about it by now."""
        bound = max(self.bound, self.objective)
        proven = bound - self.objective <= SAME
        return replace(
            plan, objective=tidy(self.objective), bound=tidy(self.objective if proven else bound),
            gap=0.0 if proven else round((bound - self.objective) / max(1.0, abs(self.objective)), 6),
            proven=bool(proven and not self.allowed), trace=tuple(self.trace),
            breaches=tuple(check(self.problem, plan)), seconds=round(self.elapsed(), 3), seed=self.seed,
        )  # fmt: skip

    def answer(self) -> Plan:
        """The best plan with its bound and the reasons of what is left out."""
        if self.plan is None or self.best is None:
            raise RuntimeError("no plan was offered")
        self.sleep_best()
        plan = self.rated(self.plan)
        until = self.elapsed() + max(EXPLAIN_SECONDS, EXPLAIN_SHARE * self.seconds)
        unplaced = tuple(explain(self.table, self.best, lambda: self.elapsed() > until))
        return replace(plan, unplaced=unplaced, seconds=round(self.elapsed(), 3))


def _within(breaches: list[Breach], allowed: list[Breach]) -> bool:
    """Whether every breach is among those allowed, by no more."""
    most = Counter[tuple[str, int | None]]()
    for breach in allowed:
        most[breach.rule, breach.day] += breach.over
    for breach in breaches:
        most[breach.rule, breach.day] -= breach.over
    return min(most.values(), default=0) >= 0
