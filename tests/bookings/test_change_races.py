"""Changes under fire, by real threads: whatever comes first, one version stands and its slot is taken once."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bookings import changing, lifecycle
from bookings.models import Allocation, Booking, ChangeProposal
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed
from tests.bookings.rivals import make_rival
from tests.races import at_once
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
THURSDAY, FRIDAY = SHOW_AT + DAY, SHOW_AT + 2 * DAY


@pytest.fixture
def visit(world: World) -> Booking:
    return confirmed(world)


@pytest.fixture
def waiting(world: World, visit: Booking) -> Booking:
    return changing.propose_change(visit, by=world.producer, now=NOW, reason="Sjukdom.", starts_at=THURSDAY)


def act(call: Callable[[], Any]) -> str:
    call()
    return "done"


def blocking() -> int:
    return Allocation.objects.filter(is_blocking=True).count()


def outcomes() -> list[str]:
    return sorted(ChangeProposal.objects.values_list("outcome", flat=True))


def test_both_sides_ask_at_once_and_one_waits(world: World, visit: Booking) -> None:
    asked = {"now": NOW, "reason": "Sjukdom."}
    calls = [
        partial(changing.propose_change, visit, by=world.producer, starts_at=THURSDAY, **asked),
        partial(changing.propose_change, visit, by=world.presenter, starts_at=FRIDAY, **asked),
    ] * 2
    assert at_once(act, calls) == {"done": 1, "NotNow": 3}
    assert (outcomes(), blocking()) == ([""], 4)


def test_accepted_by_several_at_once_it_is_done_once(world: World, waiting: Booking) -> None:
    """The inbox, the link that was forwarded, and a second click."""
    calls = [partial(changing.accept_change, waiting, by=by, now=NOW) for by in (world.presenter, None, None)]
    assert at_once(act, calls) == {"done": 1, "NotNow": 2}
    booking = Booking.objects.with_ground().get()
    assert (booking.starts_at, blocking()) == (THURSDAY, 2)
    assert booking.changes.filter(action="accept_change").count() == 1


def test_accepted_refused_and_taken_back_at_once(world: World, waiting: Booking) -> None:
    calls: list[Callable[[], Any]] = [
        partial(changing.accept_change, waiting, by=world.presenter, now=NOW),
        partial(changing.refuse_change, waiting, by=None, now=NOW, reason="Nej."),
        partial(changing.take_back_change, waiting, by=world.producer, now=NOW),
        partial(changing.lapse_due, waiting.change_answer_by),
    ]
    assert at_once(act, calls)["NotNow"] in (2, 3)  # a clock that comes too late has nothing to do
    assert blocking() == 2
    assert [bool(outcome) for outcome in outcomes()] == [True]


def test_accepted_while_the_other_side_cancels(world: World, waiting: Booking) -> None:
    calls: list[Callable[[], Any]] = [
        partial(changing.accept_change, waiting, by=world.presenter, now=NOW),
        partial(lifecycle.cancel, waiting, by=world.producer, now=NOW, reason="Sjukdom."),
    ]
    at_once(act, calls)
    assert Booking.objects.get().status == Status.CANCELLED
    assert (blocking(), outcomes()) in [(0, ["accepted"]), (0, ["dropped"])]


def test_the_slot_is_asked_for_and_held_at_once(world: World, visit: Booking) -> None:
    rivals = [make_rival(world, f"Hus{number}") for number in range(3)]
    calls: list[Callable[[], Any]] = [
        partial(changing.propose_change, visit, by=world.producer, now=NOW, reason="X.", starts_at=THURSDAY)
    ]
    calls += [partial(rival.held, starts_at=THURSDAY, rank=1) for rival in rivals]
    assert at_once(act, calls) == {"done": 1, "SlotTaken": 3}
    assert blocking() == 4


def test_who_waits_for_both_times_gets_one_as_it_is_answered(world: World, waiting: Booking) -> None:
    old, new = make_rival(world, "Lyran"), make_rival(world, "Harpan")
    options = [old.held(starts_at=SHOW_AT), new.held(starts_at=THURSDAY)]
    calls = [
        partial(changing.accept_change, waiting, by=world.presenter, now=NOW),
        partial(changing.take_back_change, waiting, by=world.producer, now=NOW),
    ]
    assert at_once(act, calls) == {"done": 1, "NotNow": 1}
    ranks = sorted(Booking.objects.get(pk=option.pk).hold_rank for option in options)
    assert (ranks, blocking()) == ([1, 2], 4)
