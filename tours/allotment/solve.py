"""Solving: an allotment at once, then better ones until the time is up or nothing better is possible."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from .dive import Dive
from .first import first, insert, is_set
from .ground import Ground, Option
from .ledger import Ledger
from .plan import Plan, Trace
from .polish import polish
from .pricing import Pricing
from .problem import Problem
from .reading import tidy
from .reasons import reasons
from .rules import check
from .settle import settle
from .visits import Floats, Visit
from .weekly import NONE
from .worth import evaluate

OnImprove = Callable[[Plan], None]
Stop = Callable[[], bool]

PRICING_SHARE = 0.3
"""Finding visits takes at most this share of the time left before the first choice is made of them."""

PROGRAM_SHARE = 0.8
"""The program that proves a choice the best takes at most this share of the time left."""

POOL_SHARE = 0.2
"""A program over some of the visits takes at most this share."""

OPENED = 60, 260
"""So many neighbouring units at least, and fewer than so many, are opened at once."""

OPENINGS = 5
"""After so many openings visits are priced again, where the bound can still rise."""

DEARER = 2.0
"""While it dives, a unit may cost so many times what it does while visits are priced."""

REACH_SHARE = 0.3
"""Finding out who can be reached, where not everybody is, takes at most this share of the time."""

EVERY = 5_000
"""A program over visits has at most so many; nor are more listed to prove that none is missing."""

LEFT_OVER = 4.0
"""Not reaching a pupil costs so many times what the dearest pupil costs alone: reaching comes first."""

SAME = 0.5
"""Two costs closer than this are equal."""

REASON_SECONDS = 2.0
"""Looking for the cheapest remedies takes so long, after the time to solve. All shares: the house's choice."""


def greedy(problem: Problem) -> Plan:
    """One unit after another, each where it costs least beside those before it; what `solve` begins with."""
    ground = Ground(problem)
    plan = settle(ground, first(ground).chosen.values())
    worth = evaluate(problem, plan)
    plan = replace(plan, pupils=worth.pupils, reached=worth.reached, cost=worth.cost)
    plan = replace(plan, unreached=reasons(ground, plan))
    return replace(plan, breaches=tuple(check(problem, plan)))


def solve(
    problem: Problem, *, seconds: float = 60.0, seed: int = 1, threads: int = 1, rounds: int | None = None,
    on_improve: OnImprove | None = None, on_bound: OnImprove | None = None, stop: Stop | None = None,
) -> Plan:  # fmt: skip
    """The allotment found within `seconds` that reaches most pupils, and of these costs least; with its bounds.

    What is locked is kept whatever it breaks; then the plan names the breaches.

    Args:
        seconds: stop after this long; the first plan is finished even if it takes longer, and the reasons of who is
            not reached come after it, in two seconds at most.
        seed: of HiGHS. The same problem and seed give the same plan where the time is not what ends the run.
        threads: of HiGHS; all of a process must use as many.
        rounds: stop after so many rounds of pricing and programs, whatever the time.
        on_improve: called with every better plan as it is found, without reasons; its errors pass through.
        on_bound: called with the best plan so far where only a bound has become better.
        stop: asked now and then; once it says yes, the best plan so far is the answer.
    """
    return _Run(problem, seconds, seed, threads, rounds, on_improve, on_bound, stop).solved()


class _Run:
    """One call of solve: the best choice so far, the bounds, and the clock."""

    def __init__(
        self,
        problem: Problem,
        seconds: float,
        seed: int,
        threads: int,
        rounds: int | None,
        on_improve: OnImprove | None,
        on_bound: OnImprove | None,
        stop: Stop | None,
    ) -> None:
        self.problem, self.seconds, self.seed, self.threads = problem, seconds, seed, threads
        self.rounds, self.on_improve, self.on_bound, self.stop = rounds, on_improve, on_bound, stop
        self.begun = time.perf_counter()
        self.ground = Ground(problem)
        self.can = [bool(options) for options in self.ground.options]
        self.best: Ledger | None = None
        self.plan = Plan()
        self.pupils = sum(self.ground.pupils)
        self.reached_bound = sum(n for n, can in zip(self.ground.pupils, self.can, strict=True) if can)
        self.cost_bound = 0.0
        self.trace: list[Trace] = []

    def elapsed(self) -> float:
        """Seconds since the call."""
        return time.perf_counter() - self.begun

    def left(self) -> float:
        """Seconds until the time is up; none once somebody has asked to stop."""
        if self.stop is not None and self.stop():
            self.seconds = min(self.seconds, self.elapsed())
        return self.seconds - self.elapsed()

    def done(self) -> bool:
        """Whether the time is up, or the plan cannot be better."""
        return self.left() <= 0

    def solved(self) -> Plan:
        """The answer."""
        ledger = first(self.ground)
        self.offer(ledger, "greedy")
        polish(ledger, self.done)
        self.offer(ledger, "polish")
        if not self.done() and ledger.reached() < self.reached_bound:
            self.reach()
        if not self.done() and self.ground.units:
            self.cheapen()
        return self.answer()

    def reach(self) -> None:
        """Finds out how many pupils can be reached, by the same problem with everything for nothing."""
        until = self.elapsed() + REACH_SHARE * self.left()
        free = Ground(_free(self.problem))
        free.most_shows, free.most_days = self.ground.most_shows, self.ground.most_days
        miss = np.array([float(n) if can else 0.0 for n, can in zip(free.pupils, self.can, strict=True)])
        pricing = Pricing(free, miss, self.threads, self.seed, self.done, self.left)
        pricing.begin(self.known())
        pricing.run(lambda: self.elapsed() > until or self.done(), lambda bound: None)
        start = pricing.visits_of(self.known())
        missed = self.reached_bound - self.known().reached()
        is_all = pricing.solved and pricing.complete(missed, EVERY)
        bound = pricing.bound
        chosen, least = pricing.master.choose(pricing.within(missed), miss, start, until - self.elapsed())
        if chosen is not None:
            self.offer(self.ledger_of(chosen), "reach")
        bound = max(bound, least) if is_all else bound
        if bound > 0:
            self.reached_bound -= int(np.ceil(min(bound, missed) - 1e-4))

    def cheapen(self) -> None:
        """Makes the plan cheaper until it is proven the best, or the time is up."""
        miss = self.misses()
        pricing = Pricing(self.ground, miss, self.threads, self.seed, self.done, self.left)
        pricing.begin(self.known())
        rng = np.random.default_rng(self.seed)
        self.price(pricing, miss, PRICING_SHARE)
        self.dive(pricing, [], "dive")
        if pricing.solved and not self.done():
            self.prove(pricing, miss)
        opened = 0
        while not self.done() and not self.is_cheapest() and opened != self.rounds:
            opened += 1
            self.dive(pricing, self._kept(pricing, rng), "reopened")
            if opened % OPENINGS == 0 and not pricing.solved:
                self.price(pricing, miss, PRICING_SHARE)
                if pricing.solved:
                    self.prove(pricing, miss)
            elif opened % (10 * OPENINGS) == 0:
                self.prove(pricing, miss)

    def price(self, pricing: Pricing, miss: Floats, share: float) -> None:
        """Finds visits and the bound for so great a share of the time left; to the end where rounds are counted."""
        until = np.inf if self.rounds is not None else self.elapsed() + share * self.left()
        pricing.run(lambda: self.elapsed() > until or self.done(), lambda bound: self.bounded(bound, miss))

    def dive(self, pricing: Pricing, kept: list[Visit], by: str) -> None:
        """Sets visit after visit beside those that are kept, and takes the choice if it is better."""
        pricing.charge(DEARER)
        visits = Dive(pricing, kept, self.left).run()
        pricing.charge(1.0)
        ledger = self.ledger_of(visits)
        self.offer(ledger, by)
        polish(ledger, self.done)
        self.offer(ledger, by)

    def _kept(self, pricing: Pricing, rng: np.random.Generator) -> list[Visit]:
        """The visits of the best choice but for those to which one of some neighbouring units comes."""
        units, problem = self.ground.units, self.problem
        middle = units[int(rng.integers(len(units)))].home
        row = problem.km[problem.place_number[middle]]
        far = [np.inf if (km := row[problem.place_number[unit.home]]) is None else km for unit in units]
        count = int(rng.integers(*OPENED))
        opened = set(np.argsort(np.array(far, dtype=float), kind="stable")[:count].tolist())
        return [visit for visit in pricing.visits_of(self.known()) if opened.isdisjoint(visit.units)]

    def prove(self, pricing: Pricing, miss: Floats) -> None:
        """Chooses the best of the visits that can matter: of all of these, where they are few, and none is better."""
        value = self.value(miss)
        start = pricing.visits_of(self.known())
        is_all = pricing.complete(value, EVERY)
        kept = pricing.within(value)
        if len(kept) > EVERY:
            return
        share = PROGRAM_SHARE if is_all else POOL_SHARE
        chosen, bound = pricing.master.choose(kept, miss, start, share * self.left())
        if chosen is not None:
            self.offer(self.ledger_of(chosen), "program")
        if is_all:
            self.bounded(min(bound, value), miss)

    def known(self) -> Ledger:
        """The best choice so far."""
        if self.best is None:
            raise RuntimeError("no plan was offered")
        return self.best

    def misses(self) -> Floats:
        """By unit, what it costs not to reach it: more than it ever costs to reach; nothing where that cannot be."""
        alone = [min((self.alone(o) for o in options), default=0.0) for options in self.ground.options]
        each = max((cost / n for cost, n in zip(alone, self.ground.pupils, strict=True)), default=0.0)
        price = LEFT_OVER * max(1.0, each)
        return np.array(
            [price * n if can else 0.0 for n, can in zip(self.ground.pupils, self.can, strict=True)]
        )

    def alone(self, option: Option) -> float:
        """What an option costs with nobody else."""
        return Ledger(self.ground).rise(option, NONE, option.alone)

    def value(self, miss: Floats) -> float:
        """What the best choice costs, with what it misses."""
        known = self.known()
        return known.cost + sum(float(miss[i]) for i in range(len(miss)) if i not in known.chosen)

    def ledger_of(self, visits: Iterable[Visit]) -> Ledger:
        """The choice of these visits, units that are in none put in where there is room, those in two in the first."""
        ledger = Ledger(self.ground)
        for i, options in enumerate(self.ground.options):
            if is_set(self.ground, i) and options:
                ledger.add(options[0])
        for visit in visits:
            for unit in visit.units:
                option = next(o for o in self.ground.options[unit] if o.host == visit.host)
                if unit not in ledger.chosen and ledger.price(option) is not None:
                    ledger.add(option)
        insert(ledger, [i for i in range(len(self.ground.units)) if i not in ledger.chosen])
        return ledger

    def offer(self, ledger: Ledger, by: str) -> None:
        """Takes a choice if it reaches more than the best so far, or as many for less."""
        if self.best is not None and not _better(ledger, self.best):
            return
        more = self.best is None or ledger.reached() > self.best.reached()
        self.best = ledger.copy()
        self.cost_bound = 0.0 if more else self.cost_bound
        self.trace.append(Trace(round(self.elapsed(), 3), ledger.reached(), tidy(ledger.cost), by))
        self.plan = self.rated(settle(self.ground, self.best.chosen.values()))
        if self.on_improve is not None:
            self.on_improve(self.plan)

    def bounded(self, bound: float, miss: Floats) -> None:
        """Takes a bound of the cost and what is missed: less that of those who are missed it holds for the cost."""
        known = self.known()
        bound -= sum(float(miss[i]) for i in range(len(miss)) if i not in known.chosen)
        if bound > self.cost_bound:
            told = bound - self.cost_bound > 0.001 * known.cost
            self.cost_bound = min(bound, known.cost)
            self.plan = self.rated(self.plan)
            if told and self.on_bound is not None:
                self.on_bound(self.plan)

    def is_proven(self) -> bool:
        """Whether no plan reaches more, or as many for less."""
        return self.known().reached() >= self.reached_bound and self.is_cheapest()

    def is_cheapest(self) -> bool:
        """Whether no plan that reaches as many costs less."""
        return self.known().cost - self.cost_bound <= SAME

    def rated(self, plan: Plan) -> Plan:
        """The plan with what is known about it by now."""
        known = self.known()
        proven = self.is_proven()
        bound = known.cost if proven else self.cost_bound
        return replace(
            plan, pupils=self.pupils, reached=known.reached(), reached_bound=self.reached_bound,
            cost=tidy(known.cost), cost_bound=tidy(bound),
            gap=round((known.cost - bound) / max(1.0, known.cost), 6),
            status="optimal" if proven else "best so far",
            trace=tuple(self.trace), seconds=round(self.elapsed(), 3), seed=self.seed,
        )  # fmt: skip

    def answer(self) -> Plan:
        """The best plan with its bounds and the reasons of who is not reached."""
        until = self.elapsed() + REASON_SECONDS
        plan = self.rated(self.plan)
        plan = replace(plan, unreached=reasons(self.ground, plan, lambda: self.elapsed() > until))
        return replace(plan, breaches=tuple(check(self.problem, plan)), seconds=round(self.elapsed(), 3))


def _better(one: Ledger, other: Ledger) -> bool:
    if one.reached() != other.reached():
        return one.reached() > other.reached()
    return one.cost < other.cost - 1e-6


def _free(problem: Problem) -> Problem:
    """The problem with everything for nothing."""
    rules = replace(problem.rules, bus_base=0, bus_per_km=0, per_km=0, per_night=0)
    productions = tuple(replace(one, fee=0, fee_next=0) for one in problem.productions)
    return replace(
        problem,
        rules=rules,
        productions=productions,
        sites=tuple(replace(site, rent=0) for site in problem.sites),
    )
