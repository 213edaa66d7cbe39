"""The page on which a season's tours are planned together."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bookings import season_plan
from tests.turne.pages import text_of
from tests.world import World
from tours.models import SeasonRun, Tour

pytestmark = pytest.mark.usefixtures("before_the_tour")


def page(world: World) -> str:
    return reverse("season-plan", args=[world.season.slug])


def asked(world: World) -> SeasonRun:
    return season_plan.propose(world.season, [world.tour], by=world.producer, seconds=1)


def form(world: World, **changed: object) -> dict[str, object]:
    return {"tours": [world.tour.pk], "apart_days": 14, "neighbour_km": 25, "seconds": 30, **changed}


def test_asking_queues_a_run_and_shows_its_progress(world: World, producer: Client) -> None:
    response = producer.post(page(world), form(world), follow=True)
    run = SeasonRun.objects.get()
    assert (list(run.tours.all()), run.state) == ([world.tour], SeasonRun.State.QUEUED)
    assert reverse("season-run", args=[world.season.slug, run.pk]) in response.content.decode()


@pytest.mark.parametrize("wrong", [{"tours": []}, {"apart_days": 0}, {"seconds": 7}, {"tours": [0]}])
def test_what_is_wrong_is_told_and_nothing_is_asked_for(world: World, producer: Client, wrong: dict) -> None:
    response = producer.post(page(world), form(world, **wrong))
    assert (response.status_code, SeasonRun.objects.count()) == (422, 0)
    assert set(response.context["form"].errors) == set(wrong)


def test_the_result_names_each_tour_with_a_link_to_its_plan(world: World, producer: Client) -> None:
    run = season_plan.run(asked(world))
    response = producer.get(page(world))
    proposal = run.proposals.get()
    address = f"{reverse('board', args=[world.tour.slug])}?forslag={proposal.pk}"
    assert address in response.content.decode()
    assert f"{len(proposal.plan['stops'])} of 3" in text_of(response)


def test_wishes_that_may_not_be_planned_count_too(world: World, producer: Client) -> None:
    world.wish.spans.update(starts_on="2027-04-19", ends_on="2027-04-23")
    season_plan.run(asked(world))
    assert "2 of 3" in text_of(producer.get(page(world)))


def test_the_part_is_the_result_once_it_is_done(world: World, producer: Client) -> None:
    run = asked(world)
    part = reverse("season-run", args=[world.season.slug, run.pk])
    waiting = producer.get(part, headers={"HX-Request": "true"})
    season_plan.run(run)
    done = producer.get(part, headers={"HX-Request": "true"})
    assert ("Waiting for the planner." in text_of(waiting), "The plans" in text_of(done)) == (True, True)
    assert ("HX-Retarget" in waiting, done["HX-Retarget"]) == (False, "#season-run")


def test_the_part_brings_the_runs_along(world: World, producer: Client) -> None:
    season_plan.run(asked(world))
    run = asked(world)
    SeasonRun.objects.filter(pk=run.pk).update(
        state="running", requested_at=timezone.now() - timedelta(seconds=run.seconds / 2)
    )
    part = reverse("season-run", args=[world.season.slug, run.pk])
    answer = producer.get(part, headers={"HX-Request": "true"})
    assert 'id="season-runs" hx-swap-oob="true"' in answer.content.decode()
    assert {chip["count"] for chip in answer.context["runs"]} == {"50 %", "done"}


def test_a_tour_alone_is_planned_on_its_board(world: World, producer: Client) -> None:
    assert "Plan it on its board" in text_of(producer.get(page(world)))


def test_the_times_to_plan_are_told_in_the_readers_language(world: World, producer: Client) -> None:
    field = producer.get(page(world)).context["form"].fields["seconds"]
    with translation.override("sv"):
        assert dict(field.choices)[30] == "30 sekunder"
    with translation.override("en"):
        assert dict(field.choices)[30] == "30 seconds"


def test_a_failure_is_shown_in_words(world: World, producer: Client) -> None:
    run = asked(world)
    SeasonRun.objects.filter(pk=run.pk).update(state="failed", error="No road leads to Backe.")
    assert "No road leads to Backe." in text_of(producer.get(page(world)))


def test_without_a_tour_to_plan_the_page_says_what_to_do(world: World, producer: Client) -> None:
    Tour.objects.update(stage="closed")
    assert "Make one first." in text_of(producer.get(page(world)))


def test_the_list_of_tours_links_here_when_there_are_two(world: World, producer: Client) -> None:
    assert page(world) not in producer.get(reverse("tours")).content.decode()
    Tour.objects.create(
        production=world.production, season=world.season, name="Andra", slug="andra-turnen",
        starts_on=world.tour.starts_on, ends_on=world.tour.ends_on,
    )  # fmt: skip
    assert page(world) in producer.get(reverse("tours")).content.decode()
