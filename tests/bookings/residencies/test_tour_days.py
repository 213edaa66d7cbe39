"""Residencies and tours of the same ensemble in the same days: kept away from, said, and never refused."""

from datetime import date, timedelta

from bookings import busy, lifecycle
from bookings.briefing import make_brief
from bookings.models import Booking
from bookings.residencies import tour_days
from tests.agreements import NOW, SHOW_AT, held
from tests.bookings.residencies.moments import confirmed, planned
from tests.bookings.residencies.stays_made import Stay
from tests.world import World
from tours.models import Tour
from venues.models import Road

#: Inside the world's tour, 1 to 12 February.
DAYS = (date(2027, 2, 3), date(2027, 2, 5))


def tour_of(world: World) -> Tour:
    found: Tour = Tour.objects.with_ground().get(pk=world.tour.pk)
    return found


def staying(world: World, **more: object) -> Stay:
    return confirmed(world, periods=[DAYS], ensemble=world.ensemble, **more)


def kinds(world: World) -> dict[str, str]:
    return {day["date"]: day["kind"] for day in make_brief(tour_of(world)).problem["days"]}


def test_a_plan_keeps_away_from_a_confirmed_residency(world: World) -> None:
    staying(world)
    found = kinds(world)
    assert [found[f"2027-02-0{day}"] for day in (2, 3, 4, 5, 8)] == ["work", "off", "off", "off", "work"]


def test_but_not_from_one_that_is_only_planned(world: World) -> None:
    planned(world, periods=[DAYS], ensemble=world.ensemble)
    assert kinds(world)["2027-02-03"] == "work"
    assert len(tour_days.stays_of(tour_of(world))) == 1


def test_nor_from_its_own(world: World) -> None:
    staying(world).residency.tours.add(world.tour)
    assert kinds(world)["2027-02-03"] == "work"
    assert tour_days.stays_of(tour_of(world)) == []


def test_nor_from_another_ensembles(world: World) -> None:
    confirmed(world, periods=[DAYS])
    assert tour_days.stays_of(tour_of(world)) == []


def test_the_day_says_why(world: World) -> None:
    staying(world)
    assert busy.notes_of(tour_of(world)) == dict.fromkeys(
        [DAYS[0], date(2027, 2, 4), DAYS[1]], "Residency in Backe: Vindens väg"
    )


def test_a_visit_is_held_all_the_same_and_keeps_its_day(world: World) -> None:
    stay = confirmed(
        world, periods=[(SHOW_AT.date(), SHOW_AT.date() + timedelta(days=1))], ensemble=world.ensemble
    )
    booking = held(world)
    lifecycle.offer(booking, by=world.producer, now=NOW)
    assert [one.residency for one in tour_days.stays_at(booking)] == [stay.residency]
    assert kinds(world)[SHOW_AT.date().isoformat()] == "work"


def test_how_far_visits_are_from_the_residency(world: World) -> None:
    staying(world)
    stays = tour_days.stays_of(tour_of(world))
    visits = [(DAYS[0], world.neighbour_venue), (date(2027, 2, 8), world.venue)]
    [found] = tour_days.away(stays, visits)
    assert (found.on, found.venue, found.drive_min) == (DAYS[0], world.neighbour_venue, 46)


def test_no_road_is_no_minutes(world: World) -> None:
    staying(world)
    Road.objects.filter(end=world.places["Backe"]).delete()
    [found] = tour_days.away(tour_days.stays_of(tour_of(world)), [(DAYS[0], world.neighbour_venue)])
    assert found.drive_min is None


def test_a_residency_knows_of_the_visits_in_its_days(world: World) -> None:
    booking = held(world)
    day = SHOW_AT.date()
    stay = confirmed(world, periods=[(day, day)], ensemble=world.ensemble)
    assert tour_days.visits_in(stay.residency) == [booking]
    stay.residency.tours.add(world.tour)
    assert tour_days.visits_in(stay.residency) == []


def test_visits_on_other_days_are_no_concern(world: World) -> None:
    held(world)
    day = SHOW_AT.date() + timedelta(days=1)
    stay = confirmed(world, periods=[(day, day)], ensemble=world.ensemble)
    assert tour_days.visits_in(stay.residency) == []


def test_without_ensemble_nothing_is_known(world: World) -> None:
    assert tour_days.visits_in(confirmed(world, periods=[DAYS]).residency) == []
    assert Booking.objects.count() == 0
