"""Random problem documents for hypothesis: few places, days and wishes, every rule there or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

KINDS = ["work", "work", "work", "work", "no_work", "off"]
SHIFTS = [0, 0, 0, 0, -60, 60]
RULES = {
    "performances_per_day": st.integers(1, 3),
    "span_max_min": st.integers(300, 900),
    "drive_max_min": st.integers(100, 500),
    "day_open_min": st.integers(0, 480),
    "day_close_min": st.integers(1200, 1560),
    "rest_night_min": st.integers(300, 700),
    "rest_week_min": st.sampled_from([1500, 2160, 2880]),
}
BREAKS = [
    {},
    {},
    {"work_before_break_min": 300, "break_min": 30},
    {"work_before_break_min": 300, "break_min": 30, "drive_before_break_min": 270, "drive_break_min": 45},
    {"drive_before_break_min": 130, "drive_break_min": 40},
]
FACTORS = [100, 100, 100, 110, 125]
AGREEMENT = {
    "drive_show_day_min": st.integers(0, 300),
    "drive_travel_day_min": st.integers(0, 300),
    "work_day_min": st.integers(0, 400),
    "total_day_min": st.integers(0, 700),
    "work_week_min": st.integers(0, 2000),
    "day_open_min": st.integers(0, 700),
    "day_close_min": st.integers(600, 1440),
    "departure_min": st.integers(0, 700),
    "departure_morning_min": st.integers(0, 700),
}
AGREED = st.fixed_dictionaries({"id": st.just("agreed")}, optional=AGREEMENT).map(lambda one: [one])


@st.composite
def documents(draw: st.DrawFn, fixed: bool = True) -> dict[str, Any]:
    """A valid problem document; its fixed engagements may break any rule."""
    places, days = draw(st.integers(1, 4)), draw(st.integers(1, 10))
    first = date(2027, 2, 1) + timedelta(days=draw(st.integers(0, 6)))
    wishes = [draw(_wish(f"w{i}", places, days)) for i in range(draw(st.integers(0, 6)))]
    names = [wish["id"] for wish in wishes]
    kinds = [draw(st.sampled_from(KINDS)) for _ in range(days)]
    shifts = [draw(st.sampled_from(SHIFTS)) for _ in range(days)]
    factors = [draw(st.sampled_from(FACTORS)) for _ in range(days)]
    dates = [first + timedelta(days=d) for d in range(days)]
    return {
        "days": [_day(*day) for day in zip(dates, kinds, shifts, factors, strict=True)],
        "places": [_place(i, draw(st.booleans())) for i in range(places)],
        "home": "p0",
        **_tables(draw, places),
        "rules": draw(st.fixed_dictionaries({}, optional=RULES)) | draw(st.sampled_from(BREAKS)),
        "candidates": wishes,
        "fixed": draw(_fixed(names, days)) if fixed else [],
        "baseline": [draw(_before(name, days)) for name in names[:2]],
        "costs": {
            "per_km": draw(st.sampled_from([0, 2.5, 35])),
            "per_night_away": draw(st.sampled_from([0, 900])),
            "municipality_bonus": draw(st.sampled_from([0, 3000])),
            "per_change": draw(st.sampled_from([0, 1000])),
        },
        **draw(st.fixed_dictionaries({}, optional={"no_beds": _nights(places, days), "agreements": AGREED})),
        **draw(st.fixed_dictionaries({}, optional={"other_roads": other_roads(places, days)})),
    }


@st.composite
def other_roads(draw: st.DrawFn, places: int, days: int) -> list[dict[str, Any]]:
    """One or two spans of days in which every drive is another one; the days between keep theirs."""
    cuts = sorted(draw(st.sets(st.integers(0, days), min_size=2, max_size=4)))
    return [
        {"first_day": first, "last_day": end - 1, **_tables(draw, places)}
        for first, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]


def _tables(draw: st.DrawFn, places: int) -> dict[str, Any]:
    table = [[draw(st.integers(0, 300)) if i != j else 0 for j in range(places)] for i in range(places)]
    return {"drive_min": table, "drive_km": [[minutes * 1.5 for minutes in row] for row in table]}


def _before(name: str, days: int) -> st.SearchStrategy[dict[str, Any]]:
    """A stop of the baseline, with or without a price of its own."""
    told = {"candidate": st.just(name), "day": st.integers(0, days - 1)}
    return st.fixed_dictionaries(told, optional={"price": st.sampled_from([0, 700.5, 4000])})


def _day(on: date, kind: str, shift: int, factor: int) -> dict[str, Any]:
    more = {"clock_shift_min": shift} if shift else {}
    more |= {"drive_factor_pct": factor} if factor != 100 else {}
    return {"date": str(on), "kind": kind, **more}


def _nights(places: int, days: int) -> st.SearchStrategy[list[list[Any]]]:
    """Nights on which a place other than home is full; it may have no beds at all."""
    nights = [[f"p{place}", day] for place in range(1, places) for day in range(days)]
    return st.lists(st.sampled_from(nights), max_size=8) if nights else st.just([])


def _place(number: int, beds: bool) -> dict[str, Any]:
    return {
        "id": f"p{number}",
        "name": f"P{number}",
        "municipality": [None, "a", "b"][number % 3],
        "beds": beds,
    }


@st.composite
def _wish(draw: st.DrawFn, name: str, places: int, days: int) -> dict[str, Any]:
    starts = [
        (draw(st.integers(0, days - 1)), draw(st.integers(300, 1200))) for _ in range(draw(st.integers(0, 3)))
    ]
    get_in = draw(st.integers(0, 90))
    pause = draw(st.sampled_from([0, 0, 30, 45]))
    return {
        "id": name,
        **({"pause_min": pause} if 0 < pause <= get_in else {}),
        "place": f"p{draw(st.integers(0, places - 1))}",
        "value": draw(st.sampled_from([-100, 0, 800, 5000, 14500])),
        "get_in_min": get_in,
        "show_min": draw(st.integers(0, 90)),
        "get_out_min": draw(st.integers(0, 90)),
        "performances": draw(st.integers(1, 2)),
        "group": draw(st.sampled_from([None, None, "g"])),
        "windows": [[day, start, start + draw(st.sampled_from([0, 30, 240]))] for day, start in starts],
    }


@st.composite
def _fixed(draw: st.DrawFn, names: list[str], days: int) -> list[dict[str, Any]]:
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=2)) if names else []
    return [
        {"candidate": name, "day": draw(st.integers(0, days - 1)), "start_min": draw(st.integers(0, 1400))}
        for name in chosen
    ]
