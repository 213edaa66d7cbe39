"""The assessment closed once, with what is missing named (`panels.close`)."""

from datetime import timedelta

import pytest

from programmes import calls, panels
from programmes.models import Call
from tests.programmes.applying import artist
from tests.programmes.deciding import DECIDING, apply, assessed, close, residency, score
from tests.programmes.open_calls import CLOSES
from tests.world import World
from tours.errors import NotNow, Refused


@pytest.fixture
def call(world: World) -> Call:
    return residency(world)


def test_it_closes_when_all_have_scored(call: Call) -> None:
    application, panel = apply(call, "Anna"), assessed(call, "Ella", "Filip")
    for one in panel:
        score(one, application, 4, 4)
    closed = panels.close(call, version=1, by=artist(), now=DECIDING)
    assert (closed.closed_at, closed.version) == (DECIDING, 2)


def test_missing_scores_are_named_and_must_be_known(call: Call) -> None:
    first, second, panel = apply(call, "Anna"), apply(call, "Bosse"), assessed(call, "Ella", "Filip")
    score(panel[0], first, 4, 4)
    score(panel[1], first, 4, 4)
    score(panel[0], second, 4, 4, done=False)
    with pytest.raises(Refused, match="2 scores are missing, of applications 2") as refused:
        panels.close(call, version=1, by=artist(), now=DECIDING)
    assert refused.value.field == "despite_missing"
    assert (
        panels.close(call, despite_missing=True, version=1, by=artist(), now=DECIDING).closed_at == DECIDING
    )


@pytest.mark.parametrize("before", [timedelta(0), timedelta(seconds=1)])
def test_not_before_the_call_has_closed(call: Call, before: timedelta) -> None:
    assessed(call)
    if not before:
        assert panels.close(call, version=1, by=artist(), now=CLOSES).closed_at == CLOSES
        return
    with pytest.raises(NotNow, match="is open until"):
        panels.close(call, version=1, by=artist(), now=CLOSES - before)


def test_not_twice_not_over_a_change_and_not_without_a_panel(call: Call) -> None:
    with pytest.raises(NotNow, match="Set up the assessment first"):
        panels.close(call, version=1, by=artist(), now=DECIDING)
    assessed(call)
    with pytest.raises(NotNow, match="Somebody has worked with the panel"):
        panels.close(call, version=7, by=artist(), now=DECIDING)
    close(call)
    with pytest.raises(NotNow, match="assessment was closed"):
        panels.close(call, version=2, by=artist(), now=DECIDING)


def test_not_of_a_call_that_is_withdrawn(world: World, call: Call) -> None:
    assessed(call)
    calls.withdraw(call, why="Inga pengar", version=call.version, by=world.officer, now=DECIDING)
    with pytest.raises(NotNow, match="withdrawn"):
        panels.close(call, version=1, by=artist(), now=DECIDING)
