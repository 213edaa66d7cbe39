"""The best tour by trying everything, minute by minute, on JSON documents; shares no code with the planner."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import Any

from tests.tours.planner.checker import Tour

NEVER = -(10**6)

Order = tuple[int, ...]


def best_worth(problem: dict[str, Any]) -> float:
    """The greatest objective of any legal plan of a window shorter than a week, without fixed stops and baseline."""
    world = _World(problem)
    days, rest = problem["days"], problem["rules"].get("rest_night_min", 0)

    @cache
    def best(day: int, here: int, ready: int, left: frozenset[int]) -> float:
        if day == len(days):
            return world.bonus(left) if here == world.home else float("-inf")
        results = []
        for order, end, bed in set(world.moves(day, here, ready, left)):
            if (bed, day) in world.full:
                continue
            then = NEVER if end is None else end + rest - 1440 - days[day].get("clock_shift_min", 0)
            worth = world.value(order) - world.cost(day, here, order, bed)
            results.append(worth + best(day + 1, bed, max(then, NEVER), left - set(order)))
        return max(results, default=float("-inf"))

    return best(0, world.home, NEVER, frozenset(range(len(problem["candidates"]))))


class _World:
    """What one day may hold and what it is worth; places and wishes by number."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.rules, self.costs, self.days = problem["rules"], problem["costs"], problem["days"]
        self.wishes, places = problem["candidates"], problem["places"]
        self.names = [place["id"] for place in places]
        self.row = {place["id"]: i for i, place in enumerate(places)}
        self.area = [place["municipality"] for place in places]
        self.home = self.row[problem["home"]]
        self.beds = [i for i, place in enumerate(places) if place["beds"] or i == self.home]
        idle = {"stops": [], "nights": [problem["home"]] * len(self.days), "drive_only_departures": {}}
        self.tour = Tour(problem, idle)
        self.full = {(self.row[place], day) for place, day in problem.get("no_beds", [])}

    def place(self, wish: int) -> int:
        """Where a wish is played."""
        return self.row[self.wishes[wish]["place"]]

    def way(self, day: int, ends: tuple[int, int], before: int | None, after: int | None) -> tuple[int, int]:
        """(minutes at the wheel, with breaks) between two places; None is a night's place."""
        driven = self.tour.minutes(day, self.names[ends[0]], self.names[ends[1]])
        wishes = [None if wish is None else self.wishes[wish] for wish in (before, after)]
        return driven, driven + self.tour.breaks(day, wishes[0], wishes[1], driven)

    def starts(
        self, order: Order, day: int, here: int, free: int, moved: int = 0, before: int | None = None
    ) -> Iterator[Any]:
        """(duty starts, leaves last place, last place, driven) for every choice of minutes."""
        if not order:
            yield None, free, here, moved
            return
        wish, there = self.wishes[order[0]], self.place(order[0])
        road, time = self.way(day, (here, there), before, order[0])
        for d, low, high in wish["windows"]:
            for start in range(low, high + 1) if d == day else ():
                begin = start - wish["get_in_min"]
                if begin - time >= free:
                    done = start + wish["show_min"] + wish["get_out_min"]
                    for tail in self.starts(order[1:], day, there, done, moved + road, order[0]):
                        yield (begin - time, *tail[1:])

    def legal(self, day: int, start: int, end: int, moved: int, ready: int) -> bool:
        """Whether a duty keeps the rules of its day and starts when the party is ready."""
        rules, days = self.rules, self.days
        return bool(
            days[day]["kind"] == "work"
            and start >= max(rules.get("day_open_min", 0), ready)
            and end <= min([rules.get("day_close_min", 2880), *_midnight(days, day)])
            and end - start <= rules.get("span_max_min", 10**6)
            and moved <= rules.get("drive_max_min", 10**6)
        )

    def moves(self, day: int, here: int, ready: int, left: frozenset[int]) -> Iterator[Any]:
        """(order, end of duty or None, bed) of every legal way to spend a day."""
        yield (), None, here
        for bed in self.beds:
            depart = max(self.rules.get("day_open_min", 0), ready)
            road, time = self.way(day, (here, bed), None, None)
            if bed != here and self.legal(day, depart, depart + time, road, ready):
                yield (), depart + time, bed
        for size in range(1, min(len(left), self.rules.get("performances_per_day", 9)) + 1):
            for order in permutations(sorted(left), size):
                yield from self.plays(order, day, here, ready)

    def plays(self, order: Order, day: int, here: int, ready: int) -> Iterator[Any]:
        """The same of every legal way to play some wishes in this order."""
        for start, leave, last, moved in self.starts(order, day, here, NEVER):
            for bed in self.beds:
                road, time = self.way(day, (last, bed), order[-1], None)
                end = leave + time
                if self.legal(day, start, end, moved + road, ready):
                    yield order, end, bed

    def value(self, order: Order) -> float:
        """What the wishes of a day are worth."""
        return float(sum(self.wishes[c]["value"] for c in order))

    def cost(self, day: int, here: int, order: Order, bed: int) -> float:
        """The roads of a day and the night after it."""
        points = [self.names[i] for i in (here, *(self.place(c) for c in order), bed)]
        far = sum(self.tour.kilometres(day, a, b) for a, b in zip(points, points[1:], strict=False))
        return float(self.costs["per_km"] * far + self.costs["per_night_away"] * (bed != self.home))

    def bonus(self, left: frozenset[int]) -> float:
        """What the municipalities are worth that were reached when some wishes are left."""
        played = set(range(len(self.wishes))) - left
        return float(
            self.costs["municipality_bonus"] * len({self.area[self.place(c)] for c in played} - {None})
        )


def _midnight(days: list[dict[str, Any]], day: int) -> list[int]:
    return [1440] if day + 1 < len(days) and days[day + 1]["kind"] != "work" else []
