"""The answers: one mail each at the chosen time, moved and taken back before it; reserves called in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bookings import kept_facts, relay
from bookings.models import Notice
from programmes import answers_to_calls, applications, calls, decisions
from programmes.models import Application, Call, CallNotice, Decision, Meeting
from tests.programmes.deciding import (
    ANSWERED,
    DAY,
    DECIDING,
    MINUTE,
    WORDS,
    answer,
    conflict,
    decided,
    fix,
    seat,
    told,
)
from tests.world import World
from tours.errors import NotNow, Refused

State = Notice.State


def mails(
    kinds: tuple[str, ...] = ("call_granted", "call_reserve", "call_refused", "call_moved_up"),
) -> list[Any]:
    """Kind, state and time of each answer, in the order in which they were written."""
    found = Notice.objects.filter(kind__in=kinds).order_by("about_call")
    return [(one.kind, one.state, one.send_after) for one in found]


def version(call: Call) -> int:
    return Meeting.objects.get(call=call).version


def withdraw(application: Application, now: datetime = DECIDING) -> None:
    standing = Application.objects.get(pk=application.pk)
    applications.withdraw(standing, by=standing.applicant, version=standing.version, now=now)


@pytest.fixture
def made(world: World) -> dict[str, Application]:
    """Minutes are fixed; no answers are written."""
    found = decided(world)
    fix(found["Anna"].call, world.officer)
    return found


@pytest.fixture
def call(made: dict[str, Application]) -> Call:
    return made["Anna"].call


def test_each_that_stands_gets_one_at_the_chosen_time(call: Call) -> None:
    meeting = answer(call)
    assert mails() == [
        ("call_granted", State.WAITING, ANSWERED),
        ("call_reserve", State.WAITING, ANSWERED),
        ("call_refused", State.WAITING, ANSWERED),
    ]
    assert meeting.answers_at == ANSWERED


def test_it_says_why_and_what_comes_next_in_the_applicants_language(call: Call) -> None:
    answer(call)
    mail = Notice.objects.get(kind="call_granted")
    assert (mail.language, mail.reply_to, mail.to_email) == (
        "en",
        call.owner.email,
        Application.objects.get(number=1).applicant.email,
    )
    assert mail.subject == "Granted: your application to Residency for folk music"
    for words in ("“Verk av Anna”", "You get 30,000 kr.", WORDS, "will contact you", "/utlysningar/"):
        assert words in mail.body_text.replace("\N{NO-BREAK SPACE}", " ")
    assert "at place 1" in Notice.objects.get(kind="call_reserve").body_text


def test_the_outbox_sends_them_then_and_not_before(call: Call, mailoutbox: list[Any]) -> None:
    Notice.objects.update(state=State.SENT)  # the receipts
    answer(call)
    assert (relay.send_pending(ANSWERED - MINUTE), relay.send_pending(ANSWERED), len(mailoutbox)) == (0, 3, 3)


def test_the_promised_day_at_nine_unless_told_otherwise(call: Call) -> None:
    assert answers_to_calls.default_at(call, DECIDING) == ANSWERED
    friday = datetime(2027, 3, 5, 12, tzinfo=UTC)
    assert answers_to_calls.default_at(call, friday) == datetime(2027, 3, 6, 8, tzinfo=UTC)
    assert answers_to_calls.default_at(call, friday + DAY) == datetime(
        2027, 3, 8, 6, tzinfo=UTC
    )  # over Sunday


def test_what_is_promised_for_a_sunday_leaves_the_day_before(call: Call) -> None:
    call.answers_on = date(2027, 2, 28)
    assert answers_to_calls.default_at(call, DECIDING) == datetime(2027, 2, 27, 8, tzinfo=UTC)
    saturday_noon = datetime(2027, 2, 27, 11, tzinfo=UTC)
    assert answers_to_calls.default_at(call, saturday_noon) == datetime(2027, 3, 1, 6, tzinfo=UTC)


def test_quiet_hours_are_kept_by_pages_too(call: Call) -> None:
    """A Saturday evening becomes Monday at seven, for the mail and for the page alike."""
    meeting = answer(call, datetime(2027, 2, 27, 21, tzinfo=UTC))
    monday = datetime(2027, 3, 1, 6, tzinfo=UTC)
    assert (meeting.answers_at, {at for _kind, _state, at in mails()}) == (monday, {monday})


def test_not_before_the_minutes_are_fixed_and_not_twice(world: World, call: Call) -> None:
    answer(call)
    with pytest.raises(NotNow, match="written already"):
        answer(call)
    with pytest.raises(NotNow, match="Somebody has changed the meeting"):
        answers_to_calls.schedule(call, ANSWERED, version=1, now=DECIDING)
    assert len(mails()) == 3


def test_minutes_that_are_open_have_no_answers(world: World) -> None:
    with pytest.raises(NotNow, match="Fix the minutes first"):
        answer(decided(world)["Anna"].call)


def test_not_in_the_past(call: Call) -> None:
    with pytest.raises(Refused) as refused:
        answer(call, DECIDING)
    assert (refused.value.field, mails()) == ("at", [])


def test_what_breaks_in_the_middle_leaves_nothing(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    write, written = answers_to_calls._write, []

    def dies(*args: Any) -> CallNotice:
        written.append(write(*args))
        if len(written) == 2:
            raise RuntimeError
        return written[-1]

    monkeypatch.setattr(answers_to_calls, "_write", dies)
    with pytest.raises(RuntimeError):
        answer(call)
    monkeypatch.undo()
    assert (mails(), Meeting.objects.get().answers_at) == ([], None)
    answer(call)
    assert len(mails()) == 3


# -- moved and taken back ---------------------------------------


def test_they_are_moved_as_long_as_they_wait(call: Call) -> None:
    answer(call)
    later = ANSWERED + DAY
    meeting = answers_to_calls.move(call, later, version=version(call), now=DECIDING)
    assert (meeting.answers_at, {at for _kind, _state, at in mails()}) == (later, {later})


def test_taken_back_they_stay_at_home_and_may_be_written_anew(call: Call) -> None:
    answer(call)
    meeting = answers_to_calls.take_back(call, version=version(call), now=DECIDING)
    assert (meeting.answers_at, {state for _kind, state, _at in mails()}) == (None, {State.STOPPED})
    answer(call)
    assert [state for _kind, state, _at in mails()] == [State.STOPPED] * 3 + [State.WAITING] * 3


def test_the_call_is_withdrawn_and_none_of_them_leaves(world: World, call: Call) -> None:
    answer(call)
    calls.withdraw(call, why="Inga pengar.", version=call.version, by=world.officer, now=DECIDING)
    assert (Meeting.objects.get().answers_at, {state for _kind, state, _at in mails()}) == (
        None,
        {State.STOPPED},
    )


def test_the_call_is_not_withdrawn_once_they_have_left(world: World, call: Call) -> None:
    answer(call)
    with pytest.raises(NotNow, match="have left"):
        calls.withdraw(call, why="Inga pengar.", version=call.version, by=world.officer, now=ANSWERED)
    assert Call.objects.get().withdrawn_at is None


@pytest.mark.parametrize("step", ["move", "take_back"])
def test_not_once_one_has_left_or_the_time_has_come(call: Call, step: str) -> None:
    def act(now: datetime) -> None:
        more = (ANSWERED + DAY,) if step == "move" else ()
        getattr(answers_to_calls, step)(call, *more, version=version(call), now=now)

    with pytest.raises(NotNow, match="No answers wait"):
        act(DECIDING)
    answer(call)
    with pytest.raises(NotNow, match="have left"):
        act(ANSWERED)
    Notice.objects.filter(kind="call_reserve").update(state=State.SENT)
    with pytest.raises(NotNow, match="have left"):
        act(DECIDING)


# -- withdrawn ---------------------------------------


def test_one_that_is_withdrawn_gets_none(made: dict[str, Application], call: Call) -> None:
    withdraw(made["Bosse"])
    answer(call)
    withdraw(made["Cilla"])
    assert [(kind, state) for kind, state, _at in mails()] == [
        ("call_granted", State.WAITING),
        ("call_refused", State.STOPPED),
    ]
    meeting = answers_to_calls.move(call, ANSWERED + DAY, version=version(call), now=DECIDING)
    assert meeting.answers_at == ANSWERED + DAY


# -- told ---------------------------------------


def test_an_applicant_is_told_from_that_moment_on(made: dict[str, Application], call: Call) -> None:
    def seen(now: datetime) -> str | None:
        mine = Application.objects.with_ground().get(pk=made["Anna"].pk)
        found = answers_to_calls.told_to_applicant(mine, now)
        return found.outcome if found else None

    assert seen(ANSWERED + DAY) is None
    answer(call)
    assert [seen(ANSWERED - MINUTE), seen(ANSWERED)] == [None, "granted"]


# -- reserves ---------------------------------------


class TestReserves:
    """Anna was granted the place of one; Bo and Cilla are in reserve."""

    @pytest.fixture
    def made(self, world: World) -> dict[str, Application]:
        return told(world, {"Anna": "granted", "Bosse": "reserve", "Cilla": "reserve"}, chosen_count=1)

    def call_in(self, call: Call, world: World, now: datetime = ANSWERED, **more: Any) -> Decision:
        reserve = answers_to_calls.first_reserve(call)
        seen = {"version": reserve.version if reserve else 0, "by": world.officer, **more}
        return answers_to_calls.call_in_reserve(call, **seen, now=now)

    def test_the_first_is_granted_and_told_when_one_withdraws(
        self, world: World, made: dict[str, Application], call: Call
    ) -> None:
        withdraw(made["Anna"], ANSWERED)
        granted = self.call_in(call, world)
        assert (granted.application, granted.outcome, granted.amount) == (made["Bosse"], "granted", 30_000)
        assert made["Bosse"].decision_changes.last().action == "called_in"
        assert mails(("call_moved_up",)) == [("call_moved_up", State.WAITING, ANSWERED)]
        with pytest.raises(NotNow, match="All places are taken"):
            self.call_in(call, world)

    def test_the_next_one_when_that_one_withdraws_too(
        self, world: World, made: dict[str, Application], call: Call
    ) -> None:
        withdraw(made["Anna"], ANSWERED)
        self.call_in(call, world)
        withdraw(made["Bosse"], ANSWERED)
        assert self.call_in(call, world).application == made["Cilla"]
        withdraw(made["Cilla"], ANSWERED)
        with pytest.raises(NotNow, match="nobody in reserve"):
            self.call_in(call, world)

    def test_one_who_withdrew_before_the_answers_leaves_a_place(
        self, world: World, made: dict[str, Application], call: Call
    ) -> None:
        withdraw(made["Anna"])
        with pytest.raises(NotNow, match="have not been sent"):
            self.call_in(call, world, DECIDING)
        assert self.call_in(call, world).application == made["Bosse"]

    def test_not_by_an_old_page_and_not_by_one_in_conflict(
        self, world: World, made: dict[str, Application], call: Call
    ) -> None:
        withdraw(made["Anna"], ANSWERED)
        with pytest.raises(NotNow, match="called in since"):
            self.call_in(call, world, version=9)
        conflict(seat(call, world.officer), made["Bosse"])
        with pytest.raises(Refused, match="conflict of interest"):
            self.call_in(call, world)

    def test_what_was_granted_before_the_minutes_and_withdrawn_is_no_place(self, world: World) -> None:
        made = decided(world, {"Doris": "granted", "Erik": "reserve"}, chosen_count=1, title="En annan")
        call = made["Doris"].call
        withdraw(made["Doris"])
        fix(call, world.officer)
        assert answers_to_calls.free_places(call) == 0


def test_receipts_are_mail_of_the_call_too(made: dict[str, Application], call: Call) -> None:
    withdraw(made["Anna"])
    found = CallNotice.objects.filter(application=made["Anna"]).values_list("notice__kind", "occasion")
    assert list(found) == [("application_sent_in", "receipt"), ("application_withdrawn", "receipt")]


def test_the_decision_itself_is_untouched_by_answers(made: dict[str, Application], call: Call) -> None:
    before = [decisions.facts_of(one) for one in decisions.of_call(call)]
    answer(call)
    assert [decisions.facts_of(one) for one in decisions.of_call(call)] == before
    assert kept_facts.is_whole(Meeting.objects.get().minutes.get())


def test_default_is_the_regions_morning(call: Call) -> None:
    assert answers_to_calls.default_at(call, DECIDING) - ANSWERED == timedelta(0)
