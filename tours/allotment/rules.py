"""The rules of an allotment, checked one by one on a finished plan. Nothing here is shared with the solver."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator

from .naming import known
from .plan import Assignment, Breach, Plan, Show
from .problem import Problem, Production, Site, Unit
from .reading import Number


def check(problem: Problem, plan: Plan) -> list[Breach]:
    """Every rule that the plan breaks; empty when it is legal.

    Raises:
        PlanError: the plan names what its problem does not have.
    """
    known(problem, plan)
    return [breach for rule in RULES for breach in rule(problem, plan)]


def _of(one: Assignment, rule: str, limit: Number, actual: Number, text: str) -> Breach:
    return Breach(rule, one.unit, one.production, one.site, limit, actual, text)


def _parts(problem: Problem, plan: Plan) -> Iterator[tuple[Assignment, Unit, Production, Site]]:
    for one in plan.assignments:
        yield one, problem.unit_of[one.unit], problem.production_of[one.production], problem.site_of[one.site]


def _once(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """Each unit once at most, and named among the unreached if it gets nothing."""
    given = Counter(one.unit for one in plan.assignments)
    told = {one.unit for one in plan.unreached}
    targets = problem.rules.targets
    for unit in problem.units:
        times, wanted = given[unit.id], targets is None or unit.grade in targets
        if times > 1:
            yield Breach("twice", unit.id, None, None, 1, times, f"{unit.id} gets {times} productions.")
        if times and not wanted:
            yield Breach(
                "target", unit.id, None, None, 0, times, f"Grade {unit.grade} is not among the targets."
            )
        if wanted and (times > 0) == (unit.id in told):
            said = (
                "gets something and is among the unreached"
                if times
                else "is neither reached nor among the others"
            )
            yield Breach("unreached", unit.id, None, None, 1, 0, f"{unit.id} {said}.")


def _suited(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """Grade, earlier visits, language, needs."""
    for one, unit, production, site in _parts(problem, plan):
        if unit.grade not in production.grades:
            yield _of(one, "grade", 1, 0, f"{production.id} is not for grade {unit.grade}.")
        if production.id in unit.had:
            yield _of(one, "had", 0, 1, f"{unit.id} has had {production.id} before.")
        spoken = [language for language in production.languages if language in (*unit.languages, "none")]
        if not spoken:
            yield _of(one, "language", 1, 0, f"{unit.id} does not understand {production.id}.")
        for need in unit.needs:
            if need not in production.meets + site.meets:
                yield _of(one, "need", 1, 0, f"Neither {production.id} nor {site.id} meets {need}.")


def _rooms(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """The site is open and fits, and what is not known of it is said."""
    for one, _, production, site in _parts(problem, plan):
        facts = [*site.unknown.get(production.id, []), *(["seats"] if site.seats is None else [])]
        if not site.open:
            yield _of(one, "closed", 1, 0, f"{site.id} is not open.")
        if production.id not in site.fits and production.id not in site.unknown:
            yield _of(one, "room", 1, 0, f"{site.id} does not fit {production.id}.")
        elif facts and not problem.rules.unknown_fits:
            yield _of(one, "unknown", 0, len(facts), f"Nobody knows {', '.join(facts)} of {site.id}.")
        if sorted(one.unknown) != sorted(facts):
            yield _of(
                one, "marked", len(facts), len(one.unknown), f"What is not known of {site.id} is not said."
            )


def _ways(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """The pupils come there, by the means that the plan says, and no further than they may."""
    rules, at = problem.rules, problem.place_number
    for one, unit, _, site in _parts(problem, plan):
        km = problem.km[at[unit.home]][at[site.place]]
        minutes = problem.minutes[at[unit.home]][at[site.place]]
        on_foot = km is not None and km <= rules.walk_max_km
        means = "own" if unit.home == site.place else "walk" if on_foot else "bus"
        if one.how != means:
            yield _of(one, "how", 1, 0, f"{unit.id} comes to {site.id} by {means}, not by {one.how}.")
        if km is None:
            yield _of(one, "no_road", 1, 0, f"No road leads from {unit.home} to {site.place}.")
        elif means == "bus" and km > rules.bus_max_km:
            yield _of(one, "bus_distance", rules.bus_max_km, km, f"{km} km by bus, not {rules.bus_max_km}.")
        limit = rules.bus_max_min
        if means == "bus" and km is not None and limit is not None and (minutes is None or minutes > limit):
            told = "an unknown number of" if minutes is None else minutes
            yield _of(one, "bus_minutes", limit, minutes or 0, f"{told} minutes by bus, not {limit}.")


def _tour_roads(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """Each production can come to its sites, and home again."""
    reached: dict[str, set[int]] = {}
    for one, _, production, site in _parts(problem, plan):
        home, place = problem.place_number[production.home], problem.place_number[site.place]
        if problem.km[home][place] is not None and problem.km[place][home] is not None:
            continue
        if production.home not in reached:
            reached[production.home] = _reached(problem, home)
        if place not in reached[production.home]:
            yield _of(one, "no_tour_road", 1, 0, f"No road leads from {production.home} to {site.place}.")


def _reached(problem: Problem, start: int) -> set[int]:
    found, waiting = {start}, deque([start])
    while waiting:
        place = waiting.popleft()
        for other, km in enumerate(problem.km[place]):
            if km is not None and problem.km[other][place] is not None and other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _by_hand(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """What is locked is kept, what is forbidden not chosen."""
    given = {one.unit: one for one in plan.assignments}
    for lock in problem.locked:
        one = given.get(lock.unit)
        has = (None, None) if one is None else (one.production, one.site if lock.site is not None else None)
        if has != (lock.production, lock.site):
            text = f"{lock.unit} is locked to {lock.production or 'nothing'} at {lock.site or 'any site'}."
            yield Breach("locked", lock.unit, lock.production, lock.site, 1, 0, text)
    for barred in problem.forbidden:
        one = given.get(barred.unit)
        if one and one.production == barred.production and barred.site in (None, one.site):
            yield _of(one, "forbidden", 0, 1, f"{one.unit} may not get {one.production} there.")


def _classes(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """Each class sees exactly one show, of what its unit gets, the one that the assignment names."""
    seen: dict[tuple[str, int], list[Show]] = {}
    for show in plan.shows:
        for key in show.classes:
            seen.setdefault(key, []).append(show)
    for one, unit, _, _ in _parts(problem, plan):
        if len(one.shows) != len(unit.classes):
            text = f"{unit.id} has {len(unit.classes)} classes, {len(one.shows)} shows are named."
            yield _of(one, "classes", len(unit.classes), len(one.shows), text)
        for i, number in enumerate(one.shows):
            held = [(show.production, show.site, show.number) for show in seen.pop((unit.id, i), [])]
            if held != [(one.production, one.site, number)]:
                yield _of(
                    one, "classes", 1, len(held), f"Class {i} of {unit.id} is not in show {number} alone."
                )
    for (name, i), shows in seen.items():
        where = shows[0]
        text = f"Class {i} of {name} sits in a show that its unit does not get."
        yield Breach("classes", name, where.production, where.site, 0, len(shows), text)


def _seats(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """No show has more guests than seats; what the plan says of both is so."""
    for show in plan.shows:
        production, site = problem.production_of[show.production], problem.site_of[show.site]
        taken = sum(_class_seats(problem.unit_of[unit], i) for unit, i in show.classes)
        room = min(production.audience_max, site.seats or production.audience_max)
        where = f"Show {show.number} of {show.production} at {show.site}"
        if taken > room:
            yield _show(show, "seats", room, taken, f"{where} has {taken} guests for {room} seats.")
        if (show.seats, show.capacity) != (taken, room):
            yield _show(
                show, "seats_told", taken, show.seats, f"{where} has {taken} guests and {room} seats."
            )
        if not show.classes:
            yield _show(show, "empty", 1, 0, f"{where} has no guests.")


def _class_seats(unit: Unit, number: int) -> int:
    """The pupils of a class and its share of the adults, given out one by one from the first class on."""
    return unit.classes[number] + len(range(number, unit.adults, len(unit.classes)))


def _show(show: Show, rule: str, limit: Number, actual: Number, text: str) -> Breach:
    return Breach(rule, None, show.production, show.site, limit, actual, text)


def _days(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """Not too many shows a day, shows and days a season; no number twice."""
    per_day = Counter((show.production, show.site, show.day) for show in plan.shows)
    numbers = Counter((show.production, show.site, show.number) for show in plan.shows)
    for (name, site, number), times in numbers.items():
        if times > 1:
            yield Breach("number", None, name, site, 1, times, f"{name} has {times} shows number {number}.")
    for (name, site, day), count in per_day.items():
        most = min(problem.rules.shows_per_day, problem.production_of[name].shows_per_day_max)
        if count > most:
            text = f"{count} shows of {name} on day {day} at {site}; at most {most} are allowed."
            yield Breach("shows_per_day", None, name, site, most, count, text)
    for production in problem.productions:
        shows = sum(count for (name, _, _), count in per_day.items() if name == production.id)
        days = sum(1 for name, _, _ in per_day if name == production.id)
        if shows > production.shows_max:
            text = f"{shows} shows of {production.id}; at most {production.shows_max} are to be had."
            yield Breach("shows_max", None, production.id, None, production.shows_max, shows, text)
        if days > production.days_max:
            text = f"{days} days of {production.id}; at most {production.days_max} are to be had."
            yield Breach("days_max", None, production.id, None, production.days_max, days, text)


def _weeks(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """All that come on a day have a week in common."""
    coming: dict[tuple[str, str, int], set[str]] = {}
    for show in plan.shows:
        key = show.production, show.site, show.day
        coming.setdefault(key, set()).update(unit for unit, _ in show.classes)
    for (name, site, day), units in coming.items():
        told = {unit: set(named) for unit in units if (named := problem.unit_of[unit].weeks) is not None}
        if told and not set.intersection(*told.values()):
            text = f"Those who see {name} at {site} on day {day} have no week in common: {', '.join(sorted(units))}."
            yield from (Breach("weeks", unit, name, site, 1, 0, text) for unit in sorted(told))


def _rides(problem: Problem, plan: Plan) -> Iterator[Breach]:
    """Whoever rides has a seat in a bus of the school, over the right distance; nobody else has."""
    at, riding = problem.place_number, Counter[tuple[str, str, str]]()
    for ride in plan.rides:
        riders = [problem.unit_of[unit] for unit in ride.units]
        riding.update((unit, ride.production, ride.site) for unit in ride.units)
        seats = sum(unit.pupils + unit.adults for unit in riders)
        if ride.buses * problem.rules.bus_seats < seats or ride.seats != seats:
            text = f"{ride.school} sends {seats} people in {ride.buses} buses."
            yield _ride(ride.production, ride.site, seats, ride.buses, text)
        for unit in riders:
            there = problem.km[at[unit.home]][at[problem.site_of[ride.site].place]]
            back = problem.km[at[problem.site_of[ride.site].place]][at[unit.home]]
            km = 0 if there is None else there + (there if back is None else back)
            if abs(km - ride.km) > 0.01 or unit.school != ride.school:
                yield _ride(
                    ride.production, ride.site, km, ride.km, f"{unit.id} rides {km} km, not {ride.km}."
                )
    needed = Counter((one.unit, one.production, one.site) for one in plan.assignments if one.how == "bus")
    for name, production, site in (needed - riding) | (riding - needed):
        wanted, held = needed[name, production, site], riding[name, production, site]
        text = f"{name} has no seat in a bus, or one too many."
        yield Breach("ride", name, production, site, wanted, held, text)


def _ride(production: str, site: str, limit: Number, actual: Number, text: str) -> Breach:
    return Breach("bus", None, production, site, limit, actual, text)


RULES: tuple[Callable[[Problem, Plan], Iterator[Breach]], ...] = (
    _once, _suited, _rooms, _ways, _tour_roads, _by_hand, _classes, _seats, _days, _weeks, _rides,
)  # fmt: skip
"""Every rule of docs/allotment.md; each yields its breaches on one plan."""
