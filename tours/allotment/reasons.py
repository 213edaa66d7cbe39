"""Why a unit is not reached: decided by trying the rules one after another, with the facts that each rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from .ground import Ground
from .hindrances import Hindrance
from .plan import Plan, Unreached
from .problem import Production, Unit
from .remedies import Remedies

REASONS = (
    "by_hand", "locked_impossible", "no_production", "no_week", "all_had", "no_language", "all_forbidden", "none_suits",
    "no_room_near", "no_room_fits", "need", "class_too_large", "forbidden_rooms", "capacity", "no_common_week",
)  # fmt: skip
"""Every reason: set to nothing by hand; locked to what cannot be; no production for the grade; it can in no week; all
that are were had; in no language of theirs; forbidden; each of these for some; no open room as near as they may travel;
none that fits; needs not met; no show holds a class; forbidden in the rooms that are left; shows and days used up by
others; used up, but with room among others who come in weeks in which the unit cannot."""


def reasons(ground: Ground, plan: Plan, hurry: Callable[[], bool] = lambda: False) -> tuple[Unreached, ...]:
    """A reason for every target that the plan does not reach, in the order of the problem, with its remedies.

    Once `hurry` says yes the others get a reason, but no remedies.
    """
    given = {one.unit for one in plan.assignments}
    remedies = Remedies(ground, plan)
    found = []
    for i, unit in enumerate(ground.units):
        if unit.id not in given:
            reason, facts = reason_of(ground, i)
            if reason == "capacity" and remedies.lacks_week(i):
                reason, facts = "no_common_week", {**facts, "weeks": list(unit.weeks or ())}
            cures = () if hurry() else remedies.of(i)
            found.append(Unreached(unit.id, unit.pupils, reason, facts, cures))
    return tuple(found)


def reason_of(ground: Ground, i: int) -> tuple[str, dict[str, Any]]:
    """The reason of one unit, and its facts."""
    unit, lock = ground.units[i], ground.locked.get(ground.units[i].id)
    if lock is not None and lock.production is None:
        return "by_hand", {}
    offers = ground.problem.productions
    if lock is not None:
        offers = tuple(one for one in offers if one.id == lock.production)
        return _in_rooms(ground, i, offers, "locked_impossible")
    for_grade = [one for one in offers if unit.grade in one.grades]
    if not for_grade:
        return "no_production", {"grade": unit.grade}
    barred = {one.id: {h.code for h in ground.bars.of_production(unit, one)} for one in for_grade}
    suited = tuple(one for one in for_grade if not barred[one.id])
    if suited:
        return _in_rooms(ground, i, suited, None)
    counts = Counter(code for codes in barred.values() for code in codes)
    everywhere = [
        code for code in ("no_week", "had", "language", "forbidden") if counts[code] == len(for_grade)
    ]
    names = {"no_week": "no_week", "had": "all_had", "language": "no_language", "forbidden": "all_forbidden"}
    facts = {"productions": [one.id for one in for_grade], **{code: counts[code] for code in sorted(counts)}}
    return (names[everywhere[0]] if everywhere else "none_suits"), facts


LAYERS = (
    ("no_room_near", ("no_road", "bus_distance", "bus_minutes")),
    ("no_room_fits", ("closed", "room", "unknown", "no_tour_road")),
    ("need", ("need",)),
    ("class_too_large", ("class_size",)),
    ("forbidden_rooms", ("forbidden",)),
)
"""A reason, and the hindrances of which at least one stands in each way that the layers before leave open."""


def _in_rooms(
    ground: Ground, i: int, offers: tuple[Production, ...], name: str | None
) -> tuple[str, dict[str, Any]]:
    """The first layer of hindrances that leaves no room for any of the productions."""
    unit, options = ground.units[i], ground.options[i]
    if options:
        taken = {"productions": sorted({ground.problem.productions[o.production].id for o in options})}
        return name or "capacity", taken
    left = [
        (production, s, ground.bars.of(unit, production, s))
        for production in offers
        for s in range(len(ground.problem.sites))
    ]
    for reason, codes in LAYERS:
        still = [way for way in left if not any(h.code in codes for h in way[2])]
        if not still:
            return name or reason, _facts(unit, [way[2] for way in left], codes, reason)
        left = still
    return name or "capacity", {"productions": [production.id for production in offers]}


def _facts(
    unit: Unit, ways: list[tuple[Hindrance, ...]], codes: tuple[str, ...], reason: str
) -> dict[str, Any]:
    """What the reason rests on: how often each of its hindrances stands in the way, and the least of its numbers."""
    met = [h for way in ways for h in way if h.code in codes]
    counts = Counter(h.code for h in met)
    facts: dict[str, Any] = {"ways": len(ways), **{code: counts[code] for code in codes if counts[code]}}
    if reason == "no_room_near":
        facts["nearest_km"] = min((h.facts["km"] for h in met if h.code == "bus_distance"), default=None)
    if reason == "need":
        facts["needs"] = sorted({need for h in met for need in h.facts["needs"]})
    if reason == "class_too_large":
        facts |= {"seats": max(unit.seats), "capacity": max(h.facts["capacity"] for h in met)}
    return facts
