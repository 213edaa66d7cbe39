"""How a season reaches the region: performances and audience by municipality, and who is left out.

The readings are at the end; everything above is arithmetic on plain values. A cancelled performance is never
counted, nor one that was reported as not played.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bookings import crews
from bookings.models import Performance
from tours.models import Season, Wish
from venues.models import Municipality, Organisation, Place, School

#: Who is young: an age group of the statistics ends here. Source: the groups 0-6, 7-12, 13-15 and 16-19 by
#: which performing arts are followed up.
YOUNG_UNTIL = 19
YOUNG_AUDIENCES = {Wish.Audience.SCHOOL, Wish.Audience.FAMILY}
#: The place of the county's residence stands in the municipality that "outside" is counted from.
RESIDENCE = "residensstad"


@dataclass(frozen=True)
class Count:
    """One performance as a report sees it. `audience` is None as long as nobody has told."""

    municipality: str
    presenter: int
    is_young: bool
    is_played: bool
    audience: int | None = None
    audience_young: int | None = None


@dataclass(frozen=True)
class Ground:
    """A municipality of the region. `inhabitants` is None when they are not known."""

    code: str
    name: str
    slug: str
    inhabitants: int | None
    source: str = ""


@dataclass
class Line:
    """What came to a municipality, or to all of them."""

    ground: Ground
    performances: int = 0
    played: int = 0
    young: int = 0
    audience: int = 0
    audience_young: int = 0
    reported: int = 0
    before: int = 0

    @property
    def per_thousand(self) -> float | None:
        """Performances for each 1,000 inhabitants; None when nobody knows how many live there."""
        return self.performances * 1000 / self.ground.inhabitants if self.ground.inhabitants else None

    @property
    def young_share(self) -> float | None:
        """The part of the performances that is for children and young people, 0 to 1; None of none."""
        return self.young / self.performances if self.performances else None

    @property
    def change(self) -> int:
        """How many more than in the season before."""
        return self.performances - self.before

    def add(self, count: Count) -> None:
        """Count one performance in."""
        self.performances += 1
        self.played += count.is_played
        self.young += count.is_young
        if count.audience is not None:
            self.reported += 1
            self.audience += count.audience
            self.audience_young += count.audience_young or 0


@dataclass
class Report:
    """A season in a region, a line for each municipality and one for all of them."""

    lines: list[Line]
    total: Line
    elsewhere: int = 0
    outside: int | None = None
    residence: Ground | None = None
    has_before: bool = False
    unvisited: Sequence[Organisation] = field(default_factory=list)
    by_crews: crews.Hosted = crews.Hosted(0, 0)

    @property
    def outside_share(self) -> float | None:
        """The part that is played outside the residence's municipality; None if nobody knows which it is."""
        if self.outside is None or not self.total.performances:
            return None
        return self.outside / self.total.performances

    @property
    def silent(self) -> list[Ground]:
        """The municipalities to which nothing comes."""
        return [line.ground for line in self.lines if not line.performances]


def add_up(
    grounds: Sequence[Ground],
    counts: Iterable[Count],
    before: Iterable[Count] = (),
    *,
    residence: str | None = None,
) -> Report:
    """The report's figures.

    Args:
        grounds: the region's municipalities, in the order of the lines.
        counts: the season's performances, wherever they are; those beyond the region are only numbered.
        before: those of the season before.
        residence: code of the municipality that "outside" is counted from, if it is known.
    """
    lines = {ground.code: Line(ground) for ground in grounds}
    total = Line(Ground("", "", "", _inhabitants(grounds)))
    elsewhere = 0
    for count in counts:
        if count.municipality in lines:
            lines[count.municipality].add(count)
            total.add(count)
        else:
            elsewhere += 1
    for count in before:
        if count.municipality in lines:
            lines[count.municipality].before += 1
            total.before += 1
    home = lines.get(residence or "")
    outside = total.performances - home.performances if home else None
    return Report(list(lines.values()), total, elsewhere, outside, home.ground if home else None)


def _inhabitants(grounds: Sequence[Ground]) -> int | None:
    """All of them together; None as soon as one is unknown."""
    known = [ground.inhabitants for ground in grounds if ground.inhabitants is not None]
    return sum(known) if len(known) == len(grounds) else None


#: Columns by which a table of lines may be sorted: its key in an address and what is compared.
SORTS = {
    "kommun": lambda line: line.ground.name,
    "antal": lambda line: line.performances,
    "forra": lambda line: line.before,
    "publik": lambda line: line.audience,
    "tusen": lambda line: line.per_thousand if line.per_thousand is not None else -1,
    "unga": lambda line: line.young_share if line.young_share is not None else -1,
}


def ordered(lines: Iterable[Line], sort: str, *, descending: bool) -> list[Line]:
    """The lines by a column of `SORTS`; equals by name, unknown values lowest."""
    by_name = sorted(lines, key=SORTS["kommun"])
    return sorted(by_name, key=SORTS[sort], reverse=descending)


# -- Readings ---------------------------------------


def report(season: Season, now: datetime) -> Report:
    """The season's report, with the season before it to compare with. Six queries."""
    grounds = _grounds(season)
    before = list(Season.objects.before(season)[:1])
    counts = _counts([season, *before], now)
    found = add_up(
        grounds,
        counts[season.pk],
        [count for pk, those in counts.items() if pk != season.pk for count in those],
        residence=_residence(season),
    )
    found.has_before = bool(before)
    found.unvisited = _unvisited(season, {count.presenter for count in counts[season.pk]})
    found.by_crews = crews.hosted(season)
    return found


def season_to_follow(seasons: Iterable[Season], today: date) -> Season | None:
    """The season that a follow-up is about when none is asked for: the latest that has begun, else the first ahead."""
    by_start = sorted(seasons, key=lambda season: season.starts_on)
    begun = [season for season in by_start if season.starts_on <= today]
    return begun[-1] if begun else next(iter(by_start), None)


def _grounds(season: Season) -> list[Ground]:
    rows = Municipality.objects.filter(region=season.region_id).order_by("name")
    return [Ground(row.code, row.name, row.slug, row.population, row.population_source) for row in rows]


def _residence(season: Season) -> str | None:
    """Where the county's residence stands: the gazetteer knows by the place's kind."""
    here = Place.objects.filter(kind=RESIDENCE, municipality__region=season.region_id)
    return here.values_list("municipality__code", flat=True).first()


def _counts(seasons: Collection[Season], now: datetime) -> dict[int, list[Count]]:
    """The performances of each season, by its id."""
    rows = Performance.objects.counted().filter(booking__tour__season__in=seasons)
    found: dict[int, list[Count]] = defaultdict(list)
    for row in rows.values_list(
        "booking__tour__season",
        "booking__venue__place__municipality__code",
        "booking__presenter",
        "booking__audience",
        "booking__tour__production__age_max",
        "ends_at",
        "attendance",
        "attendance_young",
    ):
        season, municipality, presenter, audience, age_max, ends_at, *came = row
        found[season].append(
            Count(municipality, presenter, _is_young(audience, age_max), ends_at <= now, *came)
        )
    return found


def _is_young(audience: str, age_max: int | None) -> bool:
    """Played for a school or for families, or made for nobody over 19."""
    return audience in YOUNG_AUDIENCES or (age_max is not None and age_max <= YOUNG_UNTIL)


def _unvisited(season: Season, visited: set[int]) -> list[Organisation]:
    """The region's schools to which nothing comes, by municipality and name."""
    schools = School.objects.standing(season.starts_on).filter(organisation__region=season.region_id)
    rows = schools.exclude(organisation__in=visited).select_related("organisation__municipality")
    return [
        row.organisation for row in rows.order_by("organisation__municipality__name", "organisation__name")
    ]
