"""Who is suggested in the small world, and what a part of a match says."""

from datetime import UTC, datetime

from bookings.matching import Match, suggest
from bookings.models import Booking, Performance
from tests import factories as make
from tests.world import World
from venues.models import Municipality, Organisation, Venue

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
        hold_expires_at=DAY,
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
