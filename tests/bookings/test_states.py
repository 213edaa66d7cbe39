"""The table of an agreement: what a visit is shown as, and who may do what from where until when."""

from datetime import timedelta

import pytest

from bookings.models import Booking, CounterOffer
from bookings.models.booking import LIVE, Status
from bookings.states import ACTIONS, CLOCK, PRESENTER, PRODUCER, STATES, actions_for, shown_state
from scripts import agreements
from tests.agreements import NOW, SHOW_AT

#: The whole table once more, by hand: status -> what each side may do.
MAY = {
    "held": ({"offer", "confirm", "price", "release", "move", "extend"}, set()),
    "offered": (
        {"confirm", "decline", "withdraw", "remind", "extend_answer", "recall"},
        {"confirm", "decline", "counter"},
    ),
    "confirmed": (
        {"cancel", "postpone", "propose_change", "publish"},
        {"cancel", "postpone", "propose_change"},
    ),
    "declined": (set(), set()),
    "withdrawn": (set(), set()),
    "released": (set(), set()),
    "expired": (set(), set()),
    "cancelled": (set(), set()),
    "postponed": ({"cancel", "reschedule"}, {"cancel"}),
}
GET_OUT = SHOW_AT + timedelta(minutes=90)


def visit(status: str, **facts: object) -> Booking:
    """A visit of two and three quarter hours in that state, offered until the year's end if it is offered."""
    times = {"occupied_from": SHOW_AT - timedelta(minutes=75), "occupied_to": GET_OUT}
    return Booking(status=status, **{**times, **facts})


def names(booking: Booking, side: str, now: object = NOW) -> list[str]:
    return [action.name for action in actions_for(booking, side, now)]  # type: ignore[arg-type]


@pytest.mark.parametrize("status", Status.values)
def test_what_the_producer_may_do(status: str) -> None:
    assert set(names(visit(status), PRODUCER)) == MAY[status][0]


@pytest.mark.parametrize("status", Status.values)
def test_what_the_presenter_may_do(status: str) -> None:
    assert set(names(visit(status), PRESENTER)) == MAY[status][1]


def test_the_clock_only_lets_first_options_go() -> None:
    assert {status: names(visit(status), CLOCK) for status in Status.values} == {
        **{status: [] for status in Status.values},
        "held": ["release", "expire"],
        "offered": ["remind", "expire"],
    }


def test_an_ended_agreement_has_no_way_back_but_to_a_new_date() -> None:
    sources = {status: {a.name for a in ACTIONS.values() if status in a.sources} for status in Status}
    back = {"take", "turn_down", "reschedule"}
    assert {status: names for status, names in sources.items() if names and status not in LIVE} == {
        Status.DECLINED: back,
        Status.POSTPONED: {"reschedule", "cancel"},
    }


def test_every_action_has_a_label_for_its_button() -> None:
    assert all(str(action.label) for action in ACTIONS.values())


class TestDeadlines:
    def test_a_yes_until_the_answer_date(self) -> None:
        booking = visit("offered", answer_by=NOW)
        assert "confirm" in names(booking, PRESENTER, NOW - timedelta(seconds=1))
        assert names(booking, PRESENTER) == ["decline", "counter"]

    def test_an_old_answer_date_does_not_bind_a_hold(self) -> None:
        assert "confirm" in names(visit("held", answer_by=NOW), PRODUCER)

    def test_nothing_is_offered_once_the_ensemble_should_be_there(self) -> None:
        assert names(visit("held"), PRODUCER, SHOW_AT) == ["release", "move"]

    @pytest.mark.parametrize("end", ["hold_expires_at", "challenge_answer_by"])
    def test_a_hold_that_has_ended_can_only_be_released(self, end: str) -> None:
        assert names(visit("held", **{end: NOW}), PRODUCER) == ["release"]

    def test_what_is_over_is_not_cancelled(self) -> None:
        assert names(visit("confirmed"), PRESENTER, GET_OUT) == []


def test_what_is_published_is_not_published_again() -> None:
    assert names(visit("confirmed", published_at=NOW), PRODUCER) == ["propose_change", "postpone", "cancel"]


def test_nobody_is_reminded_twice_within_two_days() -> None:
    reminded = visit("offered", reminded_at=NOW)
    found = ["remind" in names(reminded, PRODUCER, NOW + timedelta(days=days)) for days in (1, 2)]
    assert found == [False, True]


def test_only_a_further_option_moves_up_or_challenges() -> None:
    further = visit("held", hold_rank=2)
    assert {"promote", "challenge"} <= set(names(further, PRODUCER))
    assert names(further, CLOCK) == ["promote", "release", "expire"]


class TestShownState:
    @pytest.mark.parametrize("status", Status.values)
    def test_before_the_day_it_is_the_stored_one(self, status: str) -> None:
        assert shown_state(visit(status), NOW) == status

    @pytest.mark.parametrize(
        ("outcome", "shown"), [("", "played"), ("held", "played"), ("not_held", "not_played")]
    )
    def test_after_the_day_what_happened(self, outcome: str, shown: str) -> None:
        assert shown_state(visit("confirmed", outcome=outcome), GET_OUT) == shown

    def test_a_no_with_other_days(self) -> None:
        booking = visit("declined")
        booking.counter_offer = CounterOffer()
        assert shown_state(booking, NOW) == "proposed"

    def test_every_state_has_a_word(self) -> None:
        assert all(str(state.label) for state in STATES.values())


def test_the_docs_say_what_the_code_does() -> None:
    page = agreements.PAGE.read_text(encoding="utf-8")
    assert page == agreements.written(page), "run `make agreements`"
