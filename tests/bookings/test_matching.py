"""Matching: who is suggested, what each part says, and that it takes few queries."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.matching import NEUTRAL, WEIGHTS, Match, suggest, suggest_productions
from bookings.models import Booking, Performance, Production, Wish
from bookings.rooms import Verdict
from tests import factories as make
from tests.world import World
from venues.models import Municipality, Organisation, Road, Venue

DAY = datetime(2027, 2, 2, 10, tzinfo=UTC)


def matches(world: World, **more: object) -> dict[str, Match]:
    """By organisation."""
    return {match.organisation.name: match for match in suggest(world.production, world.season, **more)}


def part(world: World, name: str, organisation: str = "Backe bygdegård") -> tuple[float, str]:
    found = matches(world)[organisation].parts[name]
    return round(found.value, 3), found.reason


def host(world: World, name: str, place: str = "Krokom", **facts: object) -> tuple[Organisation, Venue]:
    """One more presenter, who has not wished."""
    ground = world.places[place]
    organisation = make.OrganisationFactory(name=name, municipality=ground.municipality)
    venue = make.VenueFactory(organisation=organisation, place=ground, **{"seats": 90, **facts})
    return organisation, venue


def played(world: World, venue: Venue, count: int = 1, status: str = "confirmed", **more: object) -> None:
    """Performances of the tour in the venue."""
    booking = Booking.objects.create(
        tour=more.pop("tour", world.tour),
        presenter=venue.organisation,
        venue=venue,
        status=status,
        occupied_from=DAY,
        occupied_to=DAY.replace(hour=18),
        price=0,
        currency="SEK",
        changed_at=DAY,
        **more,
    )
    for number in range(1, count + 1):
        start = DAY.replace(hour=10 + number)
        end = start.replace(minute=45)
        Performance.objects.create(
            booking=booking, number=number, starts_at=start, ends_at=end, changed_at=DAY
        )


def people(**populations: int | None) -> None:
    for name, population in populations.items():
        Municipality.objects.filter(name=name).update(population=population)


# -- who ---------------------------------------


def test_everyone_who_wishes_is_suggested(world: World) -> None:
    assert {name: match.wish for name, match in matches(world).items()} == {
        "Backe bygdegård": world.wish,
        "Folkets hus Strömsund": world.neighbour_wish,
        "Krokoms skola": world.school_wish,
    }


def test_withdrawn_wishes_and_other_seasons_do_not_count(world: World) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=DAY)
    Wish.objects.filter(pk=world.neighbour_wish.pk).update(season=make.SeasonFactory())
    found = matches(world)
    assert [name for name, match in found.items() if match.wish] == ["Krokoms skola"]


def test_a_presenter_who_has_not_wished_but_suits(world: World) -> None:
    organisation, venue = host(world, "Åre bygdegård", "Åre")
    match = matches(world)["Åre bygdegård"]
    assert (match.organisation, match.venue, match.wish) == (organisation, venue, None)


def test_a_further_presenter_whose_room_is_unknown_is_suggested_as_unknown(world: World) -> None:
    host(world, "Åre bygdegård", seats=None)
    match = matches(world)["Åre bygdegård"]
    assert (match.verdict, match.parts["room"].value) == (Verdict.UNKNOWN, 0)


def test_a_further_presenter_whose_room_does_not_fit_is_left_out(world: World) -> None:
    world.production.rider.needs_piano = True
    host(world, "Åre bygdegård", piano=False)
    assert "Åre bygdegård" not in matches(world)


def test_a_wish_whose_room_does_not_fit_stays_and_says_why(world: World) -> None:
    world.production.rider.needs_piano = True
    Venue.objects.filter(pk=world.venue.pk).update(piano=False)
    match = matches(world)["Backe bygdegård"]
    assert (match.verdict, match.parts["room"].reason) == (
        Verdict.DOES_NOT_FIT,
        "Does not fit: tuned piano",
    )


def test_the_best_of_several_rooms_is_suggested(world: World) -> None:
    world.production.rider.needs_piano = True
    organisation, _bare = host(world, "Åre bygdegård")
    salon = make.VenueFactory(organisation=organisation, place=world.places["Krokom"], seats=60, piano=True)
    assert matches(world)["Åre bygdegård"].venue == salon


def test_a_presenter_with_no_room_in_use_is_left_out(world: World) -> None:
    host(world, "Åre bygdegård", is_closed_down=True)
    assert "Åre bygdegård" not in matches(world)


def test_a_presenter_that_no_road_reaches_is_left_out(world: World) -> None:
    host(world, "Åre bygdegård", "Åre")
    Road.objects.filter(end=world.places["Åre"]).delete()
    assert set(matches(world)) == {"Backe bygdegård", "Folkets hus Strömsund", "Krokoms skola"}


def test_two_places_without_a_road_disturb_nobody_else(world: World) -> None:
    Road.objects.filter(end__in=[world.places["Åre"], world.places["Backe"]]).delete()
    host(world, "Åre bygdegård", "Åre")
    assert part(world, "distance") == (0, "No open road leads there")
    assert part(world, "distance", "Krokoms skola")[0] > 0


@pytest.mark.parametrize(
    ("stage", "suits"),
    [("preschool", False), ("f-3", True), ("f-6", True), ("7-9", False), ("upper", False)],
)
def test_a_school_is_suggested_where_it_has_pupils_of_the_age(world: World, stage: str, suits: bool) -> None:
    world.production.age_min, world.production.age_max = 6, 9
    organisation, _venue = host(world, "Åre skola")
    make.SchoolFactory(organisation=organisation, stage=stage, place=world.places["Krokom"])
    assert ("Åre skola" in matches(world)) == suits


def test_another_regions_presenters_are_left_out(world: World) -> None:
    organisation, _venue = host(world, "Sollefteå teater")
    organisation.region = make.RegionFactory(slug="vn", name="Västernorrland", code="22")
    organisation.save()
    assert "Sollefteå teater" not in matches(world)


def test_producers_are_no_presenters(world: World) -> None:
    make.VenueFactory(organisation=world.producing, place=world.places["Östersund"])
    assert "Scenlaget" not in matches(world)


# -- the parts ---------------------------------------


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


# -- the score ---------------------------------------


def test_the_score_is_the_weighted_mean_of_the_parts(world: World) -> None:
    match = matches(world)["Backe bygdegård"]
    mean = sum(p.value * p.weight for p in match.parts.values()) / sum(p.weight for p in match.parts.values())
    assert list(match.parts) == list(WEIGHTS) == ["rank", "room", "audience", "equity", "distance", "price"]
    assert match.score == round(100 * mean) == 82


def test_weights_can_be_given_for_a_call(world: World) -> None:
    assert matches(world, weights={"audience": 1})["Backe bygdegård"].score == 50
    assert matches(world, weights={})["Backe bygdegård"].score == 0


def test_best_first_and_equals_by_name(world: World) -> None:
    for name in ("Ö", "A", "B"):
        host(world, name)
    found = suggest(world.production, world.season, weights={"rank": 1})
    assert [(m.score, m.organisation.name) for m in found] == [
        (100, "Backe bygdegård"),
        (100, "Folkets hus Strömsund"),
        (100, "Krokoms skola"),
        (0, "A"),
        (0, "B"),
        (0, "Ö"),
    ]


def test_the_queries_do_not_grow_with_the_rows(world: World) -> None:
    def count() -> int:
        production = Production.objects.select_related("rider", "ensemble__home").get(pk=world.production.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            suggest(production, world.season)
        return len(queries)

    Wish.objects.exclude(pk=world.wish.pk).delete()
    one = count()
    for number in range(3):
        organisation, venue = host(world, f"Further {number}", piano=True)
        make.SchoolFactory(organisation=organisation, place=world.places["Krokom"])
        other, room = host(world, f"Wishing {number}")
        make.WishFactory(
            season=world.season, production=world.production, organisation=other, venue=room, rank=1
        )
    assert (len(matches(world)), count()) == (9, one)
    assert one <= 12


# -- the other way ---------------------------------------


def test_productions_for_a_presenter(world: World) -> None:
    other = make.ProductionFactory(ensemble=world.ensemble, title="Fjällfolk")
    make.RiderFactory(production=other)
    world.season.productions.add(other)
    found = suggest_productions(world.presenting, world.season)
    assert [(m.production.title, m.wish, m.venue) for m in found] == [
        ("Trumman och tystnaden", world.wish, world.venue),
        ("Fjällfolk", None, world.venue),
    ]


def test_productions_that_fit_no_room_are_left_out_unless_wished_for(world: World) -> None:
    world.production.rider.needs_piano = True
    world.production.rider.save()
    Venue.objects.update(piano=False)
    organisation, _venue = host(world, "Åre bygdegård", piano=False)
    assert suggest_productions(organisation, world.season) == []
    assert len(suggest_productions(world.presenting, world.season)) == 1


def test_productions_for_the_wrong_age_are_left_out(world: World) -> None:
    Production.objects.update(age_min=16)
    Wish.objects.all().delete()
    assert suggest_productions(world.school, world.season) == []


def test_productions_that_no_road_brings_here_are_left_out(world: World) -> None:
    for number in range(2):
        far = make.ProductionFactory(title=f"A {number}")
        make.RiderFactory(production=far)
        world.season.productions.add(far)
    found = suggest_productions(world.presenting, world.season)
    assert [match.production.title for match in found] == ["Trumman och tystnaden"]


def test_nothing_is_suggested_to_a_presenter_without_a_room(world: World) -> None:
    assert suggest_productions(make.OrganisationFactory(), world.season) == []


def test_both_ways_agree(world: World) -> None:
    there = matches(world)["Backe bygdegård"]
    back = suggest_productions(world.presenting, world.season)[0]
    for name in ("rank", "room", "audience", "equity", "distance"):
        assert (name, back.parts[name]) == (name, there.parts[name])


def test_the_queries_do_not_grow_with_the_menu(world: World) -> None:
    def count() -> int:
        organisation = Organisation.objects.get(pk=world.presenting.pk)
        with CaptureQueriesContext(connection) as queries:
            suggest_productions(organisation, world.season)
        return len(queries)

    one = count()
    for _number in range(3):
        production = make.ProductionFactory(ensemble=world.ensemble)
        make.RiderFactory(production=production)
        world.season.productions.add(production)
    assert count() == one
