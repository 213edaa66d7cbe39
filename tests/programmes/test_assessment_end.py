"""When an assessor's reading ends: when the answers are sent, or the call is withdrawn. Whoever runs it reads on."""

from datetime import datetime, timedelta

import pytest

from programmes import calls, permissions
from programmes.models import Application, Assessor, Call
from tests.programmes.assessing import READING, Panel, dealt_panel
from tests.programmes.deciding import ANSWERED, DECIDING, close, decided, told
from tests.world import World
from venues.models import User

BEFORE = ANSWERED - timedelta(seconds=1)


@pytest.fixture
def call(world: World) -> Call:
    """Of three applications, decided about by Ella and Filip; the answers leave at `ANSWERED`."""
    return next(iter(told(world).values())).call


def expert(call: Call) -> User:
    """An external expert on the panel."""
    return Assessor.objects.get(call=call, user__name="Ella").user


def withdraw(call: Call, by: User, now: datetime) -> Call:
    fresh = Call.objects.get(pk=call.pk)
    return calls.withdraw(fresh, why="Inga pengar.", version=fresh.version, by=by, now=now)


def read(user: User, call: Call, now: datetime) -> list[int | None]:
    return [one.number for one in permissions.readable(user, call, now).order_by("number")]


def test_an_assessor_reads_until_the_answers_are_sent_to_the_second(call: Call) -> None:
    assert (read(expert(call), call, BEFORE), read(expert(call), call, ANSWERED)) == ([1, 2, 3], [])


def test_answers_that_wait_end_nothing(call: Call) -> None:
    assert [permissions.is_ended(call, now) for now in (DECIDING, BEFORE, ANSWERED)] == [False, False, True]


def test_whoever_runs_the_call_reads_on(world: World, call: Call) -> None:
    assert read(world.officer, call, ANSWERED) == [1, 2, 3]


def test_whoever_runs_it_and_sat_on_its_panel_reads_on(world: World) -> None:
    made = decided(world)
    call = made["Anna"].call
    Assessor.objects.filter(call=call, user__name="Ella").update(user=world.officer)
    assert read(world.officer, call, ANSWERED) == [1, 2, 3]


def test_no_name_is_told_to_an_assessor_then(call: Call) -> None:
    one = Application.objects.get(call=call, number=1)
    known = [permissions.sees_names(expert(call), one, now) for now in (BEFORE, ANSWERED)]
    assert known == [True, False]


def test_of_a_withdrawn_call_assessors_read_nothing_and_whoever_runs_it_all(world: World) -> None:
    panel: Panel = dealt_panel(world)
    user = panel.seats[0].user
    before = read(user, panel.call, READING)
    gone = withdraw(panel.call, world.officer, READING)
    assert (len(before), read(user, gone, READING)) == (2, [])
    assert read(world.officer, gone, READING) == [1, 2, 3]


class TestFollowingTheMeeting:
    """A panel's members follow the meeting from when the assessment is closed until its end."""

    def followed(self, user: User, now: datetime) -> list[Call]:
        return list(permissions.calls_followed_by(user, now))

    def test_until_the_answers_are_sent(self, call: Call) -> None:
        assert [self.followed(expert(call), now) for now in (BEFORE, ANSWERED)] == [[call], []]

    def test_not_before_the_assessment_is_closed(self, world: World) -> None:
        panel = dealt_panel(world)
        user = panel.seats[0].user
        before = self.followed(user, READING)
        close(panel.call, READING)
        assert (before, self.followed(user, READING)) == ([], [panel.call])

    def test_not_of_a_withdrawn_call(self, world: World) -> None:
        panel = dealt_panel(world)
        close(panel.call, READING)
        withdraw(panel.call, world.officer, READING)
        assert self.followed(panel.seats[0].user, READING) == []

    def test_not_by_who_has_left_the_panel(self, call: Call) -> None:
        user = expert(call)
        Assessor.objects.filter(user=user).update(removed_at=DECIDING, removed_why="Sjuk.")
        assert self.followed(user, BEFORE) == []

    def test_not_by_others(self, world: World, call: Call) -> None:
        assert self.followed(world.presenter, BEFORE) == []
