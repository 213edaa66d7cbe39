"""The producer's page of who suits a production."""

import re

import pytest
from django.test import Client

from tests import factories as make
from tests.turne.pages import ENGLISH, text_of
from tests.world import World

URL = "/matchning/varen-2027/trumman-och-tystnaden/"


def get(client: Client, url: str = URL):
    return client.get(url, headers=ENGLISH)


@pytest.fixture
def further(world: World) -> str:
    """A presenter who has not wished."""
    ground = world.places["Åre"]
    organisation = make.OrganisationFactory(name="Åre bygdegård", municipality=ground.municipality)
    make.VenueFactory(organisation=organisation, place=ground, seats=80)
    return organisation.name


def test_wishes_and_further_presenters(world: World, further: str, as_user) -> None:
    response = get(as_user(world.producer))
    names = [row["match"].organisation.name for row in response.context["wishing"]]
    assert names == ["Backe bygdegård", "Folkets hus Strömsund", "Krokoms skola"]
    assert [row["match"].organisation.name for row in response.context["further"]] == [further]


def test_a_score_is_told_part_by_part(world: World, as_user) -> None:
    told = text_of(get(as_user(world.producer)))
    assert "Backe, Strömsund Wish number 1 · 1–12 Feb 2027, start 09:00–19:00" in told
    assert "Rank 30 / 30 Wish number 1" in told
    assert "Audience 8 / 15 Expects 60 of 120" in told
    assert "✓ Fits" in told


def test_the_bar_has_whole_numbers_in_every_language(world: World, as_user) -> None:
    page = as_user(world.producer).get(URL, headers={"accept-language": "sv"}).content.decode()
    numbers = re.findall(r'<rect class="chart-bar[^"]*" x="([^"]*)" width="([^"]*)"', page)
    assert len(numbers) == 3 * 7 * 2
    assert all(number.isdigit() for pair in numbers for number in pair)


def test_nobody_wishes(world: World, as_user) -> None:
    world.production.wishes.all().delete()
    assert "Nobody wishes for it yet" in text_of(get(as_user(world.producer)))


@pytest.mark.parametrize(
    ("who", "status"),
    [("producer", 200), ("officer", 200), ("administrator", 200), ("presenter", 404), ("stranger", 404)],
)
def test_who_sees_it(world: World, as_user, who: str, status: int) -> None:
    assert get(as_user(getattr(world, who))).status_code == status


def test_another_producer_does_not_see_it(world: World, as_user) -> None:
    other = make.MembershipFactory(organisation=make.OrganisationFactory(roles=["producer"]), role="producer")
    assert get(as_user(other.user)).status_code == 404


@pytest.mark.parametrize("url", ["/matchning/x/trumman-och-tystnaden/", "/matchning/varen-2027/x/"])
def test_what_is_not_there(world: World, as_user, url: str) -> None:
    assert get(as_user(world.producer), url).status_code == 404


def test_it_takes_as_many_queries_for_many(world: World, as_user, django_assert_max_num_queries) -> None:
    for number in range(5):
        organisation = make.OrganisationFactory(name=f"Arrangör {number}")
        venue = make.VenueFactory(organisation=organisation, place=world.places["Krokom"], seats=80)
        if number % 2:
            wish = make.WishFactory(
                season=world.season, production=world.production, organisation=organisation, venue=venue
            )
            make.WishSpanFactory(wish=wish)
    client = as_user(world.producer)
    with django_assert_max_num_queries(20):
        get(client)
