"""An application: written, sent in until just before the call closes, changed and sent in anew, withdrawn."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from bookings.kept_facts import digest_of
from bookings.models import Notice
from programmes import applications, calls, submissions
from programmes.applications import Line, Person, Sample, missing, standing
from programmes.models import Application, Call, CallPeriod, CallPlace, Submission
from tests.programmes.applying import LATER, artist, draft, said, send, sent
from tests.programmes.open_calls import CLOSED, CLOSES, NOW, OPEN, OPENS, grant, published
from tests.programmes.open_calls import draft as draft_call
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import User

SECOND = timedelta(seconds=1)


@pytest.fixture
def call(world: World) -> Call:
    return Call.objects.with_ground().get(pk=published(world).pk)


@pytest.fixture
def by(db: None) -> User:
    return artist()


def change(application: Application, now: Any = LATER, **changes: Any) -> Application:
    data = replace(standing(application), **changes)
    seen = {"seen": application.pk, "version": application.version}
    return applications.save(application.call, data, by=application.applicant, **seen, now=now)


# -- written ---------------------------------------


def test_what_is_saved_is_what_it_says(call: Call, by: User) -> None:
    made = draft(call, by)
    assert standing(Application.objects.with_ground().get()) == said(call)
    assert (made.number, made.version, Notice.objects.count()) == (None, 1, 0)


def test_an_empty_draft_may_be_saved_and_says_what_is_missing(call: Call, by: User) -> None:
    texts = dict.fromkeys(("applicant_name", "title", "summary", "description", "art_form"), "")
    made = draft(call, by, **texts, budget=[], periods=[], places=[])
    assert list(missing(made)) == [
        "applicant_name", "title", "summary", "description", "art_form", "periods", "places", "budget",
    ]  # fmt: skip


def test_a_grant_asks_for_no_stay_and_no_budget(world: World, by: User) -> None:
    made = grant(world)
    call = calls.publish(made, version=made.version, by=world.officer, now=NOW)
    assert missing(draft(call, by, budget=[], periods=[], places=[])) == {}


def test_the_art_form_is_one_of_the_calls(call: Call, by: User) -> None:
    assert missing(draft(call, by, art_form="dance")) == {"art_form": "The call is for other art forms."}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "x" * 161}, "title"),
        ({"description": "x" * 8001}, "description"),
        ({"budget": [Line("Arvoden", Decimal(-1))]}, "budget"),
        ({"budget": [Line(" ", Decimal(1))]}, "budget"),
        ({"budget": [Line("Mer", Decimal(1))] * 41}, "budget"),
        ({"budget": [Line("För mycket", Decimal(10**9))]}, "budget"),
        ({"collaborators": [Person("Namn", "")]}, "collaborators"),
        ({"work_samples": [Sample("Demo", "javascript:alert(1)")]}, "work_samples"),
        ({"work_samples": [Sample("Demo", "file:///etc/passwd")]}, "work_samples"),
        ({"work_samples": [Sample("", "https://musik.example")]}, "work_samples"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    call: Call, by: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        draft(call, by, **changes)
    assert (refused.value.field, Application.objects.count()) == (field, 0)


def test_periods_and_places_are_the_calls_own_and_each_is_chosen_once(
    world: World, call: Call, by: User
) -> None:
    other = published(world)
    for changes in (
        {"periods": list(CallPeriod.objects.filter(call=other))},
        {"places": list(CallPlace.objects.filter(call=other))},
        {"periods": [call.periods.first()] * 2},
    ):
        with pytest.raises(Refused):
            draft(call, by, **changes)


def test_one_has_one_application_to_a_call_and_two_windows_do_not_write_over_each_other(
    call: Call, by: User
) -> None:
    made = draft(call, by)
    with pytest.raises(NotNow, match="another window"):
        draft(call, by, title="Annat")
    changed = change(made, title="Nytt")
    with pytest.raises(NotNow, match="another window"):
        change(made, title="Gammalt")
    assert [one.title for one in Application.objects.all()] == [changed.title] == ["Nytt"]


@pytest.mark.parametrize(
    ("at", "told"), [(OPENS - SECOND, "not open yet"), (CLOSES, "closed"), (CLOSED, "closed")]
)
def test_nothing_is_written_before_it_opens_and_from_the_closing_moment_on(
    call: Call, by: User, at: Any, told: str
) -> None:
    with pytest.raises(NotNow, match=told):
        applications.save(call, said(call), by=by, now=at)
    assert Application.objects.count() == 0


def test_a_draft_call_takes_nothing(world: World, by: User) -> None:
    call = draft_call(world)
    with pytest.raises(NotNow, match="not open yet"):
        applications.save(call, said(call), by=by, now=OPEN)


def test_a_withdrawn_call_says_why(world: World, call: Call, by: User) -> None:
    made = draft(call, by)
    calls.withdraw(call, why="Värden har stängt.", version=call.version, by=world.officer, now=OPEN)
    with pytest.raises(NotNow, match="Värden har stängt"):
        send(made)


# -- sent in ---------------------------------------


def test_it_is_sent_in_until_the_last_second_with_a_number_and_a_receipt(call: Call, by: User) -> None:
    made = draft(call, by)
    submission = send(made, CLOSES - SECOND)
    mail = Notice.objects.get()
    assert (submission.number, Application.objects.get().number) == (1, 1)
    assert (mail.to_email, mail.subject) == (
        by.email,
        "Receipt: your application to Residency for folk music",
    )
    assert submission.digest in mail.body_text
    assert "“Vindens väg” was sent in Wed 3 Feb 2027 at 09:59 as application number 1" in mail.body_text


def test_one_second_later_is_too_late_and_nothing_is_sent(call: Call, by: User) -> None:
    made = draft(call, by)
    with pytest.raises(NotNow, match="closed Wed 3 Feb 2027 at 10:00"):
        send(made, CLOSES)
    assert (Submission.objects.count(), Notice.objects.count()) == (0, 0)


def test_an_incomplete_one_is_not_sent_in(call: Call, by: User) -> None:
    with pytest.raises(Refused, match="The description is missing") as refused:
        send(draft(call, by, description=" "))
    assert refused.value.field == "description"


def test_the_same_is_not_sent_in_twice(call: Call, by: User) -> None:
    made = sent(call, by)
    with pytest.raises(NotNow, match="sent in already"):
        send(made)
    assert Submission.objects.count() == 1


def test_what_counts_is_what_was_sent_in_last(call: Call, by: User) -> None:
    made = change(sent(call, by), title="Nytt")
    made = Application.objects.with_ground().get(pk=made.pk)
    first = submissions.counts(made)
    assert first is not None
    assert (first.facts["title"], submissions.is_changed_since(made)) == ("Vindens väg", True)
    send(made, LATER)
    made = Application.objects.with_ground().get(pk=made.pk)
    last = submissions.counts(made)
    assert last is not None
    assert (last.facts["title"], last.number, submissions.is_changed_since(made)) == ("Nytt", 2, False)


def test_what_was_sent_in_never_changes(call: Call, by: User) -> None:
    sent(call, by)
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.update(digest="0" * 64)
    (kept,) = Submission.objects.all()
    assert digest_of(kept.facts) == kept.digest


def test_needs_are_not_among_what_is_assessed(call: Call, by: User) -> None:
    made = sent(call, by)
    assert "Hiss" not in str(submissions.facts_of(made))


def test_numbers_follow_each_other_and_are_never_given_again(call: Call) -> None:
    first, second = (sent(call, artist(name)) for name in ("Ett", "Två"))
    applications.withdraw(first, by=first.applicant, version=first.version, now=OPEN)
    third = sent(call, artist("Tre"))
    again = sent(call, first.applicant)
    assert [one.number for one in (first, second, third, again)] == [1, 2, 3, 4]


# -- withdrawn ---------------------------------------


def test_a_draft_that_is_thrown_away_is_gone(call: Call, by: User) -> None:
    made = draft(call, by)
    applications.withdraw(made, by=by, version=made.version, now=OPEN)
    assert (Application.objects.count(), Notice.objects.count()) == (0, 0)


def test_what_was_sent_in_is_withdrawn_even_after_the_call_has_closed(call: Call, by: User) -> None:
    made = sent(call, by)
    applications.withdraw(made, by=by, version=made.version, now=CLOSED)
    made = Application.objects.with_ground().get()
    assert (submissions.counts(made), Application.objects.sent_in().count()) == (None, 0)
    assert Notice.objects.order_by("-created_at")[0].kind == "application_withdrawn"
    with pytest.raises(NotNow, match="is withdrawn"):
        applications.withdraw(made, by=by, version=made.version, now=CLOSED)


def test_nobody_acts_for_another(call: Call, by: User) -> None:
    made = draft(call, by)
    for verb in (applications.send_in, applications.withdraw):
        with pytest.raises(Application.DoesNotExist):
            verb(made, by=artist("Annan"), version=made.version, now=OPEN)


def test_a_call_keeps_the_periods_and_places_that_somebody_has_wished_for(
    world: World, call: Call, by: User
) -> None:
    draft(call, by)
    now = calls.standing(call)
    with pytest.raises(Refused, match="has wished for one") as refused:
        calls.change(
            call, replace(now, periods=now.periods[1:]), version=call.version, by=world.officer, now=OPEN
        )
    assert (refused.value.field, call.periods.count()) == ("periods", 2)
    calls.change(
        call, replace(now, periods=now.periods[:1]), version=call.version, by=world.officer, now=OPEN
    )
    assert Application.objects.get().periods.count() == 1
