"""Holds through the API: a place in the line, who is before one, and the steps of a further option."""

from datetime import date
from typing import Any

import pytest

from bookings.models import Booking
from tests.agreements import held
from tests.api.callers import API, caller
from tests.api.documents import faults
from tests.bookings.rivals import Rival, make_rival
from tests.world import World
from venues.models import SchoolBreak

STARTS_AT = "2027-02-03T11:15:00+01:00"


pytestmark = pytest.mark.usefixtures("before_the_tour")


@pytest.fixture
def second(world: World) -> Rival:
    return make_rival(world, "Lyran")


def hold(rival: Rival, **more: Any) -> Any:
    body = {"tour": rival.tour.slug, "wish": rival.wish.pk, "starts_at": STARTS_AT, **more}
    return caller(rival.producer).post(f"{API}/bookings", body)


def step(rival: Rival, booking: int, name: str, **body: Any) -> Any:
    return caller(rival.producer).post(f"{API}/bookings/{booking}/{name}", body)


def test_the_next_place_in_the_line(world: World, second: Rival) -> None:
    first = held(world)
    answer = hold(second)
    made = Booking.objects.get(tour=second.tour)
    assert (answer.status_code, answer["Location"]) == (201, f"http://testserver{API}/bookings/{made.pk}")
    assert faults(f"POST {API}/bookings", 201, answer.json()) == []
    told = answer.json()
    assert (told["hold_rank"], told["hold_expires_at"]) == (2, "2027-01-17T23:59:00+01:00")
    assert [(row["id"], row["tour"], row["hold_rank"]) for row in told["line"]] == [
        (None, "Trumman våren 2027", 1),
        (made.pk, "Lyran på turné", 2),
    ]
    assert first.hold_rank == 1


def test_a_closed_school_is_not_held(world: World) -> None:
    days = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 5)}
    SchoolBreak.objects.create(municipality=world.school.municipality, name="Lov", **days)
    body = {"tour": world.tour.slug, "wish": world.school_wish.pk, "starts_at": "2027-02-03T09:15:00+01:00"}
    answer = caller(world.producer).post(f"{API}/bookings", body)
    assert (answer.status_code, Booking.objects.count()) == (422, 0)


def test_only_the_first_or_nothing(world: World, second: Rival) -> None:
    held(world)
    answer = hold(second, first_only=True)
    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")
    assert not second.tour.bookings.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"tour": "nowhere"}, 422),
        ({"wish": 10**6}, 422),
        ({"starts_at": "2027-05-03T11:15:00+01:00"}, 422),
        ({"expires_at": "2026-01-01T00:00:00+01:00"}, 422),
    ],
)
def test_what_can_not_be_held(second: Rival, body: dict[str, Any], status: int) -> None:
    assert hold(second, **body).status_code == status
    assert not Booking.objects.exists()


def test_another_tours_wish(world: World, second: Rival) -> None:
    assert hold(second, wish=world.wish.pk).status_code == 422


def test_a_challenge_is_asked_and_answered(world: World, second: Rival) -> None:
    first = held(world)
    waiting = hold(second).json()
    assert waiting["actions"] == ["offer", "confirm", "challenge", "extend", "price", "release", "move"]
    asked = step(second, waiting["id"], "challenge")
    assert (asked.status_code, "challenge" in asked.json()["actions"]) == (200, False)
    assert [row["challenge_answer_by"] for row in asked.json()["line"]] == ["2026-12-20T11:00:00+01:00", None]
    mine = caller(world.producer).get(f"{API}/bookings/{first.pk}").json()
    assert mine["challenge_answer_by"] == "2026-12-20T11:00:00+01:00"
    caller(world.producer).post(f"{API}/bookings/{first.pk}/release", {})
    told = caller(second.producer).get(f"{API}/bookings/{waiting['id']}").json()
    assert (told["hold_rank"], [row["hold_rank"] for row in told["line"]]) == (1, [1])


def test_taken_by_hand_only_when_it_is_free(world: World, second: Rival) -> None:
    held(world)
    answer = step(second, hold(second).json()["id"], "promote")
    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")


def test_held_longer(second: Rival) -> None:
    answer = step(second, hold(second).json()["id"], "extend", expires_at="2027-01-25T12:00:00+01:00")
    assert answer.json()["hold_expires_at"] == "2027-01-25T12:00:00+01:00"


def test_a_visit_that_has_ended_has_no_line(world: World, second: Rival) -> None:
    waiting = hold(second).json()["id"]
    assert step(second, waiting, "release").json()["line"] == []
