"""What schools need to get to a visit: who, when, how far, and by the rule who orders and who pays."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bookings import transport
from bookings.models import Performance
from bookings.transport import Row, State, Trip
from tests.bookings.buses import NOW, SHOW_AT, away, bus_rule, coming, fresh, school_in, school_of
from tests.bookings.visits import visit
from tests.factories import PlaceFactory, SchoolFactory
from tests.world import World
from tours.models import Rider, SeasonWay
from venues.models import Road, School, User, Venue

MINUTE = timedelta(minutes=1)


def trip_to_stromsund(world: World, pupils: int = 24, **needs: int) -> Trip:
    booking = away(world)
    coming(booking, school_of(world), pupils, **needs)
    (trip,) = transport.trips([fresh(booking)])
    return trip


def test_the_times_are_reckoned_back_from_the_show(world: World) -> None:
    bus_rule()
    trip = trip_to_stromsund(world)
    there = SHOW_AT - 15 * MINUTE
    # 20 km at 75 km/h and 103 km at 84 km/h are 89.6 minutes; with 10 to get on 08.05 at the latest.
    assert (trip.km, trip.drive_min, trip.there_at) == (Decimal("123.0"), 90, there)
    assert (trip.pick_up_at, trip.leaves_at, trip.back_at) == (
        SHOW_AT - 115 * MINUTE,
        SHOW_AT + 55 * MINUTE,
        SHOW_AT + 145 * MINUTE,
    )


def test_a_bus_comes_at_whole_five_minutes_and_never_too_late(world: World) -> None:
    bus_rule(boarding_min=8)
    trip = trip_to_stromsund(world)
    assert trip.pick_up_at == SHOW_AT - 115 * MINUTE


def test_a_slower_bus_leaves_earlier(world: World) -> None:
    bus_rule(drive_factor="1.5")
    assert trip_to_stromsund(world).drive_min == 135


def test_they_are_there_when_the_production_asks_for_it(world: World) -> None:
    bus_rule()
    Rider.objects.update(arrival_min=40)
    assert trip_to_stromsund(world).there_at == SHOW_AT - 40 * MINUTE


def test_seats_are_pupils_and_adults_and_wheelchairs_are_counted_beside(world: World) -> None:
    bus_rule()
    booking, school = away(world), school_of(world)
    coming(booking, school, 24, 2, wheelchair=1)
    coming(booking, school, 25, 3, wheelchair=2, quiet_room=4)
    (trip,) = transport.trips([fresh(booking)])
    assert (trip.pupils, trip.adults, trip.seats, trip.wheelchairs, trip.buses) == (49, 5, 54, 3, 2)


def test_each_show_has_its_own_trip(world: World) -> None:
    bus_rule()
    booking, school = away(world), school_of(world)
    later = SHOW_AT + 90 * MINUTE
    Performance.objects.create(
        booking=booking, number=2, starts_at=later, ends_at=later + 45 * MINUTE, changed_at=NOW
    )
    coming(booking, school)
    coming(booking, school, show=2)
    trips = transport.trips([fresh(booking)])
    assert [(trip.show.number, trip.there_at) for trip in trips] == [
        (1, SHOW_AT - 15 * MINUTE),
        (2, later - 15 * MINUTE),
    ]


def test_a_group_of_a_show_that_is_not_played_goes_nowhere(world: World) -> None:
    booking = away(world)
    coming(booking, school_of(world), show=2)
    assert transport.trips([fresh(booking)]) == []


def test_schools_at_the_same_stop_share_buses(world: World) -> None:
    bus_rule()
    booking = away(world)
    one, other = school_of(world), school_in(world, "Krokom", "Ås skola")
    far = school_in(world, "Östersund", "Fria skolan")
    for school in (one, other, far):
        coming(booking, school, 23, 2)
    shared = {str(trip.school): (trip.buses, trip.shares_with) for trip in transport.trips([fresh(booking)])}
    assert shared == {"Krokoms skola": (1, [other]), "Ås skola": (1, [one]), "Fria skolan": (1, [])}


def test_a_school_at_home_goes_nowhere(world: World) -> None:
    booking = visit(world, presenter=world.school, venue=world.school_venue).booking
    coming(booking, school_of(world))
    assert transport.trips([fresh(booking)]) == []


def next_to(world: World, lat: float | None) -> Row:
    """The way of a school in Strömsund, whose place in it is known, to the hall there, which stands so far north."""
    bus_rule()
    booking, school = away(world), school_in(world, "Strömsund", "Vattudalsskolan")
    School.objects.filter(pk=school.pk).update(lat=63.85, lon=15.55583)
    Venue.objects.filter(pk=world.neighbour_venue.pk).update(lat=lat, lon=None if lat is None else 15.55583)
    coming(booking, school)
    (row,) = transport.rows([fresh(booking)], NOW)
    return row


@pytest.mark.parametrize(
    ("lat", "km", "minutes", "state"),
    [(63.86, "1.4", 2, State.SHORT), (63.88, "4.3", 6, State.NEEDED), (None, None, None, State.UNCLEAR)],
)
def test_in_the_same_place_it_is_known_by_their_positions(
    world: World, lat: float | None, km: str | None, minutes: int | None, state: State
) -> None:
    row = next_to(world, lat)
    assert row.trip
    assert (row.trip.km, row.trip.drive_min, row.state) == (km and Decimal(km), minutes, state)


def test_that_nobody_knows_where_in_the_place_is_said(world: World) -> None:
    row = next_to(world, None)
    assert row.trip
    assert row.trip.no_road.startswith("School and hall are both in Strömsund")


def test_a_school_out_of_its_village_has_its_own_way(world: World) -> None:
    bus_rule()
    School.objects.update(lat=63.42589, lon=14.44883)
    assert trip_to_stromsund(world).km == Decimal("137.3")


def test_where_no_road_leads_it_is_said_and_not_guessed(world: World) -> None:
    bus_rule()
    booking = away(world)
    coming(booking, SchoolFactory(place=PlaceFactory(name="Ön")))
    (row,) = transport.rows([fresh(booking)], NOW)
    assert row.trip
    assert row.trip.no_road.startswith("No road reaches ")
    assert (row.trip.km, row.trip.pick_up_at, row.trip.pays, row.state) == (None, None, None, State.UNCLEAR)


def test_a_road_that_is_closed_on_the_day_is_not_driven(world: World) -> None:
    bus_rule()
    Road.objects.filter(end=world.places["Strömsund"]).update(closed_from="10-15", closed_to="06-06")
    assert "is closed for the season" in trip_to_stromsund(world).no_road


def test_without_a_rule_nobody_knows_who_orders(world: World) -> None:
    trip = trip_to_stromsund(world)
    assert (trip.due, trip.orders, trip.pays, trip.buses) == (None, None, None, None)


@pytest.mark.parametrize(
    ("way", "plan"), [("", "school"), ("menu", "school"), ("allotment", "region"), ("both", "region")]
)
def test_who_planned_follows_the_municipalitys_way(world: World, way: str, plan: str) -> None:
    bus_rule()
    if way:
        where = world.school.municipality
        SeasonWay.objects.create(season=world.season, municipality=where, way=way, by=world.officer, at=NOW)
    trip = trip_to_stromsund(world)
    assert (trip.plan, trip.pays) == (plan, plan)


@pytest.mark.parametrize(("who", "plan"), [("neighbour", "school"), ("officer", "region")])
def test_where_both_ways_are_open_the_wish_behind_it_says(world: World, who: str, plan: str) -> None:
    bus_rule()
    writer: User = getattr(world, who)
    world.neighbour_wish.created_by = writer
    world.neighbour_wish.save()
    SeasonWay.objects.create(
        season=world.season, municipality=world.school.municipality, way="both", by=world.officer, at=NOW
    )
    booking = away(world, wish=world.neighbour_wish)
    coming(booking, school_of(world))
    (trip,) = transport.trips([fresh(booking)])
    assert trip.plan == plan


def test_visits_that_are_not_played_need_no_bus(world: World) -> None:
    bus_rule()
    booking = away(world, status="cancelled")
    coming(booking, school_of(world))
    assert transport.rows([fresh(booking)], NOW) == []


def test_rows_come_in_the_order_in_which_they_set_out(world: World) -> None:
    bus_rule()
    booking = away(world)
    for place in ("Backe", "Östersund", "Krokom"):
        coming(booking, school_in(world, place, f"Skolan i {place}"))
    found = [str(row.school) for row in transport.rows([fresh(booking)], NOW)]
    assert found == ["Skolan i Krokom", "Skolan i Östersund", "Skolan i Backe"]


def test_many_visits_are_read_in_few_queries(world: World, django_assert_max_num_queries) -> None:
    bus_rule()
    for day in range(6):
        booking = visit(world, SHOW_AT + timedelta(days=7 * day)).booking
        coming(booking, school_of(world))
    with django_assert_max_num_queries(14):
        assert len(transport.rows(type(booking).objects.with_ground(), NOW)) == 6


def test_a_summer_day_is_reckoned_by_its_own_clock(world: World) -> None:
    """A rider that says nothing, and a day on summer time: the moments are moments, not clock times."""
    bus_rule()
    booking = visit(world, datetime(2027, 5, 4, 8, tzinfo=UTC)).booking
    coming(booking, school_of(world))
    (trip,) = transport.trips([fresh(booking)])
    assert trip.there_at == datetime(2027, 5, 4, 7, 45, tzinfo=UTC)
