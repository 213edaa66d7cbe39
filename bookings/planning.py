"""Database -> Problem -> Plan -> bookings: propose a plan for a tour, and adopt it.

A proposal keeps the problem that it was made from. Adopting compares it with the problem of that moment, so
that a plan is never adopted over wishes, locks or agreements that have changed since.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings import holds, lifecycle, lines, placing, slots, standing
from bookings.arranging import barring
from bookings.briefing import make_brief
from bookings.candidates import wish_of
from bookings.errors import PlanOutdated
from bookings.models import Booking
from bookings.models.booking import Status
from tours import planner
from tours.errors import Refused
from tours.frames import take_turn
from tours.models import Instruction, Proposal, Tour, Wish
from tours.models.tour import FINISHED
from tours.windows import moment
from venues.errors import NoRoad
from venues.models import Organisation, User

#: For so many plans of several ways there is time; the planner finds three to five. Source: the house's choice.
WAYS = 4


@dataclass(frozen=True)
class Adoption:
    """What adopting a plan did, in numbers of visits."""

    held: int
    moved: int
    released: int
    kept: int
    taken_back: int = 0


def propose(
    tour: Tour,
    *,
    by: User,
    seconds: int = 10,
    seed: int = 1,
    near: Proposal | None = None,
    several: bool = False,
) -> Proposal:
    """Ask for a plan. A first legal plan is there at once; a worker makes it better for so many seconds.

    Args:
        near: a plan that the new one should stay near: each of its stops that is dropped or moved to another day
            costs as much as a change of a held one.
        several: whether plans that favour different things are looked for; `seconds` are for each of them.

    Raises:
        Refused: there is no wish to plan, or an agreed visit lies off every road.
    """
    try:
        brief = make_brief(tour)
        document = _near(brief.problem, near) if near else brief.problem
        problem = planner.Problem.from_json(document)
    except NoRoad as error:
        raise Refused(str(error), tour=tour.pk) from error
    except planner.ProblemError as error:
        raise Refused(
            _("The tour cannot be planned as it is: %(why)s") % {"why": error}, tour=tour.pk
        ) from error
    if not problem.candidates:
        raise Refused(
            _(
                "There is no wish to plan for this tour. Open the season for wishes, or widen the tour's days."
            ),
            tour=tour.pk,
        )
    return Proposal.objects.create(
        tour=tour,
        kind=Proposal.Kind.SEVERAL if several else Proposal.Kind.RUN,
        parent=near,
        seconds=seconds * WAYS if several else seconds,
        seed=seed,
        problem=document,
        fingerprint=brief.fingerprint,
        excluded=brief.excluded,
        plan=planner.solve(problem, seconds=0, seed=seed).to_json(),
        requested_by=by,
    )


def _near(problem: dict[str, Any], plan: Proposal) -> dict[str, Any]:
    """The problem with the plan's stops as the baseline that changes are counted against, beside what is held."""
    known = {candidate["id"] for candidate in problem["candidates"]}
    stops = [{"candidate": stop["candidate"], "day": stop["day"]} for stop in plan.plan["stops"]]
    kept = {stop["candidate"]: stop for stop in stops if stop["candidate"] in known}
    kept |= {stop["candidate"]: stop for stop in problem["baseline"]}
    last = len(problem["days"]) - 1
    return {**problem, "baseline": [stop for stop in kept.values() if stop["day"] <= last]}


@transaction.atomic
def adopt(proposal: Proposal, *, by: User, now: datetime, version: int | None = None) -> Adoption:
    """Turn the plan into held visits: new stops are held, held ones moved or released, agreed ones kept.

    Where the tour lets offered dates move, an offer that the plan moves or leaves out is withdrawn, its presenter
    told, and its new date held.

    Raises:
        BoardChanged: the board that was looked at is not the tour's any more; see `frames.take_turn`.
        PlanOutdated: it was adopted before, or wishes, locks, closures or agreements have changed since.
        Refused: the planner has not finished, the plan breaks a rule by hand, or there is nothing to play.
        SlotTaken: another tour took a venue in the meantime. Nothing has been changed.
    """
    tour = Tour.objects.with_ground().get(pk=proposal.tour_id)
    live = {b.wish_id: b for b in tour.bookings.live().with_ground() if b.wish_id}
    wishes = {wish.pk: wish for wish in Wish.objects.with_ground().filter(pk__in=_starts(proposal, tour))}
    venues = [wish.venue_id for wish in wishes.values()] + [b.venue_id for b in live.values()]
    lock_lists(wishes.values())
    slots.lock_resources([tour.production.ensemble_id], venues)
    proposal = _lock(proposal, tour, version)
    starts = _starts(proposal, tour)
    left = [slots.slot_of(booking) for booking in live.values()]
    done = Counter(_take_back(tour, live, starts, by, now))
    done += Counter(_release_left_out(live, starts, by, now))
    done += Counter(_move_held(live, starts, by, now))
    for wish_id, starts_at in starts.items():
        if wish_id not in live:
            lifecycle.hold(tour=tour, wish=wishes[wish_id], starts_at=starts_at, by=by, now=now)
            done["held"] += 1
    lines.move_up(left, now)
    proposal.adopted_at, proposal.adopted_by = now, by
    proposal.save(update_fields=["adopted_at", "adopted_by"])
    return Adoption(done["held"], done["moved"], done["released"], done["kept"], done["taken_back"])


def lock_stop(
    tour: Tour, wish: Wish, starts_at: datetime, *, by: User, version: int | None = None
) -> Instruction:
    """From now on every plan of the tour plays this wish then.

    Raises:
        BoardChanged: see `frames.take_turn`.
        Refused: the day is outside the tour's, or the wish is not one of the tour's.
    """
    if not tour.has_day(timezone.localdate(starts_at)):
        raise placing.outside(tour, "starts_at")
    return _instruct(tour, wish, by, version, Instruction.Kind.LOCKED, starts_at)


def drop_stop(tour: Tour, wish: Wish, *, by: User, version: int | None = None) -> Instruction:
    """From now on no plan of the tour plays this wish.

    Raises:
        BoardChanged: see `frames.take_turn`.
        Refused: the visit is offered or confirmed; that is withdrawn or cancelled first.
    """
    agreed = tour.bookings.filter(wish=wish, status__in=[Status.OFFERED, Status.CONFIRMED]).first()
    if agreed:
        raise Refused(
            _("The visit is %(state)s. Withdraw or cancel it first, then leave it out.")
            % {"state": agreed.get_status_display()},
            booking=agreed.pk,
        )
    return _instruct(tour, wish, by, version, Instruction.Kind.DROPPED, None)


@transaction.atomic
def free_stop(tour: Tour, wish: Wish, *, version: int | None = None) -> None:
    """Let the planner decide about the wish again.

    Raises:
        BoardChanged: see `frames.take_turn`.
    """
    take_turn(tour, version)
    Instruction.objects.filter(tour=tour, wish=wish).delete()


@transaction.atomic
def _instruct(
    tour: Tour, wish: Wish, by: User, version: int | None, kind: str, starts_at: datetime | None
) -> Instruction:
    if (wish.production_id, wish.season_id) != (tour.production_id, tour.season_id):
        raise Refused(
            _("This wish is not one of the tour's. Choose a wish for the same production and season.")
        )
    take_turn(tour, version)
    order, _made = Instruction.objects.update_or_create(
        tour=tour, wish=wish, defaults={"kind": kind, "starts_at": starts_at, "by": by}
    )
    return order


def lock_lists(wishes: Iterable[Wish]) -> None:
    """Nobody changes or withdraws one of the wishes while they are compared and held: see `wishes`."""
    owners = {wish.organisation_id for wish in wishes}
    list(
        Organisation.objects.select_for_update(no_key=True).filter(pk__in=owners).order_by("pk").values("pk")
    )


def _lock(proposal: Proposal, tour: Tour, version: int | None) -> Proposal:
    """The proposal locked with its tour, if it may still be adopted."""
    take_turn(tour, version)
    proposal = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if proposal.adopted_at:
        raise PlanOutdated(_("This plan has been adopted already."), proposal=proposal.pk)
    if proposal.state not in FINISHED:
        raise Refused(_("The plan is not finished. Wait until it is, then adopt it."), proposal=proposal.pk)
    if not standing.stands(proposal, tour):
        raise PlanOutdated(
            _(
                "Wishes, locks, closures or answers have changed since this plan was made. Plan again, then adopt."
            ),
            proposal=proposal.pk,
        )
    if barring(proposal):
        raise Refused(
            _("The plan breaks rules where you have moved stops. Move them again or undo, then adopt it."),
            proposal=proposal.pk,
        )
    if not proposal.plan["stops"]:
        raise Refused(_("The plan has no stops, so there is nothing to adopt."), proposal=proposal.pk)
    return proposal


def _starts(proposal: Proposal, tour: Tour) -> dict[int, datetime]:
    """For each wish that the plan plays the start of its first performance; visits without a wish are fixed."""
    return {
        wish: moment(tour.starts_on + timedelta(days=stop["day"]), stop["start_min"])
        for stop in proposal.plan["stops"]
        if (wish := wish_of(stop["candidate"]))
    }


def _take_back(
    tour: Tour, live: dict[int, Booking], starts: dict[int, datetime], by: User, now: datetime
) -> list[str]:
    """Withdraw the offers whose time the plan does not keep; their wishes are then free to be held anew."""
    if not tour.moves_offered:
        return []
    offered = {wish: booking for wish, booking in live.items() if booking.status == Status.OFFERED}
    changed = {wish: booking for wish, booking in offered.items() if booking.starts_at != starts.get(wish)}
    for wish, booking in changed.items():
        with translation.override(booking.presenter.language):
            reason = _("The tour is planned anew without it.")
            if wish in starts:
                reason = _("The tour is planned anew. You will get an offer of another date.")
        lifecycle.withdraw(booking, by=by, now=now, reason=reason, gives_on=False)
        del live[wish]
    return ["taken_back"] * len(changed)


def _release_left_out(
    live: dict[int, Booking], starts: dict[int, datetime], by: User, now: datetime
) -> list[str]:
    first = [(wish, b) for wish, b in live.items() if b.status == Status.HELD and b.hold_rank == 1]
    left_out = [booking for wish, booking in first if wish not in starts]
    for booking in left_out:
        lifecycle.release(booking, by=by, now=now, reason=_("Not in the new plan."), gives_on=False)
    return ["released"] * len(left_out)


def _move_held(live: dict[int, Booking], starts: dict[int, datetime], by: User, now: datetime) -> list[str]:
    """Move the held visits whose time the plan changes; all are lifted before any is set down again.

    A further option that the plan plays gets the first one: the plan has seen that the time is free.
    """
    staying = {wish: booking for wish, booking in live.items() if wish in starts}
    to_move = {
        wish: booking
        for wish, booking in staying.items()
        if booking.status == Status.HELD and (booking.hold_rank > 1 or booking.starts_at != starts[wish])
    }
    slots.lift(to_move.values())
    for wish, booking in to_move.items():
        moved = lifecycle.move(booking, by=by, now=now, starts_at=starts[wish], gives_on=False)
        if moved.hold_rank > 1:
            holds.promote(moved, by=by, now=now)
    return ["moved"] * len(to_move) + ["kept"] * (len(staying) - len(to_move))
