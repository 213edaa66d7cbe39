"""A course's account: costs of the road, shares that add up, and what is missing said in words."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings import accounts, planning, running
from bookings.accounts import Account
from bookings.standing import Course, course_of
from tests.world import World
from tours import costs
from tours.models import Ensemble, Production, Tour
from tours.money import Money, total
from tours.subsidies import Answer
from tours.terms import MissingRates, read_terms
from venues.facts import DATA
from venues.models import EmissionFactor, Municipality, Organisation, RateTable, Region, SubsidyScheme

RATES = json.loads((DATA / "rates_2026.json").read_text("utf-8"))


def kr(amount: int | str | Decimal) -> Money:
    return Money(Decimal(amount), "SEK")


def load_rates(year: int = 2027, **changes: Any) -> RateTable:
    return RateTable.objects.create(
        region=Region.objects.get(is_served=True), valid_from=date(year, 1, 1), valid_to=date(year, 12, 31),
        **{"currency": "SEK", "rates": RATES, **changes},
    )  # fmt: skip


def tour_of(world: World, **changes: Any) -> Tour:
    Tour.objects.filter(pk=world.tour.pk).update(**changes)
    return Tour.objects.with_ground().select_related("production__rider").get(pk=world.tour.pk)


def course(world: World) -> Course:
    """The world's tour as planned: three visits, to Krokom, Strömsund and Backe, with a night on the road."""
    tour_of(world, performances_per_day=1, cost_per_night=0)
    return course_of(running.run(planning.propose(tour_of(world), by=world.producer, seconds=1)))


def account(world: World, **changes: Any) -> Account:
    wishes = {f"w{wish.pk}": wish for wish in (world.wish, world.neighbour_wish, world.school_wish)}
    found = course(world)
    return accounts.account_of(read_terms(tour_of(world, **changes)), found, wishes)


def in_sek_per_km(found: Account) -> Decimal:
    cost = found.costs["mileage"]
    assert cost is not None
    return (cost.amount / found.km).quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("mileage", "rate"),
    [("own_cost", "35.00"), ("own_car", "2.50"), ("company_car", "1.20"), ("electric_company_car", "0.95")],
)
def test_a_km_costs_by_who_owns_the_car(world: World, mileage: str, rate: str) -> None:
    load_rates()
    assert in_sek_per_km(account(world, mileage=mileage)) == Decimal(rate)


def test_everybody_has_a_room(world: World) -> None:
    found = account(world, room_cost=900)
    assert found.costs["lodging"] == kr(found.nights * found.people * 900)
    assert found.nights > 0


def test_who_finds_a_bed_has_no_room_but_the_night(world: World) -> None:
    load_rates()
    paid = account(world, has_breakfast=False).costs["per_diem"]
    found = account(world, finds_own_beds=True)
    assert found.costs["lodging"] == kr(0)
    assert paid
    assert found.costs["per_diem"] == paid + kr(found.nights * found.people * 150)


def test_per_diem_is_for_every_one_of_the_party(world: World) -> None:
    load_rates()
    Ensemble.objects.update(people_count=1)
    alone = account(world).costs["per_diem"]
    Ensemble.objects.update(people_count=4)
    assert alone
    assert account(world).costs["per_diem"] == kr(alone.amount * 4)


def test_a_year_without_rates_leaves_per_diem_out_and_says_so(world: World) -> None:
    load_rates(2026)
    found = account(world, mileage="own_car")
    assert (found.costs["per_diem"], found.costs["mileage"]) == (None, None)
    assert len(found.missing) >= 1
    assert found.missing[0].startswith("Jämtland Härjedalen has no rates for ")


def test_the_latest_rates_are_taken_only_when_asked_and_that_is_told(world: World) -> None:
    load_rates(2026)
    found = account(world, uses_latest_rates=True)
    assert (found.missing, found.rates_until) == ((), date(2026, 12, 31))
    assert found.costs["per_diem"] is not None


def test_without_any_rates_there_are_no_latest(world: World) -> None:
    with pytest.raises(MissingRates):
        read_terms(tour_of(world, uses_latest_rates=True)).table(date(2027, 2, 1))


def test_rates_that_can_not_be_read_are_said(world: World) -> None:
    load_rates(rates={"per_diem": {"full": "much"}})
    assert account(world).missing[0].startswith("The rates of Jämtland Härjedalen 2027-01-01–2027-12-31 lack")


def test_rates_in_another_currency_are_not_exchanged(world: World) -> None:
    load_rates(currency="NOK")
    found = account(world)
    assert found.costs["per_diem"] is None
    assert found.missing == (
        "The region's rates are in another currency than the tour's prices, and nothing is exchanged.",
    )


@pytest.mark.parametrize("sharing", ["equal", "distance"])
def test_the_shares_of_every_cost_add_up(world: World, sharing: str) -> None:
    load_rates()
    found = account(world, sharing=sharing)
    for name, cost in found.costs.items():
        assert total((visit.shares[name] for visit in found.visits), "SEK") == cost


def test_the_farther_away_the_more(world: World) -> None:
    found = account(world, sharing="distance")
    by_place = {visit.venue.place.name: visit.shares["mileage"].amount for visit in found.visits}
    assert by_place["Backe"] > by_place["Strömsund"] > by_place["Krokom"]


def test_an_all_in_price_has_the_road_in_it(world: World) -> None:
    load_rates()
    for visit in account(world).visits:
        assert (visit.all_in, visit.fee + visit.road) == (kr(9800), kr(9800))


def test_a_fee_has_the_road_beside_it(world: World) -> None:
    load_rates()
    Production.objects.update(is_all_in=False)
    for wish in (world.wish, world.neighbour_wish, world.school_wish):
        wish.refresh_from_db()
    found = account(world)
    assert all(visit.all_in == kr(9800) + visit.road for visit in found.visits)
    assert found.left == kr(3 * 9800)


def test_what_is_left_is_prices_less_costs(world: World) -> None:
    load_rates()
    found = account(world, mileage="own_car")
    assert found.left + total(found.costs.values(), "SEK") == kr(3 * 9800)


def test_emissions_are_km_times_the_whole_chain(world: World) -> None:
    region = Region.objects.get(is_served=True)
    EmissionFactor.objects.create(
        region=region, vehicle="car", fuel="diesel", tank_to_wheel_kg="0.17304", well_to_tank_kg="0.04146", year=2025
    )  # fmt: skip
    found = account(world, fuel="diesel")
    assert found.co2_kg == found.km * Decimal("0.21450")


@pytest.mark.parametrize("fuel", ["", "electric", "hvo"])
def test_without_a_figure_emissions_are_not_known(world: World, fuel: str) -> None:
    assert account(world, fuel=fuel).co2_kg is None


def test_the_party_is_away_from_the_first_drive_to_the_last(world: World) -> None:
    found = course(world)
    trips = costs.journeys(found.problem, found.days, costs.Habits(has_breakfast=True))
    nights = [night for trip in trips for night in trip.nights]
    assert len(nights) == found.account.nights_away
    assert all(trip.leaves_at < trip.returns_at for trip in trips)
    assert all("breakfast" not in trip.meals[trip.leaves_at.date()] for trip in trips)


def scheme(**rules: Any) -> None:
    region = Region.objects.get(is_served=True)
    read = json.loads((DATA / "subsidy_schemes.json").read_text("utf-8"))[0]
    SubsidyScheme.objects.create(
        region=region, key="sma", label="Små scener", rules={**read["rules"], **rules}, valid_from=date(2024, 1, 1)
    )  # fmt: skip


def funding(found: Account) -> dict[str, str]:
    return {visit.venue.place.name: visit.funding[0].answer.value for visit in found.visits}


def test_a_stop_outside_the_centre_qualifies_when_all_is_told(world: World) -> None:
    scheme()
    Organisation.objects.update(is_riksteatern=True)
    Municipality.objects.filter(name="Strömsund").update(centre="Strömsund")
    for wish in (world.wish, world.neighbour_wish, world.school_wish):
        wish.refresh_from_db()
    assert funding(account(world)) == {"Backe": "met", "Strömsund": "unknown", "Krokom": "unknown"}


def test_a_scheme_that_has_ended_says_nothing(world: World) -> None:
    scheme()
    SubsidyScheme.objects.update(valid_to=date(2027, 1, 31))
    assert {visit.funding for visit in account(world).visits} == {()}


def test_hope_is_summed_by_answer(world: World) -> None:
    scheme(criteria=[])
    found = account(world)
    assert found.hoped(Answer.MET) == total((visit.hoped.amount for visit in found.visits), "SEK")
    assert found.hoped(Answer.UNKNOWN) == kr(0)


def test_terms_are_read_in_as_many_queries_for_many_schemes(
    world: World, django_assert_num_queries: Any
) -> None:
    scheme()
    tour = tour_of(world)
    with django_assert_num_queries(5):
        read_terms(tour)


@given(st.decimals(0, 5000, places=1), st.lists(st.decimals(0, 300, places=1), min_size=1, max_size=20))
def test_parts_of_a_number_add_up(km: Decimal, weights: list[Decimal]) -> None:
    named = {f"w{n}": weight for n, weight in enumerate(weights)}
    assert abs(sum(costs.parts_of(km, list(named), named).values()) - km) < Decimal("0.000001")


def test_the_planners_costs_follow_from_the_rates(world: World) -> None:
    load_rates()
    tour = tour_of(world, mileage="own_car", room_cost=1000)
    found = read_terms(tour).suggestion()
    assert (found.cost_per_km, found.cost_per_night) == (3, tour.production.ensemble.people_count * 1300)
