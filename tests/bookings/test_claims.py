"""What may be claimed after the visits: figures, evidence, deadline, and what is missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bookings import claims, lifecycle, reporting, settling
from bookings.claims import Pack, deadline_after, missing_text
from bookings.models import Booking, FundedVisit
from bookings.models.booking import Bookings
from bookings.settling import Invoiced
from tests.agreements import DAY, NOW, SHOW_AT, confirmed
from tests.bookings.granted import granted
from tests.world import World
from tours.money import Money
from tours.subsidies import Scheme
from venues.models import SubsidyScheme

RULES = {
    "per": "show", "cap": "5000", "currency": "SEK", "covers": ["travel", "lodging", "fee"],
    "mileage_per_km": {"car": "3.75"}, "criteria": [{"kind": "presenters", "count": 1, "within": "region"}],
}  # fmt: skip
AFTER = SHOW_AT + 10 * DAY


@pytest.fixture(autouse=True)
def scheme(world: World) -> SubsidyScheme:
    return SubsidyScheme.objects.create(
        region=world.season.region,
        key="s",
        label="Bidrag",
        rules=RULES,
        valid_from=date(2024, 1, 1),
        source="sidan",
    )


def reported(booking: Booking, world: World) -> Booking:
    return reporting.report_played(booking, by=world.presenter, now=booking.occupied_to, figures=[(80, 70)])


def settled(booking: Booking, world: World, fee: int = 9800, *more: Invoiced) -> Booking:
    booking = reported(booking, world)
    lines = [Invoiced("fee", Decimal(fee), why="Efter samtal"), *more]
    settling.set_invoice(booking, by=world.producer, now=booking.occupied_to, lines=lines)
    return settling.settle(booking, by=world.producer, now=booking.occupied_to)


def all_of_them() -> Bookings:
    return Booking.objects.all()


def packs(now: Any = AFTER) -> list[Pack]:
    return list(claims.gather(all_of_them(), now).packs)


def test_a_settled_visit_lacks_nothing(world: World) -> None:
    settled(confirmed(world), world)
    [pack] = packs()
    assert (pack.ready, missing_text(pack)) == (pack.amount, "")


def test_the_invoice_tells_fee_and_lodging_apart(world: World) -> None:
    lines = Invoiced("travel", Decimal(1000), why="Resa"), Invoiced("lodging", Decimal(800), why="Logi")
    settled(confirmed(world), world, 6000, *lines)
    [claim] = packs()[0].claims
    assert claim.funding.covers["lodging"] == Money(Decimal(800), "SEK")
    assert claim.funding.amount == Money(Decimal(5000), "SEK")


def test_the_evidence_is_what_was_told(world: World) -> None:
    booking = settled(confirmed(world), world)
    [claim] = packs()[0].claims
    assert (claim.audience, claim.young, claim.agreed_at, claim.booking.settled_at) == (
        80, 70, NOW, booking.settled_at,
    )  # fmt: skip
    assert claim.km > 100


def test_what_is_not_reported_is_missing(world: World) -> None:
    confirmed(world)
    [pack] = packs()
    assert (missing_text(pack), pack.ready.amount) == ("1 visit is not reported.", 0)
    assert pack.claims[0].missing == ["The visit has not been reported."]


def test_what_is_not_settled_is_missing(world: World) -> None:
    reported(confirmed(world), world)
    [pack] = packs()
    assert (missing_text(pack), pack.unreported) == ("1 visit lacks something else.", 0)


def test_the_claim_never_exceeds_the_invoice(world: World) -> None:
    settled(confirmed(world), world, fee=1000)
    [pack] = packs()
    assert pack.amount.amount <= 1000


def test_what_was_not_played_claims_nothing(world: World) -> None:
    booking = confirmed(world)
    reporting.report_not_played(booking, by=world.presenter, now=booking.occupied_to, reason="Snö")
    assert packs() == []


def test_nothing_before_the_visit_is_over(world: World) -> None:
    assert packs(confirmed(world).occupied_to - DAY) == []


def test_what_a_scheme_does_not_pay_for_is_not_there(world: World, scheme: SubsidyScheme) -> None:
    scheme.rules = {**RULES, "criteria": [{"kind": "presenters", "count": 9, "within": "region"}]}
    scheme.save()
    settled(confirmed(world), world)
    assert packs() == []


def test_another_presenters_visit_counts_but_is_not_claimed(world: World, scheme: SubsidyScheme) -> None:
    scheme.rules = {**RULES, "criteria": [{"kind": "presenters", "count": 2, "within": "region"}]}
    scheme.save()
    mine = confirmed(world)
    theirs = lifecycle.hold(
        tour=world.tour, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY, by=world.producer, now=NOW
    )
    lifecycle.confirm(theirs, by=world.producer, now=NOW)
    found = claims.gather(Booking.objects.filter(presenter=world.presenting), AFTER)
    assert [claim.booking.pk for pack in found.packs for claim in pack.claims] == [mine.pk]


@pytest.mark.parametrize(
    ("day", "by"),
    [
        (date(2027, 2, 3), date(2027, 6, 12)),
        (date(2027, 6, 12), date(2027, 6, 12)),
        (date(2027, 6, 13), date(2027, 12, 12)),
        (date(2027, 12, 24), date(2028, 6, 12)),
    ],
)
def test_the_next_deadline_after_the_visit(day: date, by: date) -> None:
    assert deadline_after(Scheme("s", "S", 1, {"deadlines": ["06-12", "12-12"]}), day) == by


def test_no_deadline_where_the_data_have_none() -> None:
    assert deadline_after(Scheme("s", "S", 1, {}), date(2027, 2, 3)) is None


def test_what_a_grant_pays_is_not_claimed_a_second_time(world: World) -> None:
    booking = settled(confirmed(world), world)
    FundedVisit.objects.create(booking=booking, grant=granted(world), by=world.officer, at=NOW)
    [pack] = packs()
    assert pack.claims[0].missing == ["Skapande skola pays the visit: the same cost is not claimed twice."]
