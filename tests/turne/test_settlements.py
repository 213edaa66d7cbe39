"""The pages about money after a visit: the price, the settlement of a visit and of a tour, the claims."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings import reporting, settling
from bookings.models import Booking
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, offered
from tests.world import World
from venues.models import SubsidyScheme

AFTER = SHOW_AT + DAY
PRICE = {"amount_fee": "7000", "amount_travel": "1500", "vat_travel": "25", "open_lodging": "on"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    at(AFTER, monkeypatch)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def reported(world: World) -> Booking:
    return reporting.report_played(confirmed(world), by=world.presenter, now=AFTER, figures=[(80, 70)])


def page(booking: Booking, part: str) -> str:
    return f"/bokning/{booking.pk}/{part}"


def send(client: Any, booking: Booking, part: str, **values: Any) -> Any:
    booking.refresh_from_db()
    return client.post(page(booking, part), {"version": booking.version, **values})


def count_queries(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


class TestThePrice:
    @pytest.fixture(autouse=True)
    def before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        at(NOW, monkeypatch)

    def test_begins_with_what_stands(self, world: World, as_user: Any) -> None:
        form = as_user(world.producer).get(page(held(world), "pris/")).context["form"]
        told = [group["fields"][0].name for group in form.groups() if group["is_open"]]
        assert told == ["amount_fee"]

    def test_is_agreed_anew(self, world: World, as_user: Any) -> None:
        booking = held(world)
        assert send(as_user(world.producer), booking, "pris/", **PRICE).status_code == 302
        booking.refresh_from_db()
        assert (booking.price, booking.is_all_in) == (Decimal(8500), False)
        assert list(booking.price_lines.values_list("kind", "amount", "vat_percent")) == [
            ("fee", Decimal(7000), None),
            ("travel", Decimal(1500), Decimal(25)),
            ("lodging", None, None),
        ]

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"amount_fee": ""}, "amount_fee"),
            ({"amount_fee": "-1"}, "amount_fee"),
            ({"amount_fee": "1.001"}, "amount_fee"),
            ({"amount_lodging": "5"}, "amount_lodging"),
            ({"vat_travel": "101"}, "vat_travel"),
            ({"payer_travel": "nobody"}, "payer_travel"),
        ],
    )
    def test_bad_input_is_said_at_its_field(
        self, world: World, as_user: Any, values: dict[str, str], field: str
    ) -> None:
        booking = held(world)
        response = send(as_user(world.producer), booking, "pris/", **{**PRICE, **values})
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
        booking.refresh_from_db()
        assert booking.price == Decimal(9800)

    def test_stands_once_it_is_offered(self, world: World, as_user: Any) -> None:
        booking = offered(world)
        assert send(as_user(world.producer), booking, "pris/", **PRICE).url == page(booking, "")
        booking.refresh_from_db()
        assert booking.price == Decimal(9800)

    def test_the_offer_shows_its_lines(self, world: World, as_user: Any) -> None:
        booking = held(world)
        send(as_user(world.producer), booking, "pris/", **PRICE)
        shown = as_user(world.presenter).get(page(booking, "")).content.decode()
        assert ("7\u00a0000\u00a0kr" in shown, "1\u00a0500\u00a0kr" in shown) == (True, True)

    def test_the_page_of_a_held_visit_leads_there(self, world: World, as_user: Any) -> None:
        booking = held(world)
        shown = [
            page(booking, "pris/") in as_user(who).get(page(booking, "")).content.decode()
            for who in (world.producer, world.presenter)
        ]
        assert shown == [True, False]


class TestTheSheet:
    def test_both_sides_and_officers_read_it(self, world: World, as_user: Any) -> None:
        booking = reported(world)
        found = [
            as_user(who).get(page(booking, "avrakning/")).context["sheet"].standing
            for who in (world.producer, world.presenter, world.officer)
        ]
        assert found == ["ready"] * 3

    def test_asks_for_the_report_once_the_visit_is_over(
        self, world: World, as_user: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address, client = page(confirmed(world), "avrakning/"), as_user(world.presenter)
        found = []
        for moment in (NOW, AFTER):
            at(moment, monkeypatch)
            found.append("/rapport/" in client.get(address).content.decode())
        assert found == [False, True]

    def test_only_the_producer_can_change_it(self, world: World, as_user: Any) -> None:
        booking = reported(world)
        forms = [
            as_user(who).get(page(booking, "avrakning/")).context["form"] is not None
            for who in (world.producer, world.presenter)
        ]
        assert forms == [True, False]

    def test_says_what_is_invoiced_and_why(self, world: World, as_user: Any) -> None:
        booking, client = reported(world), as_user(world.producer)
        values = {"amount_fee": "9000", "vat_fee": "6", "why_fee": "En mindre"}
        assert send(client, booking, "avrakning/", **values).status_code == 302
        context = client.get(page(booking, "avrakning/")).context
        assert [(row["invoiced"], row["why"]) for row in context["rows"]] == [
            ("9\u00a0000\u00a0kr", "En mindre")
        ]
        assert [row["value"] for row in context["totals"]][-1] == "9\u00a0540\u00a0kr"

    def test_what_is_as_agreed_is_not_stored(self, world: World, as_user: Any) -> None:
        booking = reported(world)
        send(as_user(world.producer), booking, "avrakning/", amount_fee="9800.00")
        assert booking.settled_lines.count() == 0

    def test_a_difference_without_a_why_is_said_at_its_field(self, world: World, as_user: Any) -> None:
        response = send(as_user(world.producer), reported(world), "avrakning/", amount_fee="9000")
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["amount_fee"])

    def test_each_side_tells_its_costs(self, world: World, as_user: Any) -> None:
        booking = reported(world)
        send(as_user(world.producer), booking, "kostnader/", cost_travel="420")
        send(as_user(world.presenter), booking, "kostnader/", cost_room="600")
        groups = as_user(world.producer).get(page(booking, "avrakning/")).context["costs"]
        assert [group["sum"] for group in groups] == ["600\u00a0kr", "420\u00a0kr"]

    def test_costs_that_nobody_has_told_are_no_zero(self, world: World, en: Any) -> None:
        booking = reported(world)
        groups = en(world.producer).get(page(booking, "avrakning/")).context["costs"]
        assert [group["sum"] for group in groups] == ["not reported yet", "not reported yet"]

    def test_costs_that_cannot_be(self, world: World, as_user: Any) -> None:
        response = send(as_user(world.presenter), reported(world), "kostnader/", cost_room="-1")
        assert (response.status_code, list(response.context["costs_form"].errors)) == (422, ["cost_room"])

    def test_is_settled_and_opened_again(self, world: World, as_user: Any) -> None:
        booking, client = reported(world), as_user(world.producer)
        send(client, booking, "settle/")
        assert client.get(page(booking, "avrakning/")).context["state"] == "settled"
        send(client, booking, "reopen/", reason="Fel belopp")
        booking.refresh_from_db()
        assert (booking.settled_at, booking.changes.last().reason) == (None, "Fel belopp")

    def test_the_presenter_settles_nothing(self, world: World, as_user: Any) -> None:
        assert send(as_user(world.presenter), reported(world), "settle/").status_code == 403

    def test_as_a_table(self, world: World, as_user: Any) -> None:
        text = (
            as_user(world.presenter).get(page(reported(world), "avrakning.csv")).content.decode("utf-8-sig")
        )
        assert text.splitlines()[1].split(";")[4:6] == ["9800,00", "9800,00"]

    def test_the_day_in_the_table_is_that_of_the_clock_on_the_wall(self, world: World, as_user: Any) -> None:
        booking = reported(world)
        Booking.objects.filter(pk=booking.pk).update(occupied_from=SHOW_AT.replace(hour=0, minute=30))
        text = as_user(world.presenter).get(page(booking, "avrakning.csv")).content.decode("utf-8-sig")
        assert text.splitlines()[1].split(";")[0] == "2027-02-03"


class TestTheTour:
    def test_counts_how_far_its_visits_have_come(self, world: World, as_user: Any) -> None:
        reported(world)
        context = as_user(world.producer).get(f"/turneer/{world.tour.slug}/avrakning/").context
        assert [one["count"] for one in context["counts"]] == [0, 1, 0]
        assert context["sums"][:2] == ["9\u00a0800\u00a0kr"] * 2

    def test_says_that_there_is_nothing_yet(self, world: World, as_user: Any) -> None:
        response = as_user(world.producer).get(f"/turneer/{world.tour.slug}/avrakning/")
        assert (response.status_code, response.context["sheets"]) == (200, [])

    def test_as_a_table(self, world: World, as_user: Any) -> None:
        reported(world)
        text = as_user(world.producer).get(f"/turneer/{world.tour.slug}/avrakning.csv").content.decode()
        assert len(text.splitlines()) == 2

    def test_as_many_queries_for_two_visits_as_for_one(self, world: World, as_user: Any) -> None:
        client, address = as_user(world.producer), f"/turneer/{world.tour.slug}/avrakning/"
        reported(world)
        before = count_queries(client, address)
        reporting.report_played(
            confirmed(world, wish=world.neighbour_wish, starts_at=SHOW_AT - DAY),
            by=world.producer, now=AFTER, figures=[(5, 5)],
        )  # fmt: skip
        assert count_queries(client, address) == before


class TestClaims:
    @pytest.fixture(autouse=True)
    def scheme(self, world: World) -> None:
        rules = {
            "per": "show", "cap": "5000", "currency": "SEK", "covers": ["travel"], "mileage_per_km": {"car": "3.75"},
            "criteria": [{"kind": "presenters", "count": 1, "within": "region"}],
            "deadlines": ["06-12"],
        }  # fmt: skip
        SubsidyScheme.objects.create(
            region=world.season.region,
            key="s",
            label="Bidraget",
            rules=rules,
            valid_from=date(2024, 1, 1),
            source="x",
        )

    @pytest.mark.parametrize("who", ["producer", "presenter", "officer"])
    def test_whoever_sees_the_visit_sees_its_claim(self, world: World, as_user: Any, who: str) -> None:
        reported(world)
        [pack] = as_user(getattr(world, who)).get("/bidrag/").context["packs"]
        assert (pack["label"], len(pack["claims"]), pack["deadlines"] != "") == ("Bidraget", 1, True)

    @pytest.mark.parametrize("who", ["neighbour", "school_contact"])
    def test_others_see_none(self, world: World, as_user: Any, who: str) -> None:
        reported(world)
        assert as_user(getattr(world, who)).get("/bidrag/").context["packs"] == []

    def test_says_what_is_missing(self, world: World, as_user: Any) -> None:
        confirmed(world)
        [pack] = as_user(world.producer).get(f"/bidrag/?turne={world.tour.slug}").context["packs"]
        assert (pack["missing"] != "", pack["claims"][0]["is_ready"]) == (True, False)

    def test_the_sheet_says_it_too(self, world: World, as_user: Any) -> None:
        [pack] = as_user(world.presenter).get(page(reported(world), "avrakning/")).context["claims"]
        assert pack["label"] == "Bidraget"

    def test_as_a_table(self, world: World, as_user: Any) -> None:
        settling.settle(reported(world), by=world.producer, now=AFTER)
        rows = as_user(world.presenter).get("/bidrag.csv").content.decode("utf-8-sig").splitlines()
        cells = rows[1].split(";")
        assert (cells[7:9], cells[-4], cells[-2]) == (["80", "70"], "2027-02-04", "2027-06-12")

    @pytest.mark.parametrize("query", ["?turne=nej", "?sasong=nej"])
    def test_what_is_not_there(self, world: World, as_user: Any, query: str) -> None:
        assert as_user(world.producer).get(f"/bidrag/{query}").status_code == 404
