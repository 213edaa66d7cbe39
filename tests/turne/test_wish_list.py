"""The list of wishes: their order, reserves apart, and what has come of them."""

from datetime import date, datetime

import pytest
from django.test import Client

from bookings.models import Booking
from tests import factories as make
from tests.turne.pages import CLOSED, ENGLISH, NOW, address_of, get, post, text_of
from tests.world import World
from tours.models import Production, Wish

pytestmark = pytest.mark.usefixtures("in_the_open_season")


@pytest.fixture
def second(world: World, production: Production) -> Wish:
    """The presenter's wish number 2."""
    wish = make.WishFactory(
        season=world.season, production=production, organisation=world.presenting, venue=world.venue, rank=2
    )
    make.WishSpanFactory(wish=wish, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 14))
    return wish


def order(client: Client) -> list[str]:
    (found,) = get(client, "/onskemal/").context["lists"]
    return [row["wish"].production.title for row in found["ranked"]]


def test_the_list_in_order(world: World, second: Wish, as_user) -> None:
    client = as_user(world.presenter)
    told = text_of(get(client, "/onskemal/"))
    assert order(client) == ["Trumman och tystnaden", "Fjällfolk"]
    assert "Open until Tue 15 Dec 2026 at 01:00 Room for 6 wishes more." in told
    assert (
        "Fjällfolk week 9–10, start 09:00–19:00 Backe bygdegård, salen · 1 show · 60 expected, public" in told
    )


def test_reserves_stand_apart(world: World, second: Wish, as_user) -> None:
    Wish.objects.filter(pk=second.pk).update(is_reserve=True)
    (found,) = get(as_user(world.presenter), "/onskemal/").context["lists"]
    assert [row["wish"] for row in found["reserves"]] == [second]


def test_moving_a_wish_up(world: World, second: Wish, as_user) -> None:
    client = as_user(world.presenter)
    response = post(client, address_of(second, "flytta/"), {"direction": "up"})
    assert response["Location"] == "/onskemal/?arrangor=backe-bygdegard"
    assert order(client) == ["Fjällfolk", "Trumman och tystnaden"]


def test_moving_with_htmx_gives_the_list_alone(world: World, second: Wish, as_user) -> None:
    client = as_user(world.presenter)
    url = address_of(world.wish, "flytta/")
    response = client.post(url, {"direction": "down"}, headers=ENGLISH | {"hx-request": "true"})
    assert [t.name for t in response.templates][0] == "wishes/list.html"
    assert order(client) == ["Fjällfolk", "Trumman och tystnaden"]


def test_moving_after_closing_says_why_not(world: World, second: Wish, as_user, later) -> None:
    client = as_user(world.presenter)
    later(CLOSED)
    told = text_of(post(client, address_of(second, "flytta/"), {"direction": "up"}, follow=True))
    assert "Ask the producer for a change instead." in told
    assert order(client) == ["Trumman och tystnaden", "Fjällfolk"]


def test_an_empty_list_leads_to_the_menu(world: World, as_user) -> None:
    Wish.objects.all().delete()
    told = text_of(get(as_user(world.presenter), "/onskemal/"))
    assert "No wishes yet Choose productions on the menu" in told


def test_without_a_season_the_list_says_so(world: World, as_user, later) -> None:
    client = as_user(world.presenter)
    Wish.objects.all().delete()
    later(CLOSED)
    assert "No season is open for wishes" in text_of(get(client, "/onskemal/"))


def test_an_offer_shows_in_the_list_but_a_hold_does_not(world: World, as_user) -> None:
    booking = Booking.objects.create(
        tour=world.tour,
        wish=world.wish,
        presenter=world.presenting,
        venue=world.venue,
        occupied_from=datetime(2027, 2, 2, 8, tzinfo=NOW.tzinfo),
        occupied_to=datetime(2027, 2, 2, 12, tzinfo=NOW.tzinfo),
        hold_expires_at=datetime(2027, 2, 1, tzinfo=NOW.tzinfo),
        price=0,
        currency="SEK",
        changed_at=NOW,
    )
    (found,) = get(as_user(world.presenter), "/onskemal/").context["lists"]
    assert (found["ranked"][0]["booking"], found["ranked"][0]["can_change"]) == (None, False)
    Booking.objects.filter(pk=booking.pk).update(status="offered")
    (found,) = get(as_user(world.presenter), "/onskemal/").context["lists"]
    assert found["ranked"][0]["booking"] == booking


def test_the_list_takes_as_many_queries_for_many(
    world: World, second: Wish, as_user, django_assert_max_num_queries
) -> None:
    for rank in range(3, 8):
        wish = make.WishFactory(
            season=world.season,
            production=make.ProductionFactory(ensemble=world.ensemble),
            organisation=world.presenting,
            venue=world.venue,
            rank=rank,
        )
        make.WishSpanFactory(wish=wish)
    client = as_user(world.presenter)
    with django_assert_max_num_queries(12):
        get(client, "/onskemal/")
