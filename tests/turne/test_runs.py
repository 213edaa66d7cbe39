"""Runs of the planner: how long, stopped, listed, taken up again, and planned again near a plan."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import arranging, planning, running
from tests.turne.pages import text_of
from tests.world import World
from tours.models import Proposal

pytestmark = pytest.mark.usefixtures("before_the_tour")


def url(name: str, world: World, *args: object) -> str:
    return reverse(name, args=[world.tour.slug, *args])


def planned(world: World) -> Proposal:
    return running.run(planning.propose(world.tour, by=world.producer, seconds=1))


def by_hand(world: World, plan: Proposal, day: int) -> Proposal:
    at = timezone.make_aware(datetime(2027, 2, day, 12))
    return arranging.set_stop(plan, f"w{world.wish.pk}", at, by=world.producer)


@pytest.mark.parametrize(("sent", "seconds"), [({}, 10), ({"sekunder": "30"}, 30), ({"sekunder": "60"}, 60)])
def test_a_run_takes_the_time_that_was_chosen(
    world: World, producer: Client, sent: dict[str, str], seconds: int
) -> None:
    producer.post(url("tour-propose", world), sent)
    assert Proposal.objects.get().seconds == seconds


def test_another_time_is_refused_in_words(world: World, producer: Client) -> None:
    answer = producer.post(url("tour-propose", world), {"sekunder": "3600"}, follow=True)
    assert ("10, 30 or 60 seconds" in text_of(answer), Proposal.objects.count()) == (True, 0)


def test_a_run_near_a_plan_counts_changes_against_it(world: World, producer: Client) -> None:
    near = by_hand(world, planned(world), 10)
    producer.post(url("tour-propose", world), {"nara": near.pk})
    made = Proposal.objects.latest("pk")
    assert {"candidate": f"w{world.wish.pk}", "day": 9} in made.problem["baseline"]
    assert (len(made.problem["baseline"]), made.fingerprint) == (3, near.fingerprint)


def test_a_run_near_a_plan_can_be_adopted(world: World) -> None:
    near = by_hand(world, planned(world), 10)
    made = running.run(planning.propose(world.tour, by=world.producer, seconds=1, near=near))
    assert planning.adopt(made, by=world.producer, now=timezone.now()).held == 3


def test_a_run_that_waits_stops_at_once_and_can_be_adopted(world: World, producer: Client) -> None:
    run = planning.propose(world.tour, by=world.producer, seconds=60)
    producer.post(url("run-stop", world, run.pk))
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert planning.adopt(run, by=world.producer, now=timezone.now()).held == 3


def test_a_run_at_work_stops_with_its_best_plan(world: World, monkeypatch) -> None:
    monkeypatch.setattr(running, "STORE_EVERY", 0)
    run = planning.propose(world.tour, by=world.producer, seconds=60)
    Proposal.objects.filter(pk=run.pk).update(state="running")
    running.stop_run(run, now=timezone.now())
    run.refresh_from_db()
    done = running.run(run)
    assert (done.state, len(done.plan["stops"]), done.km is not None) == ("cancelled", 3, True)


def at_work(world: World, *, spent: int) -> Proposal:
    """A run of 10 seconds that has worked for so many, and found its best plan after 1.5 of them."""
    run = planning.propose(world.tour, by=world.producer, seconds=10)
    trace = [
        {"seconds": 0.1, "objective": 1, "by": "greedy"},
        {"seconds": 1.5, "objective": 2, "by": "exact"},
    ]
    until = timezone.now() + timedelta(seconds=10 - spent + running.LEASE_MARGIN)
    Proposal.objects.filter(pk=run.pk).update(
        state="running", claimed_until=until, plan=run.plan | {"trace": trace}
    )
    return run


def test_a_run_at_work_tells_how_far_it_is_and_what_found_its_best_plan(
    world: World, producer: Client
) -> None:
    run = at_work(world, spent=4)
    told = producer.get(url("proposal", world, run.pk), headers={"HX-Request": "true"}).context["progress"]
    assert told["text"].startswith("Looking for a better plan: 40 %, 4 of 10 s.")
    assert told["more"].startswith("Found after 1.5 s by: calculating exactly.")


def test_while_a_run_is_at_work_its_tab_and_the_totals_follow(world: World, producer: Client) -> None:
    planned(world)
    run = at_work(world, spent=4)
    answer = producer.get(url("proposal", world, run.pk), headers={"HX-Request": "true"})
    html = answer.content.decode()
    parts = re.findall(r'id="([a-z-]+)" hx-swap-oob="true"', html)
    assert (parts, answer.context["plans"][0]["count"]) == (["board-plans", "board-totals"], "40 %")


def test_a_run_that_has_ended_cannot_be_stopped(world: World, producer: Client) -> None:
    run = planned(world)
    answer = producer.post(url("run-stop", world, run.pk), follow=True)
    run.refresh_from_db()
    assert ("finished already" in text_of(answer), run.state) == (True, "done")


def test_the_plans_are_listed_with_what_tells_them_apart(world: World, producer: Client) -> None:
    first = planned(world)
    by_hand(world, first, 10)
    planning.adopt(first, by=world.producer, now=timezone.now())
    rows = producer.get(url("runs", world)).context["rows"]
    told = [(row["number"], row["how"], row["stops"], row["by"], bool(row["adopted"])) for row in rows]
    assert told == [(2, "by hand from plan 1", 3, "Producer", False), (1, "1 s", 3, "Producer", True)]


def test_the_list_and_the_tab_say_what_was_asked(world: World, producer: Client) -> None:
    first = planned(world)
    running.run(planning.propose(world.tour, by=world.producer, seconds=1, near=first))
    running.run(planning.propose(world.tour, by=world.producer, seconds=1, several=True))
    rows = producer.get(url("runs", world)).context["rows"]
    told = {row["number"]: row["how"] for row in rows}
    assert (told[1], told[2]) == ("1 s", "1 s, few changes of plan 1")
    assert told[3].startswith("4 s, most value")
    chips = producer.get(url("board", world)).context["plans"]
    assert [chip["count"] for chip in chips if chip["label"] == "Plan 2"] == ["few changes"]


def test_an_older_plan_is_taken_up_again(world: World, producer: Client) -> None:
    first = planned(world)
    by_hand(world, first, 10)
    producer.post(url("plan-restore", world, first.pk))
    newest = Proposal.objects.latest("pk")
    assert (newest.plan["stops"], newest.parent) == (first.plan["stops"], first)


def test_an_older_plan_whose_ground_has_changed_is_not(world: World, producer: Client) -> None:
    first = planned(world)
    planning.drop_stop(world.tour, world.school_wish, by=world.producer)
    answer = producer.post(url("plan-restore", world, first.pk), follow=True)
    assert ("have changed since this plan was made" in text_of(answer), Proposal.objects.count()) == (True, 1)
