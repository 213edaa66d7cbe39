"""Confirmed visits drawn from what they alone need: the figures are those of the whole planning brief."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.accounts import Account, account_of
from bookings.briefing import make_brief, visits_alone
from bookings.candidates import candidate_id
from bookings.models import Booking, SubsidyClaim
from bookings.models.booking import Status
from bookings.standing import Course, as_agreed, as_driven
from tests.agreements import confirmed
from tests.world import World
from tours.models import EnsembleDayOff, Tour, Wish
from tours.terms import read_terms
from venues.models import Region


def visits(tour: Tour) -> list[Booking]:
    return list(tour.bookings.filter(status=Status.CONFIRMED).with_ground())


def read(world: World) -> tuple[Tour, list[Booking]]:
    tour = Tour.objects.with_ground().get(pk=world.tour.pk)
    return tour, visits(tour)


def account(tour: Tour, course: Course | None) -> Account:
    assert course is not None
    return account_of(read_terms(tour), course, {candidate_id(booking=one): one for one in visits(tour)})


def test_the_demos_claims_are_reckoned_as_on_the_board(demo_region: Region) -> None:
    tours = Tour.objects.filter(pk__in=SubsidyClaim.objects.values("booking__tour")).with_ground()
    whole = {tour.pk: account(tour, as_agreed(tour, visits(tour), None)) for tour in tours}
    assert whole
    assert {tour.pk: account(tour, as_driven(tour, visits(tour), None)) for tour in tours} == whole


@pytest.mark.parametrize(
    "name", ["days", "places", "home", "drive_min", "drive_km", "rules", "costs", "fixed"]
)
def test_its_ground_is_that_of_the_whole_brief(world: World, name: str) -> None:
    confirmed(world)
    tour, found = read(world)
    assert visits_alone(tour, found)[name] == make_brief(tour).problem[name]


def test_the_ensemble_sleeps_by_wishes_that_came_to_nothing_as_the_board_has_it(world: World) -> None:
    confirmed(world)
    tour, found = read(world)
    before = visits_alone(tour, found)["places"]
    Wish.objects.exclude(pk=world.wish.pk).delete()
    assert (visits_alone(tour, found)["places"] != before, visits_alone(tour, found)["places"]) == (
        True, make_brief(tour).problem["places"],
    )  # fmt: skip


def test_a_day_off_is_at_home(world: World) -> None:
    booking = confirmed(world)
    day = booking.starts_at.date() + timedelta(days=1)
    EnsembleDayOff.objects.create(ensemble=world.ensemble, starts_on=day, ends_on=day)
    tour, found = read(world)
    assert {one["date"]: one["kind"] for one in visits_alone(tour, found)["days"]}[day.isoformat()] == "off"


def test_no_breach_tells_of_the_times_that_were_wished_for(world: World) -> None:
    confirmed(world)
    world.wish.spans.update(starts_on=world.tour.ends_on, ends_on=world.tour.ends_on)
    rules = []
    for course in (as_agreed(*read(world), None), as_driven(*read(world), None)):
        assert course is not None
        rules.append([breach.rule for breach in course.breaches])
    assert rules == [["window"], []]


def test_without_visits_there_is_no_course(world: World) -> None:
    assert as_driven(world.tour, [], None) is None


def test_when_else_it_could_be_played_is_not_read(world: World) -> None:
    confirmed(world)
    tour, found = read(world)

    def tables(ask: Any) -> set[str]:
        with CaptureQueriesContext(connection) as queries:
            ask()
        return {
            name for name in ("tours_wishspan", "venues_closure") if name in str(queries.captured_queries)
        }

    assert (tables(lambda: make_brief(tour)), tables(lambda: visits_alone(tour, found))) == (
        {"tours_wishspan", "venues_closure"}, set(),
    )  # fmt: skip
