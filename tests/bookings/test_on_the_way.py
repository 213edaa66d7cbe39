"""Who else could be played on a day: open wishes, wishes of other days, presenters that suit without a wish."""

from datetime import date, time

import pytest

from bookings import arranging, on_the_way, planning, running
from bookings.on_the_way import Suggestion
from bookings.standing import as_agreed, course_of
from tests import factories as make
from tests.agreements import held
from tests.world import World
from tours.models import Proposal, Tour
from tours.windows import moment
from venues.models import Closure, Organisation

TUESDAY = date(2027, 2, 2)


@pytest.fixture
def tour(world: World) -> Tour:
    """Only the school is worth its road; the others are left out."""
    Tour.objects.filter(pk=world.tour.pk).update(cost_per_km=200)
    return Tour.objects.with_ground().get(pk=world.tour.pk)


@pytest.fixture
def plan(world: World, tour: Tour) -> Proposal:
    return planning.propose(tour, by=world.producer, seconds=1)


def near(tour: Tour, plan: Proposal, on: date = TUESDAY) -> dict[str, Suggestion]:
    ground = on_the_way.ground_of(tour, course_of(plan), plan)
    return {
        str(one.match.organisation): one for one in on_the_way.suggestions(ground, (on - tour.starts_on).days)
    }


def test_a_wish_that_is_left_out_is_open_on_its_days(tour: Tour, plan: Proposal, world: World) -> None:
    found = near(tour, plan)[str(world.presenting)]
    assert (found.match.wish, found.is_given, found.found.detour is not None) == (world.wish, True, True)


def test_what_is_played_is_not_suggested(tour: Tour, plan: Proposal, world: World) -> None:
    assert {stop["candidate"] for stop in plan.plan["stops"]} == {f"w{world.school_wish.pk}"}
    assert str(world.school) not in near(tour, plan)


def test_a_wish_that_was_left_out_by_order_is_not_open(tour: Tour, world: World) -> None:
    planning.drop_stop(tour, world.wish, by=world.producer)
    plan = planning.propose(tour, by=world.producer, seconds=1)
    assert str(world.presenting) not in near(tour, plan)


def test_a_wish_of_other_days_would_have_to_be_asked(tour: Tour, world: World) -> None:
    world.wish.spans.update(starts_on=date(2027, 2, 8), earliest=time(12), latest=time(14))
    plan = planning.propose(tour, by=world.producer, seconds=1)
    found = near(tour, plan)[str(world.presenting)]
    assert found.found.detour is not None
    assert (found.is_given, 12 * 60 <= found.found.detour.start_min <= 14 * 60) == (False, True)


def test_a_closed_house_is_not_asked(tour: Tour, plan: Proposal, newcomer: Organisation) -> None:
    asked = str(newcomer) in near(tour, plan)
    Closure.objects.create(
        organisation=newcomer, starts_at=moment(TUESDAY, 0), ends_at=moment(TUESDAY, 24 * 60)
    )
    assert (asked, str(newcomer) in near(tour, plan)) == (True, False)


def test_a_presenter_without_a_wish_is_tried_with_one_show_for_its_fee(
    tour: Tour, plan: Proposal, newcomer: Organisation
) -> None:
    found = near(tour, plan)[str(newcomer)]
    assert (found.match.wish, found.is_given, found.found.value) == (None, False, 9800)
    assert found.found.detour is not None
    assert (found.found.brings, found.found.detour.km) == ("2321", 200)


def test_where_no_road_leads_nobody_is_asked(tour: Tour, plan: Proposal) -> None:
    island = make.PlaceFactory(name="Ön")
    host = make.OrganisationFactory(name="Öns bygdegård", municipality=island.municipality)
    make.VenueFactory(organisation=host, place=island, seats=120, max_persons=150)
    assert str(host) not in near(tour, plan)


def test_who_has_a_visit_is_not_asked_for_another(tour: Tour, world: World) -> None:
    booking = held(world)
    course = as_agreed(tour, tour.bookings.live().with_ground(), None)
    assert course is not None
    ground = on_the_way.ground_of(tour, course, None)
    hosts = [one.match.organisation for one in on_the_way.suggestions(ground, 1)]
    assert (booking.presenter in hosts, world.school in hosts) == (False, True)


def test_what_fits_is_legal_when_it_is_set_by_hand(tour: Tour, plan: Proposal, world: World) -> None:
    found = near(tour, plan)[str(world.presenting)].found
    assert found.detour is not None
    running.run(plan)
    made = arranging.set_stop(
        plan, found.candidate, moment(TUESDAY, found.detour.start_min), by=world.producer
    )
    assert made.plan["breaches"] == []
