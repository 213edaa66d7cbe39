"""How much slower the roads are on a tour's days."""

from datetime import date
from decimal import Decimal

import pytest

from bookings.briefing import make_brief
from tests.world import World
from tours.models import Tour
from tours.winter import slower_days, table_factor
from venues.models import Region

FIRST, SECOND, THIRD = (date(2027, 4, day) for day in (15, 16, 17))


@pytest.fixture
def region(world: World) -> Region:
    """Its roads are winter roads from October to the middle of April."""
    region = world.season.region
    region.winter_from, region.winter_to = "10-01", "04-15"
    region.save()
    return region


def tour(world: World, first: date, last: date, **fields: Decimal) -> Tour:
    factors = {"winter_factor": Decimal("1.10"), "trailer_factor": Decimal("1.05")}
    Tour.objects.filter(pk=world.tour.pk).update(starts_on=first, ends_on=last, **{**factors, **fields})
    return Tour.objects.with_ground().get(pk=world.tour.pk)


def test_in_winter_the_table_is_slower_and_no_day_more_so(world: World, region: Region) -> None:
    found = tour(world, date(2027, 2, 1), date(2027, 2, 12))
    assert (table_factor(found), slower_days(found)) == (Decimal("1.155"), {})


def test_in_summer_only_the_trailer_is_slow(world: World, region: Region) -> None:
    found = tour(world, date(2027, 5, 3), date(2027, 5, 7))
    assert (table_factor(found), slower_days(found)) == (Decimal("1.05"), {})


def test_a_tour_into_spring_is_slower_as_long_as_it_is_winter(world: World, region: Region) -> None:
    found = tour(world, FIRST, THIRD)
    assert (table_factor(found), slower_days(found)) == (Decimal("1.05"), {FIRST: 110})


def test_a_winter_that_slows_nothing_has_no_slower_days(world: World, region: Region) -> None:
    found = tour(world, FIRST, THIRD, winter_factor=Decimal(1))
    assert (table_factor(found), slower_days(found)) == (Decimal("1.05"), {})


def test_where_nobody_has_said_when_winter_is_it_may_be_any_day(world: World) -> None:
    found = tour(world, FIRST, THIRD)
    assert (table_factor(found), slower_days(found)) == (Decimal("1.155"), {})


def test_the_planner_is_told_by_day(world: World, region: Region) -> None:
    world.wish.spans.update(starts_on=FIRST, ends_on=THIRD)
    days = make_brief(tour(world, FIRST, THIRD)).problem["days"]
    assert [day.get("drive_factor_pct") for day in days] == [110, None, None]
