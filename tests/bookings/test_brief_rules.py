"""The days and the rules that the planner gets."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import factories as make
from tests.agreements import held
from tests.bookings.briefs import brief, candidates, kinds, law
from tests.world import World
from tours.models import EnsembleDayOff, Rider, Tour
from venues.models import WorkRuleProfile


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
