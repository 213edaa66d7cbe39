"""A region's data directory, read and checked: values out, every fault named, no database.

The files and their meaning are described in `venues/data/README.md`.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from venues.checklist_facts import ChecklistFact, checklist
from venues.crew_facts import CREW_TASKS, CrewTasksFact, crew_tasks
from venues.errors import BadFacts, Problem
from venues.school_terms import SchoolTerms, school_terms
from venues.term_facts import EmissionFact, RatesFact, SchemeFact, emission, rates, scheme

DATA = Path(__file__).parent / "data"
#: Kinds of place where an ensemble is assumed to find beds. Source: an assumption, see venues/data/README.md.
KINDS_WITH_BEDS = {"residensstad", "centralort", "tätort", "fjällby", "granne", "granne-no"}
BEDS_NOTE = "lodging assumed from kind"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
CLOSED = re.compile(r"closed (\d{1,2}) ([A-Z][a-z]{2}) - (\d{1,2}) ([A-Z][a-z]{2})(?: \((.+)\))?")
COLUMNS = {
    "places.csv": ["name", "municipality", "code", "lat", "lon", "type", "source"],
    "population.csv": ["name", "municipality_code", "level", "population", "as_of", "source"],
    "roads.csv": ["from", "to", "km", "road", "kmh", "season", "confidence"],
}
RULES, SCHEMES, EMISSIONS = "work_rule_profiles.json", "subsidy_schemes.json", "emission_factors.json"
CHECKLISTS = "checklists.json"
T = TypeVar("T")


@dataclass(frozen=True)
class RegionFact:
    """A county: the one served from this directory, a neighbour, or a partner further away.

    `winter_from` and `winter_to` are "MM-DD", both included, or both empty.
    """

    code: str
    slug: str
    name: str
    country: str
    currency: str
    time_zone: str
    winter_from: str = ""
    winter_to: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError for a winter that is no span of days of a year."""
        if bool(self.winter_from) != bool(self.winter_to):
            raise ValueError("Give winter_from and winter_to, or neither.")
        for day in filter(None, (self.winter_from, self.winter_to)):
            date.fromisoformat(f"2024-{day}")  # 2024 has a 29 February


@dataclass(frozen=True)
class MunicipalityFact:
    """A municipality; of one beyond the region only code and name are known."""

    code: str
    name: str
    region: str
    centre: str = ""
    name_sma: str = ""
    is_sami_area: bool | None = None
    population: int | None = None
    population_source: str = ""


@dataclass(frozen=True)
class PlaceFact:
    """A place of the gazetteer; `has_lodging` is an assumption or unknown."""

    name: str
    municipality: str
    lat: float
    lon: float
    kind: str
    source: str
    has_lodging: bool | None
    population: int | None = None
    population_source: str = ""


@dataclass(frozen=True)
class RoadFact:
    """A stretch of road; the closure's days are "MM-DD", both included, or empty."""

    start: str
    end: str
    km: float
    kmh: int
    number: str
    closed_from: str
    closed_to: str
    note: str
    confidence: str


@dataclass(frozen=True)
class RuleFact:
    """A profile of working-time rules; `parameters` are its numbers."""

    key: str
    label: str
    severity: str
    parameters: dict[str, Any]
    source: str


@dataclass(frozen=True)
class Facts:
    """All that a data directory says, in the order of its files."""

    served: RegionFact
    neighbours: list[RegionFact]
    municipalities: list[MunicipalityFact]
    places: list[PlaceFact]
    roads: list[RoadFact]
    rules: list[RuleFact]
    rates: list[RatesFact]
    schemes: list[SchemeFact]
    emissions: list[EmissionFact]
    partners: list[RegionFact]
    checklists: list[ChecklistFact]
    crew_tasks: list[CrewTasksFact]
    of_schools: SchoolTerms


def read_facts(directory: Path) -> Facts:
    """Read and check a data directory.

    Raises:
        BadFacts: with every fault that was found, when there is any.
    """
    return _Reader(directory).read()


def closure(season: str) -> tuple[str, str, str]:
    """First day, last day and note of a road's season: `("10-15", "06-06", "Stekenjokk")`.

    A text that does not begin with "closed" is a note. ValueError when it does and is not understood.
    """
    if not season.startswith("closed"):
        return "", "", season
    found = CLOSED.fullmatch(season)
    if not found:
        raise ValueError(f'"{season}" is not understood; write for example "closed 15 Oct - 6 Jun (why)".')
    first_day, first_month, last_day, last_month, note = found.groups()
    return _month_day(first_day, first_month), _month_day(last_day, last_month), note or ""


def _month_day(day: str, month: str) -> str:
    if month not in MONTHS:
        raise ValueError(f"{month} is no month; write one of {', '.join(MONTHS)}.")
    try:
        return date(2024, MONTHS.index(month) + 1, int(day)).strftime("%m-%d")  # 2024 has a 29 February
    except ValueError:
        raise ValueError(f"There is no {day} {month}.") from None


def _between(text: str, low: float, high: float, kind: Callable[[str], T]) -> T:
    try:
        number = kind(text)
    except ValueError:
        raise ValueError(f'"{text}" is not a number.') from None
    if not low <= float(number) <= high:  # type: ignore[arg-type]
        raise ValueError(f"{text} is not between {low:g} and {high:g}.")
    return number


class _Reader:
    """Reads one directory; collects faults on the way and raises them all at the end."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.problems: list[Problem] = []
        self.regions: list[RegionFact] = []
        self.neighbours_count = 0
        self.municipalities: dict[str, MunicipalityFact] = {}
        self.places: dict[str, PlaceFact] = {}

    def read(self) -> Facts:
        self.regions = self._regions()
        if self.problems:  # without the regions nothing else can be judged
            raise BadFacts(self.directory, self.problems)
        self._municipalities()
        self._places()
        self._population()
        roads = self._roads()
        rules = list(self._each(RULES, self._json(RULES, []), _rule))
        rates = [
            rate for path in sorted(self.directory.glob("rates_*.json")) for rate in self._rates(path.name)
        ]
        schemes, emissions = self._of_regions(SCHEMES, scheme), list(self._optional(EMISSIONS, emission))
        prepared = (
            self._of_regions(CHECKLISTS, checklist),
            self._of_regions(CREW_TASKS, crew_tasks),
            school_terms(self._of_regions),
        )
        if self.problems:
            raise BadFacts(self.directory, self.problems)
        municipalities, places = list(self.municipalities.values()), list(self.places.values())
        served, *others = self.regions
        neighbours, partners = others[: self.neighbours_count], others[self.neighbours_count :]
        terms = (rules, rates, schemes, emissions)
        return Facts(served, neighbours, municipalities, places, roads, *terms, partners, *prepared)

    def _wrong(self, file: str, row: int, text: object) -> None:
        self.problems.append(Problem(file, row, str(text)))

    def _json(self, file: str, empty: Any) -> Any:
        try:
            return json.loads((self.directory / file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._wrong(file, 0, "the file is missing.")
        except ValueError as error:
            self._wrong(file, 0, f"is not JSON in UTF-8: {error}.")
        return empty

    def _rows(self, file: str) -> Iterator[tuple[int, dict[str, str]]]:
        try:
            with (self.directory / file).open(encoding="utf-8-sig", newline="") as lines:
                reader = csv.DictReader(lines, restval="")
                missing = [name for name in COLUMNS[file] if name not in (reader.fieldnames or [])]
                if missing:
                    self._wrong(file, 1, f"the heading lacks {', '.join(missing)}.")
                    return
                for row in reader:
                    yield (
                        reader.line_num,
                        {k: (v or "").strip() for k, v in row.items() if k in COLUMNS[file]},
                    )
        except FileNotFoundError:
            self._wrong(file, 0, "the file is missing.")
        except UnicodeDecodeError as error:
            self._wrong(file, 0, f"is not UTF-8: {error}.")

    def _each(self, file: str, entries: list[Any], make: Callable[[Any], T]) -> Iterator[T]:
        for number, entry in enumerate(entries, start=1):
            try:
                yield make(entry)
            except (KeyError, TypeError, ValueError) as error:
                self._wrong(file, 0, f"entry {number}: {_said(error)}")

    def _regions(self) -> list[RegionFact]:
        read = self._json("regions.json", {})
        if not isinstance(read, dict) or "served" not in read:
            self._wrong("regions.json", 0, 'must name the region under "served".')
            return []
        self.neighbours_count = len(read.get("neighbours", []))
        entries = [read["served"], *read.get("neighbours", []), *read.get("partners", [])]
        return list(self._each("regions.json", entries, lambda entry: RegionFact(**entry)))

    def _region_of(self, code: str) -> str:
        """The region whose code begins the municipality's code: 2309 is in 23, NO-5001 in NO-50."""
        fitting = [region.code for region in self.regions if code.startswith(region.code)]
        if not fitting:
            raise ValueError(f"No region of regions.json has a code that begins {code}.")
        return max(fitting, key=len)

    def _municipality(self, entry: dict[str, Any]) -> MunicipalityFact:
        return MunicipalityFact(
            code=entry["code"],
            name=entry["name"],
            region=self._region_of(entry["code"]),
            centre=entry.get("centre") or "",
            name_sma=entry.get("name_sma") or "",
            is_sami_area=entry.get("sami_admin_area"),
        )

    def _municipalities(self) -> None:
        file = "municipalities.json"
        for municipality in self._each(file, self._json(file, []), self._municipality):
            self.municipalities[municipality.code] = municipality

    def _places(self) -> None:
        for number, row in self._rows("places.csv"):
            try:
                self._place(row)
            except ValueError as error:
                self._wrong("places.csv", number, error)

    def _place(self, row: dict[str, str]) -> None:
        name, code, kind = row["name"], row["code"], row["type"]
        if not name or not code:
            raise ValueError("A place needs a name and its municipality's code.")
        if name in self.places:
            raise ValueError(f"{name} is there twice; write the parish in brackets after one of them.")
        known = self.municipalities.get(code) or self._municipality(
            {"code": code, "name": row["municipality"]}
        )
        if known.name != row["municipality"]:
            raise ValueError(f"{code} is {known.name}, not {row['municipality']}.")
        self.municipalities[code] = known
        beds = True if kind in KINDS_WITH_BEDS else None
        self.places[name] = PlaceFact(
            name=name,
            municipality=code,
            lat=_between(row["lat"], -90, 90, float),
            lon=_between(row["lon"], -180, 180, float),
            kind=kind,
            source=f"{row['source']}; {BEDS_NOTE}" if beds else row["source"],
            has_lodging=beds,
        )

    def _population(self) -> None:
        for number, row in self._rows("population.csv"):
            try:
                self._count(row)
            except ValueError as error:
                self._wrong("population.csv", number, error)

    def _count(self, row: dict[str, str]) -> None:
        counts = _between(row["population"], 0, 100_000_000, int)
        source = f"{row['source']} ({row['as_of']})" if row["as_of"] else row["source"]
        name, code = row["name"], row["municipality_code"]
        if row["level"] == "municipality" and code in self.municipalities:
            known = self.municipalities[code]
            self.municipalities[code] = replace(known, population=counts, population_source=source)
        elif row["level"] == "place" and name in self.places and self.places[name].municipality == code:
            self.places[name] = replace(self.places[name], population=counts, population_source=source)
        else:
            raise ValueError(f"No {row['level']} {name} ({code}) is known from the other files.")

    def _roads(self) -> list[RoadFact]:
        roads: dict[frozenset[str], RoadFact] = {}
        for number, row in self._rows("roads.csv"):
            try:
                road = self._road(row)
                if frozenset([road.start, road.end]) in roads:
                    raise ValueError(f"{road.start}–{road.end} is there twice.")
                roads[frozenset([road.start, road.end])] = road
            except ValueError as error:
                self._wrong("roads.csv", number, error)
        return list(roads.values())

    def _rates(self, file: str) -> list[RatesFact]:
        read = self._json(file, None)
        return list(self._each(file, [] if read is None else [read], lambda entry: rates(entry, file)))

    def _optional(self, file: str, make: Callable[[Any], T]) -> Iterator[T]:
        """The entries of a file that a directory may do without."""
        return self._each(file, self._json(file, []) if (self.directory / file).exists() else [], make)

    def _of_regions(self, file: str, make: Callable[[Any, set[str]], T]) -> list[T]:
        known = {region.code for region in self.regions}
        return list(self._optional(file, lambda entry: make(entry, known)))

    def _road(self, row: dict[str, str]) -> RoadFact:
        unknown = [row[end] for end in ("from", "to") if row[end] not in self.places]
        if unknown:
            raise ValueError(f"places.csv has no {' or '.join(unknown)}.")
        if row["from"] == row["to"]:
            raise ValueError(f"The road leads from {row['from']} to itself.")
        first, last, note = closure(row["season"])
        return RoadFact(
            start=row["from"],
            end=row["to"],
            km=_between(row["km"], 0.1, 2000, float),
            kmh=_between(row["kmh"], 5, 120, int),
            number=row["road"],
            closed_from=first,
            closed_to=last,
            note=note,
            confidence=row["confidence"],
        )


def _said(error: Exception) -> str:
    return f"lacks {error}." if isinstance(error, KeyError) else str(error)


def _rule(read: dict[str, Any]) -> RuleFact:
    entry = dict(read)
    if entry["severity"] not in {"block", "warn"}:
        raise ValueError(f'severity must be "block" or "warn", not "{entry["severity"]}".')
    told = {name: entry.pop(name) for name in ("id", "label", "severity", "source")}
    return RuleFact(told["id"], told["label"], told["severity"], entry, told["source"])
