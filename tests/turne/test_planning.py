"""The producer's pages: tours, their frame, the board and every button on it."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bookings import lifecycle, planning
from bookings.models.booking import Status
from tests import factories as make
from tests.turne.pages import queries_of, said, source_of
from tests.turne.plans import adopted, planned, url
from tests.world import World
from tours.models import Instruction, Proposal

pytestmark = pytest.mark.usefixtures("before_the_tour")
AJAX = {"HTTP_HX_REQUEST": "true"}


# -- Who may see it ---------------------------------------


GETS = ["tours", "tour-new", "board", "tour-edit", "tour-offer", "tour-csv"]
POSTS = ["tour-propose", "tour-adopt", "stop-lock", "stop-drop", "stop-free", "warning-override"]


def address(name: str, world: World) -> str:
    if name in ("tours", "tour-new"):
        return reverse(name)
    return url(name, world, world.wish.pk) if name.startswith("stop-") else url(name, world)


@pytest.mark.parametrize("name", GETS)
@pytest.mark.parametrize("who", ["presenter", "school_contact", "officer", "administrator", "stranger"])
def test_pages_are_not_there_for_others(world: World, as_user, name: str, who: str) -> None:
    assert as_user(getattr(world, who)).get(address(name, world)).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_actions_are_not_there_for_others(world: World, as_user, name: str) -> None:
    assert as_user(world.presenter).post(address(name, world)).status_code == 404


@pytest.mark.parametrize("name", ["board", "tour-edit", "tour-offer", "tour-csv"])
def test_another_producer_does_not_see_the_tour(world: World, as_user, name: str) -> None:
    rival = make.MembershipFactory(role="producer").user
    assert as_user(rival).get(address(name, world)).status_code == 404


@pytest.mark.parametrize("name", GETS)
def test_without_login_one_is_asked_to_log_in(world: World, client: Client, name: str) -> None:
    assert client.get(address(name, world)).status_code == 302


@pytest.mark.parametrize("name", POSTS)
def test_actions_are_not_taken_by_opening_an_address(world: World, producer: Client, name: str) -> None:
    assert producer.get(address(name, world)).status_code == 405


# -- The board ---------------------------------------


def test_without_wishes_the_board_says_so(world: World, producer: Client) -> None:
    world.season.wishes.all().delete()
    response = producer.get(url("board", world))
    assert (response.context["empty"]["title"], response.context["steps"]) == ("No wishes yet", [])


def test_without_a_plan_the_next_step_is_to_plan(world: World, producer: Client) -> None:
    response = producer.get(url("board", world))
    assert [(step["name"], step["primary"]) for step in response.context["steps"]] == [("plan", True)]
    assert "No plan yet" in source_of(response)


def test_the_way_to_wishes_and_frame_is_there(world: World, producer: Client) -> None:
    page = source_of(producer.get(url("board", world)))
    assert reverse("matching", args=["varen-2027", "trumman-och-tystnaden"]) in page
    assert url("tour-edit", world) in page


def test_planning_shows_the_first_plan_at_once(world: World, producer: Client) -> None:
    response = producer.post(url("tour-propose", world), follow=True)
    made = world.tour.proposals.get()
    assert response.redirect_chain == [(f"{url('board', world)}?forslag={made.pk}", 302)]
    assert len(response.context["weeks"][0]["rows"]) == 7
    assert response.context["progress"]["poll_url"] == url("proposal", world, made.pk)
    assert response.context["steps"] == []


def test_with_nothing_to_plan_the_reason_is_told(world: World, producer: Client) -> None:
    world.season.wishes.update(withdrawn_at=timezone.now())
    response = producer.post(url("tour-propose", world), follow=True)
    assert said(response) == [
        "There is no wish to plan for this tour. Open the season for wishes, or widen the tour's days."
    ]


def test_each_visit_is_named_in_full_with_its_times(world: World, producer: Client) -> None:
    planned(world)
    page = producer.get(url("board", world)).content.decode()
    spoken = re.findall(r'aria-describedby="hand-help" aria-label="([^"]+)"', page)
    assert re.findall(r"<title>(\d\d:\d\d [^<]+)</title>\s*<foreignObject", page) == spoken
    assert any(name.endswith(" Backe bygdegård") for name in spoken)


def test_a_wish_that_is_left_out_is_set_in_a_day_not_moved(world: World, producer: Client) -> None:
    made = planned(world)
    made.plan["stops"] = [stop for stop in made.plan["stops"] if stop["candidate"] != f"w{world.wish.pk}"]
    made.save()
    page = producer.get(url("board", world)).content.decode()
    assert page.count("Set here<") == 1
    assert page.count("Move here<") == len(made.plan["stops"])


def test_while_it_is_planned_the_answer_is_the_progress(world: World, producer: Client) -> None:
    made = planning.propose(world.tour, by=world.producer)
    response = producer.get(url("proposal", world, made.pk), **AJAX)
    assert 'hx-trigger="every 1s"' in source_of(response)
    assert "HX-Retarget" not in response


def test_when_it_is_done_the_board_takes_its_place(world: World, producer: Client) -> None:
    response = producer.get(url("proposal", world, planned(world).pk), **AJAX)
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#board", "outerHTML")
    assert response.content.decode().lstrip().startswith('<div id="board"')


def test_without_script_the_address_of_the_progress_leads_to_the_board(
    world: World, producer: Client
) -> None:
    made = planned(world)
    response = producer.get(url("proposal", world, made.pk))
    assert response.url == f"{url('board', world)}?forslag={made.pk}"


def test_another_tours_proposal_is_not_there(world: World, producer: Client) -> None:
    other = make.TourFactory(production=world.production, season=world.season)
    made = planned(world)
    assert producer.get(reverse("proposal", args=[other.slug, made.pk])).status_code == 404


def test_a_finished_plan_is_to_be_adopted(world: World, producer: Client) -> None:
    planned(world)
    steps = producer.get(url("board", world)).context["steps"]
    assert [(step["name"], step["primary"]) for step in steps] == [("plan", False), ("adopt", True)]


def test_adopting_holds_the_stops_and_offers_are_next(world: World, producer: Client) -> None:
    made = planned(world)
    response = producer.post(url("tour-adopt", world), {"proposal": made.pk}, follow=True)
    steps = [(step["label"], step["primary"]) for step in response.context["steps"]]
    assert world.tour.bookings.filter(status=Status.HELD).count() == 3
    assert steps == [("Plan again", False), ("Send 3 offers", True)]
    assert said(response)[0].startswith("The plan is adopted: 3 visits are held.")


def test_adopting_twice_is_refused_in_words(world: World, producer: Client) -> None:
    made = planned(world)
    producer.post(url("tour-adopt", world), {"proposal": made.pk})
    response = producer.post(url("tour-adopt", world), {"proposal": made.pk}, follow=True)
    assert "This plan has been adopted already." in said(response)


def test_a_plan_whose_ground_has_changed_is_to_be_made_again(world: World, producer: Client) -> None:
    planned(world)
    world.wish.spans.update(starts_on="2027-02-09")
    response = producer.get(url("board", world))
    assert [step["name"] for step in response.context["steps"] if step["primary"]] == ["plan"]
    assert "have changed since this plan was made" in source_of(response)


def test_an_older_plan_is_reached_by_its_address(world: World, producer: Client) -> None:
    first, second = planned(world), planned(world)
    response = producer.get(url("board", world), {"forslag": first.pk})
    assert [chip["label"] for chip in response.context["plans"]] == ["Plan 2", "Plan 1"]
    assert [chip["current"] for chip in response.context["plans"]] == [False, True]
    assert second.pk != first.pk


@pytest.mark.parametrize("asked", ["x", "999999", "-1", "9" * 30])
def test_an_unknown_plan_shows_what_there_is(world: World, producer: Client, asked: str) -> None:
    planned(world)
    assert producer.get(url("board", world), {"forslag": asked}).status_code == 200


def test_a_newer_plan_is_shown_over_what_is_agreed(world: World, producer: Client) -> None:
    adopted(world)
    planning.lock_stop(
        world.tour, world.wish, timezone.make_aware(datetime(2027, 2, 10, 18)), by=world.producer
    )
    planned(world)
    response = producer.get(url("board", world))
    assert "A new plan beside what is agreed:" in source_of(response)
    assert "Backe bygdegård moves here from" in source_of(response)
    agreed = producer.get(url("board", world), {"visa": "avtal"})
    assert "There is a newer plan that has not been adopted: plan 2." in source_of(agreed)


def test_a_failed_plan_says_so_and_is_made_again(world: World, producer: Client) -> None:
    made = planned(world)
    Proposal.objects.filter(pk=made.pk).update(state=Proposal.State.FAILED, error="ValueError: x")
    response = producer.get(url("board", world))
    assert "The planner stopped." in source_of(response)
    assert [step["name"] for step in response.context["steps"]] == ["plan"]


# -- Orders about a stop ---------------------------------------


def test_a_stop_is_locked_to_a_time(world: World, producer: Client) -> None:
    when = {"date": "2027-02-10", "time": "18:00"}
    response = producer.post(url("stop-lock", world, world.wish.pk), when, follow=True)
    order = Instruction.objects.get()
    assert order.starts_at == timezone.make_aware(datetime(2027, 2, 10, 18))
    assert said(response) == ["Backe bygdegård is locked. Plan again, and the others follow."]


@pytest.mark.parametrize("when", [{}, {"date": "2027-02-31", "time": "10:00"}, {"date": "2027-02-10"}])
def test_a_lock_needs_a_day_and_a_time(world: World, producer: Client, when: dict[str, str]) -> None:
    response = producer.post(url("stop-lock", world, world.wish.pk), when, follow=True)
    assert said(response) == ["Give a day and a time to lock the stop to."]
    assert not Instruction.objects.exists()


def test_a_lock_outside_the_tour_is_refused(world: World, producer: Client) -> None:
    when = {"date": "2027-03-10", "time": "18:00"}
    response = producer.post(url("stop-lock", world, world.wish.pk), when, follow=True)
    assert said(response) == ["The tour is on the road 1–12 Feb 2027. Choose a day within that."]


def test_a_stop_is_left_out(world: World, producer: Client) -> None:
    producer.post(url("stop-drop", world, world.wish.pk))
    assert Instruction.objects.get().kind == Instruction.Kind.DROPPED


def test_an_offered_stop_cannot_be_left_out(world: World, producer: Client) -> None:
    booking = next(b for b in adopted(world) if b.wish_id == world.wish.pk)
    lifecycle.offer(booking, by=world.producer, now=timezone.now())
    response = producer.post(url("stop-drop", world, world.wish.pk), follow=True)
    assert said(response) == ["The visit is offered. Withdraw or cancel it first, then leave it out."]


def test_a_stop_is_given_back_to_the_planner(world: World, producer: Client) -> None:
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    producer.post(url("stop-free", world, world.wish.pk))
    assert not Instruction.objects.exists()


def test_an_order_comes_back_to_the_plan_it_was_given_on(world: World, producer: Client) -> None:
    made = planned(world)
    response = producer.post(url("stop-drop", world, world.wish.pk), {"forslag": made.pk})
    assert response.url == f"{url('board', world)}?forslag={made.pk}"


def test_another_productions_wish_is_not_there(world: World, producer: Client) -> None:
    other = make.WishFactory()
    assert producer.post(url("stop-drop", world, other.pk)).status_code == 404


# -- The day list ---------------------------------------


def test_the_day_list_is_a_table_for_a_spreadsheet(world: World, producer: Client) -> None:
    planned(world)
    response = producer.get(url("tour-csv", world))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Day;Week;From;To;What;Who;Where;State;Km;Night"
    assert sum(";Show;" in line for line in lines) == 3
    assert sum(int(km) for line in lines[1:] if (km := line.split(";")[8])) > 0
    assert response["Content-Disposition"] == 'attachment; filename="trumman-varen-2027.csv"'


def test_without_a_plan_there_is_no_day_list(world: World, producer: Client) -> None:
    assert producer.get(url("tour-csv", world)).status_code == 404


def test_a_name_is_never_a_formula_in_the_spreadsheet(world: World, producer: Client) -> None:
    type(world.presenting).objects.filter(pk=world.presenting.pk).update(name="=1+1")
    planned(world)
    assert ";'=1+1;" in producer.get(url("tour-csv", world)).content.decode()


# -- How much it costs ---------------------------------------


def test_the_board_takes_the_same_queries_for_one_stop_and_for_three(world: World, producer: Client) -> None:
    others = [world.neighbour_wish, world.wish]
    for wish in others:
        planning.drop_stop(world.tour, wish, by=world.producer)
    planned(world)
    producer.get(url("board", world))
    one = queries_of(producer, url("board", world))
    for wish in others:
        planning.free_stop(world.tour, wish)
    planned(world)
    assert queries_of(producer, url("board", world)) == one


def test_what_is_agreed_takes_the_same_queries_for_two_visits_as_for_one(
    world: World, producer: Client
) -> None:
    """Neither is the adopted plan any more: the course is worked out anew, from the brief."""
    bookings = adopted(world)
    lifecycle.release(bookings[0], by=world.producer, now=timezone.now())
    producer.get(url("board", world))
    two = queries_of(producer, url("board", world))
    lifecycle.release(bookings[1], by=world.producer, now=timezone.now())
    assert queries_of(producer, url("board", world)) == two


def test_swedish_pages_stand_too(world: World, producer: Client) -> None:
    at = timezone.make_aware(datetime(2027, 2, 3, 13))
    planning.lock_stop(world.tour, world.wish, at, by=world.producer)
    planned(world)
    producer.cookies["django_language"] = "sv"
    with translation.override("sv"):
        page = source_of(producer.get(url("board", world)))
    assert "mån 1 feb" in page
