"""The part of the API's matrix that is about residencies; see `tests.api.matrix`. The one called is not public."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bookings.models import SubEvent
from tests.bookings.residencies.moments import added, confirmed
from tests.bookings.residencies.stays_made import Stay
from tests.world import World

#: anonymous, stranger, presenter, neighbour, school contact, producer, other producer, officer, administrator
TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("api-residencies", "GET"): (200,) * 9,
    ("api-residency", "GET"): (404, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-residency-sub-events", "GET"): (404, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-residency-sub-events", "POST"): (401, 404, 201, 404, 404, 201, 404, 201, 201),
    ("api-residency-sub-event", "GET"): (404, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-residency-sub-event", "PUT"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-residency-sub-event-cancel", "POST"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-residency-sub-event-tell", "POST"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
}
BODY = {
    "kind": "talk",
    "title": "Samtal",
    "starts_at": "2027-05-05T18:00:00+02:00",
    "ends_at": "2027-05-05T19:00:00+02:00",
}
#: An hour that is over by any clock of the tests.
PAST = datetime(2026, 1, 12, 11, tzinfo=UTC)


def _stay(world: World) -> Stay:
    return confirmed(world, ensemble=world.ensemble)


def _slug(world: World) -> dict[str, Any]:
    return {"args": (_stay(world).residency.slug,)}


def _event(world: World, **body: Any) -> dict[str, Any]:
    event = SubEvent.objects.first() or added(_stay(world))
    return {"args": (event.residency.slug, event.pk), "body": body or None}


def _over(world: World) -> dict[str, Any]:
    day = PAST.date()
    stay = confirmed(world, ensemble=world.ensemble, periods=[(day, day)])
    event = added(stay, starts_at=PAST, ends_at=PAST.replace(hour=12))
    return {"args": (stay.residency.slug, event.pk), "body": {"held": True, "attendance": 9}}


#: Route -> the parts of a `tests.api.matrix.Call`.
CALLS: dict[str, Callable[[World], dict[str, Any]]] = {
    "api-residency": _slug,
    "api-residency-sub-events": lambda world: {**_slug(world), "body": BODY},
    "api-residency-sub-event": lambda world: _event(world, **BODY),
    "api-residency-sub-event-cancel": lambda world: _event(world, why="Sjuk."),
    "api-residency-sub-event-tell": _over,
}
