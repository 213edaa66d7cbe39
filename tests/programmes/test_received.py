"""The applications to a call as those read them who run it: what counts, nothing before it closes, conflicts masked."""

from datetime import timedelta
from decimal import Decimal

import pytest

from programmes import applications, received
from programmes.applications import Line
from programmes.models import Call
from tests.programmes.applying import draft, send
from tests.programmes.deciding import (
    DECIDING,
    apply,
    asking,
    assessed,
    close,
    conflict,
    free,
    residency,
    seat,
)
from tests.programmes.open_calls import CLOSES
from tests.world import World


@pytest.fixture
def call(world: World) -> Call:
    return residency(world)


def test_nothing_is_read_before_the_call_has_closed(world: World, call: Call) -> None:
    apply(call, "Anna")
    before = CLOSES - timedelta(seconds=1)
    assert received.of_call(call, world.officer, before) == []
    assert received.one(call, 1, world.officer, before) is None
    assert [one.title for one in received.of_call(call, world.officer, CLOSES)] == ["Verk av Anna"]


def test_drafts_are_never_read_and_what_is_withdrawn_is_a_number(world: World, call: Call) -> None:
    first = apply(call, "Anna")
    apply(call, "Bosse")
    draft(call, world.stranger, title="Utkast")
    applications.withdraw(first, by=first.applicant, version=first.version, now=DECIDING)
    assert [one.number for one in received.of_call(call, world.officer, DECIDING)] == [2]
    assert [one.number for one in received.withdrawn_from(call, DECIDING)] == [1]
    assert received.one(call, 1, world.officer, DECIDING) is None


def test_what_was_sent_in_last_counts_not_what_was_written_since(world: World, call: Call) -> None:
    made = apply(call, "Anna", is_first_time=True)
    made.title, made.art_form = "Ändrat sedan", "dance"
    made.save()
    found = received.of_call(call, world.officer, DECIDING)[0]
    assert (found.title, found.art_form, found.who, found.is_first_time) == (
        "Verk av Anna",
        "music",
        "Anna",
        True,
    )


def test_the_second_that_was_sent_in_counts(world: World, call: Call) -> None:
    made = apply(call, "Anna")
    made.title = "Nytt namn"
    made.save()
    send(made)
    assert received.of_call(call, world.officer, DECIDING)[0].title == "Nytt namn"


def test_one_in_conflict_reads_a_number_and_nothing_else(world: World, call: Call) -> None:
    made, seated = apply(call, "Anna"), seat(call, world.officer)
    conflict(seated, made)
    found = received.of_call(call, world.officer, DECIDING)[0]
    told = (found.number, found.is_masked, found.facts, found.title, found.who, found.home, found.decision)
    assert told == (1, True, {}, "", "", None, None)
    assert received.of_call(call, world.administrator, DECIDING)[0].title == "Verk av Anna"


def test_one_who_scores_blindly_learns_names_when_the_scores_stand(world: World) -> None:
    call = residency(world, is_blind=True)
    made = apply(call, "Anna")
    assessed(call)
    free(seat(call, world.officer), made)

    def names() -> list[str]:
        people = (world.officer, world.administrator)
        return [received.of_call(call, user, DECIDING)[0].who for user in people]

    assert names() == ["", "Anna"]
    close(call)
    assert names() == ["Anna", "Anna"]


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ([asking(40_000), Line("Egen insats", Decimal(10_000), is_income=True)], 30_000),
        ([asking(5_000), Line("Biljetter", Decimal(9_000), is_income=True)], 0),
    ],
)
def test_asked_for_is_what_the_work_costs_beyond_its_income(
    world: World, call: Call, lines: list[Line], asked: int
) -> None:
    apply(call, "Anna", budget=lines)
    assert received.of_call(call, world.officer, DECIDING)[0].asked == asked


def test_an_application_of_the_first_shape_is_read_like_the_others(world: World) -> None:
    call = residency(world)
    sent = apply(call, "Anna").submissions.get()
    old = {name: value for name, value in sent.facts.items() if name != "files"} | {"schema": 1}
    old["who"] = {name: value for name, value in old["who"].items() if name != "files"}
    sent.delete()
    call.applications.get().submissions.create(number=1, facts=old, digest="x", at=sent.at)
    facts = received.of_call(call, None, DECIDING)[0].facts
    assert (facts["schema"], facts["files"], facts["who"]["files"]) == (2, [], [])
