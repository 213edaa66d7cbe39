"""Calls in somebody's week: what one has applied for, and what comes next in the calls that one runs."""

from typing import Any

import pytest

from programmes.models import Call
from tests.programmes.applying import artist, draft, send
from tests.programmes.deciding import (
    ANSWERED,
    DECIDING,
    answer,
    apply,
    assessed,
    close,
    decided,
    fix,
    residency,
    told,
)
from tests.programmes.open_calls import CLOSED, OPEN, published
from tests.turne.pages import get, text_of
from tests.world import World
from turne.web.open_calls.my_week_calls import running_sections

WEEK = "/min-vecka/"


@pytest.fixture(autouse=True)
def while_it_is_open(later: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 10**8
    later(OPEN)


def test_a_draft_waits_until_it_is_sent_in(world: World, en: Any) -> None:
    call, musician = Call.objects.with_ground().get(pk=published(world).pk), artist()
    begun = draft(call, musician)
    before = text_of(get(en(musician), WEEK))
    send(begun)
    after = text_of(get(en(musician), WEEK))
    assert ["1 thing waits for you" in before, "Draft, not sent in" in before] == [True, True]
    assert ["Nothing waits for you" in after, "Draft, not sent in" in after] == [True, False]
    assert "You belong to no organisation yet" not in after


def test_a_decision_stands_there_once_it_is_told(world: World, en: Any, later: Any) -> None:
    later(DECIDING)
    anna = told(world)["Anna"].applicant
    before = text_of(get(en(anna), WEEK))
    later(ANSWERED)
    assert ["Granted" in before, "Granted" in text_of(get(en(anna), WEEK))] == [False, True]


def _steps(world: World) -> list[tuple[str, bool]]:
    """The page and whether it is to be done, of each row of whoever runs the calls."""
    rows = [row for section in running_sections(world.officer, DECIDING) for row in section.rows]
    return [(str(row["url"]).split("/")[-2], row["is_task"]) for row in rows]


def test_whoever_runs_a_call_is_led_to_its_meeting(world: World, later: Any) -> None:
    later(DECIDING)
    call, steps = residency(world), []
    steps.append(_steps(world))
    apply(call, "Anna")
    steps.append(_steps(world))
    assessed(call, "Ella")
    steps.append(_steps(world))
    close(call)
    steps.append(_steps(world))
    assert steps == [[], [("panel", True)], [("panel", False)], [("sammantrade", True)]]


def test_and_on_to_its_answers(world: World, later: Any) -> None:
    later(DECIDING)
    call = next(iter(decided(world).values())).call
    steps = [_steps(world)]
    fix(call, world.officer)
    steps.append(_steps(world))
    answer(call)
    steps.append(_steps(world))
    assert steps == [[("sammantrade", True)], [("besked", True)], [("besked", False)]]


def test_once_the_answers_have_left_it_is_gone(world: World, later: Any) -> None:
    later(DECIDING)
    told(world)
    assert running_sections(world.officer, ANSWERED) == []


def test_who_neither_applies_nor_runs_any_reads_nothing_of_calls(world: World, en: Any, later: Any) -> None:
    published(world)
    later(CLOSED)
    page = text_of(get(en(world.school_contact), WEEK))
    assert ("Your calls" in page, "Applications" in page) == (False, False)
