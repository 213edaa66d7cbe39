"""An ensemble's working days: what a day holds, when it is agreed, and what happens when no road leads there."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bookings import feed_links, ical, planning, running
from bookings.entries import entry_of
from bookings.models import Booking, BookingChange, Feed, Performance
from bookings.workdays import workdays
from tests import factories as make
from tests.agreements import night_in_backe
from tests.bookings.ical_reader import vevents
from tests.bookings.stored import body_of
from tests.bookings.visits import CHANGED_AT, NOW, STARTS_AT, visit
from tests.world import World
from venues.models import Road

SPAN = (datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC))


def days(world: World) -> list[ical.Workday]:
    return workdays(world.ensemble, *SPAN)


def test_a_day_runs_from_leaving_home_to_coming_back(world: World) -> None:
    visit(world)
    (day,) = days(world)
    assert [part.text for part in day.parts] == [
        "Samling: Östersund",
        "Körning till Backe, 158 km",
        "Inbygge: Backe bygdegård, salen, Backe bygdegård",
        "Ensemblen redo",
        "Publiken släpps in",
        "Föreställning",
        "Utrivning",
        "Körning till Östersund, 158 km",
    ]
    assert (day.starts_at, day.ends_at) == (day.parts[0].starts_at, day.parts[-1].ends_at)
    assert (day.places, day.night) == (("Backe",), "hemma")


def test_parts_follow_each_other_without_gaps_around_the_show(world: World) -> None:
    performance = visit(world)
    (day,) = days(world)
    show = next(part for part in day.parts if part.text == "Föreställning")
    assert (show.starts_at, show.ends_at) == (performance.starts_at, performance.ends_at)
    lasting = [part for part in day.parts if part.ends_at > part.starts_at]
    assert all(a.ends_at <= b.starts_at for a, b in zip(lasting, lasting[1:], strict=False))


def test_a_day_is_agreed_when_all_that_is_played_on_it_is(world: World) -> None:
    visit(world)
    visit(world, STARTS_AT + timedelta(days=1), status="offered", published_at=None)
    assert [day.is_agreed for day in days(world)] == [True, False]


def test_every_change_of_a_visit_raises_the_sequence(world: World) -> None:
    performance = visit(world)
    before = days(world)[0]
    BookingChange.objects.create(
        booking=performance.booking, at=CHANGED_AT, action="move", to_status="confirmed"
    )
    after = days(world)[0]
    assert (after.sequence, after.uid) == (before.sequence + 1, before.uid)


def test_what_came_to_nothing_is_no_work(world: World) -> None:
    visit(world, status="declined")
    assert days(world) == []


def test_days_outside_the_range_are_left_out(world: World) -> None:
    visit(world)
    assert workdays(world.ensemble, SPAN[0], STARTS_AT - timedelta(days=1)) == []


def test_another_ensembles_days_are_not_there(world: World) -> None:
    visit(world)
    assert workdays(make.EnsembleFactory(), *SPAN) == []


def test_the_adopted_plan_is_told_with_its_nights(world: World) -> None:
    proposal = running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    planning.adopt(proposal, by=world.producer, now=NOW)
    places = {place["id"]: place["name"] for place in proposal.problem["places"]}
    nights = [places[night] for night in proposal.plan["nights"]]
    told = {day.starts_at.date(): day.night for day in days(world)}
    first = world.tour.starts_on
    assert {on: nights[(on - first).days].replace("Östersund", "hemma") for on in told} == told


def test_without_a_road_the_visits_stand_alone_and_it_says_why(world: World) -> None:
    performance = visit(world)
    Road.objects.all().delete()
    (day,) = days(world)
    assert (day.starts_at, day.ends_at) == (
        performance.booking.occupied_from,
        performance.booking.occupied_to,
    )
    assert day.note.startswith("Körningarna är inte uträknade:")


def test_the_ensembles_feed_holds_its_performances_and_its_days(world: World) -> None:
    visit(world)
    whose = feed_links.Whose(world.producing, Feed.Scope.ENSEMBLE, world.ensemble)
    feed, _token = feed_links.create_feed(whose, "Ensemblen", world.producer)
    body = body_of(feed, NOW)
    show, day = vevents(body)
    assert [event.text("SUMMARY") for event in (show, day)] == [
        "Trumman och tystnaden, Backe",
        "Arbetsdag: Backe",
    ]
    assert "Natt: hemma" in day.text("DESCRIPTION")


def test_the_ensemble_is_ready_and_the_audience_comes_in_before_the_show(world: World) -> None:
    world.production.rider.call_min = 50
    world.production.rider.save()
    show = visit(world).starts_at
    (day,) = days(world)
    moments = {part.text: show - part.starts_at for part in day.parts if part.starts_at == part.ends_at}
    assert (moments["Ensemblen redo"], moments["Publiken släpps in"]) == (
        timedelta(minutes=50),
        timedelta(minutes=10),
    )


def test_a_day_and_its_shows_name_the_same_moments(world: World) -> None:
    """Two hours lie between the shows, and the rider asks for half an hour."""
    rider = world.production.rider
    rider.changeover_min, rider.call_min, rider.seating_min = 30, 60, 40
    rider.save()
    first = visit(world)
    later = first.ends_at + timedelta(hours=2)
    Performance.objects.create(
        booking=first.booking,
        number=2,
        starts_at=later,
        ends_at=later + timedelta(minutes=45),
        changed_at=NOW,
    )
    Booking.objects.update(occupied_to=later + timedelta(hours=2))
    shows = [entry_of(show) for show in Performance.objects.with_ground().order_by("number")]
    (day,) = days(world)
    told = [part.starts_at for part in day.parts if part.text in {"Ensemblen redo", "Publiken släpps in"}]
    assert told == [at for show in shows for at in (show.calls_at, show.seats_at)]


@pytest.mark.parametrize(
    ("rooms", "own", "night"),
    [(3, False, "Backe, hotell (3 rum)"), (0, False, "Backe"), (3, True, "Backe, egen logi")],
)
def test_a_night_away_says_in_how_many_rooms(world: World, rooms: int, own: bool, night: str) -> None:
    world.production.rider.accommodation_rooms, world.tour.finds_own_beds = rooms, own
    world.production.rider.save()
    world.tour.save()
    away = night_in_backe(world)
    assert {day.starts_at.date(): day.night for day in days(world)}[away] == night


def test_no_day_tells_what_anything_costs(world: World) -> None:
    visit(world, price=Decimal("9876.50"))
    (day,) = days(world)
    assert b"9876" not in ical.render_workday(day)


def test_the_same_bytes_come_twice(world: World) -> None:
    visit(world)
    whose = feed_links.Whose(world.producing, Feed.Scope.ENSEMBLE, world.ensemble)
    feed, _token = feed_links.create_feed(whose, "Ensemblen", world.producer)
    bodies = {body_of(feed, NOW) for _ in range(2)}
    assert len(bodies) == 1


def test_a_range_without_visits_asks_once_for_tours(world: World, django_assert_num_queries) -> None:
    Booking.objects.all().delete()
    with django_assert_num_queries(2):
        assert days(world) == []
