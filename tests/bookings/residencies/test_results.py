"""What comes of a residency: a production that is begun from it, and tours on which it is played."""

from datetime import UTC, datetime

import pytest

from bookings.errors import ItemChanged
from bookings.models import Performance
from bookings.residencies import publishing, results
from bookings.residencies.results import Beginning
from tests.bookings.residencies.moments import confirmed
from tests.bookings.residencies.stays_made import AFTER, NOW, Stay
from tests.bookings.visits import visit
from tests.factories import ProductionFactory
from tests.world import World
from tours.errors import NotNow, Refused
from tours.models import Production

BEGUN = Beginning(duration_min=60, audience_max=100, get_in_min=90, get_out_min=60)


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world, ensemble=world.ensemble)


def begin(stay: Stay, version: int = 1) -> Production:
    return results.begin_production(stay.residency, BEGUN, version=version, by=stay.world.producer, now=AFTER)


def test_a_production_is_begun_with_what_is_known(stay: Stay) -> None:
    made = begin(stay)
    assert (made.title, made.synopsis, made.art_form, made.ensemble, made.fee, made.rider.get_in_min) == (
        "Vindens väg",
        "Låtar om vind.",
        "music",
        stay.world.ensemble,
        0,
        90,
    )
    stay.residency.refresh_from_db()
    assert (stay.residency.production, made.seasons.count()) == (made, 0)


def test_it_is_begun_once(stay: Stay) -> None:
    begin(stay)
    with pytest.raises(ItemChanged):
        begin(stay)
    with pytest.raises(NotNow):
        begin(stay, version=2)
    assert Production.objects.filter(title="Vindens väg").count() == 1


def test_without_an_ensemble_there_is_none(world: World) -> None:
    with pytest.raises(Refused) as refused:
        begin(confirmed(world))
    assert refused.value.field == "ensemble"


def test_a_number_that_can_not_be_is_refused(stay: Stay) -> None:
    odd = Beginning(duration_min=1, audience_max=100, get_in_min=0, get_out_min=0)
    with pytest.raises(Refused):
        results.begin_production(stay.residency, odd, version=1, by=stay.world.producer, now=AFTER)
    assert not Production.objects.filter(title="Vindens väg").exists()


def test_another_producers_production_is_not_linked(stay: Stay) -> None:
    with pytest.raises(Refused):
        results.link_production(
            stay.residency, ProductionFactory(), version=1, by=stay.world.presenter, now=AFTER
        )


def test_tours_are_those_of_the_production_and_go_with_it(stay: Stay) -> None:
    world = stay.world
    with pytest.raises(Refused):
        results.link_tours(stay.residency, [world.tour], version=1, by=world.presenter, now=AFTER)
    results.link_production(stay.residency, world.production, version=1, by=world.presenter, now=AFTER)
    results.link_tours(stay.residency, [world.tour], version=2, by=world.presenter, now=AFTER)
    assert list(world.tour.residencies.all()) == [stay.residency]
    results.link_production(stay.residency, None, version=3, by=world.presenter, now=AFTER)
    assert not world.tour.residencies.exists()


def test_performances_since_the_stay_are_those_that_were_held(stay: Stay) -> None:
    results.link_production(stay.residency, stay.world.production, version=1, by=stay.artist, now=NOW)
    stay.residency.refresh_from_db()
    for day in (datetime(2027, 2, 4, 17, tzinfo=UTC), datetime(2027, 8, 27, 17, tzinfo=UTC)):
        visit(stay.world, day, outcome="held")
    assert Performance.objects.counted().count() == 2
    assert results.performances_since(stay.residency, AFTER) == 1


def test_a_production_tells_of_a_public_residency_alone(stay: Stay) -> None:
    world = stay.world
    results.link_production(stay.residency, world.production, version=1, by=world.presenter, now=AFTER)
    before = list(results.made_in(world.production))
    publishing.publish(stay.residency, version=2, by=world.presenter, now=NOW)
    assert (before, list(results.made_in(world.production))) == ([], [stay.residency])
