"""A panel: its terms, who sits on it, who may not, and what becomes of the work of one who leaves."""

from datetime import date, timedelta

import pytest

from bookings.models import Notice
from programmes import applicants, applications, calls, panels, reviews, sightings
from programmes.models import AssessmentChange, Assessor, Review
from programmes.panels import PanelInput
from tests.programmes.applying import artist, draft, sent
from tests.programmes.assessing import (
    DUE,
    READING,
    deal,
    dealt_panel,
    declare,
    make_panel,
    public_call,
    readers,
    score,
    seat,
    set_up,
)  # fmt: skip
from tests.programmes.open_calls import OPEN
from tests.programmes.open_calls import draft as draft_call
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import User


def mails(kind: str) -> list[str]:
    return list(Notice.objects.filter(kind=kind).order_by("to_email").values_list("to_email", flat=True))


# -- terms ---------------------------------------


def test_the_terms_are_said_and_said_anew(world: World) -> None:
    call = public_call(world)
    made = set_up(call, world.officer)
    again = panels.set_up(call, PanelInput(6, 3, DUE), version=made.version, by=world.officer, now=OPEN)
    assert (again.pk, again.scale_most, again.readers_count) == (made.pk, 6, 3)
    assert [one.action for one in AssessmentChange.objects.order_by("pk")] == ["set_up", "changed"]


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (PanelInput(2, 2, DUE), "scale_most"),
        (PanelInput(11, 2, DUE), "scale_most"),
        (PanelInput(5, 0, DUE), "readers_count"),
        (PanelInput(5, 11, DUE), "readers_count"),
        (PanelInput(5, 2, date(2027, 2, 2)), "due_on"),
        (PanelInput(5, 2, date(2027, 3, 2)), "due_on"),
    ],
)
def test_terms_that_cannot_be_are_refused(world: World, terms: PanelInput, field: str) -> None:
    with pytest.raises(Refused) as refused:
        panels.set_up(public_call(world), terms, version=0, by=world.officer, now=OPEN)
    assert refused.value.field == field


def test_a_draft_and_a_withdrawn_call_have_no_panel(world: World) -> None:
    withdrawn = public_call(world)
    calls.withdraw(withdrawn, why="Nej.", version=withdrawn.version, by=world.officer, now=OPEN)
    for call in (draft_call(world), withdrawn):
        with pytest.raises(NotNow, match="public"):
            set_up(call, world.officer)


def test_the_scale_stands_once_somebody_has_scored(world: World) -> None:
    panel = dealt_panel(world, applicants=1, members=2)
    score(panel.seats[0], panel.applications[0])
    with pytest.raises(Refused, match="scored by the scale"):
        panels.set_up(
            panel.call, PanelInput(6, 2, DUE), version=panel.assessment.version, by=world.officer, now=READING
        )


def test_of_two_who_set_it_up_the_second_is_told(world: World) -> None:
    call = public_call(world)
    set_up(call, world.officer)
    with pytest.raises(NotNow, match="since you opened"):
        set_up(call, world.administrator)


# -- seats ---------------------------------------


def test_who_has_no_account_gets_one_and_an_invitation(world: World) -> None:
    call = public_call(world)
    set_up(call, world.officer)
    made = seat(call, "Ny@Jury.example", world.officer, "external", "Ny Sakkunnig")
    user = User.objects.get(email="ny@jury.example")
    mail = Notice.objects.get(kind="assessor_invited")
    assert (made.user, user.name, user.memberships.count()) == (user, "Ny Sakkunnig", 0)
    assert (mail.to_email, f"/bedomning/{call.slug}/" in mail.body_text) == (user.email, True)


def test_who_is_known_keeps_the_name_and_sits_once(world: World) -> None:
    call = public_call(world)
    set_up(call, world.officer)
    made = seat(call, world.producer.email, world.officer, name="Någon annan")
    with pytest.raises(Refused, match="on the panel already"):
        seat(call, world.producer.email.upper(), world.officer)
    assert (made.user.name, Assessor.objects.count()) == (world.producer.name, 1)


def test_an_applicant_does_not_sit_and_who_sits_does_not_apply(world: World) -> None:
    call, applied, sits = public_call(world), artist(), artist("Jury")
    sent(call, applied)
    set_up(call, world.officer)
    with pytest.raises(Refused, match="has applied") as refused:
        seat(call, applied.email, world.officer)
    seat(call, sits.email, world.officer)
    written = draft(call, sits)
    with pytest.raises(Refused, match="on the panel"):
        applications.send_in(written, by=sits, version=written.version, now=OPEN)
    assert refused.value.field == "email"


def test_an_address_of_one_who_only_waits_for_an_invitation_is_kept(world: World) -> None:
    call = public_call(world)
    set_up(call, world.officer)
    seat(call, "ny@jury.example", world.officer)
    User.objects.filter(email="ny@jury.example").update(created_at=OPEN - timedelta(days=90))
    applicants.forget_due(READING)
    assert User.objects.filter(email="ny@jury.example").exists()


# -- leaving ---------------------------------------


def test_what_one_has_not_finished_goes_to_others_and_what_one_has_finished_stays(world: World) -> None:
    panel = dealt_panel(world, applicants=3, members=3)
    leaves = panel.seats[0]
    first, second = [one.application for one in reviews.mine(leaves)]
    score(leaves, first)
    moved = panels.remove(
        leaves, why="Sjuk.", version=panel.assessment.version, by=world.officer, now=READING
    )
    assert moved == 1
    assert [len(readers(one)) for one in panel.applications] == [2, 2, 2]
    assert list(Review.objects.counting().values_list("assessor", "application")) == [(leaves.pk, first.pk)]
    assert str(leaves.user) not in readers(second)
    assert mails("assessor_removed") == [leaves.user.email]


def test_what_one_has_finished_can_be_left_out_and_taken_in(world: World) -> None:
    panel = dealt_panel(world, applicants=1, members=3)
    one = reviews.mine(panel.seats[0]).get()
    score(panel.seats[0], one.application)
    panels.remove(
        panel.seats[0], why="Ber om det.", leave_out=True, version=panel.assessment.version, by=world.officer,
        now=READING,
    )  # fmt: skip
    assert Review.objects.counting().count() == 0
    assert readers(one.application) == ["Member 0", "Member 1", "Member 2"]
    panels.leave_out(panel.seats[0], False, version=panel.assessment.version, by=world.officer, now=READING)
    assert Review.objects.counting().count() == 1


def test_leaving_needs_a_reason_and_is_logged_with_it(world: World) -> None:
    panel = make_panel(world)
    with pytest.raises(Refused, match="Say why") as refused:
        panels.remove(
            panel.seats[0], why=" ", version=panel.assessment.version, by=world.officer, now=READING
        )
    panels.remove(
        panel.seats[0], why="Sjuk.", version=panel.assessment.version, by=world.officer, now=READING
    )
    last = AssessmentChange.objects.first()
    assert last is not None
    assert (refused.value.field, last.action, last.why, last.assessor, last.by) == (
        "why", "removed", "Sjuk.", panel.seats[0], world.officer,
    )  # fmt: skip
    with pytest.raises(NotNow, match="any more"):
        panels.remove(
            panel.seats[0], why="Igen", version=panel.assessment.version, by=world.officer, now=READING
        )


def test_who_was_removed_neither_declares_nor_scores(world: World) -> None:
    panel = dealt_panel(world)
    one = reviews.mine(panel.seats[0])[0].application
    panels.remove(
        panel.seats[0], why="Sjuk.", version=panel.assessment.version, by=world.officer, now=READING
    )
    for act in (lambda: score(panel.seats[0], one), lambda: declare(panel.seats[0])):
        with pytest.raises(NotNow, match="not on the panel"):
            act()


def test_who_comes_back_has_the_old_conflicts_and_does_not_read_the_same_twice(world: World) -> None:
    panel = make_panel(world, applicants=2, members=3)
    for one in panel.seats:
        declare(one, *(["Fiktiva Frost"] if one == panel.seats[0] else []))
    deal(panel)
    mine = reviews.mine(panel.seats[0]).get().application
    score(panel.seats[0], mine)
    panels.remove(
        panel.seats[0], why="Sjuk.", version=panel.assessment.version, by=world.officer, now=READING
    )
    back = seat(panel.call, panel.seats[0].user.email, world.officer)
    declare(back)
    deal(panel)
    assert list(reviews.mine(back)) == []


# -- closed ---------------------------------------


def test_once_closed_no_score_is_changed_until_it_is_opened_again(world: World) -> None:
    panel = dealt_panel(world)
    one = reviews.mine(panel.seats[0])[0].application
    closed = panels.close(
        panel.call, despite_missing=True, version=panel.assessment.version, by=world.officer, now=READING
    )
    with pytest.raises(NotNow, match="was closed"):
        score(panel.seats[0], one)
    panels.reopen(closed, version=closed.version, by=world.officer, now=READING)
    assert score(panel.seats[0], one).finished_at == READING


def test_it_is_not_opened_again_once_one_of_the_panel_has_read_names(world: World) -> None:
    panel = dealt_panel(world, is_blind=True)
    act = {"by": world.officer, "now": READING}
    closed = panels.close(panel.call, despite_missing=True, version=panel.assessment.version, **act)
    sightings.note(panel.call, panel.applications[0], world.officer, "names", READING)
    opened = panels.reopen(closed, version=closed.version, **act)
    closed = panels.close(panel.call, despite_missing=True, version=opened.version, **act)
    sightings.note(panel.call, panel.applications[0], panel.seats[0].user, "names", READING)
    with pytest.raises(NotNow, match="has read names"):
        panels.reopen(closed, version=closed.version, **act)


def test_an_assessment_is_not_closed_before_the_call(world: World) -> None:
    panel = make_panel(world)
    with pytest.raises(NotNow, match="is open until"):
        panels.close(
            panel.call, despite_missing=True, version=panel.assessment.version, by=world.officer, now=OPEN
        )
