"""Decisions: taken, changed and taken back with their history, within what the call gives."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from programmes import applications, decisions
from programmes.models import Application, Assessor, Call, Decision, DecisionChange
from tests.programmes.applying import sent
from tests.programmes.deciding import (
    DECIDING,
    WORDS,
    apply,
    asking,
    assessed,
    close,
    conflict,
    decide,
    decided,
    fix,
    meet,
    project,
    residency,
    seat,
)
from tests.world import World
from tours.errors import NotNow, Refused


@pytest.fixture
def call(world: World) -> Call:
    return residency(world)


@pytest.fixture
def one(call: Call) -> Application:
    return apply(call, "Anna")


@pytest.fixture
def panel(call: Call, one: Application) -> list[Assessor]:
    """They have met."""
    seats = assessed(call, "Ella")
    meet(call, seats)
    return seats


def history(application: Application) -> list[tuple[str, str, str]]:
    """Action, outcome before, outcome after."""
    changes = application.decision_changes.all()
    return [(one.action, one.before.get("outcome", ""), one.after.get("outcome", "")) for one in changes]


def test_a_grant_of_a_call_with_a_stipend_is_the_stipend(
    world: World, one: Application, panel: object
) -> None:
    made = decide(one, world.officer)
    assert (made.outcome, made.amount, made.motivation, made.by, made.at) == (
        "granted",
        30_000,
        WORDS,
        world.officer,
        DECIDING,
    )


def test_each_change_is_kept_with_what_it_was(world: World, one: Application, panel: object) -> None:
    decide(one, world.officer)
    decide(one, world.officer, "reserve", reserve_number=1)
    decisions.undo(one, version=2, by=world.administrator, now=DECIDING)
    assert history(one) == [
        ("decided", "", "granted"),
        ("changed", "granted", "reserve"),
        ("undone", "reserve", ""),
    ]
    assert one.decision_changes.first().after == {
        "outcome": "granted",
        "reserve_number": None,
        "amount": "30000.00",
        "motivation": WORDS,
    }
    assert Decision.objects.count() == 0


def test_the_history_is_never_changed(world: World, one: Application, panel: object) -> None:
    decide(one, world.officer)
    with pytest.raises(DatabaseError, match="decision_change_never_changes"), transaction.atomic():
        DecisionChange.objects.update(after={})


def test_the_second_of_two_is_told_what_was_decided(world: World, one: Application, panel: object) -> None:
    decide(one, world.officer, "reserve", reserve_number=1, version=0)
    with pytest.raises(NotNow, match="decided while you looked: in reserve, number 1"):
        decide(one, world.administrator, version=0)
    decisions.undo(one, version=1, by=world.officer, now=DECIDING)
    with pytest.raises(NotNow, match="taken the decision back"):
        decide(one, world.administrator, version=1)


def test_an_old_window_never_acts_on_a_later_decision(world: World, one: Application, panel: object) -> None:
    decide(one, world.officer)
    decisions.undo(one, version=1, by=world.officer, now=DECIDING)
    assert decide(one, world.officer).version == 3
    with pytest.raises(NotNow, match="decided while you looked"):
        decisions.undo(one, version=1, by=world.officer, now=DECIDING)


def test_no_more_are_granted_than_the_call_chooses(world: World, call: Call, one: Application) -> None:
    others = [apply(call, name) for name in ("Bosse", "Cilla")]
    meet(call, assessed(call, "Ella"))
    decide(one, world.officer)
    decide(others[0], world.officer)
    with pytest.raises(Refused, match="chooses 2, and so many are granted already") as refused:
        decide(others[1], world.officer)
    assert refused.value.field == "outcome"
    decide(one, world.officer, motivation="Bättre ord.")  # one that has a place keeps it


def test_one_who_withdraws_leaves_the_place(world: World, call: Call, one: Application) -> None:
    others = [apply(call, name) for name in ("Bosse", "Cilla")]
    meet(call, assessed(call, "Ella"))
    decide(one, world.officer)
    decide(others[0], world.officer)
    applications.withdraw(one, by=one.applicant, version=one.version, now=DECIDING)
    assert decide(others[1], world.officer).outcome == "granted"


def test_two_reserves_have_different_places(world: World, call: Call, one: Application) -> None:
    other = apply(call, "Bosse")
    meet(call, assessed(call, "Ella"))
    decide(one, world.officer, "reserve", reserve_number=1)
    assert decisions.next_reserve(call) == 2
    with pytest.raises(Refused, match="has place 1 among the reserves"):
        decide(other, world.officer, "reserve", reserve_number=1)


@pytest.mark.parametrize(
    ("outcome", "more", "field"),
    [
        ("granted", {"motivation": "  "}, "motivation"),
        ("granted", {"motivation": "a" * 4001}, "motivation"),
        ("perhaps", {}, "outcome"),
        ("reserve", {}, "reserve_number"),
        ("reserve", {"reserve_number": 0}, "reserve_number"),
        ("granted", {"amount": Decimal(5)}, "amount"),
    ],
)
def test_what_cannot_be(
    world: World, one: Application, panel: object, outcome: str, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        decide(one, world.officer, outcome, **more)
    assert refused.value.field == field


class TestAmounts:
    """Of a call that gives what is asked for."""

    @pytest.fixture
    def one(self, world: World) -> Application:
        """It asks for 40 000 less 10 000 of its own."""
        made = apply(project(world), "Anna")
        meet(made.call, assessed(made.call, "Ella"))
        return made

    def test_up_to_what_is_asked_for(self, world: World, one: Application) -> None:
        assert decide(one, world.officer, amount=Decimal(30_000)).amount == 30_000

    @pytest.mark.parametrize("amount", [None, Decimal(0), Decimal("30000.01")])
    def test_neither_nothing_nor_more(self, world: World, one: Application, amount: Decimal | None) -> None:
        with pytest.raises(Refused) as refused:
            decide(one, world.officer, amount=amount)
        assert refused.value.field == "amount"

    def test_a_refusal_has_none(self, world: World, one: Application) -> None:
        assert decide(one, world.officer, "refused").amount is None
        with pytest.raises(Refused, match="No amount"):
            decide(one, world.officer, "refused", amount=Decimal(1))

    def test_what_was_sent_in_counts(self, world: World) -> None:
        call = project(world, title="Ett annat bidrag")
        made = apply(call, "Bosse", budget=[asking(5_000)])
        meet(call, assessed(call, "Ella"))
        with pytest.raises(Refused, match="asked for: 5,000"):
            decide(made, world.officer, amount=Decimal(5_001))


# -- when, and by whom ---------------------------------------


def test_not_while_scores_may_change_and_not_without_a_meeting(
    world: World, call: Call, one: Application
) -> None:
    assessed(call, "Ella")
    with pytest.raises(NotNow, match="Close the assessment first"):
        decide(one, world.officer)
    close(call)
    with pytest.raises(NotNow, match="when the meeting is held"):
        decide(one, world.officer)


def test_not_of_one_that_is_withdrawn(world: World, one: Application, panel: object) -> None:
    applications.withdraw(one, by=one.applicant, version=one.version, now=DECIDING)
    with pytest.raises(NotNow, match="withdrawn"):
        decide(one, world.officer)


def test_not_once_the_minutes_are_fixed(world: World) -> None:
    made = decided(world)
    fix(made["Anna"].call, world.officer)
    with pytest.raises(NotNow, match="minutes are fixed"):
        decide(made["Anna"], world.officer, "refused")
    with pytest.raises(NotNow, match="minutes are fixed"):
        decisions.undo(made["Anna"], version=1, by=world.officer, now=DECIDING)


def test_not_by_one_who_has_applied_to_the_same_call(world: World, call: Call, one: Application) -> None:
    sent(call, world.officer, title="Mitt eget")
    meet(call, assessed(call, "Ella"))
    with pytest.raises(Refused, match="conflict of interest"):
        decide(one, world.officer, "refused")
    assert decide(one, world.administrator, "refused").pk


def test_not_by_one_in_conflict(world: World, one: Application, panel: object) -> None:
    conflict(seat(one.call, world.officer), one)
    with pytest.raises(Refused, match="conflict of interest"):
        decide(one, world.officer)
    assert Decision.objects.count() == 0
