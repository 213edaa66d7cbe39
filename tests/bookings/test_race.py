"""Fifty at once on one slot: exactly one stands. And the same race without the guards, which is lost.

The rivals are further options of one and the same time, all of them offered, so that each confirmation has
to take the venue and the ensemble.
"""

import http.client
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models import Q
from django.test.testcases import QuietWSGIRequestHandler
from django.utils import timezone

from bookings import lifecycle, slots
from bookings.errors import SlotTaken
from bookings.models import Allocation, Booking
from bookings.models.booking import Status
from tests.agreements import NOW, SHOW_AT, mailed_token
from tests.races import at_once, when_let_in, wishes, without_the_constraint
from tests.world import World
from tours.models import Wish

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 50
FEW = 10


@pytest.fixture
def rivals(world: World) -> list[Booking]:
    """Fifty offered second options of one time."""
    return offers(world, RIVALS)


@pytest.fixture
def few(world: World) -> list[Booking]:
    """As many as it takes to lose a race."""
    return offers(world, FEW)


def offers(world: World, count: int) -> list[Booking]:
    bookings = []
    for wish in wishes(world, count):
        booking = lifecycle.hold(
            tour=world.tour, wish=wish, starts_at=SHOW_AT, by=world.producer, now=NOW, rank=2
        )
        bookings.append(lifecycle.offer(booking, by=world.producer, now=NOW))
    return bookings


def standing() -> tuple[int, int]:
    """How many bookings are confirmed, and how many reservations of the venue block."""
    confirmed = Booking.objects.filter(status=Status.CONFIRMED).count()
    return confirmed, Allocation.objects.filter(is_blocking=True, venue__isnull=False).count()


def confirm(booking: Booking) -> str:
    return lifecycle.confirm(booking, by=None, now=NOW).status


def test_fifty_confirmations_one_stands(rivals: list[Booking]) -> None:
    assert at_once(confirm, rivals) == {"confirmed": 1, "SlotTaken": RIVALS - 1}
    assert standing() == (1, 1)


def test_fifty_holds_one_stands(world: World) -> None:
    def hold(wish: Wish) -> str:
        values = {"tour": world.tour, "starts_at": SHOW_AT, "by": world.producer, "now": NOW}
        return lifecycle.hold(wish=wish, **values).status

    assert at_once(hold, wishes(world, RIVALS)) == {"held": 1, "SlotTaken": RIVALS - 1}
    assert (Booking.objects.count(), Allocation.objects.filter(is_blocking=True).count()) == (1, 2)


def test_one_offer_answered_by_many_at_once_is_answered_once(few: list[Booking]) -> None:
    assert at_once(confirm, [few[0]] * 10) == {"confirmed": 1, "NotNow": 9}
    assert few[0].changes.filter(action="confirm").count() == 1


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server that takes as many connections at once as there are rivals, and a clock that stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(ThreadedWSGIServer, "request_queue_size", 2 * RIVALS)
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(get_wsgi_application())
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[:2]
    server.shutdown()
    server.server_close()


def test_fifty_answers_by_mailed_link_one_stands(rivals: list[Booking], address: tuple[str, int]) -> None:
    def post(token: str) -> int:
        line = http.client.HTTPConnection(*address, timeout=60)
        line.request(
            "POST", f"/svar/{token}/", "answer=confirm", {"Content-Type": "application/x-www-form-urlencoded"}
        )
        status = line.getresponse().status
        line.close()
        return status

    def answer(token: str) -> int:
        return when_let_in(lambda: post(token), status=int)

    tokens = [mailed_token(booking) for booking in rivals]
    assert at_once(answer, tokens) == {302: 1, 409: RIVALS - 1}
    assert standing() == (1, 1)


# -- Negative control: without the guards the same race is lost, so the tests above can fail ------------------


def test_check_then_write_loses_the_race(few: list[Booking]) -> None:
    all_have_looked = Barrier(FEW)

    def naive(booking: Booking) -> str:
        taken = Allocation.objects.filter(venue=booking.venue, is_blocking=True).exists()
        all_have_looked.wait(30)
        if taken:
            raise SlotTaken("taken")
        booking.allocations.update(is_blocking=True)
        Booking.objects.filter(pk=booking.pk).update(status=Status.CONFIRMED)
        return "confirmed"

    with without_the_constraint():
        at_once(naive, few)
        assert standing() == (FEW, FEW)


def test_the_constraint_alone_stops_check_then_write(few: list[Booking]) -> None:
    all_have_looked = Barrier(FEW)

    def naive(booking: Booking) -> str:
        assert not Allocation.objects.filter(venue=booking.venue, is_blocking=True).exists()
        all_have_looked.wait(30)
        booking.allocations.filter(venue__isnull=False).update(is_blocking=True)
        return "reserved"

    assert at_once(naive, few)["reserved"] == 1
    assert Allocation.objects.filter(is_blocking=True).count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time, locks or not")
def test_the_verb_without_its_locks_loses_the_race(
    few: list[Booking], monkeypatch: pytest.MonkeyPatch
) -> None:
    all_have_looked = Barrier(FEW)
    look = slots.rival_of

    def look_and_wait(booking: Booking) -> Allocation | None:
        found = look(booking)
        all_have_looked.wait(30)
        return found

    monkeypatch.setattr(slots, "lock_resources", lambda *_: None)
    monkeypatch.setattr(slots, "rival_of", look_and_wait)
    with without_the_constraint():
        at_once(confirm, few)
        assert standing()[1] > 1


def test_the_guards_stand_again_after_the_controls(few: list[Booking]) -> None:
    with without_the_constraint():
        pass
    Booking.objects.filter(~Q(pk=few[0].pk)).delete()
    assert at_once(confirm, [few[0]]) == {"confirmed": 1}
    with pytest.raises(Exception, match="venue_taken_once"):
        Allocation.objects.create(
            booking=few[0],
            venue=few[0].venue,
            occupied_from=few[0].occupied_from,
            occupied_to=few[0].occupied_to,
            is_blocking=True,
        )
