"""Buses and grants through the API: what each reader gets, and what is wrong with an address."""

from typing import Any

import pytest
from django.utils import timezone

from bookings import bus_orders, grants
from bookings.models import Booking, VisitGroup
from tests.api.callers import API, caller
from tests.bookings.buses import NOW, away, bus_rule, coming, school_in, school_of
from tests.bookings.granted import granted, to_the_school, told
from tests.world import World

pytestmark = pytest.mark.usefixtures("clock")
PERIOD = "first=2027-02-01&last=2027-02-28"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a fortnight before the visits."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def booking(world: World) -> Booking:
    """A visit in Strömsund to which the school in Krokom comes."""
    bus_rule()
    found = away(world)
    coming(found, school_of(world), wheelchair=1)
    return found


def buses(client: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{API}/buses?{PERIOD}").json()["buses"]
    return found


def test_what_is_needed_and_who_pays(world: World, booking: Booking) -> None:
    (bus,) = buses(caller(world.officer))
    assert (bus["state"], bus["school"]["slug"], bus["order"]) == ("needed", "krokoms-skola", None)
    need = bus["need"]
    assert (need["pick_up_at"], need["km"], need["wheelchair_count"], need["orders"], need["pays"]) == (
        "2027-02-04T08:05:00+01:00",
        "123.0",
        1,
        "school",
        "school",
    )


def test_what_was_ordered_stays_and_what_differs_is_named(world: World, booking: Booking) -> None:
    bus_orders.order(booking, school_of(world), 1, version=0, by=world.officer, now=NOW)
    VisitGroup.objects.update(pupils_count=30)
    (bus,) = buses(caller(world.producer))
    assert (bus["order"]["seats_count"], bus["need"]["pupils_count"], bus["changed"]) == (26, 30, ["seats"])


def test_each_reads_their_own(world: World, booking: Booking) -> None:
    coming(booking, school_in(world, "Östersund", "Fria skolan"))
    people = ("producer", "officer", "neighbour", "school_contact", "presenter", "stranger")
    assert {name: len(buses(caller(getattr(world, name)))) for name in people} == {
        "producer": 2,
        "officer": 2,
        "neighbour": 2,
        "school_contact": 1,
        "presenter": 0,
        "stranger": 0,
    }


@pytest.mark.parametrize(
    "query", ["", "first=2027-02-01", "first=2027-02-02&last=2027-02-01", "first=2027-01-01&last=2028-02-01"]
)
def test_a_period_that_cannot_be_is_refused(world: World, query: str) -> None:
    assert caller(world.officer).get(f"{API}/buses?{query}").status_code == 400


def test_a_grant_with_its_visits(world: World) -> None:
    grant, booking = granted(world), told(to_the_school(world, 0, 24, 25), 20, 25)
    grants.tag(booking, grant, by=world.officer, now=NOW)
    (found,) = caller(world.officer).get(f"{API}/school-grants?year=2026").json()["grants"]
    assert (found["promised_count"], found["reached_count"], found["hoped_count"]) == (100, 45, 45)
    (visit,) = found["visits"]
    assert (visit["booking"], visit["came_count"], visit["paid"]) == (booking.pk, 45, "9800.00")


def test_grants_are_for_those_who_keep_them(world: World) -> None:
    granted(world)
    for person in (world.producer, world.school_contact, world.stranger):
        assert caller(person).get(f"{API}/school-grants?year=2026").json() == {"grants": []}


@pytest.mark.parametrize("days", ["first=0001-01-01&last=0001-01-02", "first=9999-12-30&last=9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_refused(world: World, booking: Booking, days: str) -> None:
    assert caller(world.officer).get(f"{API}/buses?{days}").status_code == 400
