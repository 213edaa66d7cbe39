"""The problem's and the plan's documents: read back equal, and wrong ones are told where."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.tours.allotment.problems import document, drawn, production, site, unit
from tours.allotment import Plan, PlanError, Problem, ProblemError, instance, schema, solve

GOOD = document(
    [unit("u", "town", 20, adults=3, needs=["loop"], had=["p"])],
    [production("p")],
    [site("hall", "town", "p")],
    locked=[{"unit": "u", "production": "p", "site": "hall"}],
    forbidden=[{"unit": "u", "production": "p", "site": None}],
)

WRONG: list[tuple[str, Any, str]] = [
    ("units[0].classes", [], "give the pupils of 1 to 40 classes"),
    ("units[0].classes[0]", 0, "must be between 1 and 500, got 0"),
    ("units[0].classes[0]", 10000, "must be between 1 and 500, got 10000"),
    ("units[0].home", "moon", "'moon' is not among the places; add it there or correct the id"),
    ("units[0].had[0]", "x", "'x' is not among the productions; add it there or correct the id"),
    ("units[0].weeks", "8", "expected a list, got '8'"),
    ("units[0].languages", [], "name at least one language"),
    ("units[0].age", 3, "is not a field of the format; remove it or check the spelling"),
    ("productions[0].audience_max", 0, "must be between 1 and 100000, got 0"),
    ("productions[0].fee_next", 2000, "a further show of a day costs more than the first one, 1000"),
    ("productions[0].fee", None, "expected a number, got nothing"),
    ("sites[0].seats", "many", "expected a whole number, got 'many'"),
    ("sites[0].unknown.p", ["height"], "is among those that fit; it cannot be unknown too"),
    ("sites[0].open", 1, "expected true or false, got 1"),
    ("km[0][0]", 1, "the way from a place to itself is 0"),
    ("km[0][1]", -1, "must be a finite number between 0 and 100,000, got -1"),
    ("km", [[0]], "expected 3 rows, one for each place, got 1"),
    ("minutes[1]", [0], "expected 3 entries, one for each place"),
    ("rules.bus_seats", 0, "must be between 1 and 100000, got 0"),
    ("rules.targets", "4", "expected a list, got '4'"),
    ("locked[0].unit", "x", "'x' is not among the units; add it there or correct the id"),
    ("locked[0].production", None, "a site without a production says nothing; name the production too"),
    ("forbidden[0].production", None, "name the production that is forbidden"),
    ("places[0]", "\ud800", "'\\ud800' holds half a character; write it in UTF-8"),
    ("places[1]", "town", "the entry 'town' is already given at places[0]; give each one once"),
]  # fmt: skip
ELSEWHERE = {"locked[0].production": "locked[0].site"}


def spoilt(path: str, value: Any) -> dict[str, Any]:
    """The good document with one field changed."""
    found = copy.deepcopy(GOOD)
    found["sites"][0]["unknown"] = {}
    at: Any = found
    *steps, last = path.replace("[", ".").replace("]", "").split(".")
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[int(last) if isinstance(at, list) else last] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "words"), WRONG, ids=[f"{i} {one[0]}" for i, one in enumerate(WRONG)]
)
def test_a_wrong_field_is_named(path: str, value: Any, words: str) -> None:
    with pytest.raises(ProblemError) as told:
        Problem.from_json(spoilt(path, value))
    assert (told.value.field, told.value.reason) == (ELSEWHERE.get(path, path), words)


def test_two_units_with_one_id_are_refused() -> None:
    twice = {**GOOD, "units": GOOD["units"] * 2}
    with pytest.raises(ProblemError, match=r"units\[1\].id: unit 'u' is already given at units\[0\].id"):
        Problem.from_json(twice)


@pytest.mark.parametrize(
    "problem", [Problem.from_json(GOOD), drawn(3), instance(8, 5)], ids=["good", "drawn", "county"]
)
def test_a_problem_is_read_back_equal_and_keeps_to_the_schema(problem: Problem) -> None:
    written = json.loads(json.dumps(problem.to_json()))
    Draft202012Validator({**schema(), "oneOf": [{"$ref": "#/$defs/problem"}]}).validate(written)
    assert Problem.from_json(written) == problem


def test_a_plan_is_read_back_equal_and_keeps_to_the_schema() -> None:
    plan = solve(instance(8, 5), seconds=3, rounds=1)
    written = json.loads(json.dumps(plan.to_json()))
    Draft202012Validator({**schema(), "oneOf": [{"$ref": "#/$defs/plan"}]}).validate(written)
    assert Plan.from_json(written) == plan


@pytest.mark.parametrize(
    ("document_", "field"),
    [
        ({"assignments": [], "shows": []}, "rides"),
        ({"assignments": [{"unit": "u"}], "shows": [], "rides": []}, "assignments[0].how"),
        ({"assignments": [], "shows": [], "rides": [], "status": "good"}, "status"),
    ],
)
def test_a_wrong_plan_is_told_where(document_: dict[str, Any], field: str) -> None:
    with pytest.raises(PlanError) as told:
        Plan.from_json(document_)
    assert told.value.field == field
