"""Links between schools, made and taken away by hand."""

from datetime import date

import pytest

from tests import factories as make
from tests.world import World
from venues.errors import NotPossible
from venues.models import School, Succession
from venues.successions import link, unlink


@pytest.fixture
def schools(world: World) -> list[School]:
    """Three of them."""
    return [make.SchoolFactory(place=world.places["Krokom"]) for _number in range(3)]


def test_a_link_is_noted_once_and_its_day_can_be_corrected(world: World, schools: list[School]) -> None:
    link(schools[0], schools[1], None, world.officer)
    link(schools[0], schools[1], date(2026, 7, 1), world.officer)
    assert list(Succession.objects.values_list("predecessor", "successor", "on", "by")) == [
        (schools[0].pk, schools[1].pk, date(2026, 7, 1), world.officer.pk)
    ]


@pytest.mark.parametrize(("before", "after"), [(0, 0), (1, 0), (2, 0)])
def test_a_school_does_not_go_on_as_what_it_came_from(
    world: World, schools: list[School], before: int, after: int
) -> None:
    link(schools[0], schools[1], None, world.officer)
    link(schools[1], schools[2], None, world.officer)
    with pytest.raises(NotPossible, match="Choose another school"):
        link(schools[before], schools[after], None, world.officer)


def test_a_school_of_another_region_is_no_successor(world: World, schools: list[School]) -> None:
    region = make.RegionFactory(slug="vn", name="Västernorrland", code="22")
    other = make.SchoolFactory(organisation=make.OrganisationFactory(region=region))
    with pytest.raises(NotPossible, match="different regions"):
        link(schools[0], other, None, world.officer)


def test_a_link_is_taken_away_and_again_without_fault(world: World, schools: list[School]) -> None:
    link(schools[0], schools[1], None, world.officer)
    for _time in range(2):
        unlink(schools[0], schools[1], world.officer)
    assert not Succession.objects.exists()
