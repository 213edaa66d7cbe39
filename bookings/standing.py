"""A tour as a course of days: the plan of a proposal, or what the bookings are by now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery

from bookings.briefing import fixed_stop, make_brief, place_of, visits_alone
from bookings.candidates import candidate_id, wish_name
from bookings.models import Booking
from tours import planner
from tours.beds import FullNights, nights_in
from tours.models import Proposal, Tour
from tours.roads import roads_of
from tours.windows import moment
from venues.errors import NoRoad
from venues.lodging import full_nights
from venues.models import Place
from venues.travel import point

#: Problems that a process keeps; a large one takes about 2 MB.
PROBLEMS_KEPT = 16
_READ: dict[tuple[int, str, int | None], planner.Problem] = {}


@dataclass(frozen=True)
class Course:
    """A plan with the problem that it answers, and what follows from the two."""

    problem: planner.Problem
    plan: planner.Plan

    @cached_property
    def days(self) -> tuple[planner.DayTimes, ...]:
        """Drives, stops and rest of every day."""
        return planner.timeline(self.problem, self.plan)

    @cached_property
    def account(self) -> planner.Account:
        """The lines of its worth."""
        return planner.account(self.problem, self.plan)

    @cached_property
    def breaches(self) -> list[planner.Breach]:
        """The rules that it breaks, by day."""
        return planner.check(self.problem, self.plan)

    @cached_property
    def warnings(self) -> list[planner.Caution]:
        """Where it goes beyond an agreement, by day."""
        return planner.warnings(self.problem, self.plan)

    def starts(self) -> dict[str, datetime]:
        """The start of the first performance of every stop, by candidate."""
        first = self.problem.days[0].date
        return {
            stop.candidate: moment(first + timedelta(days=stop.day), stop.start_min)
            for stop in self.plan.stops
        }


@dataclass(frozen=True)
class Change:
    """A visit that lies elsewhere in another course: moved, new there (`was` is None) or gone (`becomes` is None)."""

    candidate: str
    was: datetime | None
    becomes: datetime | None

    @property
    def at(self) -> datetime:
        """The first moment that it is about."""
        return min(moment for moment in (self.was, self.becomes) if moment)


@dataclass(frozen=True)
class FullNight:
    """A night, by the day before it, that a plan spends where no bed is left; `draft`: its id until it is adopted."""

    tour: Tour
    place_id: int
    night: date
    draft: int | None = None


def changes(was: Mapping[str, datetime], becomes: Mapping[str, datetime]) -> list[Change]:
    """What differs between two courses, by the starts of their visits, in order of time."""
    found = (Change(one, was.get(one), becomes.get(one)) for one in was.keys() | becomes.keys())
    return sorted((one for one in found if one.was != one.becomes), key=lambda one: (one.at, one.candidate))


def course_of(proposal: Proposal) -> Course:
    """The course that a proposal proposes; it has a plan from the moment it is made."""
    return Course(problem_of(proposal), planner.Plan.from_json(proposal.plan))


def problem_of(proposal: Proposal) -> planner.Problem:
    """The problem of a proposal; read once, since it never changes and reading a large one takes 0.1 s."""
    key = (proposal.pk, proposal.fingerprint, proposal.parent_id)
    known = _READ.get(key)
    if known is None:
        for oldest in list(_READ)[: len(_READ) + 1 - PROBLEMS_KEPT]:
            _READ.pop(oldest, None)
        known = _READ[key] = planner.Problem.from_json(proposal.problem)
    return known


def stands(proposal: Proposal, tour: Tour) -> bool:
    """Whether nothing has changed since the plan was made, but for locks of stops to where the plan has them."""
    if make_brief(tour).fingerprint == proposal.fingerprint:
        return True
    fixed = {stop["candidate"] for stop in proposal.problem["fixed"]}
    starts = {one: at for one, at in course_of(proposal).starts().items() if one not in fixed}
    orders = [
        order
        for order in tour.instructions.all()
        if order.starts_at is None or starts.get(wish_name(order.wish_id)) != order.starts_at
    ]
    return make_brief(tour, orders=orders).fingerprint == proposal.fingerprint


def km_of(problem: planner.Problem, plan: planner.Plan) -> int:
    """What the plan drives, in whole kilometres."""
    return round(planner.account(problem, plan).km)


def as_agreed(tour: Tour, bookings: Iterable[Booking], adopted: Proposal | None) -> Course | None:
    """The course of the bookings that may still be played; None without any.

    As long as they stand where the adopted plan put them, that plan is the course, and breaks a rule where a town of
    its nights has been noted as full since. When a visit has moved or gone, drives and nights are worked out anew
    around those that are left, at their agreed times.

    Args:
        bookings: the tour's live ones, with their ground.
        adopted: the plan that was adopted last, with its problem and plan.

    Raises:
        NoRoad, ProblemError: a visit lies off every road or outside the tour's days.
    """
    starts = _starts(bookings)
    if not starts:
        return None
    return _as_adopted(tour, starts, adopted) or _drawn(_pinned(make_brief(tour).problem, tour, starts))


def as_driven(tour: Tour, visits: Sequence[Booking], adopted: Proposal | None) -> Course | None:
    """The same days of visits that are all confirmed, for whoever asks what is driven and slept; a third less to read.

    Whether each lies within the times that were wished for is not looked at: no breach tells of it.

    Args and Raises: as `as_agreed`.
    """
    starts = _starts(visits)
    if not starts:
        return None
    return _as_adopted(tour, starts, adopted) or _drawn(visits_alone(tour, visits))


def _as_adopted(tour: Tour, starts: Mapping[str, datetime], adopted: Proposal | None) -> Course | None:
    """The adopted plan over the beds of today, as long as it is what stands."""
    course = course_of(adopted) if adopted else None
    return with_beds_of_today(tour, course) if course and course.starts() == starts else None


def _drawn(problem: dict[str, Any]) -> Course:
    """The course of a problem in which everything is fixed: there is only one way to play it, and nights to choose."""
    read = planner.Problem.from_json(problem)
    return Course(read, planner.solve(read, seconds=0))


def with_beds_of_today(tour: Tour, course: Course) -> Course:
    """The course over the nights without beds as they are noted now; its plan stays as it is.

    Nights that no road leads to the place keep having none, whatever has been noted.
    """
    problem = course.problem
    beds = {
        place_of(place.id): place.id for place in problem.places if place.beds and place.id != problem.home
    }
    first, last = problem.days[0].date, problem.days[-1].date
    noted = nights_in(full_nights(beds, first, last), first, len(problem.days))
    known = {(place_of(place), day) for place, day in problem.no_beds}
    nights = sorted({*noted, *_cut_off(tour, problem, known.difference(noted))})
    no_beds = tuple(planner.NoBed(beds[place], day) for place, day in nights)
    return course if no_beds == problem.no_beds else Course(replace(problem, no_beds=no_beds), course.plan)


def _cut_off(tour: Tour, problem: planner.Problem, nights: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the nights, as (place id, number of the day before), that a closed road takes; else it was a note."""
    if not nights:
        return nights
    home = place_of(problem.home)
    ground = Place.objects.in_bulk({home, *(place for place, _day in nights)})
    try:
        roads = roads_of(tour, [point(ground.pop(home)), *map(point, ground.values())])
    except NoRoad:  # no road on any day by now: what the plan was made with stands
        return nights
    return nights.intersection(nights_in(roads.nights_cut_off(), problem.days[0].date, len(problem.days)))


def nights_planned(tour: Tour) -> list[tuple[int, date]]:
    """The nights of a tour as it is agreed, each as (id of its place, day before it), without those at home.

    Empty without visits, and where the days cannot be drawn; the board says why.
    """
    adopted = tour.proposals.filter(adopted_at__isnull=False).order_by("-adopted_at").first()
    try:
        course = as_agreed(tour, tour.bookings.reserving().with_ground(), adopted)
    except (NoRoad, planner.PlannerError):
        return []
    return list(_nights_away(course)) if course else []


def nights_in_full_places(tours: Iterable[Tour], full: FullNights) -> list[FullNight]:
    """The nights that tours as they are agreed spend in a full place, by date; four queries.

    Only an adopted plan that still stands can: where a visit has moved or gone, the nights are chosen anew, elsewhere.
    """
    by_pk = {tour.pk: tour for tour in tours}
    visits: dict[int, list[Booking]] = {}
    for booking in Booking.objects.reserving().filter(tour__in=by_pk).prefetch_related("performances"):
        visits.setdefault(booking.tour_id, []).append(booking)
    adopted = Proposal.objects.filter(tour=OuterRef("tour"), adopted_at__isnull=False).order_by("-adopted_at")
    plans = Proposal.objects.filter(tour__in=visits, pk=Subquery(adopted.values("pk")[:1]))
    found = [
        FullNight(by_pk[plan.tour_id], place, night)
        for plan in plans
        if (course := course_of(plan)).starts() == _starts(visits[plan.tour_id])
        for place, night in _nights_away(course)
        if night in full.get(place, ())
    ]
    return sorted(found, key=lambda one: (one.night, one.tour.pk))


def drafts_in_full_places(tours: Iterable[Tour], full: FullNights) -> list[FullNight]:
    """The nights that tours' newest plans spend in a full place, by date, where they have not been adopted."""
    by_pk = {tour.pk: tour for tour in tours}
    newest = Proposal.objects.filter(tour=OuterRef("tour")).exclude(kind=Proposal.Kind.WAY).order_by("-pk")
    plans = Proposal.objects.filter(tour__in=by_pk, adopted_at=None, pk=Subquery(newest.values("pk")[:1]))
    found = [
        FullNight(by_pk[plan.tour_id], place, night, plan.pk)
        for plan in plans
        for place, night in _nights_away(course_of(plan))
        if night in full.get(place, ())
    ]
    return sorted(found, key=lambda one: (one.night, one.tour.pk))


def _starts(bookings: Iterable[Booking]) -> dict[str, datetime]:
    return {candidate_id(booking=booking): booking.starts_at for booking in bookings}


def _nights_away(course: Course) -> Iterable[tuple[int, date]]:
    for day, place in zip(course.problem.days, course.plan.nights, strict=True):
        if place != course.problem.home:
            yield place_of(place), day.date


def _pinned(problem: dict[str, Any], tour: Tour, starts: dict[str, datetime]) -> dict[str, Any]:
    """The problem with nothing in it but these visits, each at its time."""
    fixed = [fixed_stop(candidate, tour, starts_at) for candidate, starts_at in starts.items()]
    candidates = [candidate for candidate in problem["candidates"] if candidate["id"] in starts]
    return {**problem, "candidates": candidates, "fixed": fixed, "baseline": []}
