"""Who acts at the same moment about one call: places are given once, and each applicant gets one mail.

Threads of their own connections; on SQLite and PostgreSQL alike.
"""

from functools import partial
from typing import Any

import pytest

from bookings import relay
from bookings.models import Notice
from programmes import answers_to_calls, applications, decisions
from programmes.decisions import DecisionInput
from programmes.models import Application, CallNotice, Decision, Meeting
from tests.programmes.deciding import ANSWERED, DECIDING, apply, assessed, decided, fix, meet, residency, told
from tests.races import at_once
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 8
ANSWERS = ("call_granted", "call_reserve", "call_refused")


def grant(world: World, application: Application) -> str:
    data = DecisionInput("granted", "Bra.")
    return decisions.decide(application, data, by=world.officer, now=DECIDING).outcome


def test_the_last_place_is_granted_once(world: World) -> None:
    call = residency(world, chosen_count=1)
    made = [apply(call, f"Sökande {number}") for number in range(RIVALS)]
    meet(call, assessed(call, "Ella"))
    assert at_once(partial(grant, world), made) == {"granted": 1, "Refused": RIVALS - 1}
    assert Decision.objects.count() == 1


def test_one_application_is_decided_once(world: World) -> None:
    call = residency(world)
    one = apply(call, "Anna")
    meet(call, assessed(call, "Ella"))
    assert at_once(partial(grant, world), [one] * RIVALS) == {"granted": 1, "NotNow": RIVALS - 1}
    assert one.decision_changes.count() == 1


def test_deciding_and_fixing_never_pass_each_other(world: World) -> None:
    """Either the change is in the minutes, or it is refused."""
    made = decided(world)
    one = made["Cilla"]
    version = Meeting.objects.get().version

    def act(what: str) -> str:
        if what == "fix":
            fix(one.call, world.officer)
        else:
            data = DecisionInput("refused", "Andra ord.")
            decisions.decide(one, data, version=1, by=world.officer, now=DECIDING)
        return what

    at_once(act, ["fix", "change"])
    meeting = Meeting.objects.get()
    kept = meeting.minutes.get().facts["cases"][2]["motivation"]
    assert (meeting.version, kept) == (version + 1, Decision.objects.get(application=one).motivation)


def test_each_applicant_gets_one_mail_whoever_sends_at_once(world: World) -> None:
    call = decided(world)["Anna"].call
    fix(call, world.officer)
    version = Meeting.objects.get().version

    def send(_number: int) -> str:
        answers_to_calls.schedule(call, ANSWERED, version=version, now=DECIDING)
        return "sent"

    assert at_once(send, list(range(RIVALS))) == {"sent": 1, "NotNow": RIVALS - 1}
    assert Notice.objects.filter(kind__in=ANSWERS).count() == 3


def test_the_database_alone_refuses_a_second_answer(world: World) -> None:
    """The backstop: a hand that writes past the verb."""
    one = told(world)["Anna"]

    def write(_number: int) -> str:
        mail = Notice.objects.create(kind="call_granted", to_email="a@example.org", send_after=ANSWERED)
        CallNotice.objects.create(notice=mail, call=one.call, application=one, occasion="answer")
        return "written"

    assert at_once(write, [1, 2]) == {"IntegrityError": 2}


def test_taken_back_or_sent_but_never_both(world: World, mailoutbox: list[Any]) -> None:
    """A relay takes what is due while an officer takes it back, a minute before by the officer's clock."""
    call = told(world)["Anna"].call
    Notice.objects.exclude(kind__in=ANSWERS).update(state=Notice.State.SENT)
    version = Meeting.objects.get().version

    def act(what: str) -> str:
        if what == "relay":
            relay.send_pending(ANSWERED)
        else:
            answers_to_calls.take_back(call, version=version, now=DECIDING)
        return what

    found = at_once(act, ["relay", "officer"])
    states = set(Notice.objects.filter(kind__in=ANSWERS).values_list("state", flat=True))
    taken_back = found["officer"] == 1
    assert (len(mailoutbox), states) == ((0, {"stopped"}) if taken_back else (3, {"sent"}))


def test_one_that_is_withdrawn_meanwhile_gets_no_mail(world: World) -> None:
    made = decided(world)
    call, anna = made["Anna"].call, made["Anna"]
    fix(call, world.officer)
    version = Meeting.objects.get().version

    def act(what: str) -> str:
        if what == "send":
            answers_to_calls.schedule(call, ANSWERED, version=version, now=DECIDING)
        else:
            applications.withdraw(anna, by=anna.applicant, version=anna.version, now=DECIDING)
        return what

    assert at_once(act, ["send", "withdraw"]) == {"send": 1, "withdraw": 1}
    waiting = Notice.objects.filter(kind__in=ANSWERS, state=Notice.State.WAITING)
    assert sorted(waiting.values_list("kind", flat=True)) == ["call_refused", "call_reserve"]


def test_a_free_place_goes_to_one_reserve(world: World) -> None:
    made = told(world, {"Anna": "granted", "Bosse": "reserve", "Cilla": "reserve"}, chosen_count=1)
    anna, call = made["Anna"], made["Anna"].call
    applications.withdraw(anna, by=anna.applicant, version=anna.version, now=ANSWERED)

    def call_in(_number: int) -> int | None:
        return answers_to_calls.call_in_reserve(
            call, version=1, by=world.officer, now=ANSWERED
        ).application_id

    assert at_once(call_in, list(range(RIVALS))) == {made["Bosse"].pk: 1, "NotNow": RIVALS - 1}
    assert Notice.objects.filter(kind="call_moved_up").count() == 1
