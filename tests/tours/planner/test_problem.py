"""Reading a problem: what is written is read back, and each wrong field is named."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from tests.tours.planner.conftest import document, wish
from tests.tours.planner.problems import documents
from tours.planner import Problem, ProblemError, schema

OTHER = [[0, 300, 60], [300, 0, 120], [60, 120, 0]]
GOOD = document(
    2,
    wish("w1", "north", [0, 600, 700]),
    wish("w2", "south", [1, 600, 700]),
    fixed=[{"candidate": "w1", "day": 0, "start_min": 600}],
    baseline=[{"candidate": "w2", "day": 1}],
    rules={"rest_night_min": 660},
    no_beds=[["south", 0]],
    agreements=[{"id": "tour", "departure_min": 600}],
    other_roads=[
        {"first_day": day, "last_day": day, "drive_min": OTHER, "drive_km": OTHER} for day in (0, 1)
    ],
)

WRONG: list[tuple[str, Any, str]] = [
    ("days", [], "days"),
    ("days", "monday", "days"),
    ("days[0].date", "2027-02-31", "days[0].date"),
    ("days[0].date", 20270201, "days[0].date"),
    ("days[1].date", "2027-02-04", "days[1].date"),
    ("days[0].kind", "holiday", "days[0].kind"),
    ("days[0].drive_factor_pct", 20, "days[0].drive_factor_pct"),
    ("candidates[0].pause_min", 61, "candidates[0].pause_min"),
    ("rules.break_min", 30, "rules.break_min"),
    ("rules.drive_before_break_min", 270, "rules.drive_break_min"),
    ("days[0].clock_shift_min", 600, "days[0].clock_shift_min"),
    ("days[0].clock_shift_min", "summer", "days[0].clock_shift_min"),
    ("places[1].id", "home", "places[1].id"),
    ("places[0].beds", 1, "places[0].beds"),
    ("places[0].colour", "red", "places[0].colour"),
    ("home", "nowhere", "home"),
    ("home", None, "home"),
    ("agreements[0].id", "", "agreements[0].id"),
    ("agreements[0].departure_min", "10:00", "agreements[0].departure_min"),
    ("agreements[0].lunch_min", 60, "agreements[0].lunch_min"),
    ("no_beds[0]", ["south"], "no_beds[0]"),
    ("no_beds[0][0]", "nowhere", "no_beds[0][0]"),
    ("no_beds[0][0]", "home", "no_beds[0][0]"),
    ("no_beds[0][1]", 2, "no_beds[0][1]"),
    ("drive_min", [[0, 1], [1, 0]], "drive_min"),
    ("drive_min[1]", [1, 0], "drive_min[1]"),
    ("drive_min[0][1]", 2.5, "drive_min[0][1]"),
    ("days[0].date", "9999-12-31", "days[1].date"),
    ("drive_min[0][1]", True, "drive_min[0][1]"),
    ("drive_min[0][0]", 3, "drive_min[0][0]"),
    ("drive_km[0][1]", float("nan"), "drive_km[0][1]"),
    ("drive_km[0][1]", -1, "drive_km[0][1]"),
    ("other_roads", {}, "other_roads"),
    ("other_roads[0]", [0, 1], "other_roads[0]"),
    ("other_roads[0].first_day", 2, "other_roads[0].first_day"),
    ("other_roads[0].first_day", -1, "other_roads[0].first_day"),
    ("other_roads[0].first_day", 1, "other_roads[0].last_day"),
    ("other_roads[0].last_day", "2027-02-01", "other_roads[0].last_day"),
    ("other_roads[0].last_day", 2, "other_roads[0].last_day"),
    ("other_roads[0].last_day", 1, "other_roads[1].first_day"),
    ("other_roads[1].first_day", 0, "other_roads[1].first_day"),
    ("other_roads[0].drive_min", None, "other_roads[0].drive_min"),
    ("other_roads[0].drive_min", [[0, 1], [1, 0]], "other_roads[0].drive_min"),
    ("other_roads[0].drive_min[0][1]", 2.5, "other_roads[0].drive_min[0][1]"),
    ("other_roads[0].drive_km[2]", [1, 2], "other_roads[0].drive_km[2]"),
    ("other_roads[0].drive_km[0][1]", -1, "other_roads[0].drive_km[0][1]"),
    ("other_roads[1].drive_km[1][1]", 3, "other_roads[1].drive_km[1][1]"),
    ("other_roads[0].closed", "Stekenjokk", "other_roads[0].closed"),
    ("rules.span_max_min", "long", "rules.span_max_min"),
    ("rules.siesta_min", 60, "rules.siesta_min"),
    ("rules.rest_night_min", 2000, "rules.rest_night_min"),
    ("rules.day_open_min", 1500, "rules.day_open_min"),
    ("rules.day_close_min", 2800, "rules.day_close_min"),
    ("rules.day_close_min", 0, "rules.day_close_min"),
    ("candidates[0].value", float("inf"), "candidates[0].value"),
    ("candidates[0].get_in_min", -5, "candidates[0].get_in_min"),
    ("candidates[0].performances", 0, "candidates[0].performances"),
    ("candidates[0].place", "nowhere", "candidates[0].place"),
    ("candidates[1].id", "w1", "candidates[1].id"),
    ("candidates[0].windows[0]", [2, 600, 700], "candidates[0].windows[0]"),
    ("candidates[0].windows[0]", [0, 700, 600], "candidates[0].windows[0]"),
    ("candidates[0].windows[0]", [0, 600], "candidates[0].windows[0]"),
    ("candidates[0].windows[0]", [0, 600.0, 700], "candidates[0].windows[0][1]"),
    ("fixed[0].candidate", "w9", "fixed[0].candidate"),
    ("fixed[0].day", 2, "fixed[0].day"),
    ("fixed[0].start_min", None, "fixed[0].start_min"),
    ("baseline[0].candidate", "w9", "baseline[0].candidate"),
    ("baseline[0].day", -1, "baseline[0].day"),
    ("baseline[0].price", -1, "baseline[0].price"),
    ("costs.per_km", -1, "costs.per_km"),
    ("costs.per_km", float("nan"), "costs.per_km"),
    ("weather", {}, "weather"),
]
#: The last amount of each kind that is read, and the first that is not.
BOUNDS: list[tuple[str, float, float]] = [
    ("costs.per_km", 100_000, 100_000.5),
    ("costs.per_night_away", 10**9, 10**9 + 1),
    ("costs.municipality_bonus", 1e9, 1e10),
    ("costs.per_change", 10**9, 1e12),
    ("candidates[0].value", 10**9, 10**9 + 1),
    ("candidates[0].value", -(10**9), -(10**9) - 1),
    ("baseline[0].price", 10**9, 1e10),
    ("drive_km[0][1]", 100_000, 100_001),
]


def changed(path: str, value: Any) -> dict[str, Any]:
    """The good document with one field set."""
    wrong = json.loads(json.dumps(GOOD))
    keys: list[Any] = [
        int(k) if k.isdecimal() else k for k in path.replace("[", ".").replace("]", "").split(".")
    ]
    here: Any = wrong
    for key in keys[:-1]:
        here = here[key]
    here[keys[-1]] = value
    return wrong


@pytest.mark.parametrize(("path", "value", "field"), WRONG)
def test_a_wrong_field_is_named(path: str, value: Any, field: str) -> None:
    with pytest.raises(ProblemError) as caught:
        Problem.from_json(changed(path, value))
    assert caught.value.field == field


@pytest.mark.parametrize(("path", "last", "first"), BOUNDS)
def test_the_schema_knows_the_bounds_of_amounts(path: str, last: float, first: float) -> None:
    document = schema()
    validator = Draft202012Validator({**document["$defs"]["problem"], "$defs": document["$defs"]})
    Problem.from_json(changed(path, last))
    with pytest.raises(ProblemError, match=re.escape(f"{path}: must be a finite number between")):
        Problem.from_json(changed(path, first))
    assert [validator.is_valid(changed(path, amount)) for amount in (last, first)] == [True, False]


@pytest.mark.parametrize("name", ["days", "places", "home", "drive_min", "drive_km", "candidates"])
def test_a_missing_field_is_named(name: str) -> None:
    with pytest.raises(ProblemError) as caught:
        Problem.from_json({key: value for key, value in GOOD.items() if key != name})
    assert caught.value.field == name


def test_a_fixed_candidate_given_twice_is_named() -> None:
    twice = [{"candidate": "w1", "day": d, "start_min": 600} for d in (0, 1)]
    with pytest.raises(ProblemError) as caught:
        Problem.from_json({**GOOD, "fixed": twice})
    assert caught.value.field == "fixed[1].candidate"


def test_the_error_says_what_is_wrong() -> None:
    with pytest.raises(ProblemError) as caught:
        Problem.from_json(changed("days[0].date", "2027-04-31"))
    assert str(caught.value) == "days[0].date: '2027-04-31' is not a date of the calendar written YYYY-MM-DD"


def test_two_spans_of_one_day_are_told_apart() -> None:
    with pytest.raises(ProblemError) as caught:
        Problem.from_json(changed("other_roads[0].last_day", 1))
    assert "days 1 to 1 overlap those of other_roads[0], 0 to 1; give each day once" in str(caught.value)


def test_days_with_equal_tables_share_one() -> None:
    problem = Problem.from_json(GOOD)
    assert (len(problem.road_books), problem.book_of) == (2, (1, 1))


def test_rules_that_are_not_named_do_not_apply() -> None:
    assert set(vars(Problem.from_json(document(1)).rules).values()) == {None}


def test_only_whole_weeks_count() -> None:
    assert Problem.from_json(document(15, first=3)).whole_weeks() == (range(5, 12),)


@settings(max_examples=30, deadline=None)
@given(documents())
def test_a_problem_survives_being_written_and_read(problem: dict[str, Any]) -> None:
    read = Problem.from_json(problem)
    assert Problem.from_json(read.to_json()) == read
