"""The whole life of bookings, walked at random beside a ledger in plain Python: both always say the same."""

import os
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bookings import holds, lifecycle
from bookings.models import Booking
from tests.agreements import DAY, NOW, SHOW_AT
from tests.bookings.rivals import Rival, make_rival
from tests.guarantees import operations
from tests.guarantees.ledger import Ledger, No
from tests.world import World
from tours.errors import TurneError

EXAMPLES = int(os.environ.get("TURNE_TEST_EXAMPLES", "5"))
STEPS = 30
#: The rider of `make_rival`: so long before the show's start the ensemble comes, so long after it has gone.
BEFORE, AFTER = timedelta(minutes=75), timedelta(minutes=90)
#: Steps that need no more to be known than who takes them, with the words that some ask for.
WORDS = {"reason": "Illness"}
PLAIN: dict[str, dict[str, str]] = {
    **{name: {} for name in ("offer", "confirm", "promote", "challenge", "release", "withdraw")},
    **dict.fromkeys(("decline", "cancel"), WORDS),
}
HOUSES = st.integers(0, 2)
DAYS = st.integers(0, 1)


class Life(RuleBasedStateMachine):
    """Three houses, one venue, two days; every step is tried in the books and in the ledger."""

    rivals: list[Rival]

    def __init__(self) -> None:
        super().__init__()
        self.kept = transaction.atomic()
        self.kept.__enter__()
        self.ledger = Ledger(NOW)

    def teardown(self) -> None:
        try:
            assert operations.wrong() == []
        finally:
            transaction.set_rollback(True)
            self.kept.__exit__(None, None, None)

    def both(self, real: Callable[[], Any], told: Callable[[], None]) -> None:
        """Do it in both; they agree on whether it may be done, and on what stands then."""
        found = []
        for refusal, act in ((TurneError, real), (No, told)):
            try:
                act()
                found.append("done")
            except refusal:
                found.append("refused")
        assert found[0] == found[1], found
        assert books() == ledgers(self.ledger)

    def step(self, name: str, house: int, *args: Any, **more: Any) -> None:
        verb = getattr(holds if name in {"promote", "challenge", "extend"} else lifecycle, name)

        def act() -> None:
            booking = Booking.objects.live().filter(tour=self.rivals[house].tour).first()
            if booking is None:
                raise TurneError("There is none.")
            verb(booking, by=self.rivals[house].producer, now=self.ledger.now, **more)

        self.both(act, lambda: getattr(self.ledger, name)(house, *args))

    @initialize(houses=st.permutations(range(3)), days=st.tuples(DAYS, DAYS, DAYS))
    def all_hold(self, houses: list[int], days: tuple[int, ...]) -> None:
        """Something to begin with."""
        for house, day in zip(houses, days, strict=True):
            self.hold(house, min(day, house))

    @precondition(lambda self: self.ledger.now < SHOW_AT - DAY)
    @rule(house=HOUSES, day=DAYS)
    def hold(self, house: int, day: int) -> None:
        rival, at = self.rivals[house], SHOW_AT + day * DAY
        self.both(
            lambda: rival.held(now=self.ledger.now, starts_at=at),
            lambda: self.ledger.hold(house, at - BEFORE, at + AFTER),
        )

    @rule(house=HOUSES, day=DAYS)
    def move(self, house: int, day: int) -> None:
        at = SHOW_AT + day * DAY
        self.step("move", house, at - BEFORE, at + AFTER, starts_at=at)

    @rule(house=HOUSES, days=st.integers(1, 60))
    def extend(self, house: int, days: int) -> None:
        until = self.ledger.now + days * DAY
        self.step("extend", house, until, expires_at=until)

    @rule(house=HOUSES, name=st.sampled_from(sorted(PLAIN)))
    def try_anything(self, house: int, name: str) -> None:
        """Most often it is refused, by both."""
        self.step(name, house, **PLAIN[name])

    @rule(data=st.data())
    def do_what_may_be_done(self, data: st.DataObject) -> None:
        """One of the steps that the ledger lets somebody take, so that the walk gets on."""
        allowed = [(house, name) for name in sorted(PLAIN) for house in range(3) if self.allows(house, name)]
        if allowed:
            house, name = data.draw(st.sampled_from(allowed))
            self.step(name, house, **PLAIN[name])

    def allows(self, house: int, name: str) -> bool:
        try:
            getattr(deepcopy(self.ledger), name)(house)
        except No:
            return False
        return True

    @rule(hours=st.sampled_from([1, 24, 48, 48, 72, 24 * 15]))
    def pass_time(self, hours: int) -> None:
        by = timedelta(hours=hours)
        now = self.ledger.now + by
        self.both(lambda: lifecycle.expire_due(now), lambda: self.ledger.pass_time(by))


def books() -> list[tuple[Any, ...]]:
    """Every visit as it is stored, in the order in which they came."""
    return [
        (
            booking.status,
            booking.hold_rank,
            booking.occupied_from,
            booking.occupied_to,
            *_deadlines(booking.status, booking.hold_expires_at, booking.answer_by),
            booking.challenge_answer_by,
        )
        for booking in Booking.objects.order_by("pk")
    ]


def ledgers(ledger: Ledger) -> list[tuple[Any, ...]]:
    """Every visit as the ledger has it."""
    return [
        (v.status, v.rank, v.get_in, v.get_out, *_deadlines(v.status, v.until, v.answer_by), v.asked_until)
        for v in ledger.visits
    ]


def _deadlines(
    status: str, until: datetime | None, answer_by: datetime | None
) -> tuple[datetime | None, ...]:
    """Those that count in the state."""
    return (until if status == "held" else None, answer_by if status == "offered" else None)


@pytest.fixture
def life(world: World) -> type[Life]:
    class Here(Life):
        rivals = [make_rival(world, f"Hus{number}") for number in range(3)]

    return Here


def test_books_and_ledger_agree_through_the_whole_life(life: type[Life]) -> None:
    health = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    often = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize="TURNE_TEST_EXAMPLES" not in os.environ,
        database=None,
        suppress_health_check=health,
    )
    run_state_machine_as_test(life, settings=often)


def test_a_ledger_that_errs_is_found(life: type[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without moving up the two part ways."""
    monkeypatch.setattr(Ledger, "_take_first", lambda self, visit: None)
    quick = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(life, settings=quick)
