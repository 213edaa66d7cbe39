"""A region's facts into the database: idempotent, in one transaction, telling what it did.

What is written once and then left to the people who know better (beds, and all terms: rules, rates, subsidies,
emissions), and what another region's directory may not touch, is said in `venues/data/README.md`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from venues.facts import DATA, Facts, MunicipalityFact, PlaceFact, RegionFact, read_facts
from venues.models import (
    BusRule,
    ChecklistTemplate,
    CrewTaskTemplate,
    EmissionFactor,
    GrantScheme,
    Municipality,
    Place,
    RateTable,
    Region,
    Road,
    SubsidyScheme,
    WorkRuleProfile,
)
from venues.slugs import slug_of, taken_slugs

Row = TypeVar("Row", bound=models.Model)


@dataclass
class Tally:
    """What happened to the rows of one sort; `kept` names rows that differ from the file and were left so."""

    what: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        line = f"{self.what}: {self.created} created, {self.updated} updated, {self.unchanged} unchanged"
        return (
            f"{line}, {len(self.kept)} kept as they are here: {'; '.join(self.kept)}" if self.kept else line
        )


@dataclass
class Loaded:
    """The region that was loaded and what happened to its rows, sort by sort."""

    region: Region
    tallies: list[Tally]

    def lines(self) -> Iterator[str]:
        """What was done, a plain sentence a line."""
        names = ", ".join(self.region.neighbours.order_by("name").values_list("name", flat=True))
        yield f"Region {self.region.name} ({self.region.code}), beside {names or 'no other region'}."
        yield from (f"  {tally}" for tally in self.tallies)
        if not any(tally.created or tally.updated for tally in self.tallies):
            yield "Everything was there already."


@transaction.atomic
def load_region(directory: Path = DATA, *, replace_terms: bool = False) -> Loaded:
    """Load a data directory; loading it again changes nothing.

    Args:
        directory: files as described in venues/data/README.md.
        replace_terms: take the file's working-time rules and rates also where they were changed here.

    Raises:
        venues.errors.BadFacts: the files have faults; nothing was written.
    """
    return _Loader(read_facts(directory), replace_terms).load()


class _Loader:
    def __init__(self, facts: Facts, replace_terms: bool) -> None:
        self.facts = facts
        self.replace_terms = replace_terms
        self.regions: dict[str, Region] = {}
        self.municipalities: dict[str, Municipality] = {}
        self.places: dict[str, Place] = {}

    def load(self) -> Loaded:
        tallies = [
            self._load_regions(),
            self._load_municipalities(),
            self._load_places(),
            self._load_roads(),
            self._load_rules(),
            self._load_rates(),
            self._load_keyed("subsidy schemes", SubsidyScheme, self.facts.schemes),
            self._load_emissions(),
            self._load_checklists(),
            self._load_crew_tasks(),
            self._load_keyed("rules about buses", BusRule, self.facts.of_schools.bus_rules),
            self._load_keyed("grants to schools' owners", GrantScheme, self.facts.of_schools.grants),
        ]
        return Loaded(self.served, tallies)

    @property
    def served(self) -> Region:
        return self.regions[self.facts.served.code]

    def _is_ours(self, region: Region) -> bool:
        """Whether this directory may correct rows of the region: not if it has a directory of its own."""
        return region == self.served or not region.is_served

    def _load_regions(self) -> Tally:
        tally = Tally("regions")
        for fact in [self.facts.served, *self.facts.neighbours, *self.facts.partners]:
            self.regions[fact.code] = self._region(tally, fact)
        self.served.neighbours.add(*[self.regions[fact.code] for fact in self.facts.neighbours])
        return tally

    def _region(self, tally: Tally, fact: RegionFact) -> Region:
        row = Region.objects.filter(code=fact.code).first() or Region(code=fact.code, slug=fact.slug)
        told = {
            "name": fact.name,
            "country": fact.country,
            "currency": fact.currency,
            "time_zone": fact.time_zone,
            "winter_from": fact.winter_from,
            "winter_to": fact.winter_to,
        }
        if fact == self.facts.served:
            told["is_served"] = True  # type: ignore[assignment]
        return _put(tally, row, told, may_change=fact == self.facts.served or not row.is_served)

    def _load_municipalities(self) -> Tally:
        tally = Tally("municipalities")
        standing = {row.code: row for row in Municipality.objects.select_related("region")}
        taken = taken_slugs(Municipality)
        for fact in self.facts.municipalities:
            row = standing.get(fact.code) or _new_municipality(fact, taken)
            told = {**asdict(fact), "region": self.regions[fact.region]}
            self.municipalities[fact.code] = _put(
                tally, row, told, may_change=self._is_ours(self.regions[fact.region])
            )
        return tally

    def _load_places(self) -> Tally:
        tally = Tally("places")
        rows = Place.objects.select_related("municipality__region")
        standing = {(row.municipality.code, row.name): row for row in rows}
        taken = taken_slugs(Place)
        for fact in self.facts.places:
            municipality = self.municipalities[fact.municipality]
            row = standing.get((fact.municipality, fact.name)) or _new_place(fact, municipality, taken)
            told = {k: v for k, v in asdict(fact).items() if k != "has_lodging"} | {
                "municipality": municipality
            }
            self.places[fact.name] = _put(tally, row, told, may_change=self._is_ours(municipality.region))
        return tally

    def _load_roads(self) -> Tally:
        tally = Tally("roads")
        rows = Road.objects.select_related("start__municipality__region", "end__municipality__region")
        standing = {frozenset([row.start_id, row.end_id]): row for row in rows}
        for fact in self.facts.roads:
            start, end = self.places[fact.start], self.places[fact.end]
            row = standing.pop(frozenset([start.pk, end.pk]), None) or Road(start=start, end=end)
            told = {k: v for k, v in asdict(fact).items() if k not in {"start", "end"}}
            _put(tally, row, told, may_change=self._may_change(row))
        left = [row for row in standing.values() if {_region(row.start), _region(row.end)} == {self.served}]
        tally.kept += [f"{row} is not in the file" for row in left]
        return tally

    def _may_change(self, road: Road) -> bool:
        return self._is_ours(_region(road.start)) and self._is_ours(_region(road.end))

    def _load_rules(self) -> Tally:
        tally = Tally("working-time rules")
        for fact in self.facts.rules:
            told = asdict(fact)
            key = told.pop("key")
            row = WorkRuleProfile.objects.filter(region=self.served, key=key).first()
            row = row or WorkRuleProfile(region=self.served, key=key)
            _put(tally, row, told, may_change=self.replace_terms)
        return tally

    def _load_rates(self) -> Tally:
        tally = Tally("rate tables")
        for fact in self.facts.rates:
            told = asdict(fact)
            first = told.pop("valid_from")
            row = RateTable.objects.filter(region=self.served, valid_from=first).first()
            _put(
                tally,
                row or RateTable(region=self.served, valid_from=first),
                told,
                may_change=self.replace_terms,
            )
        return tally

    def _load_keyed(self, what: str, model: Any, facts: Sequence[Any]) -> Tally:
        """Terms that are known again by their region, key and first day."""
        tally = Tally(what)
        for fact in facts:
            told = asdict(fact)
            key = {name: told.pop(name) for name in ("key", "valid_from")}
            key["region"] = self.regions[told.pop("region")]
            row = model.objects.filter(**key).first() or model(**key)
            _put(tally, row, told, may_change=self.replace_terms and self._is_ours(key["region"]))
        return tally

    def _load_emissions(self) -> Tally:
        tally = Tally("emission factors")
        for fact in self.facts.emissions:
            told = asdict(fact)
            key = {"region": self.served, "vehicle": told.pop("vehicle"), "fuel": told.pop("fuel")}
            row = EmissionFactor.objects.filter(**key).first() or EmissionFactor(**key)
            _put(tally, row, told, may_change=self.replace_terms)
        return tally

    def _load_checklists(self) -> Tally:
        tally = Tally("checklists")
        for fact in self.facts.checklists:
            told = asdict(fact)
            key = {"region": self.regions[told.pop("region")], "valid_from": told.pop("valid_from")}
            row = ChecklistTemplate.objects.filter(**key).first() or ChecklistTemplate(**key)
            _put(tally, row, told, may_change=self.replace_terms and self._is_ours(key["region"]))
        return tally

    def _load_crew_tasks(self) -> Tally:
        tally = Tally("tasks of crews")
        for fact in self.facts.crew_tasks:
            told = asdict(fact)
            key = {"region": self.regions[told.pop("region")], "valid_from": told.pop("valid_from")}
            row = CrewTaskTemplate.objects.filter(**key).first() or CrewTaskTemplate(**key)
            _put(tally, row, told, may_change=self.replace_terms and self._is_ours(key["region"]))
        return tally


def _region(place: Place) -> Region:
    return place.municipality.region


def _new_municipality(fact: MunicipalityFact, taken: set[str]) -> Municipality:
    slug = slug_of(fact.name, taken=taken, beside=fact.code)
    taken.add(slug)
    return Municipality(code=fact.code, slug=slug)


def _new_place(fact: PlaceFact, municipality: Municipality, taken: set[str]) -> Place:
    slug = slug_of(fact.name, taken=taken, beside=municipality.name)
    taken.add(slug)
    return Place(slug=slug, has_lodging=fact.has_lodging)


def _put(tally: Tally, row: Row, told: dict[str, Any], *, may_change: bool) -> Row:
    """Create the row, correct it, or leave it; count which."""
    differing = [name for name, value in told.items() if getattr(row, name, None) != value]
    if row.pk is not None and differing and not may_change:
        tally.kept.append(str(row))
        return row
    for name in told:
        setattr(row, name, told[name])
    if row.pk is None:
        tally.created += 1
        row.save(force_insert=True)
    elif differing:
        tally.updated += 1
        row.save(update_fields=differing)
    else:
        tally.unchanged += 1
    return row
