"""A run of the planner: claimed by one worker, solved, and kept in words when it fails."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bookings import planning, running
from tests.world import World
from tours import planner
from tours.models import Proposal

NOW = datetime(2026, 12, 16, 12, tzinfo=UTC)


def test_the_worker_takes_the_oldest_that_waits(world: World) -> None:
    first = planning.propose(world.tour, by=world.producer, seconds=1)
    second = planning.propose(world.tour, by=world.producer, seconds=1)
    assert running.run_queued(NOW) == 1
    states = [Proposal.objects.get(pk=p.pk).state for p in (first, second)]
    assert states == [Proposal.State.DONE, Proposal.State.QUEUED]


def test_with_nothing_waiting_the_worker_does_nothing(world: World) -> None:
    assert running.run_queued(NOW) == 0


def test_a_dead_workers_proposal_is_taken_over(world: World) -> None:
    proposal = planning.propose(world.tour, by=world.producer, seconds=1)
    Proposal.objects.filter(pk=proposal.pk).update(
        state=Proposal.State.RUNNING, claimed_until=NOW - timedelta(seconds=1)
    )
    assert running.run_queued(NOW) == 1


def test_a_worker_that_was_taken_for_dead_changes_nothing_any_more(world: World) -> None:
    late = planning.propose(world.tour, by=world.producer, seconds=1)
    lease = NOW + timedelta(seconds=61)
    Proposal.objects.filter(pk=late.pk).update(state=Proposal.State.RUNNING, claimed_until=lease)
    before = Proposal.objects.values().get(pk=late.pk)
    running.run(late)
    assert Proposal.objects.values().get(pk=late.pk) == before


def test_a_failure_is_kept_in_words(world: World) -> None:
    proposal = planning.propose(world.tour, by=world.producer, seconds=1)
    proposal.problem["home"] = "nowhere"
    proposal.save()
    assert running.run(proposal).state == Proposal.State.FAILED
    assert "home" in proposal.error


def test_what_is_found_too_soon_after_another_is_stored_when_the_run_looks_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def solve(problem: planner.Problem, **asked: Any) -> planner.Plan:
        plan = find(problem, seconds=0)
        for more in (1, 2):
            asked["on_improve"](replace(plan, objective=plan.objective + more))
        monkeypatch.setattr(running, "STORE_EVERY", 0)
        asked["stop"].every = 0
        asked["stop"]()
        seen.append(Proposal.objects.get().plan["objective"] - plan.objective)
        return plan

    find = planner.solve
    proposal = planning.propose(world.tour, by=world.producer, seconds=1)
    monkeypatch.setattr(planner, "solve", solve)
    running.run(proposal)
    assert seen == [2]


def test_a_better_bound_is_stored_without_a_better_plan(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, Any]] = []

    def solve(problem: planner.Problem, **asked: Any) -> planner.Plan:
        plan = find(problem, seconds=0)
        asked["on_bound"](replace(plan, bound=plan.objective + 1, gap=0.001))
        seen.append(Proposal.objects.get().plan)
        return plan

    find = planner.solve
    proposal = planning.propose(world.tour, by=world.producer, seconds=1)
    monkeypatch.setattr(planner, "solve", solve)
    running.run(proposal)
    assert [(plan["bound"] - plan["objective"], plan["gap"]) for plan in seen] == [(1, 0.001)]


def test_a_run_that_begins_anew_keeps_the_first_plan_until_it_has_a_better_one(world: World) -> None:
    proposal = planning.propose(world.tour, by=world.producer, seconds=1)
    found = planner.Plan.from_json(proposal.plan)
    storing = running._Storing(proposal)
    storing(replace(found, objective=found.objective - 1, seed=2))
    assert (Proposal.objects.get().plan["seed"], storing.waiting) == (1, None)


def test_a_run_that_begins_anew_ends_with_the_best_plan_that_was_told(world: World) -> None:
    """Its worker died after a long search; the next one was stopped before it had found as much."""
    proposal = planning.propose(world.tour, by=world.producer, seconds=1)
    told = planner.Plan.from_json(proposal.plan)
    proposal.plan = replace(told, objective=told.objective + 10**6, seed=2).to_json()
    assert running.run(proposal).plan["seed"] == 2
    assert Proposal.objects.get().plan["seed"] == 2


@pytest.fixture
def two_ways(monkeypatch) -> list[planner.Alternative]:
    """The planner finds two: as it is, and with one stop less."""
    made: list[planner.Alternative] = []

    def alternatives(problem: planner.Problem, **_asked: object) -> list[planner.Alternative]:
        plan = planner.solve(problem, seconds=0)
        less = planner.arranged(problem, plan.stops[:-1])
        made[:] = [
            planner.Alternative(("value", "spread"), plan, planner.account(problem, plan)),
            planner.Alternative(("nights",), less, planner.account(problem, less)),
        ]
        return made

    monkeypatch.setattr(planner, "alternatives", alternatives)
    return made


def test_several_ways_become_plans_of_their_own(world: World, two_ways) -> None:
    run = running.run(planning.propose(world.tour, by=world.producer, seconds=1, several=True))
    kept = [(p.kind, p.parent_id, p.state, p.favours, p.plan) for p in Proposal.objects.order_by("pk")]
    assert kept == [
        ("several", None, "done", ["value", "spread"], two_ways[0].plan.to_json()),
        ("way", run.pk, "done", ["nights"], two_ways[1].plan.to_json()),
    ]


def test_several_ways_have_time_for_each(world: World) -> None:
    asked = planning.propose(world.tour, by=world.producer, seconds=10, several=True)
    assert (asked.seconds, asked.kind) == (40, "several")


def test_a_way_is_adopted_like_any_plan(world: World, two_ways) -> None:
    running.run(planning.propose(world.tour, by=world.producer, seconds=1, several=True))
    way = Proposal.objects.get(kind="way")
    assert planning.adopt(way, by=world.producer, now=NOW).held == 2


def test_a_worker_that_was_taken_for_dead_leaves_no_ways(world: World, two_ways) -> None:
    late = planning.propose(world.tour, by=world.producer, seconds=1, several=True)
    Proposal.objects.filter(pk=late.pk).update(state="running", claimed_until=NOW)
    running.run(late)
    assert Proposal.objects.count() == 1


def test_several_ways_are_really_looked_for(world: World) -> None:
    run = running.run(planning.propose(world.tour, by=world.producer, seconds=1, several=True))
    assert (run.state, run.favours[0], len(run.plan["stops"])) == ("done", "value", 3)
