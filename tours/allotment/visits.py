"""Which units might see a production at a site together, and the best of these sets at given prices.

A *visit* is a set of units at one host. At given prices of the units the best one is found by filling seats: school by
school, since a school's units share buses. That counts shows by seats alone, so it is worth at least as much as what it
stands for; where the classes do not go into so few shows, or have no week in common, the best set of which they do is
looked for in its order.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .filling import GAIN, Filling, Groups, Part, Terms
from .ground import Ground, Host, Option
from .packing import simple
from .weekly import ANY, Held

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_TOGETHER = 6
"""Of schools with more units by bus to one host, a bus is priced by the seat: the sets of units would be too many."""


class Visit(NamedTuple):
    """Units at one host, with what it costs but for the ensemble's road."""

    host: Host
    units: tuple[int, ...]
    shows: int
    days: int
    cost: float


class Prices(NamedTuple):
    """What it is worth to reach each unit, and what a show and a day of each production cost beyond their price."""

    units: Floats
    shows: Floats
    days: Floats


class Visits:
    """All hosts of a problem.

    Attributes:
        hosts: by number.
        groups: by host, by group (a school by bus, or one unit alone), the parts that may be chosen, one at most.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        guests: dict[Host, list[Option]] = {}
        for options in ground.options:
            for option in options:
                guests.setdefault(option.host, []).append(option)
        self.bus_price = {
            (option.host, option.unit): 0.0 if option.bus_km is None else ground.bus_cost(option.bus_km)
            for options in ground.options
            for option in options
        }
        self.hosts = sorted(guests)
        self.number = {host: i for i, host in enumerate(self.hosts)}
        self.groups = [self._groups(guests[host]) for host in self.hosts]
        self.seats = [self._seats(host, guests[host]) for host in self.hosts]
        parts = [part for groups in self.groups for group in groups for part in group]
        self.members = np.array([unit for part in parts for unit in part.units], dtype=np.int64)
        self.starts = np.cumsum([0, *(len(part.units) for part in parts)])[:-1]
        self.buses = np.array([part.bus for part in parts])
        self.group_starts = np.cumsum([0, *(len(group) for groups in self.groups for group in groups)])[:-1]
        self.host_starts = np.cumsum([0, *(len(groups) for groups in self.groups)])[:-1]
        self.next = np.array([ground.problem.productions[p].fee_next for p, _ in self.hosts], dtype=float)
        self.day = np.array([ground.day_cost(host) for host in self.hosts])
        self.of = np.array([p for p, _ in self.hosts], dtype=np.int64)

    def _seats(self, host: Host, options: list[Option]) -> int:
        """Seats of one show, as many as a class that is locked there needs."""
        return max(self.ground.capacity(host), *(self.ground.sizes[option.unit][0] for option in options))

    def _groups(self, options: list[Option]) -> list[list[Part]]:
        ground, riders = self.ground, dict[int, list[Option]]()
        found: list[list[Part]] = []
        for option in options:
            if option.bus_km is None:
                found.append([self._part((option.unit,), 0.0)])
            else:
                riders.setdefault(ground.school[option.unit], []).append(option)
        for group in riders.values():
            price = ground.bus_cost(group[0].bus_km or 0)
            each = price / ground.problem.rules.bus_seats
            if len(group) > MOST_TOGETHER:
                alone = [self._part((one.unit,), 0.0) for one in group]
                found += [[part._replace(bus=each * part.seats)] for part in alone]
            else:
                found.append([self._part(units, price) for units in _subsets([one.unit for one in group])])
        return found

    def _part(self, units: tuple[int, ...], price: float) -> Part:
        seats = sum(self.ground.seats[unit] for unit in units)
        sizes = tuple(sorted((size for unit in units for size in self.ground.sizes[unit]), reverse=True))
        bus = -(-seats // self.ground.problem.rules.bus_seats) * price
        return Part(
            units,
            seats,
            bus,
            sizes,
            common(self.ground, units),
            self.ground.classes(units, self.ground.weeks),
        )

    def visit(self, host: Host, units: tuple[int, ...]) -> Visit:
        """These units at the host, at their true cost, in the shows and days that cost least."""
        return self._visit(host, units, self.ground.held(host, units))

    def visits(self, host: Host, units: tuple[int, ...]) -> list[Visit]:
        """These units at the host in every way: without a week in common fewer days may take more shows."""
        if common(self.ground, units):
            return [self.visit(host, units)]
        return [self._visit(host, units, held) for held in self.ground.ways(host, units, self.ground.weeks)]

    def _visit(self, host: Host, units: tuple[int, ...], held: Held) -> Visit:
        ground, i = self.ground, self.number[host]
        riding: dict[tuple[int, float], int] = {}
        for unit in units:
            price = self.bus_price[host, unit]
            if price:
                key = ground.school[unit], price
                riding[key] = riding.get(key, 0) + ground.seats[unit]
        count = ground.problem.rules.bus_seats
        ridden = sum(-(-seats // count) * price for (_, price), seats in riding.items())
        cost = held.shows * self.next[i] + held.days * self.day[i] + ridden
        return Visit(host, tuple(sorted(units)), held.shows, held.days, float(cost))

    def worth(self, prices: Prices, steps: int) -> tuple[Floats, list[tuple[Host, tuple[int, ...]]]]:
        """By host, what no visit's gain exceeds (0 or more), and the hosts and units of visits that gain something.

        The gain is the prices of its units less its cost, shows and days charged at their prices.
        """
        values = np.add.reduceat(prices.units[self.members], self.starts) - self.buses
        best = np.maximum(np.maximum.reduceat(values, self.group_starts), 0.0)
        hopes = np.add.reduceat(best, self.host_starts)
        show, day = self.next + prices.shows[self.of], self.day + prices.days[self.of]
        gains, found = np.zeros(len(self.hosts)), list[tuple[Host, tuple[int, ...]]]()
        for i in np.flatnonzero(hopes > show + day + GAIN):
            filling = self._filling(int(i), values, float(show[i]), float(day[i]), 0.0, steps)
            if filling is not None:
                gains[i], chosen = filling.best()
                if chosen:
                    found.append((self.hosts[i], tuple(unit for part in chosen for unit in part.units)))
        return gains, found

    def every(self, prices: Prices, floors: Floats, most: int) -> list[Visit] | None:
        """Every visit that gains more than the floor of its host; None if there are more than so many."""
        values = np.add.reduceat(prices.units[self.members], self.starts) - self.buses
        show, day = self.next + prices.shows[self.of], self.day + prices.days[self.of]
        found: dict[tuple[Host, tuple[int, ...], int], Visit] = {}
        for i, host in enumerate(self.hosts):
            filling = self._filling(i, values, float(show[i]), float(day[i]), float(floors[i]), 0)
            chosen = filling.all(float(floors[i]), most) if filling is not None else []
            if chosen is None:
                return None
            for parts in chosen:
                for visit in self.visits(host, tuple(unit for part in parts for unit in part.units)):
                    found[host, visit.units, visit.shows] = visit
            if len(found) > most:
                return None
        return list(found.values())

    def _filling(
        self, i: int, values: Floats, show: float, day: float, floor: float, steps: int
    ) -> Filling | None:
        """What can be at host number `i`, of parts that gain more than the floor; None if nothing can."""
        production, seats = self.hosts[i][0], self.seats[i]
        groups: Groups = []
        for g, group in enumerate(self.groups[i], int(self.host_starts[i])):
            begin = int(self.group_starts[g])
            gains = values[begin : begin + len(group)].tolist()
            paying = [(part, gain) for part, gain in zip(group, gains, strict=True) if gain > min(0.0, floor)]
            if paying:
                groups.append(paying)
        largest = (max((part.sizes for part, _ in group), key=sum) for group in groups)
        all_sizes = tuple(sorted((size for sizes in largest for size in sizes), reverse=True))
        weeks = ANY
        for paying in groups:
            for part, _ in paying:
                weeks &= part.weeks
        enough = simple(seats, all_sizes) if weeks else len(all_sizes)
        most = min(enough, self.ground.most_shows[production])
        if most <= 0:
            return None
        per_day = self.ground.per_day[production]
        costs = [n * show + -(-n // per_day) * day for n in range(most + 1)]
        return Filling(groups, seats, costs, Terms(per_day, show, day), steps)


def common(ground: Ground, units: Iterable[int]) -> int:
    """The weeks in which all of these units can."""
    weeks = ANY
    for unit in units:
        weeks &= ground.weeks[unit]
    return weeks


def _subsets(units: list[int]) -> list[tuple[int, ...]]:
    return [chosen for count in range(1, len(units) + 1) for chosen in combinations(units, count)]
