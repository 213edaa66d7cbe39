"""What keeps a unit from a production at a site, capacity in the season aside; each with the facts it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .plan import How
from .problem import WORDLESS, Choice, Problem, Production, Site, Unit
from .reading import Number
from .trees import trees_of


@dataclass(frozen=True)
class Hindrance:
    """One thing in the way: a stable code (`CODES`) and its facts."""

    code: str
    facts: Mapping[str, Any]


CODES = (
    "forbidden", "grade", "had", "language", "no_week", "closed", "no_tour_road", "room", "unknown", "need",
    "class_size", "no_road", "bus_distance", "bus_minutes",
)  # fmt: skip
"""In this order they are looked at."""


class Hindrances:
    """The hindrances of a problem, with what is asked for again and again kept."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.trees = problem, trees_of(problem)
        self.forbidden = {(one.unit, one.production, one.site) for one in problem.forbidden}
        self.fits = [set(site.fits) for site in problem.sites]
        self.number = {production.id: i for i, production in enumerate(problem.productions)}

    def of(self, unit: Unit, production: Production, s: int) -> tuple[Hindrance, ...]:
        """All that keeps the unit from the production at site number `s`."""
        site = self.problem.sites[s]
        return (
            *self.of_production(unit, production),
            *self.of_room(production, s),
            *self.of_access(unit, production, site),
            *self.of_way(unit, site),
            *self.of_hand(Choice(unit.id, production.id, site.id)),
        )

    def of_production(self, unit: Unit, production: Production) -> Iterator[Hindrance]:
        """What no site can change."""
        if (unit.id, production.id, None) in self.forbidden:
            yield Hindrance("forbidden", {"site": None})
        if unit.grade not in production.grades:
            yield Hindrance("grade", {"grade": unit.grade})
        if production.id in unit.had:
            yield Hindrance("had", {})
        if WORDLESS not in production.languages and not set(unit.languages) & set(production.languages):
            yield Hindrance("language", {"languages": list(unit.languages)})
        if unit.weeks == ():
            yield Hindrance("no_week", {"weeks": []})

    def of_room(self, production: Production, s: int) -> Iterator[Hindrance]:
        """What keeps the production from site number `s`, whoever comes."""
        site = self.problem.sites[s]
        if not site.open:
            yield Hindrance("closed", {"site": site.id})
        if not self.trees.reaches(self.number[production.id], self.problem.place_number[site.place]):
            yield Hindrance("no_tour_road", {"home": production.home})
        missing = missing_facts(production, site)
        if production.id not in self.fits[s] and production.id not in site.unknown:
            yield Hindrance("room", {"site": site.id})
        elif missing and not self.problem.rules.unknown_fits:
            yield Hindrance("unknown", {"missing": list(missing)})

    def of_access(self, unit: Unit, production: Production, site: Site) -> Iterator[Hindrance]:
        """What the unit needs and neither brings nor has, and a class that no show holds."""
        missing = [need for need in unit.needs if need not in production.meets and need not in site.meets]
        if missing:
            yield Hindrance("need", {"needs": missing})
        largest, seats = max(unit.seats), capacity(production, site)
        if largest > seats:
            yield Hindrance("class_size", {"seats": largest, "capacity": seats})

    def of_way(self, unit: Unit, site: Site) -> Iterator[Hindrance]:
        """Whether the pupils come to the site."""
        km, minutes = way(self.problem, unit.home, site.place)
        rules = self.problem.rules
        if km is None:
            yield Hindrance("no_road", {"from": unit.home, "to": site.place})
        elif unit.home != site.place and km > rules.walk_max_km:
            if km > rules.bus_max_km:
                yield Hindrance("bus_distance", {"km": km, "limit": rules.bus_max_km})
            if rules.bus_max_min is not None and (minutes is None or minutes > rules.bus_max_min):
                yield Hindrance("bus_minutes", {"minutes": minutes, "limit": rules.bus_max_min})

    def of_hand(self, choice: Choice) -> Iterator[Hindrance]:
        """Whether a person has forbidden it at this site."""
        if (choice.unit, choice.production, choice.site) in self.forbidden:
            yield Hindrance("forbidden", {"site": choice.site})


def missing_facts(production: Production, site: Site) -> tuple[str, ...]:
    """Facts of the site that must be known to tell whether it takes the production."""
    return (*site.unknown.get(production.id, ()), *(("seats",) if site.seats is None else ()))


def capacity(production: Production, site: Site) -> int:
    """Seats of one show; a room of which nobody knows the seats takes what the production does."""
    return production.audience_max if site.seats is None else min(production.audience_max, site.seats)


def way(problem: Problem, start: str, end: str) -> tuple[Number | None, Number | None]:
    """Kilometres and minutes of the pupils' way."""
    a, b = problem.place_number[start], problem.place_number[end]
    return problem.km[a][b], problem.minutes[a][b]


def round_km(problem: Problem, start: str, end: str) -> Number:
    """Kilometres there and back; where no road leads back it is as long as the way there, and where none leads, 0."""
    a, b = problem.place_number[start], problem.place_number[end]
    there, back = problem.km[a][b], problem.km[b][a]
    if there is None:
        return 0
    return there + (there if back is None else back)


def how_to(problem: Problem, unit: Unit, site: Site) -> How:
    """By what means the unit comes to the site."""
    km, _ = way(problem, unit.home, site.place)
    if unit.home == site.place:
        return "own"
    return "walk" if km is not None and km <= problem.rules.walk_max_km else "bus"
