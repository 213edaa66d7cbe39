"""The runs of allotments: claimed by one worker, kept as they get better, stopped, and told when they fail."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bookings import allotment_runs, allotting
from bookings.allotment_briefs import make_brief
from tests import allotments
from tests.allotments import NOW
from tests.world import World
from tours import allotment as solver
from tours.errors import NotNow
from tours.models import Allotment

State = Allotment.State


def asked(world: World) -> Allotment:
    return allotting.ask(allotments.made(world), by=world.officer, now=NOW)


def running(world: World, **fields: Any) -> Allotment:
    """One that a worker has claimed."""
    found = asked(world)
    given = {"state": State.RUNNING, "claimed_until": NOW + timedelta(minutes=2), **fields}
    Allotment.objects.filter(pk=found.pk).update(**given)
    found.refresh_from_db()
    return found


def test_the_worker_takes_what_waits_and_keeps_the_plan(world: World) -> None:
    asked(world)
    assert (allotment_runs.run_queued(NOW), allotment_runs.run_queued(NOW)) == (1, 0)
    found = Allotment.objects.get()
    assert (found.state, found.progress["reached"], found.progress["pupils"]) == (State.DONE, 79, 88)


def test_the_plan_is_legal(world: World) -> None:
    found = allotments.computed(world)
    problem = solver.Problem.from_json(found.problem)
    assert solver.check(problem, solver.Plan.from_json(found.plan)) == []


def test_a_dead_workers_run_is_taken_over(world: World) -> None:
    running(world, claimed_until=NOW - timedelta(seconds=1))
    assert (allotment_runs.run_queued(NOW), Allotment.objects.get().state) == (1, State.DONE)


def test_a_living_workers_run_is_not(world: World) -> None:
    running(world)
    assert allotment_runs.run_queued(NOW) == 0


def test_a_worker_that_was_taken_for_dead_changes_nothing_any_more(world: World) -> None:
    late = running(world)
    Allotment.objects.update(claimed_until=NOW + timedelta(minutes=9))
    before = Allotment.objects.values().get()
    allotment_runs.run(late)
    assert Allotment.objects.values().get() == before


def test_a_failure_is_kept_in_words(world: World) -> None:
    found = running(world)
    found.problem = {"nothing": []}
    found = allotment_runs.run(found)
    assert (found.state, "nothing" in found.error) == (State.FAILED, True)


def test_the_worker_writes_the_problem_and_keeps_it(world: World) -> None:
    found = allotments.computed(world)
    assert (len(found.problem["units"]), len(found.fingerprint)) == (4, 64)


def test_a_run_that_is_taken_over_is_of_the_same_ground(world: World) -> None:
    """Its plan so far is of that ground; what has changed since is told when somebody publishes."""
    found = running(world)
    found.problem = make_brief(found).problem
    world.school.school.groups.filter(name="4A").update(pupils_count=30)
    assert allotment_runs.run(found).progress["pupils"] == 88


def test_a_better_plan_is_stored_while_it_is_looked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, Any]] = []

    def solve(problem: solver.Problem, **given: Any) -> solver.Plan:
        plan = replace(solver.greedy(problem), reached_bound=88)
        given["on_improve"](plan)
        seen.append(Allotment.objects.get().progress)
        return plan

    monkeypatch.setattr(solver, "solve", solve)
    allotment_runs.run(running(world))
    assert [(told["reached"], told["reached_bound"]) for told in seen] == [(79, 88)]


def test_a_worse_plan_than_the_stored_one_is_not(world: World) -> None:
    found = running(world)
    plan = solver.greedy(solver.Problem.from_json(make_brief(found).problem))
    found.plan = plan.to_json()
    storing = allotment_runs._Storing(found)
    storing(replace(plan, reached=plan.reached - 1))
    storing(replace(plan, cost=plan.cost + 1))
    assert storing.waiting is None


def test_stopped_it_ends_with_the_best_so_far(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found = running(world)
    allotment_runs.stop(found, now=NOW)
    monkeypatch.setattr(allotment_runs, "STORE_EVERY", 0)

    def solve(problem: solver.Problem, **given: Any) -> solver.Plan:
        assert given["stop"]()
        return solver.greedy(problem)

    monkeypatch.setattr(solver, "solve", solve)
    assert (allotment_runs.run(found).state, found.is_finished) == (State.CANCELLED, True)


def test_one_that_nobody_has_begun_is_not_computed(world: World) -> None:
    found = asked(world)
    allotment_runs.stop(found, now=NOW)
    assert (Allotment.objects.get().state, allotment_runs.run_queued(NOW)) == (State.DRAFT, 0)


def test_what_has_ended_cannot_be_stopped(world: World) -> None:
    with pytest.raises(NotNow):
        allotment_runs.stop(allotments.computed(world), now=NOW)
