"""Invented counties of known shape, the same for the same seed: for tests, for the bench, to try things on."""

from __future__ import annotations

import random
from typing import Any

from .problem import Problem

GRADES = ("F", "1", "2", "3", "4", "5", "6", "7", "8", "9")
"""The grades of a Swedish compulsory school, its preschool class first."""

BANDS = (("F", "1", "2", "3"), ("F", "1", "2", "3", "4", "5", "6"), GRADES, ("7", "8", "9"), ("4", "5", "6"))
"""Grades that one school has. How often each is drawn: `SHARES`. Source: the house's choice."""

SHARES = (15, 45, 20, 15, 5)

AIMS = (
    ("F", "1"),
    ("F", "1", "2", "3"),
    ("2", "3"),
    ("4", "5", "6"),
    ("5", "6"),
    ("7", "8", "9"),
    ("8", "9"),
)
"""Grades that one production is for."""

SIDE_KM = 320
"""The county is a square with sides so long, about that of Jämtland's area. Source: the house's choice."""

BENDS = 1.3
"""Roads are longer than the straight line by this factor. Source: the house's choice."""


def instance(schools: int = 250, productions: int = 40, seed: int = 1) -> Problem:
    """A county with a large town, smaller ones and villages.

    Most schools are small: a third have 4 to 12 pupils in a grade, half 13 to 30, the others 31 to 100 in up to four
    classes. One unit for each school and grade. A tenth of the rooms of each school have an unknown fact for some
    productions. Source of all shapes: the house's choice.
    """
    rng = random.Random(seed)  # noqa: S311 - an invented county, no secret
    centres = [(rng.uniform(0, SIDE_KM), rng.uniform(0, SIDE_KM)) for _ in range(max(2, schools // 20))]
    municipalities = [f"m{i // 3}" for i in range(len(centres))]
    spots = [_spot(centres, rng) for _ in range(schools)]
    homes = [(*centres[0], 0), (*centres[1], 1)]
    points = [*homes, *spots]
    names = ["home0", "home1", *(f"place{i}" for i in range(schools))]
    offers = [_production(i, rng) for i in range(productions)]
    km = [[_km(a, b, i == j) for j, b in enumerate(points)] for i, a in enumerate(points)]
    return Problem.from_json(
        {
            "places": names,
            "km": km,
            "minutes": [[round(one * 0.9) for one in row] for row in km],
            "units": [
                unit
                for i, spot in enumerate(spots)
                for unit in _school(i, municipalities[spot[2]], offers, rng)
            ],
            "productions": offers,
            "sites": [_site(i, offers, rng) for i in range(schools)],
            "rules": {
                "walk_max_km": 2, "bus_max_km": 40, "bus_max_min": 45, "bus_base": 1500, "bus_per_km": 18,
                "per_km": 12, "per_night": 3600, "day_trip_max_min": 75,
            },
        }
    )  # fmt: skip


def _spot(centres: list[tuple[float, float]], rng: random.Random) -> tuple[float, float, int]:
    """Where a school is, and near which town: three in ten at the largest."""
    town = 0 if rng.random() < 0.3 else rng.randrange(len(centres))
    wide = rng.choice((3, 12, 25))
    return (rng.gauss(centres[town][0], wide), rng.gauss(centres[town][1], wide), town)


def _km(a: tuple[float, float, int], b: tuple[float, float, int], same: bool) -> float:
    return 0 if same else round(BENDS * ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 + 0.1, 1)


def _production(number: int, rng: random.Random) -> dict[str, Any]:
    fee = rng.randrange(7000, 18001, 500)
    return {
        "id": f"p{number}",
        "home": f"home{int(rng.random() < 0.3)}",
        "grades": list(AIMS[number % len(AIMS)]),
        "audience_max": rng.choice((30, 50, 60, 80, 100, 120, 150)),
        "shows_max": 80,
        "days_max": rng.choice((20, 30, 40, 50)),
        "fee": fee,
        "fee_next": round(fee * 0.4),
        "shows_per_day_max": 2,
        "languages": rng.choice((["sv"], ["sv"], ["sv"], ["none"], ["sv", "sma"])),
        "meets": ["wheelchair"] + (["relaxed"] if rng.random() < 0.4 else []),
    }


def _school(
    number: int, municipality: str, offers: list[dict[str, Any]], rng: random.Random
) -> list[dict[str, Any]]:
    low, high = rng.choice(((4, 12), (4, 12), (13, 30), (13, 30), (13, 30), (31, 100)))
    grades = rng.choices(BANDS, SHARES)[0]
    return [_unit(number, municipality, grade, rng.randint(low, high), offers, rng) for grade in grades]


def _unit(
    number: int, municipality: str, grade: str, pupils: int, offers: list[dict[str, Any]], rng: random.Random
) -> dict[str, Any]:
    classes = -(-pupils // 27)
    suited = [offer["id"] for offer in offers if grade in offer["grades"]]
    return {
        "id": f"s{number}-{grade}",
        "school": f"s{number}",
        "municipality": municipality,
        "grade": grade,
        "home": f"place{number}",
        "classes": [pupils // classes + (i < pupils % classes) for i in range(classes)],
        "adults": 2 * classes,
        "languages": ["sv", "sma"] if rng.random() < 0.05 else ["sv"],
        "needs": rng.choices(([], ["wheelchair"], ["hearing_loop"], ["relaxed"]), (80, 10, 6, 4))[0],
        "had": rng.sample(suited, min(len(suited), rng.choice((0, 0, 1, 2)))),
    }


def _site(number: int, offers: list[dict[str, Any]], rng: random.Random) -> dict[str, Any]:
    seats = rng.choice((40, 60, 80, 120, 200))
    fits, unknown = [], {}
    for offer in offers:
        drawn = rng.random()
        if drawn < 0.65:
            fits.append(offer["id"])
        elif drawn < 0.75:
            unknown[offer["id"]] = ["ceiling_height"]
    return {
        "id": f"hall{number}",
        "place": f"place{number}",
        "seats": seats,
        "fits": fits,
        "unknown": unknown,
        "meets": ["hearing_loop"] if rng.random() < 0.3 else [],
        "rent": rng.choice((0, 0, 0, 500)),
    }
