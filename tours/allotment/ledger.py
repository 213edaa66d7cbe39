"""A choice for some units and what it costs, kept up to date as units come and go."""

from __future__ import annotations

from .ground import Ground, Host, Option
from .weekly import Held


class Ledger:
    """What each unit gets, and the price of one more.

    Attributes:
        chosen: by unit, its option.
        guests: by host, the units that come.
        shows, days: by production, those of all its hosts.
        cost: what all of it costs.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.chosen: dict[int, Option] = {}
        self.guests: dict[Host, list[int]] = {}
        self.passing: list[dict[int, int]] = [{} for _ in ground.problem.productions]
        self.shows = [0] * len(self.passing)
        self.days = [0] * len(self.passing)
        self.riders: dict[tuple[Host, int], int] = {}
        self.cost = 0.0

    def price(self, option: Option) -> float | None:
        """What the cost rises by if the unit, which has nothing yet, gets this; None where no show or day is left."""
        host, ground = option.host, self.ground
        guests = self.guests.get(host, [])
        before, after = ground.held(host, guests), ground.held(host, [*guests, option.unit])
        if self.shows[host[0]] + after.shows - before.shows > ground.most_shows[host[0]]:
            return None
        if self.days[host[0]] + after.days - before.days > ground.most_days[host[0]]:
            return None
        return self.rise(option, before, after)

    def rise(self, option: Option, before: Held, after: Held) -> float:
        """What the cost rises by when the unit joins a host that had the shows `before` and then has those `after`."""
        host, ground = option.host, self.ground
        further = ground.problem.productions[host[0]].fee_next
        cost = (after.shows - before.shows) * further + (after.days - before.days) * ground.day_cost(host)
        if option.bus_km is not None:
            riding = self.riders.get((host, ground.school[option.unit]), 0)
            buses = self._buses(riding + ground.seats[option.unit]) - self._buses(riding)
            cost += buses * ground.bus_cost(option.bus_km)
        if not before.shows:
            km, met = ground.trees.km[host[0]], self.passing[host[0]]
            way = ground.trees.way(host[0], ground.place[host[1]])
            cost += ground.problem.rules.per_km * sum(km[place] for place in way if not met.get(place))
        return cost

    def add(self, option: Option) -> None:
        """The unit, which has nothing yet, gets this, whatever room there is."""
        host, guests = option.host, self.guests.setdefault(option.host, [])
        before, after = self.ground.held(host, guests), self.ground.held(host, [*guests, option.unit])
        self.cost += self.rise(option, before, after)
        if not before.shows:
            self._pass(host, 1)
        self._count(option, before, after, 1)
        guests.append(option.unit)
        self.chosen[option.unit] = option

    def remove(self, unit: int) -> Option:
        """The unit has nothing any more; gives what it had."""
        option = self.chosen.pop(unit)
        host, guests = option.host, self.guests[option.host]
        before = self.ground.held(host, guests)
        guests.remove(unit)
        after = self.ground.held(host, guests)
        if not after.shows:
            del self.guests[host]
            self._pass(host, -1)
        self._count(option, before, after, -1)
        self.cost -= self.rise(option, after, before)
        return option

    def copy(self) -> Ledger:
        """The same choice, to be changed on its own."""
        other = Ledger(self.ground)
        for option in self.chosen.values():
            other.add(option)
        return other

    def reached(self) -> int:
        """Pupils that get something."""
        return sum(self.ground.pupils[unit] for unit in self.chosen)

    def _count(self, option: Option, before: Held, after: Held, sign: int) -> None:
        host = option.host
        self.shows[host[0]] += after.shows - before.shows
        self.days[host[0]] += after.days - before.days
        if option.bus_km is not None:
            key = host, self.ground.school[option.unit]
            self.riders[key] = self.riders.get(key, 0) + sign * self.ground.seats[option.unit]

    def _pass(self, host: Host, sign: int) -> None:
        met = self.passing[host[0]]
        for place in self.ground.trees.way(host[0], self.ground.place[host[1]]):
            met[place] = met.get(place, 0) + sign

    def _buses(self, seats: int) -> int:
        return -(-seats // self.ground.problem.rules.bus_seats)
