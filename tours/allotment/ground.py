"""The problem in numbers, as the solver works on it: which options each unit has, and what a playing day costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .hindrances import Hindrances, capacity, how_to, round_km
from .packing import fewest
from .problem import Choice, Problem, Production, Site, Unit
from .reading import Number
from .weekly import ANY, NONE, Class, Held, ways

Host = tuple[int, int]
"""A production and a site by their numbers: shows of this production there."""


class Option(NamedTuple):
    """What a unit may get. `bus_km`: there and back, None where nobody drives. `alone`: what this unit alone needs."""

    unit: int
    production: int
    site: int
    bus_km: Number | None
    alone: Held

    @property
    def host(self) -> Host:
        """The production at the site."""
        return self.production, self.site


class Ground:
    """What never changes while a problem is solved.

    Attributes:
        units: the targets, by number; options and everything else count them.
        options: by unit, what it may get: of those by bus only the nearest.
        locked: by unit, what a person has decided for it, if anything.
        sizes: by unit, seats by class, greatest first.
        weeks: by unit, the bits of the weeks in which it can.
        most_shows, most_days: by production, those of the season; more where what is locked needs more.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.bars = Hindrances(problem)
        self.trees = self.bars.trees
        self.units: list[Unit] = [unit for unit in problem.units if problem.is_target(unit)]
        self.locked: dict[str, Choice] = {choice.unit: choice for choice in problem.locked}
        self.pupils = [unit.pupils for unit in self.units]
        self.sizes = [tuple(sorted(unit.seats, reverse=True)) for unit in self.units]
        self.weeks = [problem.weeks_of[unit.id] for unit in self.units]
        self.seats = [sum(unit.seats) for unit in self.units]
        self.place = [problem.place_number[site.place] for site in problem.sites]
        self.per_day = [
            min(production.shows_per_day_max, problem.rules.shows_per_day)
            for production in problem.productions
        ]
        self.rooms = [self._rooms(production) for production in problem.productions]
        self._near: dict[tuple[str, int], list[tuple[float, int]]] = {}
        self.options = [self._options(i, unit) for i, unit in enumerate(self.units)]
        self.most_shows = [production.shows_max for production in problem.productions]
        self.most_days = [production.days_max for production in problem.productions]
        self.schools = {
            school: i for i, school in enumerate(dict.fromkeys(unit.school for unit in self.units))
        }
        self.school = [self.schools[unit.school] for unit in self.units]

    def capacity(self, host: Host) -> int:
        """Seats of one show."""
        return capacity(self.problem.productions[host[0]], self.problem.sites[host[1]])

    def day_cost(self, host: Host) -> float:
        """What a playing day costs beyond the price of a further show: the fee, the rent, a night."""
        return day_cost(self.problem, self.problem.productions[host[0]], self.problem.sites[host[1]])

    def held(self, host: Host, units: Sequence[int], weeks: Sequence[int] | None = None) -> Held:
        """The shows and days for these units that cost least; a class greater than the room makes it as great.

        Args:
            weeks: those of all units, instead of `self.weeks`.
        """
        if not units:
            return NONE
        sizes = sorted((size for unit in units for size in self.sizes[unit]), reverse=True)
        weeks = self.weeks if weeks is None else weeks
        seats, common = max(self.capacity(host), sizes[0]), ANY
        for unit in units:
            common &= weeks[unit]
        if common:
            shows = fewest(seats, tuple(sizes))
            return Held(shows, -(-shows // self.per_day[host[0]]))
        return cheapest(
            self.ways(host, units, weeks), self.problem.productions[host[0]].fee_next, self.day_cost(host)
        )

    def ways(self, host: Host, units: Sequence[int], weeks: Sequence[int]) -> tuple[Held, ...]:
        """The shows and days that may be for these units: fewer of one may take more of the other."""
        classes = self.classes(units, weeks)
        return ways(max(self.capacity(host), classes[0][0]), self.per_day[host[0]], classes)

    def classes(self, units: Iterable[int], weeks: Sequence[int]) -> tuple[Class, ...]:
        """The classes of the units, greatest first."""
        found = ((size, weeks[unit]) for unit in units for size in self.sizes[unit])
        return tuple(sorted(found, reverse=True))

    def bus_cost(self, km: Number) -> float:
        """What one bus costs for so many kilometres there and back."""
        return float(self.problem.rules.bus_base + self.problem.rules.bus_per_km * km)

    def _rooms(self, production: Production) -> list[int]:
        sites = range(len(self.problem.sites))
        return [s for s in sites if next(self.bars.of_room(production, s), None) is None]

    def _sorted(self, home: str, p: int) -> list[tuple[float, int]]:
        """The sites that take a production, nearest to a place first, no further than a bus may drive."""
        if (home, p) not in self._near:
            row = self.problem.km[self.problem.place_number[home]]
            rules = self.problem.rules
            most = max(rules.bus_max_km, rules.walk_max_km)
            near = [
                (float(km), s)
                for s in self.rooms[p]
                if (km := row[self.place[s]]) is not None and (km <= most or self.place_is(s, home))
            ]
            self._near[home, p] = sorted(near)
        return self._near[home, p]

    def place_is(self, site: int, home: str) -> bool:
        """Whether the site is at this place."""
        return self.problem.sites[site].place == home

    def _options(self, i: int, unit: Unit) -> list[Option]:
        choice = self.locked.get(unit.id)
        if choice is not None and choice.production is None:
            return []
        if choice is not None and choice.site is not None:
            offer, site = self.bars.number[str(choice.production)], self._site_number(choice.site)
            return [self._option(i, unit, offer, site)]
        found: list[Option] = []
        for p, production in enumerate(self.problem.productions):
            if choice is not None:
                if choice.production == production.id:
                    found += self._at_sites(i, unit, p)
            elif next(self.bars.of_production(unit, production), None) is None:
                found += self._at_sites(i, unit, p)
        return found

    def _site_number(self, site: str) -> int:
        return next(s for s, known in enumerate(self.problem.sites) if known.id == site)

    def _at_sites(self, i: int, unit: Unit, p: int) -> list[Option]:
        found: list[Option] = []
        by_bus, production = 0, self.problem.productions[p]
        for _, s in self._sorted(unit.home, p):
            if by_bus == self.problem.rules.bus_sites and not self._is_near(unit, s):
                break
            if self._is_barred(unit, production, s):
                continue
            option = self._option(i, unit, p, s)
            if option.bus_km is None or by_bus < self.problem.rules.bus_sites:
                by_bus += option.bus_km is not None
                found.append(option)
        return found

    def _is_near(self, unit: Unit, s: int) -> bool:
        """Whether nobody needs a bus to the site."""
        return how_to(self.problem, unit, self.problem.sites[s]) != "bus"

    def _is_barred(self, unit: Unit, production: Production, s: int) -> bool:
        site = self.problem.sites[s]
        bars = self.bars
        return any(
            next(hindrances, None) is not None
            for hindrances in (
                bars.of_way(unit, site),
                bars.of_access(unit, production, site),
                bars.of_hand(Choice(unit.id, production.id, site.id)),
            )
        )

    def _option(self, i: int, unit: Unit, p: int, s: int) -> Option:
        site = self.problem.sites[s]
        by_bus = how_to(self.problem, unit, site) == "bus"
        km = round_km(self.problem, unit.home, site.place) if by_bus else None
        return Option(i, p, s, km, self.held((p, s), [i]))


def cheapest(ways: Iterable[Held], show: float, day: float) -> Held:
    """Of these the one that costs least; of equals that with fewest days."""
    return min(ways, key=lambda held: (held.shows * show + held.days * day, held.days))


def day_cost(problem: Problem, production: Production, site: Site) -> float:
    """What a playing day costs beyond the price of a further show: the fee, the rent, a night."""
    night = problem.rules.per_night if is_away(problem, production, site.place) else 0
    return float(production.fee - production.fee_next + site.rent + night)


def is_away(problem: Problem, production: Production, place: str) -> bool:
    """Whether a playing day at the place costs a night."""
    limit = problem.rules.day_trip_max_min
    minutes = problem.minutes[problem.place_number[production.home]][problem.place_number[place]]
    return limit is not None and (minutes is None or minutes > limit)
