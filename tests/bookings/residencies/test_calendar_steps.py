"""What calendars count of a residency's verbs: a UID for life, and a SEQUENCE that rises with what is told anew."""

from datetime import date
from uuid import UUID

import pytest

from bookings import residency_entries
from bookings.feeds import private_address
from bookings.models import DroppedPeriod, ResidencyChange, ResidencyPeriod, SubEvent
from bookings.residencies import contracts, days, ending, sub_events
from bookings.residencies.days import Days
from bookings.residency_entries import Reader
from tests.bookings.residencies.moments import STARTS, added, workshop
from tests.bookings.residencies.stays_made import (
    ANSWER_BY,
    AUGUST,
    MAY,
    NOW,
    Stay,
    confirmed,
    offered,
    planned,
    reserved,
)
from tests.bookings.stored import body_at, dirty
from tests.factories import GroupFactory
from tests.world import World
from venues.models import Place

JUNE = (date(2027, 6, 7), date(2027, 6, 13))
READER = Reader("working")
Told = tuple[int, str]


def told(stay: Stay) -> dict[UUID, Told]:
    """SEQUENCE and STATUS of each of its days, by UID."""
    periods = ResidencyPeriod.objects.with_ground().filter(residency=stay.residency)
    gone = DroppedPeriod.objects.with_ground().filter(residency=stay.residency)
    entries = [
        *(residency_entries.span_of(row, READER) for row in periods),
        *(residency_entries.dropped_span_of(row, READER) for row in gone),
    ]
    return {entry.uid: (entry.sequence, entry.status) for entry in entries}


def sequence(stay: Stay, uid: UUID) -> int:
    return told(stay)[uid][0]


def pair(stay: Stay) -> list[ResidencyPeriod]:
    return list(stay.fresh().periods.all())


def send(stay: Stay) -> None:
    contracts.send(stay.residency, answer_by=ANSWER_BY, **stay.act())


def agree(stay: Stay, side: str, number: int = 1) -> None:
    contracts.agree(stay.residency, side, number=number, by=stay.artist, now=NOW)


def set_days(stay: Stay, *wanted: Days) -> None:
    days.set_days(stay.residency, wanted, **stay.act())


def elsewhere(stay: Stay) -> Place:
    return stay.world.neighbour_venue.place


def test_each_step_raises_the_sequence_of_the_same_uid(world: World) -> None:
    stay = reserved(world)
    may, august = pair(stay)
    found = [sequence(stay, may.uid)]
    for step in (
        lambda: send(stay),
        lambda: agree(stay, "host"),  # one side alone: its state stays
        lambda: agree(stay, "artist"),
        lambda: set_days(stay, Days(*JUNE, may.pk), Days(*AUGUST, august.pk)),
        lambda: send(stay),
        lambda: ending.cancel(stay.residency, "host", why="Huset är sålt.", **stay.act()),
        lambda: ending.move(stay.residency, world.neighbouring, elsewhere(stay), **stay.act()),
    ):
        step()
        found.append(sequence(stay, may.uid))
    assert found == [1, 2, 2, 3, 4, 5, 7, 9]


def test_each_change_of_state_is_a_line_of_its_history(world: World) -> None:
    stay = confirmed(world)
    may, august = pair(stay)
    set_days(stay, Days(*JUNE, may.pk), Days(*AUGUST, august.pk))
    send(stay)
    ending.cancel(stay.residency, "host", why="Huset är sålt.", **stay.act())
    ending.move(stay.residency, world.neighbouring, elsewhere(stay), **stay.act())
    lines = ResidencyChange.objects.filter(residency=stay.residency).order_by("pk")
    states = [(line.from_status, line.to_status) for line in lines if line.from_status != line.to_status]
    assert states == [
        ("", "planned"),
        ("planned", "offered"),
        ("offered", "confirmed"),
        ("confirmed", "offered"),
        ("offered", "cancelled"),
        ("cancelled", "planned"),
    ]


def test_days_that_are_taken_from_an_agreed_stay_are_told_as_cancelled(world: World) -> None:
    stay = confirmed(world)
    may, august = pair(stay)
    set_days(stay, Days(*AUGUST, august.pk))
    assert told(stay) == {may.uid: (4, "cancelled"), august.uid: (3, "confirmed")}


def test_while_a_later_contract_waits_they_are_too(world: World) -> None:
    stay = confirmed(world)
    may, august = pair(stay)
    set_days(stay, Days(*JUNE, may.pk), Days(*AUGUST, august.pk))
    send(stay)
    set_days(stay, Days(*AUGUST, august.pk))
    assert told(stay) == {may.uid: (6, "cancelled"), august.uid: (4, "tentative")}


@pytest.mark.parametrize("made", [planned, offered])
def test_what_was_never_agreed_leaves_no_trace(world: World, made) -> None:
    stay = made(world)
    _may, august = pair(stay)
    set_days(stay, Days(*AUGUST, august.pk))
    assert list(told(stay)) == [august.uid]


def test_days_that_are_written_as_they_stand_stay_the_same_period(world: World) -> None:
    stay = confirmed(world)
    before = told(stay)
    version = stay.residency.version
    set_days(stay, Days(*MAY), Days(*AUGUST))
    assert (told(stay), stay.fresh().version) == (before, version)
    set_days(stay, Days(*MAY), Days(*JUNE), Days(*AUGUST))
    assert {uid: one for uid, one in told(stay).items() if uid in before} == before


def test_a_split_period_stays_and_the_second_part_is_new(world: World) -> None:
    stay = confirmed(world)
    may, august = pair(stay)
    days.split(stay.residency, may, date(2027, 5, 10), **stay.act())
    first, second, third = pair(stay)
    assert (first.uid, first.sequence, first.changed_at) == (may.uid, may.sequence + 1, NOW)
    assert (third.uid, third.sequence) == (august.uid, august.sequence)
    assert second.uid not in {may.uid, august.uid}


class TestSubEvents:
    @pytest.fixture
    def stay(self, world: World) -> Stay:
        return confirmed(world)

    def read(self, event: SubEvent) -> tuple[UUID, int]:
        row = SubEvent.objects.get(pk=event.pk)
        return row.uid, row.sequence

    def test_each_verb_raises_it(self, stay: Stay) -> None:
        event = workshop(stay)
        by = {"by": stay.world.presenter, "now": NOW}
        later = {"starts_at": STARTS.replace(hour=13), "ends_at": STARTS.replace(hour=14)}
        data = sub_events.SubEventInput(**{**vars(sub_events.standing(event)), **later})
        event = sub_events.change(event, data, version=1, despite=True, **by)
        assert self.read(event) == (event.uid, 1)
        school = stay.world.school.school
        event = sub_events.take_groups_out(event, school, why="Prov.", version=2, **by)
        assert self.read(event) == (event.uid, 2)
        event = sub_events.cancel(event, why="Sjukdom.", version=3, **by)
        assert self.read(event) == (event.uid, 3)

    def test_with_the_residency_and_with_another_host_it_does_too(self, stay: Stay) -> None:
        event = added(stay)
        ending.cancel(stay.residency, "host", why="Huset är sålt.", **stay.act())
        assert self.read(event) == (event.uid, 1)

    def test_groups_alone_make_the_school_s_stored_calendar_stale(self, stay: Stay) -> None:
        event = workshop(stay)
        school = stay.world.school
        where = private_address("presenter", school.pk)
        other = GroupFactory(school=school.school, name="5C")
        seen: list[tuple[bool, list[str]]] = []
        for groups in ([*event.groups.all(), other], [other], []):
            body_at(where, NOW)
            assert str(where) not in dirty()
            data = sub_events.SubEventInput(**{**vars(sub_events.standing(event)), "groups": groups})
            event = sub_events.change(
                event, data, version=event.version, by=stay.world.presenter, now=NOW, despite=True
            )
            stale = str(where) in dirty()
            body = body_at(where, NOW).decode()
            seen.append((stale, [name for name in ("4A", "5C") if name in body]))
        assert seen == [(True, ["4A", "5C"]), (True, ["5C"]), (True, [])]
        assert event.sequence == 3

    def test_a_school_s_no_makes_it_stale(self, stay: Stay) -> None:
        event = workshop(stay)
        school = stay.world.school
        where = private_address("presenter", school.pk)
        body_at(where, NOW)
        sub_events.take_groups_out(
            event, school.school, why="Prov.", version=1, by=stay.world.presenter, now=NOW
        )
        assert str(where) in dirty()
