"""Many who claim at the same moment: one claim of a visit, one decision over what was seen, a pot that holds."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from bookings import claim_handling, claiming, lifecycle, reporting, settling
from bookings.claim_handling import ClaimDecision
from bookings.claiming import ClaimInput
from bookings.models import Booking, ClaimSubmission, SubsidyClaim
from tests.agreements import DAY, NOW, SHOW_AT
from tests.bookings import claimed
from tests.bookings.claimed import AFTER, ANSWERS, again, sent, settled, written
from tests.races import at_once
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_begin_and_one_claim_stands(world: World) -> None:
    claimed.scheme(world)
    booking = settled(world)

    def begin(_number: int) -> str:
        return claiming.begin(booking, by=world.presenter, now=AFTER).state

    assert at_once(begin, list(range(6))) == {"draft": 1, "NotNow": 5}
    assert SubsidyClaim.objects.count() == 1


def test_many_send_one_in_and_it_is_sent_once(world: World) -> None:
    claimed.scheme(world)
    claim = written(world)

    def send(_number: int) -> int:
        return claiming.send_in(claim, by=world.presenter, version=claim.version, now=AFTER).number

    assert at_once(send, list(range(6))) == {1: 1, "ItemChanged": 5}
    assert ClaimSubmission.objects.count() == 1


def test_a_decision_and_a_withdrawal_of_the_same_claim_one_stands(world: World) -> None:
    claimed.scheme(world)
    claim = sent(world)
    decision = ClaimDecision(Decimal(1000))

    def act(who: str) -> str:
        if who == "officer":
            done = claim_handling.decide(claim, decision, by=world.officer, version=claim.version, now=AFTER)
        else:
            done = claiming.withdraw(claim, by=world.presenter, version=claim.version, now=AFTER)
        return str(done.state)

    found = at_once(act, ["officer", "presenter"])
    assert found["ItemChanged"] == 1
    assert again(claim).state in {"granted", "withdrawn"}
    assert again(claim).changes.count() == 3


def test_no_more_is_granted_at_once_than_the_pot_has(world: World) -> None:
    """Two claims of 1 000 kr, and 1 500 kr in the pot."""
    pots = [{"from": "2027-01-01", "to": "2027-12-31", "amount": "2000"}]
    scheme = claimed.scheme(world, rules=claimed.rules(pots=pots))
    claims = [sent(world), _neighbours(world)]
    scheme.rules = claimed.rules(pots=[{**pots[0], "amount": "1500"}])
    scheme.save()
    at_once(lambda claim: _decide(claim, world), claims)
    granted = SubsidyClaim.objects.aggregate(sum=Sum("granted_amount"))["sum"]
    assert granted == 1000


def test_nor_where_the_claims_were_made_by_two_versions_of_its_rules(world: World) -> None:
    pots = [{"from": "2027-01-01", "to": "2027-12-31", "amount": "2000"}]
    scheme = claimed.scheme(world, rules=claimed.rules(pots=pots))
    claims = [sent(world), _neighbours(world)]
    scheme.rules = claimed.rules(pots=[{**pots[0], "amount": "1500"}])
    scheme.save()
    later = claimed.scheme(world, rules=scheme.rules, valid_from=date(2027, 2, 1))
    SubsidyClaim.objects.filter(pk=claims[1].pk).update(scheme=later)
    at_once(lambda claim: _decide(again(claim), world), claims)
    assert SubsidyClaim.objects.aggregate(sum=Sum("granted_amount"))["sum"] == 1000


def _decide(claim: SubsidyClaim, world: World) -> str:
    """All of it is granted, the day after."""
    whole = ClaimDecision(Decimal(1000))
    decided = claim_handling.decide(claim, whole, by=world.officer, version=claim.version, now=AFTER + DAY)
    return str(decided.state)


def _neighbours(world: World) -> SubsidyClaim:
    """The neighbour's visit the day after, claimed for too."""
    booking = lifecycle.hold(
        tour=world.tour, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY, by=world.producer, now=NOW
    )
    lifecycle.offer(booking, by=world.producer, now=NOW)
    lifecycle.confirm(Booking.objects.get(pk=booking.pk), by=world.neighbour, now=NOW)
    reporting.report_played(booking, by=world.neighbour, now=AFTER, figures=[(40, 10)])
    settling.settle(booking, by=world.producer, now=AFTER)
    claim = claiming.begin(booking, by=world.neighbour, now=AFTER)
    claim = claiming.write(
        claim, ClaimInput(answers=ANSWERS), by=world.neighbour, version=claim.version, now=AFTER
    )
    claiming.send_in(claim, by=world.neighbour, version=claim.version, now=AFTER)
    return again(claim)
