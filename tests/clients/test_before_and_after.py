"""A program that asks again and again over HTTP, while the visit that it shows lives its life."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import pytest

from bookings import changing, feed_links, lifecycle, postponing
from bookings.models import Booking, Feed
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held
from tests.api.fed import HOUR, Clock
from tests.bookings.ical_reader import Block, vevents
from tests.bookings.visits import visit
from tests.clients.serving import get, serving
from tests.world import World

Verb = Callable[[World, Booking, datetime], object]


class Copy(NamedTuple):
    """What a program holds of an address after it has asked."""

    etag: str
    modified: datetime
    body: bytes

    @property
    def entries(self) -> dict[str, Block]:
        return {event.text("UID"): event for event in vevents(self.body)}

    @property
    def ages(self) -> dict[str, tuple[int, str]]:
        """UID -> SEQUENCE and LAST-MODIFIED."""
        return {
            uid: (int(event.text("SEQUENCE")), event.text("LAST-MODIFIED"))
            for uid, event in self.entries.items()
        }


class Programs(NamedTuple):
    """Two that ask: one subscribes to the presenter's open calendar, one has a private link."""

    clock: Clock
    addresses: dict[str, str]

    def ask(self, which: str) -> Copy:
        """What is sent to somebody who has nothing."""
        answer = get(self.addresses[which])
        assert answer.status == 200
        return Copy(
            answer.headers["ETag"], parsedate_to_datetime(answer.headers["Last-Modified"]), answer.body
        )

    def has_news(self, which: str, copy: Copy) -> bool:
        """Whether somebody who has a copy gets another."""
        answer = get(self.addresses[which], If_None_Match=copy.etag)
        assert (answer.status, bool(answer.body)) in {(200, True), (304, False)}
        return answer.status == 200


@pytest.fixture
def programs(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Programs]:
    clock = Clock()
    clock.now = NOW
    monkeypatch.setattr("django.utils.timezone.now", clock)
    whose = feed_links.Whose(world.presenting, Feed.Scope.PRESENTER)
    _feed, token = feed_links.create_feed(whose, "Vaktmästaren", world.presenter)
    paths = {"open": f"arrangor/{world.presenting.slug}", "secret": f"privat/{token}"}
    with serving() as site:
        yield Programs(clock, {name: f"{site}/ical/{path}.ics" for name, path in paths.items()})


@pytest.fixture
def booking(world: World) -> Booking:
    """A visit that is agreed on, and so in the open calendars."""
    return confirmed(world)


def move(world: World, booking: Booking, now: datetime) -> None:
    changing.propose_change(
        booking, by=world.producer, now=now, reason="Bilen är på verkstad.", starts_at=SHOW_AT + DAY
    )
    changing.accept_change(booking, by=world.presenter, now=now)


def cancel(world: World, booking: Booking, now: datetime) -> None:
    lifecycle.cancel(booking, by=world.producer, now=now, reason="Sjukdom.")


def postpone(world: World, booking: Booking, now: datetime) -> None:
    postponing.postpone(booking, by=world.producer, now=now, reason="Taket läcker.")


def confirm_again(world: World, booking: Booking, now: datetime) -> None:
    postponing.reschedule(booking, by=world.producer, now=now, starts_at=SHOW_AT + 5 * DAY)
    lifecycle.confirm(booking, by=world.presenter, now=now)


#: What happens -> what has happened before.
CHANGES: dict[str, tuple[Verb, tuple[Verb, ...]]] = {
    "moved": (move, ()),
    "cancelled": (cancel, ()),
    "postponed": (postpone, ()),
    "confirmed again": (confirm_again, (postpone,)),
}
pytestmark = pytest.mark.parametrize("which", ["open", "secret"])


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_keeps_the_uid_and_is_newer_in_every_way(
    world: World, programs: Programs, booking: Booking, change: str, which: str
) -> None:
    verb, earlier = CHANGES[change]
    for step in earlier:
        step(world, booking, NOW)
    before = programs.ask(which)
    programs.clock.now += HOUR
    verb(world, booking, programs.clock.now)
    assert programs.has_news(which, before)
    after = programs.ask(which)
    ((uid, old),) = before.ages.items()
    assert list(after.ages) == [uid]
    assert after.ages[uid][0] > old[0]
    assert after.ages[uid][1] > old[1]
    assert (after.modified > before.modified, after.etag != before.etag) == (True, True)
    assert not programs.has_news(which, after)


def test_a_moved_one_stands_at_its_new_time(world, programs: Programs, booking, which: str) -> None:
    move(world, booking, NOW)
    (event,) = programs.ask(which).entries.values()
    assert (event.one("DTSTART").value, event.text("STATUS")) == ("20270204T111500", "CONFIRMED")


def test_a_cancelled_one_says_so_until_its_day_is_over(world, programs, booking, which: str) -> None:
    cancel(world, booking, NOW)
    for at in (NOW, SHOW_AT, SHOW_AT + DAY):
        programs.clock.now = at
        (event,) = programs.ask(which).entries.values()
        assert (event.text("STATUS"), event.one("DTSTART").value) == ("CANCELLED", "20270203T111500")
        assert event.text("SUMMARY").startswith("INSTÄLLT: ")


def test_one_that_was_called_off_is_confirmed_with_the_same_uid(world, programs, booking, which) -> None:
    postpone(world, booking, NOW)
    confirm_again(world, booking, NOW + HOUR)
    ((uid, event),) = programs.ask(which).entries.items()
    assert (uid, event.text("STATUS")) == (f"{booking.performances.get().uid}@turne", "CONFIRMED")
    assert "INSTÄLLT" not in event.text("SUMMARY")


def test_one_that_is_deleted_leaves_the_others_alone(world, programs, booking, which: str) -> None:
    stays, leaves = f"{booking.performances.get().uid}@turne", visit(world, SHOW_AT + 5 * DAY)
    before = programs.ask(which)
    programs.clock.now += HOUR
    leaves.booking.delete()
    after = programs.ask(which)
    assert (len(before.ages), after.ages) == (2, {stays: before.ages[stays]})
    assert (after.modified > before.modified, after.etag != before.etag) == (True, True)


def test_nothing_ever_goes_back(world: World, programs: Programs, which: str) -> None:
    """A whole life: whoever asks after each step sees ages that rise, and news exactly when bytes have changed."""
    booking, copy = held(world), programs.ask(which)
    known: dict[str, tuple[int, str]] = dict(copy.ages)
    for step in (
        lambda now: lifecycle.move(booking, by=world.producer, now=now, starts_at=SHOW_AT + 2 * DAY),
        lambda now: lifecycle.offer(booking, by=world.producer, now=now),
        lambda now: lifecycle.confirm(booking, by=world.presenter, now=now),
        lambda now: move(world, booking, now),
        lambda now: postpone(world, booking, now),
        lambda now: postponing.reschedule(booking, by=world.producer, now=now, starts_at=SHOW_AT + 6 * DAY),
        lambda now: lifecycle.confirm(booking, by=world.presenter, now=now),
        lambda now: cancel(world, booking, now),
        lambda now: booking.performances.all().delete(),
    ):
        programs.clock.now += timedelta(seconds=90)
        booking.refresh_from_db()
        step(programs.clock.now)
        before, has_news, copy = copy, programs.has_news(which, copy), programs.ask(which)
        assert has_news == (copy.body != before.body) == (copy.etag != before.etag)
        assert copy.modified >= before.modified
        assert (copy.modified > before.modified) == has_news
        assert [uid for uid, age in copy.ages.items() if age < known.get(uid, age)] == []
        known |= copy.ages
    assert (list(known), copy.entries) == ([next(iter(known))], {})
