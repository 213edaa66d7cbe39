"""Small problems, written by hand or drawn."""

from __future__ import annotations

import random
from typing import Any

from tours.allotment import Problem

Document = dict[str, Any]

KM: dict[tuple[str, str], int] = {
    ("town", "east"): 10,
    ("town", "west"): 20,
    ("east", "west"): 25,
}
PLACES = ["town", "east", "west"]


def table(factor: float = 1.0) -> list[list[float]]:
    """Kilometres between the three places."""
    return [[0 if a == b else factor * KM.get((a, b), KM.get((b, a), 0)) for b in PLACES] for a in PLACES]


def unit(name: str, home: str, *classes: int, **more: Any) -> Document:
    """A unit of grade 4 of a school at a place, which the unit's name names too."""
    return {
        "id": name, "school": f"school {home}", "municipality": home, "grade": "4", "home": home,
        "classes": list(classes), **more,
    }  # fmt: skip


def production(name: str, **more: Any) -> Document:
    """A production for grade 4 that lives in town."""
    return {
        "id": name, "home": "town", "grades": ["4"], "audience_max": 60, "shows_max": 10, "days_max": 10,
        "fee": 1000, "fee_next": 400, **more,
    }  # fmt: skip


def site(name: str, place: str, *fits: str, **more: Any) -> Document:
    """A room of 100 seats."""
    return {"id": name, "place": place, "seats": 100, "fits": list(fits), **more}


RULES = {
    "bus_max_km": 30, "bus_base": 100, "bus_per_km": 1, "per_km": 10, "bus_seats": 50, "bus_sites": 9,
}  # fmt: skip


def document(
    units: list[Document], productions: list[Document], sites: list[Document], **more: Any
) -> Document:
    """The document of a problem; `rules` come on top of RULES."""
    rules = {**RULES, **more.pop("rules", {})}
    return {
        "places": PLACES, "km": table(), "minutes": table(), "units": units, "productions": productions,
        "sites": sites, "rules": rules, **more,
    }  # fmt: skip


def problem(
    units: list[Document], productions: list[Document], sites: list[Document], **more: Any
) -> Problem:
    """The problem of such a document."""
    return Problem.from_json(document(units, productions, sites, **more))


def drawn(seed: int) -> Problem:
    """A tiny problem: four units, two productions, three rooms, and something of every rule but weeks."""
    return problem(**parts(random.Random(seed)))


def drawn_weeks(seed: int) -> Problem:
    """The same; most of the units can in one or two of three weeks only, and now and then one in none."""
    rng = random.Random(seed)
    found = parts(rng)
    for one in found["units"]:
        one["weeks"] = rng.choice([None, *[["1"], ["2"], ["3"], ["1", "2"], ["2", "3"], ["1", "3"]] * 2, []])
    return problem(**found)


def parts(rng: random.Random) -> Document:
    """What such a problem is made of."""
    units = [
        unit(
            f"u{i}", rng.choice(PLACES), *(rng.randint(5, 30) for _ in range(rng.randint(1, 2))),
            adults=rng.randint(0, 3), had=rng.choice(([], [], ["p0"])), needs=rng.choice(([], [], ["loop"])),
        )
        for i in range(4)
    ]  # fmt: skip
    for i, one in enumerate(units):
        one["school"] = f"{one['home']} {i % 2}"
    offers = [
        production(
            f"p{i}", home=rng.choice(PLACES), audience_max=rng.choice((30, 45, 60)), shows_max=rng.randint(1, 4),
            days_max=rng.randint(1, 3), fee=rng.randrange(500, 2001, 100), fee_next=rng.randrange(0, 501, 100),
            shows_per_day_max=rng.randint(1, 3), meets=rng.choice(([], ["loop"])),
        )
        for i in range(2)
    ]  # fmt: skip
    sites = [
        site(
            f"hall {place}", place, *(f"p{i}" for i in range(2) if rng.random() < 0.8),
            seats=rng.choice((35, 60, None)), rent=rng.choice((0, 300)), meets=rng.choice(([], ["loop"])),
        )
        for place in PLACES
    ]  # fmt: skip
    rules = {
        "bus_max_km": rng.choice((0, 12, 30)), "walk_max_km": rng.choice((0, 10)), "bus_seats": rng.choice((20, 50)),
        "per_night": 500, "day_trip_max_min": rng.choice((None, 15)), "unknown_fits": rng.random() < 0.7,
    }  # fmt: skip
    return {"units": units, "productions": offers, "sites": sites, "rules": rules}
