"""The pages of claims: begun from the visit, written, sent in, on paper; and for the office that receives them."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from bookings import claiming, claims, reporting, settling
from bookings.models import Booking, SubsidyClaim
from bookings.models.subsidy_claims import ClaimState
from tests.agreements import DAY
from tests.bookings import claimed
from tests.bookings.claimed import AFTER, again, decided, draft, returned, sent, settled, written
from tests.turne.pages import errors_of, said, text_of
from tests.world import World
from turne.web import claim_tables
from venues.models import Membership, SubsidyScheme


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """A week after the visit."""
    settings.SESSION_COOKIE_AGE = 10**8
    monkeypatch.setattr(timezone, "now", lambda: AFTER)


@pytest.fixture(autouse=True)
def scheme(world: World) -> SubsidyScheme:
    return claimed.scheme(world)


def page(claim: SubsidyClaim, part: str = "") -> str:
    return f"/bidrag/{claim.pk}/{part}"


class TestBegin:
    def test_from_the_page_of_the_visit(self, world: World, en: Any) -> None:
        booking, client = settled(world), en(world.presenter)
        told = client.get(f"/bokning/{booking.pk}/").context["subsidy"]
        assert (told["amount"], told["scheme"].label) == ("1,000\N{NO-BREAK SPACE}kr", "Bidraget")
        answer = client.post("/bidrag/borja/", {"besok": booking.pk, "stod": told["scheme"].row})
        assert answer["Location"] == page(SubsidyClaim.objects.get())

    def test_from_the_list_by_the_version_of_the_rules_that_holds_for_the_visit(
        self, world: World, scheme: SubsidyScheme
    ) -> None:
        booking = settled(world)
        packs = claimed.of_an_older_version(claims.gather(Booking.objects.all(), AFTER).packs)
        assert claim_tables.marks(packs, world.presenter) == {booking.pk: {"begins": scheme.pk}}

    def test_a_double_click_begins_one(self, world: World, en: Any, scheme: SubsidyScheme) -> None:
        booking, client = settled(world), en(world.presenter)
        form = {"besok": booking.pk, "stod": scheme.pk}
        places = {client.post("/bidrag/borja/", form)["Location"] for _click in range(2)}
        assert (len(places), SubsidyClaim.objects.count()) == (1, 1)

    @pytest.mark.parametrize("who", ["producer", "officer", "neighbour"])
    def test_only_by_who_claims(self, world: World, en: Any, scheme: SubsidyScheme, who: str) -> None:
        form = {"besok": settled(world).pk, "stod": scheme.pk}
        assert en(getattr(world, who)).post("/bidrag/borja/", form).status_code == 404

    def test_the_other_side_sees_no_way_to(self, world: World, en: Any) -> None:
        assert en(world.producer).get(f"/bokning/{settled(world).pk}/").context["subsidy"] is None

    def test_the_list_leads_to_what_is_begun(self, world: World, en: Any) -> None:
        claim = draft(world)
        context = en(world.presenter).get("/bidrag/").context
        assert context["packs"][0]["claims"][0]["mark"]["url"] == page(claim)
        assert [row["pk"] for row in context["mine"]] == [claim.pk]

    def test_what_is_claimed_is_not_called_ready_to_claim(self, world: World, en: Any) -> None:
        settled(world)
        before = text_of(en(world.presenter).get("/bidrag/"))
        begun = claiming.begin(Booking.objects.get(), by=world.presenter, now=AFTER)
        told = [before, text_of(en(world.presenter).get("/bidrag/"))]
        assert begun.state == ClaimState.DRAFT
        assert ["Ready to claim" in page for page in told] == [True, False]

    def test_what_is_sent_in_is_not_counted_among_what_can_be_claimed(self, world: World, en: Any) -> None:
        claim = written(world)
        before = en(world.presenter).get("/bidrag/").context["packs"][0]["ready"]
        claimed.send(claim, world)
        after = en(world.presenter).get("/bidrag/").context["packs"][0]["ready"]
        assert (before, after) == ("1,000\N{NO-BREAK SPACE}kr", "0\N{NO-BREAK SPACE}kr")

    @pytest.mark.parametrize("query", ["?lage=sent", "?stod=annat", "?sasong=ingen"])
    def test_the_list_is_narrowed_by_its_address(self, world: World, en: Any, query: str) -> None:
        draft(world)
        answer = en(world.presenter).get(f"/bidrag/{query}")
        assert answer.status_code == 404 or answer.context["mine"] == []


class TestOne:
    def test_says_what_is_missing(self, world: World, en: Any) -> None:
        context = en(world.presenter).get(page(draft(world))).context
        assert [one.key for one in context["lacking"]] == ["ask_audience"]
        assert [row["label"] for row in context["figures"]] == [
            "Shows", "Audience", "Of them children and young people", "Road km", "Travel", "Lodging", "Fee",
        ]  # fmt: skip

    def test_says_which_figures_have_changed_since(self, world: World, en: Any) -> None:
        claim = sent(world)
        settling.reopen(claim.booking, by=world.producer, now=AFTER, reason="Fel siffra")
        reporting.report_played(
            claim.booking, by=world.presenter, now=AFTER, figures=[(90, 70)], why="Räknade fel"
        )
        for who in (world.presenter, world.officer):
            [told] = en(who).get(page(claim)).context["differs"]
            assert (told["was"], told["becomes"]) == ("80", "90")

    def test_a_returned_one_says_why(self, world: World, en: Any) -> None:
        assert "Kvittot saknas." in text_of(en(world.presenter).get(page(returned(world))))

    def test_whoever_receives_it_sees_what_was_sent_in_and_not_what_is_written_since(
        self, world: World, en: Any
    ) -> None:
        claim = returned(world)
        said = claiming.ClaimInput(answers={"audience": "HEMLIGT UTKAST"})
        claiming.write(claim, said, by=world.presenter, version=claim.version, now=AFTER)
        text = text_of(en(world.officer).get(page(claim)))
        assert ("HEMLIGT UTKAST" in text, claimed.ANSWERS["audience"] in text) == (False, True)

    @pytest.mark.parametrize("who", ["neighbour", "producer", "stranger", "school_contact"])
    def test_another_house_finds_none(self, world: World, en: Any, who: str) -> None:
        claim = sent(world)
        client = en(getattr(world, who))
        parts = ("", "papper/", "skriv/", "skicka/", "besluta/")
        assert {client.get(page(claim, part)).status_code for part in parts} == {404}

    def test_an_officer_finds_no_draft(self, world: World, en: Any) -> None:
        assert en(world.officer).get(page(written(world))).status_code == 404

    def test_on_paper(self, world: World, en: Any) -> None:
        claim = sent(world)
        text = text_of(en(world.officer).get(page(claim, "papper/")))
        assert claim.submissions.get().digest in text


class TestWrite:
    def form(self, claim: SubsidyClaim, **fields: Any) -> dict[str, Any]:
        return {"version": claim.version, "ask_audience": "Vi bjöd in en skola.", **fields}

    def test_keeps_words_and_figures(self, world: World, en: Any) -> None:
        claim = draft(world)
        fields = {
            "audience": "82",
            "audience_why": "Två bakom scenen.",
            "lodging": "800",
            "lodging_why": "Hotell.",
        }
        assert en(world.presenter).post(page(claim, "skriv/"), self.form(claim, **fields)).status_code == 302
        assert again(claim).corrections == {
            "audience": {"value": "82", "why": "Två bakom scenen."},
            "lodging": {"value": "800", "why": "Hotell."},
        }

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"audience": "82"}, "audience_why"),
            ({"audience": "-1", "audience_why": "x"}, "audience"),
            ({"audience": "många", "audience_why": "x"}, "audience"),
            ({"audience_why": "x"}, "audience"),
            ({"fee": "1.234", "fee_why": "x"}, "fee"),
            ({"ask_audience": "x" * 41}, "ask_audience"),
        ],
    )
    def test_says_what_is_wrong_beside_the_field(
        self, world: World, en: Any, fields: dict[str, str], field: str
    ) -> None:
        claim = draft(world)
        answer = en(world.presenter).post(page(claim, "skriv/"), self.form(claim, **fields))
        assert list(errors_of(answer)) == [field]

    def test_nobody_writes_over_another(self, world: World, en: Any) -> None:
        claim = draft(world)
        answer = en(world.presenter).post(page(claim, "skriv/"), self.form(claim) | {"version": 7})
        assert answer.status_code == 409

    def test_not_what_is_sent_in(self, world: World, en: Any) -> None:
        claim = sent(world)
        answer = en(world.presenter).get(page(claim, "skriv/"), follow=True)
        assert said(answer) == ["The claim is sent in now."]


class TestSend:
    def test_after_one_has_said_that_one_stands_by_it(self, world: World, en: Any) -> None:
        claim, client = written(world), en(world.presenter)
        assert client.post(page(claim, "skicka/"), {"version": claim.version}).status_code == 422
        client.post(page(claim, "skicka/"), {"version": claim.version, "stands": "on"})
        assert again(claim).state == ClaimState.SENT

    def test_says_what_keeps_it_back(self, world: World, en: Any) -> None:
        claim = draft(world)
        answer = en(world.presenter).post(page(claim, "skicka/"), {"version": claim.version, "stands": "on"})
        assert "To be stated: New audience." in str(errors_of(answer))

    def test_is_withdrawn_again(self, world: World, en: Any) -> None:
        claim = sent(world)
        en(world.presenter).post(page(claim, "ta-tillbaka/"), {"version": claim.version})
        assert again(claim).state == ClaimState.WITHDRAWN

    def test_a_draft_is_thrown_away(self, world: World, en: Any) -> None:
        claim = draft(world)
        answer = en(world.presenter).post(page(claim, "ta-tillbaka/"), {"version": claim.version})
        assert (answer["Location"], SubsidyClaim.objects.count()) == (f"/bokning/{claim.booking_id}/", 0)


class TestTheOffice:
    def decide(self, client: Any, claim: SubsidyClaim, **fields: Any) -> Any:
        form = {"version": claim.version, "granted": "1000", "why": "", "reference": "KUL 1", **fields}
        return client.post(page(claim, "besluta/"), form)

    def test_the_list_has_sums(self, world: World, en: Any) -> None:
        sent(world)
        context = en(world.officer).get("/bidrag/mottagna/").context
        [row], [sums] = context["rows"], context["sums"]
        assert (row["claimant"], sums["count"], sums["asked"]) == (
            "Backe bygdegård", 1, "1,000\N{NO-BREAK SPACE}kr",
        )  # fmt: skip

    def test_an_empty_list_says_what_comes(self, world: World, en: Any) -> None:
        assert "No claim has come yet" in text_of(en(world.officer).get("/bidrag/mottagna/"))

    def test_the_list_is_narrowed_by_its_address(self, world: World, en: Any) -> None:
        sent(world)
        counts = [
            len(en(world.officer).get(f"/bidrag/mottagna/{query}").context["rows"])
            for query in ("?lage=sent", "?lage=granted", "?stod=s", "?sasong=varen-2027")
        ]
        assert counts == [1, 0, 1, 1]

    def test_as_a_table(self, world: World, en: Any) -> None:
        claim = decided(world)
        rows = en(world.officer).get("/bidrag/mottagna.csv").content.decode("utf-8-sig").splitlines()
        cells = rows[1].split(";")
        assert (cells[0], cells[5:8], cells[-1]) == (
            "Bidraget", ["granted", "1000.00", "1000.00"], claim.submissions.get().digest,
        )  # fmt: skip

    def test_decides(self, world: World, en: Any) -> None:
        claim = sent(world)
        self.decide(en(world.officer), claim)
        assert (again(claim).state, again(claim).reference) == (ClaimState.GRANTED, "KUL 1")

    @pytest.mark.parametrize(
        ("fields", "field"),
        [({"granted": "800"}, "why"), ({"granted": "1001"}, "granted"), ({"granted": "-1"}, "granted"),
         ({"granted": ""}, "granted")],
    )  # fmt: skip
    def test_says_what_is_wrong(self, world: World, en: Any, fields: Any, field: str) -> None:
        assert list(errors_of(self.decide(en(world.officer), sent(world), **fields))) == [field]

    def test_over_what_another_has_decided_it_is_told(self, world: World, en: Any) -> None:
        claim = sent(world)
        claimed.decide(claim, world)
        assert self.decide(en(world.officer), claim).status_code == 409

    def test_decides_on_what_was_returned_and_not_completed_in_time(
        self, world: World, en: Any, later: Any
    ) -> None:
        claim = returned(world)
        assert page(claim, "besluta/") not in en(world.officer).get(page(claim)).content.decode()
        assert en(world.officer).get(page(claim, "besluta/"))["Location"] == page(claim)
        later(AFTER + 60 * DAY)
        client = en(world.officer)
        assert page(claim, "besluta/") in client.get(page(claim)).content.decode()
        self.decide(client, claim, granted="0", why="Kvittot kom aldrig.")
        assert again(claim).state == ClaimState.REFUSED

    def test_returns_it(self, world: World, en: Any) -> None:
        claim = sent(world)
        form = {"version": claim.version, "why": "Kvittot saknas.", "until": "2027-02-28"}
        en(world.officer).post(page(claim, "komplettera/"), form)
        assert (again(claim).state, again(claim).send_by.isoformat()) == ("returned", "2027-02-28")

    def test_notes_that_it_is_paid(self, world: World, en: Any, later: Any) -> None:
        claim = decided(world)
        later(AFTER + 3 * DAY)
        en(world.officer).post(page(claim, "betald/"), {"version": claim.version, "paid_on": "2027-02-12"})
        assert again(claim).state == ClaimState.PAID

    def test_lets_a_late_one_in(self, world: World, en: Any, later: Any) -> None:
        claim, late = written(world), datetime(2027, 6, 14, 12, tzinfo=AFTER.tzinfo)
        later(late)
        en(world.presenter).post(page(claim, "for-sent/"), {"version": claim.version, "why": "Sjuk."})
        [row] = en(world.officer).get("/bidrag/mottagna/").context["late"]
        form = {"version": row["version"], "until": "2027-06-30"}
        en(world.officer).post(page(claim, "oppna/"), form)
        assert again(claim).send_by.isoformat() == "2027-06-30"

    def test_nobody_decides_on_their_own(self, world: World, en: Any) -> None:
        claim = sent(world)
        Membership.objects.create(user=world.officer, organisation=world.presenting, role="presenter")
        assert en(world.officer).get(page(claim, "besluta/")).status_code == 404


class TestMyWeek:
    def sections(self, client: Any) -> dict[str, list[str]]:
        found = client.get("/min-vecka/").context["sections"]
        return {section.title: [row["url"] for row in section.rows] for section in found}

    def test_what_may_be_claimed(self, world: World, en: Any) -> None:
        booking = settled(world)
        assert self.sections(en(world.presenter))["Subsidies to claim"] == [f"/bokning/{booking.pk}/#subsidy"]

    def test_what_is_begun(self, world: World, en: Any) -> None:
        claim = draft(world)
        assert self.sections(en(world.presenter))["Subsidies to claim"] == [page(claim)]

    def test_what_is_to_be_decided(self, world: World, en: Any) -> None:
        claim = sent(world)
        assert self.sections(en(world.officer))["Claims to decide on"] == [page(claim)]

    def test_nothing_where_there_is_nothing(self, world: World, en: Any) -> None:
        for who, title in ((world.presenter, "Subsidies to claim"), (world.officer, "Claims to decide on")):
            assert title not in self.sections(en(who))
