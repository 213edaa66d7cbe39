"""The runs of allotments: a worker claims one, keeps each better plan, and ends early when it is asked to.

As `running` does for tours.
"""

import time
from datetime import datetime
from typing import Any

import structlog
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import leases
from bookings.allotment_briefs import make_brief
from bookings.allotment_digests import digest_of
from bookings.leases import Asked, claimed, run_next
from tours import allotment as solver
from tours.errors import NotNow
from tours.models import Allotment

log = structlog.get_logger("turne.allotment")

#: Seconds beyond a run's own budget after which its worker is taken for dead. Source: the house's choice; reading a
#: county's problem and explaining who is left out take some ten.
LEASE_MARGIN = 90
#: At most this often (seconds) a better plan is stored, and a wish to stop looked for. As in `running`.
STORE_EVERY = 1.0
#: What of a plan is told while it is computed.
TOLD = ("reached", "pupils", "reached_bound", "cost", "cost_bound", "gap")


def stop(allotment: Allotment, *, now: datetime) -> None:
    """Ask a run to stop with the best plan it has; one that nobody has begun is not computed.

    Raises:
        NotNow: it has ended already.
    """
    if not leases.stop(allotment, Allotment.State.DRAFT, now):
        raise NotNow(_("It is computed already; the plan stands below."), allotment=allotment.pk)


def run_queued(now: datetime) -> int:
    """Compute the oldest allotment that waits, or whose worker has died; 1 if there was one, else 0."""
    return run_next(Allotment.objects.order_by("asked_at", "pk"), LEASE_MARGIN, now, run)


def run(allotment: Allotment) -> Allotment:
    """Compute it, storing each better plan as it is found. A failure is kept with its words."""
    storing = _Storing(allotment)
    asked = Asked(allotment, every=STORE_EVERY, before=storing.catch_up)
    try:
        problem = _problem(allotment)
        plan = solver.solve(
            problem,
            seconds=allotment.seconds,
            seed=allotment.seed,
            on_improve=storing,
            on_bound=storing,
            stop=asked,
        )
    except Exception as error:
        log.exception("allotment failed", allotment=allotment.pk)
        return _finish(allotment, Allotment.State.FAILED, error=f"{type(error).__name__}: {error}")
    state = Allotment.State.CANCELLED if asked.to_stop else Allotment.State.DONE
    best = _better(allotment, plan)
    return _finish(allotment, state, plan=best.to_json(), progress=_told(best))


def _problem(allotment: Allotment) -> solver.Problem:
    """What is computed: the ground as it was when a worker first took the run up."""
    if not allotment.problem:
        before = digest_of(allotment)
        brief = make_brief(allotment)
        # Rows that somebody changed while the brief was read have no digest that stands for it.
        digest = before if digest_of(allotment) == before else ""
        allotment.problem, allotment.fingerprint, allotment.ground_digest = (
            brief.problem,
            brief.fingerprint,
            digest,
        )
        _claimed(allotment).update(problem=brief.problem, fingerprint=brief.fingerprint, ground_digest=digest)
    return solver.Problem.from_json(allotment.problem)


def _better(allotment: Allotment, found: solver.Plan) -> solver.Plan:
    """What was found, or the plan that a worker had stored before it died, where that one is worth more."""
    before = solver.Plan.from_json(allotment.plan) if allotment.plan else found
    return before if _worth(before) > _worth(found) else found


def _told(plan: solver.Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in TOLD}


class _Storing:
    """Stores each better plan and bound, but not so often that the database becomes the bottleneck.

    A run begins anew: until it reaches as many as the stored plan at as little cost, that one is the best so far.
    """

    def __init__(self, allotment: Allotment) -> None:
        self.allotment = allotment
        stored = solver.Plan.from_json(allotment.plan) if allotment.plan else None
        self.best = _worth(stored) if stored else None
        self.waiting: solver.Plan | None = None
        self.stored = 0.0

    def __call__(self, plan: solver.Plan) -> None:
        if self.best is None or _worth(plan) >= self.best:
            self.best, self.waiting = _worth(plan), plan
            self.catch_up()

    def catch_up(self) -> None:
        """Store the plan that came too soon after another."""
        now = time.monotonic()
        if self.waiting and now - self.stored >= STORE_EVERY:
            _claimed(self.allotment).update(plan=self.waiting.to_json(), progress=_told(self.waiting))
            self.stored, self.waiting = now, None


def _worth(plan: solver.Plan) -> tuple[int, float]:
    """Most pupils first, then least cost."""
    return plan.reached, -float(plan.cost)


def _finish(allotment: Allotment, state: str, **fields: Any) -> Allotment:
    _claimed(allotment).update(state=state, finished_at=timezone.now(), **fields)
    allotment.refresh_from_db()
    return allotment


def _claimed(allotment: Allotment) -> "QuerySet[Allotment]":
    """The allotment as long as it is this worker's, and nobody has taken it out of its run."""
    return claimed(allotment).filter(state=Allotment.State.RUNNING)
