"""Claiming a subsidy: begun from the visit, put right by hand, checked, sent in with its facts kept, withdrawn."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings import claiming, reporting, settling
from bookings.claim_facts import differences
from bookings.claim_figures import Correction, figures_of
from bookings.claiming import ClaimInput, standing_of
from bookings.errors import ItemChanged
from bookings.kept_facts import digest_of, is_whole
from bookings.models import Agreement, ClaimChange, ClaimSubmission, FundedVisit, Notice, SubsidyClaim
from bookings.models.subsidy_claims import ClaimState
from tests.agreements import DAY, NOW, confirmed
from tests.bookings import claimed
from tests.bookings.claimed import AFTER, ANSWERS, again, draft, rules, send, sent, settled, written
from tests.bookings.granted import granted
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import Membership, SubsidyScheme

LATE = AFTER.replace(month=6, day=13)


@pytest.fixture(autouse=True)
def scheme(world: World) -> SubsidyScheme:
    return claimed.scheme(world)


def write(claim: SubsidyClaim, world: World, **data: Any) -> SubsidyClaim:
    said = ClaimInput(**{"answers": ANSWERS, **data})
    return claiming.write(claim, said, by=world.presenter, version=claim.version, now=AFTER)


def lacks(claim: SubsidyClaim, now: Any = AFTER) -> list[str]:
    return [one.key for one in standing_of(claim, now).lacking]


class TestBegin:
    def test_by_the_best_scheme_and_its_side(self, world: World, scheme: SubsidyScheme) -> None:
        claim = draft(world)
        assert (claim.scheme, claim.side, claim.claimant, claim.state) == (
            scheme, "presenter", world.presenting, ClaimState.DRAFT,
        )  # fmt: skip

    def test_is_filled_from_the_visit(self, world: World) -> None:
        claim = draft(world)
        rows = standing_of(claim, AFTER).figures.rows
        counts = {name: rows[name].value for name in ("shows", "audience", "young")}
        assert counts == {"shows": 1, "audience": 80, "young": 70}
        assert standing_of(claim, AFTER).figures.amount.amount == 1000

    def test_by_the_producer_where_the_rules_say_so(self, world: World, scheme: SubsidyScheme) -> None:
        scheme.rules = {**scheme.rules, "claimed_by": "producer"}
        scheme.save()
        claim = claiming.begin(settled(world), by=world.producer, now=AFTER)
        assert (claim.side, claim.claimant) == ("producer", world.producing)

    def test_not_before_it_is_reported(self, world: World) -> None:
        with pytest.raises(NotNow, match="once the visit is reported"):
            draft(world, confirmed(world))

    def test_not_where_no_scheme_pays(self, world: World, scheme: SubsidyScheme) -> None:
        scheme.delete()
        with pytest.raises(Refused, match="No scheme is known"):
            draft(world)

    def test_one_claim_at_a_time(self, world: World) -> None:
        booking = draft(world).booking
        with pytest.raises(NotNow, match="nobody is paid twice"):
            draft(world, booking)

    def test_the_database_keeps_a_second_away(self, world: World) -> None:
        claim = draft(world)
        claim.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            claim.save()

    def test_by_no_scheme_that_pays_less(self, world: World) -> None:
        worse = claimed.scheme(world, key="t", rules={**rules(), "cap": "500"})
        with pytest.raises(Refused, match="its best scheme, Bidraget"):
            claiming.begin(settled(world), by=world.presenter, now=AFTER, scheme=worse)

    def test_by_the_next_best_once_the_best_has_refused(self, world: World) -> None:
        worse = claimed.scheme(world, key="t", rules={**rules(), "cap": "500"})
        booking = claimed.decided(world, 0, "Inte i år.").booking
        assert draft(world, booking).scheme == worse


class TestWrite:
    def test_a_cost_that_was_paid_beside(self, world: World) -> None:
        said = {"lodging": Correction(Decimal(800), "Vi betalade hotellet.")}
        claim = write(draft(world), world, corrections=said)
        row = standing_of(claim, AFTER).figures.rows["lodging"]
        assert (row.reckoned, row.stated, row.value, row.why) == (
            Decimal("0.00"), Decimal(800), Decimal(800), "Vi betalade hotellet.",
        )  # fmt: skip

    def test_what_is_reckoned_anyway_is_no_correction(self, world: World) -> None:
        claim = write(draft(world), world, corrections={"audience": Correction(Decimal(80), "")})
        assert claim.corrections == {}

    def test_a_lower_cost_is_claimed_lower(self, world: World) -> None:
        said = {name: Correction(Decimal(100), "Delat.") for name in ("travel", "fee", "lodging")}
        claim = write(draft(world), world, corrections=said)
        assert standing_of(claim, AFTER).figures.amount.amount == 300

    @pytest.mark.parametrize(
        ("name", "value", "why", "field"),
        [
            ("audience", "90", " ", "audience_why"),
            ("audience", "90", "x" * 301, "audience_why"),
            ("audience", "-1", "Fel.", "audience"),
            ("audience", "80.5", "Fel.", "audience"),
            ("audience", "NaN", "Fel.", "audience"),
            ("audience", "40000", "Fel.", "audience"),
            ("audience", "60", "Färre.", "audience"),
            ("young", "81", "Fler.", "young"),
            ("fee", "-1", "Fel.", "fee"),
            ("fee", "0.001", "Fel.", "fee"),
            ("fee", "Infinity", "Fel.", "fee"),
            ("km", "10", "Fel.", "km"),
            ("shows", "3", "Fel.", "shows"),
            ("luck", "3", "Fel.", "luck"),
        ],
    )
    def test_what_cannot_be(self, world: World, name: str, value: str, why: str, field: str) -> None:
        with pytest.raises(Refused) as refused:
            write(draft(world), world, corrections={name: Correction(Decimal(value), why)})
        assert refused.value.field == field

    def test_nothing_where_the_rules_allow_nothing(self, world: World, scheme: SubsidyScheme) -> None:
        scheme.rules = rules(corrects=[])
        scheme.save()
        with pytest.raises(Refused, match="nobody put this figure right"):
            write(draft(world), world, corrections={"audience": Correction(Decimal(90), "Fler kom.")})

    @pytest.mark.parametrize("answers", [{"audience": "x" * 41}, {"audience": True}, {"luck": "Ja"}])
    def test_answers_that_cannot_be(self, world: World, answers: Any) -> None:
        with pytest.raises(Refused):
            write(draft(world), world, answers=answers)

    def test_a_yes_is_a_yes(self, world: World, scheme: SubsidyScheme) -> None:
        scheme.rules = rules(asks=[{"key": "once", "label": {"sv": "En", "en": "One"}, "kind": "yes"}])
        scheme.save()
        claim = write(draft(world), world, answers={"once": False})
        assert (claim.answers, lacks(claim)) == ({}, ["ask_once"])
        assert lacks(write(claim, world, answers={"once": True})) == []

    def test_nobody_writes_over_another(self, world: World) -> None:
        claim = draft(world)
        write(claim, world)
        with pytest.raises(ItemChanged):
            write(claim, world)

    def test_not_once_it_is_sent_in(self, world: World) -> None:
        with pytest.raises(NotNow, match="sent in"):
            write(sent(world), world)

    def test_not_a_draft_that_was_thrown_away(self, world: World) -> None:
        claim = draft(world)
        claiming.withdraw(again(claim), by=world.presenter, version=claim.version, now=AFTER)
        with pytest.raises(NotNow, match="thrown away"):
            write(claim, world)


class TestThePartner:
    @pytest.fixture(autouse=True)
    def asks_for_riksteatern(self, scheme: SubsidyScheme) -> None:
        scheme.rules = {**rules(partner="riksteatern"), "criteria": [{"kind": "riksteatern"}]}
        scheme.save()

    def test_unknown_is_not_yes(self, world: World) -> None:
        assert lacks(written(world)) == ["riksteatern"]

    def test_an_association_that_it_was_presented_with(self, world: World) -> None:
        world.neighbouring.is_riksteatern = True
        world.neighbouring.save()
        claim = write(draft(world), world, partner=world.neighbouring)
        assert lacks(claim) == []
        assert "Folkets hus Strömsund" in standing_of(claim, AFTER).checks[0].text

    def test_nobody_else(self, world: World) -> None:
        with pytest.raises(Refused, match="Riksteatern associations"):
            write(draft(world), world, partner=world.neighbouring)

    def test_only_where_the_rules_ask(self, world: World, scheme: SubsidyScheme) -> None:
        scheme.rules = rules()
        scheme.save()
        with pytest.raises(Refused, match="does not ask with whom"):
            write(draft(world), world, partner=world.neighbouring)


class TestSend:
    def test_keeps_the_facts_with_their_digest(self, world: World) -> None:
        claim = sent(world)
        [made] = claim.submissions.all()
        assert (made.digest, is_whole(made)) == (digest_of(made.facts), True)
        assert (claim.state, claim.amount, claim.sent_at) == (ClaimState.SENT, Decimal(1000), AFTER)
        agreement = Agreement.objects.get(booking=claim.booking)
        assert made.facts["agreement"] == {"number": 1, "digest": agreement.digest}
        assert made.facts["answers"][0]["answer"] == ANSWERS["audience"]

    def test_says_what_was_reckoned_and_what_is_stated(self, world: World) -> None:
        said = ClaimInput({"audience": Correction(Decimal(82), "Två bakom scenen.")}, ANSWERS)
        facts = sent(world, said).submissions.get().facts
        assert facts["figures"]["audience"] == {"reckoned": "80", "stated": "82", "why": "Två bakom scenen."}

    def test_the_database_lets_nobody_change_it(self, world: World) -> None:
        claim = sent(world)
        for model in (ClaimSubmission, ClaimChange):
            with pytest.raises(IntegrityError), transaction.atomic():
                model.objects.filter(claim=claim).update(at=NOW)

    def test_no_person_stands_in_the_facts(self, world: World) -> None:
        told = str(sent(world).submissions.get().facts).lower()
        people = [world.presenter, world.producer, world.officer]
        secrets = [*(user.email for user in people), "example.org"]
        assert [word for word in secrets if word in told] == []

    def test_both_sides_are_told(self, world: World) -> None:
        claim = sent(world)
        mails = Notice.objects.filter(claim=claim).order_by("kind")
        assert [(mail.kind, mail.to_email) for mail in mails] == [
            ("claim_received", "kulturkontoret@example.org"),
            ("claim_sent", "backe-bygdegard@example.org"),
        ]
        assert all(claim.submissions.get().digest in mail.body_text for mail in mails)

    def test_the_producer_reads_none_of_it_in_the_outbox(self, world: World) -> None:
        sent(world)
        mine = Notice.objects.visible_to(world.producer).filter(kind__startswith="claim")
        theirs = Notice.objects.visible_to(world.administrator).filter(kind__startswith="claim")
        assert (mine.count(), theirs.count()) == (0, 2)

    def test_not_without_what_is_asked(self, world: World) -> None:
        with pytest.raises(Refused, match="To be stated: New audience"):
            send(draft(world), world)

    def test_not_before_it_is_settled(self, world: World) -> None:
        booking = confirmed(world)
        reporting.report_played(booking, by=world.presenter, now=AFTER, figures=[(80, 70)])
        claim = write(draft(world, booking), world)
        assert lacks(claim) == ["costs"]
        with pytest.raises(Refused, match="is not settled"):
            send(claim, world)

    def test_evidence_is_what_the_data_say(self, world: World, scheme: SubsidyScheme) -> None:
        scheme.rules = rules(evidence=["audience"])
        scheme.save()
        booking = confirmed(world)
        reporting.report_played(booking, by=world.presenter, now=AFTER, figures=[(80, 70)])
        assert send(write(draft(world, booking), world), world).state == ClaimState.SENT

    def test_not_for_what_a_grant_pays(self, world: World) -> None:
        claim = written(world)
        FundedVisit.objects.create(booking=claim.booking, grant=granted(world), by=world.officer, at=NOW)
        with pytest.raises(Refused, match="Skapande skola pays the visit"):
            send(claim, world)

    def test_not_where_a_condition_has_fallen_away(self, world: World, scheme: SubsidyScheme) -> None:
        claim = written(world)
        scheme.rules = {**rules(), "criteria": [{"kind": "presenters", "count": 2, "within": "region"}]}
        scheme.save()
        with pytest.raises(Refused, match="One more presenter"):
            send(claim, world)

    def test_not_after_the_last_day(self, world: World) -> None:
        claim = written(world)
        with pytest.raises(NotNow, match="The last day was"):
            send(claim, world, LATE)

    def test_on_the_last_day(self, world: World) -> None:
        assert send(written(world), world, LATE - DAY).state == ClaimState.SENT

    def test_not_where_nobody_receives_it(self, world: World) -> None:
        claim = written(world)
        Membership.objects.filter(role__in=["officer", "administrator"]).delete()
        with pytest.raises(NotNow, match="Nobody receives claims"):
            send(claim, world)

    def test_not_twice(self, world: World) -> None:
        with pytest.raises(NotNow, match="sent in"):
            send(sent(world), world)

    def test_is_done_whole_or_not_at_all(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        claim = written(world)

        def fail(*_args: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr("bookings.claim_notices.sent", fail)
        with pytest.raises(RuntimeError):
            send(claim, world)
        assert (again(claim).state, ClaimSubmission.objects.count()) == (ClaimState.DRAFT, 0)


class TestAfterwards:
    def test_a_changed_report_changes_nothing_and_is_told(self, world: World) -> None:
        claim = sent(world)
        [before] = claim.submissions.all()
        settling.reopen(claim.booking, by=world.producer, now=AFTER, reason="Fel siffra")
        reporting.report_played(
            claim.booking, by=world.presenter, now=AFTER, figures=[(90, 70)], why="Räknade fel"
        )
        [after] = again(claim).submissions.all()
        assert (after.facts, again(claim).amount) == (before.facts, 1000)
        [told] = differences(after.facts, figures_of(standing_of(claim, AFTER).found, claim))
        assert (told.name, told.was, told.becomes) == ("audience", 80, 90)

    def test_nothing_differs_as_long_as_nothing_has_changed(self, world: World) -> None:
        claim = sent(world)
        assert differences(claim.submissions.get().facts, standing_of(claim, AFTER).figures) == []


class TestLate:
    def test_one_asks_to_send_it_in_all_the_same(self, world: World) -> None:
        claim = written(world)
        claim = claiming.ask_late(claim, by=world.presenter, version=claim.version, now=LATE, why=" Sjuk. ")
        assert (claim.late_why, claim.late_asked_at) == ("Sjuk.", LATE)
        assert Notice.objects.get(claim=claim).kind == "claim_late"

    @pytest.mark.parametrize("why", ["", " ", "x" * 501])
    def test_with_a_reason(self, world: World, why: str) -> None:
        claim = written(world)
        with pytest.raises(Refused):
            claiming.ask_late(claim, by=world.presenter, version=claim.version, now=LATE, why=why)

    def test_not_before_it_is_late(self, world: World) -> None:
        claim = written(world)
        with pytest.raises(NotNow):
            claiming.ask_late(claim, by=world.presenter, version=claim.version, now=AFTER, why="Sjuk.")


class TestWithdraw:
    def test_a_draft_is_deleted(self, world: World) -> None:
        claim = draft(world)
        claiming.withdraw(claim, by=world.presenter, version=claim.version, now=AFTER)
        assert (SubsidyClaim.objects.count(), Notice.objects.filter(kind="claim_withdrawn").count()) == (0, 0)

    def test_what_was_sent_in_stays_readable(self, world: World) -> None:
        claim = sent(world)
        claiming.withdraw(claim, by=world.presenter, version=claim.version, now=AFTER)
        assert (again(claim).state, claim.submissions.count()) == (ClaimState.WITHDRAWN, 1)
        assert Notice.objects.filter(claim=claim, kind="claim_withdrawn").count() == 1

    def test_then_it_may_be_claimed_anew(self, world: World) -> None:
        claim = sent(world)
        claiming.withdraw(claim, by=world.presenter, version=claim.version, now=AFTER)
        assert draft(world, claim.booking).pk != claim.pk

    def test_not_what_is_decided(self, world: World) -> None:
        claim = claimed.decided(world)
        with pytest.raises(NotNow, match="granted"):
            claiming.withdraw(claim, by=world.presenter, version=claim.version, now=AFTER)


def test_the_history_has_a_line_for_each_step(world: World) -> None:
    steps = [(row.action, row.from_state, row.to_state, row.by) for row in claimed.paid(world).changes.all()]
    assert steps == [
        ("begun", "", "draft", world.presenter),
        ("sent", "draft", "sent", world.presenter),
        ("decided", "sent", "granted", world.officer),
        ("paid", "granted", "paid", world.officer),
    ]
