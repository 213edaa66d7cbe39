"""Reading and writing plans, and the schema of both documents."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tours.planner import Plan, PlanError, instance, schema, solve

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"stops": [{"candidate": "a", "day": 0}]}, "stops[0].start_min"),
    ({"stops": [{"candidate": "a", "day": -1, "start_min": 600}]}, "stops[0].day"),
    ({"stops": {}}, "stops"),
    ({"nights": [4]}, "nights[0]"),
    ({"drive_only_departures": {"two": 600}}, "drive_only_departures.two"),
    ({"proven": "yes"}, "proven"),
    ({"colour": "red"}, "colour"),
]


def validator(name: str) -> Draft202012Validator:
    document = schema()
    return Draft202012Validator({**document["$defs"][name], "$defs": document["$defs"]})


@pytest.fixture(scope="module")
def broken_tour() -> Plan:
    """A plan with breaches, unplaced candidates and a trace."""
    problem = instance(15, 7)
    fixed = [{"candidate": f"w{i}", "day": 6, "start_min": 600} for i in range(2)]
    return solve(type(problem).from_json({**problem.to_json(), "fixed": fixed}), seconds=0.2)


def test_a_plan_survives_being_written_and_read(broken_tour: Plan) -> None:
    document = json.loads(json.dumps(broken_tour.to_json()))
    assert Plan.from_json(document) == broken_tour


def test_the_schema_describes_a_plan(broken_tour: Plan) -> None:
    assert list(validator("plan").iter_errors(json.loads(json.dumps(broken_tour.to_json())))) == []


def test_the_schema_describes_a_problem() -> None:
    assert list(validator("problem").iter_errors(instance(15, 10).to_json())) == []


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_a_wrong_field_is_named(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(PlanError) as caught:
        Plan.from_json({"stops": [], "nights": ["home"], **wrong})
    assert caught.value.field == field
