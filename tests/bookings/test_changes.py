"""A change that waits: whether its presenter can answer it still."""

import pytest

from bookings import changes, changing
from bookings.models import ChangeProposal
from tests.agreements import DAY, NOW, SHOW_AT, confirmed
from tests.world import World

THURSDAY = SHOW_AT + DAY


def asked(world: World, by: str = "producer") -> ChangeProposal:
    booking = changing.propose_change(
        confirmed(world), by=getattr(world, by), now=NOW, reason="Sjukdom.", starts_at=THURSDAY
    )
    assert booking.waiting_change is not None
    return booking.waiting_change


@pytest.mark.parametrize(("by", "answers"), [("producer", True), ("presenter", False)])
def test_the_presenter_answers_what_the_producer_asks_for(world: World, by: str, answers: bool) -> None:
    assert changes.waits_for_presenter(asked(world, by), NOW) is answers


def test_not_once_its_time_is_up(world: World) -> None:
    change = asked(world)
    assert not changes.waits_for_presenter(change, change.answer_by)


def test_not_once_it_is_answered(world: World) -> None:
    change = asked(world)
    changing.refuse_change(change.booking, by=world.presenter, now=NOW, reason="Salen är uthyrd.")
    change.refresh_from_db()
    assert not changes.waits_for_presenter(change, NOW)
