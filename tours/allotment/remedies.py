"""The cheapest change that would let a unit in, of each kind, with what the plan then costs more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from .errors import PlanError
from .ground import Ground, Option
from .hindrances import Hindrance, how_to, round_km
from .ledger import Ledger
from .plan import Plan, Remedy
from .problem import Problem
from .reading import Number, tidy
from .weekly import ANY, Held

KINDS = {
    "grade": "admit_grade", "had": "allow_repeat", "language": "offer_language", "closed": "open_site",
    "unknown": "ask_facts", "need": "meet_need", "class_size": "raise_audience", "bus_distance": "bus_distance",
    "bus_minutes": "bus_distance", "forbidden": "lift_forbidden", "no_week": "ask_weeks",
}  # fmt: skip
"""By hindrance, the remedy. Besides: `more_shows` where nothing but capacity is in the way, `ask_weeks` too where there
would be room among others in another week, `unlock` where a person has locked the unit. That a room does not fit, or
that no road leads there, no rule mends."""

NEAREST = 25
"""Of the sites so many nearest are looked at. Source: the house's choice."""


class Remedies:
    """The remedies for units that a plan does not reach, the rest of it as it is."""

    def __init__(self, ground: Ground, plan: Plan) -> None:
        self.ground, self.problem = ground, ground.problem
        self.ledger = Ledger(ground)
        numbers = {unit.id: i for i, unit in enumerate(ground.units)}
        sites = {site.id: i for i, site in enumerate(self.problem.sites)}
        for one in plan.assignments:
            if one.unit in numbers:
                i = numbers[one.unit]
                self.ledger.add(self._option(i, ground.bars.number[one.production], sites[one.site]))

    def of(self, i: int) -> tuple[Remedy, ...]:
        """The cheapest remedy of each kind for a unit, cheapest first."""
        best: dict[str, Remedy] = {}
        for remedy in self._all(i):
            known = best.get(remedy.kind)
            if known is None or remedy.cost < known.cost:
                best[remedy.kind] = remedy
        return tuple(sorted(best.values(), key=lambda remedy: (remedy.cost, remedy.kind)))

    def _all(self, i: int) -> Iterator[Remedy]:
        unit = self.ground.units[i]
        lock = self.ground.locked.get(unit.id)
        row = self.problem.km[self.problem.place_number[unit.home]]
        ways = sorted((km, s) for s, at in enumerate(self.ground.place) if (km := row[at]) is not None)
        for p, production in enumerate(self.problem.productions):
            barred = list(self.ground.bars.of_production(unit, production))
            if len(barred) > 1 or (lock is not None and barred):
                continue
            for _, s in ways[:NEAREST]:
                yield from self._one(i, p, s, lock is not None)

    def _one(self, i: int, p: int, s: int, is_locked: bool) -> Iterator[Remedy]:
        """The single change that lets the unit see this production at this site, if there is one."""
        unit, production = self.ground.units[i], self.problem.productions[p]
        hindrances = self.ground.bars.of(unit, production, s)
        kinds = {KINDS.get(hindrance.code) for hindrance in hindrances}
        if None in kinds or len(kinds) > 1:
            return
        option = self._option(i, p, s)
        host = option.host
        guests = self.ledger.guests.get(host, [])
        before = self.ground.held(host, guests)
        size = self.ground.sizes[i][0]
        if size > self.ground.capacity(host) and "raise_audience" not in kinds:
            return
        after = self.ground.held(host, [*guests, i])
        shows, days = self._needed(option, before, after)
        is_full = self._is_full(option, before, after)
        if len(kinds) + is_full + is_locked != 1:
            return
        cost = tidy(self.ledger.rise(option, before, after))
        ids = unit.id, production.id, self.problem.sites[s].id
        if is_locked:
            yield Remedy("unlock", *ids, cost)
        elif is_full:
            more = max(shows, production.shows_max), max(days, production.days_max)
            yield Remedy("more_shows", *ids, cost, more[0], {"shows": more[0], "days": more[1]})
            yield from (Remedy("ask_weeks", *ids, *told) for told in self._in_another_week(option))
        else:
            value, facts = self._change(hindrances, i, s)
            if facts is not None:
                yield Remedy(str(next(iter(kinds))), *ids, cost, value, facts)

    def lacks_week(self, i: int) -> bool:
        """Whether the unit would have a place in the shows of others, were it not for the weeks in which it can."""
        masks = [*self.ground.weeks]
        masks[i] = ANY
        for option in self.ground.options[i] if masks[i] != self.ground.weeks[i] else ():
            guests = self.ledger.guests.get(option.host, [])
            before, after = (self.ground.held(option.host, units, masks) for units in (guests, [*guests, i]))
            if guests and not self._is_full(option, before, after):
                return True
        return False

    def _in_another_week(self, option: Option) -> Iterator[tuple[Number, None, dict[str, Any]]]:
        """Cost, and the week of the others in which the unit would have a place among them for least."""
        i, host, found = option.unit, option.host, list[tuple[Number, str]]()
        guests = self.ledger.guests.get(host, [])
        told = {week for guest in guests for week in self.ground.units[guest].weeks or ()}
        before = self.ground.held(host, guests)
        for week in sorted(told - {*(self.ground.units[i].weeks or told)}):
            masks = [*self.ground.weeks]
            masks[i] |= self.problem.bit_of_week[week]
            after = self.ground.held(host, [*guests, i], masks)
            if not self._is_full(option, before, after):
                found.append((tidy(self.ledger.rise(option, before, after)), week))
        for cost, week in sorted(found)[:1]:
            yield cost, None, {"weeks": [week]}

    def _is_full(self, option: Option, before: Held, after: Held) -> bool:
        """Whether the production has not so many shows or days in the season."""
        shows, days = self._needed(option, before, after)
        production = self.problem.productions[option.production]
        return shows > production.shows_max or days > production.days_max

    def _needed(self, option: Option, before: Held, after: Held) -> tuple[int, int]:
        """Shows and days of the production in the season, with the unit."""
        p = option.production
        shows = self.ledger.shows[p] + after.shows - before.shows
        return shows, self.ledger.days[p] + after.days - before.days

    def _change(self, hindrances: tuple[Hindrance, ...], i: int, s: int) -> tuple[Any, dict[str, Any] | None]:
        """The number and the facts of what has to change; no facts where it cannot."""
        facts: dict[str, Any] = {}
        value = None
        for hindrance in hindrances:
            facts |= hindrance.facts
            if hindrance.code in ("bus_distance", "bus_minutes"):
                unit, site = self.ground.units[i], self.problem.sites[s]
                a, b = self.problem.place_number[unit.home], self.problem.place_number[site.place]
                value, facts = (
                    self.problem.km[a][b],
                    {"km": self.problem.km[a][b], "minutes": self.problem.minutes[a][b]},
                )
                if self.problem.rules.bus_max_min is not None and facts["minutes"] is None:
                    return None, None
            if hindrance.code == "class_size":
                value = facts["seats"]
                seats = self.problem.sites[s].seats
                if seats is not None and seats < value:
                    return None, None
        return value, facts

    def _option(self, i: int, p: int, s: int) -> Option:
        """The option, whether it may be or not."""
        unit, site = self.ground.units[i], self.problem.sites[s]
        by_bus = how_to(self.problem, unit, site) == "bus"
        km = round_km(self.problem, unit.home, site.place) if by_bus else None
        return Option(i, p, s, km, self.ground.held((p, s), [i]))


def remedied(problem: Problem, remedy: Remedy) -> Problem:
    """The problem with what the remedy changes.

    Raises:
        PlanError: the remedy is of no kind known, or names what the problem does not have.
    """
    if remedy.kind not in _CHANGES:
        raise PlanError("kind", f"{remedy.kind!r} is no remedy; expected one of {', '.join(_CHANGES)}")
    known = remedy.unit in problem.unit_of and remedy.production in problem.production_of
    if not known or remedy.site not in problem.site_of:
        raise PlanError("remedy", "names a unit, production or site that the problem does not have")
    return _CHANGES[remedy.kind](problem, remedy)


def _production(problem: Problem, remedy: Remedy, **changes: Any) -> Problem:
    productions = tuple(
        replace(one, **changes) if one.id == remedy.production else one for one in problem.productions
    )
    return replace(problem, productions=productions)


def _site(problem: Problem, remedy: Remedy, **changes: Any) -> Problem:
    return replace(
        problem,
        sites=tuple(replace(one, **changes) if one.id == remedy.site else one for one in problem.sites),
    )


def _repeated(problem: Problem, remedy: Remedy) -> Problem:
    units = tuple(
        replace(one, had=tuple(had for had in one.had if had != remedy.production))
        if one.id == remedy.unit
        else one
        for one in problem.units
    )
    return replace(problem, units=units)


def _in_more_weeks(problem: Problem, remedy: Remedy) -> Problem:
    """The unit can in these weeks too; in all, where it could in none."""
    units = tuple(
        replace(one, weeks=(*(one.weeks or ()), *remedy.facts["weeks"]) or None)
        if one.id == remedy.unit
        else one
        for one in problem.units
    )
    return replace(problem, units=units)


def _asked(problem: Problem, remedy: Remedy) -> Problem:
    """The facts came in, and the room fits; seats that nobody knew suffice."""
    site, production = problem.site_of[remedy.site], problem.production_of[remedy.production]
    unknown = {key: facts for key, facts in site.unknown.items() if key != remedy.production}
    seats = production.audience_max if site.seats is None else site.seats
    return _site(
        problem,
        remedy,
        unknown=unknown,
        seats=seats,
        fits=tuple(dict.fromkeys((*site.fits, remedy.production))),
    )


def _allowed(problem: Problem, remedy: Remedy) -> Problem:
    forbidden = tuple(
        one
        for one in problem.forbidden
        if (one.unit, one.production) != (remedy.unit, remedy.production)
        or one.site not in (None, remedy.site)
    )
    return replace(problem, forbidden=forbidden)


def _bussed(problem: Problem, remedy: Remedy) -> Problem:
    rules, minutes = problem.rules, remedy.facts["minutes"]
    km = max(rules.bus_max_km, remedy.facts["km"])
    most = None if rules.bus_max_min is None else max(rules.bus_max_min, int(-(-minutes // 1)))
    return replace(problem, rules=replace(rules, bus_max_km=km, bus_max_min=most))


_CHANGES: dict[str, Callable[[Problem, Remedy], Problem]] = {
    "admit_grade": lambda problem, remedy: _production(
        problem, remedy,
        grades=(*problem.production_of[remedy.production].grades, problem.unit_of[remedy.unit].grade),
    ),
    "allow_repeat": _repeated,
    "offer_language": lambda problem, remedy: _production(
        problem, remedy,
        languages=(*problem.production_of[remedy.production].languages, problem.unit_of[remedy.unit].languages[0]),
    ),
    "open_site": lambda problem, remedy: _site(problem, remedy, open=True),
    "ask_facts": _asked,
    "meet_need": lambda problem, remedy: _production(
        problem, remedy,
        meets=(*problem.production_of[remedy.production].meets, *remedy.facts["needs"]),
    ),
    "raise_audience": lambda problem, remedy: _production(problem, remedy, audience_max=remedy.value),
    "bus_distance": _bussed,
    "ask_weeks": _in_more_weeks,
    "lift_forbidden": _allowed,
    "more_shows": lambda problem, remedy: _production(
        problem, remedy, shows_max=remedy.facts["shows"], days_max=remedy.facts["days"]
    ),
    "unlock": lambda problem, remedy: replace(
        problem, locked=tuple(one for one in problem.locked if one.unit != remedy.unit)
    ),
}  # fmt: skip
