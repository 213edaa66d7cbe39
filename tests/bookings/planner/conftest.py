"""Tiny problems with names, as JSON documents that a test may change before reading them."""

from __future__ import annotations

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
