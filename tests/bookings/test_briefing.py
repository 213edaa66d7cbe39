"""The planner's problem as the database states it: wishes, roads, days, rules, and what stands already."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings import lifecycle, planner, planning
from bookings.briefing import Brief, make_brief, place_of, worth
from bookings.models import Booking, EnsembleDayOff, Rider, Tour, Wish
from bookings.models.booking import Status
from tests import factories as make
from tests.agreements import NOW, SHOW_AT, confirmed, held, offered
from tests.world import World
from venues.errors import NoRoad
from venues.models import NoBeds, Place, Road, Venue, WorkRuleProfile


def brief(world: World) -> Brief:
    return make_brief(Tour.objects.with_ground().get(pk=world.tour.pk))


def candidates(world: World) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in brief(world).problem["candidates"]}


def excluded(world: World) -> dict[int, str]:
    return {row["wish"]: row["reason"] for row in brief(world).excluded}


def kinds(world: World) -> dict[str, str]:
    return {day["date"]: day["kind"] for day in brief(world).problem["days"]}


def law(world: World, **parameters: Any) -> WorkRuleProfile:
    return WorkRuleProfile.objects.create(
        region=world.season.region, key="law", label="Law", severity="block", parameters=parameters
    )


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


# -- What is left out beforehand ---------------------------------------


def test_a_withdrawn_wish_is_not_there(world: World) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=NOW)
    assert f"w{world.wish.pk}" not in candidates(world)
    assert excluded(world) == {}


def test_a_dropped_wish_is_left_out(world: World) -> None:
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    assert excluded(world) == {world.wish.pk: "dropped"}


def test_a_room_that_does_not_fit_is_left_out_with_its_lines(world: World) -> None:
    Rider.objects.update(stage_h_m="3.5")
    Venue.objects.filter(pk=world.venue.pk).update(ceiling_m="3.2")
    assert brief(world).excluded == [
        {"wish": world.wish.pk, "reason": "room", "detail": {"lines": ["height"]}}
    ]


def test_an_unknown_room_is_planned(world: World) -> None:
    Rider.objects.update(stage_h_m="3.5")
    assert excluded(world) == {}


def test_a_lock_overrules_the_room(world: World) -> None:
    Rider.objects.update(stage_h_m="3.5")
    Venue.objects.filter(pk=world.venue.pk).update(ceiling_m="3.2")
    planning.lock_stop(world.tour, world.wish, SHOW_AT, by=world.producer)
    assert excluded(world) == {}


def test_a_place_off_every_road_is_left_out_with_words(world: World) -> None:
    Road.objects.filter(end=world.places["Backe"]).delete()
    row = brief(world).excluded[0]
    assert (row["wish"], row["reason"]) == (world.wish.pk, "no_road")
    assert "Backe" in row["detail"]["text"]


def test_an_agreed_visit_off_every_road_is_an_error(world: World) -> None:
    offered(world)
    Road.objects.filter(end=world.places["Backe"]).delete()
    with pytest.raises(NoRoad, match="Backe"):
        brief(world)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.DECLINED, "declined"),
        (Status.EXPIRED, "not_answered"),
        (Status.CANCELLED, "cancelled"),
    ],
)
def test_a_no_is_remembered(world: World, status: str, reason: str) -> None:
    Booking.objects.filter(pk=held(world).pk).update(status=status)
    assert excluded(world) == {world.wish.pk: reason}


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.RELEASED])
def test_what_the_producer_took_back_is_planned_again(world: World, status: str) -> None:
    Booking.objects.filter(pk=held(world).pk).update(status=status)
    assert excluded(world) == {}


def test_a_counter_offer_is_no_no(world: World) -> None:
    booking = offered(world)
    day = date(2027, 2, 11)
    lifecycle.counter(
        booking, by=None, now=NOW, starts_on=day, ends_on=day, earliest=time(9), latest=time(12)
    )
    assert candidates(world)[f"w{world.wish.pk}"]["windows"] == [[10, 540, 720]]


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


# -- Days and rules ---------------------------------------


def test_sundays_are_without_work_and_saturdays_not(world: World) -> None:
    found = kinds(world)
    assert (found["2027-02-06"], found["2027-02-07"], found["2027-02-08"]) == ("work", "no_work", "work")


def test_a_tour_may_play_on_sundays_and_rest_on_saturdays(world: World) -> None:
    Tour.objects.update(works_sundays=True, works_saturdays=False)
    found = kinds(world)
    assert (found["2027-02-06"], found["2027-02-07"]) == ("no_work", "work")


def test_the_night_of_a_clock_change_is_as_long_as_it_really_is(world: World) -> None:
    Tour.objects.filter(pk=world.tour.pk).update(starts_on=date(2027, 3, 26), ends_on=date(2027, 3, 29))
    shifts = [day.get("clock_shift_min") for day in brief(world).problem["days"]]
    assert shifts == [None, -60, None, None]


def test_red_days_are_without_work(world: World) -> None:
    Tour.objects.update(starts_on=date(2027, 3, 24), ends_on=date(2027, 3, 30))
    found = kinds(world)
    assert (found["2027-03-26"], found["2027-03-29"]) == ("no_work", "no_work")


def test_the_ensembles_days_off_are_at_home(world: World) -> None:
    EnsembleDayOff.objects.create(
        ensemble=world.ensemble, starts_on=date(2027, 1, 30), ends_on=date(2027, 2, 2)
    )
    found = kinds(world)
    assert [found[f"2027-02-0{day}"] for day in (1, 2, 3)] == ["off", "off", "work"]


def test_another_tours_visit_takes_the_day(world: World) -> None:
    other = make.TourFactory(production=world.production, season=world.season)
    held(world, tour=other)
    assert kinds(world)["2027-02-03"] == "off"


def test_law_becomes_rules_and_rest_leaves_the_span(world: World) -> None:
    law(world, daily_rest_h=11, daily_window_h=24, weekly_rest_h=36)
    assert brief(world).problem["rules"] == {
        "performances_per_day": 2,
        "drive_max_min": 360,
        "day_open_min": 360,
        "day_close_min": 1440,
        "rest_night_min": 660,
        "span_max_min": 780,
        "rest_week_min": 2160,
    }


def breaks(world: World) -> dict[str, int]:
    return {name: limit for name, limit in brief(world).problem["rules"].items() if "break" in name}


def test_the_strictest_law_on_breaks_holds(world: World) -> None:
    law(world, max_work_without_break_h=5, min_break_min=30)
    WorkRuleProfile.objects.create(
        region=world.season.region,
        key="b",
        label="b",
        severity="block",
        parameters={"max_work_without_break_h": 5.5, "min_break_min": 40},
    )
    assert breaks(world) == {"work_before_break_min": 300, "break_min": 40}


@pytest.mark.parametrize(
    ("vehicle", "expected"),
    [("car", ({}, 360)), ("heavy", ({"drive_before_break_min": 270, "drive_break_min": 45}, 300))],
)
def test_a_law_on_heavy_vehicles_binds_only_those(world: World, vehicle: str, expected: Any) -> None:
    law(world, vehicle="heavy", max_drive_without_break_h=4.5, min_drive_break_min=45, max_drive_day_h=5)
    ensemble = world.production.ensemble
    ensemble.vehicle = vehicle
    ensemble.save()
    assert (breaks(world), brief(world).problem["rules"]["drive_max_min"]) == expected


@pytest.mark.parametrize(("get_in", "pause"), [(75, 30), (60, 30), (59, None)])
def test_a_long_get_in_holds_the_break(world: World, get_in: int, pause: int | None) -> None:
    law(world, max_work_without_break_h=5, min_break_min=30)
    Rider.objects.update(get_in_min=get_in)
    assert candidates(world)[f"w{world.wish.pk}"].get("pause_min") == pause


def test_the_strictest_law_holds(world: World) -> None:
    law(world, daily_rest_h=11)
    WorkRuleProfile.objects.create(
        region=world.season.region, key="b", label="b", severity="block", parameters={"daily_rest_h": 12}
    )
    assert brief(world).problem["rules"]["rest_night_min"] == 720


def test_an_agreement_that_warns_is_no_rule_of_the_planner(world: World) -> None:
    WorkRuleProfile.objects.create(
        region=world.season.region, key="w", label="w", severity="warn", parameters={"daily_rest_h": 12}
    )
    assert "rest_night_min" not in brief(world).problem["rules"]


def test_another_regions_law_does_not_hold_here(world: World) -> None:
    other = make.RegionFactory(slug="trondelag", code="50", name="Trøndelag")
    WorkRuleProfile.objects.create(
        region=other, key="n", label="n", severity="block", parameters={"daily_rest_h": 10}
    )
    assert "rest_night_min" not in brief(world).problem["rules"]


def test_the_tours_weights_become_costs(world: World) -> None:
    Tour.objects.update(cost_per_km=40, municipality_bonus=0, winter_factor=Decimal("1.5"))
    assert brief(world).problem["costs"] == {
        "per_km": 40,
        "per_night_away": 5500,
        "municipality_bonus": 0,
        "per_change": 4000,
    }


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
    Wish.objects.filter(pk__in=[world.neighbour_wish.pk, world.school_wish.pk]).update(
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
