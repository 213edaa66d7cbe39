"""The page that tells who else could be played on a day."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import planning, running
from tests import factories as make
from tests.agreements import held
from tests.turne.pages import text_of
from tests.world import World
from tours.models import Proposal, Tour, Wish

pytestmark = pytest.mark.usefixtures("before_the_tour")


@pytest.fixture
def plan(world: World) -> Proposal:
    """Only the school is worth its road."""
    Tour.objects.filter(pk=world.tour.pk).update(cost_per_km=200)
    tour = Tour.objects.with_ground().get(pk=world.tour.pk)
    return planning.propose(tour, by=world.producer, seconds=1)


def address(world: World, day: str = "", **more: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in {"dag": day, **more}.items() if value)
    return f"{reverse('on-the-way', args=[world.tour.slug])}?{query}"


def names(client: Client, url: str) -> list[str]:
    return [row["name"] for row in client.get(url).context["fitting"]]


def test_every_day_is_offered_with_its_stops(plan: Proposal, world: World, producer: Client) -> None:
    shown = producer.get(address(world))
    days = shown.context["days"]
    assert [bool(day["url"]) for day in days] == [True] * 6 + [False] + [True] * 5  # the Sunday is free
    assert [day["stops"] for day in days if day["stops"]] == [["09:35 Krokoms skola"]]


def test_a_day_lists_who_else_fits_shortest_detour_first(
    plan: Proposal, world: World, producer: Client
) -> None:
    assert names(producer, address(world, "2027-02-03")) == [str(world.neighbouring), str(world.presenting)]


@pytest.mark.parametrize(
    ("order", "first"),
    [("", "Folkets hus Strömsund"), ("netto", "Folkets hus Strömsund"), ("varde", "Backe bygdegård")],
)
def test_the_address_says_what_it_is_sorted_by(
    plan: Proposal, world: World, producer: Client, order: str, first: str
) -> None:
    Wish.objects.filter(pk=world.neighbour_wish.pk).update(rank=4)
    plan = planning.propose(plan.tour, by=world.producer, seconds=1)
    assert names(producer, address(world, "2027-02-03", ordning=order))[0] == first


def test_the_row_tells_how_it_would_lie(plan: Proposal, world: World, producer: Client) -> None:
    shown = text_of(producer.get(address(world, "2027-02-03")))
    assert "alone that day" in shown
    assert "the night at home" in shown


def test_presenters_without_a_wish_are_left_out_when_only_wishes_are_asked_for(
    plan: Proposal, world: World, producer: Client
) -> None:
    host = make.OrganisationFactory(name="Åre bygdegård", municipality=world.places["Åre"].municipality)
    make.VenueFactory(organisation=host, place=world.places["Åre"], seats=120, max_persons=150)
    all_of_them = names(producer, address(world, "2027-02-03"))
    wishes = names(producer, address(world, "2027-02-03", vilka="onskemal"))
    assert (str(host) in all_of_them, str(host) in wishes, len(wishes)) == (True, False, 2)


def test_a_wish_is_tried_on_the_board_and_becomes_a_stop(
    plan: Proposal, world: World, producer: Client
) -> None:
    running.run(plan)
    row = producer.get(address(world, "2027-02-03")).context["fitting"][0]
    acts = row["acts"]
    sent = {name: acts[name] for name in ("candidate", "date", "time")}
    made = producer.post(acts["url"], {**sent, "version": Tour.objects.get().version})
    by_hand = Proposal.objects.get(kind=Proposal.Kind.BY_HAND)
    assert made["Location"].endswith(f"?forslag={by_hand.pk}#besok-w{world.neighbour_wish.pk}")
    assert [stop["candidate"] for stop in by_hand.plan["stops"]].count(f"w{world.neighbour_wish.pk}") == 1


def test_beside_what_is_agreed_a_wish_is_locked(world: World, producer: Client) -> None:
    held(world)
    row = producer.get(address(world, "2027-02-04", visa="avtal")).context["fitting"][0]
    assert row["acts"]["url"] == reverse("stop-lock", args=[world.tour.slug, world.neighbour_wish.pk])


def test_what_does_not_fit_says_what_is_in_the_way(world: World, producer: Client) -> None:
    held(world)
    Tour.objects.update(performances_per_day=1)
    shown = producer.get(address(world, "2027-02-03", visa="avtal"))
    assert shown.context["fitting"] == []
    assert "Nobody fits beside what is played this day." in text_of(shown)
    unfit = shown.context["unfit"]
    assert [row["title"] for row in unfit["rows"]] == ["Too many shows."]
    assert len(unfit["rows"][0]["who"]) == unfit["count"]


@pytest.mark.parametrize("day", ["2027-02-07", "2027-03-01", "never", ""])
def test_on_a_day_without_work_nothing_is_listed(
    plan: Proposal, world: World, producer: Client, day: str
) -> None:
    assert "fitting" not in producer.get(address(world, day)).context


def test_a_day_that_has_passed_takes_nobody(
    plan: Proposal, world: World, producer: Client, as_user, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 2, 4, 9, tzinfo=UTC))
    assert "it has passed" in text_of(as_user(world.producer).get(address(world, "2027-02-03")))


def test_without_a_plan_the_board_is_pointed_at(world: World, producer: Client) -> None:
    assert "No plan yet" in text_of(producer.get(address(world)))


def test_the_board_links_to_each_day(plan: Proposal, world: World, producer: Client) -> None:
    board = producer.get(f"{reverse('board', args=[world.tour.slug])}?forslag={plan.pk}").content.decode()
    link = reverse("on-the-way", args=[world.tour.slug])
    assert f"{link}?forslag={plan.pk}&amp;dag=2027-02-03" in board
