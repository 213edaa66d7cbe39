"""After any history of residencies and visits every calendar that is sent is what the database says."""

import os
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from bookings import dropped_periods, feeds
from bookings.feeds import Address
from bookings.models import Allocation, DayLine, Residency, ResidencyChange, ResidencyPeriod, SubEvent
from tests.bookings.stays import AGREED, FIRST, STARTS_AT, day_line, period, room, stay, sub_event
from tests.guarantees.test_calendars import HOUR, WHICH, WORDS, Histories, drop_triggers, settled
from tests.world import World
from venues.models import Group

DAYS = st.integers(-40, 40)
HOURS = st.sampled_from([(None, None), (time(9), None), (time(9), time(12)), (time(2, 30), time(3, 15))])
STATES = st.sampled_from(["planned", "offered", "confirmed", "cancelled"])


class StayHistories(Histories):
    """The same with residencies: their rows are written as they come, with the lines of their history."""

    made = 0

    def prepare(self) -> None:
        super().prepare()
        world = self.world
        self.addresses += [
            Address("residencies", world.season.region.slug),
            Address("municipality", world.neighbour_venue.place.municipality.slug),
            Address("venue", world.neighbour_venue.slug),
            Address("region", world.season.region.slug, "art_form=music&audience=public"),
            feeds.private_address("artist", world.stranger.pk),
            feeds.private_address("presenter", world.presenting.pk, "held=0"),
            feeds.private_address("crew", world.ensemble.pk),
            *(Address("residency", f"vistelse-{number}") for number in range(3)),
        ]
        self.add_stay()

    def stay(self, which: int) -> Residency | None:
        rows = list(Residency.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def write_stay(self, which: int, **fields: Any) -> None:
        if made := self.stay(which):
            Residency.objects.filter(pk=made.pk).update(changed_at=self.now, **fields)

    def period_of(self, which: int) -> ResidencyPeriod | None:
        rows = list(ResidencyPeriod.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def sub_event_of(self, which: int) -> SubEvent | None:
        rows = list(SubEvent.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def line_of(self, which: int) -> DayLine | None:
        rows = list(DayLine.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    @precondition(lambda self: Residency.objects.count() < 3)
    @rule()
    def add_stay(self) -> None:
        made = stay(
            self.world,
            slug=f"vistelse-{self.made}",
            artist=self.world.stranger,
            created_at=self.now,
            changed_at=self.now,
        )
        self.made += 1
        period(made, changed_at=self.now)
        sub_event(made, changed_at=self.now)
        day_line(made, changed_at=self.now)

    @rule(which=WHICH, status=STATES)
    def change_state_of_stay(self, which: int, status: str) -> None:
        if made := self.stay(which):
            at = self.now if status == "cancelled" else None
            self.write_stay(which, status=status, cancelled_at=at, **AGREED)
            ResidencyChange.objects.create(
                residency=made, at=self.now, action="step", from_status=made.status, to_status=status
            )

    @rule(which=WHICH, is_published=st.booleans())
    def publish_stay(self, which: int, is_published: bool) -> None:
        self.write_stay(which, published_at=self.now if is_published else None)

    @rule(which=WHICH, title=WORDS)
    def retitle_stay(self, which: int, title: str) -> None:
        self.write_stay(which, title=title)

    @rule(which=WHICH)
    def move_stay(self, which: int) -> None:
        if made := self.stay(which):
            world = self.world
            is_home = made.host_id == world.presenting.pk
            there = (
                (world.neighbouring, world.neighbour_venue.place)
                if is_home
                else (
                    world.presenting,
                    world.venue.place,
                )
            )
            self.write_stay(which, host=there[0], place=there[1])

    @rule(which=WHICH, is_played=st.booleans())
    def choose_ensemble(self, which: int, is_played: bool) -> None:
        ensemble, production = self.world.ensemble, self.world.production
        self.write_stay(
            which,
            ensemble=ensemble if is_played else None,
            production=production if is_played else None,
            artist=None if is_played else self.world.stranger,
        )

    @rule(which=WHICH)
    def delete_stay(self, which: int) -> None:
        if made := self.stay(which):
            made.delete()

    @rule(which=WHICH, days=DAYS)
    def split_stay(self, which: int, days: int) -> None:
        first = FIRST + timedelta(days=days)
        made = self.stay(which)
        if made and made.periods.count() < 3 and not made.periods.filter(starts_on=first).exists():
            period(made, first, first + timedelta(days=3), changed_at=self.now)

    @rule(which=WHICH, days=DAYS)
    def move_period(self, which: int, days: int) -> None:
        first: date = FIRST + timedelta(days=days)
        found = self.period_of(which)
        taken = found and found.residency.periods.filter(starts_on=first).exists()
        if found and not taken:
            ResidencyPeriod.objects.filter(pk=found.pk).update(
                starts_on=first, ends_on=first + timedelta(days=5), sequence=found.sequence + 1
            )

    @rule(which=WHICH)
    def drop_period(self, which: int) -> None:
        if found := self.period_of(which):
            dropped_periods.drop(found, self.now)

    @rule(which=WHICH)
    def take_a_room(self, which: int) -> None:
        Allocation.objects.filter(residency__isnull=False).delete()
        if found := self.period_of(which):
            room(found, self.world.neighbour_venue)

    @rule(which=WHICH, days=DAYS)
    def add_sub_event(self, which: int, days: int) -> None:
        made = self.stay(which)
        if made and made.sub_events.count() < 3:
            sub_event(made, STARTS_AT + timedelta(days=days), changed_at=self.now)

    @rule(which=WHICH, days=DAYS, has_venue=st.booleans(), is_public=st.booleans())
    def move_sub_event(self, which: int, days: int, has_venue: bool, is_public: bool) -> None:
        at = STARTS_AT + timedelta(days=days)
        if found := self.sub_event_of(which):
            SubEvent.objects.filter(pk=found.pk).update(
                starts_at=at,
                ends_at=at + HOUR,
                venue=self.world.venue if has_venue else None,
                is_public=is_public,
                sequence=found.sequence + 1,
            )

    @rule(which=WHICH)
    def cancel_sub_event(self, which: int) -> None:
        if found := self.sub_event_of(which):
            SubEvent.objects.filter(pk=found.pk).update(
                cancelled_at=self.now, cancelled_why="Sjukdom", sequence=found.sequence + 1
            )

    @rule(which=WHICH)
    def delete_sub_event(self, which: int) -> None:
        if found := self.sub_event_of(which):
            found.delete()

    @rule(which=WHICH, do_come=st.booleans())
    def bring_a_class(self, which: int, do_come: bool) -> None:
        """As its verb does: the groups, and the row that counts its versions."""
        if found := self.sub_event_of(which):
            found.groups.set([self.guest] if do_come else [])
            SubEvent.objects.filter(pk=found.pk).update(version=found.version + 1)

    @rule(which=WHICH, days=DAYS, hours=HOURS)
    def add_a_line(self, which: int, days: int, hours: Any) -> None:
        made = self.stay(which)
        if made and made.day_lines.count() < 3:
            on = FIRST + timedelta(days=days)
            day_line(made, on=on, starts=hours[0], ends=hours[1], changed_at=self.now)

    @rule(which=WHICH, hours=HOURS, words=WORDS)
    def say_a_line_anew(self, which: int, hours: Any, words: str) -> None:
        if found := self.line_of(which):
            more = {"starts": hours[0], "ends": hours[1], "words": words, "changed_at": self.now}
            DayLine.objects.filter(pk=found.pk).update(version=found.version + 1, **more)

    @rule(which=WHICH)
    def take_a_line_away(self, which: int) -> None:
        if found := self.line_of(which):
            found.delete()

    @rule(name=st.sampled_from(["4A", "5B; 5C"]))
    def rename_the_class(self, name: str) -> None:
        Group.objects.filter(pk=self.guest.pk).update(name=name)

    @rule(number=st.integers(0, 24))
    def read_stays(self, number: int) -> None:
        self.read(number)


@pytest.fixture
def histories(world: World) -> type[StayHistories]:
    class Here(StayHistories):
        pass

    Here.world = world
    return Here


def test_what_is_sent_is_what_the_database_says(histories: type[StayHistories]) -> None:
    run_state_machine_as_test(
        histories, settings=settled(derandomize="TURNE_TEST_EXAMPLES" not in os.environ)
    )


def test_without_its_triggers_it_is_not(histories: type[StayHistories]) -> None:
    """The control: nobody notes that residencies are written."""
    drop_triggers("residency", "residency_period", "sub_event", "day_line")
    with pytest.raises(AssertionError):
        run_state_machine_as_test(histories, settings=settled(derandomize=True))
