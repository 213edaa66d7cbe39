"""`manage.py solve_tour`: a problem file in, a plan file out, and each way a file can be wrong."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator

from tours import planner

PROBLEM = planner.instance(6, 4, seed=3).to_json()
#: Never reached, however busy the machine: the planner ends as soon as it has its proof.
PROOF_SECONDS = 60


@pytest.fixture
def problem_file(tmp_path: Path) -> Path:
    return written(tmp_path, PROBLEM)


def written(folder: Path, document: Any) -> Path:
    path = folder / "problem.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def solved(*arguments: object, **options: Any) -> tuple[str, str]:
    """What the command writes to standard output, and what it tells beside it."""
    out, told = io.StringIO(), io.StringIO()
    call_command("solve_tour", *map(str, arguments), stdout=out, stderr=told, **{"seconds": 0.2, **options})
    return out.getvalue(), told.getvalue()


def test_the_plan_comes_out_and_is_legal(problem_file: Path) -> None:
    plan = planner.Plan.from_json(json.loads(solved(problem_file)[0]))
    assert planner.check(planner.Problem.from_json(PROBLEM), plan) == []
    assert plan.stops


def test_the_plan_is_as_its_schema_says(problem_file: Path) -> None:
    schema = planner.schema()
    document = json.loads(solved(problem_file)[0])
    validator = Draft202012Validator({**schema, "$ref": "#/$defs/plan"})
    assert list(validator.iter_errors(document)) == []


def test_the_problem_in_the_documentation_is_solved(settings: Any) -> None:
    plan = json.loads(solved(settings.BASE_DIR / "docs" / "problem.json", seconds=PROOF_SECONDS)[0])
    played = [(stop["candidate"], stop["day"]) for stop in plan["stops"]]
    assert played == [("school", 0), ("village hall", 0), ("mountain hotel", 1)]
    # 3 x 9 800 and 2 municipalities beside home x 6 000, less 396 km x 35.
    assert (plan["objective"], plan["proven"]) == (27540, True)


def test_objective_bound_and_gap_are_told_beside_it(problem_file: Path) -> None:
    told = solved(problem_file)[1]
    assert told.splitlines()[-1].startswith("objective ")
    assert "bound" in told
    assert "gap" in told


def test_the_plan_is_written_to_a_file(problem_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    assert solved(problem_file, out=out)[0] == ""
    assert json.loads(out.read_text(encoding="utf-8"))["stops"]


def test_the_problem_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(PROBLEM)))
    assert json.loads(solved("-")[0])["stops"]


def test_the_same_seed_gives_the_same_plan(problem_file: Path) -> None:
    plans = [json.loads(solved(problem_file, seed=7, seconds=PROOF_SECONDS)[0]) for _ in range(2)]
    assert plans[0]["stops"] == plans[1]["stops"]
    assert plans[0]["seed"] == 7


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Cannot read .*nothing\.json.* Give the path of a problem file"):
        solved(tmp_path / "nothing.json")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read"):
        solved(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "not json", '{"days": [}'])
def test_a_file_that_is_not_json(tmp_path: Path, text: str) -> None:
    with pytest.raises(CommandError, match="is not JSON in UTF-8"):
        solved(written(tmp_path, text))


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes('{"name": "Östersund"}'.encode("latin-1"))
    with pytest.raises(CommandError, match="is not JSON in UTF-8"):
        solved(path)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"home": "nowhere"}, "home"),
        ({"days": []}, "days"),
        ({"places": "all"}, "places"),
        ({"drive_min": [[0]]}, "drive_min"),
        ({"extra": 1}, "extra"),
        ({"fixed": [{"candidate": "x", "day": 0, "start_min": 600}]}, "fixed"),
        ({"candidates": [{**PROBLEM["candidates"][0], "windows": [[0, 700, 600]]}]}, "windows"),
        ({"candidates": [{**PROBLEM["candidates"][0], "windows": [[99, 600, 700]]}]}, "windows"),
        ({"days": [{"date": "2027-04-31", "kind": "work"}]}, "date"),
        ({"rules": {"day_open_min": 600, "day_close_min": 300}}, "day_close_min"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(CommandError, match=f"is not a valid problem.*{field}"):
        solved(written(tmp_path, {**PROBLEM, **changes}))


@pytest.mark.parametrize("document", [[], 1, None, "text"])
def test_json_that_is_no_object(tmp_path: Path, document: Any) -> None:
    with pytest.raises(CommandError, match="is not a valid problem"):
        solved(written(tmp_path, json.dumps(document)))


def test_a_file_that_is_nested_without_end(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is nested too deeply"):
        solved(written(tmp_path, "[" * 100_000))


def test_a_number_of_thousands_of_digits(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not JSON in UTF-8.*digits"):
        solved(written(tmp_path, f'{{"days": {"9" * 6000}}}'))


def test_a_field_given_twice_does_not_vanish(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="candidates: is given twice"):
        solved(written(tmp_path, json.dumps(PROBLEM)[:-1] + ', "candidates": []}'))


def test_a_name_with_half_a_character(tmp_path: Path) -> None:
    places = [{**place, "name": "\ud800"} for place in PROBLEM["places"]]
    with pytest.raises(CommandError, match=r"places\[0\]\.name.*half a character"):
        solved(written(tmp_path, {**PROBLEM, "places": places}))


def test_a_plan_that_cannot_be_written(problem_file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Cannot write .*plan\.json"):
        solved(problem_file, out=tmp_path / "nowhere" / "plan.json")


def test_rules_that_fixed_stops_break_are_told_beside_the_plan(tmp_path: Path) -> None:
    name = PROBLEM["candidates"][0]["id"]
    fixed = [{"candidate": name, "day": 0, "start_min": 1440}]
    plan, told = solved(written(tmp_path, {**PROBLEM, "fixed": fixed}))
    breaches = json.loads(plan)["breaches"]
    lines = [line for line in told.splitlines() if line.startswith("breaks ")]
    assert breaches
    assert lines == [f"breaks {breach['rule']}: {breach['text']}" for breach in breaches]


def test_a_seed_below_0(problem_file: Path) -> None:
    with pytest.raises(CommandError, match="--seed must not be below 0"):
        solved(problem_file, seed=-1)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_time_must_be_given(problem_file: Path, seconds: float) -> None:
    with pytest.raises(CommandError, match="--seconds must be above 0"):
        solved(problem_file, seconds=seconds)


def test_a_wrong_file_writes_no_plan(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    with pytest.raises(CommandError):
        solved(written(tmp_path, {}), out=out)
    assert not out.exists()
