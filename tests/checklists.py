"""Visits that are prepared: a short template, and a confirmed visit with its list."""

from datetime import date
from typing import Any

from bookings import advancing
from bookings.models import Booking, ChecklistItem
from tests.agreements import NOW, confirmed
from tests.world import World
from venues.models import ChecklistTemplate, Venue

ITEMS = [
    {"key": "times", "phase": "before", "who": "both", "due_days": -21, "sv": "Tider", "en": "Times"},
    {"key": "heated", "phase": "before", "who": "presenter", "due_days": -7, "sv": "Värme", "en": "Heating"},
    {"key": "guide", "phase": "before", "who": "presenter", "due_days": -3, "sv": "H", "en": "G",
     "audience": ["school"]},
    {"key": "met", "phase": "day", "who": "presenter", "due_days": 0, "sv": "Mottagen", "en": "Met"},
    {"key": "tidy", "phase": "after", "who": "presenter", "due_days": 1, "sv": "Städat", "en": "Tidied"},
]  # fmt: skip
ROLES = [
    {"key": "artist_host", "side": "presenter", "sv": "Artistvärd", "en": "Artist host"},
    {"key": "company", "side": "producer", "sv": "Ensemblen", "en": "The company"},
]


def template(world: World, **changes: Any) -> ChecklistTemplate:
    """The checklist of the world's region."""
    values = {
        "region": world.season.region, "label": "Checklistan", "items": ITEMS, "crew_roles": ROLES, "remind_days": 14,
        "valid_from": date(2026, 1, 1), "source": "sju sidor",
    }  # fmt: skip
    return ChecklistTemplate.objects.create(**{**values, **changes})


def prepared(world: World, *, needs: dict[str, Any] | None = None, **room: Any) -> Booking:
    """A confirmed visit with its list, read with its ground.

    Args:
        needs: what the production needs of a room.
        room: facts of the presenter's venue.
    """
    template(world)
    rider = world.production.rider
    for name, value in (needs or {}).items():
        setattr(rider, name, value)
    rider.save()
    Venue.objects.filter(pk=world.venue.pk).update(**room)
    return fresh(confirmed(world))


def fresh(booking: Booking) -> Booking:
    """The visit as it stands in the database."""
    return Booking.objects.with_ground().get(pk=booking.pk)


def item(booking: Booking, key: str) -> ChecklistItem:
    """An item as it is stored."""
    return ChecklistItem.objects.get(checklist__booking=booking, key=key)


def settle(booking: Booking, key: str, state: str = "done", **changes: Any) -> ChecklistItem:
    """Settle an item as it stands, by the presenter unless somebody else is given."""
    found = ChecklistItem.objects.filter(checklist__booking=booking, key=key).first()
    values = {"version": found.version if found else 0, "state": state, "now": NOW, **changes}
    return advancing.settle(booking, key, **values)
