"""A lost day: whose visits are hit, when each could be made up for, and who could have the day instead."""

from datetime import date, datetime, timedelta

import pytest

from bookings import make_up, orders
from bookings.make_up import Hit, LostDay
from bookings.models import Booking
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, agreement, confirmed, held, offered
from tests.world import World
from tours.models import Tour
from venues.models import Closure

WEDNESDAY = date(2027, 2, 3)


@pytest.fixture
def tour(world: World) -> Tour:
    return Tour.objects.with_ground().get(pk=world.tour.pk)


def lost(tour: Tour, now: datetime = NOW, **more: int) -> LostDay:
    return make_up.lost_day(tour, WEDNESDAY, now, **more)


def dates(hit: Hit, day: LostDay) -> list[date]:
    return [day.problem.days[other.day].date for other in hit.days]


def at_school(world: World) -> Booking:
    """The school on the same day, at 14 by order of the producer's telephone."""
    return held(world, wish=world.school_wish, starts_at=SHOW_AT.replace(hour=16, minute=0))


def test_every_visit_of_the_day_is_hit_in_order_of_time(tour: Tour, world: World) -> None:
    later, first = at_school(world), confirmed(world)
    held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
    assert make_up.hits_of(tour, WEDNESDAY, NOW) == [first, later]


def test_a_visit_that_is_over_is_not_hit(tour: Tour, world: World) -> None:
    booking = confirmed(world)
    assert make_up.hits_of(tour, WEDNESDAY, booking.occupied_to) == []


def test_each_hit_has_its_cheapest_days_the_nearest_first(tour: Tour, world: World) -> None:
    confirmed(world)
    day = lost(tour)
    (hit,) = make_up.outlook(day, ())
    expected = [date(2027, 2, 4), date(2027, 2, 2), date(2027, 2, 5), date(2027, 2, 1), date(2027, 2, 6)]
    assert (dates(hit, day), hit.count) == (expected, 10)


def test_on_a_day_with_another_visit_near_by_it_costs_less(tour: Tour, world: World) -> None:
    confirmed(world)
    near = SHOW_AT + 5 * DAY
    held(world, wish=world.neighbour_wish, starts_at=near.replace(hour=15))
    day = lost(tour)
    (hit,) = make_up.outlook(day, ())
    assert dates(hit, day)[0] == near.date()


def test_what_the_agreed_day_costs_is_told_beside_the_others(tour: Tour, world: World) -> None:
    confirmed(world)
    near = SHOW_AT + 5 * DAY
    held(world, wish=world.neighbour_wish, starts_at=near.replace(hour=15))
    (hit,) = make_up.outlook(lost(tour), ())
    assert hit.agreed is not None
    assert (hit.agreed.costs, hit.days[0].detour.costs < hit.agreed.costs) == (11_060, True)


def test_all_days_are_told_when_they_are_asked_for(tour: Tour, world: World) -> None:
    confirmed(world)
    (hit,) = make_up.outlook(lost(tour), (), told=None)
    assert (len(hit.days), hit.count) == (10, 10)


def test_days_that_have_passed_are_no_other_days(tour: Tour, world: World) -> None:
    confirmed(world)
    day = lost(tour, SHOW_AT - timedelta(hours=5))
    (hit,) = make_up.outlook(day, ())
    assert min(dates(hit, day)) == date(2027, 2, 4)


def test_days_on_which_the_venue_is_closed_are_no_other_days(tour: Tour, world: World) -> None:
    confirmed(world)
    Closure.objects.create(venue=world.venue, starts_at=SHOW_AT, ends_at=SHOW_AT + 4 * DAY)
    day = lost(tour)
    (hit,) = make_up.outlook(day, ())
    assert dates(hit, day)[:2] == [date(2027, 2, 2), date(2027, 2, 1)]


def test_where_no_day_is_legal_the_nearest_one_tells_its_rule(tour: Tour, world: World) -> None:
    Tour.objects.update(performances_per_day=1)
    confirmed(world)
    held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
    world.wish.spans.update(starts_on=WEDNESDAY, ends_on=date(2027, 2, 4))
    (hit,) = make_up.outlook(lost(Tour.objects.with_ground().get()), ())
    assert hit.hindered is not None
    assert hit.hindered.breach is not None
    assert (hit.days, hit.hindered.day, hit.hindered.breach.rule) == ((), 3, "performances_per_day")


def test_the_best_days_of_two_go_together(tour: Tour, world: World) -> None:
    confirmed(world)
    at_school(world)
    day = lost(tour)
    best = make_up.best_days(day)
    assert {stop.candidate for stop in best} == {f"w{world.wish.pk}", f"w{world.school_wish.pk}"}
    assert make_up.fitting(day, best) == (best, ())


def test_a_chosen_day_is_told_even_if_it_is_not_among_the_cheapest(tour: Tour, world: World) -> None:
    booking = confirmed(world)
    day = lost(tour)
    last = day.stop(booking, SHOW_AT.replace(day=12))
    (hit,) = make_up.outlook(day, [last])
    assert (hit.chosen, dates(hit, day)[-1], len(hit.days)) == (last, date(2027, 2, 12), 6)


def test_the_lost_day_itself_is_not_fitting(tour: Tour, world: World) -> None:
    booking = confirmed(world)
    day = lost(tour)
    good, (clash,) = make_up.fitting(day, [day.stop(booking, SHOW_AT)])
    assert (good, clash.stop, clash.breach) == ((), day.missed[0], None)


def test_nobody_works_on_a_day_on_which_the_ensemble_cannot(tour: Tour, world: World) -> None:
    booking = confirmed(world)
    kinds = [lost(tour, **only).problem.days[2].kind for only in ({}, {"only": booking.pk})]
    assert kinds == ["no_work", "work"]


def test_one_presenter_who_cannot_leaves_the_others_of_the_day(tour: Tour, world: World) -> None:
    booking, other = confirmed(world), at_school(world)
    day = lost(tour, only=booking.pk)
    assert day.hits == (booking,)
    assert [stop.candidate for stop in day.kept] == [f"w{other.wish_id}"]


def test_a_freed_day_lists_open_wishes_before_those_who_have_not_wished(tour: Tour, world: World) -> None:
    place = world.places["Åre"]
    host = make.OrganisationFactory(name="Åre bygdegård", municipality=place.municipality)
    make.VenueFactory(organisation=host, place=place, seats=120, max_persons=150)
    booking = confirmed(world)
    found = make_up.instead(lost(tour, only=booking.pk), ())
    names = [str(one.match.organisation) for one in found]
    assert names == [str(world.school), str(world.neighbouring), str(host)]


def test_a_day_that_goes_beyond_an_agreement_says_so(tour: Tour, world: World) -> None:
    agreement(world, work_plus_travel_day_h=1)
    confirmed(world)
    (hit,) = make_up.outlook(lost(tour), ())
    assert [(c.rule, c.day) for c in hit.days[0].cautions] == [("total_day", hit.days[0].day)]


def test_a_day_off_stays_one(tour: Tour, world: World) -> None:
    orders.forbid_day(tour, date(2027, 2, 2), by=world.producer)
    confirmed(world)
    assert [row.kind for row in lost(tour).problem.days[:3]] == ["work", "no_work", "no_work"]


def test_an_offered_visit_keeps_its_other_days(tour: Tour, world: World) -> None:
    offered(world)
    assert [hit.count for hit in make_up.outlook(lost(tour), ())] == [10]
