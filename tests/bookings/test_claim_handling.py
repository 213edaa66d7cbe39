"""Receiving claims: returned for completing, decided, paid, let in late; nobody decides on their own; the pot."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bookings import claim_handling, claiming
from bookings.claim_handling import ClaimDecision
from bookings.claim_permissions import can_handle, late_claims, received_claims, visible_claims
from bookings.claim_pots import pot_state
from bookings.claiming import ClaimInput
from bookings.errors import ItemChanged
from bookings.models import Notice, SubsidyClaim
from bookings.models.subsidy_claims import ClaimState
from tests import factories as make
from tests.agreements import DAY
from tests.bookings import claimed
from tests.bookings.claimed import (
    AFTER,
    ANSWERS,
    again,
    decide,
    decided,
    draft,
    returned,
    rules,
    send,
    sent,
    written,
)
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import Membership, SubsidyScheme, User

LATE = AFTER.replace(month=6, day=13)


@pytest.fixture(autouse=True)
def scheme(world: World) -> SubsidyScheme:
    return claimed.scheme(world)


def mails(claim: SubsidyClaim, kind: str) -> list[str]:
    return [mail.body_text for mail in Notice.objects.filter(claim=claim, kind=kind)]


class TestReturn:
    def test_to_be_completed_in_two_weeks(self, world: World) -> None:
        claim = returned(world)
        assert (claim.state, claim.send_by) == (ClaimState.RETURNED, (AFTER + 15 * DAY).date())
        [text] = mails(claim, "claim_returned")
        assert "Kvittot saknas." in text

    def test_by_the_days_of_the_data(self, world: World, scheme: SubsidyScheme) -> None:
        scheme.rules = rules(complete_days=30)
        scheme.save()
        assert returned(world).send_by == (AFTER + 31 * DAY).date()

    def test_is_completed_and_sent_anew(self, world: World) -> None:
        claim = returned(world)
        said = ClaimInput(answers={"audience": "Nu med kvitto."})
        claim = claiming.write(claim, said, by=world.presenter, version=claim.version, now=AFTER + 2 * DAY)
        claim = send(claim, world, AFTER + 2 * DAY)
        assert (claim.state, claim.sent_at, claim.send_by) == (ClaimState.SENT, AFTER, None)
        assert [one.facts["answers"][0]["answer"] for one in claim.submissions.all()] == [
            ANSWERS["audience"], "Nu med kvitto.",
        ]  # fmt: skip

    def test_may_be_completed_after_the_schemes_own_deadline(self, world: World) -> None:
        claim = send(written(world), world, LATE - DAY)
        claim = claim_handling.return_for_completing(
            claim, by=world.officer, version=claim.version, now=LATE, why="Kvittot saknas."
        )
        assert send(claim, world, LATE + DAY).state == ClaimState.SENT

    def test_what_is_not_completed_in_time_may_be_decided(self, world: World) -> None:
        claim = returned(world)
        with pytest.raises(NotNow, match="returned"):
            decide(claim, world, 0, "För sent.")
        late = AFTER + 20 * DAY
        decision = ClaimDecision(Decimal(0), "För sent.")
        claim = claim_handling.decide(claim, decision, by=world.officer, version=claim.version, now=late)
        assert claim.state == ClaimState.REFUSED

    @pytest.mark.parametrize(
        "asked", [{"why": " "}, {"until": date(2027, 2, 1)}, {"until": date(2028, 2, 1)}]
    )
    def test_what_cannot_be(self, world: World, asked: dict[str, Any]) -> None:
        claim = sent(world)
        with pytest.raises(Refused):
            claim_handling.return_for_completing(
                claim, by=world.officer, version=claim.version, now=AFTER, **{"why": "Kvitto.", **asked}
            )


class TestDecide:
    @pytest.mark.parametrize(
        ("granted", "why", "state"),
        [(1000, "", "granted"), (800, "Delat.", "partly"), (0, "Inte i år.", "refused")],
    )
    def test_all_a_part_or_nothing(self, world: World, granted: int, why: str, state: str) -> None:
        claim = decided(world, granted, why)
        assert (claim.state, claim.granted_amount, claim.reference) == (state, granted, "KUL 2027/12")
        [text] = mails(claim, "claim_decided")
        assert why in text

    @pytest.mark.parametrize(
        ("granted", "why", "field"),
        [("1001", "", "granted"), ("-1", "", "granted"), ("NaN", "", "granted"), ("0.001", "x", "granted"),
         ("800", " ", "why"), ("0", "", "why"), ("800", "x" * 1001, "why")],
    )  # fmt: skip
    def test_what_cannot_be(self, world: World, granted: str, why: str, field: str) -> None:
        with pytest.raises(Refused) as refused:
            decided(world, granted, why)
        assert refused.value.field == field

    def test_another_decision_until_it_is_paid(self, world: World) -> None:
        claim = decide(decided(world, 800, "Delat."), world)
        assert (claim.state, claim.changes.filter(action="decided").count()) == ("granted", 2)

    def test_not_once_it_is_paid(self, world: World) -> None:
        with pytest.raises(NotNow, match="paid out"):
            decide(claimed.paid(world), world)

    def test_not_a_draft(self, world: World) -> None:
        with pytest.raises(NotNow, match="draft"):
            decide(written(world), world)

    def test_not_over_what_somebody_else_has_done(self, world: World) -> None:
        claim = sent(world)
        decide(claim, world)
        with pytest.raises(ItemChanged):
            decide(claim, world, 0, "Nej.")

    def test_a_refused_one_stays_refused_where_another_stands(self, world: World) -> None:
        claimed.scheme(world, key="t", rules={**rules(), "cap": "500"})
        claim = decided(world, 0, "Inte i år.")
        draft(world, claim.booking)
        with pytest.raises(NotNow, match="nobody is paid twice"):
            decide(claim, world)


class TestPaid:
    def test_on_a_day(self, world: World) -> None:
        claim = claimed.paid(world)
        assert (claim.state, claim.paid_on) == (ClaimState.PAID, (AFTER + 3 * DAY).date())
        assert len(mails(claim, "claim_paid")) == 1

    @pytest.mark.parametrize("days", [0, 9])
    def test_not_before_the_decision_nor_ahead(self, world: World, days: int) -> None:
        claim, now = decided(world), AFTER + 3 * DAY
        with pytest.raises(Refused, match="between the decision and today"):
            claim_handling.note_paid(
                claim, by=world.officer, version=claim.version, now=now, paid_on=(AFTER + days * DAY).date()
            )

    @pytest.mark.parametrize("made", [sent, claimed.paid], ids=["sent", "paid"])
    def test_only_what_is_granted(self, world: World, made: Any) -> None:
        claim = made(world)
        with pytest.raises(NotNow):
            claim_handling.note_paid(
                claim, by=world.officer, version=claim.version, now=AFTER + 9 * DAY, paid_on=AFTER.date()
            )


class TestLate:
    def asked(self, world: World) -> SubsidyClaim:
        claim = written(world)
        return claiming.ask_late(claim, by=world.presenter, version=claim.version, now=LATE, why="Sjuk.")

    def open(self, claim: SubsidyClaim, world: World, until: date) -> SubsidyClaim:
        return claim_handling.open_late(claim, by=world.officer, version=claim.version, now=LATE, until=until)

    def test_is_let_in_until_a_day(self, world: World) -> None:
        claim = self.open(self.asked(world), world, (LATE + 7 * DAY).date())
        assert len(mails(claim, "claim_opened")) == 1
        assert send(claim, world, LATE + 7 * DAY).state == ClaimState.SENT

    def test_only_where_somebody_has_asked(self, world: World) -> None:
        with pytest.raises(NotNow, match="Nobody asks"):
            self.open(written(world), world, (LATE + DAY).date())

    def test_the_day_lies_ahead(self, world: World) -> None:
        with pytest.raises(Refused, match="within half a year"):
            self.open(self.asked(world), world, (LATE - DAY).date())

    def test_the_office_sees_that_it_is_asked_for_and_nothing_of_the_draft(self, world: World) -> None:
        claim = self.asked(world)
        assert list(late_claims(world.officer)) == [claim]
        assert list(visible_claims(world.officer)) == []


class TestWhoHandles:
    def test_nobody_decides_on_their_own(self, world: World) -> None:
        claim = sent(world)
        Membership.objects.create(user=world.officer, organisation=world.presenting, role="presenter")
        assert not can_handle(world.officer, claim)
        with pytest.raises(Refused, match="somebody else handles it"):
            decide(claim, world)

    def test_drafts_are_nobody_elses(self, world: World) -> None:
        written(world)
        people: list[User] = [world.officer, world.producer, world.neighbour, world.stranger]
        assert [visible_claims(user).count() for user in people] == [0, 0, 0, 0]

    def test_what_is_sent_in_is_seen_by_its_two_sides_alone(self, world: World) -> None:
        sent(world)
        people = [world.presenter, world.officer, world.administrator, world.producer, world.neighbour]
        assert [visible_claims(user).count() for user in people] == [1, 1, 1, 0, 0]

    def test_another_regions_officer_receives_none(self, world: World) -> None:
        sent(world)
        elsewhere = make.OrganisationFactory(
            region=make.RegionFactory(slug="annan", code="24"), roles=["region"]
        )
        other = make.MembershipFactory(organisation=elsewhere, role="officer").user
        assert received_claims(other).count() == 0


class TestThePot:
    @pytest.fixture(autouse=True)
    def pot(self, scheme: SubsidyScheme) -> None:
        scheme.rules = rules(pots=[{"from": "2027-01-01", "to": "2027-12-31", "amount": "1200"}])
        scheme.save()

    def state(self, scheme: SubsidyScheme) -> tuple[Decimal, Decimal, Decimal]:
        pot = pot_state(scheme, AFTER.date())
        assert pot is not None
        return pot.granted, pot.asked, pot.left

    def test_what_is_asked_and_granted_is_taken(self, world: World, scheme: SubsidyScheme) -> None:
        claim = sent(world)
        assert self.state(scheme) == (0, 1000, 200)
        decide(claim, world, 800, "Delat.")
        assert self.state(scheme) == (800, 0, 400)

    def test_what_is_refused_or_withdrawn_is_left_again(self, world: World, scheme: SubsidyScheme) -> None:
        claim = sent(world)
        claiming.withdraw(claim, by=world.presenter, version=claim.version, now=AFTER)
        assert self.state(scheme) == (0, 0, 1200)

    def test_nothing_is_sent_in_once_it_is_empty(self, world: World, scheme: SubsidyScheme) -> None:
        claim = written(world)
        scheme.rules = rules(pots=[{"from": "2027-01-01", "to": "2027-12-31", "amount": "0"}])
        scheme.save()
        with pytest.raises(Refused, match="Nothing is left"):
            send(claim, world)

    def test_no_more_is_granted_than_there_is(self, world: World, scheme: SubsidyScheme) -> None:
        claim = sent(world)
        scheme.rules = rules(pots=[{"from": "2027-01-01", "to": "2027-12-31", "amount": "900"}])
        scheme.save()
        with pytest.raises(Refused, match="Only 900"):
            decide(claim, world)
        assert decide(claim, world, 900, "Resten.").state == ClaimState.PARTLY

    def test_another_time_has_its_own(self, world: World, scheme: SubsidyScheme) -> None:
        sent(world)
        assert pot_state(scheme, AFTER.date() + timedelta(days=365)) is None
        assert again(SubsidyClaim.objects.get()).amount == 1000
