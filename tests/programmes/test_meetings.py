"""The meeting, and who takes no part in what."""

from dataclasses import replace
from datetime import timedelta

import pytest

from programmes import meetings
from programmes.meetings import MeetingInput
from programmes.models import Call, Meeting
from tests.programmes.deciding import DECIDING, apply, assessed, close, conflict, fix, meet, residency
from tests.programmes.open_calls import CLOSES
from tests.world import World
from tours.errors import NotNow, Refused

DATA = MeetingInput(DECIDING.date(), "Ordförande")


@pytest.fixture
def call(world: World) -> Call:
    return residency(world)


def test_a_meeting_comes_after_the_scores(call: Call) -> None:
    panel = assessed(call, "Ella")
    with pytest.raises(NotNow, match="Close the assessment first"):
        meetings.hold(call, replace(DATA, present=panel), now=DECIDING)


def test_what_is_said_of_a_meeting_may_be_said_anew(call: Call) -> None:
    panel = assessed(call, "Ella", "Filip")
    first = meet(call, panel)
    data = replace(DATA, chair="En annan", present=panel[:1])
    meetings.hold(call, data, version=first.version, now=DECIDING)
    found = Meeting.objects.get()
    assert (found.chair, [str(one) for one in found.present.all()], found.version) == (
        "En annan",
        ["Ella"],
        2,
    )
    with pytest.raises(NotNow, match="Somebody has changed"):
        meetings.hold(call, data, version=first.version - 1, now=DECIDING)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"chair": " "}, "chair"),
        ({"present": []}, "present"),
        ({"held_on": CLOSES.date() - timedelta(days=1)}, "held_on"),
        ({"held_on": DECIDING.date() + timedelta(days=1)}, "held_on"),
    ],
)
def test_what_a_meeting_must_be(call: Call, changes: dict[str, object], field: str) -> None:
    panel = assessed(call, "Ella")
    close(call)
    with pytest.raises(Refused) as refused:
        meetings.hold(call, replace(DATA, **{"present": panel, **changes}), now=DECIDING)
    assert refused.value.field == field


def test_only_the_calls_own_panel_is_present(world: World, call: Call) -> None:
    assessed(call, "Ella")
    other = residency(world, title="En annan")
    stranger = assessed(other, "Filip")
    close(call)
    with pytest.raises(Refused, match="of the call’s panel"):
        meetings.hold(call, replace(DATA, present=stranger), now=DECIDING)


def test_fixed_minutes_end_it(world: World, call: Call) -> None:
    panel = assessed(call, "Ella")
    standing = meet(call, panel)
    fix(call, world.officer)
    with pytest.raises(NotNow, match="minutes are fixed"):
        meetings.hold(call, replace(DATA, present=panel), version=standing.version + 1, now=DECIDING)


def test_who_has_a_conflict_in_the_case_leaves_the_room(call: Call) -> None:
    first, second, panel = apply(call, "Anna"), apply(call, "Bosse"), assessed(call, "Ella", "Filip", "Gun")
    conflict(panel[0], first)
    conflict(panel[2], second)
    meeting = meet(call, panel[:2])
    assert [str(one) for one in meetings.leaving(meeting, first)] == ["Ella"]
    assert list(meetings.leaving(meeting, second)) == []
