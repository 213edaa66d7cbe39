"""From what each unit gets to a plan: classes packed into shows, shows into days, pupils into buses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .ground import Ground, Host, Option, cheapest, day_cost
from .hindrances import how_to, missing_facts, round_km
from .packing import packed
from .plan import Assignment, Plan, Ride, Show
from .problem import Problem
from .weekly import dealt, ways

Key = tuple[str, int]
"""A class: the id of its unit and its number there."""


def settle(ground: Ground, chosen: Iterable[Option]) -> Plan:
    """The plan of these options, in the order of the units; without cost, bounds and reasons."""
    hosts: dict[Host, list[int]] = {}
    for option in sorted(chosen, key=lambda option: (option.host, option.unit)):
        hosts.setdefault(option.host, []).append(option.unit)
    problem = ground.problem
    shows: list[Show] = []
    rides: list[Ride] = []
    assignments: list[Assignment] = []
    for host, guests in hosts.items():
        units = [ground.units[i].id for i in guests]
        part = held(problem, problem.productions[host[0]].id, problem.sites[host[1]].id, units)
        assignments += part.assignments
        shows += part.shows
        rides += part.rides
    return ordered(problem, Plan(tuple(assignments), tuple(shows), tuple(rides)))


def ordered(problem: Problem, plan: Plan) -> Plan:
    """The plan with its parts in the order of the problem."""
    units = {unit.id: i for i, unit in enumerate(problem.units)}
    offers = {production.id: i for i, production in enumerate(problem.productions)}
    sites = {site.id: i for i, site in enumerate(problem.sites)}
    return replace(
        plan,
        assignments=tuple(sorted(plan.assignments, key=lambda one: units[one.unit])),
        shows=tuple(
            sorted(plan.shows, key=lambda one: (offers[one.production], sites[one.site], one.number))
        ),
        rides=tuple(
            sorted(plan.rides, key=lambda one: (offers[one.production], sites[one.site], one.school))
        ),
    )


def held(problem: Problem, production: str, site: str, units: list[str]) -> Plan:
    """The part of a plan that lies at one site: these units see the production there."""
    per_day = min(problem.production_of[production].shows_per_day_max, problem.rules.shows_per_day)
    shows = shown(problem, production, site, units, per_day)
    missing = missing_facts(problem.production_of[production], problem.site_of[site])
    return Plan(
        tuple(assigned(problem, production, site, units, shows, missing)),
        tuple(shows),
        tuple(ridden(problem, production, site, units)),
    )


def shown(problem: Problem, production: str, site: str, units: list[str], per_day: int) -> list[Show]:
    """The fewest shows for these units; a class that no show holds makes one of its own, too small for it."""
    offered, room = problem.production_of[production], problem.site_of[site]
    seats = offered.audience_max if room.seats is None else min(offered.audience_max, room.seats)
    sizes = {(unit, i): size for unit in units for i, size in enumerate(problem.unit_of[unit].seats)}
    largest, common = max(seats, *sizes.values()), -1
    for unit in units:
        common &= problem.weeks_of[unit]
    if common:
        packing = together(problem, sizes, largest)
        dated = [(number // per_day + 1, group) for number, group in enumerate(packing)]
    else:
        price = offered.fee_next, day_cost(problem, offered, room)
        dated = by_weeks(problem, sizes, largest, per_day, price)
    return [
        Show(production, site, number, day, sum(sizes[one] for one in group), seats, tuple(group))
        for number, (day, group) in enumerate(dated, 1)
    ]


def by_weeks(
    problem: Problem, sizes: dict[Key, int], capacity: int, per_day: int, price: tuple[float, float]
) -> list[tuple[int, list[Key]]]:
    """The day and the classes of each show, where not all have a week in common; at the price of a show and a day."""
    keys = sorted(sizes, key=lambda key: (sizes[key], problem.weeks_of[key[0]]), reverse=True)
    classes = tuple((sizes[key], problem.weeks_of[key[0]]) for key in keys)
    held = cheapest(ways(capacity, per_day, classes), *price)
    days = dealt(capacity, per_day, classes, held)
    return [(day, [keys[i] for i in show]) for day, shows in enumerate(days, 1) for show in shows]


def together(problem: Problem, sizes: dict[Key, int], capacity: int) -> list[list[Key]]:
    """The fewest shows, with whole schools together where that takes no more of them, else whole units."""
    keys = sorted(sizes, key=lambda key: -sizes[key])
    fewest = packed(capacity, tuple(sizes[key] for key in keys))
    by_school: dict[str, list[Key]] = {}
    by_unit: dict[str, list[Key]] = {}
    for key in sizes:
        by_school.setdefault(problem.unit_of[key[0]].school, []).append(key)
        by_unit.setdefault(key[0], []).append(key)
    for parts in (list(by_school.values()), list(by_unit.values())):
        parts.sort(key=lambda part: -sum(sizes[key] for key in part))
        totals = tuple(sum(sizes[key] for key in part) for part in parts)
        if totals[0] <= capacity:
            whole = packed(capacity, totals)
            if len(whole) == len(fewest):
                return [sorted(key for i in show for key in parts[i]) for show in whole]
    return [sorted(keys[i] for i in show) for show in fewest]


def ridden(problem: Problem, production: str, site: str, units: list[str]) -> list[Ride]:
    """The buses of each school that rides."""
    room = problem.site_of[site]
    groups: dict[tuple[str, str], list[str]] = {}
    for unit in units:
        one = problem.unit_of[unit]
        if how_to(problem, one, room) == "bus":
            groups.setdefault((one.school, one.home), []).append(unit)
    rides = []
    for (school, home), riders in groups.items():
        seats = sum(sum(problem.unit_of[unit].seats) for unit in riders)
        buses = -(-seats // problem.rules.bus_seats)
        rides.append(
            Ride(school, production, site, tuple(riders), seats, buses, round_km(problem, home, room.place))
        )
    return rides


def assigned(
    problem: Problem, production: str, site: str, units: list[str], shows: list[Show], unknown: tuple[str, ...]
) -> list[Assignment]:  # fmt: skip
    """What each of the units gets."""
    number = {key: show.number for show in shows for key in show.classes}
    room = problem.site_of[site]
    return [
        Assignment(
            unit,
            production,
            site,
            how_to(problem, problem.unit_of[unit], room),
            tuple(number[unit, i] for i in range(len(problem.unit_of[unit].classes))),
            unknown,
        )
        for unit in units
    ]
