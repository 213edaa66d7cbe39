"""Tiny problems with names, as JSON documents that a test may change before reading them."""

from __future__ import annotations

import random
from typing import Any

import pytest

Document = dict[str, Any]


def wish(name: str, place: str, *windows: list[int], value: int = 10_000, **more: Any) -> Document:
    """A candidate with an hour on site before and after an hour's show."""
    return {
        "id": name,
        "place": place,
        "value": value,
        "get_in_min": 60,
        "show_min": 60,
        "get_out_min": 60,
        "performances": 1,
        "group": None,
        "windows": list(windows),
        **more,
    }


def document(days: int, *wishes: Document, first: int = 1, **more: Any) -> Document:
    """Home; north and south, each an hour and 100 km away, two hours apart. 1 February 2027 is a Monday."""
    return {
        "days": [{"date": f"2027-02-{first + d:02d}", "kind": "work"} for d in range(days)],
        "places": [
            {"id": "home", "name": "Home", "municipality": "m0", "beds": False},
            {"id": "north", "name": "North", "municipality": "m1", "beds": True},
            {"id": "south", "name": "South", "municipality": "m2", "beds": True},
        ],
        "home": "home",
        "drive_min": [[0, 60, 60], [60, 0, 120], [60, 120, 0]],
        "drive_km": [[0, 100, 100], [100, 0, 200], [100, 200, 0]],
        "rules": {},
        "candidates": list(wishes),
        "fixed": [],
        "baseline": [],
        "costs": {"per_km": 10, "per_night_away": 500, "municipality_bonus": 1000, "per_change": 300},
        **more,
    }


def tiny(seed: int) -> dict[str, Any]:
    """Three days, three places, four wishes with windows a few minutes wide, timed so that rest and span bind."""
    rng = random.Random(seed)
    wishes = []
    for i in range(4):
        starts = [
            (rng.randrange(3), rng.choice((540, 700, 1100, 1200)) + rng.randrange(20)) for _ in range(2)
        ]
        windows = [[day, start, start + rng.randrange(7)] for day, start in starts]
        wishes.append(
            wish(f"w{i}", rng.choice(("home", "north", "south")), *windows, value=rng.randrange(1000, 5000))
        )
    rules = {
        "performances_per_day": 2,
        "rest_night_min": rng.choice((600, 660, 720)),
        "span_max_min": rng.choice((400, 700)),
        "drive_max_min": rng.choice((120, 240)),
        "day_open_min": 360,
        "day_close_min": 1440,
    }
    return document(3, *wishes, rules=rules)


@pytest.fixture
def one_evening() -> Document:
    """One day, one show in the north at 19."""
    return document(1, wish("w1", "north", [0, 1140, 1140]))


@pytest.fixture
def late_then_early() -> Document:
    """The golden case: packed at 22:30 and an hour's drive, so rest lasts until 10:30; then a school at nine."""
    late = wish("late", "north", [0, 1200, 1200], get_out_min=90)
    early = wish("early", "home", [1, 540, 540], get_in_min=0)
    return document(2, late, early, rules={"rest_night_min": 660})


@pytest.fixture
def two_places() -> Document:
    """Three days, a wish in the north on the first and one in the south on the third."""
    return document(3, wish("n", "north", [0, 600, 900]), wish("s", "south", [2, 600, 900]))
