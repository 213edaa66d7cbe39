"""Money after a visit through the API: price, report, costs, settlement, claims."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from bookings import reporting
from bookings.models import Booking
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held
from tests.api.callers import API, caller
from tests.world import World
from venues.models import SubsidyScheme

AFTER = SHOW_AT + DAY


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AFTER)


def address(booking: Booking, part: str) -> str:
    return f"{API}/bookings/{booking.pk}/{part}"


def reported(world: World) -> Booking:
    return reporting.report_played(confirmed(world), by=world.presenter, now=AFTER, figures=[(80, 70)])


def put(world: World, who: str, booking: Booking, part: str, body: Any) -> Any:
    return caller(getattr(world, who)).put(address(booking, part), body)


class TestThePrice:
    @pytest.fixture(autouse=True)
    def before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(timezone, "now", lambda: NOW)

    def test_is_read_line_by_line(self, world: World) -> None:
        told = caller(world.producer).get(address(held(world), "price")).json()
        assert (told["price"], [line["amount"] for line in told["lines"]]) == ("9800.00", ["9800.00"])

    def test_is_changed_while_it_is_held(self, world: World) -> None:
        lines = [{"kind": "fee", "amount": "7000"}, {"kind": "lodging", "amount": None}]
        told = put(world, "producer", held(world), "price", {"lines": lines}).json()
        assert (told["price"], told["is_all_in"]) == ("7000.00", False)

    @pytest.mark.parametrize("amount", ["-1", "0.001", "NaN", None])
    def test_is_never_negative(self, world: World, amount: Any) -> None:
        booking = held(world)
        answer = put(world, "producer", booking, "price", {"lines": [{"kind": "fee", "amount": amount}]})
        booking.refresh_from_db()
        assert (answer.status_code, booking.price) == (422, 9800)

    def test_stands_afterwards(self, world: World) -> None:
        body = {"lines": [{"kind": "fee", "amount": "1"}]}
        assert put(world, "producer", confirmed(world), "price", body).status_code == 409


class TestTheReport:
    def report(self, world: World, booking: Booking, **body: Any) -> Any:
        return caller(world.presenter).post(address(booking, "report"), body)

    def test_with_all_that_is_known(self, world: World) -> None:
        booking = confirmed(world)
        body = {"figures": [[80, 70, 10, None]], "costs": {"room": "400"}}
        [show] = self.report(world, booking, **body).json()["performances"]
        assert (show["attendance"], show["attendance_adults"], show["attendance_free"]) == (80, 10, None)
        assert booking.cost_lines.get().amount == 400

    def test_more_than_the_room_takes_has_its_own_code(self, world: World) -> None:
        booking = confirmed(world)
        answer = self.report(world, booking, figures=[[130, 70]])
        assert (answer.status_code, answer.json()["code"]) == (422, "over_capacity")
        assert self.report(world, booking, figures=[[130, 70]], over_capacity=True).status_code == 200

    def test_a_correction_says_why(self, world: World) -> None:
        booking = reported(world)
        assert self.report(world, booking, figures=[[90, 70]]).status_code == 422
        assert self.report(world, booking, figures=[[90, 70]], why="Miscounted").status_code == 200

    def test_not_played_has_a_cause(self, world: World) -> None:
        booking = confirmed(world)
        assert self.report(world, booking, not_played="Snow", cause="weather").json()["outcome"] == "not_held"

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"figures": [[80, 70]], "not_played": "Snow"},
            {"figures": [[80, 70]], "cause": "weather"},
            {"not_played": "Snow", "why": "Miscounted"},
            {"not_played": "Snow", "cause": "bad"},
            {"figures": [[80, 70]], "costs": {"room": "-1"}},
            {"figures": [[80, 70]], "costs": {"travel": "5"}},
        ],
    )
    def test_what_cannot_be(self, world: World, body: Any) -> None:
        booking = confirmed(world)
        assert self.report(world, booking, **body).status_code == 422
        booking.refresh_from_db()
        assert booking.outcome == ""


class TestTheSettlement:
    def test_is_read(self, world: World) -> None:
        told = caller(world.presenter).get(address(reported(world), "settlement")).json()
        assert (told["standing"], told["invoice"], told["with_vat"]) == ("ready", "9800.00", None)

    def test_says_what_is_invoiced(self, world: World) -> None:
        lines = [{"kind": "fee", "amount": "9000", "vat_percent": "6", "why": "One less"}]
        told = put(world, "producer", reported(world), "settlement", {"lines": lines}).json()
        assert (told["invoice"], told["with_vat"]) == ("9000.00", "9540.00")

    def test_costs_of_each_side(self, world: World) -> None:
        told = put(world, "producer", reported(world), "costs", {"costs": {"travel": "420"}}).json()
        assert told["costs"] == [{"side": "producer", "kind": "travel", "amount": "420.00"}]

    def test_is_settled_and_opened_again(self, world: World) -> None:
        booking, producer = reported(world), caller(world.producer)
        assert producer.post(address(booking, "settle")).json()["shown_as"] == "settled"
        assert producer.post(address(booking, "reopen"), {"reason": "A figure"}).json()["settled_at"] is None

    def test_of_a_tour(self, world: World) -> None:
        booking = reported(world)
        [sheet] = caller(world.producer).get(f"{API}/tours/{world.tour.slug}/settlement").json()
        assert sheet["booking"] == booking.pk


class TestClaims:
    @pytest.fixture(autouse=True)
    def scheme(self, world: World) -> None:
        rules = {
            "per": "show", "cap": "5000", "currency": "SEK", "covers": ["travel"], "mileage_per_km": {"car": "3.75"},
            "criteria": [{"kind": "presenters", "count": 1, "within": "region"}],
        }  # fmt: skip
        SubsidyScheme.objects.create(
            region=world.season.region,
            key="s",
            label="Bidraget",
            rules=rules,
            valid_from=date(2024, 1, 1),
            source="x",
        )

    @pytest.mark.parametrize("by", ["tour", "season"])
    def test_of_a_tour_or_a_season(self, world: World, by: str) -> None:
        booking = reported(world)
        slug = getattr(world, by).slug
        [pack] = caller(world.presenter).get(f"{API}/claims?{by}={slug}").json()["packs"]
        [claim] = pack["claims"]
        told = claim["booking"], claim["audience"], claim["young"], claim["answer"]
        assert (pack["scheme"], pack["ready"], told) == ("s", "0.00", (booking.pk, 80, 70, "met"))

    def test_not_of_everything_at_once(self, world: World) -> None:
        assert caller(world.presenter).get(f"{API}/claims").status_code == 400

    def test_others_see_none(self, world: World) -> None:
        reported(world)
        assert caller(world.neighbour).get(f"{API}/claims?tour={world.tour.slug}").json()["packs"] == []
