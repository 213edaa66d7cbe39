"""Days of a tour that are not played: whose visits that hits, their other days, and who could have one instead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import on_the_way
from bookings.briefing import fixed_stop, make_brief
from bookings.candidates import candidate_id
from bookings.models import Booking
from bookings.on_the_way import Suggestion
from bookings.placing import outside
from bookings.standing import Course
from tours import planner, reasons
from tours.models import Tour
from tours.reasons import Glossary
from tours.windows import moment
from venues.dates import moment_text

#: So many other days are told of each visit. Source: the house's choice; whoever telephones can read out so many.
DAYS_TOLD = 5


@dataclass(frozen=True)
class LostDay:
    """A tour's day, or several in a row, without some of its visits, as the planner sees it.

    Attributes:
        hits: the visits that are not played then, in order of time.
        problem: the tour's; nobody works on the lost days where the ensemble itself cannot.
        day: number of the first lost day.
        before: the same as it was when the visits were agreed.
        kept, missed: the stops of all other visits, and where those of the hits were agreed, in their order.
        days: numbers of the days on which the hits may be made up for.
    """

    tour: Tour
    hits: tuple[Booking, ...]
    problem: planner.Problem
    before: planner.Problem
    day: int
    kept: tuple[planner.Stop, ...]
    missed: tuple[planner.Stop, ...]
    days: tuple[int, ...]
    glossary: Glossary

    def stop(self, booking: Booking, starts_at: datetime) -> planner.Stop:
        """A visit at another time, as the planner names it."""
        return _stop(self.tour, booking, starts_at)

    def starts_at(self, stop: planner.Stop) -> datetime:
        """When the stop's first performance starts."""
        return moment(self.tour.starts_on + timedelta(days=stop.day), stop.start_min)


@dataclass(frozen=True)
class MakeUpDay(planner.OtherDay):
    """A legal other day, and where the tour then goes beyond agreements that only warn, and does not without it."""

    cautions: tuple[planner.Caution, ...]


@dataclass(frozen=True)
class Hit:
    """A visit that is hit, and the days on which it could be made up for.

    Attributes:
        chosen: the one that is looked at; None where it is not made up for.
        days: the cheapest ones that were asked for, and the chosen one.
        count: how many legal days there are.
        agreed: what the day that was agreed added to the tour without the visit; None where it breaks a rule by now.
        hindered: see `planner.MakeUp`.
    """

    booking: Booking
    chosen: planner.Stop | None
    days: tuple[MakeUpDay, ...]
    count: int
    agreed: planner.Beside | None
    hindered: planner.Hindrance | None


def hits_of(
    tour: Tour, on: date, now: datetime, *, only: int | None = None, until: date | None = None
) -> list[Booking]:
    """The visits of a day, or of several in a row, that may still be played, in order of time.

    Args:
        only: the id of the one visit that is meant; None for all of them.
        until: the last day; None for the one.
    """
    live = tour.bookings.reserving().with_ground().filter(occupied_to__gt=now)
    last = until or on
    return [b for b in live if on <= timezone.localdate(b.starts_at) <= last and only in (None, b.pk)]


def lost_day(
    tour: Tour, on: date, now: datetime, *, only: int | None = None, until: date | None = None
) -> LostDay:
    """The day, or the days, without their visits, or without the one whose presenter cannot receive it.

    Raises:
        NoRoad, PlannerError: the tour's visits cannot be drawn on its roads and days.
    """
    hits = hits_of(tour, on, now, only=only, until=until)
    live = list(tour.bookings.reserving().with_ground())
    others = [booking for booking in live if booking not in hits]
    problem = before = planner.Problem.from_json(make_brief(tour).problem)
    first, last = ((at - tour.starts_on).days for at in (on, until or on))
    taken = {(timezone.localdate(booking.starts_at) - tour.starts_on).days for booking in others}
    if only is None:
        problem = _closed(problem, set(range(first, last + 1)) - taken)
    names = {candidate_id(booking=booking): str(booking.presenter) for booking in live}
    return LostDay(
        tour=tour,
        hits=tuple(hits),
        problem=problem,
        before=before,
        day=first,
        kept=tuple(_stop(tour, booking, booking.starts_at) for booking in others),
        missed=tuple(_stop(tour, booking, booking.starts_at) for booking in hits),
        days=tuple(
            number
            for number, row in enumerate(problem.days)
            if not first <= number <= last and row.date > timezone.localdate(now)
        ),
        glossary=Glossary(tour.starts_on, names, tour.production.currency),
    )


def best_days(lost: LostDay) -> tuple[planner.Stop, ...]:
    """The cheapest other day for each hit that has one, legal together."""
    return planner.best_make_up(lost.problem, lost.kept, lost.missed, lost.days)


def fitting(
    lost: LostDay, chosen: Sequence[planner.Stop]
) -> tuple[tuple[planner.Stop, ...], tuple[planner.Clash, ...]]:
    """Those of the chosen stops that are legal together and on a day that may be chosen, and the others."""
    allowed = [stop for stop in chosen if stop.day in lost.days]
    good, clashing = planner.clashes(lost.problem, lost.kept, allowed)
    barred = (planner.Clash(stop, None) for stop in chosen if stop not in allowed)
    return good, (*barred, *clashing)


def outlook(lost: LostDay, chosen: Iterable[planner.Stop], told: int | None = DAYS_TOLD) -> list[Hit]:
    """Each visit that is hit with its other days, beside what has been chosen for the others.

    Args:
        chosen: legal together; see `best_days` and `fitting`.
        told: so many of the cheapest days; None for all.
    """
    taken = {stop.candidate: stop for stop in chosen}
    found = planner.make_up(lost.problem, lost.kept, lost.missed, lost.days, taken.values())
    rows = zip(lost.hits, lost.missed, found, strict=True)
    return [_hit(lost, booking, missed, made, taken, told) for booking, missed, made in rows]


def instead(lost: LostDay, chosen: Iterable[planner.Stop]) -> list[Suggestion]:
    """Who fits on the lost day in place of its visit: open wishes first, each kind by the shortest detour."""
    plan = planner.arranged(lost.problem, [*lost.kept, *chosen])
    ground = on_the_way.ground_of(lost.tour, Course(lost.problem, plan), None)
    missed = {booking.wish_id for booking in lost.hits if booking.wish_id}
    ground = replace(ground, answered=ground.answered | missed)
    suits = [one for one in on_the_way.suggestions(ground, lost.day) if one.found.detour]
    return sorted(suits, key=lambda one: one.match.wish is None)


def clash_text(lost: LostDay, clash: planner.Clash) -> str:
    """Whose chosen day does not fit, and which rule is in the way."""
    starts_at = lost.starts_at(clash.stop)
    if not lost.tour.has_day(timezone.localdate(starts_at)):
        return str(outside(lost.tour, "dates"))
    why = reasons.breach_text(clash.breach, lost.glossary) if clash.breach else ""
    return _("%(who)s cannot be played %(when)s. %(why)s Choose another day for it.") % {
        "who": lost.glossary.who([clash.stop.candidate]),
        "when": moment_text(starts_at),
        "why": why or _("The day or the time is not free, or does not fit beside the other days."),
    }


def _hit(
    lost: LostDay,
    booking: Booking,
    missed: planner.Stop,
    made: planner.MakeUp,
    taken: Mapping[str, planner.Stop],
    told: int | None,
) -> Hit:
    chosen = taken.get(made.candidate)
    days = [
        other
        for number, other in enumerate(made.days)
        if told is None or number < told or (chosen and other.day == chosen.day)
    ]
    others = [stop for name, stop in taken.items() if name != made.candidate]
    (agreed,) = planner.make_up(lost.before, [*lost.kept, *others], [missed], {missed.day}, [missed])
    return Hit(
        booking=booking,
        chosen=chosen,
        days=tuple(_warned(lost, others, days)),
        count=len(made.days),
        agreed=agreed.days[0].detour if agreed.days else None,
        hindered=made.hindered,
    )


def _warned(
    lost: LostDay, others: Iterable[planner.Stop], told: Iterable[planner.OtherDay]
) -> Iterator[MakeUpDay]:
    """Each day with what it adds to the cautions of the tour without the visit."""
    known: dict[tuple[str, str, int], int] = {}
    if lost.problem.agreements:
        before = planner.arranged(lost.problem, [*lost.kept, *others])
        known = {(c.agreement, c.rule, c.day): c.over for c in planner.warnings(lost.problem, before)}
    for other in told:
        found = planner.warnings(lost.problem, other.detour.plan) if lost.problem.agreements else []
        more = (c for c in found if c.over > known.get((c.agreement, c.rule, c.day), 0))
        yield MakeUpDay(other.day, other.detour, tuple(more))


def _stop(tour: Tour, booking: Booking, starts_at: datetime) -> planner.Stop:
    return planner.Stop(**fixed_stop(candidate_id(booking=booking), tour, starts_at))


def _closed(problem: planner.Problem, days: set[int]) -> planner.Problem:
    """The problem with no work on those days; a day off stays one."""
    return replace(
        problem,
        days=tuple(
            replace(row, kind="no_work") if number in days and row.kind == "work" else row
            for number, row in enumerate(problem.days)
        ),
    )
