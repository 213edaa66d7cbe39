"""Lines under fire: letting go, moving up, challenges and their answers at the same moment, by real threads.

Whatever comes first, one stands: the slot is taken once, the line has no gap and no place twice, nobody is stuck.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from threading import Barrier, local
from typing import Any

import pytest
from django.db import connection

from bookings import holds, lifecycle, lines, slots
from bookings.models import Allocation, Booking
from bookings.models.booking import LIVE, Status
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, held
from tests.bookings.rivals import Rival, make_rival
from tests.races import at_once
from tests.world import World
from tours.errors import TurneError
from tours.models import Wish

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = 5
WORKERS, STEPS, ROUNDS = 8, 20, 3


@pytest.fixture
def rivals(world: World) -> list[Rival]:
    return [make_rival(world, f"Hus{number}") for number in range(WAITING)]


@pytest.fixture
def first(world: World) -> Booking:
    return held(world)


@pytest.fixture
def line(first: Booking, rivals: list[Rival]) -> list[Booking]:
    """Options 2 to 6 on the same time, of five ensembles."""
    return [rival.held() for rival in rivals]


def act(call: Callable[[], Any]) -> str:
    """What came of it: nothing, or the name of the refusal."""
    call()
    return "done"


def places() -> list[int]:
    """The places of all that lives, in order."""
    return sorted(Booking.objects.live().values_list("hold_rank", flat=True))


def taken() -> int:
    """How many reservations of the venue block."""
    return Allocation.objects.filter(is_blocking=True, venue__isnull=False).count()


def test_the_first_is_let_go_and_its_place_taken_once(
    first: Booking, line: list[Booking], rivals: list[Rival]
) -> None:
    """Two promotions of the same slot at once: by the release, and by the hands of all who wait."""
    calls = [lambda: lifecycle.release(first, by=first.changes.get().by, now=NOW)]
    calls += [partial(holds.promote, b, by=r.producer, now=NOW) for b, r in zip(line, rivals, strict=True)]
    outcome = at_once(act, calls)
    assert set(outcome) <= {"done", "SlotTaken", "NotNow"}
    assert (places(), taken()) == ([1, 2, 3, 4, 5], 1)


def test_two_that_wait_are_let_go_while_the_first_goes(
    world: World, first: Booking, line: list[Booking], rivals: list[Rival]
) -> None:
    going = [(first, world.producer), (line[0], rivals[0].producer), (line[2], rivals[2].producer)]
    calls = [partial(lifecycle.release, booking, by=producer, now=NOW) for booking, producer in going]
    assert at_once(act, calls) == {"done": 3}
    assert (places(), taken()) == ([1, 2, 3], 1)


def test_a_challenge_that_is_answered_while_it_runs_out(
    world: World, first: Booking, line: list[Booking], rivals: list[Rival]
) -> None:
    """Offered just before its deadline, expired just after, by the clocks of two workers and of two beats."""
    holds.challenge(line[0], by=rivals[0].producer, now=NOW)
    just_before, just_after = NOW + 2 * DAY - DAY / 86400, NOW + 2 * DAY
    calls = [lambda: lifecycle.offer(first, by=world.producer, now=just_before)]
    calls += [lambda: lifecycle.expire_due(just_after)] * 3
    outcome = at_once(act, calls)
    first.refresh_from_db()
    line[0].refresh_from_db()
    assert (first.status, line[0].hold_rank) in {(Status.OFFERED, 2), (Status.RELEASED, 1)}
    assert outcome["done"] == (4 if first.status == Status.OFFERED else 3)
    assert (taken(), first.notices.filter(kind="hold_lost").count()) == (1, first.status == Status.RELEASED)
    assert line[0].notices.filter(kind__in=["hold_kept", "hold_promoted"]).count() == 1


def test_a_hold_that_is_asked_for_by_all_at_once_is_challenged_once(
    first: Booking, line: list[Booking], rivals: list[Rival]
) -> None:
    asking = zip([line[0]] * 3 + line[1:], [rivals[0]] * 3 + rivals[1:], strict=True)
    calls = [partial(holds.challenge, booking, by=rival.producer, now=NOW) for booking, rival in asking]
    assert at_once(act, calls) == {"done": 1, "NotNow": 2, "Refused": 4}
    assert first.notices.filter(kind="hold_challenged").count() == 1


def test_all_join_the_line_at_once_and_each_gets_a_place(first: Booking, rivals: list[Rival]) -> None:
    assert at_once(act, [rival.held for rival in rivals]) == {"done": WAITING}
    assert (places(), taken()) == ([1, 2, 3, 4, 5, 6], 1)


def test_some_join_while_the_first_lets_go(world: World, first: Booking, rivals: list[Rival]) -> None:
    calls: list[Callable[[], Any]] = [lambda: lifecycle.release(first, by=world.producer, now=NOW)]
    calls += [rival.held for rival in rivals]
    assert at_once(act, calls) == {"done": 1 + WAITING}
    assert (places(), taken()) == ([1, 2, 3, 4, 5], 1)


def test_a_reminder_by_many_clocks_comes_once(first: Booking) -> None:
    assert first.hold_remind_at is not None
    at_once(act, [lambda: holds.remind_due(first.hold_remind_at)] * 6)
    assert first.notices.filter(kind="hold_ending").count() == 1


# -- Many operations over several venues: nobody is stuck, and the books are right afterwards ----------------


@pytest.fixture
def crossing(world: World, rivals: list[Rival]) -> list[tuple[Rival, Any]]:
    """Each rival's wishes for three venues: lines of the same ensembles cross."""
    others = [world.neighbour_venue, world.school_venue]
    wishes = [(rival, rival.wish) for rival in rivals]
    for rival in rivals:
        for rank, venue in enumerate(others, start=1):
            wish = make.WishFactory(
                season=world.season,
                production=rival.tour.production,
                organisation=venue.organisation,
                venue=venue,
                rank=10 * rank + rivals.index(rival),
                created_by=world.presenter,
            )
            wishes.append((rival, wish))
    return wishes


def stroll(crossing: list[tuple[Rival, Any]], seed: int) -> Iterator[str]:
    """A worker that holds, promotes, challenges, offers, moves and lets go at random; what came of each step."""
    choice = random.Random(seed)
    for _step in range(STEPS):
        rival, wish = choice.choice(crossing)
        starts_at = SHOW_AT + choice.randrange(2) * DAY
        try:
            choice.choice(steps_of(rival, wish, starts_at))()
            yield "done"
        except TurneError:
            yield "refused"


def steps_of(rival: Rival, wish: Wish, starts_at: datetime) -> list[Callable[[], Any]]:
    """What its producer may try about the wish now."""
    mine = Booking.objects.live().filter(wish=wish).first()
    who = {"by": rival.producer, "now": NOW}
    if mine is None:
        new = {"tour": rival.tour, "wish": wish, "starts_at": starts_at, "rank": None}
        return [partial(lifecycle.hold, **new, **who)]
    verbs = [lifecycle.release, lifecycle.offer, lifecycle.withdraw, holds.promote, holds.challenge]
    moved = partial(lifecycle.move, mine, starts_at=starts_at, **who)
    return [*(partial(verb, mine, **who) for verb in verbs), moved, partial(lifecycle.expire_due, NOW)]


def test_nobody_is_stuck_where_lines_cross(crossing: list[tuple[Rival, Any]]) -> None:
    outcome: Counter[str] = Counter()
    for lap in range(ROUNDS):
        for counts, times in strolled(crossing, lap).items():
            assert not isinstance(counts, str), f"{counts}: a deadlock or a broken promise"
            outcome.update({name: count * times for name, count in counts})
    assert outcome.total() == WORKERS * STEPS * ROUNDS
    assert outcome["done"] > outcome.total() / 4
    assert misplaced() == []


def strolled(crossing: list[tuple[Rival, Any]], lap: int) -> Counter[Any]:
    """Let all workers stroll at once; how often each had done and been refused so much, or the error it died of."""
    seeds = [*range(WORKERS * lap, WORKERS * (lap + 1))]
    return at_once(lambda seed: tuple(sorted(Counter(stroll(crossing, seed)).items())), seeds)


def misplaced() -> list[str]:
    """What is wrong with the lines: a waiting place twice or a gap, a first option without its slot."""
    found = []
    for booking in Booking.objects.filter(status__in=LIVE).with_ground():
        waiting = sorted(b.hold_rank for b in lines.line_of(slots.slot_of(booking)) if b.hold_rank > 1)
        if waiting != list(range(2, 2 + len(waiting))):
            found.append(f"{booking}: {waiting}")
        blocks = booking.allocations.filter(is_blocking=True).count()
        if blocks != (2 if booking.hold_rank == 1 else 0):
            found.append(f"{booking}: {blocks} reservations as option {booking.hold_rank}")
    return found


# -- Negative control -----------------------------------------------------------------------------------------


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time, locks or not")
def test_without_the_lines_locks_only_the_constraint_is_left(
    crossing: list[tuple[Rival, Any]], first: Booking, line: list[Booking], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who moves up and who is held elsewhere both find the ensemble free, unless letting go locks its line's needs."""
    both_have_looked, looked, look = Barrier(2), local(), slots.rival_of

    def look_and_wait(booking: Booking) -> Allocation | None:
        found = look(booking)
        if not hasattr(looked, "once"):
            looked.once = True
            both_have_looked.wait(30)
        return found

    monkeypatch.setattr(slots, "_with_waiting", lambda ensembles, venues: (ensembles, venues))
    monkeypatch.setattr(slots, "rival_of", look_and_wait)
    rival, elsewhere = next((rival, wish) for rival, wish in crossing if wish.venue_id != first.venue_id)
    by, values = first.changes.get().by, {"tour": rival.tour, "wish": elsewhere, "starts_at": SHOW_AT}
    calls = [
        partial(lifecycle.release, first, by=by, now=NOW),
        partial(lifecycle.hold, **values, by=rival.producer, now=NOW),
    ]
    assert at_once(act, calls) == {"done": 1, "SlotTaken": 1}
