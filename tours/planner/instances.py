"""Random problems of documented shape, for tests, benches and the table in docs/planner.md."""

from __future__ import annotations

import datetime as dt
import math
import random
from typing import Any

from .problem import Problem

FIRST_DAY = dt.date(2027, 2, 1)
"""A Monday."""

ROAD_FACTOR = 1.3
ROAD_KM_PER_HOUR = 70
"""Roads are this much longer than the straight line and are driven at this speed."""


def instance(
    wishes: int, days: int, per_day: int = 2, seed: int = 1, dense: bool = False, short: bool = False
) -> Problem:
    """A tour like those of a sparse northern region.

    Places (one for every three wishes, at least eight) lie at random in a square of 220 km with home near its middle,
    two in three with beds, four to a municipality. Sundays are without work. Each wish has 4 to 8 windows (8 to 14
    when dense) on different days, a school day (08:30-14:00) or an evening (17:00-19:30), get-in 60-120 minutes, show
    45-75, get-out 30-60, and is worth 8,000 to 22,000. At most 13 h of duty and 6 h of driving a day between 06 and 24,
    11 h of rest at night, 36 h in a week.

    Short sessions (libraries, preschools) lie in fewer places, one for every six wishes and at least four; they start
    between 08:30 and 15:00, last 25-40 minutes with get-in 15-30 and get-out 10-20, and are worth 3,000 to 8,000.

    Args:
        per_day: at most this many performances a day.
    """
    kind = f"{dense}xshort" if short else f"{dense}"
    rng = random.Random(f"{wishes}x{days}x{per_day}x{seed}x{kind}")  # noqa: S311 - instances, not secrets
    count = max(4, wishes // 6) if short else max(8, wishes // 3)
    points = [(110.0, 110.0), *((rng.uniform(0, 220), rng.uniform(0, 220)) for _ in range(count - 1))]
    km = [[round(ROAD_FACTOR * math.dist(a, b)) for b in points] for a in points]
    return Problem.from_json(
        {
            "days": [_day(FIRST_DAY + dt.timedelta(days=d)) for d in range(days)],
            "places": [_place(i, rng) for i in range(count)],
            "home": "p0",
            "drive_min": [[round(60 * x / ROAD_KM_PER_HOUR) for x in row] for row in km],
            "drive_km": km,
            "rules": {
                "performances_per_day": per_day, "span_max_min": 780, "drive_max_min": 360, "day_open_min": 360,
                "day_close_min": 1440, "rest_night_min": 660, "rest_week_min": 2160,
            },
            "candidates": [
                _session(i, count, days, rng) if short else _wish(i, count, days, dense, rng)
                for i in range(wishes)
            ],
            "costs": {"per_km": 35, "per_night_away": 5500, "municipality_bonus": 6000, "per_change": 4000},
        }
    )  # fmt: skip


def _day(date: dt.date) -> dict[str, Any]:
    return {"date": date.isoformat(), "kind": "no_work" if date.weekday() == 6 else "work"}


def _place(number: int, rng: random.Random) -> dict[str, Any]:
    beds = number == 0 or rng.random() < 2 / 3
    return {"id": f"p{number}", "name": f"Place {number}", "municipality": f"m{number // 4}", "beds": beds}


def _wish(number: int, places: int, days: int, dense: bool, rng: random.Random) -> dict[str, Any]:
    choices = rng.randint(8, 14) if dense else rng.randint(4, 8)
    hours = (510, 840) if rng.random() < 0.6 else (1020, 1170)
    return {
        "id": f"w{number}",
        "place": f"p{rng.randrange(places)}",
        "value": rng.randrange(8000, 22001, 100),
        "get_in_min": rng.choice((60, 90, 120)),
        "show_min": rng.choice((45, 60, 75)),
        "get_out_min": rng.choice((30, 45, 60)),
        "performances": 1,
        "windows": [[day, *hours] for day in sorted(rng.sample(range(days), min(choices, days)))],
    }


def _session(number: int, places: int, days: int, rng: random.Random) -> dict[str, Any]:
    chosen = sorted(rng.sample(range(days), min(rng.randint(4, 8), days)))
    return {
        "id": f"w{number}",
        "place": f"p{rng.randrange(places)}",
        "value": rng.randrange(3000, 8001, 100),
        "get_in_min": rng.choice((15, 20, 30)),
        "show_min": rng.choice((25, 30, 35, 40)),
        "get_out_min": rng.choice((10, 15, 20)),
        "performances": 1,
        "windows": [[day, 510, 900] for day in chosen],
    }
