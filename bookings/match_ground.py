"""What the parts of a match need to know: a production in a room, and the ground that all of these share."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from bookings.models import Performance
from tours import votes
from tours.models import Production, Season, Wish
from tours.rooms import Verdict, capacity_of, room_check, verdict_of
from venues import travel
from venues.errors import NoRoad
from venues.models import Municipality, Organisation, Place, Venue


class Pair:
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
        """What the ensemble costs for each head of the audience; None where nobody knows how many come."""
        if not self.audience:
            return None
        return self.production.price_of(self.shows_count) / (self.audience * self.shows_count)


class Ground:
    """What the parts need to know beyond the pair: roads, other wishes, who has had how much."""

    def __init__(
        self,
        season: Season,
        pairs: Sequence[Pair],
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
        self.votes = votes.places_by_house(season)
        self.lowest_prices: dict[str, Decimal] = {}
        for pair in pairs:
            price, currency = pair.price_a_head, pair.production.currency
            if price and price < self.lowest_prices.get(currency, price + 1):
                self.lowest_prices[currency] = price

    def reaches(self, pair: Pair) -> bool:
        """Whether the ensemble can drive there."""
        return self.drives.minutes(pair.production.ensemble.home, pair.venue) is not None

    def nearest(self, pair: Pair) -> tuple[int, Wish] | None:
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
