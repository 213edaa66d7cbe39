"""Sub-events of a residency: when and where they may lie, who is told, and what is told of them afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bookings import slots
from bookings.errors import ItemChanged, SchoolSaysNo, SlotTaken
from bookings.models import Allocation, Notice, ResidencyChange, SubEvent
from bookings.residencies import days, ending, reserving, sub_events
from tests.bookings.residencies.moments import (
    ENDS,
    OVER,
    STARTS,
    added,
    confirmed,
    group,
    kinds_mailed,
    planned,
    said,
    workshop,
)
from tests.bookings.residencies.stays_made import NOW, Stay
from tests.bookings.visits import visit
from tests.factories import VenueFactory
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import Closure, SchoolBreak, SchoolHours

HOUR = timedelta(hours=1)


def at(*day: int) -> dict[str, Any]:
    """An hour of that day."""
    start = datetime(*day, 11, tzinfo=UTC)  # type: ignore[arg-type]
    return {"starts_at": start, "ends_at": start + HOUR}


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world)


def refusal(stay: Stay, **changes: Any) -> str:
    """Which field is blamed."""
    with pytest.raises(Refused) as refused:
        added(stay, **changes)
    assert not SubEvent.objects.exists()
    return refused.value.field


def change(event: SubEvent, stay: Stay, **changes: Any) -> SubEvent:
    data = replace(sub_events.standing(event), **changes)
    return sub_events.change(event, data, version=event.version, by=stay.world.presenter, now=NOW)


def cancel(event: SubEvent, stay: Stay, why: str = "Sjukdom.") -> SubEvent:
    return sub_events.cancel(event, why=why, version=event.version, by=stay.world.presenter, now=NOW)


def tell(event: SubEvent, stay: Stay, **told: Any) -> SubEvent:
    values = {"held": True, "attendance": 40, "young": 12, "version": event.version, **told}
    return sub_events.tell(event, **values, by=stay.world.presenter, now=OVER)


def test_it_is_added_where_the_residency_is_and_noted(stay: Stay) -> None:
    event = added(stay, is_public=True)
    assert (event.title, event.venue, event.sequence, event.version) == ("Öppen repetition", None, 0, 1)
    assert ResidencyChange.objects.get().action == "sub_event"
    assert not Allocation.objects.exists()
    assert kinds_mailed() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "concert"}, "kind"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"about": "x" * 2001}, "about"),
        ({"ends_at": STARTS}, "ends_at"),
        ({"ends_at": STARTS + timedelta(minutes=5)}, "ends_at"),
        ({"ends_at": STARTS + timedelta(hours=13)}, "ends_at"),
        (
            {
                "starts_at": datetime(2027, 5, 17, 11, tzinfo=UTC),
                "ends_at": datetime(2027, 5, 17, 12, tzinfo=UTC),
            },
            "starts_at",
        ),
        (
            {
                "starts_at": datetime(2027, 5, 2, 11, tzinfo=UTC),
                "ends_at": datetime(2027, 5, 2, 12, tzinfo=UTC),
            },
            "starts_at",
        ),
    ],
)
def test_what_can_not_be_is_refused_with_its_field(stay: Stay, changes: dict[str, Any], field: str) -> None:
    assert refusal(stay, **changes) == field


def test_outside_the_stay_the_days_are_named(stay: Stay) -> None:
    day = datetime(2027, 6, 1, 11, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        added(stay, starts_at=day, ends_at=day + HOUR)
    assert "3–16 May 2027" in refused.value.sentence


def test_an_evening_may_end_after_midnight(stay: Stay) -> None:
    """Half past ten to half past twelve, on the last evening."""
    start = datetime(2027, 5, 16, 20, 30, tzinfo=UTC)
    assert added(stay, starts_at=start, ends_at=start + 2 * HOUR).pk


def test_a_cancelled_residency_has_no_new_ones(world: World) -> None:
    stay = planned(world, status="cancelled", cancelled_at=NOW)
    with pytest.raises(NotNow):
        added(stay)


# -- Rooms ---------------------------------------


def test_another_venue_is_reserved_for_it(stay: Stay) -> None:
    event = added(stay, venue=stay.world.venue)
    row = Allocation.objects.get()
    assert (row.venue, row.sub_event, row.residency, row.is_blocking) == (
        stay.world.venue,
        event,
        stay.residency,
        True,
    )
    assert (row.occupied_from, row.occupied_to) == (STARTS, ENDS)


def test_another_houses_venue_is_the_officers_to_take(stay: Stay) -> None:
    """Wherever it is; once the residency has it, anybody in it may use it."""
    away = VenueFactory(place=stay.world.places["Backe"], organisation=stay.world.neighbouring)
    assert refusal(stay, venue=away) == "venue"
    assert sub_events.add(stay.residency, said(venue=away), by=stay.world.officer, now=NOW).venue == away
    SubEvent.objects.all().delete()
    reserving.reserve_room(stay.residency, away, version=1, by=stay.world.officer, now=NOW)
    assert added(stay, venue=away).venue == away


def test_the_residencys_own_room_is_not_reserved_twice(stay: Stay) -> None:
    reserving.reserve_room(stay.residency, stay.world.venue, version=1, by=stay.world.presenter, now=NOW)
    event = added(stay, venue=stay.world.venue)
    assert not event.allocations.exists()


def test_beyond_the_time_of_the_own_room_the_rest_is_reserved(stay: Stay) -> None:
    """From nine to twenty past one the residency has it: the sub-event takes what is left of it until two."""
    reserving.reserve_room(
        stay.residency,
        stay.world.venue,
        version=1,
        by=stay.world.presenter,
        now=NOW,
        hours=reserving.Hours(time(9), time(13, 20)),
    )
    event = added(stay, venue=stay.world.venue)
    row = Allocation.objects.get(sub_event=event)
    assert (row.occupied_from, row.occupied_to) == (STARTS + timedelta(minutes=20), ENDS)


def test_a_venue_that_a_visit_has_is_refused_in_words(world: World) -> None:
    show = visit(world)
    slots.allocate(show.booking)
    stay = confirmed(world, periods=[(date(2027, 2, 1), date(2027, 2, 28))])
    with pytest.raises(SlotTaken) as taken:
        added(stay, venue=world.venue, starts_at=show.starts_at, ends_at=show.starts_at + HOUR)
    assert (taken.value.field, str(world.tour) in taken.value.sentence) == ("venue", True)
    assert not SubEvent.objects.exists()


def test_nobody_elses_venue_in_another_municipality_is_reserved(stay: Stay) -> None:
    assert refusal(stay, venue=stay.world.school_venue) == "venue"


def test_a_venue_elsewhere_that_the_residency_has_may_be_its_room(stay: Stay) -> None:
    room = stay.world.school_venue
    reserving.reserve_room(stay.residency, room, **stay.act())
    assert added(stay, venue=room).venue == room


def test_a_closed_venue_is_refused_with_its_reason(stay: Stay) -> None:
    Closure.objects.create(
        venue=stay.world.venue, starts_at=STARTS - HOUR, ends_at=ENDS + HOUR, reason="Golvet slipas"
    )
    with pytest.raises(SlotTaken, match="Golvet slipas"):
        added(stay, venue=stay.world.venue)


def test_moving_moves_the_reservation_and_raises_the_sequence(stay: Stay) -> None:
    event = change(added(stay, venue=stay.world.venue), stay, starts_at=STARTS + HOUR, ends_at=ENDS + HOUR)
    assert (event.sequence, event.version) == (1, 2)
    assert Allocation.objects.get().occupied_from == STARTS + HOUR
    back = change(event, stay, venue=None, room="Kyrkan")
    assert (back.sequence, Allocation.objects.count()) == (2, 0)


def test_saying_the_same_changes_nothing(stay: Stay) -> None:
    event = added(stay, venue=stay.world.venue)
    assert change(event, stay).version == 1
    assert ResidencyChange.objects.count() == 1


def test_the_second_of_two_is_told(stay: Stay) -> None:
    event = added(stay)
    change(event, stay, title="Ny titel")
    with pytest.raises(ItemChanged):
        change(event, stay, title="Annan titel")


# -- Cancelled, and told of ---------------------------------------


def test_a_cancelled_one_stays_and_lets_its_room_go(stay: Stay) -> None:
    event = cancel(added(stay, venue=stay.world.venue), stay)
    assert (event.cancelled_why, event.sequence) == ("Sjukdom.", 1)
    assert not Allocation.objects.exists()
    assert not SubEvent.objects.standing().exists()


def test_cancelling_needs_a_reason_and_is_done_once(stay: Stay) -> None:
    event = added(stay)
    for why in (" ", "x" * 501):
        with pytest.raises(Refused) as refused:
            cancel(event, stay, why=why)
        assert refused.value.field == "why"
    event = cancel(event, stay)
    for step in (
        lambda: cancel(event, stay),
        lambda: change(event, stay, title="x"),
        lambda: tell(event, stay),
    ):
        with pytest.raises(NotNow):
            step()


def test_what_came_of_it_is_told_when_it_is_over(stay: Stay) -> None:
    event = added(stay)
    with pytest.raises(NotNow):
        sub_events.tell(
            event, held=True, attendance=1, young=0, version=1, by=stay.world.presenter, now=STARTS
        )
    event = tell(event, stay)
    assert (event.outcome, event.attendance, event.attendance_young, event.sequence) == ("held", 40, 12, 0)
    assert list(SubEvent.objects.counted()) == [event]
    assert tell(event, stay, held=False, attendance=None, young=None).outcome == "not_held"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"attendance": 10, "young": 11}, "attendance_young"),
        ({"attendance": None, "young": 3}, "attendance_young"),
        ({"attendance": -1, "young": None}, "attendance"),
        ({"held": False, "attendance": 4, "young": None}, "attendance"),
        ({"attendance": 40_000, "young": None}, "attendance"),
    ],
)
def test_numbers_that_can_not_be_are_refused(stay: Stay, told: dict[str, Any], field: str) -> None:
    event = added(stay)
    with pytest.raises(Refused) as refused:
        tell(event, stay, **told)
    assert refused.value.field == field


# -- Classes ---------------------------------------


def test_a_school_is_told_that_its_class_is_invited(stay: Stay) -> None:
    workshop(stay)
    mail = Notice.objects.get()
    assert (mail.kind, mail.to_email, mail.school) == (
        "sub_event_set",
        stay.world.school.email,
        stay.world.school.school,
    )
    assert "4A" in mail.body_text
    assert "Låtskrivande" in mail.subject


def test_a_move_and_a_cancellation_are_told_too(stay: Stay) -> None:
    event = change(workshop(stay), stay, starts_at=STARTS + HOUR, ends_at=ENDS + HOUR)
    event = change(event, stay, about="Ta med penna.")
    cancel(event, stay)
    assert kinds_mailed() == ["sub_event_set", "sub_event_changed", "sub_event_cancelled"]
    assert "Sjukdom." in Notice.objects.get(kind="sub_event_cancelled").body_text


def test_a_class_that_is_left_out_is_told_so(stay: Stay) -> None:
    event = workshop(stay)
    change(event, stay, groups=[])
    assert kinds_mailed() == ["sub_event_set", "sub_event_cancelled"]


def test_nobody_is_mailed_of_what_is_over(stay: Stay) -> None:
    data = said(kind="workshop", groups=[group(stay)])
    sub_events.add(stay.residency, data, by=stay.world.presenter, now=OVER)
    assert kinds_mailed() == []


def test_classes_are_invited_once_the_residency_is_confirmed(world: World) -> None:
    stay = planned(world)
    assert refusal(stay, groups=[group(stay)]) == "groups"


def test_only_classes_of_the_municipality_and_the_year(stay: Stay) -> None:
    elsewhere = group(stay)
    old = group(stay, "3A", school_year="2025/26")
    assert refusal(stay, groups=[old]) == "groups"
    stay.world.school.municipality = stay.world.places["Åre"].municipality
    stay.world.school.save()
    assert refusal(stay, groups=[elsewhere]) == "groups"


def test_a_day_off_is_warned_of_and_may_be_known(stay: Stay) -> None:
    klass = group(stay)
    SchoolBreak.objects.create(
        school=stay.world.school.school, starts_on=STARTS.date(), ends_on=STARTS.date(), name="Studiedag"
    )
    with pytest.raises(SchoolSaysNo, match="Studiedag"):
        workshop(stay, klass)
    event = sub_events.add(
        stay.residency, said(groups=[klass]), by=stay.world.presenter, now=NOW, despite=True
    )
    assert list(event.groups.all()) == [klass]


def test_hours_and_lunch_are_warned_of(stay: Stay) -> None:
    klass = group(stay)
    SchoolHours.objects.create(school=stay.world.school.school, weekday=1, starts="08:00", ends="13:30")
    with pytest.raises(SchoolSaysNo, match="8.00–13.30"):
        workshop(stay, klass)


def test_a_class_sees_one_thing_a_day(stay: Stay) -> None:
    klass = group(stay)
    workshop(stay, klass)
    with pytest.raises(SlotTaken) as taken:
        added(stay, starts_at=STARTS + 3 * HOUR, ends_at=ENDS + 3 * HOUR, groups=[klass])
    assert taken.value.field == "groups"


def test_a_school_may_say_no_for_its_class(stay: Stay) -> None:
    event = workshop(stay)
    school = stay.world.school.school
    sub_events.take_groups_out(
        event, school, why="Prov den dagen.", version=1, by=stay.world.school_contact, now=NOW
    )
    mail = Notice.objects.get(kind="sub_event_declined")
    assert (event.groups.count(), mail.to_email) == (0, stay.world.presenting.email)
    assert "Prov den dagen." in mail.body_text
    with pytest.raises(NotNow):
        sub_events.take_groups_out(event, school, why="x", version=2, by=stay.world.school_contact, now=NOW)


def test_with_the_residency_its_sub_events_are_called_off(stay: Stay) -> None:
    event = workshop(stay, venue=stay.world.venue)
    ending.cancel(
        stay.residency, "region", why="Pengarna räckte inte.", version=1, by=stay.world.officer, now=NOW
    )
    event.refresh_from_db()
    assert (event.cancelled_why, Allocation.objects.count()) == ("Pengarna räckte inte.", 0)
    assert {"sub_event_set", "sub_event_cancelled"} <= set(kinds_mailed())


def test_the_days_do_not_leave_a_sub_event_behind(stay: Stay) -> None:
    added(stay)
    spans = [days.Days(date(2027, 5, 10), date(2027, 5, 16))]
    with pytest.raises(Refused, match="Öppen repetition"):
        days.set_days(stay.residency, spans, version=1, by=stay.world.presenter, now=NOW)


def test_no_pupils_name_is_anywhere() -> None:
    """A class has a name, a grade and a number; nobody in it has a name here."""
    names = {field.name for field in SubEvent._meta.get_fields()}
    assert not {name for name in names if "pupil" in name or "student" in name or "child" in name}
