"""Which presenters suit a production, and which productions a presenter: scores in named parts, with reasons.

Each part is a number from 0 to 1 with a sentence; the score is their weighted mean, 0 to 100. The weights and
the measures are the house's own choice (no source prescribes them); `suggest` takes other weights for a call.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, prefetch_related_objects

from bookings.match_ground import Ground, Pair
from bookings.match_parts import PARTS
from tours.models import Production, Season, Wish
from tours.rooms import RiderLine, Verdict, capacity_of, room_check, verdict_of
from venues.grades import ages_of
from venues.models import Organisation, School, Venue

__all__ = [
    "WEIGHTS",
    "Match",
    "Part",
    "RiderLine",
    "Verdict",
    "room_check",
    "suggest",
    "suggest_productions",
    "verdict_of",
]

#: How much each part counts; together 110, and they need not add up to 100. Source: the house's choice.
#:   rank      how high the presenter ranked it: 1 for the first, down to 0 past the longest list; half as a reserve
#:   room      share of the rider's lines that the room is known to fit; 0 as soon as one does not fit
#:   audience  share of the production's places that would be used
#:   equity    how little the municipality has had, beside the one that has had most
#:   distance  how near the nearest other wish is: 1 in the same place, 0 from FAR_MIN on
#:   price     how low the price a head is, beside the lowest of all
#:   crew      how high the house's KulturCrew ranks it; neither for nor against where no crew has voted
WEIGHTS: Mapping[str, int] = {
    "rank": 30,
    "room": 25,
    "audience": 15,
    "equity": 15,
    "distance": 10,
    "price": 5,
    "crew": 10,
}
HOSTING = (Organisation.Role.PRESENTER, Organisation.Role.SCHOOL, Organisation.Role.LIBRARY)


@dataclass(frozen=True)
class Part:
    """One part of a score: its value from 0 to 1, its weight, and why."""

    value: float
    weight: int
    reason: str


@dataclass(frozen=True)
class Match:
    """A production in a presenter's room. `wish`: None if nobody has wished; `is_reached`: over roads open that day."""

    production: Production
    organisation: Organisation
    venue: Venue
    wish: Wish | None
    score: int
    parts: dict[str, Part]
    lines: list[RiderLine]
    is_reached: bool

    @property
    def verdict(self) -> Verdict:
        """Whether the production fits into the room."""
        return verdict_of(self.lines)


def suggest(
    production: Production,
    season: Season,
    *,
    on: date | None = None,
    weights: Mapping[str, int] = WEIGHTS,
) -> list[Match]:
    """Presenters for a production: everyone who wishes, and those who have not but whose room may do.

    A further presenter is left out when a line of the rider does not fit its best room, when no pupil of a
    school has the age, or when no road leads there. A wish is never left out: it says why it scores low.

    Args:
        on: the day whose open roads count; the season's first day if not given.
        weights: instead of WEIGHTS, by the same names; a part that is not named counts nothing.

    Returns:
        Best first; equal scores in the order of organisation, venue. Few queries, however many there are.
    """
    wishes = list(_wishes(season, [production]))
    wished = {wish.organisation_id for wish in wishes}
    further = [
        (host, _best_venue(host, production))
        for host in _hosts(season).exclude(pk__in=wished)
        if _suits_age(host, production)
    ]
    pairs = [Pair(production, wish.organisation, wish.venue, wish) for wish in wishes]
    pairs += [Pair(production, host, venue, None) for host, venue in further if venue]
    ground = Ground(season, pairs, wishes, on or season.starts_on, [production.ensemble.home])
    return _ranked(pairs, ground, weights)


def suggest_productions(
    organisation: Organisation,
    season: Season,
    *,
    on: date | None = None,
    weights: Mapping[str, int] = WEIGHTS,
) -> list[Match]:
    """Productions of the season's menu for a presenter, each in its best room; arguments as in `suggest`.

    Returns:
        Best first; equal scores in the order of titles. Productions that fit no room, suit no pupil's age or
        that no road brings here are left out, unless they are wished for. Empty without a venue.
    """
    menu = list(season.productions.select_related("ensemble__home", "rider").filter(rider__isnull=False))
    wishes = list(_wishes(season, menu))
    own = {wish.production_id: wish for wish in wishes if wish.organisation_id == organisation.pk}
    prefetch_related_objects([organisation], "venues__place__municipality", "school")
    pairs = []
    for production in menu:
        wish = own.get(production.pk)
        venue = wish.venue if wish else _best_venue(organisation, production)
        if venue and (wish or _suits_age(organisation, production)):
            pairs.append(Pair(production, organisation, venue, wish))
    ground = Ground(season, pairs, wishes, on or season.starts_on, [pair.venue for pair in pairs])
    return _ranked(pairs, ground, weights)


def _ranked(pairs: Iterable[Pair], ground: Ground, weights: Mapping[str, int]) -> list[Match]:
    """Best first; without a wish only those that may fit and can be driven to."""
    kept = [pair for pair in pairs if pair.wish or (ground.reaches(pair) and not pair.is_impossible)]
    matches = [_match(pair, ground, weights) for pair in kept]
    return sorted(
        matches, key=lambda m: (-m.score, m.organisation.name, m.production.title, m.venue.name, m.venue.pk)
    )


def _match(pair: Pair, ground: Ground, weights: Mapping[str, int]) -> Match:
    parts = {}
    for name, judge in PARTS.items():
        value, reason = judge(pair, ground)
        parts[name] = Part(value, weights.get(name, 0), reason)
    whole = sum(part.weight for part in parts.values())
    earned = sum(part.weight * part.value for part in parts.values())
    score = round(100 * earned / whole) if whole else 0
    reached = ground.reaches(pair)
    return Match(pair.production, pair.organisation, pair.venue, pair.wish, score, parts, pair.lines, reached)


def _wishes(season: Season, productions: Sequence[Production]) -> "QuerySet[Wish]":
    standing = Wish.objects.standing().filter(season=season, production__in=productions)
    return standing.with_ground().order_by("organisation__name", "pk")


def _hosts(season: Season) -> "QuerySet[Organisation]":
    """Presenters, schools and libraries of the season's region, with their rooms. A school that has ceased is none."""
    hosts = Organisation.objects.filter(region=season.region_id).with_role(*HOSTING)
    hosts = hosts.exclude(school__in=School.objects.ceased(season.starts_on))
    return hosts.select_related("school").prefetch_related("school__forms", "venues__place__municipality")


def _best_venue(host: Organisation, production: Production) -> Venue | None:
    """The room that fits best: fewest lines that do not fit, most that do, then the biggest."""
    rooms = [venue for venue in host.venues.all() if not venue.is_closed_down]
    return min(rooms, key=lambda venue: _unfitness(production, venue), default=None)


def _unfitness(production: Production, venue: Venue) -> tuple[int, int, int, str, int]:
    verdicts = [line.verdict for line in room_check(production.rider, production, venue)]
    wrong, fitting = verdicts.count(Verdict.DOES_NOT_FIT), verdicts.count(Verdict.FITS)
    return wrong, -fitting, -(capacity_of(venue) or 0), venue.name, venue.pk


def _suits_age(host: Organisation, production: Production) -> bool:
    """Whether a school has pupils of the production's ages; everybody else can find an audience.

    A school of which nobody has said the grades, or that has none, is not left out.
    """
    school: School | None = getattr(host, "school", None)
    ages = ages_of(school.grades) if school else None
    if ages is None:
        return True
    youngest, oldest = ages
    return production.age_min <= oldest and (production.age_max is None or youngest <= production.age_max)
