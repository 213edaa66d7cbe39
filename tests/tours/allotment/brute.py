"""The best allotment of a tiny problem by trying them all; only the rules' checker is shared with what is tested."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from tours.allotment import Assignment, Plan, Problem, Ride, Show, check

Where = tuple[str, str]


def best(problem: Problem) -> tuple[int, float]:
    """The most pupils that can be reached, and the least that this costs."""
    ways = [[None, *legal(problem, unit.id)] for unit in problem.units]
    found = [(0, 0.0)]
    for chosen in product(*ways):
        hosts: dict[Where, list[str]] = defaultdict(list)
        for unit, where in zip(problem.units, chosen, strict=True):
            if where is not None:
                hosts[where].append(unit.id)
        cost = priced(problem, hosts)
        if cost is not None:
            pupils = sum(unit.pupils for unit, where in zip(problem.units, chosen, strict=True) if where)
            found.append((-pupils, cost))
    reached, cost = min(found)
    return -reached, cost


def legal(problem: Problem, unit: str) -> list[Where]:
    """The productions and sites that a unit may see, capacity in the season aside."""
    wheres = [(one.id, site.id) for one in problem.productions for site in problem.sites]
    return [where for where in wheres if not barred(problem, unit, where)]


def barred(problem: Problem, unit: str, where: Where) -> bool:
    """Whether the checker has anything against it, each class being in a show of its own, on a day of its own."""
    name, place = where
    one, site = problem.unit_of[unit], problem.site_of[place]
    a, b = problem.places.index(one.home), problem.places.index(site.place)
    km = problem.km[a][b]
    assert km is not None
    how = "own" if a == b else "walk" if km <= problem.rules.walk_max_km else "bus"
    room = min(problem.production_of[name].audience_max, site.seats or 10**6)
    unknown = ("seats",) if site.seats is None else ()
    numbers = tuple(range(1, len(one.classes) + 1))
    shows = tuple(
        Show(name, place, i, i, size, room, ((unit, i - 1),))
        for i, size in zip(numbers, one.seats, strict=True)
    )
    seats = sum(one.seats)
    buses = -(-seats // problem.rules.bus_seats)
    rides = (Ride(one.school, name, place, (unit,), seats, buses, 2 * km),) if how == "bus" else ()
    plan = Plan((Assignment(unit, name, place, how, numbers, unknown),), shows, rides)  # type: ignore[arg-type]
    season = {"unreached", "shows_max", "days_max"}
    return any(breach.rule not in season for breach in check(problem, plan))


def dated(classes: list[tuple[int, set[str] | None]], capacity: int, per_day: int) -> set[tuple[int, int]]:
    """Every number of shows and days in which classes of these seats and weeks can come, by trying every way."""
    found: set[tuple[int, int]] = set()

    def place(i: int, days: list[tuple[set[str] | None, list[int]]]) -> None:
        if i == len(classes):
            found.add((sum(len(shows) for _, shows in days), len(days)))
            return
        size, weeks = classes[i]
        for j, (told, shows) in enumerate(days):
            both = told if weeks is None else weeks if told is None else told & weeks
            if both is None or both:
                for k, taken in enumerate(shows):
                    if taken + size <= capacity:
                        more = [*shows[:k], taken + size, *shows[k + 1 :]]
                        place(i + 1, [*days[:j], (both, more), *days[j + 1 :]])
                if len(shows) < per_day:
                    place(i + 1, [*days[:j], (both, [*shows, size]), *days[j + 1 :]])
        place(i + 1, [*days, (weeks, [size])])

    place(0, [])
    return found


def bins(sizes: list[int], capacity: int) -> int:
    """The fewest shows, by trying every way."""
    fewest = len(sizes)

    def place(i: int, shows: list[int]) -> None:
        nonlocal fewest
        if i == len(sizes):
            fewest = min(fewest, len(shows))
            return
        for j, taken in enumerate(shows):
            if taken + sizes[i] <= capacity:
                place(i + 1, [*shows[:j], taken + sizes[i], *shows[j + 1 :]])
        place(i + 1, [*shows, sizes[i]])

    place(0, [])
    return fewest


def priced(problem: Problem, hosts: dict[Where, list[str]]) -> float | None:
    """The least that it costs, None where a production has not so many shows or days."""
    held = [ways(problem, where, units) for where, units in hosts.items()]
    costs = [shown(problem, dict(zip(hosts, chosen, strict=True)), hosts) for chosen in product(*held)]
    return min((cost for cost in costs if cost is not None), default=None)


def ways(problem: Problem, where: Where, units: list[str]) -> set[tuple[int, int]]:
    """Numbers of shows and days in which these units can see a production at a site."""
    offer, site = problem.production_of[where[0]], problem.site_of[where[1]]
    capacity = min(offer.audience_max, site.seats or 10**6)
    per_day = min(offer.shows_per_day_max, problem.rules.shows_per_day)
    coming = [problem.unit_of[unit] for unit in units]
    if any(unit.weeks is not None for unit in coming):
        classes = [
            (size, unit.weeks if unit.weeks is None else set(unit.weeks))
            for unit in coming
            for size in unit.seats
        ]
        return dated(classes, capacity, per_day)
    count = bins([size for unit in coming for size in unit.seats], capacity)
    return {(count, -(-count // per_day))}


def shown(
    problem: Problem, held: dict[Where, tuple[int, int]], hosts: dict[Where, list[str]]
) -> float | None:
    """What it costs with so many shows and days, None where a production has not so many."""
    rules, cost = problem.rules, 0.0
    shows: dict[str, int] = defaultdict(int)
    days: dict[str, int] = defaultdict(int)
    for (name, place), units in hosts.items():
        offer, site = problem.production_of[name], problem.site_of[place]
        count, on = held[name, place]
        shows[name] += count
        days[name] += on
        cost += on * (offer.fee + site.rent) + (count - on) * offer.fee_next
        away = rules.day_trip_max_min
        minutes = problem.minutes[problem.places.index(offer.home)][problem.places.index(site.place)] or 0
        cost += on * rules.per_night if away is not None and minutes > away else 0
        cost += ridden(problem, units, site.place)
    for offer in problem.productions:
        if shows[offer.id] > offer.shows_max or days[offer.id] > offer.days_max:
            return None
        places = {problem.site_of[place].place for name, place in hosts if name == offer.id}
        cost += rules.per_km * road(offer.home, places)
    return cost


def ridden(problem: Problem, units: list[str], place: str) -> float:
    """What the buses of each school cost."""
    seats: dict[tuple[str, float], int] = defaultdict(int)
    for name in units:
        unit = problem.unit_of[name]
        km = problem.km[problem.places.index(unit.home)][problem.places.index(place)] or 0
        if unit.home != place and km > problem.rules.walk_max_km:
            seats[unit.school, km] += sum(unit.seats)
    rules = problem.rules
    return sum(
        -(-n // rules.bus_seats) * (rules.bus_base + rules.bus_per_km * 2 * km)
        for (_, km), n in seats.items()
    )


TREE = {"east": {"town": 20}, "town": {"east": 20, "west": 40}, "west": {"town": 40}}
"""The shortest tree of the three places: town - east 10 km, town - west 20 km, there and back."""


def road(home: str, places: set[str]) -> float:
    """Kilometres of the tree between home and the places, there and back."""
    ways: set[frozenset[str]] = set()
    for place in places - {home}:
        steps = [home, place] if "town" in (home, place) else [home, "town", place]
        ways |= {frozenset(pair) for pair in zip(steps, steps[1:], strict=False)}
    return sum(TREE[a][b] for a, b in map(sorted, ways))
