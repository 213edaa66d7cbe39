"""Residencies of the small world as rows, in whatever state planning help may meet them; nothing is reserved."""

from typing import Any

from bookings.models import Residency, ResidencyPeriod
from tests.bookings.residencies.stays_made import AUGUST, MAY, NOW, Stay, artist, dwelling
from tests.world import World


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
