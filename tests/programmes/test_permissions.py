"""Who reads what of an application: by seat, by conflict, by stage; and whoever runs the call."""

from datetime import timedelta

import pytest

from programmes import applications, calls, panels, permissions, received
from programmes.models import Application, Call, SampleFile
from tests.programmes.assessing import (
    READING,
    Panel,
    deal,
    dealt_panel,
    declare,
    make_panel,
    public_call,
    score,
    seat,
    set_up,
)
from tests.programmes.open_calls import CLOSES, OPEN
from tests.programmes.sample_files import added
from tests.world import World
from venues.models import User


@pytest.fixture
def panel(world: World) -> Panel:
    return dealt_panel(world)


def numbers(panel: Panel, user: User) -> list[int | None]:
    found = permissions.readable(user, panel.call, READING).order_by("number")
    return [one.number for one in found]


def test_an_assessor_reads_what_is_ones_own_to_score_and_all_once_it_is_closed(
    world: World, panel: Panel
) -> None:
    user = panel.seats[0].user
    own = [one.application.number for one in panel.seats[0].assignments.order_by("application__number")]
    before = numbers(panel, user)
    panels.close(
        panel.call, despite_missing=True, version=panel.assessment.version, by=world.officer, now=READING
    )
    assert (len(own), before, numbers(panel, user)) == (2, own, [1, 2, 3])


def test_whoever_runs_the_call_reads_all_but_not_before_it_has_closed(world: World, panel: Panel) -> None:
    early = CLOSES - timedelta(seconds=1)
    assert numbers(panel, world.officer) == [1, 2, 3]
    assert list(permissions.readable(world.officer, panel.call, early)) == []


def test_nobody_else_reads_any(world: World, panel: Panel) -> None:
    others = (world.stranger, world.producer, world.presenter, panel.applications[0].applicant)
    assert [numbers(panel, user) for user in others] == [[], [], [], []]


def test_who_runs_the_call_and_has_a_conflict_does_not_read_it(world: World) -> None:
    panel = make_panel(world)
    declare(seat(panel.call, world.officer.email, world.officer), "Fiktiva Gran")
    assert numbers(panel, world.officer) == [1, 3]
    assert not permissions.can_read(world.officer, Application.objects.get(number=2), READING)


def test_the_assessments_that_one_sits_on(world: World, panel: Panel) -> None:
    other = public_call(world, title="En annan")
    set_up(other, world.officer)
    assert list(permissions.assessments_of(panel.seats[0].user)) == [panel.assessment]
    assert list(permissions.assessments_of(world.officer)) == []


def test_names_are_hidden_from_the_panel_until_it_is_closed_also_from_its_officer(world: World) -> None:
    panel = dealt_panel(world, applicants=1, members=2, is_blind=True)
    declare(seat(panel.call, world.officer.email, world.officer))
    people = (panel.seats[0].user, world.officer, world.administrator)
    (one,) = panel.applications
    before = [permissions.sees_names(user, one, READING) for user in people]
    panels.close(
        panel.call, despite_missing=True, version=panel.assessment.version, by=world.officer, now=READING
    )
    after = [permissions.sees_names(user, one, READING) for user in people]
    assert (before, after) == ([False, False, True], [True, True, True])


@pytest.mark.parametrize(("leave_out", "sees"), [(False, False), (True, True)])
def test_names_stay_hidden_from_its_officer_who_left_while_what_they_scored_counts(
    world: World, leave_out: bool, sees: bool
) -> None:
    panel = make_panel(world, is_blind=True)
    officers = seat(panel.call, world.officer.email, world.officer)
    for one in (*panel.seats, officers):
        declare(one)
    deal(panel)
    score(officers, officers.assignments.all()[0].application)
    panels.remove(
        officers,
        why="Tidsbrist.",
        leave_out=leave_out,
        version=panel.assessment.version,
        by=world.officer,
        now=READING,
    )
    assert permissions.sees_names(world.officer, panel.applications[0], READING) == sees


def test_where_names_are_shown_whoever_reads_sees_them(panel: Panel) -> None:
    own = panel.seats[0].assignments.all()[0].application
    assert permissions.sees_names(panel.seats[0].user, own, READING)
    other = Application.objects.exclude(assignments__assessor=panel.seats[0]).get()
    assert not permissions.sees_names(panel.seats[0].user, other, READING)


class TestWithdrawnCalls:
    """One rule for pages, lists and files: whoever runs the call reads on, from when it has closed."""

    def test_a_withdrawn_calls_files_are_open_to_whoever_runs_it_alone(self, world: World) -> None:
        panel = dealt_panel(world)
        one = panel.seats[0].assignments.order_by("pk")[0].application
        file = _sent_with(one)
        gone = withdraw(panel)
        people = (panel.seats[0].user, world.officer)
        one.call = gone
        file.application = one
        assert [permissions.can_open(user, file, READING) for user in people] == [False, True]

    @pytest.mark.parametrize(("after", "count"), [(timedelta(seconds=-1), 0), (timedelta(0), 3)])
    def test_pages_and_files_of_a_withdrawn_call_are_read_from_the_same_moment(
        self, world: World, after: timedelta, count: int
    ) -> None:
        panel = dealt_panel(world)
        gone, now = withdraw(panel), CLOSES + after
        shown = len(received.of_call(gone, world.officer, now))
        assert (shown, len(permissions.readable(world.officer, gone, now))) == (count, count)


def test_a_draft_is_read_by_nobody(world: World) -> None:
    panel = dealt_panel(world)
    Call.objects.filter(pk=panel.call.pk).update(published_at=None)
    draft = Call.objects.get(pk=panel.call.pk)
    shown = received.of_call(draft, world.officer, READING)
    assert (shown, list(permissions.readable(world.officer, draft, READING))) == ([], [])


def withdraw(panel: Panel) -> Call:
    fresh, by = Call.objects.get(pk=panel.call.pk), panel.world.officer
    return calls.withdraw(fresh, why="Inga pengar.", version=fresh.version, by=by, now=READING)


def _sent_with(application: Application) -> SampleFile:
    """A file with which it was sent in anew while the call was open."""
    file = added(application, title="Skiss")
    fresh = Application.objects.get(pk=application.pk)
    applications.send_in(fresh, by=fresh.applicant, version=fresh.version, now=OPEN)
    return SampleFile.objects.get(pk=file.pk)
