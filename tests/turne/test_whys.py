"""The page that says why a stop lies there, and what would let a wish in."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import planning, running
from tests.turne.pages import text_of
from tests.world import World
from tours.models import Proposal, WishSpan

pytestmark = pytest.mark.usefixtures("before_the_tour")


def planned(world: World) -> Proposal:
    return running.run(planning.propose(world.tour, by=world.producer, seconds=1))


def address(proposal: Proposal, candidate: str) -> str:
    return reverse("stop-why", args=[proposal.tour.slug, proposal.pk, candidate])


def test_a_stop_is_told_why_it_is_played(world: World, producer: Client) -> None:
    proposal = planned(world)
    shown = text_of(producer.get(address(proposal, f"w{world.wish.pk}")))
    assert "Why here, why then" in shown
    assert "Without it the plan would be worth" in shown


def test_a_wish_that_is_left_out_is_told_what_would_let_it_in(world: World, producer: Client) -> None:
    sunday = date(2027, 2, 7)
    WishSpan.objects.filter(wish=world.wish).update(starts_on=sunday, ends_on=sunday)
    proposal = planned(world)
    if proposal.plan["unplaced"] == []:
        pytest.fail("the Sunday was planned")
    shown = text_of(producer.get(address(proposal, f"w{world.wish.pk}")))
    assert "Its days are days off: Sun 7 Feb." in shown
    assert "a day that they have not given: ask for it." in shown


def test_each_way_in_leads_to_its_day_and_can_be_tried(world: World, producer: Client) -> None:
    sunday = date(2027, 2, 7)
    WishSpan.objects.filter(wish=world.wish).update(starts_on=sunday, ends_on=sunday)
    proposal = planned(world)
    page = producer.get(address(proposal, f"w{world.wish.pk}"))
    way = page.context["ways"][0]
    board = f"{reverse('board', args=[world.tour.slug])}?forslag={proposal.pk}"
    assert way["day_url"] == f"{board}#dag-{way['try']['date']}"
    tried = producer.post(page.context["try_url"], way["try"] | {"candidate": page.context["candidate"]})
    assert "Set here" in text_of(tried)


def test_what_has_been_adopted_is_not_tried(world: World, producer: Client) -> None:
    WishSpan.objects.filter(wish=world.wish).update(starts_on=date(2027, 2, 7), ends_on=date(2027, 2, 7))
    proposal = planned(world)
    Proposal.objects.update(adopted_at=timezone.now())
    assert producer.get(address(proposal, f"w{world.wish.pk}")).context["try_url"] == ""


def test_a_stop_leads_to_its_day(world: World, producer: Client) -> None:
    proposal = planned(world)
    page = producer.get(address(proposal, f"w{world.wish.pk}"))
    assert "#dag-2027-02-" in page.context["day_url"]


def test_a_wish_that_the_plan_does_not_know_is_not_found(world: World, producer: Client) -> None:
    assert producer.get(address(planned(world), "w0")).status_code == 404


def test_the_board_links_to_it(world: World, producer: Client) -> None:
    proposal = planned(world)
    board = producer.get(f"{reverse('board', args=[world.tour.slug])}?forslag={proposal.pk}")
    assert address(proposal, f"w{world.wish.pk}") in board.content.decode()
