"""The planner's problem as the database states it: wishes, roads, days, rules, and what stands already."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings import planning
from bookings.briefing import make_brief, place_of, worth
from bookings.models import Booking
from tests import factories as make
from tests.agreements import NOW, confirmed, held, offered
from tests.bookings.briefs import brief, candidates, excluded
from tests.world import World
from tours import planner
from tours.left_out import excluded_reason
from tours.models import Tour, Wish
from venues.models import NoBeds, Place, Road, SchoolBreak, Venue


def test_it_is_a_problem_that_the_planner_takes(world: World) -> None:
    document = brief(world).problem
    assert planner.Problem.from_json(document).to_json()["candidates"] == document["candidates"]


def test_a_wish_becomes_a_candidate_with_its_minutes(world: World) -> None:
    found = candidates(world)[f"w{world.wish.pk}"]
    assert (found["get_in_min"], found["show_min"], found["get_out_min"]) == (75, 45, 45)
    assert found["place"] == f"p{world.places['Backe'].pk}"


def test_two_shows_take_their_changeover(world: World) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(shows_count=2)
    found = candidates(world)[f"w{world.wish.pk}"]
    assert (found["performances"], found["show_min"]) == (2, 45 + 30 + 45)


@pytest.mark.parametrize(
    ("rank", "is_reserve", "expected"),
    [(1, False, 19800), (2, False, 17800), (4, False, 14800), (9, False, 13800), (1, True, 14800)],
)
def test_a_wish_is_worth_its_fee_and_its_rank(
    world: World, rank: int, is_reserve: bool, expected: int
) -> None:
    world.wish.rank, world.wish.is_reserve = rank, is_reserve
    assert worth(world.tour, world.wish) == expected


def test_drives_are_rounded_up_to_five_minutes(world: World) -> None:
    """20 km at 75 km/h are 16 minutes, and 17.6 in winter."""
    document = brief(world).problem
    index = [place["name"] for place in document["places"]]
    there = document["drive_min"][index.index("Östersund")][index.index("Krokom")]
    assert there == 20
    assert {minutes % 5 for row in document["drive_min"] for minutes in row} == {0}


def test_shows_start_at_whole_five_minutes(world: World) -> None:
    world.wish.spans.update(earliest=time(9, 2), latest=time(18, 59))
    windows = candidates(world)[f"w{world.wish.pk}"]["windows"]
    assert windows[0][1:] == [9 * 60 + 5, 18 * 60 + 55]


def test_a_wish_between_two_steps_has_no_day(world: World) -> None:
    world.wish.spans.update(earliest=time(9, 1), latest=time(9, 4))
    assert excluded(world) == {world.wish.pk: "no_day"}


def test_a_wish_for_days_outside_the_tour_says_so(world: World) -> None:
    world.wish.spans.update(starts_on="2027-04-19", ends_on="2027-04-23")
    [left] = brief(world).excluded
    assert (left["reason"], left["detail"]) == ("no_day", {"beyond": [("2027-04-19", "2027-04-23")]})


def test_a_wish_without_a_school_day_says_whose_day_off_it_is(world: World) -> None:
    world.school_wish.spans.update(starts_on="2027-02-08", ends_on="2027-02-08")
    SchoolBreak.objects.create(
        school=world.school.school, name="Studiedag", starts_on="2027-02-08", ends_on="2027-02-08"
    )
    [left] = brief(world).excluded
    assert (left["reason"], left["detail"]) == ("no_day", {"no_school": [("Studiedag", "Krokoms skola")]})
    told = excluded_reason(left["reason"], left["detail"], world.school_wish)
    assert told.text == "None of its days is free. There is no school then: Studiedag (Krokoms skola)."


def test_places_are_named_as_places_not_as_halls(world: World) -> None:
    assert {place["name"] for place in brief(world).problem["places"]} == {
        "Östersund",
        "Backe",
        "Strömsund",
        "Krokom",
    }


def test_a_venue_away_from_its_place_is_a_place_of_its_own_without_beds(world: World) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(lat=63.9, lon=16.4)
    places = {place["name"]: place for place in brief(world).problem["places"]}
    away = places["Backe bygdegård, salen (Backe)"]
    assert (away["beds"], place_of(away["id"])) == (False, world.places["Backe"].pk)
    assert places["Backe"]["beds"] is True


def test_where_there_are_no_beds_the_nearest_ones_come_along(world: World) -> None:
    Place.objects.filter(name="Backe").update(has_lodging=None)
    Wish.objects.filter(pk__in=[world.neighbour_wish.pk, world.school_wish.pk]).delete()
    beds = {place["name"]: place["beds"] for place in brief(world).problem["places"]}
    assert beds == {"Östersund": True, "Backe": False, "Strömsund": True}


def test_nobody_sleeps_away_near_home_and_the_larger_of_two_towns_will_do(world: World) -> None:
    places = world.places
    small = make.PlaceFactory(municipality=places["Backe"].municipality, name="Nära Backe", population=90)
    make.RoadFactory(start=small, end=places["Backe"], km=10)
    Place.objects.filter(name="Backe").update(population=535)
    Wish.objects.filter(pk=world.neighbour_wish.pk).update(venue=make.VenueFactory(place=small))
    beds = {place["name"]: place["beds"] for place in brief(world).problem["places"]}
    assert beds == {"Östersund": True, "Backe": True, "Nära Backe": False, "Krokom": False}


def full(world: World, name: str, *days: int) -> None:
    for day in days:
        night = date(2027, 2, day)
        NoBeds.objects.create(
            place=world.places[name], first_night=night, last_night=night, by=world.producer
        )


def named_nights(world: World) -> list[tuple[str, int]]:
    document = brief(world).problem
    names = {place["id"]: place["name"] for place in document["places"]}
    return [(names[place], day) for place, day in document.get("no_beds", [])]


def test_a_full_town_has_no_bed_on_its_nights(world: World) -> None:
    full(world, "Backe", 3, 9)
    assert named_nights(world) == [("Backe", 2), ("Backe", 8)]


def test_full_nights_before_and_after_the_tour_are_not_its_own(world: World) -> None:
    full(world, "Backe", 12, 13)
    NoBeds.objects.create(
        place=world.places["Backe"],
        first_night=date(2027, 1, 20),
        last_night=date(2027, 1, 31),
        by=world.producer,
    )
    assert named_nights(world) == []


def test_home_is_never_full(world: World) -> None:
    full(world, "Östersund", 3)
    assert named_nights(world) == []


def test_a_town_that_nobody_would_sleep_in_is_not_named(world: World) -> None:
    full(world, "Krokom", 3)
    assert named_nights(world) == []


def test_the_nights_of_a_full_town_are_slept_elsewhere(world: World) -> None:
    Wish.objects.filter(pk__in=[world.neighbour_wish.pk, world.school_wish.pk]).delete()
    full(world, "Backe", 3)
    beds = {place["name"] for place in brief(world).problem["places"] if place["beds"]}
    assert beds == {"Östersund", "Backe", "Strömsund"}


def test_a_full_town_does_not_do_for_the_smaller_one_beside_it(world: World) -> None:
    backe = world.places["Backe"]
    small = make.PlaceFactory(
        municipality=backe.municipality, name="Nära Backe", lat=backe.lat, lon=backe.lon + 0.1, population=90
    )
    make.RoadFactory(start=small, end=backe, km=10)
    Place.objects.filter(pk=backe.pk).update(population=535)
    Wish.objects.filter(pk=world.neighbour_wish.pk).update(venue=make.VenueFactory(place=small))
    full(world, "Backe", 3)
    beds = {place["name"] for place in brief(world).problem["places"] if place["beds"]}
    assert beds == {"Östersund", "Backe", "Nära Backe"}


def test_names_lead_back_to_the_places() -> None:
    assert [place_of("p12"), place_of("p12@63.1,14.2")] == [12, 12]


# -- What stands already ---------------------------------------


def test_a_held_visit_is_the_baseline_and_free_to_move(world: World) -> None:
    held(world)
    document = brief(world).problem
    assert (document["baseline"], document["fixed"]) == (
        [{"candidate": f"w{world.wish.pk}", "day": 2}],
        [],
    )


def test_an_offered_visit_is_fixed_to_the_minute(world: World) -> None:
    offered(world)
    assert brief(world).problem["fixed"] == [{"candidate": f"w{world.wish.pk}", "day": 2, "start_min": 675}]


def test_an_offered_visit_may_move_to_another_day_at_its_own_price(world: World) -> None:
    offered(world)
    Tour.objects.update(moves_offered=True, cost_per_offered_change=9_000)
    problem = brief(world).problem
    [window] = [w for w in candidates(world)[f"w{world.wish.pk}"]["windows"] if w[0] == 2]
    assert (problem["fixed"], problem["baseline"]) == (
        [],
        [{"candidate": f"w{world.wish.pk}", "day": 2, "price": 9_000}],
    )
    assert window == [2, 675, 675]


def test_a_locked_stop_is_fixed_where_it_was_locked(world: World) -> None:
    at = timezone.make_aware(datetime(2027, 2, 9, 18, 7))
    planning.lock_stop(world.tour, world.wish, at, by=world.producer)
    assert brief(world).problem["fixed"] == [{"candidate": f"w{world.wish.pk}", "day": 8, "start_min": 1087}]


def test_a_visit_without_a_wish_is_fixed_under_its_own_name(world: World) -> None:
    booking = held(world)
    Booking.objects.filter(pk=booking.pk).update(wish=None)
    Wish.objects.filter(pk=world.wish.pk).delete()
    document = brief(world).problem
    assert [row["candidate"] for row in document["fixed"]] == [f"b{booking.pk}"]


# -- The fingerprint, and what it costs ---------------------------------------


def test_the_fingerprint_stands_as_long_as_nothing_changes(world: World) -> None:
    assert brief(world).fingerprint == brief(world).fingerprint


@pytest.mark.parametrize(
    "change",
    [
        lambda world: world.wish.spans.update(earliest=time(10)),
        lambda world: planning.drop_stop(world.tour, world.wish, by=world.producer),
        lambda world: held(world),
        lambda world: Tour.objects.update(cost_per_km=36),
        lambda world: Road.objects.update(km=200),
        lambda world: full(world, "Backe", 3),
    ],
)
def test_the_fingerprint_notices_a_change(world: World, change: Any) -> None:
    before = brief(world).fingerprint
    change(world)
    assert brief(world).fingerprint != before


def test_it_takes_the_same_queries_for_one_wish_and_for_three(world: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            brief(world)
        return len(queries)

    three = count()
    Wish.objects.filter(pk__in=[world.neighbour_wish.pk, world.wish.pk]).update(
        withdrawn_at=datetime(2026, 12, 1, tzinfo=UTC)
    )
    assert count() == three


def test_a_confirmed_visit_stays_though_its_wish_is_withdrawn(world: World) -> None:
    booking = confirmed(world)
    Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=NOW)
    problem = make_brief(world.tour).problem
    assert [stop["candidate"] for stop in problem["fixed"]] == [f"w{booking.wish_id}"]


def test_a_confirmed_visit_is_as_it_was_agreed_though_its_wish_is_changed(world: World) -> None:
    booking = confirmed(world)
    before = candidates(world)[f"w{world.wish.pk}"]
    Wish.objects.filter(pk=world.wish.pk).update(venue=world.neighbour_wish.venue, shows_count=2)
    after = candidates(world)[f"w{world.wish.pk}"]
    kept = ("place", "performances", "get_in_min", "show_min", "get_out_min")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert booking.venue != world.neighbour_wish.venue
