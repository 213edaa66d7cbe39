"""The table of an agreement: who may do what from where."""

import pytest

from bookings.models.booking import LIVE, Status
from bookings.states import ACTIONS, PRESENTER, PRODUCER, actions_for

#: The whole table once more, by hand: status -> what each side may do.
MAY = {
    "held": ({"offer", "confirm", "release", "move"}, set()),
    "offered": ({"confirm", "decline", "withdraw"}, {"confirm", "decline", "counter"}),
    "confirmed": ({"cancel", "publish"}, {"cancel"}),
    "declined": (set(), set()),
    "withdrawn": (set(), set()),
    "released": (set(), set()),
    "expired": (set(), set()),
    "cancelled": (set(), set()),
}


@pytest.mark.parametrize("status", Status.values)
def test_what_the_producer_may_do(status: str) -> None:
    assert {action.name for action in actions_for(status, PRODUCER)} == MAY[status][0]


@pytest.mark.parametrize("status", Status.values)
def test_what_the_presenter_may_do(status: str) -> None:
    assert {action.name for action in actions_for(status, PRESENTER)} == MAY[status][1]


def test_the_clock_only_lets_offers_and_holds_lapse() -> None:
    assert {status: [a.name for a in actions_for(status, "clock")] for status in Status.values} == {
        **{status: [] for status in Status.values},
        "held": ["expire"],
        "offered": ["expire"],
    }


def test_an_ended_agreement_has_no_way_back() -> None:
    sources = {status for action in ACTIONS.values() for status in action.sources}
    assert sources == set(LIVE)


def test_every_action_has_a_label_for_its_button() -> None:
    assert all(str(action.label) for action in ACTIONS.values())
