"""Grants are noted and changed with their history, visits are tagged, and proofs are told and seen."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings import grants
from bookings.errors import ItemChanged
from bookings.grants import Decision
from bookings.models import Booking, BookingChange, FundedVisit, ProfessionalProof, SchoolGrant
from tests.bookings.granted import NOW, granted, owner, proof, scheme, to_the_school
from tests.world import World
from tours.errors import NotNow, Refused

DECISION = Decision(100, Decimal(200_000))


def test_a_grant_is_noted_with_its_history(world: World) -> None:
    made = granted(world, promised_by_form={"compulsory": 80, "preschool": 20, "sami": 0})
    assert (made.label, made.promised_by_form, made.currency) == (
        "2026/27",
        {"compulsory": 80, "preschool": 20},
        "SEK",
    )
    assert [line.action for line in made.changes.all()] == ["granted"]


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (Decision(0, Decimal(1)), "promised_count"),
        (Decision(200_001, Decimal(1)), "promised_count"),
        (Decision(1, Decimal(-1)), "amount"),
        (Decision(1, Decimal("NaN")), "amount"),
        (Decision(1, Decimal(1), decided_on=NOW.date() + timedelta(days=1)), "decided_on"),
        (Decision(10, Decimal(1), {"nursery": 10}), "promised_by_form"),
        (Decision(10, Decimal(1), {"compulsory": -1}), "promised_by_form"),
        (Decision(10, Decimal(1), {"compulsory": 9}), "promised_count"),
    ],
)
def test_numbers_that_cannot_be_are_refused(world: World, decision: Decision, field: str) -> None:
    with pytest.raises(Refused) as refused:
        grants.grant(owner(world), scheme(), 2026, decision, by=world.officer, now=NOW)
    assert (refused.value.field, SchoolGrant.objects.count()) == (field, 0)


def test_a_year_has_one_grant_of_a_scheme(world: World) -> None:
    made = granted(world)
    with pytest.raises(NotNow, match="already"):
        grants.grant(made.owner, made.scheme, 2026, DECISION, by=world.officer, now=NOW)


def test_a_change_keeps_what_it_was(world: World) -> None:
    made = granted(world)
    changed = grants.change(made, Decision(90, Decimal(1)), version=1, by=world.officer, now=NOW)
    assert (changed.promised_count, changed.version) == (90, 2)
    assert [line.details["promised"] for line in made.changes.all()] == [90, 100]


def test_who_changes_second_is_told(world: World) -> None:
    made = granted(world)
    grants.change(made, DECISION, version=1, by=world.officer, now=NOW)
    with pytest.raises(ItemChanged):
        grants.change(made, DECISION, version=1, by=world.officer, now=NOW)


def test_a_visit_is_tagged_once(world: World) -> None:
    paid_by, booking = granted(world), to_the_school(world, 0, 24)
    for _again in range(2):
        grants.tag(booking, paid_by, by=world.officer, now=NOW)
    assert FundedVisit.objects.count() == 1
    assert list(BookingChange.objects.values_list("action", flat=True)) == ["fund"]


def test_what_it_pays_of_it_can_be_said_later(world: World) -> None:
    paid_by, booking = granted(world), to_the_school(world, 0, 24)
    grants.tag(booking, paid_by, by=world.officer, now=NOW)
    grants.tag(booking, paid_by, by=world.officer, now=NOW, amount=Decimal(5000))
    assert FundedVisit.objects.get().amount == 5000


def test_it_is_untagged_again(world: World) -> None:
    paid_by, booking = granted(world), to_the_school(world, 0, 24)
    grants.tag(booking, paid_by, by=world.officer, now=NOW)
    for _again in range(2):
        grants.untag(booking, paid_by, by=world.officer, now=NOW)
    assert FundedVisit.objects.count() == 0
    assert [line.action for line in paid_by.changes.all()] == ["untagged", "tagged", "granted"]


def test_a_visit_that_is_not_confirmed_is_not_tagged(world: World) -> None:
    paid_by, booking = granted(world), to_the_school(world, 0, 24)
    Booking.objects.update(status="offered", answer_by=NOW)
    with pytest.raises(NotNow):
        grants.tag(booking, paid_by, by=world.officer, now=NOW)


@pytest.mark.parametrize(("days", "pupils"), [(0, []), (300, [24])])
def test_only_the_owners_groups_in_the_grants_year(world: World, days: int, pupils: list[int]) -> None:
    paid_by, booking = granted(world), to_the_school(world, days, *pupils)
    with pytest.raises(Refused, match="No group of Krokoms kommun comes"):
        grants.tag(booking, paid_by, by=world.officer, now=NOW)


def test_a_proof_is_told_by_one_and_seen_by_another(world: World) -> None:
    made = proof(world)
    assert (made.told_by, made.seen_by, made.seen_on) == (world.producer, world.officer, date(2027, 1, 20))
    with pytest.raises(Refused, match="Somebody else"):
        grants.see_proof(made, by=world.producer, now=NOW)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"what": "  "}, "what"),
        ({"where_kept": ""}, "where_kept"),
        ({"link": "http://example.org/cv"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
    ],
)
def test_a_proof_that_says_nothing_is_refused(world: World, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        proof(world, **fields)
    assert (refused.value.field, ProfessionalProof.objects.count()) == (field, 0)


@pytest.mark.parametrize("fields", [{"where_kept": "", "link": ""}, {"seen_on": None}, {"seen_by": None}])
def test_the_database_refuses_a_proof_that_cannot_be(world: World, fields: dict[str, Any]) -> None:
    proof(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfessionalProof.objects.update(**fields)


def test_a_proof_is_taken_away(world: World) -> None:
    grants.remove_proof(proof(world))
    assert ProfessionalProof.objects.count() == 0
