"""Why each candidate that is not played is left out, computed by trying to put it into the finished route."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from .patterns import day_patterns, timed
from .plan import Plan, Stop, Unplaced, in_order
from .reading import tidy
from .roads import longest_work
from .rules import check
from .settle import Choice, Route, duty_starts, settle, worth
from .tables import UNLIMITED, Block, Floats, Tables

TRIED = 25
"""Ways to spend the nights around an inserted stop that are tried, best first."""


class _Trial(NamedTuple):
    """The best way found to play a candidate on one day: what the tour gains, and which stops it loses."""

    gain: float
    day: int
    start: int
    lost: tuple[str, ...]


def explain(table: Tables, route: Route, hurry: Callable[[], bool] = lambda: False) -> Iterator[Unplaced]:
    """A reason for every candidate that the route does not play, in the order of the problem.

    Once `hurry` says yes the others are not tried beside what is played: `not_tried`, unless the reason is plain.

    Codes of `reason`: no_admissible_day, does_not_fit_a_day, group_taken, costs_more_than_worth, time_was_up,
    day_full, not_tried, and would_break_* with the name of a rule of `check`. `detail` holds the numbers and one
    sentence, `text`.
    """
    played = {c: day for day, choice in enumerate(route) if choice.block for c in choice.block.stops}
    for c in range(len(table.value)):
        if c not in played:
            reason, detail = _reason(table, route, c, played, hurry)
            yield Unplaced(table.problem.candidates[c].id, reason, detail)


def _reason(
    table: Tables, route: Route, c: int, played: dict[int, int], hurry: Callable[[], bool]
) -> tuple[str, dict[str, Any]]:
    taken = sorted(played.keys() & table.conflicts[c])
    if taken:
        return _group_taken(table, c, taken[0], played[taken[0]])
    too_long = _works_too_long(table, c)
    if too_long is not None:
        return too_long
    days = [day for day, openings in enumerate(table.openings) if c in openings]
    if not days:
        return _no_day(table, c)
    fitting = [day for day in days if _alone(table, day, c)]
    if not fitting:
        told = _no_fit(table, c, days)
        return told if hurry() else _opened(table, route, c, days, *told)
    if hurry():
        text = "There was no time to try it beside what is played; plan again with more time, or ask for its ways in."
        return "not_tried", {"days": fitting, "text": text}
    added = max((t for day in fitting for t in _added(table, route, day, c)), default=None)
    if added is not None:
        told = _too_dear(table, c, added)
        return told if added.gain > 0 else _opened(table, route, c, fitting, *told)
    swapped = max((t for day in fitting for t in _swapped(table, route, day, c)), default=None)
    return _opened(table, route, c, fitting, *_blocked(table, route, c, fitting, swapped))


def _opened(
    table: Tables, route: Route, c: int, days: list[int], reason: str, detail: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The reason with a day whose roads would let `c` in on one of its own: then a closed road is in the way."""
    for day, other in _other_roads(table, days):
        roads = (*table.roads[:day], table.roads[other], *table.roads[day + 1 :])
        opened = replace(table, roads=roads)
        if any(trial.gain > 0 for trial in _added(opened, _driven_anew(opened, route, day), day, c)):
            text = f"{detail['text']} Over the roads of {_date(table, other)} it could be played."
            return reason, {**detail, "open_on": other, "text": text}
    return reason, detail


def _driven_anew(table: Tables, route: Route, day: int) -> Route:
    """The route with the ways between the stops of a day as the tables have them."""
    block = route[day].block
    if block is None:
        return route
    km = sum(float(table.roads[day].km[ends]) for ends in pairwise(table.place[list(block.stops)]))
    return (*route[:day], route[day]._replace(block=block._replace(km=km)), *route[day + 1 :])


def _other_roads(table: Tables, days: list[int]) -> Iterator[tuple[int, int]]:
    """Each of the days with the first one that has other roads, of every kind; not one that is only less slow."""
    problem = table.problem
    for day in days if len(problem.road_books) > 1 else ():
        met = {problem.book_of[day]}
        for other, kind in enumerate(problem.days):
            if (
                problem.book_of[other] not in met
                and kind.drive_factor_pct >= problem.days[day].drive_factor_pct
            ):
                met.add(problem.book_of[other])
                yield day, other


def _group_taken(table: Tables, c: int, other: int, day: int) -> tuple[str, dict[str, Any]]:
    wishes = table.problem.candidates
    text = f"{wishes[other].id} of the same group {wishes[c].group} is played on {_date(table, day)}."
    return "group_taken", {"group": wishes[c].group, "played": wishes[other].id, "day": day, "text": text}


def _no_day(table: Tables, c: int) -> tuple[str, dict[str, Any]]:
    wish = table.problem.candidates[c]
    taken = [i for i in sorted(table.conflicts[c]) if any(i in fixed for fixed in table.fixed)]
    if taken:
        return _group_taken(table, c, taken[0], next(d for d, f in enumerate(table.fixed) if taken[0] in f))
    barred = sorted({window.day for window in wish.windows})
    text = "It has no window in which it may start."
    if barred:
        text = f"None of its days is a working day: {', '.join(_date(table, day) for day in barred)}."
    return "no_admissible_day", {"days": barred, "text": text}


def _works_too_long(table: Tables, c: int) -> tuple[str, dict[str, Any]] | None:
    """A visit with more work in a row than the law lets anybody do before a break."""
    wish, rules = table.problem.candidates[c], table.problem.rules
    over = longest_work(rules, wish) - (rules.work_before_break_min or UNLIMITED)
    if over <= 0:
        return None
    days = sorted({window.day for window in wish.windows})
    text = f"It holds {over} minutes more work than may be done without a break, and no pause between."
    return "does_not_fit_a_day", {"days": days, "rule": "break", "over": over, "text": text}


def _no_fit(table: Tables, c: int, days: list[int]) -> tuple[str, dict[str, Any]]:
    """Even an otherwise empty day, slept anywhere, is too short: which rule stops it on the way from home and back."""
    ids = [place.id for place in table.problem.places]
    home = ids[int(table.beds[0])]
    empty = Plan((), (home,) * table.days)
    rule, over, _ = min(_breaking(table, empty, days[0], c), default=("day_close", 0, 0))
    unit = "performances" if rule == "performances_per_day" else "minutes"
    text = f"Even a day of its own is not legal: from home and back it breaks {rule} by {over} {unit}."
    return "does_not_fit_a_day", {"days": days, "rule": rule, "over": over, "text": text}


def _too_dear(table: Tables, c: int, trial: _Trial) -> tuple[str, dict[str, Any]]:
    worth_of_it = float(table.reward[c, trial.day])
    short = max(0.0, -trial.gain)
    text = (
        f"The best way to play it, on {_date(table, trial.day)} at {_clock(trial.start)}, costs "
        f"{_money(worth_of_it + short)} in driving and nights and is worth {_money(worth_of_it)}: {_money(short)} more "
        "would let it in."
    )
    if trial.gain > 0:
        where = f"{_date(table, trial.day)} and would bring {_money(trial.gain)}"
        text = f"It still fits on {where}; the time was up before."
    return ("time_was_up" if trial.gain > 0 else "costs_more_than_worth"), {
        "day": trial.day, "start_min": trial.start, "worth": tidy(worth_of_it),
        "extra_cost": tidy(worth_of_it - trial.gain), "short_by": tidy(short), "text": text,
    }  # fmt: skip


def _blocked(
    table: Tables, route: Route, c: int, days: list[int], swapped: _Trial | None
) -> tuple[str, dict[str, Any]]:
    """No legal way in beside what is played: the rule in the way, and what would have to go."""
    plan = settle(table, route)
    first = swapped.day if swapped else days[0]
    breaking = [] if plan is None else _breaking(table, plan, first, c)
    rule, over, _ = min(breaking, key=lambda b: (b[2], b[1]), default=("day_close", 0, 0))
    reason = "day_full" if rule in ("overlap", "performances_per_day") else f"would_break_{rule}"
    detail: dict[str, Any] = {"day": first, "rule": rule, "over": over, "days": days}
    text = (
        f"On {_date(table, first)} it does not fit beside what is played: {rule} would be broken by {over}."
    )
    if swapped is not None:
        detail |= {
            "start_min": swapped.start,
            "instead_of": list(swapped.lost),
            "short_by": tidy(max(0.0, -swapped.gain)),
        }
        text += (
            f" Played instead of {' and '.join(swapped.lost)} it would bring {_money(-swapped.gain)} less."
        )
    return reason, {**detail, "text": text}


def _breaking(table: Tables, plan: Plan, day: int, c: int) -> list[tuple[str, int, int]]:
    """(rule, by how much, how many breaches) for some starts of `c` on that day, nights as they are."""
    found = []
    wish = table.problem.candidates[c]
    departures = {d: minute for d, minute in plan.drive_only_departures.items() if d != day}
    for earliest, latest in table.openings[day][c]:
        for start in {earliest, (earliest + latest) // 2, latest}:
            stops = (*plan.stops, Stop(day, start, wish.id))
            breaches = check(table.problem, Plan(in_order(stops), plan.nights, departures))
            near = [breach for breach in breaches if breach.rule not in ("fixed", "departure")]
            if near:
                worst = max(near, key=lambda breach: breach.over)
                found.append((worst.rule, worst.over, len(near)))
    return found


def _alone(table: Tables, day: int, c: int) -> bool:
    """Whether an otherwise free day can be legal with `c` in it, slept wherever it suits."""
    found = day_patterns(table, timed(table, day, (c,)))
    return len(found) > 0 and bool(found.timings(table.limits[day])[2].any())


def _added(table: Tables, route: Route, day: int, c: int) -> Iterator[_Trial]:
    """The best way to play `c` beside what is played that day."""
    block = route[day].block
    stops = block.stops if block else ()
    orders = [(*stops[:i], c, *stops[i:]) for i in range(len(stops) + 1)]
    yield from _tried(table, route, day, c, orders, ())


def _swapped(table: Tables, route: Route, day: int, c: int) -> Iterator[_Trial]:
    """The best ways to play `c` instead of one stop, or of all stops, of that day."""
    block = route[day].block
    stops = block.stops if block else ()
    names = {stop: table.problem.candidates[stop].id for stop in stops}
    for gone in stops:
        rest = tuple(stop for stop in stops if stop != gone)
        if gone not in table.fixed[day]:
            orders = [(*rest[:i], c, *rest[i:]) for i in range(len(rest) + 1)]
            yield from _tried(table, route, day, c, orders, (names[gone],))
    if len(stops) > 1 and not table.fixed[day]:
        yield from _tried(table, route, day, c, [(c,)], tuple(names.values()))


def _tried(
    table: Tables, route: Route, day: int, c: int, orders: list[tuple[int, ...]], lost: tuple[str, ...]
) -> Iterator[_Trial]:
    """The most valuable legal route with one of `orders` on that day, if there is one."""
    found = [block for order in orders for block in timed(table, day, order)]
    before = worth(table, route)
    for block, origin, goal in _best_nights(table, route, day, found):
        changed = _with_day(table, route, day, Choice(origin, block, goal))
        starts = duty_starts(table, changed)
        if starts is not None:
            plan = settle(table, changed)
            name = table.problem.candidates[c].id
            start = next(stop.start_min for stop in plan.stops if stop.candidate == name) if plan else 0
            yield _Trial(worth(table, changed) - before, day, start, lost)
            return


def _with_day(table: Tables, route: Route, day: int, choice: Choice) -> Route:
    """The route with another choice on one day; the days around it follow its nights."""
    changed = list(route)
    changed[day] = choice
    if day > 0:
        changed[day - 1] = changed[day - 1]._replace(goal=choice.origin)
    if day + 1 < table.days:
        changed[day + 1] = changed[day + 1]._replace(origin=choice.goal)
    return tuple(changed)


def _best_nights(table: Tables, route: Route, day: int, found: list[Block]) -> list[tuple[Block, int, int]]:
    """(block, bed before, bed after) as places, the cheapest for the day and its neighbours first."""
    patterns = day_patterns(table, found)
    if not found:
        return []
    gain = patterns.reward[:, None] - patterns.cost_in[:, :, None] - patterns.cost_out[None]
    gain = gain - _before(table, route, day)[:, None, None] - _after(table, route, day)
    gain[~patterns.timings(table.limits[day])[2]] = -np.inf
    order = np.argsort(-gain, axis=None, kind="stable")[:TRIED]
    picks = zip(*np.unravel_index(order, gain.shape), strict=True)
    beds = table.beds
    return [(found[p], int(beds[a]), int(beds[b])) for a, p, b in picks if np.isfinite(gain[a, p, b])]


def _before(table: Tables, route: Route, day: int) -> Floats:
    """(B,) what the evening before costs when it ends in each bed."""
    costs = table.problem.costs
    if day == 0:
        return np.where(table.beds == table.beds[0], 0.0, np.inf)
    choice = route[day - 1]
    last = choice.block.last if choice.block else choice.origin
    km = table.roads[day - 1].km[last, table.beds] * float(costs.per_km)
    return np.asarray(km + np.where(table.beds == table.beds[0], 0.0, float(costs.per_night_away)))


def _after(table: Tables, route: Route, day: int) -> Floats:
    """(B,) what the morning after costs when it begins in each bed."""
    if day + 1 == table.days:
        return np.where(table.beds == table.beds[0], 0.0, np.inf)
    choice = route[day + 1]
    first = choice.block.first if choice.block else choice.goal
    return np.asarray(table.roads[day + 1].km[table.beds, first] * float(table.problem.costs.per_km))


def _date(table: Tables, day: int) -> str:
    return table.problem.days[day].date.isoformat()


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _money(amount: float) -> str:
    return f"{tidy(amount):,}"
