"""The minutes: fixed as data with their digest, opened again by a new number and a reason, before answers are sent."""

import pytest
from django.db import DatabaseError, transaction

from bookings import kept_facts
from programmes import answers_to_calls, applications, minutes
from programmes.models import Call, Meeting, Minutes
from tests.programmes.deciding import (
    ANSWERED,
    DECIDING,
    WORDS,
    answer,
    apply,
    assessed,
    conflict,
    decide,
    decided,
    fix,
    meet,
    residency,
    score,
)
from tests.world import World
from tours.errors import NotNow, Refused


def reopen(call: Call, world: World, why: str = "Fel belopp.") -> Meeting:
    version = Meeting.objects.get(call=call).version
    return minutes.reopen(call, why=why, version=version, by=world.officer, now=DECIDING)


def test_they_keep_who_was_there_and_each_decision_with_its_scores(world: World) -> None:
    made = decided(world)
    kept = fix(made["Anna"].call, world.officer)
    assert kept.facts["meeting"] == {
        "held_on": "2027-02-04",
        "chair": "Ordförande",
        "secretary": "Sekreterare",
        "present": [{"name": "Ella", "kind": "external"}, {"name": "Filip", "kind": "external"}],
        "notes": "Allt gicks igenom.",
    }
    cases = kept.facts["cases"]
    assert [(one["number"], one["outcome"], one["reserve_number"]) for one in cases] == [
        (1, "granted", None),
        (2, "reserve", 1),
        (3, "refused", None),
    ]
    assert cases[0] == {
        "application": made["Anna"].pk, "number": 1, "title": "Verk av Anna", "who": "Anna", "art_form": "music",
        "home": "", "conflicts": [], "mean": "3.50", "spread": "1.00", "deviation": "0.50", "readers": 2,
        "outcome": "granted", "reserve_number": None, "amount": "30000.00", "motivation": WORDS,
    }  # fmt: skip


def test_conflicts_stand_with_each_case(world: World) -> None:
    call = residency(world)
    first, second, panel = apply(call, "Anna"), apply(call, "Bosse"), assessed(call, "Ella", "Filip")
    conflict(panel[0], first)
    score(panel[1], first, 4, 4)
    meet(call, panel)
    decide(first, world.officer)
    decide(second, world.officer, "refused")
    facts = fix(call, world.officer).facts
    assert [(one["conflicts"], one["mean"]) for one in facts["cases"]] == [(["Ella"], "4.00"), ([], None)]


def test_the_digest_tells_whether_they_are_whole(world: World) -> None:
    kept = fix(decided(world)["Anna"].call, world.officer)
    assert kept_facts.is_whole(kept)
    kept.facts["cases"][0]["motivation"] = "Annat."
    assert not kept_facts.is_whole(kept)


def test_the_database_lets_nobody_change_them(world: World) -> None:
    fix(decided(world)["Anna"].call, world.officer)
    with pytest.raises(DatabaseError, match="minutes_never_change"), transaction.atomic():
        Minutes.objects.update(facts={})


def test_what_is_undecided_is_named(world: World) -> None:
    call = residency(world)
    for name in ("Anna", "Bosse"):
        apply(call, name)
    meet(call, assessed(call, "Ella"))
    with pytest.raises(Refused, match="Not decided: 1, 2"):
        fix(call, world.officer)


def test_the_reserves_have_no_gap(world: World) -> None:
    made = decided(world, {"Anna": "reserve", "Bosse": "reserve"})
    decide(made["Bosse"], world.officer, "reserve", reserve_number=3)
    with pytest.raises(Refused, match="numbered 1, 3"):
        fix(made["Bosse"].call, world.officer)


def test_one_that_is_withdrawn_needs_no_decision(world: World) -> None:
    call = residency(world)
    first, second = apply(call, "Anna"), apply(call, "Bosse")
    meet(call, assessed(call, "Ella"))
    decide(second, world.officer)
    applications.withdraw(first, by=first.applicant, version=first.version, now=DECIDING)
    facts = fix(call, world.officer).facts
    assert ([one["number"] for one in facts["cases"]], facts["withdrawn"]) == ([2], [1])


def test_they_are_fixed_once_and_as_they_were_looked_at(world: World) -> None:
    call = decided(world)["Anna"].call
    with pytest.raises(NotNow, match="Somebody has changed the meeting"):
        minutes.fix(call, version=7, by=world.officer, now=DECIDING)
    fix(call, world.officer)
    with pytest.raises(NotNow, match="fixed already"):
        fix(call, world.officer)


def test_opened_again_they_get_the_next_number_and_the_reason(world: World) -> None:
    made = decided(world)
    call = made["Anna"].call
    fix(call, world.officer)
    reopen(call, world)
    decide(made["Anna"], world.officer, motivation="Rättade ord.")
    again = fix(call, world.officer)
    assert (again.number, again.facts["why"]) == (2, "Fel belopp.")
    kept = [one.facts["cases"][0]["motivation"] for one in minutes.versions(Meeting.objects.get())]
    assert kept == ["Rättade ord.", WORDS]


def test_opening_needs_a_reason(world: World) -> None:
    call = decided(world)["Anna"].call
    with pytest.raises(NotNow, match="not fixed"):
        reopen(call, world)
    fix(call, world.officer)
    with pytest.raises(Refused) as refused:
        reopen(call, world, " ")
    assert refused.value.field == "why"


def test_not_while_answers_wait_and_not_once_they_are_sent(world: World) -> None:
    call = decided(world)["Anna"].call
    fix(call, world.officer)
    answer(call)
    with pytest.raises(NotNow, match="Take the answers back first"):
        reopen(call, world)
    version = Meeting.objects.get().version
    with pytest.raises(NotNow, match="have been sent"):
        minutes.reopen(call, why="Fel.", version=version, by=world.officer, now=ANSWERED)
    answers_to_calls.take_back(call, version=version, now=DECIDING)
    assert reopen(call, world).fixed_at is None
