"""The parts of a match: rank, room, audience, equity, distance, price and the crew's vote."""

import pytest

from bookings.match_parts import NEUTRAL
from tests import factories as make
from tests.bookings.matched import DAY, host, matches, part, people, played
from tests.crews import crew_of, menu_of
from tests.world import World
from tours import votes
from tours.models import Wish
from venues.models import Road, Venue


@pytest.mark.parametrize(
    ("rank", "is_reserve", "value", "reason"),
    [
        (1, False, 1, "Wish number 1"),
        (3, False, 0.75, "Wish number 3"),
        (8, False, 0.125, "Wish number 8"),
        (1, True, 0.5, "Reserve 1"),
        (3, True, 0.375, "Reserve 3"),
    ],
)
def test_rank(world: World, rank: int, is_reserve: bool, value: float, reason: str) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(rank=rank, is_reserve=is_reserve)
    assert part(world, "rank") == (value, reason)


def test_no_wish_has_no_rank(world: World) -> None:
    host(world, "Åre bygdegård")
    assert part(world, "rank", "Åre bygdegård") == (0, "Has not wished for it")


def test_room_counts_what_is_known_to_fit(world: World) -> None:
    rider = world.production.rider
    rider.needs_piano = rider.needs_sound = rider.needs_light = True
    Venue.objects.filter(pk=world.venue.pk).update(piano=True, sound_system=True)
    assert part(world, "room") == (0.75, "3 of 4 needs fit, 1 unknown")


def test_audience_of_a_wish_is_what_it_expects(world: World) -> None:
    assert part(world, "audience") == (0.5, "Expects 60 of 120")


def test_audience_of_a_further_presenter_is_what_its_room_takes(world: World) -> None:
    host(world, "Åre bygdegård")
    assert part(world, "audience", "Åre bygdegård") == (0.75, "The room takes 90 of 120")


def test_a_bigger_room_than_the_production_takes_is_as_good_as_full(world: World) -> None:
    host(world, "Åre bygdegård", seats=500)
    assert part(world, "audience", "Åre bygdegård") == (1, "The room takes 120 of 120")


def test_audience_that_nobody_knows_counts_nothing(world: World) -> None:
    host(world, "Åre bygdegård", seats=None)
    unknown = (0, "Nobody has said how many the room takes")
    assert part(world, "audience", "Åre bygdegård") == unknown
    assert part(world, "price", "Åre bygdegård") == unknown


def test_more_audience_than_the_production_takes_counts_nothing(world: World) -> None:
    world.production.audience_max = 50
    assert part(world, "audience") == (0, "Expects 60, more than the 50 that the production takes")


def test_equity_is_neutral_before_anybody_has_had_anything(world: World) -> None:
    people(Strömsund=11000, Krokom=15000)
    assert part(world, "equity") == (NEUTRAL, "No municipality has had a confirmed show yet")


def test_equity_is_neutral_where_the_inhabitants_are_unknown(world: World) -> None:
    people(Krokom=15000)
    assert part(world, "equity") == (NEUTRAL, "Nobody has said how many live in Strömsund")


def test_equity_compares_shows_per_inhabitant(world: World) -> None:
    people(Strömsund=10000, Krokom=20000)
    played(world, world.venue, count=1)
    played(world, world.school_venue, count=4)
    assert part(world, "equity") == (
        0.5,
        "Strömsund has had 0.1 shows per 1,000 inhabitants; the most is 0.2 in Krokom",
    )
    assert part(world, "equity", "Krokoms skola")[0] == 0


def test_equity_counts_the_season_and_the_one_before_it(world: World) -> None:
    people(Strömsund=10000, Krokom=20000)
    for year in (2026, 2025):
        season = make.SeasonFactory(
            starts_on=world.season.starts_on.replace(year=year), ends_on=world.season.ends_on
        )
        played(world, world.school_venue, tour=make.TourFactory(production=world.production, season=season))
    assert part(world, "equity", "Krokoms skola") == (
        0,
        "Krokom has had 0.05 shows per 1,000 inhabitants; the most is 0.05 in Krokom",
    )
    assert part(world, "equity")[0] == 1


@pytest.mark.parametrize("more", [{"status": "offered"}, {"status": "cancelled"}, {"outcome": "not_held"}])
def test_equity_counts_only_what_is_confirmed_and_not_called_off(world: World, more: dict) -> None:
    people(Strömsund=10000)
    played(world, world.venue, **more)
    assert part(world, "equity")[1] == "No municipality has had a confirmed show yet"


def test_distance_is_to_the_nearest_other_wish(world: World) -> None:
    # Backe to Strömsund: 55 km at 72 km/h
    assert part(world, "distance") == (
        0.713,
        "46\N{NO-BREAK SPACE}min from Folkets hus Strömsund, who also wishes",
    )


def test_distance_without_another_wish_is_from_home(world: World) -> None:
    Wish.objects.exclude(pk=world.wish.pk).delete()
    assert part(world, "distance") == (
        0.25,
        "No other wish yet; 2\N{NO-BREAK SPACE}h from Östersund",
    )


def test_wishes_for_other_productions_are_no_neighbours(world: World) -> None:
    Wish.objects.exclude(pk=world.wish.pk).update(production=make.ProductionFactory())
    assert part(world, "distance")[1].startswith("No other wish yet")


def test_distance_keeps_to_the_roads_that_are_open_on_the_day(world: World) -> None:
    Road.objects.filter(end=world.places["Backe"]).update(closed_from="01-01", closed_to="03-31")
    april = matches(world, on=DAY.date().replace(month=4))["Backe bygdegård"]
    assert part(world, "distance") == (0, "No open road leads there")
    assert april.parts["distance"].value > 0


def test_price_a_head_beside_the_lowest(world: World) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(audience_expected=120, shows_count=2)
    # 14,700 kr for 240 people, beside 9,800 for 60
    assert part(world, "price") == (1, "61\N{NO-BREAK SPACE}kr a head")
    assert part(world, "price", "Krokoms skola") == (0.375, "163\N{NO-BREAK SPACE}kr a head")


def test_what_is_free_costs_nothing_a_head(world: World) -> None:
    world.production.fee = world.production.fee_next_show = 0
    assert part(world, "price") == (1, "0\N{NO-BREAK SPACE}kr a head")


def _voted(world: World, name: str, ranked: list) -> None:
    crew = crew_of(world.presenting, name=name)
    votes.vote(crew, world.season, ranked, hands_count=5, version=0, now=world.season.opens_at)


def test_where_no_crew_voted_it_counts_neither_way(world: World) -> None:
    assert part(world, "crew") == (NEUTRAL, "No crew there has voted")


def test_the_crews_place_counts_and_is_said(world: World) -> None:
    (other,) = menu_of(world, 1)
    _voted(world, "Lyktan", [other, world.production])
    assert part(world, "crew") == (0.8, "The crew Lyktan gave it place 2")
    assert part(world, "crew", "Krokoms skola") == (NEUTRAL, "No crew there has voted")


def test_what_the_crew_did_not_name_counts_nothing(world: World) -> None:
    _voted(world, "Lyktan", menu_of(world, 1))
    assert part(world, "crew") == (0, "The crew Lyktan has it not among its best")


def test_of_several_crews_the_mean(world: World) -> None:
    (other,) = menu_of(world, 1)
    _voted(world, "Ett", [world.production])
    _voted(world, "Två", [other])
    assert part(world, "crew") == (
        0.5,
        "The crew Ett gave it place 1; The crew Två has it not among its best",
    )
