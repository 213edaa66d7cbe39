"""A small named world: real places, a handful of people, one tour. Days are in February 2027."""

from dataclasses import dataclass
from datetime import date, time

from tests import factories as make
from tours.models import Ensemble, Production, Season, Tour, Wish, WishSpan
from venues.models import (
    Membership,
    Municipality,
    Organisation,
    OrganisationRole,
    Place,
    Region,
    Road,
    User,
    Venue,
)

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


def _ground(region: Region) -> dict[str, Place]:
    """Municipalities, places and roads."""
    names = {code: name for code, name, _lat, _lon in PLACES.values()}
    grounds = Municipality.objects.bulk_create(
        Municipality(region=region, code=code, name=name, slug=f"kommun-{code}")
        for code, name in names.items()
    )
    of_code = {ground.code: ground for ground in grounds}
    made = Place.objects.bulk_create(
        Place(
            municipality=of_code[code],
            name=name,
            slug=f"ort-{number}",
            kind="tätort",
            lat=lat,
            lon=lon,
            has_lodging=True,
        )
        for number, (name, (code, _municipality, lat, lon)) in enumerate(PLACES.items())
    )
    places = {place.name: place for place in made}
    Road.objects.bulk_create(
        Road(start=places[start], end=places[end], km=km, kmh=kmh) for start, end, km, kmh in ROADS
    )
    return places


def _organisations(region: Region, places: dict[str, Place]) -> dict[str, Organisation]:
    """By their role in this world."""
    rows = {
        "producer": ("Scenlaget", "scenlaget", None),
        "region": ("Kulturkontoret", "kulturkontoret", None),
        "presenter": ("Backe bygdegård", "backe-bygdegard", places["Backe"].municipality),
        "neighbour": ("Folkets hus Strömsund", "folkets-hus-stromsund", places["Strömsund"].municipality),
        "school": ("Krokoms skola", "krokoms-skola", places["Krokom"].municipality),
    }
    made = Organisation.objects.bulk_create(
        Organisation(region=region, municipality=ground, name=name, slug=slug, email=f"{slug}@example.org")
        for name, slug, ground in rows.values()
    )
    found = dict(zip(rows, made, strict=True))
    OrganisationRole.objects.bulk_create(
        OrganisationRole(organisation=body, role="presenter" if name == "neighbour" else name)
        for name, body in found.items()
    )
    return found


def _venues(bodies: dict[str, Organisation], places: dict[str, Place]) -> dict[str, Venue]:
    where = {"presenter": "Backe", "neighbour": "Strömsund", "school": "Krokom"}
    made = Venue.objects.bulk_create(
        Venue(
            organisation=bodies[host],
            place=places[place],
            name=f"{bodies[host].name}, salen",
            slug=f"{bodies[host].slug}-salen",
            seats=120,
            max_persons=150,
        )
        for host, place in where.items()
    )
    return dict(zip(where, made, strict=True))


def _people(bodies: dict[str, Organisation]) -> dict[str, User]:
    """One for each field of the world, members of what they work for."""
    rows = {
        "presenter": ("presenter", "presenter"),
        "neighbour": ("neighbour", "presenter"),
        "school_contact": ("school", "school_contact"),
        "producer": ("producer", "producer"),
        "officer": ("region", "officer"),
        "administrator": ("region", "administrator"),
    }
    names = [*rows, "stranger"]
    made = User.objects.bulk_create(
        User(email=f"{name.removesuffix('_contact')}@example.org", name=name.replace("_", " ").capitalize())
        for name in names
    )
    people = dict(zip(names, made, strict=True))
    Membership.objects.bulk_create(
        Membership(user=people[name], organisation=bodies[body], role=role)
        for name, (body, role) in rows.items()
    )
    return people


def _wishes(tour: Tour, venues: dict[str, Venue], people: dict[str, User]) -> dict[str, Wish]:
    """Each host wishes for the production on any of the tour's days, the school until one o'clock."""
    made = Wish.objects.bulk_create(
        Wish(
            season=tour.season,
            production=tour.production,
            organisation=venue.organisation,
            venue=venue,
            rank=1,
            audience_expected=60,
            created_by=people["school_contact" if host == "school" else host],
            audience="school" if host == "school" else "public",
        )
        for host, venue in venues.items()
    )
    WishSpan.objects.bulk_create(
        WishSpan(
            wish=wish,
            starts_on=tour.starts_on,
            ends_on=tour.ends_on,
            earliest=time(9),
            latest=time(13) if wish.audience == "school" else time(19),
        )
        for wish in made
    )
    return dict(zip(venues, made, strict=True))


def make_world() -> World:
    """Build it: one statement a table, because most tests do. Everything is committed to the test's transaction."""
    region = make.RegionFactory()
    places = _ground(region)
    bodies = _organisations(region, places)
    venues = _venues(bodies, places)
    people = _people(bodies)
    make.SchoolFactory(organisation=bodies["school"], place=places["Krokom"])
    ensemble = make.EnsembleFactory(
        producer=bodies["producer"], name="Trio Norr", slug="trio-norr", home=places["Östersund"]
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
    wishes = _wishes(tour, venues, people)
    return World(
        places=places,
        **people,
        producing=bodies["producer"],
        presenting=bodies["presenter"],
        neighbouring=bodies["neighbour"],
        school=bodies["school"],
        venue=venues["presenter"],
        neighbour_venue=venues["neighbour"],
        school_venue=venues["school"],
        ensemble=ensemble,
        production=production,
        season=season,
        tour=tour,
        wish=wishes["presenter"],
        neighbour_wish=wishes["neighbour"],
        school_wish=wishes["school"],
    )
