"""Two courses laid beside each other, and the nights of a course where no bed is left."""

from datetime import UTC, date, datetime

import pytest

from bookings import planning
from bookings.models import Booking
from bookings.standing import (
    Change,
    as_agreed,
    changes,
    course_of,
    nights_in_full_places,
    nights_planned,
    with_beds_of_today,
)
from tests.agreements import night_in_backe
from tests.world import World
from tours.models import Proposal
from venues.lodging import full_nights
from venues.models import NoBeds, Road


def at(day: int) -> datetime:
    return datetime(2027, 2, day, 9, tzinfo=UTC)


def test_what_moves_comes_or_goes_is_told_in_order_of_time() -> None:
    was = {"w1": at(1), "w2": at(5), "w3": at(7)}
    becomes = {"w1": at(1), "w3": at(3), "w4": at(4)}
    assert changes(was, becomes) == [
        Change("w3", at(7), at(3)),
        Change("w4", None, at(4)),
        Change("w2", at(5), None),
    ]


# -- Nights without beds ---------------------------------------


@pytest.fixture
def away(world: World) -> date:
    """The one night that the tour's adopted plan spends away, in Backe."""
    return night_in_backe(world)


def fill(world: World, first: date, last: date) -> dict[int, frozenset[date]]:
    """Note that Backe is full; the region's full nights in February."""
    NoBeds.objects.create(place=world.places["Backe"], first_night=first, last_night=last, by=world.producer)
    return full_nights([world.places["Backe"].pk], date(2027, 2, 1), date(2027, 2, 28))


def test_an_adopted_plan_is_looked_at_over_the_nights_of_today(world: World, away: date) -> None:
    full = fill(world, away, date(2027, 2, 6))
    course = as_agreed(world.tour, Booking.objects.live().with_ground(), Proposal.objects.get())
    assert course is not None
    broken = [course.problem.days[b.day or 0].date for b in course.breaches if b.rule == "no_beds"]
    assert broken == [one.night for one in nights_in_full_places([world.tour], full)] == [away]


def test_its_plan_stays_as_it_was_adopted(world: World, away: date) -> None:
    fill(world, away, away)
    course = as_agreed(world.tour, Booking.objects.live().with_ground(), Proposal.objects.get())
    assert course is not None
    assert list(course.plan.nights) == Proposal.objects.get().plan["nights"]


@pytest.mark.parametrize("noted", [False, True])
def test_nights_that_a_closed_road_takes_stay_beside_those_noted_today(world: World, noted: bool) -> None:
    Road.objects.filter(end=world.places["Backe"]).update(closed_from="02-04", closed_to="03-01")
    gone = NoBeds.objects.create(
        place=world.places["Backe"], first_night=date(2027, 2, 1), last_night=date(2027, 2, 1), by=world.producer
    )  # fmt: skip
    course = course_of(planning.propose(world.tour, by=world.producer, seconds=0))
    gone.delete()
    if noted:
        fill(world, date(2027, 2, 2), date(2027, 2, 4))
    nights = [night.day for night in with_beds_of_today(world.tour, course).problem.no_beds]
    assert nights == [*([1] if noted else []), *range(2, 11)]


def test_a_road_that_has_closed_for_good_leaves_the_nights_as_they_were(world: World) -> None:
    road = Road.objects.filter(end=world.places["Backe"])
    road.update(closed_from="02-04", closed_to="03-01")
    course = course_of(planning.propose(world.tour, by=world.producer, seconds=0))
    road.delete()
    assert with_beds_of_today(world.tour, course) == course


def test_the_nights_of_a_tour_are_those_of_the_plan_that_stands(world: World, away: date) -> None:
    assert nights_planned(world.tour) == [(world.places["Backe"].pk, away)]


def test_where_a_visit_has_gone_the_nights_are_chosen_anew(world: World, away: date) -> None:
    full = fill(world, away, away)
    Booking.objects.filter(wish=world.wish).update(status="released")
    assert nights_in_full_places([world.tour], full) == []


def test_a_tour_off_every_road_has_no_nights(world: World, away: date) -> None:
    Booking.objects.filter(wish=world.school_wish).update(status="released")
    Road.objects.filter(end=world.places["Backe"]).delete()
    assert nights_planned(world.tour) == []
