"""Which presenters suit a production, and which productions a presenter: scores in named parts, with reasons.

Each part is a number from 0 to 1 with a sentence; the score is their weighted mean, 0 to 100. The weights and
the measures are the house's own choice (no source prescribes them); `suggest` takes other weights for a call.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bookings.models import Performance
from tours.models import Production, Season, Wish
from tours.rooms import RiderLine, Verdict, capacity_of, room_check, verdict_of
from venues import travel
from venues.dates import duration_text, money_text
from venues.errors import NoRoad
from venues.grades import ages_of
from venues.models import Municipality, Organisation, Place, School, Venue

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

#: How much each part counts; they need not add up to 100. Source: the house's choice.
#:   rank      how high the presenter ranked it: 1 for the first, down to 0 past the longest list; half as a reserve
#:   room      share of the rider's lines that the room is known to fit; 0 as soon as one does not fit
#:   audience  share of the production's places that would be used
#:   equity    how little the municipality has had, beside the one that has had most
#:   distance  how near the nearest other wish is: 1 in the same place, 0 from FAR_MIN on
#:   price     how low the price a head is, beside the lowest of all
WEIGHTS: Mapping[str, int] = {
    "rank": 30,
    "room": 25,
    "audience": 15,
    "equity": 15,
    "distance": 10,
    "price": 5,
}
#: A drive from which being near counts nothing: a third of a working day. Source: the house's choice.
FAR_MIN = 160
#: What counts where nothing can be said of a municipality: neither for nor against. Source: the house's choice.
NEUTRAL = 0.5
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
    pairs = [_Pair(production, wish.organisation, wish.venue, wish) for wish in wishes]
    pairs += [_Pair(production, host, venue, None) for host, venue in further if venue]
    ground = _Ground(season, pairs, wishes, on or season.starts_on, [production.ensemble.home])
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
            pairs.append(_Pair(production, organisation, venue, wish))
    ground = _Ground(season, pairs, wishes, on or season.starts_on, [pair.venue for pair in pairs])
    return _ranked(pairs, ground, weights)


class _Pair:
    """A production in a room, with or without a wish, and what follows from these alone."""

    def __init__(
        self, production: Production, organisation: Organisation, venue: Venue, wish: Wish | None
    ) -> None:
        self.production, self.organisation, self.venue, self.wish = production, organisation, venue, wish
        audience = wish.audience_expected if wish else None
        self.lines = room_check(production.rider, production, venue, audience=audience)
        self.is_impossible = verdict_of(self.lines) == Verdict.DOES_NOT_FIT
        room = capacity_of(venue)
        self.audience = wish.audience_expected if wish else room and min(room, production.audience_max)
        self.shows_count = wish.shows_count if wish else 1

    @property
    def price_a_head(self) -> Decimal | None:
        if not self.audience:
            return None
        return self.production.price_of(self.shows_count) / (self.audience * self.shows_count)


class _Ground:
    """What the parts need to know beyond the pair: roads, other wishes, who has had how much."""

    def __init__(
        self,
        season: Season,
        pairs: Sequence[_Pair],
        wishes: Sequence[Wish],
        on: date,
        centre: Iterable[Place | Venue],
    ) -> None:
        self.season = season
        self.wishes = wishes
        homes = [pair.production.ensemble.home for pair in pairs]
        venues = [pair.venue for pair in pairs] + [wish.venue for wish in wishes]
        self.drives = _Drives([*centre, *homes, *venues], on)
        self.equity = _Equity(season)
        self.lowest_prices: dict[str, Decimal] = {}
        for pair in pairs:
            price, currency = pair.price_a_head, pair.production.currency
            if price and price < self.lowest_prices.get(currency, price + 1):
                self.lowest_prices[currency] = price

    def reaches(self, pair: _Pair) -> bool:
        """Whether the ensemble can drive there."""
        return self.drives.minutes(pair.production.ensemble.home, pair.venue) is not None

    def nearest(self, pair: _Pair) -> tuple[int, Wish] | None:
        """Minutes to the nearest other presenter that wishes for the same production, and its wish."""
        found = [
            (minutes, wish.organisation.name, wish.pk, wish)
            for wish in self.wishes
            if wish.production_id == pair.production.pk and wish.organisation_id != pair.organisation.pk
            if (minutes := self.drives.minutes(wish.venue, pair.venue)) is not None
        ]
        minutes, _name, _pk, wish = min(found, default=(0, "", 0, None))
        return (minutes, wish) if wish else None


class _Drives:
    """Minutes between places and venues. Those that the first point can not reach are left out."""

    def __init__(self, spots: Iterable[Place | Venue], on: date) -> None:
        points = {spot: travel.point(spot) for spot in spots}  # reckoned once: a venue's own leg is dear
        left = list(dict.fromkeys(points.values()))
        table = None
        while left and not table:
            try:
                table = travel.travel_table(left, on=on)
            except NoRoad as error:
                left = [point for point in left if point.place_id != error.lost_id]
        row = {point: index for index, point in enumerate(left)}
        self.rows = {spot: row[point] for spot, point in points.items() if point in row}
        self.table = table.drive_min if table else []

    def minutes(self, start: Place | Venue, end: Place | Venue) -> int | None:
        """How long the drive takes; None without a road."""
        here, there = self.rows.get(start), self.rows.get(end)
        return None if here is None or there is None else self.table[here][there]


class _Equity:
    """Confirmed performances per 1,000 inhabitants, by municipality, in the season and the one before it."""

    def __init__(self, season: Season) -> None:
        seasons = [season, *Season.objects.before(season)[:1]]
        counted = Performance.objects.counted().filter(booking__tour__season__in=seasons)
        grouped = counted.order_by().values_list("booking__venue__place__municipality")
        self.played: dict[int, int] = dict(grouped.annotate(count=Count("pk")))
        ground = Municipality.objects.filter(Q(region=season.region_id) | Q(pk__in=self.played))
        self.most, self.who = max(
            ((self.rate(town) or 0, town.name) for town in ground.order_by("name")), default=(0.0, "")
        )

    def rate(self, municipality: Municipality) -> float | None:
        """Performances per 1,000 inhabitants, or None where nobody has said how many live there."""
        people = municipality.population
        return 1000 * self.played.get(municipality.pk, 0) / people if people else None


def _ranked(pairs: Iterable[_Pair], ground: _Ground, weights: Mapping[str, int]) -> list[Match]:
    """Best first; without a wish only those that may fit and can be driven to."""
    kept = [pair for pair in pairs if pair.wish or (ground.reaches(pair) and not pair.is_impossible)]
    matches = [_match(pair, ground, weights) for pair in kept]
    return sorted(
        matches, key=lambda m: (-m.score, m.organisation.name, m.production.title, m.venue.name, m.venue.pk)
    )


def _match(pair: _Pair, ground: _Ground, weights: Mapping[str, int]) -> Match:
    parts = {}
    for name, judge in PARTS.items():
        value, reason = judge(pair, ground)
        parts[name] = Part(value, weights.get(name, 0), reason)
    whole = sum(part.weight for part in parts.values())
    earned = sum(part.weight * part.value for part in parts.values())
    score = round(100 * earned / whole) if whole else 0
    reached = ground.reaches(pair)
    return Match(pair.production, pair.organisation, pair.venue, pair.wish, score, parts, pair.lines, reached)


def _rank(pair: _Pair, ground: _Ground) -> tuple[float, str]:
    wish = pair.wish
    if wish is None:
        return 0, _("Has not wished for it")
    value = 1 - (wish.rank - 1) / max(ground.season.wishes_max, wish.rank)
    if wish.is_reserve:
        return value / 2, _("Reserve %(rank)d") % {"rank": wish.rank}
    return value, _("Wish number %(rank)d") % {"rank": wish.rank}


def _room(pair: _Pair, ground: _Ground) -> tuple[float, str]:
    verdicts = [line.verdict for line in pair.lines]
    if wrong := [line.label for line in pair.lines if line.verdict == Verdict.DOES_NOT_FIT]:
        return 0, _("Does not fit: %(lines)s") % {"lines": ", ".join(wrong).lower()}
    fitting, unknown = verdicts.count(Verdict.FITS), verdicts.count(Verdict.UNKNOWN)
    reason = _("%(fitting)d of %(all)d needs fit") % {"fitting": fitting, "all": len(verdicts)}
    if unknown:
        reason += ", " + _("%(count)d unknown") % {"count": unknown}
    return fitting / len(verdicts), reason


def _audience(pair: _Pair, ground: _Ground) -> tuple[float, str]:
    most = pair.production.audience_max
    if pair.audience is None:
        return 0, _("Nobody has said how many the room takes")
    if pair.audience > most:
        told = {"count": pair.audience, "most": most}
        return 0, _("Expects %(count)d, more than the %(most)d that the production takes") % told
    expects = _("Expects %(count)d of %(most)d") if pair.wish else _("The room takes %(count)d of %(most)d")
    return pair.audience / most, expects % {"count": pair.audience, "most": most}


def _equity(pair: _Pair, ground: _Ground) -> tuple[float, str]:
    municipality = pair.venue.place.municipality
    rate, most = ground.equity.rate(municipality), ground.equity.most
    if rate is None:
        return NEUTRAL, _("Nobody has said how many live in %(name)s") % {"name": municipality}
    if not most:
        return NEUTRAL, _("No municipality has had a confirmed show yet")
    return 1 - rate / max(most, rate), _(
        "%(name)s has had %(rate)s shows per 1,000 inhabitants; the most is %(most)s in %(who)s"
    ) % {
        "name": municipality,
        "rate": number_format(round(rate, 2)),
        "most": number_format(round(most, 2)),
        "who": ground.equity.who,
    }


def _distance(pair: _Pair, ground: _Ground) -> tuple[float, str]:
    from_home = ground.drives.minutes(pair.production.ensemble.home, pair.venue)
    if from_home is None:
        return 0, _("No open road leads there")
    if nearest := ground.nearest(pair):
        minutes, wish = nearest
        reason = _("%(time)s from %(who)s, who also wishes") % {
            "time": duration_text(minutes),
            "who": wish.organisation,
        }
    else:
        minutes = from_home
        reason = _("No other wish yet; %(time)s from %(home)s") % {
            "time": duration_text(minutes),
            "home": pair.production.ensemble.home,
        }
    return max(0.0, 1 - minutes / FAR_MIN), reason


def _price(pair: _Pair, ground: _Ground) -> tuple[float, str]:
    price, currency = pair.price_a_head, pair.production.currency
    if price is None:
        return 0, _("Nobody has said how many the room takes")
    value = float(ground.lowest_prices[currency] / price) if price else 1.0
    return value, _("%(price)s a head") % {"price": money_text(round(price), currency)}


#: The parts in the order in which they are shown.
PARTS = {
    "rank": _rank,
    "room": _room,
    "audience": _audience,
    "equity": _equity,
    "distance": _distance,
    "price": _price,
}


def _wishes(season: Season, productions: Sequence[Production]) -> "QuerySet[Wish]":
    standing = Wish.objects.standing().filter(season=season, production__in=productions)
    return standing.with_ground().order_by("organisation__name", "pk")


def _hosts(season: Season) -> "QuerySet[Organisation]":
    """Presenters, schools and libraries of the season's region, with their rooms."""
    hosts = Organisation.objects.filter(region=season.region_id).with_role(*HOSTING)
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
