"""Several tours of a season planned around each other: ask for it, compute it, and what came of it.

Each tour gets a proposal of its own, made from its own problem: it is looked at, adopted and outdated like any other.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.briefing import Brief, make_brief
from bookings.candidates import candidate_id, wish_name
from bookings.leases import claimed, run_next
from bookings.models import Booking
from bookings.standing import km_of
from tours import planner
from tours.errors import Refused
from tours.models import Proposal, Season, SeasonRun, Tour, Wish
from venues.errors import NoRoad
from venues.models import User

log = structlog.get_logger("turne.planning")

#: Tours that may still be planned.
PLANNABLE = (Tour.Stage.DRAFT, Tour.Stage.OPEN)
#: Seconds beyond a run's own budget after which its worker is taken for dead. First plans and explanations take some
#: of it for each tour. Source: the house's choice, some five times what the demo's four tours take.
LEASE_MARGIN = 120


@dataclass(frozen=True)
class _Ground:
    """A tour with its problem, and who hosts each of its candidates."""

    tour: Tour
    brief: Brief
    problem: planner.Problem
    hosts: Mapping[str, int]
    schools: Collection[str]


def plannable(season: Season, user: User) -> "list[Tour]":
    """The tours of the season that the user may plan together, in order of their first day."""
    mine = Tour.objects.plannable_by(user).filter(season=season, stage__in=PLANNABLE)
    return list(mine.with_ground().order_by("starts_on", "pk"))


@transaction.atomic
def propose(
    season: Season,
    tours: Collection[Tour],
    *,
    by: User,
    seconds: int = 30,
    apart_days: int = 14,
    neighbour_km: int = 25,
) -> SeasonRun:
    """Ask for plans of several tours that respect each other; a worker makes them.

    Raises:
        Refused: no tour is chosen, one is not the season's or is under way, or a run of the season is waiting already.
    """
    Season.objects.select_for_update(no_key=True).get(pk=season.pk)  # two clicks wait for each other
    if not tours:
        raise Refused(_("Choose the tours to plan together."), field="tours")
    strange = [tour for tour in tours if tour.season_id != season.pk or tour.stage not in PLANNABLE]
    if strange:
        raise Refused(
            _("%(tour)s cannot be planned in %(season)s any more.") % {"tour": strange[0], "season": season},
            field="tours",
            tour=strange[0].pk,
        )
    working = (SeasonRun.State.QUEUED, SeasonRun.State.RUNNING)
    if SeasonRun.objects.filter(season=season, tours__in=tours, state__in=working).exists():
        raise Refused(_("These tours are being planned already. Wait until that is done."))
    made = SeasonRun.objects.create(
        season=season,
        seconds=seconds,
        apart_days=apart_days,
        neighbour_km=neighbour_km,
        requested_by=by,
    )
    made.tours.set(tours)
    return made


def run_queued(now: datetime) -> int:
    """Compute the oldest run that waits, or whose worker has died; 1 if there was one, else 0."""
    return run_next(SeasonRun.objects.order_by("requested_at", "pk"), LEASE_MARGIN, now, run)


def run(asked: SeasonRun) -> SeasonRun:
    """Plan the tours and give each its proposal. A failure is kept with its words; then there are no proposals."""
    try:
        grounds = [
            _ground(tour) for tour in Tour.objects.filter(season_runs=asked).with_ground().order_by("pk")
        ]
        planned = planner.plan_season(
            [_touring(ground) for ground in grounds], _manners(asked, grounds), seconds=asked.seconds
        )
    except (NoRoad, planner.PlannerError) as error:
        return _failed(asked, str(error))
    except Exception as error:
        log.exception("planning a season failed", run=asked.pk)
        return _failed(asked, f"{type(error).__name__}: {error}")
    return _finished(asked, grounds, planned)


def _ground(tour: Tour) -> _Ground:
    brief = make_brief(tour)
    asked = Wish.objects.filter(season=tour.season, production=tour.production)
    wishes = {candidate_id(wish=wish): wish for wish in asked}
    bookings = {candidate_id(booking=booking): booking for booking in tour.bookings.reserving()}
    problem = planner.Problem.from_json(brief.problem)
    named = [candidate.id for candidate in problem.candidates]
    return _Ground(
        tour=tour,
        brief=brief,
        problem=problem,
        hosts={
            name: wishes[name].organisation_id if name in wishes else bookings[name].presenter_id
            for name in named
        },
        schools={
            name for name in named if (wishes.get(name) or bookings[name]).audience == Wish.Audience.SCHOOL
        },
    )


def _touring(ground: _Ground) -> planner.Touring:
    hosts = {candidate: str(host) for candidate, host in ground.hosts.items()}
    return planner.Touring(str(ground.tour.pk), ground.problem, hosts)


def _manners(asked: SeasonRun, grounds: Iterable[_Ground]) -> planner.Manners:
    """What the tours owe each other: the run's own numbers, and visits of tours that are not in it."""
    planned = [ground.tour for ground in grounds]
    others = Booking.objects.reserving().filter(tour__season=asked.season).exclude(tour__in=planned)
    elsewhere: dict[str, list[date]] = {}
    for host, occupied_from in others.values_list("presenter_id", "occupied_from"):
        elsewhere.setdefault(str(host), []).append(timezone.localdate(occupied_from))
    return planner.Manners(
        apart_days=asked.apart_days,
        neighbours=frozenset(pair for ground in grounds for pair in _neighbours(ground, asked.neighbour_km)),
        elsewhere=elsewhere,
        reach=max((tour.municipality_bonus for tour in planned), default=0),
    )


def _neighbours(ground: _Ground, within_km: int) -> Iterable[frozenset[str]]:
    """Hosts that would share an audience: open performances so near by road on some day. A school's are its pupils."""
    index = {place.id: number for number, place in enumerate(ground.problem.places)}
    tables = [drives.km for drives in ground.problem.road_books]
    open_ones = [one for one in ground.problem.candidates if one.id not in ground.schools]
    for one, other in combinations(open_ones, 2):
        hosts = frozenset({str(ground.hosts[one.id]), str(ground.hosts[other.id])})
        far = min(km[index[one.place]][index[other.place]] for km in tables)
        if len(hosts) == 2 and far <= within_km:
            yield hosts


@transaction.atomic
def _finished(asked: SeasonRun, grounds: Iterable[_Ground], planned: planner.SeasonPlan) -> SeasonRun:
    """Write the proposals, unless this worker was taken for dead and another has taken the run over."""
    now = timezone.now()
    done = {
        "state": SeasonRun.State.DONE,
        "finished_at": now,
        "in_turn": planned.in_turn,
        "total": planned.total,
    }
    if claimed(asked).update(**done):
        asked.proposals.set([_proposal(asked, ground, planned, now) for ground in grounds])
    asked.refresh_from_db()
    return asked


def _proposal(asked: SeasonRun, ground: _Ground, planned: planner.SeasonPlan, now: datetime) -> Proposal:
    key = str(ground.tour.pk)
    return Proposal.objects.create(
        tour=ground.tour,
        state=Proposal.State.DONE,
        seconds=asked.seconds,
        problem=ground.brief.problem,
        fingerprint=ground.brief.fingerprint,
        excluded=ground.brief.excluded,
        plan=_told(planned.plans[key], planned.barred[key]).to_json(),
        km=km_of(ground.problem, planned.plans[key]),
        requested_by=asked.requested_by,
        finished_at=now,
    )


def _told(plan: planner.Plan, barred: Mapping[str, tuple[int, ...]]) -> planner.Plan:
    """The plan with the reasons of those whose every day was given away: the planner only saw that none was left."""

    def reason(one: planner.Unplaced) -> planner.Unplaced:
        if one.reason != "no_admissible_day":
            return one
        if one.candidate in barred:
            return replace(one, reason="visited_by_another", detail={"days": list(barred[one.candidate])})
        return replace(one, reason="neighbour_plays", detail={}) if not one.detail.get("days") else one

    return replace(plan, unplaced=tuple(map(reason, plan.unplaced)))


def _failed(asked: SeasonRun, why: str) -> SeasonRun:
    claimed(asked).update(state=SeasonRun.State.FAILED, error=why, finished_at=timezone.now())
    asked.refresh_from_db()
    return asked


def meetings(asked: SeasonRun) -> dict[int, list[tuple[date, Tour]]]:
    """For each host that more than one planned tour visits, the days and tours in order."""
    found: dict[int, list[tuple[date, Tour]]] = {}
    for proposal in asked.proposals.select_related("tour"):
        wishes = Wish.objects.filter(season=proposal.tour.season_id, production=proposal.tour.production_id)
        hosts = {wish_name(pk): host for pk, host in wishes.values_list("pk", "organisation_id")}
        for stop in (proposal.plan or {}).get("stops", ()):
            if host := hosts.get(stop["candidate"]):
                on = proposal.tour.starts_on + timedelta(days=stop["day"])
                found.setdefault(host, []).append((on, proposal.tour))
    several = {host: sorted(rows, key=lambda row: row[0]) for host, rows in found.items()}
    return {host: rows for host, rows in several.items() if len({tour.pk for _on, tour in rows}) > 1}
