"""A small named world: real places, a handful of people, one tour. Days are in February 2027."""

from dataclasses import dataclass
from datetime import date, time

from bookings.models import Ensemble, Production, Season, Tour, Wish
from tests import factories as make
from venues.models import Municipality, Organisation, Place, Region, User, Venue

#: Place name -> (municipality code, municipality name, latitude, longitude); from venues/data/places.csv.
PLACES = {
    "Östersund": ("2380", "Östersund", 63.1792, 14.63566),
    "Krokom": ("2309", "Krokom", 63.32589, 14.44883),
    "Strömsund": ("2313", "Strömsund", 63.85206, 15.55583),
    "Backe": ("2313", "Strömsund", 63.81667, 16.4),
    "Åre": ("2321", "Åre", 63.39911, 13.07995),
}
#: (from, to, km, km/h); shortened from venues/data/roads.csv.
ROADS = [
    ("Östersund", "Krokom", 20, 75),
    ("Krokom", "Åre", 80, 80),
    ("Östersund", "Strömsund", 103, 84),
    ("Strömsund", "Backe", 55, 72),
]


@dataclass
class World:
    """Who and what there is."""

    places: dict[str, Place]
    producer: User
    presenter: User
    neighbour: User
    school_contact: User
    officer: User
    administrator: User
    stranger: User
    producing: Organisation
    presenting: Organisation
    neighbouring: Organisation
    school: Organisation
    venue: Venue
    neighbour_venue: Venue
    school_venue: Venue
    ensemble: Ensemble
    production: Production
    season: Season
    tour: Tour
    wish: Wish
    neighbour_wish: Wish
    school_wish: Wish


def _places(region: Region) -> dict[str, Place]:
    places: dict[str, Place] = {}
    grounds: dict[str, Municipality] = {}
    for name, (code, municipality, lat, lon) in PLACES.items():
        if code not in grounds:
            grounds[code] = make.MunicipalityFactory(region=region, code=code, name=municipality)
        places[name] = make.PlaceFactory(
            municipality=grounds[code], name=name, slug=f"ort-{len(places)}", lat=lat, lon=lon
        )
    for start, end, km, kmh in ROADS:
        make.RoadFactory(start=places[start], end=places[end], km=km, kmh=kmh)
    return places


def _member(email: str, name: str, organisation: Organisation, role: str) -> User:
    user = make.UserFactory(email=email, name=name)
    make.MembershipFactory(user=user, organisation=organisation, role=role)
    return user


def _host(name: str, place: Place, slug: str, roles: list[str]) -> tuple[Organisation, Venue]:
    ground = place.municipality
    organisation = make.OrganisationFactory(
        region=ground.region, name=name, slug=slug, municipality=ground, roles=roles
    )
    venue = make.VenueFactory(
        organisation=organisation,
        place=place,
        name=f"{name}, salen",
        slug=f"{slug}-salen",
        seats=120,
        max_persons=150,
    )
    return organisation, venue


def _wish(
    season: Season, production: Production, host: tuple[Organisation, Venue], user: User, audience: str
) -> Wish:
    wish = make.WishFactory(
        season=season,
        production=production,
        organisation=host[0],
        venue=host[1],
        created_by=user,
        audience=audience,
    )
    make.WishSpanFactory(wish=wish, earliest=time(9), latest=time(13) if audience == "school" else time(19))
    return wish


def make_world() -> World:
    """Build it. Everything is committed to the test's transaction."""
    region = make.RegionFactory()
    places = _places(region)
    producing = make.OrganisationFactory(
        region=region, name="Scenlaget", slug="scenlaget", roles=["producer"]
    )
    region_body = make.OrganisationFactory(
        region=region, name="Kulturkontoret", slug="kulturkontoret", roles=["region"]
    )
    host = _host("Backe bygdegård", places["Backe"], "backe-bygdegard", ["presenter"])
    neighbour_host = _host(
        "Folkets hus Strömsund", places["Strömsund"], "folkets-hus-stromsund", ["presenter"]
    )
    school_host = _host("Krokoms skola", places["Krokom"], "krokoms-skola", ["school"])
    make.SchoolFactory(organisation=school_host[0], place=places["Krokom"])
    presenter = _member("presenter@example.org", "Presenter", host[0], "presenter")
    neighbour = _member("neighbour@example.org", "Neighbour", neighbour_host[0], "presenter")
    contact = _member("school@example.org", "School contact", school_host[0], "school_contact")
    ensemble = make.EnsembleFactory(
        producer=producing, name="Trio Norr", slug="trio-norr", home=places["Östersund"]
    )
    production = make.ProductionFactory(
        ensemble=ensemble, title="Trumman och tystnaden", slug="trumman-och-tystnaden"
    )
    make.RiderFactory(production=production)
    season = make.SeasonFactory(region=region, name="Våren 2027", slug="varen-2027")
    season.productions.add(production)
    tour = make.TourFactory(
        production=production,
        season=season,
        name="Trumman våren 2027",
        slug="trumman-varen-2027",
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 2, 12),
    )
    return World(
        places=places,
        producer=_member("producer@example.org", "Producer", producing, "producer"),
        presenter=presenter,
        neighbour=neighbour,
        school_contact=contact,
        officer=_member("officer@example.org", "Officer", region_body, "officer"),
        administrator=_member("administrator@example.org", "Administrator", region_body, "administrator"),
        stranger=make.UserFactory(email="stranger@example.org", name="Stranger"),
        producing=producing,
        presenting=host[0],
        neighbouring=neighbour_host[0],
        school=school_host[0],
        venue=host[1],
        neighbour_venue=neighbour_host[1],
        school_venue=school_host[1],
        ensemble=ensemble,
        production=production,
        season=season,
        tour=tour,
        wish=_wish(season, production, host, presenter, "public"),
        neighbour_wish=_wish(season, production, neighbour_host, neighbour, "public"),
        school_wish=_wish(season, production, school_host, contact, "school"),
    )
