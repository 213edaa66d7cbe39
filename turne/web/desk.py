"""What lies on the producer's desk when a tour's board is opened, read in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from bookings import arranging, standing
from bookings.candidates import candidate_id, wish_of
from bookings.models import Booking
from bookings.models.booking import LIVE, Status
from bookings.standing import Course
from tours import planner
from tours.models import Instruction, Proposal, Tour, Wish
from tours.models.tour import FINISHED
from tours.terms import Terms, read_terms
from venues.errors import NoRoad

#: In the address: which view of the tour is asked for.
AGREED = "avtal"
WORKING = (Proposal.State.QUEUED, Proposal.State.RUNNING)


@dataclass
class Desk:
    """A tour with its wishes, bookings, orders and plans, and which of its courses is looked at.

    Attributes:
        bookings: all of the tour's, with their ground, in the order of their days.
        proposals: newest first, without their problems and plans.
        forbidden: the days that the producer keeps free, or has cancelled: then with the reason.
        live: the visits that have their slot, by the planner's names of them.
        barring: what keeps the shown plan from being adopted.
        shown: the proposal that is looked at, with problem and plan; None when it is what has been agreed.
        outdated: whether the ground of the shown proposal has changed since it was made.
        fault: why no course can be drawn, in words; empty when it can.
    """

    tour: Tour
    now: datetime
    wishes: Mapping[int, Wish]
    bookings: list[Booking]
    instructions: Mapping[int, Instruction]
    proposals: list[Proposal]
    shown: Proposal | None = None
    outdated: bool = False
    course: Course | None = None
    fault: str = ""
    forbidden: Mapping[date, str] = field(default_factory=dict)
    barring: Sequence[planner.Breach] = ()
    live: dict[str, Booking] = field(default_factory=dict)

    @cached_property
    def adopted(self) -> Proposal | None:
        """The plan that was adopted last."""
        taken = [proposal for proposal in self.proposals if proposal.adopted_at]
        return max(taken, key=lambda proposal: proposal.adopted_at or self.now, default=None)

    @property
    def newest(self) -> Proposal | None:
        """The plan that was asked for or made last; one of several ways comes with the plan for value."""
        return next((p for p in self.proposals if p.kind != Proposal.Kind.WAY), None)

    @cached_property
    def ways(self) -> list[Proposal]:
        """The plans that were found beside the shown one to favour other things, itself among them; often none."""
        shown = self.shown
        if shown is None or shown.kind not in {Proposal.Kind.SEVERAL, Proposal.Kind.WAY}:
            return []
        run = shown.parent_id if shown.kind == Proposal.Kind.WAY else shown.pk
        ways = [p for p in self.proposals if p.kind == Proposal.Kind.WAY and p.parent_id == run]
        return sorted([*(p for p in self.proposals if p.pk == run), *ways], key=lambda p: p.pk)

    @cached_property
    def standing(self) -> dict[int, Wish]:
        """The wishes that have not been withdrawn."""
        return {pk: wish for pk, wish in self.wishes.items() if wish.withdrawn_at is None}

    @cached_property
    def ended(self) -> dict[int, Booking]:
        """For each wish the visit of it that came to nothing last."""
        over = [b for b in self.bookings if b.wish_id and b.status not in LIVE]
        return {b.wish_id: b for b in sorted(over, key=lambda b: (b.changed_at, b.pk)) if b.wish_id}

    @cached_property
    def waiting(self) -> dict[int, Booking]:
        """For each wish its further option, which waits for its time to be free."""
        waiting = [b for b in self.bookings if b.status in LIVE and b.hold_rank > 1]
        return {b.wish_id: b for b in waiting if b.wish_id}

    @cached_property
    def terms(self) -> Terms:
        """By what the tour's account is reckoned."""
        return read_terms(self.tour)

    @property
    def is_working(self) -> bool:
        """Whether the shown plan is still being made better."""
        return self.shown is not None and self.shown.state in WORKING

    @property
    def is_draft(self) -> bool:
        """Whether a plan is looked at that has not been adopted."""
        return self.shown is not None and self.shown.adopted_at is None

    @cached_property
    def movable(self) -> frozenset[str]:
        """The candidates that may be set elsewhere by hand in the shown plan: neither agreed nor locked."""
        if not self.is_draft or self.outdated or self.course is None or self.is_working:
            return frozenset()
        if self.shown is None or self.shown.state not in FINISHED:
            return frozenset()
        problem = self.course.problem
        return frozenset({c.id for c in problem.candidates} - {fixed.candidate for fixed in problem.fixed})

    @property
    def undo(self) -> Proposal | None:
        """The plan that the shown one was made from by hand."""
        if self.shown is None or self.shown.kind != Proposal.Kind.BY_HAND:
            return None
        return next((p for p in self.proposals if p.pk == self.shown.parent_id), None)

    def made_from(self, proposal: Proposal) -> set[int]:
        """Ids of the plans from which a plan was made by hand, one after another; none for other plans."""
        known, found = {p.pk: p for p in self.proposals}, set[int]()
        while proposal.kind == Proposal.Kind.BY_HAND and proposal.parent_id in known:
            proposal = known[proposal.parent_id]
            found.add(proposal.pk)
        return found

    @property
    def redo(self) -> Proposal | None:
        """The plan that was made last by hand from the shown one."""
        if self.shown is None:
            return None
        by_hand = (p for p in self.proposals if p.kind == Proposal.Kind.BY_HAND)
        return next((p for p in by_hand if p.parent_id == self.shown.pk), None)

    @property
    def query(self) -> str:
        """What asks for this view of the tour again, in an address."""
        return f"forslag={self.shown.pk}" if self.shown else f"visa={AGREED}"

    def held(self) -> list[Booking]:
        """The visits that wait to be offered."""
        return [booking for booking in self.live.values() if booking.status == Status.HELD]

    @property
    def confirmed(self) -> list[Booking]:
        """The visits that are agreed, and prepared by both sides."""
        return [booking for booking in self.live.values() if booking.status == Status.CONFIRMED]

    def number_of(self, proposal: Proposal) -> int:
        """Which plan of the tour it is; the first is 1."""
        return sum(other.pk <= proposal.pk for other in self.proposals)

    def was(self, candidate: str) -> datetime | None:
        """When the candidate's agreed visit begins, if it has one."""
        booking = self.live.get(candidate)
        return booking.starts_at if booking else None


def read_desk(tour: Tour, now: datetime, *, asked: str = "") -> Desk:
    """Read the tour as a producer asks to see it.

    Args:
        asked: the id of a proposal, AGREED, or empty for what matters now: a fresh plan that has not been adopted,
            else what has been agreed, else the newest plan.
    """
    visits = tour.bookings.with_ground().select_related("counter_offer")
    bookings = list(visits.prefetch_related("counter_offer__slots"))
    wishes = Wish.objects.with_ground().filter(season=tour.season_id, production=tour.production_id)
    desk = Desk(
        tour=tour,
        now=now,
        wishes={wish.pk: wish for wish in wishes},
        bookings=bookings,
        instructions={row.wish_id: row for row in tour.instructions.all()},
        proposals=list(tour.proposals.defer("problem", "plan", "excluded")),
        forbidden=dict(tour.forbidden_days.values_list("day", "reason")),
        live={candidate_id(booking=b): b for b in bookings if b.status in LIVE and b.hold_rank == 1},
    )
    for wish in desk.wishes.values():
        wish.production = tour.production  # one production, its rider read once
    try:
        _choose(desk, asked)
    except (NoRoad, planner.PlannerError) as error:
        desk.fault = _("The days cannot be drawn: %(why)s") % {"why": error}
    return desk


def _choose(desk: Desk, asked: str) -> None:
    """Decide what is looked at, and work out its course."""
    named = _asked_for(desk, asked)
    chosen = named
    if named is None and (asked != AGREED or not desk.live):
        chosen = desk.newest
    if chosen and not chosen.adopted_at:
        chosen = _whole(chosen)
        desk.outdated = not standing.stands(chosen, desk.tour)
    if chosen and named is None and desk.live and (chosen.adopted_at or desk.outdated):
        chosen, desk.outdated = None, False
    if chosen is None:
        adopted = _whole(desk.adopted) if desk.adopted else None
        desk.course = standing.as_agreed(desk.tour, desk.live.values(), adopted)
        return
    desk.shown = _whole(chosen)
    course = standing.course_of(desk.shown)
    desk.course = standing.with_beds_of_today(desk.tour, course) if desk.outdated else course
    desk.barring = arranging.barring(desk.shown)


def _asked_for(desk: Desk, asked: str) -> Proposal | None:
    return next((p for p in desk.proposals if asked and str(p.pk) == asked), None)


def _whole(proposal: Proposal) -> Proposal:
    """The proposal with its problem and plan."""
    return proposal if not proposal.get_deferred_fields() else Proposal.objects.get(pk=proposal.pk)


def entries(proposal: Proposal | None) -> dict[int, dict[str, Any]]:
    """For each wish that a plan leaves out its code and detail; "planned" tells the planner's from the brief's."""
    if proposal is None:
        return {}
    found = {row["wish"]: {**row, "planned": False} for row in proposal.excluded}
    for row in (proposal.plan or {}).get("unplaced", ()):
        if wish := wish_of(row["candidate"]):
            found[wish] = {**row, "planned": True}
    return found
