"""Residencies of the small world: an artist with the presenter in Backe, in May and August 2027."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bookings.models import Residency, ResidencyPeriod
from tests.factories import UserFactory
from tests.world import World
from venues.models import Dwelling, User

#: It is Monday morning, long before.
NOW = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
MAY = (date(2027, 5, 3), date(2027, 5, 16))
AUGUST = (date(2027, 8, 9), date(2027, 8, 22))
#: When the last day is over.
AFTER = datetime(2027, 9, 1, 9, 0, tzinfo=UTC)


@dataclass
class Stay:
    """A residency with who is in it. The host is the world's presenter, the officer the world's."""

    world: World
    artist: User
    residency: Residency
    dwelling: Dwelling


def artist(name: str = "Musiker", **more: Any) -> User:
    """Somebody who belongs to no organisation."""
    made: User = UserFactory(name=name, language="en", **more)
    return made


def dwelling(world: World, name: str = "Lägenheten i Backe", **more: Any) -> Dwelling:
    values = {"beds": 3, "has_kitchen": True, **more}
    return Dwelling.objects.create(owner=world.presenting, place=world.places["Backe"], name=name, **values)


def planned(world: World, **changes: Any) -> Stay:
    """Two people, planned with the presenter for two weeks in May and two in August; nothing is reserved yet."""
    who = changes.pop("artist", None) or artist()
    periods = changes.pop("periods", [MAY, AUGUST])
    values: dict[str, Any] = {
        "region": world.season.region,
        "host": world.presenting,
        "place": world.places["Backe"],
        "artist_name": "Trion",
        "artist": who,
        "slug": "vindens-vag",
        "title": "Vindens väg",
        "about": "Låtar om vind.",
        "art_form": "music",
        "people_count": 2,
        "access_needs": "Hiss.",
        "currency": world.season.region.currency,
        "created_at": NOW,
        "changed_at": NOW,
    }
    residency = Residency.objects.create(**{**values, **changes})
    ResidencyPeriod.objects.bulk_create(
        ResidencyPeriod(residency=residency, starts_on=first, ends_on=last, changed_at=NOW)
        for first, last in periods
    )
    return Stay(world, who, Residency.objects.with_ground().get(pk=residency.pk), dwelling(world))


def confirmed(world: World, **changes: Any) -> Stay:
    """The same, agreed by both sides."""
    agreed = {"status": "confirmed", "host_agreed_at": NOW, "artist_agreed_at": NOW}
    return planned(world, **{**agreed, **changes})
