"""Two regions with rules of their own: each scheme is claimed by its side, with its evidence, at its own office."""

from datetime import date

import pytest

from bookings import claiming
from bookings.claim_checks import last_day
from bookings.claim_rules import COMPLETE_DAYS, REMIND_DAYS, rules_of
from bookings.claiming import standing_of
from bookings.models import Notice, SubsidyClaim
from tests import factories as make
from tests.bookings import claimed
from tests.bookings.claimed import AFTER, settled
from tests.world import World
from venues.facts import DATA, read_facts
from venues.models import Municipality, Region, SubsidyScheme


@pytest.fixture
def beside(world: World) -> Region:
    """A region beside the world's, in which the presenter's place lies, with an office of its own."""
    region = make.RegionFactory(slug="vasterbotten", name="Västerbotten", code="24")
    office = make.OrganisationFactory(
        region=region,
        name="Kulturenheten",
        slug="kulturenheten",
        email="kultur@example.org",
        roles=["region"],
    )
    make.MembershipFactory(organisation=office, role="officer")
    Municipality.objects.filter(pk=world.venue.place.municipality_id).update(region=region)
    return region


def test_a_second_region_has_its_own_rules_and_its_own_office(world: World, beside: Region) -> None:
    claimed.scheme(world)
    theirs = {
        **claimed.RULES,
        "claimed_by": "producer",
        "deadlines": ["12-12"],
        "claim": {"evidence": ["audience"]},
    }
    scheme = claimed.scheme(world, beside, key="t", rules=theirs)
    claim = claiming.begin(settled(world), by=world.producer, now=AFTER)
    assert (claim.scheme, claim.side, claim.claimant) == (scheme, "producer", world.producing)
    assert last_day(claim) == date(2027, 12, 12)
    assert standing_of(claim, AFTER).lacking == []
    claiming.send_in(claim, by=world.producer, version=claim.version, now=AFTER)
    assert set(Notice.objects.filter(claim=claim).values_list("to_email", flat=True)) == {
        "scenlaget@example.org", "kultur@example.org",
    }  # fmt: skip


def test_the_data_of_every_region_can_be_followed() -> None:
    found = {(fact.region, fact.key): rules_of(fact.rules) for fact in read_facts(DATA).schemes}
    small = found["23", "sma-scener"]
    assert (small.side, small.evidence, small.partner) == (
        "presenter", ("audience", "costs", "agreement"), "riksteatern",
    )  # fmt: skip
    assert {key: [ask.key for ask in one.asks] for key, one in found.items()} == {
        ("23", "sma-scener"): ["audience"],
        ("23", "barn"): ["consultant"],
        **{(code, "barn"): ["small_first", "local_first", "once_a_year"] for code in ("24", "22", "25")},
    }
    assert found["24", "barn"].deadline_after(date(2027, 2, 3)) == date(2027, 6, 12)


def test_rules_that_say_nothing_of_claims_ask_for_what_they_state() -> None:
    old = {"criteria": [{"kind": "stated", "what": "audience"}]}
    rules = rules_of(old)
    assert [ask.label for ask in rules.asks] == ["what you do to reach a new audience"]
    assert (rules.corrects, rules.remind_days, rules.complete_days) == ((), REMIND_DAYS, COMPLETE_DAYS)


def test_rules_that_were_replaced_do_not_reach_what_was_sent_in(world: World) -> None:
    scheme: SubsidyScheme = claimed.scheme(world)
    claim: SubsidyClaim = claimed.sent(world)
    before = claim.submissions.get().facts
    scheme.label, scheme.rules = "Något annat", {**scheme.rules, "cap": "1"}
    scheme.save()
    assert claimed.again(claim).submissions.get().facts == before
