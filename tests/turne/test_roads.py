"""Drives looked up, and corrected by those who have driven them."""

import pytest

from tests import factories as make
from venues import travel
from venues.models import TravelOverride

pytestmark = pytest.mark.usefixtures("in_january")


def pair(world, start: str = "Östersund", end: str = "Strömsund") -> str:
    return f"/vagar/?fran={world.places[start].slug}&till={world.places[end].slug}"


def test_a_drive_is_looked_up(world, as_user):
    leg = as_user(world.producer).get(pair(world)).context["leg"]
    assert (leg.km, leg.minutes) == (103.0, 74)


def test_a_drive_that_no_road_joins_says_so(world, as_user):
    make.PlaceFactory(name="Ingenstans", slug="ingenstans")
    answer = as_user(world.producer).get(f"/vagar/?fran=ingenstans&till={world.places['Åre'].slug}")
    assert "Ingenstans" in answer.context["no_road"]


def test_what_a_producer_types_counts_from_then_on(world, as_user):
    client = as_user(world.producer)
    answer = client.post(pair(world), {"minutes": 95, "km": "103", "reason": "Vinterväg"})
    assert answer.status_code == 302
    assert client.get(pair(world)).context["leg"].minutes == 95
    assert TravelOverride.objects.get().by == world.producer


def test_an_impossible_drive_is_refused_with_the_reason(world, as_user):
    answer = as_user(world.producer).post(pair(world), {"minutes": 10, "km": "103", "reason": "Fort"})
    assert answer.status_code == 422
    assert TravelOverride.objects.count() == 0


def test_the_list_says_who_and_the_graph_can_decide_again(world, as_user):
    travel.set_override(world.places["Östersund"], world.places["Åre"], 90, 100, "Mätt", world.producer)
    client = as_user(world.producer)
    assert [row.by for row in client.get("/vagar/").context["overrides"]] == [world.producer]
    client.post(f"/vagar/{TravelOverride.objects.get().pk}/ta-bort/")
    assert TravelOverride.objects.count() == 0


def test_roads_of_another_region_are_its_own_producers(world, as_user):
    far = make.RegionFactory(slug="g", name="Gotland", code="09", is_served=True)
    make.MembershipFactory(
        user=world.stranger,
        organisation=make.OrganisationFactory(region=far, roles=["producer"]),
        role="producer",
    )
    typed = travel.set_override(
        world.places["Östersund"], world.places["Åre"], 90, 100, "Mätt", world.producer
    )
    client = as_user(world.stranger)
    assert list(client.get("/vagar/").context["overrides"]) == []
    assert client.post(f"/vagar/{typed.pk}/ta-bort/").status_code == 404
    client.post(pair(world), {"minutes": 95, "km": "103", "reason": "Vinterväg"})
    assert list(TravelOverride.objects.values_list("drive_min", flat=True)) == [90]


def test_a_road_may_lead_into_a_neighbouring_region(world, as_user):
    near = make.RegionFactory(slug="n", name="Norr", code="24")
    near.neighbours.add(world.season.region)
    town = make.PlaceFactory(municipality=make.MunicipalityFactory(region=near, code="2401"), slug="bortom")
    url = f"/vagar/?fran={world.places['Åre'].slug}&till={town.slug}"
    as_user(world.producer).post(url, {"minutes": 95, "km": "103", "reason": "Vinterväg"})
    assert TravelOverride.objects.get().drive_min == 95
