"""A plan by hand on its pages: tried beside the board or on a page, set, undone, refused in words."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import planning, running
from tests.turne.pages import text_of
from tests.world import World
from tours.models import ForbiddenDay, Proposal, Tour, Wish

pytestmark = pytest.mark.usefixtures("before_the_tour")

AJAX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def plan(world: World) -> Proposal:
    return running.run(planning.propose(world.tour, by=world.producer, seconds=1))


def url(name: str, world: World, *args: object) -> str:
    return reverse(name, args=[world.tour.slug, *args])


def to(wish: Wish, date: str, time: str, **more: object) -> dict[str, object]:
    return {"candidate": f"w{wish.pk}", "date": date, "time": time, **more}


def moved(producer: Client, world: World, plan: Proposal, date: str, time: str) -> Proposal:
    producer.post(url("stop-set", world, plan.pk), to(world.wish, date, time))
    return Proposal.objects.latest("pk")


def board(producer: Client, world: World, plan: Proposal) -> str:
    return text_of(producer.get(f"{url('board', world)}?forslag={plan.pk}"))


def looked_at(producer: Client, world: World, query: str = "") -> int:
    """The plan that the board shows."""
    page = producer.get(url("board", world) + query)
    return int(page.context["back_query"].removeprefix("forslag="))


def test_a_trial_says_what_breaks_what_it_costs_and_the_rest(
    world: World, producer: Client, plan: Proposal
) -> None:
    answer = producer.post(url("stop-try", world, plan.pk), to(world.wish, "2027-02-03", "21:00"), **AJAX)
    words = text_of(answer)
    assert "Backe bygdegård: Wed 3 Feb 21:00 Breaks 1 rule." in words
    assert "outside the times that were wished for" in words
    assert [label in words for label in ("Worth", "Costs", "Road", "Away")] == [True] * 4
    assert Proposal.objects.count() == 1


def test_a_trial_that_breaks_nothing_says_so(world: World, producer: Client, plan: Proposal) -> None:
    answer = producer.post(url("stop-try", world, plan.pk), to(world.wish, "2027-02-10", "12:00"), **AJAX)
    assert "Breaks no rule." in text_of(answer)


def test_without_script_a_trial_is_a_page_with_the_move_on_it(
    world: World, producer: Client, plan: Proposal
) -> None:
    page = producer.post(url("stop-try", world, plan.pk), to(world.wish, "2027-02-10", "12:00"))
    assert "Move here" in text_of(page)
    assert f'action="{url("stop-set", world, plan.pk)}"' in page.content.decode()


@pytest.mark.parametrize(
    ("date", "time", "words"),
    [("", "12:00", "Give a day and a time"), ("2027-03-30", "12:00", "outside the tour's days")],
)
def test_what_cannot_be_tried_is_refused_in_words(
    world: World, producer: Client, plan: Proposal, date: str, time: str, words: str
) -> None:
    answer = producer.post(url("stop-try", world, plan.pk), to(world.wish, date, time), **AJAX)
    assert (answer.status_code, words in text_of(answer)) == (422, True)


def test_a_move_is_a_plan_by_hand_with_its_way_back(world: World, producer: Client, plan: Proposal) -> None:
    made = moved(producer, world, plan, "2027-02-10", "12:00")
    assert (made.kind, made.parent_id) == ("by_hand", plan.pk)
    words = board(producer, world, made)
    assert ("Undo the move" in words, "Redo the move" in words, "Adopt the plan" in words) == (
        True,
        False,
        True,
    )


def test_the_board_opens_where_undo_led_until_another_plan_comes(
    world: World, producer: Client, plan: Proposal
) -> None:
    made = moved(producer, world, plan, "2027-02-10", "12:00")
    assert looked_at(producer, world) == made.pk
    assert looked_at(producer, world, f"?forslag={plan.pk}") == plan.pk
    assert looked_at(producer, world) == plan.pk
    again = moved(producer, world, plan, "2027-02-10", "12:15")
    assert looked_at(producer, world) == again.pk


def test_after_undo_the_move_can_be_made_again(world: World, producer: Client, plan: Proposal) -> None:
    moved(producer, world, plan, "2027-02-10", "12:00")
    assert "Redo the move" in board(producer, world, plan)


def test_a_plan_that_breaks_a_rule_is_shown_but_not_offered_for_adoption(
    world: World, producer: Client, plan: Proposal
) -> None:
    words = board(producer, world, moved(producer, world, plan, "2027-02-10", "21:00"))
    assert "What you have moved breaks 1 rule, so the plan cannot be adopted." in words
    assert "Adopt the plan" not in words


def test_the_nearest_remedy_is_a_button_that_makes_the_move(
    world: World, producer: Client, plan: Proposal
) -> None:
    made = moved(producer, world, plan, "2027-02-10", "19:30")
    assert "With Backe bygdegård at 19:00 it holds. Do that" in board(producer, world, made)
    producer.post(url("stop-set", world, made.pk), {"remedy": f"w{world.wish.pk} 2027-02-10 19:00"})
    assert Proposal.objects.latest("pk").plan["breaches"] == []


def test_only_what_may_be_moved_can_be_taken(world: World, producer: Client) -> None:
    at = timezone.make_aware(datetime(2027, 2, 3, 12))
    planning.lock_stop(world.tour, world.wish, at, by=world.producer)
    running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    page = producer.get(url("board", world)).content.decode()
    taken = {wish.pk: f'data-candidate="w{wish.pk}"' in page for wish in (world.wish, world.school_wish)}
    assert taken == {world.wish.pk: False, world.school_wish.pk: True}


def test_a_stale_board_is_told_what_was_done_and_changes_nothing(
    world: World, producer: Client, plan: Proposal
) -> None:
    seen = Tour.objects.get(pk=world.tour.pk).version
    planning.drop_stop(world.tour, world.school_wish, by=world.producer)
    answer = producer.post(
        url("stop-set", world, plan.pk), to(world.wish, "2027-02-10", "12:00", version=seen)
    )
    assert (answer.status_code, Proposal.objects.count()) == (409, 1)
    assert "Krokoms skola was left out." in text_of(answer)


@pytest.mark.parametrize("name", ["stop-lock", "stop-drop", "stop-free"])
def test_every_order_from_a_stale_board_is_refused(world: World, producer: Client, name: str) -> None:
    sent = {"version": 0, "date": "2027-02-03", "time": "12:00"}
    assert producer.post(url(name, world, world.wish.pk), sent).status_code == 409
    assert world.tour.instructions.count() == 0


def test_a_stale_board_adopts_nothing(world: World, producer: Client, plan: Proposal) -> None:
    answer = producer.post(url("tour-adopt", world), {"proposal": plan.pk, "version": 0})
    assert (answer.status_code, world.tour.bookings.count()) == (409, 0)


# -- Days kept free ---------------------------------------


def test_a_day_kept_free_is_played_by_no_plan_and_says_so(world: World, producer: Client) -> None:
    producer.post(url("day-forbid", world, "2027-02-03"))
    made = running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    assert made.problem["days"][2]["kind"] == "no_work"
    assert "Kept free by you" in board(producer, world, made)


def test_a_day_is_given_back(world: World, producer: Client) -> None:
    producer.post(url("day-forbid", world, "2027-02-03"))
    producer.post(url("day-allow", world, "2027-02-03"))
    assert ForbiddenDay.objects.count() == 0


def test_a_day_with_a_visit_is_not_kept_free(world: World, producer: Client, plan: Proposal) -> None:
    planning.adopt(plan, by=world.producer, now=timezone.now())
    day = timezone.localdate(world.tour.bookings.first().starts_at)
    answer = producer.post(url("day-forbid", world, day.isoformat()), follow=True)
    assert ("has a visit that day" in text_of(answer), ForbiddenDay.objects.count()) == (True, 0)


def test_a_day_outside_the_tour_is_refused(world: World, producer: Client) -> None:
    answer = producer.post(url("day-forbid", world, "2027-03-30"), follow=True)
    assert "outside the tour's days" in text_of(answer)


@pytest.mark.parametrize("day", ["2027-02-31", "onsdag"])
def test_what_is_no_day_is_not_found(world: World, producer: Client, day: str) -> None:
    assert producer.post(f"/turneer/{world.tour.slug}/dag/{day}/fri/").status_code == 404
