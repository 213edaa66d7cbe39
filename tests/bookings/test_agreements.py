"""What was confirmed is kept as it was: which facts, at which steps, and that nothing changes them."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from bookings import agreements, contacts, counters, kept_facts, lifecycle, postponing, pricing
from bookings.models import Agreement, Booking
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, held, in_state, offered
from tests.checklists import fresh, prepared
from tests.world import World
from tours.errors import NotNow
from tours.models import Production, Rider
from venues.models import Organisation, Venue


def kept(booking: Booking) -> list[Agreement]:
    return list(Agreement.objects.filter(booking=booking))


def facts(booking: Booking) -> dict[str, Any]:
    return kept(booking)[-1].facts


class TestWhenItIsKept:
    def test_at_confirmation(self, world: World) -> None:
        [one] = kept(confirmed(world))
        assert (one.number, one.made_at, one.by) == (1, NOW, world.presenter)

    def test_not_before(self, world: World) -> None:
        assert kept(offered(world)) == []

    def test_at_a_time_that_the_producer_takes(self, world: World) -> None:
        booking = counters.take(countered(world), by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        assert facts(booking)["confirmed"] == {
            "at": "2026-12-18T10:00:00+01:00",
            "side": "producer",
            "way": "account",
            "step": "take",
        }

    def test_in_the_same_transaction(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_args: Any, **_more: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(agreements, "digest_of", fail)
        booking = offered(world)
        with pytest.raises(RuntimeError), transaction.atomic():
            lifecycle.confirm(booking, by=world.presenter, now=NOW)
        assert (fresh(booking).status, kept(booking)) == (Booking.Status.OFFERED, [])

    def test_confirmed_anew_it_is_the_next_version(self, world: World) -> None:
        booking = postponing.postpone(confirmed(world), by=world.producer, now=NOW, reason="Snö")
        postponing.reschedule(booking, by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        lifecycle.confirm(booking, by=world.producer, now=NOW + DAY)
        starts = [one.facts["times"]["shows"][0]["starts_at"] for one in kept(booking)]
        assert starts == ["2027-02-03T11:15:00+01:00", "2027-02-04T11:15:00+01:00"]


class TestWhoConfirmed:
    @pytest.mark.parametrize("who", ["presenter", "producer"])
    def test_a_side_by_an_account(self, world: World, who: str) -> None:
        booking = lifecycle.confirm(offered(world), by=getattr(world, who), now=NOW)
        said = facts(booking)["confirmed"]
        assert (said["side"], said["way"]) == (who, "account")

    def test_the_presenter_by_a_mailed_link(self, world: World) -> None:
        booking = lifecycle.confirm(offered(world), by=None, now=NOW)
        said = facts(booking)["confirmed"]
        assert (said["side"], said["way"], kept(booking)[0].by) == ("presenter", "link", None)


class TestTheFacts:
    def test_parties_and_room(self, world: World) -> None:
        found = facts(confirmed(world))
        assert (found["parties"]["presenter"]["name"], found["parties"]["producer"]["name"]) == (
            "Backe bygdegård",
            "Scenlaget",
        )
        assert (found["venue"]["place"], found["venue"]["municipality"]) == ("Backe", "Strömsund")

    def test_from_get_in_to_get_out(self, world: World) -> None:
        assert facts(confirmed(world))["times"] == {
            "get_in_at": "2027-02-03T10:00:00+01:00",
            "shows": [{"starts_at": "2027-02-03T11:15:00+01:00", "ends_at": "2027-02-03T12:00:00+01:00"}],
            "gone_by": "2027-02-03T12:45:00+01:00",
        }

    def test_the_price_line_by_line(self, world: World) -> None:
        booking = held(world)
        lines = [
            pricing.Line("fee", Decimal(8000), vat_percent=Decimal(6)),
            pricing.Line("travel", None, words="per mil"),
        ]
        booking = pricing.set_price(booking, by=world.producer, now=NOW, lines=lines)
        price = facts(lifecycle.confirm(booking, by=world.producer, now=NOW))["price"]
        assert (price["total"], price["is_all_in"]) == ("8000.00", False)
        assert [(line["label"]["en"], line["amount"], line["vat_percent"], line["payer"], line["words"])
                for line in price["lines"]] == [
            ("fee", "8000.00", "6.00", "presenter", ""), ("travel", None, None, "presenter", "per mil"),
        ]  # fmt: skip

    def test_the_room_check_in_three_values(self, world: World) -> None:
        needs = {"stage_w_m": Decimal(6), "needs_piano": True}
        found = facts(prepared(world, needs=needs, stage_width_m=Decimal(5)))
        assert {line["key"]: line["verdict"] for line in found["room"]} == {
            "capacity": "fits",
            "stage_width": "does_not_fit",
            "piano": "unknown",
        }

    def test_words_stand_in_every_language(self, world: World) -> None:
        found = facts(prepared(world, needs={"helpers_in": 2}))
        helpers = next(need["text"] for need in found["needs"] if need["key"] == "helpers")
        assert helpers == {"sv": "2 medhjälpare vid inbygget", "en": "2 helpers at get-in"}

    def test_hold_no_person(self, world: World) -> None:
        """Neither accounts nor addresses, which are forgotten later by rules of their own."""
        Organisation.objects.filter(pk=world.presenting.pk).update(phone="0670-123 45")
        booking = lifecycle.confirm(offered(world), by=world.presenter, now=NOW, message="Ring Anna på 070-1")
        text = json.dumps(facts(booking), ensure_ascii=False)
        private = [world.presenter.name, "@", "0670", "Anna", "070-1"]
        assert [word for word in private if word in text] == []

    def test_hold_no_contact_of_the_visit(self, world: World) -> None:
        booking = prepared(world)
        contacts.name(
            booking, "artist_host", name="Vaktmästaren", phone="070-2", email="", by=world.presenter, now=NOW
        )
        found = agreements.facts_of(fresh(booking), by=world.presenter, at=NOW, step="confirm")
        assert "Vaktmästaren" not in json.dumps(found, ensure_ascii=False)


class TestAsItWas:
    def test_no_later_change_reaches_it(self, world: World) -> None:
        booking = confirmed(world)
        before = facts(booking)
        Venue.objects.filter(pk=world.venue.pk).update(name="Nya salen", seats=9)
        Production.objects.filter(pk=world.production.pk).update(title="Annan titel")
        Rider.objects.filter(production=world.production).update(needs_piano=True)
        Organisation.objects.filter(pk=world.presenting.pk).update(name="Nytt namn")
        assert facts(booking) == before

    def test_the_database_lets_nobody_change_it(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.filter(booking=booking).update(digest="0" * 64)
        assert kept_facts.is_whole(kept(booking)[0])

    def test_nothing_deletes_it(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(ProtectedError):
            booking.delete()
        lifecycle.cancel(fresh(booking), by=world.producer, now=NOW, reason="Sjukdom")
        assert len(kept(booking)) == 1

    def test_a_digest_tells_other_facts(self, world: World) -> None:
        [one] = kept(confirmed(world))
        one.facts["price"]["total"] = "1.00"
        assert not kept_facts.is_whole(one)

    def test_a_number_comes_once(self, world: World) -> None:
        [one] = kept(confirmed(world))
        one.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            one.save(force_insert=True)

    def test_versions_come_newest_first(self, world: World) -> None:
        booking = confirmed(world)
        agreements.keep(fresh(booking), by=world.producer, now=NOW + DAY)
        assert [one.number for one in agreements.versions(booking)] == [2, 1]


class TestOfAnOlderVisit:
    """One that was confirmed before agreements were kept."""

    @pytest.fixture
    def older(self, world: World) -> Booking:
        return in_state(world, Booking.Status.CONFIRMED)

    def test_it_is_kept_as_it_stands(self, world: World, older: Booking) -> None:
        one = agreements.start(older, by=world.presenter, now=NOW + DAY)
        assert (one.number, one.made_at, one.by) == (1, NOW + DAY, None)

    def test_who_confirmed_it_is_taken_from_the_history(self, world: World, older: Booking) -> None:
        older.changes.create(at=NOW - DAY, by=world.producer, action="confirm", to_status="confirmed")
        one = agreements.start(older, by=world.presenter, now=NOW)
        assert (one.by, one.facts["confirmed"]["at"]) == (world.producer, "2026-12-17T10:00:00+01:00")

    def test_without_a_history_nobody_knows_how(self, world: World, older: Booking) -> None:
        one = agreements.start(older, by=world.presenter, now=NOW)
        assert one.facts["confirmed"]["way"] == ""

    def test_once(self, world: World, older: Booking) -> None:
        agreements.start(older, by=world.presenter, now=NOW)
        with pytest.raises(NotNow):
            agreements.start(older, by=world.producer, now=NOW)

    def test_only_of_what_is_confirmed(self, world: World) -> None:
        with pytest.raises(NotNow):
            agreements.start(offered(world), by=world.presenter, now=NOW)
