"""Tours through the API: a plan is asked for, made better, and adopted."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator

from bookings import planning, running
from bookings.models import Booking
from tests.api.callers import API, OPEN, caller
from tests.world import World
from tours import planner
from tours.models import Proposal, Wish

pytestmark = pytest.mark.usefixtures("season_is_open")


def propose(world: World, **body: Any) -> Any:
    return caller(world.producer).post(f"{API}/tours/{world.tour.slug}/propose", {"seconds": 1, **body})


def finished(world: World, now: datetime = OPEN, seconds: int = 1) -> Proposal:
    pk = propose(world, seconds=seconds).json()["id"]
    running.run_queued(now)
    return Proposal.objects.get(pk=pk)


def adopt(world: World, proposal: Proposal) -> Any:
    return caller(world.producer).post(f"{API}/proposals/{proposal.pk}/adopt")


def test_a_plan_is_taken_in_with_a_first_legal_plan(world: World) -> None:
    answer = propose(world)
    found = answer.json()
    assert (answer.status_code, answer["Location"]) == (
        202,
        f"http://testserver{API}/proposals/{found['id']}",
    )
    assert (found["state"], len(found["plan"]["stops"]), found["plan"]["breaches"]) == ("queued", 3, [])


def test_the_worker_makes_it_done(world: World) -> None:
    """A minute is a limit that is never reached: with every stop locked the proof is there at once."""
    for wish, day in ((world.wish, 3), (world.neighbour_wish, 5), (world.school_wish, 9)):
        at = timezone.make_aware(datetime(2027, 2, day, 13))
        planning.lock_stop(world.tour, wish, at, by=world.producer)
    proposal = finished(world, seconds=60)
    found = caller(world.producer).get(f"{API}/proposals/{proposal.pk}").json()
    assert (found["state"], found["plan"]["proven"], found["adopted_at"]) == ("done", True, None)


def test_problem_and_plan_are_the_planners_documents(world: World) -> None:
    found = propose(world).json()
    parts = planner.schema()["$defs"]
    errors = [
        error.message
        for part in ("problem", "plan")
        for error in Draft202012Validator(parts[part]).iter_errors(found[part])
    ]
    assert errors == []
    assert planner.Problem.from_json(found["problem"]).to_json()["home"] == found["problem"]["home"]


def test_what_was_left_out_beforehand_is_told(world: World) -> None:
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    assert propose(world).json()["excluded"] == [{"wish": world.wish.pk, "reason": "dropped", "detail": {}}]


@pytest.mark.parametrize("body", [{"seconds": 0}, {"seconds": 121}, {"seed": -1}, {"seconds": "long"}])
def test_the_planner_works_within_bounds(world: World, body: dict[str, Any]) -> None:
    answer = propose(world, **body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"#/{next(iter(body))}")


def test_without_a_wish_there_is_nothing_to_plan(world: World) -> None:
    Wish.objects.update(withdrawn_at=OPEN)
    answer = propose(world)
    assert (answer.status_code, answer.json()["ids"]) == (422, {"tour": world.tour.pk})


def test_adopting_holds_the_visits(world: World) -> None:
    answer = adopt(world, finished(world))
    assert answer.json() == {"held": 3, "moved": 0, "released": 0, "kept": 0}
    assert set(Booking.objects.values_list("status", flat=True)) == {"held"}


def test_a_plan_is_adopted_once(world: World) -> None:
    proposal = finished(world)
    adopt(world, proposal)
    answer = adopt(world, proposal)
    assert (answer.status_code, answer.json()["code"]) == (409, "plan_outdated")


def test_a_plan_is_not_adopted_over_changed_wishes(world: World) -> None:
    proposal = finished(world)
    Wish.objects.filter(pk=world.wish.pk).update(audience_expected=1, withdrawn_at=OPEN)
    answer = adopt(world, proposal)
    assert (answer.status_code, answer.json()["code"], Booking.objects.count()) == (409, "plan_outdated", 0)


def test_a_plan_that_is_not_finished_is_not_adopted(world: World) -> None:
    pk = propose(world).json()["id"]
    answer = adopt(world, Proposal.objects.get(pk=pk))
    assert (answer.status_code, answer.json()["ids"]) == (422, {"proposal": pk})


def test_the_list_of_plans_is_without_their_documents(world: World) -> None:
    propose(world)
    (row,) = caller(world.producer).get(f"{API}/tours/{world.tour.slug}/proposals").json()["results"]
    assert {"problem", "plan"} & set(row) == set()


def test_an_officer_sees_the_tour_and_nobody_else(world: World) -> None:
    found = {
        role: caller(getattr(world, role)).get(f"{API}/tours").json()["count"]
        for role in ("producer", "officer", "presenter", "stranger")
    }
    assert found == {"producer": 1, "officer": 1, "presenter": 0, "stranger": 0}
