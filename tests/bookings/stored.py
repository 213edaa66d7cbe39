"""What calendar programs get at an address."""

from datetime import datetime

from django.utils import timezone

from bookings import calendar_marks, stored_feeds
from bookings.feeds import Address
from bookings.models import Feed, StoredFeed
from tests.world import World


def address(world: World, kind: str, query: str = "") -> Address:
    """The address of a public feed of the small world."""
    name = {
        "municipality": world.venue.place.municipality.slug,
        "place": world.venue.place.slug,
        "presenter": world.presenting.slug,
        "school": world.school.slug,
        "venue": world.venue.slug,
        "production": world.production.slug,
        "ensemble": world.ensemble.slug,
        "tour": world.tour.slug,
        "season": world.season.slug,
        "region": world.season.region.slug,
    }[kind]
    return Address(kind, name, query)


def body_at(where: Address, now: datetime) -> bytes:
    """The body that is sent, by the way of the view: the stored one if it is right."""
    found = stored_feeds.look(where, timezone.localdate(now))
    if found:
        return stored_feeds.bytes_of(found, packed=False) or b""
    made = stored_feeds.make(where, now)
    assert made
    return made.body


def body_of(feed: Feed, now: datetime) -> bytes:
    """The body behind a private link."""
    return body_at(Address.read(feed.address), now)


def dirty() -> set[str]:
    """The stored feeds that will be made anew."""
    calendar_marks.take_in()
    return {feed.address for feed in StoredFeed.objects.all() if feed.made != feed.wanted}
