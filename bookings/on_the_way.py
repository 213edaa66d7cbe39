"""Who else could be played on a day of a tour: open wishes and presenters that suit, by what they add to the plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bookings.availability import Availability
from bookings.briefing import make_brief, place_key, place_of, visit_minutes, worth
from bookings.candidates import candidate_id, presenter_name
from bookings.matching import Match, suggest
from bookings.standing import Course
from tours import planner, wish_rules
from tours.models import Proposal, Tour, Wish
from tours.roads import TourRoads, roads_of
from tours.windows import Span, even_windows, minute_of
from venues.errors import NoRoad
from venues.models import Place, Venue
from venues.travel import TravelPoint, point

T = TypeVar("T")
#: Why a wish is left out of a problem although nobody has said no to it: it has no day on this tour.
ASKABLE = "no_day"


@dataclass(frozen=True)
class Ground:
    """A tour's course, every visit fixed where it is: what is tried beside them does not move them.

    Attributes:
        answered: the wishes that were answered no, left out or do not fit their room.
        hosts: the presenters that have a visit of the tour.
    """

    tour: Tour
    problem: planner.Problem
    plan: planner.Plan
    answered: frozenset[int]
    hosts: frozenset[int]

    def date_of(self, day: int) -> date:
        """The date of a day of the problem."""
        return self.problem.days[day].date

    @property
    def played(self) -> set[str]:
        """The planner's names of what is played."""
        return {stop.candidate for stop in self.plan.stops}


@dataclass(frozen=True)
class Suggestion:
    """One who could be played on a day: who suits and why, and what the planner says.

    Attributes:
        is_given: whether the wish itself has given the day; False where it would have to be asked.
    """

    match: Match
    found: planner.OnTheWay
    is_given: bool


def ground_of(tour: Tour, course: Course, shown: Proposal | None) -> Ground:
    """The ground of a plan that is being considered, or of what has been agreed.

    Args:
        shown: the plan that the course is of; None for what has been agreed.

    Raises:
        NoRoad, ProblemError: see `standing.as_agreed`.
    """
    problem, excluded = course.problem, shown.excluded if shown else []
    if shown is None or shown.adopted_at:
        brief = make_brief(tour)
        problem, excluded = planner.Problem.from_json(brief.problem), brief.excluded
    answered = frozenset(row["wish"] for row in excluded if row["reason"] != ASKABLE)
    hosts = frozenset(tour.bookings.live().values_list("presenter", flat=True))
    return Ground(tour, pinned(problem, course.plan), course.plan, answered, hosts)


def pinned(problem: planner.Problem, plan: planner.Plan) -> planner.Problem:
    """The problem with everything that the plan plays fixed at its time."""
    return replace(problem, fixed=planner.fixed_at(plan.stops), baseline=())


def suggestions(ground: Ground, day: int) -> list[Suggestion]:
    """Everybody who could be played on a day beside its visits, the shortest detour first.

    Open wishes are tried on the days that they have given, and within their hours on those that they have not;
    presenters without a wish with one show, at the hours that a new wish begins with. Closures, school breaks and other
    visits are kept. Who does not fit comes last.

    Args:
        day: number of a day of the ground's problem.
    """
    tour = ground.tour
    matches = {
        _name(match): match
        for match in suggest(tour.production, tour.season, on=ground.date_of(day))
        if _is_open(ground, match)
    }
    given = {one.id for one in ground.problem.candidates if any(w.day == day for w in one.windows)}
    problem, asked = _asking(ground, {n: m for n, m in matches.items() if n not in given}, day)
    found = planner.on_the_way(problem, ground.plan, day, asked)
    return [
        Suggestion(matches[one.candidate], one, one.candidate in given)
        for one in found
        if one.candidate in matches
    ]


def _name(match: Match) -> str:
    return candidate_id(wish=match.wish) if match.wish else presenter_name(match.organisation.pk)


def _is_open(ground: Ground, match: Match) -> bool:
    """Whether nobody has said no, nothing is played there yet, and an open road leads there on the day."""
    if not match.is_reached:
        return False
    if match.wish:
        return match.wish.pk not in ground.answered and _name(match) not in ground.played
    return match.organisation.pk not in ground.hosts


def _asking(
    ground: Ground, matches: Mapping[str, Match], day: int
) -> tuple[planner.Problem, list[planner.Candidate]]:
    """The problem with the places of those who would be asked, and these as candidates of the day."""
    windows = _windows(ground, matches, day)
    problem = with_places(
        ground.problem, ground.tour, [match.venue for name, match in matches.items() if windows[name]]
    )
    known = {place.id for place in problem.places}
    asked = [
        planner.Candidate(
            id=name,
            place=place_key(point(match.venue)),
            value=worth(ground.tour, match.wish) if match.wish else _fee(ground.tour),
            performances=_shows(match),
            group=None,
            windows=tuple(windows[name]),
            **visit_minutes(ground.tour, _shows(match), vars(problem.rules)),
        )
        for name, match in matches.items()
        if windows[name] and place_key(point(match.venue)) in known
    ]
    return problem, asked


def _shows(match: Match) -> int:
    return match.wish.shows_count if match.wish else 1


def _fee(tour: Tour) -> int:
    """What a visit brings that nobody has wished for: its fee alone."""
    return round(tour.production.price_of(1))


def _windows(ground: Ground, matches: Mapping[str, Match], day: int) -> dict[str, list[planner.Window]]:
    """When each could start on the day, if asked."""
    on = ground.date_of(day)
    wishes = {name: match.wish or _as_if(ground.tour, match) for name, match in matches.items()}
    ground_rules = Availability(ground.tour, list(wishes.values()))
    return {
        name: [
            planner.Window(day, low, high)
            for _day, low, high in even_windows(ground_rules.windows_within(wish, [hours_of(wish, on)]))
        ]
        for name, wish in wishes.items()
    }


def _as_if(tour: Tour, match: Match) -> Wish:
    """The wish that a presenter has not made; never saved."""
    is_school = hasattr(match.organisation, "school")
    return Wish(
        production=tour.production,
        season=tour.season,
        organisation=match.organisation,
        venue=match.venue,
        shows_count=1,
        audience=Wish.Audience.SCHOOL if is_school else Wish.Audience.PUBLIC,
    )


def hours_of(wish: Wish, on: date) -> Span:
    """The day with the hours that the wish has on its other days, else those that a new wish begins with."""
    spans = list(wish.spans.all()) if wish.pk else []
    if spans:
        low, high = min(span.earliest for span in spans), max(span.latest for span in spans)
    else:
        is_school = wish.audience == Wish.Audience.SCHOOL
        low = wish_rules.EARLIEST
        high = wish_rules.LATEST_AT_SCHOOL if is_school else wish_rules.LATEST
    return Span(on, on, minute_of(low), minute_of(high))


def with_places(problem: planner.Problem, tour: Tour, venues: Iterable[Venue]) -> planner.Problem:
    """The problem with the venues' places and the roads to them; those that no road reaches stay out."""
    known = {place.id for place in problem.places}
    further = {place_key(where): where for where in map(point, venues)}
    wanted = [where for key, where in further.items() if key not in known]
    kept = _points(problem)
    while wanted:
        try:
            roads = roads_of(tour, [*kept, *wanted])
        except NoRoad as error:
            lost = {error.lost_id} & {where.place_id for where in wanted} or {error.start_id, error.end_id}
            left = [where for where in wanted if where.place_id not in lost]
            if len(left) == len(wanted):
                raise
            wanted = left
        else:
            own, others = planner.in_spans(_larger(problem, roads))
            return replace(
                problem,
                places=(*problem.places, *_places(wanted)),
                drive_min=own.minutes,
                drive_km=own.km,
                other_roads=others,
            )
    return problem


def _larger(problem: planner.Problem, roads: TourRoads) -> list[planner.Drives]:
    """By day, the drives between all points of the roads; those that the problem knows as it knows them."""
    kinds = list(zip(problem.book_of, roads.spell_of, strict=True))
    drives = roads.drives
    larger = {(book, spell): _grown(problem.road_books[book], drives[spell]) for book, spell in set(kinds)}
    return [larger[kind] for kind in kinds]


def _points(problem: planner.Problem) -> list[TravelPoint]:
    """The problem's places as points of the road table, in their order."""
    ground = Place.objects.in_bulk({place_of(place.id) for place in problem.places})
    points = []
    for place in problem.places:
        town, (_key, _at, spot) = ground[place_of(place.id)], place.id.partition("@")
        lat, lon = map(float, spot.split(",")) if spot else (None, None)
        points.append(point(Venue(name=place.name, place=town, lat=lat, lon=lon) if spot else town))
    return points


def _places(points: Sequence[TravelPoint]) -> list[planner.Place]:
    """Places that can be played in, but not slept at: the beds of the tour are chosen already."""
    towns = Place.objects.select_related("municipality").in_bulk({where.place_id for where in points})
    return [
        planner.Place(
            id=place_key(where),
            name=towns[where.place_id].name if where.spot is None else where.name,
            municipality=towns[where.place_id].municipality.code,
            beds=False,
        )
        for where in points
    ]


def _grown(known: planner.Drives, larger: planner.Drives) -> planner.Drives:
    """Larger tables with the known ones as their upper left corners."""
    return planner.Drives(_cornered(known.minutes, larger.minutes), _cornered(known.km, larger.km))


def _cornered(table: Sequence[Sequence[T]], larger: Sequence[Sequence[T]]) -> tuple[tuple[T, ...], ...]:
    size = len(table)
    return tuple((*table[i], *row[size:]) if i < size else tuple(row) for i, row in enumerate(larger))
