"""Who may do what through the API: for every route and method the answer that each role gets.

The world is that of `tests.world`; the visit is the presenter's own, the plan is the producer's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bookings import planning, running
from bookings.models import Booking, Proposal
from tests.agreements import NOW, confirmed, held, offered
from tests.api.callers import wish_document
from tests.bookings.rivals import make_rival
from tests.bookings.visits import visit
from tests.factories import ProductionFactory, RiderFactory
from tests.world import World
from venues.models import NoBeds

ROLES = (
    "anonymous",
    "stranger",
    "presenter",
    "neighbour",
    "school_contact",
    "producer",
    "other_producer",
    "officer",
    "administrator",
)
#: Outcome of each role, in the order of ROLES.
Row = tuple[int, ...]


def everybody(status: int = 200) -> Row:
    """The same answer for all."""
    return (status,) * len(ROLES)


def members(status: int = 200) -> Row:
    """The same answer for all who are logged in."""
    return (401, *(status,) * (len(ROLES) - 1))


#: Route and method -> what each role gets:
#:   anonymous, stranger, presenter, neighbour, school contact, producer, other producer, officer, administrator
_TABLE: dict[tuple[str, str], Row] = {
    ("api-root", "GET"): everybody(),
    ("api-schema", "GET"): everybody(),
    ("api-docs", "GET"): everybody(),
    ("api-unknown", "GET"): everybody(404),
    ("api-me", "GET"): members(),
    ("api-municipalities", "GET"): everybody(),
    ("api-municipality", "GET"): everybody(),
    ("api-places", "GET"): everybody(),
    ("api-place", "GET"): everybody(),
    ("api-organisations", "GET"): everybody(),
    ("api-organisation", "GET"): everybody(),
    ("api-venues", "GET"): everybody(),
    ("api-venue", "GET"): everybody(),
    ("api-venue-room", "GET"): (401, 404, 200, 404, 404, 200, 200, 200, 200),
    ("api-travel", "GET"): everybody(),
    ("api-no-beds", "GET"): members(),
    ("api-no-beds", "POST"): (401, 403, 403, 403, 403, 201, 201, 403, 403),
    ("api-no-beds-detail", "DELETE"): (401, 404, 404, 404, 404, 204, 204, 404, 404),
    ("api-no-beds-end", "POST"): (401, 404, 404, 404, 404, 204, 204, 404, 404),
    ("api-productions", "GET"): everybody(),
    ("api-production", "GET"): everybody(),
    ("api-seasons", "GET"): everybody(),
    ("api-season", "GET"): everybody(),
    ("api-matches", "GET"): (401, 404, 404, 404, 404, 200, 404, 200, 200),
    ("api-wishes", "GET"): members(),
    ("api-wishes", "POST"): (401, 403, 201, 403, 403, 403, 403, 403, 403),
    ("api-wish", "GET"): (401, 404, 200, 404, 404, 200, 200, 200, 200),
    ("api-wish", "PUT"): (401, 404, 200, 404, 404, 403, 403, 403, 403),
    ("api-wish-withdraw", "POST"): (401, 404, 200, 404, 404, 403, 403, 403, 403),
    ("api-tours", "GET"): members(),
    ("api-tour", "GET"): (401, 404, 404, 404, 404, 200, 404, 200, 200),
    ("api-tour-propose", "POST"): (401, 404, 404, 404, 404, 202, 404, 403, 403),
    ("api-proposals", "GET"): (401, 404, 404, 404, 404, 200, 404, 200, 200),
    ("api-day-make-up", "GET"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-day-cancel", "POST"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-proposal", "GET"): (401, 404, 404, 404, 404, 200, 404, 200, 200),
    ("api-proposal-adopt", "POST"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-bookings", "GET"): members(),
    ("api-bookings", "POST"): (401, 422, 422, 422, 422, 201, 422, 403, 403),
    ("api-booking", "GET"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-booking-offer", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-confirm", "POST"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-booking-decline", "POST"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-booking-counter", "POST"): (401, 404, 200, 404, 404, 403, 404, 403, 403),
    ("api-booking-withdraw", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-promote", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-challenge", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-extend", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-release", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-move", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-cancel", "POST"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-booking-publish", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-report", "POST"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-performances", "GET"): everybody(),
    ("api-performance", "GET"): everybody(),
    ("api-planner-solve", "POST"): members(),
    ("api-planner-schema", "GET"): everybody(),
    ("api-tokens", "GET"): members(),
    ("api-tokens", "POST"): members(201),
    ("api-token", "DELETE"): members(404),  # nobody owns it
}
MATRIX = {key: dict(zip(ROLES, row, strict=True)) for key, row in _TABLE.items()}


@dataclass(frozen=True)
class Call:
    """What is called: the parts of the address, its parameters and the body."""

    args: tuple[Any, ...] = ()
    query: str = ""
    body: Any = None


def _plan(world: World) -> Proposal:
    return running.run(planning.propose(world.tour, by=world.producer, seconds=1))


def _at(made: Callable[[World], Booking], body: Any = None) -> Callable[[World], Call]:
    return lambda world: Call((made(world).pk,), body=body)


def _full(world: World) -> NoBeds:
    night = world.tour.starts_on
    return NoBeds.objects.create(
        place=world.places["Backe"], first_night=night, last_night=night, by=world.producer
    )


def _unpublished(world: World) -> Booking:
    world.tour.is_announced_later = True
    world.tour.save()
    return confirmed(world)


def _further(world: World) -> Booking:
    return held(world, rank=2)


def _behind_another(world: World) -> Booking:
    make_rival(world, "Lyran").held()
    return held(world, rank=None)


def _over(world: World) -> Booking:
    """The tour's visit, as long ago as any clock needs."""
    booking = confirmed(world)
    Booking.objects.filter(pk=booking.pk).update(
        occupied_from=NOW - timedelta(days=900), occupied_to=NOW - timedelta(days=899)
    )
    return booking


def _wish_for_another(world: World) -> Call:
    """The world's presenter has wished already: a new wish is for another production."""
    another = ProductionFactory(ensemble=world.ensemble, title="En till", slug="en-till")
    RiderFactory(production=another)
    world.season.productions.add(another)
    return Call(body=wish_document(world, production="en-till", rank=2))


def _cancelled_day(world: World) -> Call:
    visits = [{"booking": booking.pk, "version": booking.version} for booking in [confirmed(world)]]
    return Call((world.tour.slug, "2027-02-03"), body={"reason": "Illness", "visits": visits})


PROBLEM = {
    "days": [{"date": "2027-02-01", "kind": "work"}],
    "places": [{"id": "home", "name": "Home", "municipality": None, "beds": True}],
    "home": "home",
    "drive_min": [[0]],
    "drive_km": [[0]],
    "candidates": [],
}
_DAYS = {"starts_on": "2027-02-08", "ends_on": "2027-02-10", "earliest": "10:00", "latest": "14:00"}
#: Route (and method, where it matters) -> what to call. Routes without parts of their own are not listed.
CALLS: dict[str, Callable[[World], Call]] = {
    "api-unknown": lambda world: Call(("no/such/thing",)),
    "api-municipality": lambda world: Call((world.presenting.municipality.slug,)),
    "api-place": lambda world: Call((world.places["Backe"].slug,)),
    "api-organisation": lambda world: Call((world.presenting.slug,)),
    "api-venue": lambda world: Call((world.venue.slug,)),
    "api-venue-room": lambda world: Call((world.venue.slug,)),
    "api-travel": lambda world: Call(
        query=f"?from={world.places['Backe'].slug}&to={world.venue.slug}&on=2027-02-01"
    ),
    "api-no-beds POST": lambda world: Call(
        body={"place": world.places["Backe"].slug, "first_night": "2027-02-03"}
    ),
    "api-no-beds-detail": lambda world: Call((_full(world).pk,)),
    "api-no-beds-end": lambda world: Call((_full(world).pk,)),
    "api-production": lambda world: Call((world.production.slug,)),
    "api-season": lambda world: Call((world.season.slug,)),
    "api-matches": lambda world: Call((world.season.slug, world.production.slug)),
    "api-wishes POST": _wish_for_another,
    "api-wish": lambda world: Call((world.wish.pk,), body=wish_document(world)),
    "api-wish-withdraw": lambda world: Call((world.wish.pk,)),
    "api-tour": lambda world: Call((world.tour.slug,)),
    "api-tour-propose": lambda world: Call((world.tour.slug,), body={"seconds": 1}),
    "api-proposals": lambda world: Call((world.tour.slug,)),
    "api-day-make-up": lambda world: Call((world.tour.slug, "2027-02-03")),
    "api-day-cancel": _cancelled_day,
    "api-proposal": lambda world: Call((_plan(world).pk,)),
    "api-proposal-adopt": lambda world: Call((_plan(world).pk,)),
    "api-bookings POST": lambda world: Call(
        body={"tour": world.tour.slug, "wish": world.wish.pk, "starts_at": "2027-02-03T11:15:00+01:00"}
    ),
    "api-booking": _at(held),
    "api-booking-offer": _at(held),
    "api-booking-confirm": _at(offered),
    "api-booking-decline": _at(offered, {"reason": "Closed"}),
    "api-booking-counter": _at(offered, _DAYS),
    "api-booking-withdraw": _at(offered),
    "api-booking-promote": _at(_further),
    "api-booking-challenge": _at(_behind_another),
    "api-booking-extend": _at(held, {"expires_at": "2027-01-31T12:00:00+01:00"}),
    "api-booking-release": _at(held),
    "api-booking-move": _at(held, {"starts_at": "2027-02-04T11:15:00+01:00"}),
    "api-booking-cancel": _at(confirmed, {"reason": "Illness"}),
    "api-booking-publish": _at(_unpublished),
    "api-booking-report": _at(_over, {"figures": [[80, 70]]}),
    "api-performance": lambda world: Call((visit(world).uid,)),
    "api-planner-solve": lambda world: Call(query="?seconds=0", body=PROBLEM),
    "api-token": lambda world: Call(("abcdefghijklmno",)),
}


def call_for(world: World, route: str, method: str) -> Call:
    """What to call, with everything made that must be there."""
    make = CALLS.get(f"{route} {method}") or CALLS.get(route)
    return make(world) if make else Call()
