"""What a producer sees of the money: the card on the board, the price list, the form that reckons."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from bookings import planning, running
from tests.bookings.test_accounts import load_rates, scheme, tour_of
from tests.turne.pages import text_of
from tests.turne.test_tours import frame, new
from tests.world import World
from tours.models import Tour
from tours.subsidies import Answer
from tours.subsidy_words import verdict_word
from turne.web.price_list import COLUMNS
from venues.models import EmissionFactor, Organisation, Region


@pytest.fixture
def planned(world: World) -> World:
    tour = tour_of(world, performances_per_day=1, cost_per_night=0)
    running.run(planning.propose(tour, by=world.producer, seconds=1))
    return world


def board(world: World, producer: Any, **changes: Any) -> str:
    Tour.objects.filter(pk=world.tour.pk).update(**changes)
    return text_of(producer.get(reverse("board", args=[world.tour.slug])))


def prices(world: World, producer: Any, **query: str) -> Any:
    return producer.get(reverse("tour-prices", args=[world.tour.slug]), query)


# -- The card ---------------------------------------


def test_the_card_tells_rates_a_mil_and_rooms(planned: World, producer: Any) -> None:
    load_rates()
    found = board(planned, producer, mileage="own_car", room_cost=900)
    assert "own car, tax-free at 25 kr for 10 km" in found
    assert "2 rooms at 900 kr" in found
    assert "Left for wages and the rest" in found


def test_rates_that_are_missing_are_told_on_the_board(planned: World, producer: Any) -> None:
    found = board(planned, producer)
    assert "Jämtland Härjedalen has no rates for" in found
    assert "Left before per diem" in found


def test_rates_of_another_year_are_told(planned: World, producer: Any) -> None:
    load_rates(2026)
    assert "rates that end on Thu 31 Dec 2026" in board(planned, producer, uses_latest_rates=True)


def test_emissions_are_told_with_their_source(planned: World, producer: Any) -> None:
    EmissionFactor.objects.create(
        region=Region.objects.get(is_served=True), vehicle="car", fuel="diesel", tank_to_wheel_kg="0.2",
        well_to_tank_kg="0.05", year=2025, source="A table",
    )  # fmt: skip
    found = board(planned, producer, fuel="diesel")
    assert "CO2e, diesel, well to wheel" in found
    assert "kg on the road. A table." in found


def test_a_fuel_without_a_figure_is_said(planned: World, producer: Any) -> None:
    assert "CO2e: no figure for electricity" in board(planned, producer, fuel="electric")


def test_what_is_missing_for_a_subsidy_is_said(planned: World, producer: Any) -> None:
    scheme(criteria=[{"kind": "presenters", "count": 4, "within": "region"}])
    found = board(planned, producer)
    assert "Små scener: 0 of 3 visits qualify" in found
    assert "qualify, 0 may" not in found
    assert "One more presenter within the county is missing: 3 visits." in found


def test_the_same_in_swedish(planned: World, producer: Any) -> None:
    scheme(criteria=[{"kind": "presenters", "count": 4, "within": "region"}])
    producer.cookies["django_language"] = "sv"
    assert "Ett arrangörsstopp till inom länet saknas: 3 besök." in board(planned, producer)


def test_no_scheme_is_said_too(planned: World, producer: Any) -> None:
    assert "No subsidy scheme is known for the regions of these visits." in board(planned, producer)


# -- The price list ---------------------------------------


def presenters(response: Any) -> list[str]:
    return [row["presenter"] for row in response.context["rows"]]


@pytest.mark.parametrize("word", [column[0] for column in COLUMNS])
def test_every_heading_sorts_both_ways(planned: World, producer: Any, word: str) -> None:
    up = prices(planned, producer, ordning=word)
    down = prices(planned, producer, ordning=f"-{word}")
    assert [c["order"] for c in up.context["columns"] if c["order"]] == ["ascending"]
    assert [c["order"] for c in down.context["columns"] if c["order"]] == ["descending"]
    assert sorted(presenters(up)) == sorted(presenters(down))


def test_it_begins_in_the_order_of_days_and_a_wrong_word_is_no_order(planned: World, producer: Any) -> None:
    assert presenters(prices(planned, producer)) == presenters(prices(planned, producer, ordning="x"))


def test_by_name_they_stand_in_order(planned: World, producer: Any) -> None:
    names = presenters(prices(planned, producer, ordning="arrangor"))
    assert names == ["Backe bygdegård", "Folkets hus Strömsund", "Krokoms skola"]


def test_the_page_has_every_criterion_and_what_is_covered(planned: World, producer: Any) -> None:
    scheme()
    Organisation.objects.update(is_riksteatern=True)
    found = text_of(prices(planned, producer))
    assert "3 presenters within the county, 3 are needed" in found
    assert "At most 5,000 kr: travel" in found
    assert "To be stated in the claim: what you do to reach a new audience." in found


def test_a_tour_without_a_plan_has_no_prices_yet(world: World, producer: Any) -> None:
    assert "There is no plan yet" in text_of(prices(world, producer))
    assert producer.get(reverse("tour-prices-csv", args=[world.tour.slug])).status_code == 404


def test_the_spreadsheet_has_the_same_rows(planned: World, producer: Any) -> None:
    load_rates()
    response = producer.get(reverse("tour-prices-csv", args=[planned.tour.slug]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Presenter", "Day", "Fee"]
    assert [row[6] for row in rows[1:]] == ["9800,00"] * 3
    assert [row[9] for row in rows[1:]] == ["SEK"] * 3


# -- The form ---------------------------------------


def reckon(world: World, producer: Any, **changes: object) -> Any:
    sent = frame(
        **{"reckon": "1", "version": world.tour.version, "mileage": "own_car", "room_cost": 1000, **changes}
    )
    return producer.post(reverse("tour-edit", args=[world.tour.slug]), sent)


def test_the_form_reckons_and_saves_nothing(world: World, producer: Any) -> None:
    load_rates()
    response = reckon(world, producer)
    assert response.context["form"]["cost_per_km"].value() == "3"
    assert response.context["form"]["cost_per_night"].value() == "2600"
    assert "2 times a room (1,000 kr) and a day's per diem (300 kr)" in text_of(response)
    world.tour.refresh_from_db()
    assert (world.tour.cost_per_km, world.tour.mileage) == (35, "own_cost")


def test_without_rates_the_form_keeps_what_was_typed_and_says_why(world: World, producer: Any) -> None:
    response = reckon(world, producer, cost_per_km=41)
    assert response.context["form"]["cost_per_km"].value() == "41"
    assert "has no rates for Mon 1 Feb 2027" in text_of(response)


def test_a_new_tour_can_be_reckoned_before_it_is_made(world: World, producer: Any) -> None:
    load_rates()
    response = producer.post(reverse("tour-new"), new(world, reckon="1", mileage="company_car"))
    assert response.context["form"]["cost_per_km"].value() == "2"
    assert Tour.objects.count() == 1


def test_a_faulty_form_is_not_reckoned(world: World, producer: Any) -> None:
    response = reckon(world, producer, room_cost=-1)
    assert response.status_code == 422


def test_what_is_chosen_is_saved(world: World, producer: Any) -> None:
    sent = frame(version=world.tour.version, mileage="own_car", fuel="hvo", sharing="distance", room_cost=950)
    producer.post(reverse("tour-edit", args=[world.tour.slug]), sent)
    world.tour.refresh_from_db()
    kept = (world.tour.mileage, world.tour.fuel, world.tour.sharing, world.tour.room_cost)
    assert kept == ("own_car", "hvo", "distance", 950)


# -- Who belongs to Riksteatern ---------------------------------------


@pytest.mark.parametrize(("sent", "kept"), [("true", True), ("false", False), ("unknown", None), ("?", None)])
def test_an_administrator_tells_of_riksteatern(
    world: World, as_user: Any, sent: str, kept: bool | None
) -> None:
    address = reverse("riksteatern-set", args=[world.presenting.slug])
    as_user(world.administrator).post(address, {"is_riksteatern": sent})
    world.presenting.refresh_from_db()
    assert world.presenting.is_riksteatern is kept


def test_the_verdicts_have_words() -> None:
    with translation.override("sv"):
        assert [verdict_word(answer) for answer in Answer] == [
            "kvalificerar",
            "kvalificerar inte",
            "kan kvalificera",
        ]
