"""Who may read of a residency: nobody beside it until both have agreed and it is published, then everybody."""

from datetime import date

import pytest

from bookings.errors import ItemChanged
from bookings.models import Residency
from bookings.residencies import publishing, reserving
from tests.bookings.residencies.moments import added, confirmed, planned
from tests.bookings.residencies.stays_made import NOW, Stay
from tests.world import World
from tours.errors import NotNow, Refused


def publish(stay: Stay) -> Residency:
    return publishing.publish(stay.residency, version=stay.fresh().version, by=stay.world.presenter, now=NOW)


def test_what_both_agreed_to_may_be_public(world: World) -> None:
    stay = confirmed(world)
    found = publish(stay)
    assert (found.is_public, found.version, list(Residency.objects.public())) == (True, 2, [stay.residency])
    assert found.changes.get().action == "publish"


def test_it_is_taken_off_by_either_side(world: World) -> None:
    stay = confirmed(world)
    publish(stay)
    publishing.unpublish(stay.residency, version=2, by=stay.artist, now=NOW)
    assert not Residency.objects.public().exists()


def test_what_is_not_agreed_is_not_public(world: World) -> None:
    with pytest.raises(NotNow):
        publish(planned(world))


def test_what_says_nothing_of_the_work_is_not_public(world: World) -> None:
    with pytest.raises(Refused) as refused:
        publish(confirmed(world, about=" "))
    assert refused.value.field == "about"


def test_twice_and_over_a_change_is_refused(world: World) -> None:
    stay = confirmed(world)
    with pytest.raises(ItemChanged):
        publishing.publish(stay.residency, version=7, by=stay.artist, now=NOW)
    publish(stay)
    with pytest.raises(NotNow):
        publishing.publish(stay.residency, version=2, by=stay.artist, now=NOW)


def test_open_are_the_sub_events_that_say_so_of_a_public_residency(world: World) -> None:
    stay = confirmed(world)
    event = added(stay, is_public=True)
    added(stay, title="Sluten")
    before = list(publishing.open_events())
    publish(stay)
    assert (before, list(publishing.open_events())) == ([], [event])


def test_they_are_where_their_venue_is(world: World) -> None:
    stay = confirmed(world)
    reserving.reserve_room(stay.residency, world.school_venue, **stay.act())
    here = added(stay, is_public=True)
    there = added(stay, is_public=True, title="I Krokom", venue=world.school_venue)
    publish(stay)
    found = [list(publishing.open_in(world.places[name].municipality)) for name in ("Backe", "Krokom")]
    assert found == [[here], [there]]


def test_current_coming_and_earlier() -> None:
    first, last = date(2027, 5, 3), date(2027, 5, 16)
    days = (date(2027, 5, 2), first, last, date(2027, 5, 17))
    assert [publishing.time_of(first, last, day) for day in days] == [
        "coming",
        "current",
        "current",
        "earlier",
    ]
