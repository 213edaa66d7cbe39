"""What an owner tells of a venue, and where it is."""

from datetime import date

import pytest

from tests import factories as make
from venues import premises
from venues.errors import NotPossible
from venues.models import Venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue() -> Venue:
    return make.VenueFactory(name="Salen", seats=120)


def test_what_is_told_is_kept_with_the_day(venue):
    premises.tell(venue, {"seats": 90, "hearing_loop": True, "blackout": "dim"}, on=date(2027, 1, 20))
    venue.refresh_from_db()
    assert (venue.seats, venue.hearing_loop, venue.blackout) == (90, True, "dim")
    assert (venue.checked_on, venue.access_checked_on) == (date(2027, 1, 20), date(2027, 1, 20))


def test_a_fact_can_become_unknown_again(venue):
    premises.tell(venue, {"seats": None}, on=date(2027, 1, 20))
    assert Venue.objects.get().seats is None


def test_no_is_not_unknown(venue):
    before = premises.known_count(venue)
    premises.tell(venue, {"hearing_loop": False, "lift": None}, on=date(2027, 1, 20))
    assert premises.known_count(venue) == before + 1


def test_two_venues_of_one_owner_have_different_names(venue):
    other = make.VenueFactory(organisation=venue.organisation, name="Foajén")
    with pytest.raises(NotPossible) as caught:
        premises.tell(other, {"name": "salen"}, on=date(2027, 1, 20))
    assert caught.value.field == "name"
    assert Venue.objects.get(pk=other.pk).name == "Foajén"


def test_every_fact_of_a_room_can_be_told():
    assert {"seats", "blackout", "power_16a"} < set(premises.ROOM)
    assert {"step_free_entrance", "evacuation"} < set(premises.ACCESS)
    assert not {"checked_on", "access_checked_on"} & {*premises.ROOM, *premises.ACCESS}


def test_another_place_forgets_the_old_position(venue):
    premises.set_position(venue, 63.3, 14.4)
    premises.set_place(venue, make.PlaceFactory(name="Lit"), "Storgatan  1")
    venue.refresh_from_db()
    assert (venue.place.name, venue.address, venue.lat) == ("Lit", "Storgatan 1", None)


def test_the_same_place_keeps_the_position(venue):
    premises.set_position(venue, 63.3, 14.4)
    premises.set_place(venue, venue.place, "Storgatan 1")
    assert Venue.objects.get().lat == 63.3
