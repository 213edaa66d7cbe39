"""Day sheets: the ensemble's day with its drives, the presenter's visit alone, and nothing about money."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import advancing, contacts, day_sheets, standing
from bookings.candidates import candidate_id
from bookings.day_sheets import DaySheet, What
from bookings.models import Booking
from bookings.standing import Course
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held
from tests.checklists import fresh, prepared
from tests.world import World

ON = date(2027, 2, 3)


def live(world: World) -> dict[str, Booking]:
    found = world.tour.bookings.reserving().with_ground()
    return {candidate_id(booking=booking): booking for booking in found}


def course(world: World) -> Course:
    found = standing.as_agreed(world.tour, live(world).values(), None)
    assert found
    return found


def sheet_of(world: World, day: date = ON) -> DaySheet:
    [found] = day_sheets.of_tour(course(world), live(world), NOW, only=day)
    return found


def times(sheet: DaySheet) -> list[tuple[str, str, str]]:
    return [(line.what.value, f"{line.starts_at:%H:%M}", line.where) for line in sheet.lines]


class TestTheEnsemblesDay:
    def test_goes_from_gathering_to_the_drive_home(self, world: World) -> None:
        confirmed(world)
        found = [(what, where) for what, _at, where in times(sheet_of(world))]
        hall = "Backe bygdegård, salen"
        assert found == [
            ("call", "Östersund"),
            ("drive", "Backe"),
            ("get_in", hall),
            ("show", hall),
            ("get_out", hall),
            ("drive", "Östersund"),
        ]

    def test_everybody_gathers_when_the_first_drive_leaves(self, world: World) -> None:
        confirmed(world)
        call, drive, *_rest = sheet_of(world).lines
        assert (call.what, call.starts_at, call.ends_at) == (What.CALL, drive.starts_at, None)

    def test_counts_its_kilometres(self, world: World) -> None:
        """Östersund, Strömsund, Backe and back: 158 km each way."""
        confirmed(world)
        found = sheet_of(world)
        assert (found.km, found.drive_min > 0) == (316, True)

    def test_says_where_the_night_is(self, world: World) -> None:
        confirmed(world)
        found = sheet_of(world)
        assert (found.night, found.is_night_at_home) == ("Östersund", True)

    def test_has_several_visits(self, world: World) -> None:
        confirmed(world)
        held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + timedelta(hours=6))
        found = sheet_of(world)
        assert [str(visit.booking.presenter) for visit in found.visits] == [
            "Backe bygdegård",
            "Folkets hus Strömsund",
        ]
        assert [line.where for line in found.lines if line.what == What.SHOW] == [
            "Backe bygdegård, salen",
            "Folkets hus Strömsund, salen",
        ]

    def test_a_free_day_is_empty(self, world: World) -> None:
        confirmed(world)
        assert sheet_of(world, date(2027, 2, 8)).is_free

    def test_a_day_outside_the_tour_has_none(self, world: World) -> None:
        confirmed(world)
        assert day_sheets.of_tour(course(world), live(world), NOW, only=date(2027, 5, 1)) == []

    def test_every_day_comes_in_order(self, world: World) -> None:
        confirmed(world)
        found = [sheet.day for sheet in day_sheets.of_tour(course(world), live(world), NOW)]
        assert found == [world.tour.starts_on + n * DAY for n in range(12)]

    def test_without_a_course_only_the_visits_stand(self, world: World) -> None:
        confirmed(world)
        [found] = day_sheets.of_tour(None, live(world), NOW)
        assert (found.day, [line.what.value for line in found.lines], found.night) == (
            ON,
            ["get_in", "show", "get_out"],
            "",
        )


class TestOneVisit:
    def test_has_nothing_of_the_rest_of_the_tour(self, world: World) -> None:
        booking = confirmed(world)
        held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + timedelta(hours=6))
        found = day_sheets.of_visit(fresh(booking), NOW)
        assert ([visit.booking for visit in found.visits], found.night) == ([booking], "")
        assert [(what, at) for what, at, _where in times(found)] == [
            ("get_in", "09:00"),
            ("show", "10:15"),
            ("get_out", "11:00"),
        ]

    def test_several_shows_are_numbered(self, world: World) -> None:
        world.wish.shows_count = 2
        world.wish.save()
        found = day_sheets.of_visit(fresh(confirmed(world)), NOW)
        assert [line.number for line in found.lines if line.what == What.SHOW] == [1, 2]

    def test_names_those_who_were_named(self, world: World) -> None:
        booking = prepared(world)
        said = {"name": "Vaktmästaren", "phone": "070-2", "email": ""}
        contacts.name(booking, "artist_host", **said, by=world.presenter, now=NOW)
        [visit] = day_sheets.of_visit(fresh(booking), NOW).visits
        assert [(role.label, role.contact and role.contact.phone) for role in visit.contacts] == [
            ("Artist host", "070-2")
        ]

    def test_has_the_practical_facts_that_are_known(self, world: World) -> None:
        booking = prepared(world, needs={"helpers_in": 2})
        advancing.tell(booking, {"parking": "På gården"}, version=0, by=world.presenter, now=NOW)
        [visit] = day_sheets.of_visit(fresh(booking), NOW).visits
        assert {fact.name: fact.told for fact in visit.practical} == {"parking": True, "helpers": False}

    def test_has_what_the_list_has_for_the_day(self, world: World) -> None:
        [visit] = day_sheets.of_visit(prepared(world), NOW).visits
        assert [entry.item.key for entry in visit.items] == ["met"]


def test_more_visits_ask_no_more_of_the_database(world: World) -> None:
    def asked() -> int:
        found, on = live(world), course(world)
        with CaptureQueriesContext(connection) as queries:
            day_sheets.of_tour(on, found, NOW)
        return len(queries)

    confirmed(world)
    one = asked()
    starts: datetime = SHOW_AT + 2 * DAY
    confirmed(world, wish=world.neighbour_wish, starts_at=starts)
    assert asked() == one
