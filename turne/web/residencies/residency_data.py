"""A residency and its open sub-events as schema.org describes events, for search engines: JSON-LD in the head.

Source: https://schema.org/Event; a stay is an Event with its sub-events as `subEvent`.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from bookings.models import Residency, SubEvent
from bookings.residencies import news_words, publishing
from turne.web.event_data import ESCAPED, SCHEMA, place_of
from venues.models import Place

#: The type of an event by the kind of a sub-event; what is not here is an Event.
TYPES = {"workshop": "EducationEvent", "talk": "EducationEvent", "showing": "TheaterEvent"}


def script_of(residency: Residency, events: Sequence[SubEvent]) -> SafeString:
    """What stands in the script element of its page."""
    text = json.dumps(event_of(residency, events), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPED))  # noqa: S308 - no sign is left that means anything in a page


def event_of(residency: Residency, events: Sequence[SubEvent]) -> dict[str, Any]:
    """The stay; what nobody has told is left out."""
    periods = list(residency.periods.all())
    is_off = residency.status == Residency.Status.CANCELLED
    told: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": page_of(residency),
        "name": residency.title,
        "url": page_of(residency),
        "description": residency.about,
        "startDate": min(one.starts_on for one in periods).isoformat() if periods else "",
        "endDate": residency.last_day.isoformat() if residency.last_day else "",
        "eventStatus": _status(is_off),
        "location": _ground(residency.place),
        "organizer": {"@type": "Organization", "name": residency.host.name},
        "performer": {"@type": "PerformingGroup", "name": residency.artist_name},
        "subEvent": [part_of(event) for event in events],
    }
    return {name: value for name, value in told.items() if value}


def part_of(event: SubEvent) -> dict[str, Any]:
    """A sub-event."""
    told: dict[str, Any] = {
        "@type": TYPES.get(event.kind, "Event"),
        "@id": f"urn:uuid:{event.uid}",
        "name": event.title,
        "url": page_of(event.residency),
        "description": event.about,
        "startDate": timezone.localtime(event.starts_at).isoformat(timespec="minutes"),
        "endDate": timezone.localtime(event.ends_at).isoformat(timespec="minutes"),
        "eventStatus": _status(publishing.is_off(event)),
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": place_of(event.venue)
        if event.venue
        else {**_ground(event.residency.place), "name": news_words.where(event)},
        "organizer": {"@type": "Organization", "name": event.residency.host.name},
    }
    return {name: value for name, value in told.items() if value}


def page_of(residency: Residency) -> str:
    """The address of its public page."""
    return settings.BASE_URL + reverse("public-residency", args=[residency.slug])


def _status(is_off: bool) -> str:
    return f"{SCHEMA}/{'EventCancelled' if is_off else 'EventScheduled'}"


def _ground(place: Place) -> dict[str, Any]:
    region = place.municipality.region
    return {
        "@type": "Place",
        "name": place.name,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": place.name,
            "addressRegion": region.name,
            "addressCountry": region.country,
        },
    }
