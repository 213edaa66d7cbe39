"""After any history of writes and readings every calendar that is sent is what the database says."""

import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from bookings import checking_feeds, feeds, history, stored_feeds
from bookings.feeds import Address
from bookings.models import Booking, Performance, VisitGroup
from tests import factories as make
from tests.bookings.ical_reader import vevents
from tests.bookings.stored import address, body_at
from tests.bookings.visits import NOW, STARTS_AT, visit
from tests.world import World
from tours.models import Season
from venues.models import Municipality, Organisation, Place, Region, Road, Venue

EXAMPLES = int(os.environ.get("TURNE_TEST_EXAMPLES", "6"))
STEPS = 25
HOUR = timedelta(hours=1)
WHICH = st.integers(0, 3)
WORDS = st.sampled_from(["Trumman", "Ängen; åsen, älven", "Ä" * 60, "A\\nB"])
STATES = st.sampled_from(["held", "offered", "confirmed", "cancelled", "postponed", "withdrawn"])
KINDS = ["municipality", "place", "presenter", "venue", "production", "ensemble", "tour", "season", "region"]


class Histories(RuleBasedStateMachine):
    """Rows are written as they come, by no verb; feeds are read in between, and days pass."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.kept = transaction.atomic()
        self.kept.__enter__()
        self.now: datetime = NOW
        self.last: dict[str, dict[str, tuple[int, str]]] = {}
        world = self.world
        self.guest = make.GroupFactory(school__organisation__name="Byskolan")
        guest = self.guest.school.organisation
        self.addresses = [
            *(address(world, kind) for kind in KINDS),
            address(world, "region", "audience=family&spans=1"),
            Address("presenter", world.neighbouring.slug),
            feeds.private_address("presenter", world.presenting.pk),
            feeds.private_address("producer", world.producing.pk),
            feeds.private_address("ensemble", world.ensemble.pk),
            feeds.private_address("presenter", guest.pk),
            Address("school", guest.slug),
        ]
        self.prepare()
        self.read_all()

    def prepare(self) -> None:
        """What stands when the history begins."""
        visit(self.world)

    def read_all(self) -> None:
        """At first, so that each write is one that somebody has not seen; and at last."""
        for number in range(len(self.addresses)):
            self.read(number)

    def teardown(self) -> None:
        try:
            self.read_all()
            assert list(checking_feeds.differences(self.now)) == []
        finally:
            transaction.set_rollback(True)
            self.kept.__exit__(None, None, None)

    def booking(self, which: int) -> Booking | None:
        rows = list(Booking.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def write(self, which: int, **fields: Any) -> None:
        if booking := self.booking(which):
            Booking.objects.filter(pk=booking.pk).update(changed_at=self.now, **fields)

    @precondition(lambda self: Booking.objects.count() < 4)
    @rule(days=st.integers(0, 20), audience=st.sampled_from(["public", "family"]))
    def add(self, days: int, audience: str) -> None:
        visit(self.world, STARTS_AT + timedelta(days=days), changed_at=self.now, audience=audience)

    @rule(which=WHICH, status=STATES)
    def change_state(self, which: int, status: str) -> None:
        self.write(which, status=status)
        Performance.objects.filter(booking=self.booking(which)).update(sequence=self.next_sequence(which))

    def next_sequence(self, which: int) -> int:
        show = Performance.objects.filter(booking=self.booking(which)).first()
        return show.sequence + 1 if show else 0

    @rule(which=WHICH, is_published=st.booleans())
    def publish(self, which: int, is_published: bool) -> None:
        self.write(which, published_at=self.now if is_published else None)

    @rule(which=WHICH, days=st.integers(-40, 40))
    def move(self, which: int, days: int) -> None:
        starts_at = STARTS_AT + timedelta(days=days)
        Performance.objects.filter(booking=self.booking(which)).update(
            starts_at=starts_at, ends_at=starts_at + HOUR, sequence=self.next_sequence(which)
        )

    @rule(which=WHICH)
    def move_house(self, which: int) -> None:
        if booking := self.booking(which):
            home = booking.venue_id == self.world.venue.pk
            there, host = (
                (self.world.neighbour_venue, self.world.neighbouring)
                if home
                else (self.world.venue, self.world.presenting)
            )
            self.write(which, venue=there, presenter=host)

    @rule(which=WHICH)
    def delete(self, which: int) -> None:
        if booking := self.booking(which):
            booking.delete()

    @rule(which=WHICH, count=st.integers(1, 40))
    def bring_guests(self, which: int, count: int) -> None:
        if booking := self.booking(which):
            told = {"pupils_count": count}
            VisitGroup.objects.update_or_create(booking=booking, group=self.guest, defaults=told)

    @rule(which=WHICH)
    def leave_guests_at_home(self, which: int) -> None:
        VisitGroup.objects.filter(booking=self.booking(which)).delete()

    @rule(which=WHICH)
    def write_history(self, which: int) -> None:
        if booking := self.booking(which):
            history.note(booking, "practical", booking.status, self.world.presenter, self.now)

    @rule(model=st.sampled_from([Venue, Organisation, Place, Municipality, Region, Season]), name=WORDS)
    def rename(self, model: Any, name: str) -> None:
        row = {
            Venue: self.world.venue,
            Organisation: self.world.presenting,
            Place: self.world.venue.place,
            Municipality: self.world.venue.place.municipality,
            Region: self.world.season.region,
            Season: self.world.season,
        }[model]
        model.objects.filter(pk=row.pk).update(name=name)

    @rule(title=WORDS)
    def retitle(self, title: str) -> None:
        type(self.world.production).objects.filter(pk=self.world.production.pk).update(title=title)

    @rule()
    def move_the_venue(self) -> None:
        places = [self.world.venue.place_id, self.world.neighbour_venue.place_id]
        standing = Venue.objects.get(pk=self.world.venue.pk).place_id
        Venue.objects.filter(pk=self.world.venue.pk).update(place=places[standing == places[0]])

    @rule(km=st.integers(1, 30))
    def lengthen_the_roads(self, km: int) -> None:
        Road.objects.update(km=F("km") + km)

    @rule(hours=st.sampled_from([0, 1, 9, 24]))
    def pass_time(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(number=st.integers(0, 14))
    def read(self, number: int) -> None:
        """What is sent is right, and no entry goes back."""
        where = self.addresses[number]
        calendar = where.calendar()
        if calendar is None:
            assert stored_feeds.look(where, self.now.date()) is None
            return
        body = body_at(where, self.now)
        assert body == checking_feeds.anew(where.calendar() or calendar, self.now)
        seen = {
            event.text("UID"): (int(event.text("SEQUENCE")), event.text("LAST-MODIFIED"))
            for event in vevents(body)
        }
        before = self.last.get(str(where), {})
        assert [uid for uid in seen if uid in before and seen[uid] < before[uid]] == []
        self.last[str(where)] = before | seen


@pytest.fixture
def histories(world: World) -> type[Histories]:
    class Here(Histories):
        pass

    Here.world = world
    return Here


def settled(**more: Any) -> settings:
    return settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        **more,
    )


def drop_triggers(*names: str) -> None:
    """Of the tables that are called so; nobody notes any more that they are written."""
    with connection.cursor() as cursor:
        for name in names:
            if connection.vendor == "sqlite":
                for event in ("insert", "update", "delete"):
                    cursor.execute(f"DROP TRIGGER {name}_noted_{event}")
            else:
                cursor.execute(f"DROP TRIGGER {name}_noted ON bookings_{name.replace('_', '')}")


def test_what_is_sent_is_what_the_database_says(histories: type[Histories]) -> None:
    run_state_machine_as_test(
        histories, settings=settled(derandomize="TURNE_TEST_EXAMPLES" not in os.environ)
    )


def test_without_its_triggers_it_is_not(histories: type[Histories]) -> None:
    """The control: nobody notes that visits are written."""
    drop_triggers("booking", "performance", "booking_change")
    with pytest.raises(AssertionError):
        run_state_machine_as_test(histories, settings=settled(derandomize=True))
