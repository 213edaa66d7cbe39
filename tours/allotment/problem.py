"""The problem: pupils by school and grade, productions, rooms, ways between places and rules; as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from .distances import Table, read_table
from .limits import Rules, read_rules
from .reading import Number, Reader, unique

WORDLESS = "none"
"""The language of a production without words: every unit can receive it."""

LARGEST_CLASS = 500
"""No class has more pupils. Source: the house's choice, so that a slip of the pen is told."""

MOST_CLASSES = 40
"""No unit has more classes. Source: the house's choice."""


@dataclass(frozen=True)
class Unit:
    """The pupils of one grade at one school. They all get the same production; no class is divided over two shows.

    Attributes:
        home: the place at which the school is.
        classes: pupils by class.
        adults: who come along and take a seat; they are shared out over the classes, see `seats`.
        languages: those that the pupils can receive; at least one.
        needs: codes that the production or the room must meet.
        had: productions that these pupils have had before.
        encounters: performances that they have otherwise in the same time; they only count in the coverage.
        weeks: those in which they can; None: in all. Who comes on the same day needs one in common.
    """

    id: str
    school: str
    municipality: str
    grade: str
    home: str
    classes: tuple[int, ...]
    adults: int = 0
    languages: tuple[str, ...] = ("sv",)
    needs: tuple[str, ...] = ()
    had: tuple[str, ...] = ()
    encounters: int = 0
    weeks: tuple[str, ...] | None = None

    @property
    def pupils(self) -> int:
        """How many pupils there are."""
        return sum(self.classes)

    @property
    def seats(self) -> tuple[int, ...]:
        """Seats by class: its pupils and its share of the adults, the first classes taking what is left over."""
        each, over = divmod(self.adults, len(self.classes))
        return tuple(size + each + (i < over) for i, size in enumerate(self.classes))


@dataclass(frozen=True)
class Production:
    """What can be allotted.

    Attributes:
        home: the place from which it sets out.
        audience_max: seats of one show, adults counted.
        shows_max, days_max: most shows and most playing days in the season.
        languages: those it is played in; `none` for one without words.
        meets: needs that it meets wherever it is played.
        fee, fee_next: for the first show of a day, and for each further one on the same day at the same site.
    """

    id: str
    home: str
    grades: tuple[str, ...]
    audience_max: int
    shows_max: int
    days_max: int
    fee: Number
    fee_next: Number
    shows_per_day_max: int = 2
    languages: tuple[str, ...] = ("sv",)
    meets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """A room in which productions are shown.

    Attributes:
        seats: None if nobody knows.
        fits: productions that the room fits.
        unknown: by production, the facts of the room that must be known to tell; what is neither here nor in `fits`
            does not fit.
        meets: needs that the room meets.
        rent: what a playing day costs.
        open: whether it may be used.
    """

    id: str
    place: str
    seats: int | None
    fits: tuple[str, ...]
    unknown: Mapping[str, tuple[str, ...]]
    meets: tuple[str, ...] = ()
    rent: Number = 0
    open: bool = True


@dataclass(frozen=True)
class Choice:
    """What a person has decided of a unit.

    Attributes:
        production: None, among the locked ones: it gets nothing.
        site: None: at any site, or at none.
    """

    unit: str
    production: str | None = None
    site: str | None = None


@dataclass(frozen=True)
class Problem:
    """A checked allotment problem; build it with `from_json`.

    Attributes:
        km, minutes: [from][to] in the order of `places`; the diagonal is 0, None where no road leads.
        locked: what is kept whatever it breaks, at most one for each unit.
        forbidden: what is never chosen; without a site, at none.
    """

    places: tuple[str, ...]
    km: Table
    minutes: Table
    units: tuple[Unit, ...]
    productions: tuple[Production, ...]
    sites: tuple[Site, ...]
    rules: Rules
    locked: tuple[Choice, ...] = ()
    forbidden: tuple[Choice, ...] = ()

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Problem:
        """The problem of a JSON document (schema.json, "problem").

        Raises:
            ProblemError: a field is missing, of the wrong kind or contradicts another; the error names it.
        """
        root = Reader(document)
        root.mapping(field.name for field in fields(cls))
        places = root.child("places").texts()
        productions = _productions(root.child("productions"), places)
        units = _units(root.child("units"), places, {production.id for production in productions})
        sites = _sites(root.child("sites"), places, {production.id for production in productions})
        ids = _Ids({u.id for u in units}, {p.id for p in productions}, {s.id for s in sites})
        return cls(
            places=places,
            km=read_table(root.child("km"), len(places)),
            minutes=read_table(root.child("minutes"), len(places)),
            units=units,
            productions=productions,
            sites=sites,
            rules=read_rules(root.child("rules")),
            locked=_locked(root.child("locked"), ids),
            forbidden=_forbidden(root.child("forbidden"), ids),
        )

    def to_json(self) -> dict[str, Any]:
        """The JSON document that `from_json` reads back to an equal problem."""
        return {
            "places": list(self.places),
            "km": [list(row) for row in self.km],
            "minutes": [list(row) for row in self.minutes],
            "units": [plain(unit) for unit in self.units],
            "productions": [plain(production) for production in self.productions],
            "sites": [plain(site) for site in self.sites],
            "rules": plain(self.rules),
            "locked": [plain(choice) for choice in self.locked],
            "forbidden": [plain(choice) for choice in self.forbidden],
        }

    @cached_property
    def place_number(self) -> dict[str, int]:
        """By place, its row and column in the tables."""
        return {place: i for i, place in enumerate(self.places)}

    @cached_property
    def unit_of(self) -> dict[str, Unit]:
        """The units by id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def production_of(self) -> dict[str, Production]:
        """The productions by id."""
        return {production.id: production for production in self.productions}

    @cached_property
    def site_of(self) -> dict[str, Site]:
        """The sites by id."""
        return {site.id: site for site in self.sites}

    @cached_property
    def weeks_of(self) -> dict[str, int]:
        """By unit, a bit for each week in which it can; all bits (-1) for who can in all, or is said to in none."""
        bit = self.bit_of_week
        return {unit.id: sum(bit[week] for week in unit.weeks or ()) or -1 for unit in self.units}

    @cached_property
    def bit_of_week(self) -> dict[str, int]:
        """A bit for each week that a unit names."""
        named = sorted({week for unit in self.units for week in unit.weeks or ()})
        return {week: 1 << i for i, week in enumerate(named)}

    def is_target(self, unit: Unit) -> bool:
        """Whether the unit is to be reached."""
        return self.rules.targets is None or unit.grade in self.rules.targets


def plain(entry: Any) -> dict[str, Any]:
    """A dataclass as JSON has it: tuples as lists."""
    return {key: _plain(value) for key, value in vars(entry).items() if not key.startswith("_")}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return {key: list(facts) for key, facts in value.items()} if isinstance(value, Mapping) else value


@dataclass(frozen=True)
class _Ids:
    """The ids that choices may name."""

    units: set[str]
    productions: set[str]
    sites: set[str]


def _each(reader: Reader, names: Iterable[str], what: str) -> list[Reader]:
    entries, known = reader.items(), list(names)
    for entry in entries:
        entry.mapping(known)
    unique([entry.child("id") for entry in entries], Reader.text, what)
    return entries


def _units(reader: Reader, places: tuple[str, ...], productions: set[str]) -> tuple[Unit, ...]:
    known = set(places)
    entries = _each(reader, (field.name for field in fields(Unit)), "unit")
    return tuple(_unit(entry, known, productions) for entry in entries)


def _unit(reader: Reader, places: set[str], productions: set[str]) -> Unit:
    classes = reader.child("classes").items()
    if not 1 <= len(classes) <= MOST_CLASSES:
        raise reader.child("classes").fail(f"give the pupils of 1 to {MOST_CLASSES} classes")
    had = reader.child("had").some()
    return Unit(
        id=reader.child("id").text(),
        school=reader.child("school").text(),
        municipality=reader.child("municipality").text(),
        grade=reader.child("grade").text(),
        home=reader.child("home").known(places, "places"),
        classes=tuple(size.whole(1, LARGEST_CLASS) for size in classes),
        adults=reader.child("adults").optional(Reader.whole) or 0,
        languages=_languages(reader.child("languages")),
        needs=reader.child("needs").texts(),
        had=tuple(entry.known(productions, "productions") for entry in had),
        encounters=reader.child("encounters").optional(Reader.whole) or 0,
        weeks=reader.child("weeks").optional(Reader.texts),
    )


def _languages(reader: Reader) -> tuple[str, ...]:
    languages = ("sv",) if reader.value is None else reader.texts()
    if not languages:
        raise reader.fail("name at least one language")
    return languages


def _productions(reader: Reader, places: tuple[str, ...]) -> tuple[Production, ...]:
    known = set(places)
    entries = _each(reader, (field.name for field in fields(Production)), "production")
    return tuple(_production(entry, known) for entry in entries)


def _production(reader: Reader, places: set[str]) -> Production:
    fee, further = reader.child("fee").money(), reader.child("fee_next").money()
    if further > fee:
        raise reader.child("fee_next").fail(f"a further show of a day costs more than the first one, {fee}")
    return Production(
        id=reader.child("id").text(),
        home=reader.child("home").known(places, "places"),
        grades=reader.child("grades").texts(),
        audience_max=reader.child("audience_max").count(),
        shows_max=reader.child("shows_max").whole(),
        days_max=reader.child("days_max").whole(),
        fee=fee,
        fee_next=further,
        shows_per_day_max=reader.child("shows_per_day_max").optional(Reader.count) or 2,
        languages=_languages(reader.child("languages")),
        meets=reader.child("meets").texts(),
    )


def _sites(reader: Reader, places: tuple[str, ...], productions: set[str]) -> tuple[Site, ...]:
    known = set(places)
    entries = _each(reader, (field.name for field in fields(Site)), "site")
    return tuple(_site(entry, known, productions) for entry in entries)


def _site(reader: Reader, places: set[str], productions: set[str]) -> Site:
    fits = tuple(entry.known(productions, "productions") for entry in reader.child("fits").some())
    usable = reader.child("open").optional(Reader.flag)
    return Site(
        id=reader.child("id").text(),
        place=reader.child("place").known(places, "places"),
        seats=reader.child("seats").optional(Reader.count),
        fits=fits,
        unknown=_unknown(reader.child("unknown"), productions, set(fits)),
        meets=reader.child("meets").texts(),
        rent=reader.child("rent").optional(Reader.money) or 0,
        open=usable is None or usable,
    )


def _unknown(reader: Reader, productions: set[str], fits: set[str]) -> dict[str, tuple[str, ...]]:
    if reader.value is None:
        return {}
    found = {}
    for key in reader.mapping(productions):
        if key in fits:
            raise reader.child(key).fail("is among those that fit; it cannot be unknown too")
        found[key] = reader.child(key).texts()
        if not found[key]:
            raise reader.child(key).fail("name at least one fact that is not known")
    return found


def _choice(reader: Reader, ids: _Ids) -> Choice:
    reader.mapping(field.name for field in fields(Choice))
    site = reader.child("site")
    chosen = Choice(
        unit=reader.child("unit").known(ids.units, "units"),
        production=reader.child("production").optional(lambda r: r.known(ids.productions, "productions")),
        site=site.optional(lambda r: r.known(ids.sites, "sites")),
    )
    if chosen.production is None and chosen.site is not None:
        raise site.fail("a site without a production says nothing; name the production too")
    return chosen


def _locked(reader: Reader, ids: _Ids) -> tuple[Choice, ...]:
    entries = reader.some()
    chosen = tuple(_choice(entry, ids) for entry in entries)
    unique([entry.child("unit") for entry in entries], Reader.text, "unit")
    return chosen


def _forbidden(reader: Reader, ids: _Ids) -> tuple[Choice, ...]:
    chosen = tuple(_choice(entry, ids) for entry in reader.some())
    for i, choice in enumerate(chosen):
        if choice.production is None:
            raise Reader(None, f"{reader.path}[{i}].production").fail("name the production that is forbidden")
    return chosen
