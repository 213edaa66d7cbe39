"""From a decision to a residency: prefilled, planned once, by the officer."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bookings.models import Residency
from bookings.residencies import money
from programmes import placements
from programmes.models import Decision
from tests.programmes.deciding import conflict, seat
from tests.programmes.granted import granted
from tests.programmes.open_calls import AUGUST, CLOSED, MAY
from tests.races import at_once
from tests.world import World
from tours.errors import NotNow, Refused


@pytest.fixture
def decision(world: World) -> Decision:
    return granted(world)


def place(world: World, decision: Decision, **changes: Any) -> Residency:
    values = {"host": world.presenting, "place": world.places["Backe"], "periods": [MAY], **changes}
    return placements.place(decision, by=world.officer, now=CLOSED, **values)


def test_it_says_what_was_sent_in(decision: Decision) -> None:
    data = placements.prefilled(decision).data
    assert (data.title, data.artist_name, data.about, data.art_form, data.people_count) == (
        "Vindens väg",
        "Trion",
        "Låtar om vind.",
        "music",
        2,
    )
    assert data.artist_email == decision.application.applicant.email


def test_nobody_in_conflict_plans_it(world: World, decision: Decision) -> None:
    conflict(seat(decision.application.call, world.officer), decision.application)
    with pytest.raises(Refused, match="conflict of interest"):
        place(world, decision)


def test_what_was_sent_in_counts_and_not_what_was_written_since(decision: Decision) -> None:
    decision.application.title = "Något annat"
    decision.application.save()
    assert placements.prefilled(Decision.objects.get()).data.title == "Vindens väg"


def test_the_wished_period_and_the_wished_places_hosts_are_proposed(world: World, decision: Decision) -> None:
    in_backe = decision.application.call.places.get(host=world.presenting)
    decision.application.places.update(place=in_backe)
    told = placements.prefilled(Decision.objects.get())
    assert (list(told.periods), told.hosts) == ([MAY], [world.presenting])


def test_the_call_gives_the_lines_of_money(decision: Decision) -> None:
    lines = [(line.kind, line.paid_by, line.planned) for line in placements.prefilled(decision).costs]
    assert lines == [
        ("stipend", "region", Decimal(30_000)),
        ("salary", "region", Decimal()),
        ("housing", "host", Decimal()),
        ("room", "host", Decimal()),
    ]


def test_an_amount_that_was_decided_is_the_stipend(decision: Decision) -> None:
    decision.amount = Decimal(25_000)
    assert placements.prefilled(decision).costs[0].planned == Decimal(25_000)


def test_the_residency_belongs_to_the_decision_and_the_applicant(world: World, decision: Decision) -> None:
    made = place(world, decision)
    decision.refresh_from_db()
    assert (decision.residency, made.artist, made.host) == (
        made,
        decision.application.applicant,
        world.presenting,
    )
    assert [line.planned for line in money.standing(made)][0] == Decimal(30_000)


def test_what_the_applicant_needs_goes_with_it(world: World, decision: Decision) -> None:
    assert place(world, decision).access_needs == "Hiss."


def test_what_was_decided_otherwise_counts(world: World, decision: Decision) -> None:
    data = replace(placements.prefilled(decision).data, people_count=5)
    made = place(world, decision, data=data, periods=[AUGUST])
    assert (made.people_count, made.periods.get().starts_on) == (5, AUGUST[0])


def test_it_is_planned_once(world: World, decision: Decision) -> None:
    place(world, decision)
    with pytest.raises(NotNow, match="planned already"):
        place(world, decision)


@pytest.mark.parametrize("outcome", ["refused", "reserve"])
def test_only_of_what_was_granted(world: World, decision: Decision, outcome: str) -> None:
    number = 1 if outcome == "reserve" else None
    Decision.objects.update(outcome=outcome, reserve_number=number)
    with pytest.raises(NotNow, match="No residency"):
        place(world, decision)


def test_only_once_the_answers_are_sent(world: World) -> None:
    decision = granted(world, is_answered=False)
    with pytest.raises(NotNow, match="not been sent"):
        place(world, decision)
    assert Residency.objects.count() == 0


def test_a_host_of_another_region_is_refused(world: World, decision: Decision) -> None:
    world.neighbouring.region_id = 0
    with pytest.raises(Refused) as refused:
        place(world, decision, host=world.neighbouring)
    assert refused.value.field == "host"


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_the_second_is_told(world: World) -> None:
    decision = granted(world)

    def act(_number: int) -> str:
        place(world, decision)
        return "planned"

    assert at_once(act, list(range(8))) == {"planned": 1, "NotNow": 7}
    assert Residency.objects.count() == 1
