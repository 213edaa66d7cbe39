"""The best visit at one host: by seats first, then among those whose classes can be packed, in weeks they share."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .packing import fits
from .weekly import ANY, Class, apart, ways

GAIN = 1e-6
"""What gains less gains nothing: prices are no more exact than that."""


class Part(NamedTuple):
    """Some units of one school at one host, which may come together; `bus` is what their
    buses cost, `weeks` those in which all can."""

    units: tuple[int, ...]
    seats: int
    bus: float
    sizes: tuple[int, ...]
    weeks: int
    classes: tuple[Class, ...]


Groups = list[list[tuple[Part, float]]]


class Terms(NamedTuple):
    """Most shows of a day, and what a show and a day cost at the prices."""

    per_day: int
    show: float
    day: float


class Filling:
    """The best visit at one host: first by its seats alone, then among those whose classes can be packed.

    Args:
        groups: the parts that gain something, with what; at most one of each group is chosen.
        costs: by number of shows, on the fewest days; parts without a week in common may need more of these.
        steps: of the search, for each number of shows; what is not decided then counts by its seats.
    """

    def __init__(self, groups: Groups, seats: int, costs: list[float], terms: Terms, steps: int) -> None:
        self.groups, self.seats, self.costs, self.terms, self.most_steps = groups, seats, costs, terms, steps
        room = (len(costs) - 1) * seats
        self.filled = [np.zeros(room + 1)]
        for group in groups:
            before = self.filled[-1]
            after = before.copy()
            for part, value in group:
                if part.seats <= room:
                    tail = after[part.seats :]
                    np.maximum(tail, before[: room + 1 - part.seats] + value, out=tail)
            self.filled.append(after)
        self.steps, self.gain, self.chosen = 0, GAIN, list[Part]()

    def all(self, floor: float, most: int) -> list[list[Part]] | None:
        """The parts of every visit that gains more than `floor`, some more than once; None if there are more."""
        found: list[list[Part]] = []
        for n in range(1, len(self.costs)):
            waiting: list[tuple[int, int, float, list[Part], tuple[int, ...], int]] = [
                (len(self.groups), n * self.seats, -self.costs[n], [], (), ANY)
            ]
            while waiting:
                g, room, gain, parts, sizes, weeks = waiting.pop()
                if gain + self.filled[g][room] - (0.0 if weeks else self._more_days(parts, n)) <= floor:
                    continue
                if g == 0:
                    if weeks or self._true(parts, gain, n) > floor:
                        found.append(parts)
                    if len(found) > most:
                        return None
                    continue
                waiting.append((g - 1, room, gain, parts, sizes, weeks))
                for part, value in self.groups[g - 1]:
                    more = tuple(sorted(sizes + part.sizes, reverse=True))
                    if part.seats <= room and fits(self.seats, more, n):
                        joined = [*parts, part], more, weeks & part.weeks
                        waiting.append((g - 1, room - part.seats, gain + value, *joined))
        return [parts for parts in found if parts]

    def best(self) -> tuple[float, list[Part]]:
        """What no visit's gain exceeds, and the parts of the best one found."""
        self._look_in_weeks()
        hopes = [
            (float(self.filled[-1][n * self.seats]) - self.costs[n], n) for n in range(1, len(self.costs))
        ]
        most = 0.0
        for hope, n in sorted(hopes, reverse=True):
            if hope <= self.gain:
                break
            self.steps = 0
            self._look(len(self.groups), n * self.seats, -self.costs[n], [], (), ANY, n)
            if self.steps > self.most_steps:
                most = max(most, hope)
        return max(most, self.gain if self.chosen else 0.0), self.chosen

    def _look_in_weeks(self) -> None:
        """Where not all have a week in common: the best visits of those who can in one, the likeliest week first."""
        masks = {part.weeks for group in self.groups for part, _ in group}
        weeks = ANY
        for mask in masks:
            weeks &= mask
        if weeks:
            return
        named = 0
        for mask in masks - {ANY}:
            named |= mask
        looks: dict[tuple[int, ...], tuple[float, Groups]] = {}
        for bit in (1 << i for i in range(named.bit_length()) if named >> i & 1):
            able = [[(part, value) for part, value in group if part.weeks & bit] for group in self.groups]
            groups = [group for group in able if group]
            key = tuple(id(part) for group in groups for part, _ in group)
            looks[key] = sum(max(value for _, value in group) for group in groups) - self.costs[1], groups
        for hope, groups in sorted(looks.values(), key=lambda look: -look[0]):
            if hope <= self.gain:
                return
            gain, chosen = Filling(groups, self.seats, self.costs, self.terms, self.most_steps)._in_one_week()
            if chosen and gain > self.gain:
                self.gain, self.chosen = gain, chosen

    def _in_one_week(self) -> tuple[float, list[Part]]:
        """The gain and the parts of the best visit found, all of which can in one week."""
        for n in range(1, len(self.costs)):
            if float(self.filled[-1][n * self.seats]) - self.costs[n] > self.gain:
                self.steps = 0
                self._look(len(self.groups), n * self.seats, -self.costs[n], [], (), ANY, n)
        return self.gain, self.chosen

    def _more_days(self, parts: list[Part], shows: int) -> float:
        """What the parts cost at least beyond so many shows on the fewest days, having no week in common."""
        days = apart(weeks for part in parts for _, weeks in part.classes)
        return max(0, days - -(-shows // self.terms.per_day)) * self.terms.day

    def _true(self, parts: list[Part], gain: float, shows: int) -> float:
        """What parts without a week in common gain, where they would gain `gain` if they had one."""
        classes = tuple(sorted((one for part in parts for one in part.classes), reverse=True))
        held = ways(self.seats, self.terms.per_day, classes)
        cost = min(one.shows * self.terms.show + one.days * self.terms.day for one in held)
        return gain + self.costs[shows] - cost

    def _look(
        self,
        g: int,
        room: int,
        gain: float,
        parts: list[Part],
        sizes: tuple[int, ...],
        weeks: int,
        shows: int,
    ) -> None:
        """Chooses from group after group, the last first, what can still come to more than the best found."""
        self.steps += 1
        if g == 0 or self.filled[g][room] <= 0.0:
            if gain > self.gain and not weeks:
                hope = gain - self._more_days(parts, shows)
                gain = self._true(parts, gain, shows) if hope > self.gain else hope
            if gain > self.gain:
                self.gain, self.chosen = gain, parts
            return
        before = self.filled[g - 1]
        ways = [(gain + before[room], -1)]
        for i, (part, value) in enumerate(self.groups[g - 1]):
            if part.seats <= room:
                ways.append((gain + value + before[room - part.seats], i))
        for hope, i in sorted(ways, reverse=True):
            if hope <= self.gain or self.steps > self.most_steps:
                return
            if i < 0:
                self._look(g - 1, room, gain, parts, sizes, weeks, shows)
                continue
            part, value = self.groups[g - 1][i]
            more = tuple(sorted(sizes + part.sizes, reverse=True))
            if fits(self.seats, more, shows):
                joined, both = [*parts, part], weeks & part.weeks
                if both or hope - self._more_days(joined, shows) > self.gain:
                    self._look(g - 1, room - part.seats, gain + value, joined, more, both, shows)
