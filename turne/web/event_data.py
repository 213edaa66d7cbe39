"""A performance as schema.org describes an event, for search engines: JSON-LD in the head of its page.

Source: https://schema.org/Event, and what search engines ask of it
(https://developers.google.com/search/docs/appearance/structured-data/event).
"""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from bookings.models import Booking, Performance
from tours.models import Production
from venues.models import Venue

SCHEMA = "https://schema.org"
#: The type of an event by art form; what is not here is a TheaterEvent.
TYPES = {"dance": "DanceEvent", "music": "MusicEvent"}
STATUSES = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}
#: In JSON these may be written so; in a page none of them may end or begin anything.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def script_of(performance: Performance, picture: str = "") -> SafeString:
    """What stands in the script element of the performance's page; empty for a school's own performance.

    Args:
        picture: the path of the production's picture, if it has one.
    """
    if performance.booking.audience == "school":
        return SafeString("")  # nobody can go there who searches for something to see
    text = json.dumps(event_of(performance, picture), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPED))  # noqa: S308 - no sign is left that means anything in a page


def event_of(performance: Performance, picture: str = "") -> dict[str, Any]:
    """The event; what nobody has told is left out. Price and tickets are not known here."""
    booking = performance.booking
    production, before = booking.tour.production, _moved_from(performance)
    told: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": TYPES.get(production.art_form, "TheaterEvent"),
        "@id": f"urn:uuid:{performance.uid}",
        "name": production.title,
        "url": _page(performance),
        "description": production.synopsis,
        "startDate": _moment(performance.starts_at),
        "endDate": _moment(performance.ends_at),
        "eventStatus": _status(performance),
        "previousStartDate": _moment(before) if before else "",
        **_where(performance),
        "organizer": _organizer(booking),
        "performer": {"@type": "PerformingGroup", "name": production.ensemble.name},
        "inLanguage": [tag for tag in production.languages if tag != "none"],
        "typicalAgeRange": _ages(production),
        "image": settings.BASE_URL + picture if picture else "",
    }
    return {name: value for name, value in told.items() if value}


def _moved_from(performance: Performance) -> datetime | None:
    """When it was to start before it was moved; None for one that lies where it lay."""
    return None if performance.was_at == performance.starts_at else performance.was_at


def _where(performance: Performance) -> dict[str, Any]:
    """In a room, on a screen, or both. Where to look is the stream's address, and its page until there is one."""
    booking = performance.booking
    has_room, stream = booking.venue.kind != Venue.Kind.DIGITAL, booking.stream_url
    screen = {"@type": "VirtualLocation", "url": stream or _page(performance)}
    places = [*([place_of(booking.venue)] if has_room else []), *([screen] if stream or not has_room else [])]
    mode = "Mixed" if len(places) == 2 else "Offline" if has_room else "Online"
    return {
        "eventAttendanceMode": f"{SCHEMA}/{mode}EventAttendanceMode",
        "location": places if len(places) == 2 else places[0],
    }


def _page(performance: Performance) -> str:
    return settings.BASE_URL + reverse("performance", args=[performance.uid])


def _status(performance: Performance) -> str:
    word = "EventRescheduled" if _moved_from(performance) else "EventScheduled"
    return f"{SCHEMA}/{STATUSES.get(performance.booking.status, word)}"


def _moment(at: datetime) -> str:
    """With the region's own offset, to the minute."""
    return timezone.localtime(at).isoformat(timespec="minutes")


def place_of(venue: Venue) -> dict[str, Any]:
    """A venue as a place with its address, and its point where that is known."""
    municipality = venue.place.municipality
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue.address,
        "addressLocality": venue.place.name,
        "addressRegion": municipality.region.name,
        "addressCountry": municipality.region.country,
    }
    place: dict[str, Any] = {
        "@type": "Place",
        "name": venue.name,
        "address": {name: value for name, value in address.items() if value},
    }
    if venue.lat is not None and venue.lon is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.lat, "longitude": venue.lon}
    return place


def _organizer(booking: Booking) -> dict[str, str]:
    presenter = booking.presenter
    page = "school-page" if hasattr(presenter, "school") else "presenter-page"
    url = settings.BASE_URL + reverse(page, args=[presenter.slug])
    return {"@type": "Organization", "name": presenter.name, "url": url}


def _ages(production: Production) -> str:
    """ "6-9", "6-" or nothing for all ages."""
    if production.age_max is not None:
        return f"{production.age_min}-{production.age_max}"
    return f"{production.age_min}-" if production.age_min else ""
