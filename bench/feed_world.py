"""A large world for `bench.feeds`: invented schools with visits, and feeds of each that are stored."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bookings import stored_feeds
from bookings.feeds import Address
from bookings.models import Booking, Performance
from tests import factories as make
from tours.models import Production, Tour
from venues.models import Organisation, Place, School, Venue

#: Schools of a region, visits of a production, and visits of a school: 5,000 schools have 100,000 visits.
IN_REGION, OF_PRODUCTION, OF_SCHOOL = 250, 1000, 20
#: Municipalities of a region, about as many as a Swedish county has.
MUNICIPALITIES = 10
DAY = timedelta(days=1)


def build(schools_count: int) -> None:
    """So many schools in regions of IN_REGION, each with OF_SCHOOL published visits in the coming year."""
    places = [
        place for number in range(-(-schools_count // IN_REGION)) for place in _region(number, schools_count)
    ]
    schools = _schools(places, schools_count)
    tours = _tours(places[0], schools_count * OF_SCHOOL // OF_PRODUCTION)
    _visits(schools, tours)


def addresses() -> list[Address]:
    """The feed of each school."""
    slugs = Organisation.objects.filter(school__isnull=False).order_by("pk").values_list("slug", flat=True)
    return [Address("school", slug) for slug in slugs]


def addresses_of(performance: Performance) -> list[Address]:
    """Every public feed that a performance is in."""
    booking = performance.booking
    production, place = booking.tour.production, booking.venue.place
    names = {
        "school": booking.presenter.slug,
        "venue": booking.venue.slug,
        "place": place.slug,
        "municipality": place.municipality.slug,
        "region": place.municipality.region.slug,
        "production": production.slug,
        "ensemble": production.ensemble.slug,
        "tour": booking.tour.slug,
    }
    return [Address(kind, name) for kind, name in names.items()]


def store(where: Sequence[Address], now: datetime) -> None:
    """Make the feeds."""
    for address in where:
        stored_feeds.make(address, now)


def _region(number: int, schools_count: int) -> list[Place]:
    region = make.RegionFactory(slug=f"region-{number}", code=f"r{number}", name=f"Region {number}")
    return [
        make.PlaceFactory(
            municipality=make.MunicipalityFactory(
                region=region,
                code=f"{number}-{at}",
                name=f"Kommun {number}-{at}",
                slug=f"kommun-{number}-{at}",
            )
        )
        for at in range(MUNICIPALITIES)
    ]


def _schools(places: Sequence[Place], count: int) -> list[Venue]:
    """Each with a hall."""
    where = [places[number * len(places) // count] for number in range(count)]
    bodies = Organisation.objects.bulk_create(
        (
            Organisation(
                region=place.municipality.region,
                municipality=place.municipality,
                name=f"Skola {number}",
                slug=f"skola-{number}",
                is_demo=True,
            )
            for number, place in enumerate(where)
        ),
        batch_size=500,
    )
    School.objects.bulk_create(
        (School(organisation=body, place=place) for body, place in zip(bodies, where, strict=True)),
        batch_size=500,
    )
    return Venue.objects.bulk_create(
        (
            Venue(organisation=body, place=place, name="Aulan", slug=f"{body.slug}-aulan", is_demo=True)
            for body, place in zip(bodies, where, strict=True)
        ),
        batch_size=500,
    )


def _tours(place: Place, count: int) -> list[Tour]:
    season = make.SeasonFactory(region=place.municipality.region)
    found = []
    for number in range(count):
        production: Production = make.RiderFactory(
            production__title=f"Pjäs {number}", production__slug=f"pjas-{number}"
        ).production
        found.append(make.TourFactory(production=production, season=season))
    return found


def _visits(schools: Sequence[Venue], tours: Sequence[Tour]) -> None:
    """OF_SCHOOL of each school, of as many tours, spread over a year."""
    now = timezone.now()
    first = now.replace(hour=8, minute=0, second=0, microsecond=0)
    hour = timedelta(hours=1)
    bookings = []
    for number, venue in enumerate(schools):
        for visit in range(OF_SCHOOL):
            starts_at = first + ((number * 7 + visit * 17) % 360) * DAY
            bookings.append(
                Booking(
                    tour=tours[(number * OF_SCHOOL + visit) % len(tours)],
                    presenter_id=venue.organisation_id,
                    venue=venue,
                    status="confirmed",
                    published_at=now,
                    price=Decimal(9800),
                    currency="SEK",
                    audience="school",
                    occupied_from=starts_at - hour,
                    occupied_to=starts_at + 2 * hour,
                    changed_at=now,
                )
            )
    made = Booking.objects.bulk_create(bookings, batch_size=500)
    shows: list[Any] = [
        Performance(
            booking=booking,
            number=1,
            starts_at=booking.occupied_from + hour,
            ends_at=booking.occupied_from + 2 * hour,
            changed_at=now,
        )
        for booking in made
    ]
    Performance.objects.bulk_create(shows, batch_size=500)
