"""Productions, seasons and the menu as its readers narrow it."""

from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tests.world import World
from tours import repertoire
from tours.errors import NotNow, Refused
from tours.models import Production, Rider, Season
from tours.repertoire import Narrowing
from tours.rooms import Verdict

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
BEFORE, AFTER = datetime(2026, 8, 1, tzinfo=UTC), datetime(2027, 1, 7, tzinfo=UTC)


def staged(world: World, title: str, rider: dict | None = None, **fields: object) -> Production:
    """One more production on the menu."""
    production = make.ProductionFactory(ensemble=world.ensemble, title=title, **fields)
    make.RiderFactory(production=production, **(rider or {}))
    world.season.productions.add(production)
    return production


def titles(world: World, **asked: object) -> list[str]:
    return [found.production.title for found in repertoire.menu(world.season, Narrowing(**asked))]


# -- the menu ---------------------------------------


@pytest.fixture
def stocked(world: World) -> World:
    """Trumman (Swedish, theatre, all ages, 45 min, 9,800 kr) and two more."""
    staged(world, "Fjällfolk", art_form="dance", age_min=6, languages=["none"], duration_min=30, fee=20000)
    staged(world, "Sagor", age_min=3, age_max=5, languages=["sma", "sv"], duration_min=60, fee=4000)
    return world


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Fjällfolk", "Sagor", "Trumman och tystnaden"]),
        ({"age": 4}, ["Sagor", "Trumman och tystnaden"]),
        ({"age": 6}, ["Fjällfolk", "Trumman och tystnaden"]),
        ({"art_form": "dance"}, ["Fjällfolk"]),
        ({"language": "sma"}, ["Fjällfolk", "Sagor"]),
        ({"art_form": "theatre", "language": "sma", "age": 3}, ["Sagor"]),
        ({"age": 4, "art_form": "dance"}, []),
        ({"order": "alder"}, ["Trumman och tystnaden", "Sagor", "Fjällfolk"]),
        ({"order": "langd"}, ["Fjällfolk", "Trumman och tystnaden", "Sagor"]),
        ({"order": "pris"}, ["Sagor", "Trumman och tystnaden", "Fjällfolk"]),
        ({"order": "nonsense"}, ["Fjällfolk", "Sagor", "Trumman och tystnaden"]),
    ],
)
def test_the_menu_answers_what_is_asked(stocked: World, asked: dict, found: list[str]) -> None:
    assert titles(stocked, **asked) == found


def test_the_menu_for_a_room(world: World) -> None:
    world.venue.piano, world.venue.sound_system = False, True
    staged(world, "Med ljud", rider={"needs_sound": True})
    staged(world, "Med ljus", rider={"needs_light": True})
    staged(world, "Med piano", rider={"needs_piano": True})
    found = repertoire.menu(world.season, Narrowing(venue=world.venue))
    assert [(o.production.title, o.verdict) for o in found] == [
        ("Med ljud", Verdict.FITS),
        ("Med ljus", Verdict.UNKNOWN),
        ("Trumman och tystnaden", Verdict.FITS),
    ]


def test_without_a_room_nothing_is_said_of_fitting(world: World) -> None:
    (found,) = repertoire.menu(world.season, Narrowing())
    assert (found.verdict, found.lines) == (None, ())


def test_the_menu_takes_as_many_queries_for_many(world: World, django_assert_num_queries) -> None:
    for number in range(3):
        staged(world, f"P{number}")
    with django_assert_num_queries(2):
        [o.production.ensemble.producer.name for o in repertoire.menu(world.season, Narrowing())]


def test_the_menu_of_an_open_season_comes_first(world: World) -> None:
    make.SeasonFactory(opens_at=BEFORE, closes_at=NOW, starts_on=date(2028, 1, 1), ends_on=date(2028, 5, 1))
    make.SeasonFactory(
        opens_at=AFTER, closes_at=AFTER.replace(month=2), starts_on=date(2029, 1, 1), ends_on=date(2029, 5, 1)
    )
    assert repertoire.season_to_show([], NOW) == world.season


def test_without_an_open_season_the_newest_that_has_been_open_is_shown(world: World) -> None:
    make.SeasonFactory(opens_at=BEFORE, closes_at=NOW, starts_on=date(2026, 1, 1), ends_on=date(2026, 5, 1))
    assert repertoire.season_to_show([], AFTER) == world.season


def test_ones_own_regions_season_comes_before_others(world: World) -> None:
    far = make.RegionFactory(slug="g", name="Gotland", code="09", is_served=True)
    theirs = make.SeasonFactory(region=far, starts_on=date(2027, 2, 1))
    assert repertoire.season_to_show([], NOW) == theirs
    assert repertoire.season_to_show([world.season.region], NOW) == world.season


def test_no_season_has_opened_yet(world: World) -> None:
    assert repertoire.season_to_show([], BEFORE) is None


# -- productions ---------------------------------------


def draft(world: World, **fields: object) -> Production:
    usual: dict = {"title": "Under isen", "synopsis": "Om is.", "art_form": "dance", "duration_min": 50}
    usual |= {"audience_max": 80, "languages": ["none"], "fee": 8000, "fee_next_show": 4000}
    return Production(ensemble=world.ensemble, **(usual | fields))


def test_a_new_production_stands_with_its_rider(world: World) -> None:
    rider = Rider(get_in_min=60, get_out_min=30)
    production = repertoire.save_production(draft(world), rider, world.producer)
    assert (production.slug, production.rider.get_in_min) == ("under-isen", 60)


def test_two_of_one_name_have_addresses_of_their_own(world: World) -> None:
    for _time in range(2):
        repertoire.save_production(draft(world), Rider(get_in_min=60, get_out_min=30), world.producer)
    assert list(Production.objects.filter(title="Under isen").values_list("slug", flat=True)) == [
        "under-isen",
        "under-isen-2",
    ]


@pytest.mark.parametrize(("title", "slug"), [("Ny", "ny-2"), ("Ensembler", "ensembler-2")])
def test_no_production_takes_the_address_of_a_page(world: World, title: str, slug: str) -> None:
    rider = Rider(get_in_min=60, get_out_min=30)
    assert repertoire.save_production(draft(world, title=title), rider, world.producer).slug == slug


def test_a_changed_production_keeps_its_address(world: World) -> None:
    world.production.title = "Trumman"
    repertoire.save_production(world.production, world.production.rider, world.producer)
    assert Production.objects.get(title="Trumman").slug == "trumman-och-tystnaden"


@pytest.mark.parametrize(
    ("fields", "needs", "field"),
    [
        ({"languages": []}, {}, "languages"),
        ({"languages": ["xx"]}, {}, "languages"),
        ({"duration_min": 1}, {}, "duration_min"),
        ({"title": ""}, {}, "title"),
        ({"age_min": 6, "age_max": 5}, {}, "age_max"),
        ({"teacher_guide_url": "javascript:alert(1)"}, {}, "teacher_guide_url"),
        ({"duration_min": 480}, {"get_in_min": 600}, "get_in_min"),
        ({}, {"get_out_min": 721}, "get_out_min"),
    ],
)
def test_a_production_that_can_not_be(world: World, fields: dict, needs: dict, field: str) -> None:
    rider = Rider(**({"get_in_min": 60, "get_out_min": 30} | needs))
    with pytest.raises(Refused) as caught:
        repertoire.save_production(draft(world, **fields), rider, world.producer)
    assert (caught.value.field, Production.objects.count()) == (field, 1)


# -- seasons ---------------------------------------


def season(world: World, **fields: object) -> Season:
    usual: dict = {"region": world.season.region, "name": "Hösten 2027", "opens_at": NOW, "closes_at": AFTER}
    usual |= {"starts_on": date(2027, 8, 23), "ends_on": date(2027, 12, 17)}
    return Season(**(usual | fields))


def test_a_new_season_stands_with_its_menu(world: World) -> None:
    made = repertoire.save_season(season(world), [world.production], world.officer)
    assert (made.slug, list(made.productions.all())) == ("hosten-2027", [world.production])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"closes_at": NOW}, "closes_at"),
        ({"ends_on": date(2027, 8, 22)}, "ends_on"),
        ({"starts_on": date(2026, 1, 1), "ends_on": date(2026, 5, 1)}, "opens_at"),
        # Half past midnight in Sweden, the day after.
        (
            {
                "opens_at": datetime(2026, 5, 1, 22, 30, tzinfo=UTC),
                "starts_on": date(2026, 1, 1),
                "ends_on": date(2026, 5, 1),
            },
            "opens_at",
        ),
        ({"name": ""}, "name"),
    ],
)
def test_a_season_that_can_not_be(world: World, fields: dict, field: str) -> None:
    with pytest.raises(Refused) as caught:
        repertoire.save_season(season(world, **fields), [], world.officer)
    assert (caught.value.field, Season.objects.count()) == (field, 1)


def test_a_production_of_a_far_region_is_kept_off_the_menu(world: World) -> None:
    far = make.RegionFactory(slug="g", name="Gotland", code="09")
    producer = make.OrganisationFactory(region=far, roles=["producer"])
    theirs = make.ProductionFactory(ensemble=make.EnsembleFactory(producer=producer))
    make.RiderFactory(production=theirs)
    with pytest.raises(Refused) as caught:
        repertoire.save_season(season(world), [theirs], world.officer)
    assert caught.value.field == "productions"
    world.season.region.neighbours.add(far)
    assert repertoire.save_season(season(world), [theirs], world.officer).pk


def test_a_production_without_a_rider_is_kept_off_the_menu(world: World) -> None:
    bare = make.ProductionFactory(ensemble=world.ensemble, title="Naken")
    with pytest.raises(Refused, match="Naken has no technical needs yet"):
        repertoire.save_season(season(world), [bare], world.officer)


def test_a_production_that_is_wished_for_stays_on_the_menu(world: World) -> None:
    with pytest.raises(Refused, match="Trumman och tystnaden has 3 wishes in this season and must stay"):
        repertoire.save_season(world.season, [], world.officer)
    assert list(world.season.productions.all()) == [world.production]


def test_opening_a_season_early(world: World) -> None:
    assert repertoire.open_season(world.season, world.officer, BEFORE).opens_at == BEFORE


def test_opening_an_open_season(world: World) -> None:
    with pytest.raises(NotNow, match="takes wishes already"):
        repertoire.open_season(world.season, world.officer, NOW)


def test_opening_a_season_that_has_closed(world: World) -> None:
    with pytest.raises(NotNow, match="Give it a later closing time"):
        repertoire.open_season(world.season, world.officer, AFTER)


def test_closing_a_season(world: World) -> None:
    assert repertoire.close_season(world.season, world.officer, NOW).is_open(NOW) is False


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_closing_a_season_that_is_not_open(world: World, now: datetime) -> None:
    with pytest.raises(NotNow, match="does not take wishes now"):
        repertoire.close_season(world.season, world.officer, now)
