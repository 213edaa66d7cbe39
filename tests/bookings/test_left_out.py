"""Wishes that are left out before anything is planned, and why."""

from datetime import date, time

import pytest

from bookings import lifecycle, planning
from bookings.briefing import make_brief
from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import NOW, SHOW_AT, held, offered
from tests.bookings.briefs import brief, candidates, excluded
from tests.world import World
from tours.models import Rider, Tour, Wish
from venues.errors import NoRoad
from venues.models import Road, Venue


def another_tour(world: World) -> Tour:
    days = {"starts_on": world.tour.starts_on, "ends_on": world.tour.ends_on}
    made = Tour.objects.create(
        production=world.production, season=world.season, name="Andra", slug="andra", **days
    )
    return Tour.objects.with_ground().get(pk=made.pk)


def test_a_withdrawn_wish_is_not_there(world: World) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=NOW)
    assert f"w{world.wish.pk}" not in candidates(world)
    assert excluded(world) == {}


def test_a_dropped_wish_is_left_out(world: World) -> None:
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    assert excluded(world) == {world.wish.pk: "dropped"}


def test_a_wish_that_is_booked_on_another_tour_is_left_out_there_only(world: World) -> None:
    held(world)
    other = another_tour(world)
    assert {row["wish"]: row["reason"] for row in make_brief(other).excluded} == {
        world.wish.pk: "on_another_tour"
    }
    assert excluded(world) == {}


def test_a_lock_does_not_book_a_wish_twice(world: World) -> None:
    held(world)
    other = another_tour(world)
    planning.lock_stop(other, world.wish, SHOW_AT, by=world.producer)
    assert [row["reason"] for row in make_brief(other).excluded] == ["on_another_tour"]


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
    Booking.objects.filter(pk=offered(world).pk).update(status=status)
    assert excluded(world) == {world.wish.pk: reason}


def test_a_hold_that_has_run_out_is_no_answer(world: World) -> None:
    Booking.objects.filter(pk=held(world).pk).update(status=Status.EXPIRED)
    assert excluded(world) == {}


def test_a_further_option_is_planned_again_until_it_is_offered(world: World) -> None:
    booking = held(world, rank=2)
    assert (excluded(world), brief(world).problem["baseline"]) == ({}, [])
    lifecycle.offer(booking, by=world.producer, now=NOW)
    assert excluded(world) == {world.wish.pk: "offered_further"}


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
