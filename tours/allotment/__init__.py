"""The allotment: which production each grade of each school gets. Values in, values out.

    Problem.from_json(document) -> Problem            raises ProblemError(field, reason)
    problem.to_json() -> dict
    solve(problem, *, seconds=60.0, seed=1, threads=1, rounds=None, on_improve=None, on_bound=None,
        stop=None) -> Plan
    greedy(problem) -> Plan                           one unit after another, each where it costs least
    check(problem, plan) -> list[Breach]              empty when the plan is legal; shares no code with the solver
    evaluate(problem, plan) -> Worth                  pupils reached, and the cost
    account(problem, plan) -> tuple[Line, ...]        the lines that add up to the cost
    cover(problem, plan) -> Coverage                  encounters per pupil by school, grade, municipality
    tried(problem, plan, Choice(unit, production, site)) -> Tried   one change by hand: plan, coverage, cost, breaches
    remedied(problem, remedy) -> Problem              the problem with a remedy applied
    Plan.from_json(document) -> Plan                  raises PlanError(field, reason)
    plan.to_json() -> dict
    instance(schools=250, productions=40, seed=1) -> Problem        an invented county
    schema() -> dict                                  JSON Schema of both documents

`check`, `evaluate`, `account` and `tried` raise PlanError when a plan names what its problem does not have.
ProblemError and PlanError are AllotmentErrors. docs/allotment.md describes both documents and the method.
"""

from .by_hand import Tried, tried
from .coverage import Cell, Coverage, cover
from .errors import AllotmentError, PlanError, ProblemError
from .instances import instance
from .limits import Rules
from .plan import Assignment, Breach, Plan, Remedy, Ride, Show, Trace, Unreached
from .problem import WORDLESS, Choice, Problem, Production, Site, Unit
from .reasons import REASONS
from .remedies import KINDS, remedied
from .rules import check
from .schema import schema
from .solve import greedy, solve
from .worth import Line, Worth, account, evaluate

__all__ = [
    "KINDS",
    "REASONS",
    "WORDLESS",
    "AllotmentError",
    "Assignment",
    "Breach",
    "Cell",
    "Choice",
    "Coverage",
    "Line",
    "Plan",
    "PlanError",
    "Problem",
    "ProblemError",
    "Production",
    "Remedy",
    "Ride",
    "Rules",
    "Show",
    "Site",
    "Trace",
    "Tried",
    "Unit",
    "Unreached",
    "Worth",
    "account",
    "check",
    "cover",
    "evaluate",
    "greedy",
    "instance",
    "remedied",
    "schema",
    "solve",
    "tried",
]
