"""Matching: who is suggested, in which order, both ways, and that it takes few queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.matching import WEIGHTS, suggest, suggest_productions
from tests import factories as make
from tests.bookings.matched import DAY, host, matches, part
from tests.world import World
from tours.models import Production, Wish
from tours.rooms import Verdict
from venues.models import Organisation, Road, Venue

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


@pytest.mark.parametrize("ended", [{"status": "ceased"}, {"ceased_on": date(2027, 1, 1)}])
def test_a_school_that_is_no_more_is_left_out(world: World, ended: dict) -> None:
    organisation, _venue = host(world, "Åre skola")
    make.SchoolFactory(organisation=organisation, place=world.places["Krokom"], **ended)
    assert "Åre skola" not in matches(world)


def test_a_school_of_which_nobody_has_said_the_grades_is_suggested(world: World) -> None:
    world.production.age_min, world.production.age_max = 6, 9
    organisation, _venue = host(world, "Åre skola")
    make.SchoolFactory(organisation=organisation, place=world.places["Krokom"]).forms.all().delete()
    assert "Åre skola" in matches(world)


def test_another_regions_presenters_are_left_out(world: World) -> None:
    organisation, _venue = host(world, "Sollefteå teater")
    organisation.region = make.RegionFactory(slug="vn", name="Västernorrland", code="22")
    organisation.save()
    assert "Sollefteå teater" not in matches(world)


def test_producers_are_no_presenters(world: World) -> None:
    make.VenueFactory(organisation=world.producing, place=world.places["Östersund"])
    assert "Scenlaget" not in matches(world)


# -- the score ---------------------------------------


def test_the_score_is_the_weighted_mean_of_the_parts(world: World) -> None:
    match = matches(world)["Backe bygdegård"]
    mean = sum(p.value * p.weight for p in match.parts.values()) / sum(p.weight for p in match.parts.values())
    assert (
        list(match.parts)
        == list(WEIGHTS)
        == ["rank", "room", "audience", "equity", "distance", "price", "crew"]
    )
    assert match.score == round(100 * mean) == 79


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
    assert one <= 14


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
