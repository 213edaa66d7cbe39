"""The planner's runs: a worker claims one, keeps each better plan as it comes, and ends early when it is asked to."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import leases
from bookings.leases import Asked, claimed, run_next
from bookings.standing import km_of
from tours import planner
from tours.errors import NotNow
from tours.models import Proposal

log = structlog.get_logger("turne.planning")

#: Seconds beyond a proposal's own budget after which its worker is taken for dead.
LEASE_MARGIN = 60
#: At most this often (seconds) a better plan is stored, and a wish to stop looked for, while the planner runs.
STORE_EVERY = 0.5


def stop_run(proposal: Proposal, *, now: datetime) -> None:
    """Ask a run to stop with the best plan it has; one that nobody has begun stops at once.

    Raises:
        NotNow: it has ended already.
    """
    if not leases.stop(proposal, Proposal.State.CANCELLED, now):
        raise NotNow(_("The planner has finished already; its plan stands below."), proposal=proposal.pk)


def run_queued(now: datetime) -> int:
    """Solve the oldest proposal that waits, or whose worker has died; 1 if there was one, else 0."""
    return run_next(Proposal.objects.order_by("requested_at", "pk"), LEASE_MARGIN, now, run)


def run(proposal: Proposal) -> Proposal:
    """Solve a proposal, storing each better plan as it is found. A failure is kept with its words."""
    try:
        problem = planner.Problem.from_json(proposal.problem)
        storing = _Storing(proposal)
        found = _solve(proposal, problem, storing, stop=(asked := _asked(proposal, storing)))
    except Exception as error:
        log.exception("planning failed", proposal=proposal.pk)
        return _finish(proposal, Proposal.State.FAILED, error=f"{type(error).__name__}: {error}")
    state = Proposal.State.CANCELLED if asked.to_stop else Proposal.State.DONE
    (favours, plan), *ways = found
    first = _fields(problem, _better(proposal, plan), favours)
    return _finish(proposal, state, [_fields(problem, way, favours) for favours, way in ways], **first)


def _solve(
    proposal: Proposal, problem: planner.Problem, storing: "_Storing", stop: Callable[[], bool]
) -> list[tuple[Sequence[str], planner.Plan]]:
    """The plan, or of several ways all plans with what they favour, the one for value first."""
    asked: dict[str, Any] = {"seconds": proposal.seconds, "seed": proposal.seed, "stop": stop}
    asked["on_improve"] = asked["on_bound"] = storing
    if proposal.kind == Proposal.Kind.SEVERAL:
        return [(way.favours, way.plan) for way in planner.alternatives(problem, **asked)]
    return [((), planner.solve(problem, **asked))]


def _better(proposal: Proposal, found: planner.Plan) -> planner.Plan:
    """What was found, or the plan that a worker had stored before it died, where that one is worth more."""
    before = planner.Plan.from_json(proposal.plan) if proposal.plan else found
    return before if before.objective > found.objective else found


def _fields(problem: planner.Problem, plan: planner.Plan, favours: Sequence[str]) -> dict[str, Any]:
    return {"plan": plan.to_json(), "km": km_of(problem, plan), "favours": list(favours)}


class _Storing:
    """Stores each better plan or bound, but not so often that the database becomes the bottleneck.

    A run begins anew: until it has found more than the proposal's first plan, that one is the best so far.
    """

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.best = float((proposal.plan or {}).get("objective", float("-inf")))
        self.waiting: planner.Plan | None = None
        self.stored = 0.0

    def __call__(self, plan: planner.Plan) -> None:
        if plan.objective >= self.best:
            self.best, self.waiting = float(plan.objective), plan
            self.catch_up()

    def catch_up(self) -> None:
        """Store the plan that came too soon after another."""
        now = time.monotonic()
        if self.waiting and now - self.stored >= STORE_EVERY:
            claimed(self.proposal).update(plan=self.waiting.to_json())
            self.stored, self.waiting = now, None


def _asked(proposal: Proposal, storing: _Storing) -> Asked:
    return Asked(proposal, every=STORE_EVERY, before=storing.catch_up)


@transaction.atomic
def _finish(proposal: Proposal, state: str, others: Sequence[dict[str, Any]] = (), **fields: Any) -> Proposal:
    """Write what came of a run, its other ways as plans of their own."""
    proposal.state = state
    for name, value in fields.items():
        setattr(proposal, name, value)
    proposal.finished_at = timezone.now()
    if claimed(proposal).update(state=state, finished_at=proposal.finished_at, **fields):
        Proposal.objects.bulk_create(_way(proposal, other) for other in others)
    return proposal


def _way(run: Proposal, fields: dict[str, Any]) -> Proposal:
    by, at = run.requested_by_id, run.finished_at
    return run.following(Proposal.Kind.WAY, requested_by_id=by, finished_at=at, **fields)
