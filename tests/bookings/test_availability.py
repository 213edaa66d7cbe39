"""When a wish can be played: its own times, less closures, other visits, breaks and red days."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from bookings.availability import Availability, visit_of
from bookings.models.booking import Status
from tests import factories as make
from tests.agreements import SHOW_AT, held, in_state
from tests.world import World
from tours.models import Tour, Wish
from venues.models import Closure, SchoolBreak, SchoolYear
from venues.red_days import public_holidays

WHOLE_DAY = (540, 1140)


def windows(world: World, wish: Wish | None = None) -> dict[date, list[tuple[int, int]]]:
    wish = Wish.objects.with_ground().get(pk=(wish or world.wish).pk)
    tour = Tour.objects.with_ground().get(pk=world.tour.pk)
    found: dict[date, list[tuple[int, int]]] = {}
    for day, low, high in Availability(tour, [wish]).windows(wish):
        found.setdefault(day, []).append((low, high))
    return found


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(2027, 2, day, hour, minute))


def feb(day: int) -> date:
    return date(2027, 2, day)


def test_a_wish_can_be_played_on_each_of_its_days(world: World) -> None:
    assert windows(world) == {feb(day): [WHOLE_DAY] for day in range(1, 13)}


def test_days_outside_the_tour_do_not_count(world: World) -> None:
    world.wish.spans.update(starts_on=date(2027, 1, 20), ends_on=feb(2))
    assert list(windows(world)) == [feb(1), feb(2)]


def test_a_closed_venue_takes_the_visit_with_its_get_in_and_get_out(world: World) -> None:
    """75 min before a show and 90 after its start: from 12.00 to 13.00 nothing starts between 10.30 and 14.15."""
    Closure.objects.create(venue=world.venue, starts_at=at(3, 12), ends_at=at(3, 13))
    assert windows(world)[feb(3)] == [(540, 630), (855, 1140)]


def test_a_closed_organisation_is_as_good_as_a_closed_venue(world: World) -> None:
    Closure.objects.create(organisation=world.presenting, starts_at=at(3), ends_at=at(4))
    assert feb(3) not in windows(world)


def test_a_school_can_not_from_the_day_on_which_it_is_no_more(world: World) -> None:
    make.SchoolFactory(organisation=world.presenting, place=world.places["Backe"], ceased_on=feb(4))
    assert list(windows(world)) == [feb(1), feb(2), feb(3)]


def test_a_school_that_has_ceased_on_a_day_that_nobody_knows_can_not(world: World) -> None:
    make.SchoolFactory(organisation=world.presenting, place=world.places["Backe"], status="ceased")
    assert windows(world) == {}


def test_another_hosts_closure_is_no_concern(world: World) -> None:
    Closure.objects.create(venue=world.neighbour_venue, starts_at=at(1), ends_at=at(13))
    assert len(windows(world)) == 12


def test_another_tours_visit_takes_the_venue(world: World) -> None:
    other = make.TourFactory(production=world.production, season=world.season)
    held(world, tour=other)
    assert windows(world)[SHOW_AT.date()] == [(840, 1140)]


def test_a_visit_that_came_to_nothing_takes_nothing(world: World) -> None:
    booking = in_state(world, Status.HELD)
    booking.allocations.update(is_blocking=False)
    assert windows(world)[SHOW_AT.date()] == [WHOLE_DAY]


def test_this_tours_own_visit_is_in_nobodys_way(world: World) -> None:
    held(world)
    assert windows(world)[SHOW_AT.date()] == [WHOLE_DAY]


def test_a_school_is_not_there_at_weekends(world: World) -> None:
    days = windows(world, world.school_wish)
    assert [day for day in (feb(6), feb(7)) if day in days] == []


def test_a_school_is_not_there_in_its_break(world: World) -> None:
    here = world.school_venue.place.municipality
    SchoolBreak.objects.create(municipality=here, name="Sportlov", starts_on=feb(8), ends_on=feb(12))
    assert list(windows(world, world.school_wish)) == [feb(day) for day in range(1, 6)]


def test_another_municipalitys_break_is_no_concern(world: World) -> None:
    elsewhere = world.places["Åre"].municipality
    SchoolBreak.objects.create(municipality=elsewhere, name="Sportlov", starts_on=feb(8), ends_on=feb(12))
    assert len(windows(world, world.school_wish)) == 10


def test_a_school_is_not_there_on_days_of_its_own(world: World) -> None:
    SchoolBreak.objects.create(
        school=world.school.school, kind="staff", name="Studiedag", starts_on=feb(8), ends_on=feb(8)
    )
    assert feb(8) not in windows(world, world.school_wish)
    assert len(windows(world, world.school_wish)) == 9


def test_another_schools_own_day_is_no_concern(world: World) -> None:
    other = make.SchoolFactory(place=world.places["Krokom"])
    SchoolBreak.objects.create(school=other, name="Studiedag", starts_on=feb(8), ends_on=feb(8))
    assert len(windows(world, world.school_wish)) == 10


def test_a_school_that_has_school_all_the_same_can_be_visited(world: World) -> None:
    here = world.school_venue.place.municipality
    SchoolBreak.objects.create(municipality=here, name="Sportlov", starts_on=feb(8), ends_on=feb(12))
    SchoolBreak.objects.create(
        school=world.school.school, kind="open", name="Skola som vanligt", starts_on=feb(8), ends_on=feb(9)
    )
    assert list(windows(world, world.school_wish))[-2:] == [feb(8), feb(9)]


def test_a_school_is_not_there_before_its_term(world: World) -> None:
    SchoolYear.objects.create(
        municipality=world.school_venue.place.municipality,
        year=2026,
        autumn_ends_on=date(2026, 12, 18),
        spring_starts_on=feb(4),
    )
    assert list(windows(world, world.school_wish))[0] == feb(4)


def test_a_school_in_another_municipalitys_house_follows_its_own(world: World) -> None:
    Wish.objects.filter(pk=world.school_wish.pk).update(venue=world.venue)
    SchoolBreak.objects.create(
        municipality=world.places["Backe"].municipality, name="Sportlov", starts_on=feb(8), ends_on=feb(12)
    )
    assert len(windows(world, world.school_wish)) == 10


def test_the_public_comes_in_breaks_too(world: World) -> None:
    here = world.venue.place.municipality
    SchoolBreak.objects.create(municipality=here, name="Sportlov", starts_on=feb(8), ends_on=feb(12))
    assert len(windows(world)) == 12


def test_a_school_is_not_there_on_red_days(world: World) -> None:
    Tour.objects.update(starts_on=date(2027, 5, 5), ends_on=date(2027, 5, 7))
    world.school_wish.spans.update(starts_on=date(2027, 5, 5), ends_on=date(2027, 5, 7))
    assert list(windows(world, world.school_wish)) == [date(2027, 5, 5), date(2027, 5, 7)]


def test_several_spans_add_up(world: World) -> None:
    world.wish.spans.update(starts_on=feb(1), ends_on=feb(1), latest=time(10))
    make.WishSpanFactory(
        wish=world.wish, starts_on=feb(1), ends_on=feb(1), earliest=time(18), latest=time(19)
    )
    assert windows(world) == {feb(1): [(540, 600), (1080, 1140)]}


def test_a_visit_takes_get_in_shows_and_get_out(world: World) -> None:
    visit = visit_of(world.tour, 2)
    assert (visit.get_in_min, visit.show_min, visit.get_out_min) == (75, 120, 45)


@pytest.mark.parametrize(("country", "day"), [("SE", date(2027, 6, 6)), ("NO", date(2027, 5, 17))])
def test_each_country_has_its_own_red_days(country: str, day: date) -> None:
    assert day in public_holidays(country, date(2027, 5, 1), date(2027, 6, 30))


def test_ordinary_sundays_are_no_red_days() -> None:
    assert public_holidays("SE", date(2027, 2, 1), date(2027, 2, 28)) == {}
