"""What a crew's house is mailed of the visit that it hosts: one mail a change, and none of what does not concern it."""

from datetime import timedelta

from bookings import changing, crews, lifecycle, postponing
from bookings.crew_notices import TASKS_MAX, task_lines
from bookings.models import CrewVisit, Notice
from tests.agreements import DAY, NOW, SHOW_AT, confirmed
from tests.crews import fresh, hosted
from tests.factories import VenueFactory
from tests.world import World


def mails(kind: str) -> list[Notice]:
    return list(Notice.objects.filter(kind=kind))


def moved(world: World, visit: CrewVisit, **changes: object) -> None:
    told = {"starts_at": SHOW_AT + DAY, **changes}
    booking = changing.propose_change(
        visit.booking,
        by=world.producer,
        now=NOW,
        reason="Bussen.",
        **told,  # type: ignore[arg-type]
    )
    changing.accept_change(booking, by=world.presenter, now=NOW)


def test_a_visit_that_is_moved_is_told_once_with_the_new_times(world: World) -> None:
    visit = hosted(world)
    world.presenting.language = "en"
    world.presenting.save()
    moved(world, fresh(visit))
    (mail,) = mails("crew_changed")
    assert (mail.to_email, mail.booking) == (world.presenting.email, visit.booking)
    assert "Thu 4 Feb 11:05: Open the doors" in mail.body_text
    assert f"/crew/besok/{visit.booking_id}/" in mail.body_text


def test_another_room_is_told(world: World) -> None:
    visit = hosted(world)
    room = VenueFactory(
        organisation=world.presenting, place=world.venue.place, name="Lilla salen", slug="lilla"
    )
    moved(world, visit, starts_at=SHOW_AT, venue=room)
    assert len(mails("crew_changed")) == 1


def test_another_number_of_shows_is_told(world: World) -> None:
    world.production.shows_per_day_max = 2
    world.production.save()
    moved(world, hosted(world), starts_at=SHOW_AT, shows_count=2)
    (mail,) = mails("crew_changed")
    assert mail.body_text.count("Öppna") == 2


def test_what_is_proposed_or_refused_is_not(world: World) -> None:
    visit = hosted(world)
    booking = changing.propose_change(
        visit.booking, by=world.producer, now=NOW, reason="Bussen.", starts_at=SHOW_AT + DAY
    )
    changing.refuse_change(booking, by=world.presenter, now=NOW, reason="Nej.")
    assert mails("crew_changed") == []


def test_a_cancellation_is_told_with_its_reason(world: World) -> None:
    lifecycle.cancel(hosted(world).booking, by=world.producer, now=NOW, reason="Sjukdom.")
    (mail,) = mails("crew_off")
    assert "Sjukdom." in mail.body_text


def test_postponed_and_agreed_anew_are_told_each(world: World) -> None:
    visit = hosted(world)
    booking = postponing.postpone(visit.booking, by=world.producer, now=NOW, reason="Snö.")
    booking = postponing.reschedule(booking, by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
    assert (len(mails("crew_off")), mails("crew_changed")) == (1, [])
    lifecycle.confirm(booking, by=world.presenter, now=NOW)
    assert len(mails("crew_changed")) == 1


def test_a_crew_that_has_left_is_told_nothing(world: World) -> None:
    visit = hosted(world)
    crews.leave(visit, by=world.presenter, now=NOW)
    lifecycle.cancel(visit.booking, by=world.producer, now=NOW, reason="Sjukdom.")
    assert mails("crew_off") == []


def test_a_visit_without_a_crew_writes_none(world: World) -> None:
    lifecycle.cancel(confirmed(world), by=world.producer, now=NOW, reason="Sjukdom.")
    assert mails("crew_off") == []


def test_many_tasks_are_told_in_short(world: World) -> None:
    visit = hosted(world)
    visit.tasks = [
        {"key": f"t{number}", "role": "press", "phase": "before", "offset_days": -1, "sv": "x", "en": "x"}
        for number in range(TASKS_MAX + 2)
    ]
    visit.save()
    assert len(task_lines(fresh(visit))) == TASKS_MAX + 2


def test_a_crew_is_told_at_once_of_what_is_near(world: World) -> None:
    visit = hosted(world)
    now = visit.booking.occupied_from - timedelta(hours=3)
    lifecycle.cancel(visit.booking, by=world.producer, now=now, reason="Sjukdom.")
    assert [mail.send_after for mail in mails("crew_off")] == [now]
