"""Plans that people make of plans: try a stop at another time, set it there, and what that breaks.

A plan made by hand is a proposal of its own whose parent is the plan that it was made from. Nothing is written over:
to undo is to look at the parent, to redo is to look at the child.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.candidates import wish_name
from bookings.errors import PlanOutdated
from bookings.standing import Course, course_of, km_of, stands
from tours import planner
from tours.errors import Refused
from tours.frames import take_turn
from tours.models import Instruction, Proposal, Tour
from tours.models.tour import FINISHED
from tours.windows import DAY_MIN, minute_of
from venues.models import User

#: Stops are set to multiples of this many minutes when a remedy is looked for. Source: see briefing.EVEN_MIN.
STEP_MIN = 5


@dataclass(frozen=True)
class Trial:
    """A course with one stop set elsewhere, beside the course as it is."""

    before: Course
    after: Course
    stop: planner.Stop

    @cached_property
    def appeared(self) -> list[planner.Breach]:
        """What is broken now and was not, or not so far."""
        return worse(self.before.breaches, self.after.breaches)

    @cached_property
    def vanished(self) -> list[planner.Breach]:
        """What was broken and is not any more, or less far."""
        return worse(self.after.breaches, self.before.breaches)


def worse(before: Iterable[planner.Breach], after: Iterable[planner.Breach]) -> list[planner.Breach]:
    """The breaches of `after` that `before` does not have, or has by less."""
    known = {(breach.rule, breach.day, breach.candidates): breach.over for breach in before}
    return [b for b in after if b.over > known.get((b.rule, b.day, b.candidates), 0)]


def try_stop(proposal: Proposal, candidate: str, starts_at: datetime) -> Trial:
    """What becomes of the plan when the candidate's first show starts then; nothing is written.

    Raises:
        Refused: the plan has no such wish, or the day is outside the plan's days.
    """
    course = course_of(proposal)
    stop = _stop(course.problem, candidate, starts_at)
    return Trial(course, Course(course.problem, planner.moved(course.problem, course.plan, stop)), stop)


@transaction.atomic
def set_stop(
    proposal: Proposal, candidate: str, starts_at: datetime, *, by: User, version: int | None = None
) -> Proposal:
    """Set a stop there: a new plan by hand, whatever it breaks; the one that it was made from stays as it is.

    Raises:
        BoardChanged: see `frames.take_turn`.
        Refused: the plan is not finished or has no such wish, the stop is agreed or locked, or the day is outside.
        PlanOutdated: wishes, locks, closures or agreements have changed since the plan was made.
    """
    tour = Tour.objects.with_ground().get(pk=proposal.tour_id)
    take_turn(tour, version)
    _check_finished(proposal)
    _check_free(proposal, tour, candidate)
    _check_ground(proposal, tour)
    trial = try_stop(proposal, candidate, starts_at)
    return _made_by_hand(proposal, trial.after.plan, by)


@transaction.atomic
def restore(proposal: Proposal, *, by: User, version: int | None = None) -> Proposal:
    """Make an older plan the newest one again, as a plan by hand that can be adopted and moved in.

    Raises:
        BoardChanged: see `frames.take_turn`.
        Refused: the plan is not finished.
        PlanOutdated: wishes, locks, closures or agreements have changed since the plan was made.
    """
    tour = Tour.objects.with_ground().get(pk=proposal.tour_id)
    take_turn(tour, version)
    _check_finished(proposal)
    _check_ground(proposal, tour)
    return _made_by_hand(proposal, course_of(proposal).plan, by)


def barring(proposal: Proposal) -> list[planner.Breach]:
    """What keeps a plan by hand from being adopted: it breaks more than the planner's own plan that it came from."""
    if proposal.kind != Proposal.Kind.BY_HAND:
        return []
    origin = proposal.parent
    while origin is not None and origin.kind == Proposal.Kind.BY_HAND:
        origin = origin.parent
    forced = planner.Plan.from_json(origin.plan).breaches if origin else ()
    return worse(forced, planner.Plan.from_json(proposal.plan).breaches)


def remedy(course: Course, breach: planner.Breach) -> planner.Stop | None:
    """The smallest move of one of the breach's stops, on its day, after which it and nothing new is broken.

    Only moves as long as the breach is over, to both sides, are tried: a longer one is no small remedy.
    """
    pinned = {fixed.candidate for fixed in course.problem.fixed}
    stops = [s for s in course.plan.stops if s.candidate in breach.candidates and s.candidate not in pinned]
    step = -(-breach.over // STEP_MIN) * STEP_MIN
    for stop in stops:
        for minute in (stop.start_min - step, stop.start_min + step):
            other = replace(stop, start_min=minute)
            if 0 <= minute < DAY_MIN and _mends(course, breach, other):
                return other
    return None


def _mends(course: Course, breach: planner.Breach, stop: planner.Stop) -> bool:
    after = planner.moved(course.problem, course.plan, stop).breaches
    gone = all((b.rule, b.day) != (breach.rule, breach.day) for b in after)
    return gone and not worse(course.breaches, after)


def _stop(problem: planner.Problem, candidate: str, starts_at: datetime) -> planner.Stop:
    local = timezone.localtime(starts_at)
    day = (local.date() - _first(problem)).days
    if candidate not in {known.id for known in problem.candidates}:
        raise Refused(_("This plan does not know the wish. Plan again to take it in."))
    if not 0 <= day < len(problem.days):
        raise Refused(_("The day is outside the tour's days. Choose one of them."), field="date")
    return planner.Stop(day, minute_of(local.time()), candidate)


def _first(problem: planner.Problem) -> date:
    return problem.days[0].date


def _check_finished(proposal: Proposal) -> None:
    if proposal.state not in FINISHED:
        raise Refused(_("The plan is not finished. Wait until it is, or stop it."), proposal=proposal.pk)


def _check_free(proposal: Proposal, tour: Tour, candidate: str) -> None:
    """An agreed visit is withdrawn or cancelled first, a locked one set free."""
    locked = {wish_name(order.wish_id) for order in tour.instructions.filter(kind=Instruction.Kind.LOCKED)}
    if candidate in locked:
        raise Refused(
            _("The stop is locked to its time. Let the planner decide about it first, then move it.")
        )
    if candidate in {fixed.candidate for fixed in course_of(proposal).problem.fixed}:
        raise Refused(_("The visit is offered or confirmed. Withdraw or cancel it first, then move it."))


def _check_ground(proposal: Proposal, tour: Tour) -> None:
    if not stands(proposal, tour):
        raise PlanOutdated(
            _(
                "Wishes, locks, closures or answers have changed since this plan was made. Plan again, then move."
            ),
            proposal=proposal.pk,
        )


def _made_by_hand(proposal: Proposal, plan: planner.Plan, by: User) -> Proposal:
    made = proposal.following(
        Proposal.Kind.BY_HAND,
        plan=plan.to_json(),
        km=km_of(course_of(proposal).problem, plan),
        requested_by=by,
        finished_at=timezone.now(),
    )
    made.save()
    return made
