"""An allotment published: each day of a production in a room becomes a school's wish, for tours to be planned from.

All or nothing, and only over the ground that the plan was computed on. As long as nothing is booked it can be taken
back.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Max, Min, Prefetch
from django.utils.translation import gettext as _

from bookings import allotment_notices as told
from bookings.allotment_briefs import groups_of, make_brief
from bookings.allotment_digests import digest_of
from bookings.allotment_ground import school_weeks, weeks_answered
from bookings.allotment_names import pk_of, unit_of
from bookings.allotting import lock, plan_of
from bookings.errors import PlanOutdated
from bookings.models import Booking
from bookings.planning import lock_lists
from tours import allotment as solver
from tours import frames, given_wishes
from tours.errors import NotNow, Refused
from tours.models import (
    Allotment,
    AllottedGroup,
    AllottedVisit,
    GradeAnswer,
    Production,
    Season,
    Tour,
    Wish,
    WishSpan,
)
from tours.windows import minute_of
from tours.wish_rules import (
    DAY_CLOSES_MIN,
    DAY_OPENS_MIN,
    EARLIEST,
    LATEST_AT_SCHOOL,
    Span,
    WishInput,
    spans_of_weeks,
)
from venues.models import Group, Organisation, School, User, Venue

#: Stages in which a tour of the production takes up what was allotted.
TAKES_UP = (Tour.Stage.DRAFT, Tour.Stage.OPEN)
#: Letters of a tour's name. Source: the column.
NAME_MAX = 120


@dataclass(frozen=True)
class Day:
    """A day of a production in a room: its shows in order, each with the groups that come to it."""

    production: Production
    venue: Venue
    number: int
    shows: tuple[tuple[Group, ...], ...]
    seats: int
    hows: Mapping[int, str]

    @property
    def groups(self) -> list[Group]:
        """All groups of the day."""
        return [group for show in self.shows for group in show]

    @property
    def keys(self) -> set[tuple[int, str]]:
        """The grades of schools that come: school id and grade."""
        return {(group.school_id, group.grade) for group in self.groups}


@dataclass(frozen=True)
class Publishing:
    """What publishing did, in numbers."""

    visits: int
    schools: int
    tours: int


def days_of(allotment: Allotment) -> list[Day]:
    """The days that its plan gives, by production and room; reads the groups as they are now."""
    plan = plan_of(allotment)
    groups: dict[tuple[int, str], list[Group]] = defaultdict(list)
    for group in groups_of(allotment).order_by("school_id", "grade", "name"):
        groups[(group.school_id, group.grade)].append(group)
    hows = {one.unit: one.how for one in plan.assignments}
    by_day: dict[tuple[str, str, int], list[solver.Show]] = defaultdict(list)
    for show in plan.shows:
        by_day[(show.production, show.site, show.day)].append(show)
    productions = Production.objects.select_related("rider", "ensemble__home", "ensemble__producer").in_bulk(
        {pk_of(production) for production, _site, _day in by_day}
    )
    venues = Venue.objects.with_ground().in_bulk({pk_of(site) for _production, site, _day in by_day})
    return [
        Day(
            production=productions[pk_of(production)],
            venue=venues[pk_of(site)],
            number=number,
            shows=tuple(_groups_in(show, groups) for show in sorted(shows, key=lambda show: show.number)),
            seats=max(show.seats for show in shows),
            hows={
                group.pk: hows[unit]
                for show in shows
                for unit, number in show.classes
                for group in groups[unit_of(unit)][number : number + 1]
            },
        )
        for (production, site, number), shows in sorted(by_day.items())
    ]


def _groups_in(show: solver.Show, groups: Mapping[tuple[int, str], Sequence[Group]]) -> tuple[Group, ...]:
    return tuple(
        group for unit, number in show.classes for group in groups[unit_of(unit)][number : number + 1]
    )


@transaction.atomic
def publish(allotment: Allotment, *, by: User, now: datetime, version: int | None = None) -> Publishing:
    """Make the plan's days wishes of the schools that receive, see that each production has a tour, and tell them.

    Raises:
        BoardChanged: somebody has changed it since that version.
        NotNow: it is published already, or has no plan.
        PlanOutdated: target, rules, groups, rooms, roads or answers have changed since it was computed.
        Refused: the plan gives nothing, or breaks a rule by hand, such as that those of a day have a week in common.
    """
    allotment = lock(allotment, version)
    _lock_groups(allotment)
    _check(allotment)
    days = days_of(allotment)
    answers = _answers(allotment)
    receivers = [_receiver(day) for day in days]
    _check_days(days)
    spans = [_spans(allotment.season, day, answers) for day in days]
    wishes = [
        _give(allotment, day, receiver, span, answers, by, now)
        for day, receiver, span in zip(days, receivers, spans, strict=True)
    ]
    tours, new = _tours(allotment.season, wishes)
    allotment.state, allotment.published_at, allotment.published_by = Allotment.State.PUBLISHED, now, by
    allotment.save(update_fields=["state", "published_at", "published_by"])
    told.given(allotment, standing_visits(allotment), tours, now)
    schools = {group.school_id for day in days for group in day.groups}
    return Publishing(len(days), len(schools), len(new))


@transaction.atomic
def take_back(allotment: Allotment, *, by: User, now: datetime, version: int | None = None) -> int:
    """Withdraw what it gave, as long as nothing of it is booked; how many visits. The plan can be changed again.

    Draft tours that were made for it stay: they are their producers', and take up what is published next.

    Raises:
        BoardChanged: as `publish`.
        NotNow: it is not published, or a visit is held, offered or agreed.
    """
    allotment = lock(allotment, version)
    if allotment.state != Allotment.State.PUBLISHED:
        raise NotNow(_("It is not published."), allotment=allotment.pk)
    visits = standing_visits(allotment)
    lock_lists([visit.wish for visit in visits])
    given_wishes.lock([visit.wish for visit in visits])
    booked = Booking.objects.live().filter(wish__allotted__allotment=allotment).with_ground().first()
    if booked:
        raise NotNow(
            _("%(production)s at %(presenter)s is %(state)s already. Release what is booked first.")
            % {
                "production": booked.tour.production,
                "presenter": booked.presenter,
                "state": booked.get_status_display(),
            },
            booking=booked.pk,
        )
    tours = {tour.production_id: tour for tour in _standing_tours(allotment.season)}
    given_wishes.take_back([visit.wish for visit in visits], now=now)
    told.taken_back(allotment, visits, tours, now)
    allotment.state, allotment.published_at, allotment.published_by = Allotment.State.DONE, None, None
    allotment.save(update_fields=["state", "published_at", "published_by"])
    return len(visits)


def standing_visits(allotment: Allotment) -> list[AllottedVisit]:
    """What it has given and nobody has withdrawn, with its groups."""
    found = allotment.visits.filter(wish__withdrawn_at=None).select_related(
        "wish__organisation",
        "wish__production__ensemble__producer",
        "wish__venue__place",
        "wish__venue__organisation",
        "wish__season",
    )
    groups = AllottedGroup.objects.select_related("group__school__organisation")
    return list(found.prefetch_related(Prefetch("groups", groups)))


def is_outdated(allotment: Allotment) -> bool:
    """Whether its rules, or what its schools, rooms and productions tell, have changed since it was computed."""
    return allotment.is_stale or _has_moved(allotment)


def _lock_groups(allotment: Allotment) -> None:
    """Whoever writes groups locks their school first: none is changed after the look at the ground."""
    schools = School.objects.filter(organisation__municipality__in=allotment.municipalities.all())
    list(schools.select_for_update(of=("self",), no_key=True).order_by("pk").only("pk"))


def _check(allotment: Allotment) -> None:
    if allotment.state == Allotment.State.PUBLISHED:
        raise NotNow(_("It is published already."), allotment=allotment.pk)
    if not allotment.is_finished:
        raise NotNow(_("There is no plan yet. Compute one first."), allotment=allotment.pk)
    if is_outdated(allotment):
        raise PlanOutdated(
            _(
                "Groups, rooms, answers or rules have changed since it was computed. Compute it again, then publish."
            ),
            allotment=allotment.pk,
        )
    problem = solver.Problem.from_json(allotment.problem)
    plan = plan_of(allotment)
    if solver.check(problem, plan):
        raise Refused(
            _("The plan breaks rules where it was changed by hand. Change that or undo it, then publish."),
            allotment=allotment.pk,
        )
    if not plan.assignments:
        raise Refused(_("The plan gives nobody anything, so there is nothing to publish."))


def _has_moved(allotment: Allotment) -> bool:
    """Whether the ground is another than the plan's; the brief is written only where rows have changed."""
    if allotment.ground_digest and digest_of(allotment) == allotment.ground_digest:
        return False
    return make_brief(allotment).fingerprint != allotment.fingerprint


def _check_days(days: Iterable[Day]) -> None:
    for day in days:
        earliest, latest = _hours(day)
        if earliest > latest:
            raise Refused(
                _(
                    "%(production)s takes so long to set up and play that it cannot be played in a school's morning."
                )
                % {"production": day.production},
                production=day.production.pk,
            )


def _answers(allotment: Allotment) -> dict[tuple[int, str], GradeAnswer]:
    return {(row.school_id, row.grade): row for row in allotment.season.grade_answers.all()}


def _weeks(
    weeks: set[tuple[int, int]],
    keys: Iterable[tuple[int, str]],
    answers: Mapping[tuple[int, str], GradeAnswer],
) -> list[tuple[int, int]]:
    """Those of the season's weeks in which all of these grades of schools can."""
    told = [weeks_answered(answers.get(key), weeks) for key in keys]
    return sorted(weeks.intersection(*(named for named in told if named is not None)))


def _hours(day: Day) -> tuple[time, time]:
    """Between which times of a school's morning the first of the day's shows may start."""
    production, rider, count = day.production, day.production.rider, len(day.shows)
    first = max(minute_of(EARLIEST), DAY_OPENS_MIN + rider.get_in_min)
    last = min(minute_of(LATEST_AT_SCHOOL), DAY_CLOSES_MIN - rider.get_out_min - production.show_min(count))
    return time(*divmod(first, 60)), time(*divmod(max(last, 0), 60))


def _spans(season: Season, day: Day, answers: Mapping[tuple[int, str], GradeAnswer]) -> tuple[Span, ...]:
    return spans_of_weeks(
        _weeks(school_weeks(season), day.keys, answers), *_hours(day), season, Wish.Audience.SCHOOL
    )


def _receiver(day: Day) -> Organisation:
    """The school whose room it is; in another's room the school with most pupils there."""
    pupils: dict[School, int] = defaultdict(int)
    for group in day.groups:
        pupils[group.school] += group.pupils_count
    own = [school for school in pupils if school.organisation_id == day.venue.organisation_id]
    return (own or sorted(pupils, key=lambda school: (-pupils[school], school.pk)))[0].organisation


def _give(
    allotment: Allotment,
    day: Day,
    receiver: Organisation,
    spans: tuple[Span, ...],
    answers: Mapping[tuple[int, str], GradeAnswer],
    by: User,
    now: datetime,
) -> Wish:
    first_of: set[tuple[int, str]] = set()
    coming = []
    for number, groups in enumerate(day.shows, 1):
        for group in groups:
            key = (group.school_id, group.grade)
            needs = dict(answers[key].needs) if key in answers and key not in first_of else {}
            first_of.add(key)
            coming.append(given_wishes.Coming(group, number, needs))
    data = WishInput(
        production=day.production,
        venue=day.venue,
        rank=1,
        is_reserve=False,
        shows_count=len(day.shows),
        audience=Wish.Audience.SCHOOL,
        audience_expected=day.seats,
        spans=spans,
    )
    wish = given_wishes.give(allotment.season, receiver, data, coming, by=by, now=now)
    visit = AllottedVisit.objects.create(allotment=allotment, wish=wish, day_number=day.number)
    AllottedGroup.objects.bulk_create(
        AllottedGroup(
            visit=visit,
            group=one.group,
            show_number=one.show_number,
            how=day.hows[one.group.pk],
            pupils_count=one.group.pupils_count,
            adults_count=one.group.adults_count,
        )
        for one in coming
    )
    return wish


def _standing_tours(season: Season) -> list[Tour]:
    return list(
        Tour.objects.with_ground().filter(season=season, stage__in=TAKES_UP).order_by("starts_on", "pk")
    )


def _tours(season: Season, wishes: Iterable[Wish]) -> tuple[dict[int, Tour], list[Tour]]:
    """The tour of each production that takes the wishes up, by production; and those that had to be made."""
    tours = {tour.production_id: tour for tour in reversed(_standing_tours(season))}
    by_production: dict[Production, list[Wish]] = defaultdict(list)
    for wish in wishes:
        by_production[wish.production].append(wish)
    new = []
    for production, those in by_production.items():
        if production.pk not in tours:
            tours[production.pk] = _draft(season, production, those)
            new.append(tours[production.pk])
    return {pk: tour for pk, tour in tours.items() if pk in {p.pk for p in by_production}}, new


def _draft(season: Season, production: Production, wishes: Iterable[Wish]) -> Tour:
    """A draft over the days in which the schools can; of a longer time its first part, for the producer to move."""
    whole = WishSpan.objects.filter(wish__in=wishes).aggregate(first=Min("starts_on"), last=Max("ends_on"))
    first = whole["first"]
    last = min(whole["last"], first + timedelta(days=frames.DAYS_MAX - 1))
    name = f"{production}, {season}"[:NAME_MAX]
    return frames.create_tour(production, season, frames.Frame(name=name, starts_on=first, ends_on=last))
