"""By which way a municipality's schools come to their visits."""

import pytest

from tests import allotments
from tests.tours.wishing import NOW, data
from tests.world import World
from tours import ways, wishes
from tours.errors import NotNow, Refused
from tours.models import Allotment, SeasonWay, Wish
from venues.models import Municipality


def krokom(world: World) -> Municipality:
    return world.places["Krokom"].municipality


def decide(world: World, way: str) -> int:
    return ways.set_ways(world.season, {krokom(world): way}, by=world.officer, now=NOW)


def school_wishes(world: World) -> Wish:
    Wish.objects.all().delete()
    asked = data(world, venue=world.school_venue, audience="school")
    return wishes.submit(world.season, world.school, asked, world.school_contact, NOW)


def test_who_decided_and_when_is_kept(world: World) -> None:
    assert decide(world, "allotment") == 1
    assert list(SeasonWay.objects.values_list("municipality__name", "way", "by", "at")) == [
        ("Krokom", "allotment", world.officer.pk, NOW)
    ]


def test_the_same_way_again_changes_nothing(world: World) -> None:
    decide(world, "both")
    assert (decide(world, "both"), SeasonWay.objects.count()) == (0, 1)


def test_nobody_has_to_decide_for_the_menu(world: World) -> None:
    assert (decide(world, "menu"), ways.ways_of(world.season)) == (0, {})


def test_another_regions_municipality_is_refused(world: World) -> None:
    far = Municipality.objects.create(
        region=world.season.region.neighbours.create(
            slug="n", name="N", code="99", country="NO", currency="NOK"
        ),
        code="5041",
        name="Snåsa",
        slug="snasa",
    )
    with pytest.raises(Refused):
        ways.set_ways(world.season, {far: "both"}, by=world.officer, now=NOW)


def test_there_is_no_other_way(world: World) -> None:
    with pytest.raises(Refused):
        decide(world, "lottery")


@pytest.mark.parametrize("way", ["menu", "both"])
def test_a_school_wishes_where_the_menu_is_open_to_it(world: World, way: str) -> None:
    decide(world, way)
    assert school_wishes(world).organisation == world.school


def test_where_all_is_allotted_a_school_does_not_wish(world: World) -> None:
    decide(world, "allotment")
    with pytest.raises(Refused, match="Krokom"):
        school_wishes(world)
    assert Wish.objects.count() == 0


def test_a_presenter_wishes_whatever_its_schools_do(world: World) -> None:
    world.presenting.municipality = krokom(world)
    world.presenting.save()
    decide(world, "allotment")
    assert ways.wishes_from_menu(world.season, world.presenting)


def test_what_is_published_keeps_its_municipality(world: World) -> None:
    found = allotments.made(world)
    Allotment.objects.filter(pk=found.pk).update(state="published")
    with pytest.raises(NotNow):
        decide(world, "menu")
