"""A crew's calendar: the visits that it hosts and its days of tasks, which follow the visit and bear no tick."""

from datetime import datetime, timedelta

from bookings import changing, crews, lifecycle, stored_feeds
from bookings.crew_days import crew_days
from bookings.feeds import KULTURCREW, private_address
from tests.agreements import DAY, NOW, SHOW_AT
from tests.bookings.ical_reader import vevents
from tests.crews import crew_of, hosted
from tests.world import World
from venues.models import Crew

SPAN = (NOW, NOW + timedelta(days=200))


def body_of(crew: Crew, now: datetime = NOW) -> bytes:
    made = stored_feeds.make(private_address(KULTURCREW, crew.pk), now)
    assert made
    return made.body


def summaries(crew: Crew) -> list[str]:
    return [event.text("SUMMARY") for event in vevents(body_of(crew))]


def test_a_day_is_from_its_first_task_to_its_last(world: World) -> None:
    visit = hosted(world)
    (day,) = crew_days(visit.crew, *SPAN)
    booking = visit.booking
    assert (day.starts_at, day.ends_at) == (
        booking.occupied_from - timedelta(minutes=15),
        booking.occupied_to + timedelta(minutes=15),
    )
    assert [part.text for part in day.parts] == ["Möt dem", "Öppna", "Tacka", "Städa"]
    assert day.before == ((SHOW_AT.date() - 7 * DAY, "Affischer"),)


def test_the_calendar_has_the_performance_and_the_day(world: World) -> None:
    visit = hosted(world)
    assert summaries(visit.crew)[-1] == "Lyktan är värd: Trumman och tystnaden"
    assert len(summaries(visit.crew)) == 2


def test_it_follows_when_the_visit_is_moved(world: World) -> None:
    visit = hosted(world)
    before = body_of(visit.crew)
    booking = changing.propose_change(
        visit.booking, by=world.producer, now=NOW, reason="Bussen.", starts_at=SHOW_AT + DAY
    )
    changing.accept_change(booking, by=world.presenter, now=NOW)
    old, new = (vevents(body)[-1] for body in (before, body_of(visit.crew)))
    starts = [event.text("DTSTART") for event in (old, new)]
    assert [text[:8] for text in starts] == ["20270203", "20270204"]
    assert (new.text("UID"), int(new.text("SEQUENCE")) > int(old.text("SEQUENCE"))) == (old.text("UID"), True)


def test_what_is_called_off_is_struck_out(world: World) -> None:
    visit = hosted(world)
    lifecycle.cancel(visit.booking, by=world.producer, now=NOW, reason="Sjukdom.")
    assert {event.text("STATUS") for event in vevents(body_of(visit.crew))} == {"CANCELLED"}


def test_what_the_crew_has_left_is_not_there(world: World) -> None:
    visit = hosted(world)
    body_of(visit.crew)
    crews.leave(visit, by=world.presenter, now=NOW)
    assert vevents(body_of(visit.crew)) == []


def test_a_visit_that_is_taken_makes_the_stored_calendar_anew(world: World) -> None:
    visit = hosted(world)
    other = crew_of(world.presenting, name="Andra")
    assert vevents(body_of(other)) == []
    crews.leave(visit, by=world.presenter, now=NOW)
    crews.take(visit.booking, other, by=world.presenter, now=NOW)
    assert len(vevents(body_of(other))) == 2


def test_another_name_of_the_crew_is_told(world: World) -> None:
    visit = hosted(world)
    body_of(visit.crew)
    Crew.objects.update(name="Ridån")
    assert summaries(visit.crew)[-1] == "Ridån är värd: Trumman och tystnaden"


def test_a_tick_changes_nothing(world: World) -> None:
    visit = hosted(world)
    before = body_of(visit.crew)
    crews.tick(visit, "doors-0", is_done=True, version=0, now=NOW, nickname="Kim")
    assert body_of(visit.crew) == before


def test_days_outside_the_range_are_left_out(world: World) -> None:
    assert crew_days(hosted(world).crew, NOW, NOW + DAY) == []


def test_it_tells_no_name_and_no_price(world: World) -> None:
    shown = body_of(hosted(world).crew).decode()
    people = [world.presenter.name, world.producer.name, world.presenting.email]
    assert [word for word in ("9800", "9 800", "SEK", *people) if word in shown] == []
