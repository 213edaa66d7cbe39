"""A tour over the day on which a road closes or opens: each day on its own roads."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bookings import on_the_way, planning
from bookings.briefing import Brief, make_brief
from bookings.standing import as_agreed, course_of
from tests import factories as make
from tests.agreements import held
from tests.world import World
from tours import planner
from tours.models import Tour, Wish
from venues.errors import NoRoad
from venues.loading import load_region
from venues.models import Organisation, Place, Road, Venue
from venues.travel import set_override

CLOSES = date(2027, 2, 4)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def short_way(world: World, closed_from: str = "02-04", closed_to: str = "03-01") -> None:
    """90 km straight to Backe, which are 158 over Strömsund."""
    places = world.places
    make.RoadFactory(
        start=places["Östersund"],
        end=places["Backe"],
        km=90,
        kmh=90,
        closed_from=closed_from,
        closed_to=closed_to,
    )


def only_way(world: World) -> None:
    """The road to Backe closes within the tour, and there is no other."""
    Road.objects.filter(end=world.places["Backe"]).update(closed_from="02-04", closed_to="03-01")


def tour_of(world: World) -> Tour:
    return Tour.objects.with_ground().get(pk=world.tour.pk)


def brief(world: World) -> Brief:
    return make_brief(tour_of(world))


def km_by_day(document: dict, start: str, end: str) -> list[float]:
    problem = planner.Problem.from_json(document)
    row = {place.name: number for number, place in enumerate(problem.places)}
    return [problem.drives(day).km[row[start]][row[end]] for day in range(len(problem.days))]


def test_the_drives_of_each_day_are_those_of_its_roads(world: World) -> None:
    short_way(world)
    assert km_by_day(brief(world).problem, "Östersund", "Backe") == [90.0] * 3 + [158.0] * 9


def test_most_days_have_the_table_and_the_others_a_span(world: World) -> None:
    short_way(world)
    document = brief(world).problem
    assert [(span["first_day"], span["last_day"]) for span in document["other_roads"]] == [(0, 2)]


def test_minutes_of_other_roads_are_rounded_up_to_five_too(world: World) -> None:
    short_way(world)
    (span,) = brief(world).problem["other_roads"]
    assert {minutes % 5 for row in span["drive_min"] for minutes in row} == {0}


@pytest.mark.parametrize("days", [("02-13", "03-01"), ("12-01", "03-01")])
def test_a_road_that_is_open_or_closed_all_the_time_is_one_table(world: World, days: tuple[str, str]) -> None:
    short_way(world, *days)
    assert "other_roads" not in brief(world).problem


def test_a_visit_is_planned_while_the_road_is_open(world: World) -> None:
    Wish.objects.exclude(pk=world.wish.pk).delete()
    Tour.objects.filter(pk=world.tour.pk).update(cost_per_km=90)
    short_way(world, "02-01", "02-10")
    plan = planner.solve(planner.Problem.from_json(brief(world).problem), seconds=5)
    assert (plan.proven, [stop.day for stop in plan.stops]) == (True, [10])


def test_a_bed_that_is_near_home_on_some_days_may_be_slept_in_on_the_others(world: World) -> None:
    Wish.objects.exclude(pk=world.wish.pk).delete()
    make.RoadFactory(
        start=world.places["Östersund"],
        end=world.places["Backe"],
        km=40,
        kmh=90,
        closed_from="02-04",
        closed_to="03-01",
    )
    beds = {place["name"]: place["beds"] for place in brief(world).problem["places"]}
    assert beds["Backe"] is True


# -- A place that is cut off on some days ---------------------------------------


def windows(world: World, wish: Wish) -> set[int]:
    rows = {row["id"]: row for row in brief(world).problem["candidates"]}
    return {day for day, _low, _high in rows[f"w{wish.pk}"]["windows"]}


def test_a_place_that_is_cut_off_is_played_before(world: World) -> None:
    only_way(world)
    assert max(windows(world, world.wish)) == 2
    assert max(windows(world, world.school_wish)) > 2


def test_a_correction_from_home_alone_keeps_no_other_wish_out(world: World) -> None:
    """Whom no road reaches is not told by the order in which two are asked about: the school is asked about last."""
    Road.objects.filter(end=world.places["Krokom"]).update(closed_from="01-01", closed_to="12-31")
    set_override(world.places["Östersund"], world.places["Krokom"], 30, 25, "", world.producer)
    assert [row["wish"] for row in brief(world).excluded] == [world.school_wish.pk]


def test_nobody_sleeps_where_no_road_leads_on_the_day_before_or_after(world: World) -> None:
    only_way(world)
    document = brief(world).problem
    names = {place["id"]: place["name"] for place in document["places"]}
    assert [(names[place], day) for place, day in document["no_beds"]] == [
        ("Backe", day) for day in range(2, 11)
    ]


def test_a_wish_whose_days_are_all_cut_off_is_left_out_with_words(world: World) -> None:
    only_way(world)
    world.wish.spans.update(starts_on=CLOSES)
    (row,) = brief(world).excluded
    assert (row["wish"], row["reason"]) == (world.wish.pk, "no_road")
    assert "Strömsund–Backe is closed for the season" in row["detail"]["text"]


def test_a_wish_without_free_days_is_no_matter_of_roads(world: World) -> None:
    only_way(world)
    world.wish.spans.update(earliest=time(9, 1), latest=time(9, 4))
    assert [row["reason"] for row in brief(world).excluded] == ["no_day"]


def test_a_visit_that_is_agreed_for_a_day_without_a_road_is_an_error(world: World) -> None:
    held(world)  # on the third
    only_way(world)
    assert brief(world).problem["baseline"] == [{"candidate": f"w{world.wish.pk}", "day": 2}]
    Road.objects.filter(end=world.places["Backe"]).update(closed_from="02-03")
    with pytest.raises(NoRoad, match="Backe is closed"):
        brief(world)


def test_a_stop_that_is_locked_to_a_day_without_a_road_is_left_out(world: World) -> None:
    planning.lock_stop(
        world.tour, world.wish, datetime(2027, 2, 4, 11, 15, tzinfo=STOCKHOLM), by=world.producer
    )
    only_way(world)
    assert [(row["wish"], row["reason"]) for row in brief(world).excluded] == [(world.wish.pk, "no_road")]


# -- Who else is on the way ---------------------------------------


def grown(world: World, venues: Iterable[Venue]) -> planner.Problem:
    plan = planning.propose(tour_of(world), by=world.producer, seconds=1)
    ground = on_the_way.ground_of(tour_of(world), course_of(plan), plan)
    return on_the_way.with_places(ground.problem, tour_of(world), venues)


def test_the_road_to_a_newcomer_is_that_of_the_day(world: World, newcomer: Organisation) -> None:
    short_way(world)
    places = world.places
    make.RoadFactory(
        start=places["Östersund"], end=places["Åre"], km=60, kmh=90, closed_from="02-08", closed_to="03-01"
    )
    document = grown(world, newcomer.venues.all()).to_json()
    assert km_by_day(document, "Östersund", "Åre") == [60.0] * 7 + [100.0] * 5
    assert km_by_day(document, "Östersund", "Backe") == [90.0] * 3 + [158.0] * 9


@pytest.mark.parametrize(("day", "is_asked"), [(2, True), (3, False)])
def test_who_is_cut_off_on_the_day_is_not_asked(
    world: World, newcomer: Organisation, day: int, is_asked: bool
) -> None:
    Road.objects.filter(end=world.places["Åre"]).update(closed_from="02-04", closed_to="03-01")
    Tour.objects.filter(pk=world.tour.pk).update(cost_per_km=200)
    plan = planning.propose(tour_of(world), by=world.producer, seconds=1)
    ground = on_the_way.ground_of(tour_of(world), course_of(plan), plan)
    found = [one.match.organisation for one in on_the_way.suggestions(ground, day)]
    assert (newcomer in found) is is_asked


# -- What it costs ---------------------------------------


def test_a_course_drives_and_pays_the_kilometres_of_its_days(world: World) -> None:
    Wish.objects.exclude(pk=world.wish.pk).delete()
    held(world)
    short_way(world, "02-04", "03-01")
    kilometres = [_agreed_km(world)]
    Road.objects.filter(end=world.places["Backe"], km=90).update(closed_from="02-03")
    assert [*kilometres, _agreed_km(world)] == [180, 316]


def _agreed_km(world: World) -> float:
    course = as_agreed(tour_of(world), world.tour.bookings.live().with_ground(), None)
    assert course is not None
    return course.account.km


def test_over_stekenjokk_a_tour_drives_round_until_6_june_and_from_15_october(world: World) -> None:
    """The committed roads: from Stora Blåsjön to Klimpfjäll it is 62 km, or 422."""
    load_region()
    blue, end = (Place.objects.get(name=name) for name in ("Stora Blåsjön", "Klimpfjäll"))
    Venue.objects.filter(pk=world.venue.pk).update(place=blue)
    Venue.objects.filter(pk=world.neighbour_venue.pk).update(place=end)
    Wish.objects.filter(pk=world.school_wish.pk).delete()
    home = Place.objects.get(name="Strömsund", municipality__region=blue.municipality.region)
    world.ensemble.home = home
    world.ensemble.save()
    found = []
    for first, last in ((date(2027, 6, 5), date(2027, 6, 8)), (date(2027, 10, 13), date(2027, 10, 16))):
        Tour.objects.filter(pk=world.tour.pk).update(starts_on=first, ends_on=last)
        for wish in (world.wish, world.neighbour_wish):
            wish.spans.update(starts_on=first, ends_on=last)
        found.append(km_by_day(brief(world).problem, "Stora Blåsjön", "Klimpfjäll"))
    assert found == [[422.0, 422.0, 62.0, 62.0], [62.0, 62.0, 422.0, 422.0]]
