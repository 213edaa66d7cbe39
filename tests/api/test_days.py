"""A day of a tour that is not played, through the API: what it leads to, and cancelling it."""

from typing import Any

import pytest
from django.utils import timezone

from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import DAY, SHOW_AT, confirmed, held
from tests.api.callers import API, caller
from tests.world import World

pytestmark = pytest.mark.usefixtures("season_has_closed")


def address(world: World, what: str, day: str = "2027-02-03") -> str:
    return f"{API}/tours/{world.tour.slug}/days/{day}/{what}"


def cancel(world: World, *hits: Booking, **more: Any) -> Any:
    visits = [{"booking": booking.pk, "version": booking.version} for booking in hits]
    body = {"reason": "An actor is ill.", "visits": visits, **more}
    return caller(world.producer).post(address(world, "cancel"), body)


def test_each_visit_has_its_other_days_with_what_they_cost(world: World) -> None:
    booking = confirmed(world)
    found = caller(world.producer).get(address(world, "make-up")).json()
    (hit,) = found["hits"]
    assert (hit["booking"], hit["days_count"], len(hit["days"]), found["instead"]) == (
        booking.pk,
        10,
        5,
        None,
    )
    assert hit["days"][0]["warnings"] == []
    assert hit["proposed_at"] == hit["days"][0]["starts_at"]
    assert hit["days"][0]["detour"] == {"road_min": 270, "km": 316.0, "nights_count": 0, "costs": 11060.0}


def test_for_one_presenter_it_tells_who_could_have_the_day(world: World) -> None:
    booking = confirmed(world)
    held(world, wish=world.school_wish, starts_at=SHOW_AT.replace(hour=16, minute=0))
    found = caller(world.producer).get(f"{address(world, 'make-up')}?only={booking.pk}").json()
    assert [row["organisation"]["name"] for row in found["instead"]] == [str(world.neighbouring)]
    assert found["instead"][0]["wish"] == world.neighbour_wish.pk


def test_a_visit_that_is_not_of_the_day_is_not_found(world: World) -> None:
    answer = caller(world.producer).get(f"{address(world, 'make-up')}?only=999999")
    assert answer.status_code == 404


@pytest.mark.parametrize("day", ["2027-01-31", "2027-02-13", "2026-02-04", "2028-02-04"])
def test_another_day_outside_the_tour_is_refused(world: World, day: str) -> None:
    booking = confirmed(world)
    visit = {"booking": booking.pk, "version": booking.version, "starts_at": f"{day}T11:15:00+01:00"}
    answer = cancel(world, visits=[visit])
    assert (answer.status_code, "Choose a day within that" in answer.json()["detail"]) == (422, True)


def test_a_visit_starts_on_a_whole_minute(world: World) -> None:
    booking = confirmed(world)
    starts_at = "2027-02-04T11:15:59.999+01:00"
    cancel(world, visits=[{"booking": booking.pk, "version": booking.version, "starts_at": starts_at}])
    new = world.tour.bookings.live().get()
    assert timezone.localtime(new.starts_at).isoformat() == "2027-02-04T11:15:00+01:00"


def test_a_number_that_no_database_knows_is_refused(world: World) -> None:
    assert cancel(world, visits=[{"booking": 10**30, "version": 1}]).status_code == 422


def test_the_rule_in_the_way_is_named_where_no_day_is_legal(world: World) -> None:
    confirmed(world)
    world.tour.performances_per_day = 1
    world.tour.save()
    held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
    world.wish.spans.update(starts_on="2027-02-03", ends_on="2027-02-04")
    (hit,) = caller(world.producer).get(address(world, "make-up")).json()["hits"]
    assert hit["hindered"] == {
        "on": "2027-02-04",
        "rule": "performances_per_day",
        "detail": "2 shows on one day, at most 1 are allowed.",
    }


def test_the_day_is_cancelled_and_the_chosen_one_offered(world: World) -> None:
    booking = confirmed(world)
    chosen = {"booking": booking.pk, "version": booking.version, "starts_at": (SHOW_AT + DAY).isoformat()}
    answer = cancel(world, visits=[chosen])
    new = Booking.objects.latest("pk")
    assert answer.json() == {"hits": [booking.pk], "offered": [new.pk], "moved": []}
    assert (new.status, new.starts_at) == (Status.OFFERED, SHOW_AT + DAY)


def test_a_day_that_does_not_fit_is_refused_and_nothing_is_changed(world: World) -> None:
    booking = confirmed(world)
    chosen = {"booking": booking.pk, "version": booking.version, "starts_at": "2027-02-04T03:00:00+01:00"}
    answer = cancel(world, visits=[chosen])
    assert (answer.status_code, answer.json()["ids"]) == (422, {"booking": booking.pk})
    assert Booking.objects.get().status == Status.CONFIRMED


def test_a_visit_that_has_changed_is_a_conflict(world: World) -> None:
    booking = confirmed(world)
    answer = cancel(world, visits=[{"booking": booking.pk, "version": 1}])
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


@pytest.mark.parametrize("day", ["2027-01-31", "2027-02-30", "tomorrow"])
def test_a_day_that_is_none_of_the_tours_is_not_found(world: World, day: str) -> None:
    assert caller(world.producer).get(address(world, "make-up", day)).status_code == 404
