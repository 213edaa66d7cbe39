"""Lists: pages, filters, and a number of queries that does not grow with the rows."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api import tokens
from bookings.models import SubsidyClaim
from programmes.models import Application, Call
from tests import factories as make
from tests.api.callers import API, OPEN, caller
from tests.bookings import claimed
from tests.bookings.visits import STARTS_AT, visit
from tests.programmes.applying import draft as write
from tests.programmes.applying import send
from tests.programmes.open_calls import published
from tests.programmes.sample_files import added
from tests.world import World
from tours.models import Proposal
from venues.models import SubsidyScheme


def _host(world: World, number: int) -> make.OrganisationFactory:
    host = make.OrganisationFactory(
        name=f"Hus {number}", municipality=world.venue.place.municipality, roles=["presenter", "library"]
    )
    make.SchoolFactory(organisation=host, place=world.venue.place)
    return host


def _venue(world: World, number: int) -> make.VenueFactory:
    return make.VenueFactory(organisation=_host(world, number), place=world.venue.place, max_persons=90)


def _wish(world: World, number: int) -> None:
    venue = _venue(world, number)
    wish = make.WishFactory(
        season=world.season, production=world.production, organisation=venue.organisation, venue=venue
    )
    make.WishSpanFactory(wish=wish)


def _production(world: World, number: int) -> None:
    production = make.ProductionFactory(ensemble=make.EnsembleFactory(home=world.places["Åre"]))
    make.RiderFactory(production=production)
    world.season.productions.add(production)


def _tour(world: World, number: int) -> None:
    production = make.ProductionFactory(ensemble=make.EnsembleFactory(producer=world.producing))
    make.TourFactory(production=production, season=world.season)


def _visit(world: World, number: int) -> None:
    venue = _venue(world, number)
    visit(world, STARTS_AT + timedelta(days=number), presenter=venue.organisation, venue=venue)


def _proposal(world: World, number: int) -> None:
    Proposal.objects.create(tour=world.tour, fingerprint="", requested_by=world.producer)


def _season(world: World, number: int) -> None:
    season = make.SeasonFactory()
    season.productions.add(world.production)


def _application(world: World, number: int) -> None:
    """To a call that closes long after; with a file and sent in, as it is read from the most tables so."""
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=99)}
    call = published(world, title=f"Utlysning {number}", **times, answers_on=date(2027, 6, 1))
    made = write(Call.objects.with_ground().get(pk=call.pk), world.producer, now)
    added(made, now=now)
    send(Application.objects.get(pk=made.pk), now)


def _claim(world: World, number: int) -> None:
    """Of the producer, by a scheme that lets producers claim."""
    scheme = SubsidyScheme.objects.first() or claimed.scheme(world)
    house = _venue(world, number)
    booking = visit(
        world, STARTS_AT + timedelta(days=number), presenter=house.organisation, venue=house
    ).booking
    SubsidyClaim.objects.create(
        booking=booking, scheme=scheme, side="producer", claimant=world.producing, currency="SEK",
        made_by=world.producer, made_at=OPEN, changed_at=OPEN,
    )  # fmt: skip


ADDERS: dict[str, Callable[[World, int], object]] = {
    "municipalities": lambda world, n: make.MunicipalityFactory(code=f"99{n:02}"),
    "places": lambda world, n: make.PlaceFactory(municipality=make.MunicipalityFactory(code=f"99{n:02}")),
    "organisations": _host,
    "schools": _host,
    "venues": _venue,
    "productions": _production,
    "seasons": _season,
    "calls": lambda world, n: published(world, title=f"Utlysning {n}"),
    "applications": _application,
    "wishes": _wish,
    "tours": _tour,
    "tours/trumman-varen-2027/proposals": _proposal,
    "bookings": _visit,
    "performances": _visit,
    "seasons/varen-2027/productions/trumman-och-tystnaden/matches": _wish,
    "subsidy-claims": _claim,
    "tokens": lambda world, n: tokens.issue(world.producer, 1, OPEN + timedelta(days=365)),
}


@pytest.mark.parametrize("path", ADDERS)
def test_more_rows_need_no_more_queries(season_is_open: object, world: World, path: str) -> None:
    client = caller(world.producer)
    ADDERS[path](world, 1)
    counts, queries = [], []
    for more in ((), (2, 3)):
        for number in more:
            ADDERS[path](world, number)
        with CaptureQueriesContext(connection) as captured:
            counts.append(client.get(f"{API}/{path}").json()["count"])
        queries.append(len(captured))
    assert (counts[1] - counts[0], queries[1] - queries[0]) == (2, 0)


def test_a_list_comes_in_pages(world: World) -> None:
    answer = caller().get(f"{API}/places?page_size=2&page=2").json()
    assert [place["name"] for place in answer["results"]] == ["Strömsund", "Åre"]
    assert answer["next"].endswith("/api/v1/places?page=3&page_size=2")


@pytest.mark.parametrize("size", ["0", "-1", "201", "many", "", "²", "9" * 30])
def test_a_page_has_a_sensible_size(db: None, size: str) -> None:
    answer = caller().get(f"{API}/places", {"page_size": size})
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "page_size")


@pytest.mark.parametrize("page", ["0", "7", "last but one"])
def test_a_page_that_is_not_there(db: None, page: str) -> None:
    answer = caller().get(f"{API}/places", {"page": page})
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such page of this list.")


def test_a_slash_at_the_end_makes_no_difference(world: World) -> None:
    found = [caller().get(f"{API}/{path}").json()["results"] for path in ("places", "places/")]
    assert found[0] == found[1]


def test_a_misspelt_parameter_does_not_give_everything(db: None) -> None:
    answer = caller().get(f"{API}/performances?muncipality=krokom")
    assert (answer.status_code, answer.json()["errors"]) == (
        400,
        [
            {
                "parameter": "muncipality",
                "detail": "There is no such parameter here. There are: art_form, audience, from, "
                "municipality, page, page_size, presenter, production, to.",
            }
        ],
    )


#: Address -> how many of the small world's rows it gives to the producer.
FILTERED = {
    "municipalities?region=jamtland-harjedalen": 4,
    "places?municipality=kommun-2313": 2,
    "places?has_lodging=false": 0,
    "organisations?role=school": 1,
    "organisations?municipality=kommun-2313&role=presenter": 2,
    "venues?organisation=krokoms-skola": 1,
    "venues?municipality=kommun-2313&kind=assembly_hall": 2,
    "venues?place=ort-3": 1,
    "productions?season=varen-2027": 1,
    "productions?producer=scenlaget&art_form=theatre": 1,
    "productions?art_form=dance": 0,
    "wishes?organisation=backe-bygdegard": 1,
    "wishes?production=trumman-och-tystnaden&season=varen-2027": 3,
    "wishes?withdrawn=true": 0,
    "wishes?withdrawn=false": 3,
    "tours?stage=draft&season=varen-2027": 1,
    "tours?production=another": 0,
    "bookings?status=confirmed&tour=trumman-varen-2027": 1,
    "bookings?presenter=krokoms-skola": 0,
    "bookings?waits_for=producer": 0,
    "bookings?waits_for=presenter": 0,
    "performances?municipality=kommun-2313": 1,
    "performances?from=2027-02-04&to=2027-02-04": 1,
    "performances?from=2027-02-05": 0,
    "performances?to=2027-02-03": 0,
    "performances?art_form=theatre&audience=public&presenter=backe-bygdegard": 1,
    "performances?audience=school": 0,
    "performances?production=trumman-och-tystnaden": 1,
}


@pytest.mark.parametrize("path", FILTERED)
def test_a_filter_gives_what_it_says(season_is_open: object, world: World, path: str) -> None:
    visit(world)
    assert caller(world.producer).get(f"{API}/{path}").json()["count"] == FILTERED[path]


@pytest.mark.parametrize(
    "path",
    [
        "performances?from=2027-04-31",
        "performances?to=9999-12-31",
        "performances?from=0001-01-01",
        "performances?art_form=opera",
        "productions?age=old",
        "productions?age=-1",
        "organisations?role=king",
        "bookings?status=maybe",
        "bookings?waits_for=nobody",
        "travel?from=ort-3&to=nowhere",
        "travel?from=ort-3",
        "travel?from=ort-3&to=ort-2&at=2027-02-03",
        "seasons/varen-2027/productions/trumman-och-tystnaden/matches?on=soon",
        "travel?from=ort-3&to=ort-2&on=2027-02-30",
        "places?municipality=%00",
    ],
)
def test_a_value_that_makes_no_sense_is_named(world: World, path: str) -> None:
    answer = caller(world.producer).get(f"{API}/{path}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_an_age_is_between_the_productions_ages(world: World) -> None:
    type(world.production).objects.update(age_min=6, age_max=9)
    found = [caller(world.producer).get(f"{API}/productions?age={age}").json()["count"] for age in (5, 6, 10)]
    assert found == [0, 1, 0]
