"""The tour planner: which engagements to play, when, in which order, and where to sleep. Values in, values out.

    Problem.from_json(document) -> Problem            raises ProblemError(field, reason)
    problem.to_json() -> dict
    solve(problem, *, seconds=10.0, seed=1, gap=0.0, iterations=None, on_improve=None, on_bound=None, stop=None) -> Plan
    check(problem, plan) -> list[Breach]              empty when the plan is legal
    warnings(problem, plan) -> list[Caution]          where a legal plan goes beyond an agreement
    evaluate(problem, plan) -> int | float            the objective
    account(problem, plan) -> Account                 the lines that add up to it
    explain_placed(problem, plan, candidate) -> Placed        why here, why then
    ways_in(problem, plan, candidate) -> tuple[WayIn, ...]    what would let one in that is left out
    on_the_way(problem, plan, day, asked=()) -> tuple[OnTheWay, ...]  who else could be played on a day
    make_up(problem, kept, missed, days, chosen=()) -> tuple[MakeUp, ...]   other days for visits that are cancelled
    tried_days(problem, kept, stop, days) -> Iterator[(day, OtherDay | None)]  the same day by day, for one of them
    best_make_up(problem, kept, missed, days) -> tuple[Stop, ...]           the cheapest of these, legal together
    clashes(problem, kept, chosen) -> (fitting, clashing)                   which of the chosen days go together
    timeline(problem, plan) -> tuple[DayTimes, ...]   drives, stops, duty, rest of every day
    arranged(problem, stops) -> Plan                  exactly these stops, the best nights, what they break
    in_spans(drives by day) -> (Drives, tuple[OtherRoads, ...])             what `Problem` has of them
    fixed_at(stops) -> tuple[Fixed, ...]              stops as engagements at their times
    in_order(stops) -> tuple[Stop, ...]               stops as they are played
    moved(problem, plan, stop) -> Plan                the plan with one stop set elsewhere
    Plan.from_json(document) -> Plan                  raises PlanError(field, reason)
    plan.to_json() -> dict
    alternatives(problem, *, seconds=40.0, seed=1) -> list[Alternative]      plans that favour different things
    plan_season(tours, manners, *, seconds=30.0, seed=1) -> SeasonPlan
    instance(wishes, days, per_day=2, seed=1, dense=False, short=False) -> Problem
    schema() -> dict                                  JSON Schema of both documents

`check`, `warnings`, `evaluate`, `account` and `timeline` raise PlanError when a plan does not fit its problem;
ProblemError and PlanError are PlannerErrors. docs/planner.md describes the problem and the method.
"""

from .agreements import CAUTIONS, Caution, warnings
from .alternatives import FAVOURS, Alternative, Favour, alternatives
from .by_hand import arranged, moved
from .drives import Drives, OtherRoads, in_spans
from .errors import PlanError, PlannerError, ProblemError
from .instances import instance
from .limits import Agreement, Rules
from .make_up import Clash, Hindrance, MakeUp, OtherDay, best_make_up, clashes, make_up, tried_days
from .on_the_way import Beside, OnTheWay, on_the_way
from .placed import Detour, Move, Placed, explain_placed
from .plan import Breach, Plan, Stop, Trace, Unplaced, fixed_at, in_order
from .problem import BaselineStop, Candidate, Costs, Day, Fixed, NoBed, Place, Problem, Window
from .reading import MOST_MONEY, MOST_PER_KM
from .rules import check
from .schema import schema
from .season import Manners, SeasonPlan, Touring, plan_season
from .solve import solve
from .timeline import DayTimes, Leg, Pause, StopTimes, timeline
from .ways_in import WayIn, ways_in
from .worth import Account, account, evaluate

__all__ = [
    "CAUTIONS",
    "FAVOURS",
    "MOST_MONEY",
    "MOST_PER_KM",
    "Account",
    "Agreement",
    "Alternative",
    "BaselineStop",
    "Beside",
    "Breach",
    "Candidate",
    "Caution",
    "Clash",
    "Costs",
    "Day",
    "DayTimes",
    "Detour",
    "Drives",
    "Favour",
    "Fixed",
    "Hindrance",
    "Leg",
    "MakeUp",
    "Manners",
    "Move",
    "NoBed",
    "OnTheWay",
    "OtherDay",
    "OtherRoads",
    "Pause",
    "Place",
    "Placed",
    "Plan",
    "PlanError",
    "PlannerError",
    "Problem",
    "ProblemError",
    "Rules",
    "SeasonPlan",
    "Stop",
    "StopTimes",
    "Touring",
    "Trace",
    "Unplaced",
    "WayIn",
    "Window",
    "account",
    "alternatives",
    "arranged",
    "best_make_up",
    "check",
    "clashes",
    "evaluate",
    "explain_placed",
    "fixed_at",
    "in_order",
    "in_spans",
    "instance",
    "make_up",
    "moved",
    "on_the_way",
    "plan_season",
    "schema",
    "solve",
    "timeline",
    "tried_days",
    "warnings",
    "ways_in",
]
