"""The planner for whoever brings a problem: the plan, and what is too much or wrong."""

from copy import deepcopy
from typing import Any

import pytest

from api import solving
from api.views.planner import EXAMPLE
from tests.api.callers import API, caller
from tests.world import World
from tours import planner


def solve(world: World, document: Any, query: str = "?seconds=1") -> Any:
    return caller(world.stranger).post(f"{API}/planner/solve{query}", document)


def test_the_example_is_solved_to_proof(world: World) -> None:
    """Half a minute is a limit that is never reached: it ends as soon as it has its proof."""
    plan = solve(world, EXAMPLE, "?seconds=30").json()
    assert ([stop["candidate"] for stop in plan["stops"]], plan["proven"]) == (["w1", "w2"], True)


def test_the_plan_is_legal_by_the_planners_own_check(world: World) -> None:
    plan = planner.Plan.from_json(solve(world, EXAMPLE).json())
    assert planner.check(planner.Problem.from_json(EXAMPLE), plan) == []


def test_days_may_have_other_roads(world: World) -> None:
    """Both are played on the second day; with ways twice as long on it the plan is worth less."""
    document: Any = deepcopy(EXAMPLE)
    far = {name: [[2 * way for way in row] for row in document[name]] for name in ("drive_min", "drive_km")}
    dear = {**document, "other_roads": [{"first_day": 1, "last_day": 1, **far}]}
    plain, other = (solve(world, problem, "?seconds=30").json() for problem in (document, dear))
    assert other["proven"] is True
    assert other["objective"] < plain["objective"]


def test_with_no_time_there_is_a_first_plan(world: World) -> None:
    assert solve(world, EXAMPLE, "?seconds=0&seed=7").json()["seed"] == 7


@pytest.mark.parametrize("query", ["?seconds=31", "?seconds=-1", "?seed=x", "?seconds=NaN", "?seconds=1e999"])
def test_it_plans_within_bounds(world: World, query: str) -> None:
    answer = solve(world, EXAMPLE, query)
    name = query.split("=")[0][1:]
    assert (answer.status_code, answer.json()["errors"]) == (
        400,
        [{"parameter": name, "detail": answer.json()["errors"][0]["detail"]}],
    )


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        (("home",), "nowhere", "#/home"),
        (("candidates", 0, "windows", 0), [9, 540, 780], "#/candidates/0/windows/0"),
        (("days", 1, "date"), "2027-02-30", "#/days/1/date"),
        (("drive_min", 0, 0), 5, "#/drive_min/0/0"),
        (("colour",), "red", "#/colour"),
        (("other_roads",), [{"first_day": 9}], "#/other_roads/0/first_day"),
    ],
)
def test_a_wrong_problem_is_pointed_at(world: World, path: tuple[Any, ...], value: Any, pointer: str) -> None:
    document: Any = deepcopy(EXAMPLE)
    part = document
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    answer = solve(world, document)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize("document", [[], [1], "text", 7])
def test_what_is_no_problem_is_told_so(world: World, document: Any) -> None:
    answer = solve(world, document)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_problem")


@pytest.mark.parametrize("name", sorted(solving.MOST))
def test_more_than_the_machine_takes_is_refused(world: World, name: str) -> None:
    answer = solve(world, {**EXAMPLE, name: [{}] * (solving.MOST[name] + 1)})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_much")


def test_one_problem_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    inner: list[Any] = []
    monkeypatch.setattr(planner, "solve", lambda *_args, **_more: inner.append(solve(world, EXAMPLE)))
    with pytest.raises(AttributeError):
        solving.solve(EXAMPLE, seconds=1, seed=1).to_json()
    assert (inner[0].status_code, inner[0].json()["code"], inner[0]["Retry-After"]) == (
        503,
        "planner_busy",
        "30",
    )


def test_after_a_fault_it_is_free_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_more: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(planner, "solve", fail)
        assert solve(world, EXAMPLE).status_code == 500
    assert solve(world, EXAMPLE).status_code == 200


def test_the_schema_is_the_planners(db: None) -> None:
    assert caller().get(f"{API}/planner/schema").json() == planner.schema()
