"""The part of the API's matrix that is about crews and their votes; see `tests.api.matrix`."""

from collections.abc import Callable
from typing import Any

from bookings import crew_invitations
from bookings import crews as hosting
from bookings.models import CrewVisit
from tests import crews
from tests.agreements import NOW, confirmed
from tests.api.callers import OPEN
from tests.world import World
from tours import votes
from venues.models import Crew

#: anonymous, stranger, presenter, neighbour, school contact, producer, other producer, officer, administrator
TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("api-crews", "GET"): (401, *(200,) * 8),
    ("api-crew", "GET"): (401, 404, 200, 404, 404, 404, 404, 200, 200),
    ("api-crew-visits", "GET"): (401, 404, 200, 404, 404, 404, 404, 200, 200),
    ("api-crew-vote", "GET"): (401, 404, 200, 404, 404, 404, 404, 200, 200),
    ("api-crew-vote", "PUT"): (401, 404, 200, 404, 404, 404, 404, 403, 403),
    ("api-season-votes", "GET"): (401, 404, 404, 404, 404, 200, 200, 200, 200),
    ("api-booking-crew", "GET"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-booking-crew", "POST"): (401, 404, 201, 404, 404, 403, 404, 403, 403),
    ("api-booking-crew", "DELETE"): (401, 404, 204, 404, 404, 403, 404, 403, 403),
    ("api-booking-crew-ask", "POST"): (401, 404, 201, 404, 404, 403, 404, 403, 403),
    ("api-invitations", "GET"): (401, *(200,) * 8),
    ("api-invitation-accept", "POST"): (401, 404, 403, 200, 404, 403, 404, 403, 403),
    ("api-invitation-decline", "POST"): (401, 404, 403, 200, 404, 403, 404, 403, 403),
    ("api-invitation-take-back", "POST"): (401, 404, 200, 403, 404, 403, 404, 403, 403),
    ("api-crew-task", "GET"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-crew-task", "PUT"): (401, 404, 200, 404, 404, 403, 404, 403, 403),
}


def _crew(world: World) -> Crew:
    return Crew.objects.first() or crews.crew_of(world.presenting)


def _hosted(world: World) -> CrewVisit:
    return CrewVisit.objects.first() or crews.hosted(world)


def _ticked(world: World) -> dict[str, Any]:
    visit = _hosted(world)
    hosting.tick(visit, "doors-0", is_done=True, version=0, now=NOW)
    return {"args": (visit.booking_id, "doors-0"), "body": {"is_done": True}}


def _taking(world: World) -> dict[str, Any]:
    crews.template(world)
    return {"args": (confirmed(world).pk,), "body": {"crew": _crew(world).pk}}


def _asking(world: World) -> dict[str, Any]:
    crews.template(world)
    crew = crews.crew_of(world.neighbouring)
    return {"args": (confirmed(world).pk,), "body": {"crew": crew.pk}}


def _asked(world: World) -> dict[str, Any]:
    """The presenter has asked the neighbour's crew."""
    crews.template(world)
    crew = crews.crew_of(world.neighbouring)
    made = crew_invitations.invite(confirmed(world), crew, by=world.presenter, now=NOW)
    return {"args": (made.pk,)}


def _vote(world: World) -> dict[str, Any]:
    crew, body = _crew(world), {"productions": [world.production.slug], "hands_count": 5}
    votes.vote(crew, world.season, [world.production], hands_count=4, version=0, now=OPEN)
    return {"args": (crew.pk, world.season.slug), "body": body}


#: Route (and method, where it matters) -> the parts of a `tests.api.matrix.Call`.
CALLS: dict[str, Callable[[World], dict[str, Any]]] = {
    "api-crew": lambda world: {"args": (_crew(world).pk,)},
    "api-crew-visits": lambda world: {"args": (_hosted(world).crew_id,)},
    "api-crew-vote": _vote,
    "api-season-votes": lambda world: {"args": (world.season.slug,)},
    "api-booking-crew": lambda world: {"args": (_hosted(world).booking_id,)},
    "api-booking-crew POST": _taking,
    "api-booking-crew-ask": _asking,
    **{f"api-invitation-{step}": _asked for step in ("accept", "decline", "take-back")},
    "api-crew-task": _ticked,
}
