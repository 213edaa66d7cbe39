"""Panels under fire, by real threads: whatever comes first, nothing is scored by one who may not, and nothing twice."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from programmes import applications, assignments, conflicts, panels, reviews
from programmes.conflicts import hidden_from
from programmes.models import Assessor, Assignment, Review
from tests.programmes.applying import artist, draft
from tests.programmes.assessing import (
    READING,
    Panel,
    dealt_panel,
    declare,
    make_panel,
    public_call,
    scores,
    set_up,
)  # fmt: skip
from tests.programmes.open_calls import OPEN
from tests.races import at_once
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def act(call: Callable[[], Any]) -> str:
    call()
    return "done"


def finish(panel: Panel, at: int = 0) -> Callable[[], Any]:
    seat = panel.seats[at]
    application = reviews.mine(seat)[0].application
    return partial(
        reviews.save, seat, application, scores(panel.call), finish=True, version=0, by=seat.user, now=READING
    )


def test_a_conflict_is_declared_while_scores_are_saved(world: World) -> None:
    panel = dealt_panel(world, members=3)
    seat = panel.seats[0]
    application = reviews.mine(seat)[0].application
    outcome = at_once(
        act, [partial(conflicts.find, seat, application, why="", by=seat.user, now=READING), finish(panel)]
    )
    assert outcome in (Counter(done=2), Counter(done=1, NotNow=1))
    assert list(hidden_from(seat.user)) == [application]
    assert Review.objects.counting().filter(assessor=seat).count() == 0
    assert Assignment.objects.standing().filter(assessor=seat, application=application).count() == 0


def test_an_assessor_is_removed_while_finishing(world: World) -> None:
    panel = dealt_panel(world, members=3)
    seat = panel.seats[0]
    remove = partial(
        panels.remove, seat, why="Sjuk.", version=panel.assessment.version, by=world.officer, now=READING
    )
    outcome = at_once(act, [remove, finish(panel)])
    finished = Review.objects.finished().filter(assessor=seat)
    assert outcome in (Counter(done=2), Counter(done=1, NotNow=1))
    standing = seat.assignments.filter(let_go_at=None).values_list("application", flat=True)
    assert list(standing) == list(finished.values_list("application", flat=True))
    assert [one.assignments.standing().count() for one in panel.applications] == [2, 2, 2]


def test_two_officers_deal_at_once(world: World) -> None:
    panel = make_panel(world)
    for seat in panel.seats:
        declare(seat)
    seen = panel.assessment
    deals = [
        partial(assignments.deal, seen, version=seen.version, by=by, now=READING)
        for by in (world.officer, world.administrator) * 2
    ]
    assert at_once(act, deals) == Counter(done=1, NotNow=3)
    assert [one.assignments.standing().count() for one in panel.applications] == [2, 2, 2]


def test_the_same_form_is_saved_by_many_clicks_at_once(world: World) -> None:
    panel = dealt_panel(world)
    assert at_once(act, [finish(panel)] * 6) == Counter(done=1, NotNow=5)
    assert Review.objects.get().scores.count() == 2


def test_who_is_invited_does_not_send_in_at_the_same_moment(world: World) -> None:
    for number in range(ROUNDS):
        call, who = public_call(world, title=f"Omgång {number}"), artist(f"Nummer {number}")
        made = set_up(call, world.officer)
        written = draft(call, who)
        sit = partial(
            panels.seat, call, who.email, "member", version=made.version, by=world.officer, now=OPEN
        )
        send = partial(applications.send_in, written, by=who, version=written.version, now=OPEN)
        assert at_once(act, [sit, send]) == Counter(done=1, Refused=1)
        sits = Assessor.objects.filter(call=call).count()
        assert sits + call.applications.sent_in().count() == 1
