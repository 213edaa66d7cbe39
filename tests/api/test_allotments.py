"""Allotments for programs: read, computed, stopped, published and taken back."""

from typing import Any

from bookings import allotment_publishing
from tests import allotments
from tests.allotments import NOW
from tests.api.callers import API, caller
from tests.world import World
from tours.models import Allotment, Wish


def step(world: World, found: Allotment, name: str) -> Any:
    found.refresh_from_db()
    return caller(world.officer).post(
        f"{API}/allotments/{found.pk}/{name}", {}, headers={"If-Match": f'"{found.version}"'}
    )


def test_the_list_is_without_plans(world: World) -> None:
    allotments.computed(world)
    [row] = caller(world.officer).get(f"{API}/allotments").json()["results"]
    assert (row["state"], row["progress"]["reached"], "plan" in row) == ("done", 79, False)


def test_one_has_its_problem_and_plan(world: World) -> None:
    found = allotments.computed(world)
    document = caller(world.officer).get(f"{API}/allotments/{found.pk}").json()
    assert (len(document["problem"]["units"]), len(document["plan"]["assignments"])) == (4, 3)


def test_computing_is_asked_for(world: World) -> None:
    answer = step(world, allotments.made(world), "compute")
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")


def test_it_is_stopped(world: World) -> None:
    found = allotments.made(world)
    step(world, found, "compute")
    assert step(world, found, "stop").json()["state"] == "draft"


def test_it_is_published_and_taken_back(world: World) -> None:
    Wish.objects.all().delete()
    found = allotments.computed(world)
    assert step(world, found, "publish").json() == {"visits": 1, "schools": 2, "tours": 0}
    assert step(world, found, "take-back").json() == {"visits": 1}


def test_over_changed_ground_it_is_not_published(world: World) -> None:
    found = allotments.computed(world)
    world.school.school.groups.filter(name="4A").update(pupils_count=23)
    answer = step(world, found, "publish")
    assert (answer.status_code, answer.json()["code"]) == (409, "plan_outdated")


def test_what_was_seen_must_stand(world: World) -> None:
    found = allotments.computed(world)
    answer = caller(world.officer).post(
        f"{API}/allotments/{found.pk}/publish", {}, headers={"If-Match": '"99"'}
    )
    assert (answer.status_code, Wish.objects.filter(is_allotted=True).count()) == (412, 0)


def test_an_allotted_wish_stands_among_the_schools_wishes(world: World) -> None:
    found = allotments.computed(world)
    allotment_publishing.publish(found, by=world.officer, now=NOW)
    rows = caller(world.school_contact).get(f"{API}/wishes").json()["results"]
    assert len(rows) == 2
