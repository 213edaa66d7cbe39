"""Who may do what through the API: for every route and method the answer that each role gets.

The world is that of `tests.world`; the visit is the presenter's own, the plan is the producer's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bookings import changing, planning, reporting, running, settling
from bookings.models import Booking
from tests import allotments
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, held, offered
from tests.api import matrix_of_schools
from tests.api.callers import wish_document
from tests.api.matrix_parts import PART_CALLS, PARTS
from tests.bookings.rivals import make_rival
from tests.bookings.visits import visit
from tests.checklists import prepared
from tests.factories import ClosureFactory, ProductionFactory, RiderFactory
from tests.world import World
from tours.models import Proposal, Tour
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
    ("api-schools", "GET"): everybody(),
    ("api-school", "GET"): everybody(),
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
    ("api-tour-offers", "POST"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-tour-stage", "GET"): (401, 404, 404, 404, 404, 200, 404, 200, 200),
    ("api-tour-go-on", "POST"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-tour-extend-cut-off", "POST"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-tour-cancel", "POST"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-tour-close", "POST"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-allotments", "GET"): members(),
    **allotments.API_ROWS,
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
    ("api-bookings-answer", "POST"): (401, 404, 200, 404, 404, 403, 404, 403, 403),
    ("api-booking-free-times", "GET"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-booking-remind", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-extend-answer", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-take", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-turn-down", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-postpone", "POST"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-booking-propose-change", "POST"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-booking-ask-to-cancel", "POST"): (401, 404, 404, 404, 200, 403, 404, 403, 403),
    ("api-booking-accept-change", "POST"): (401, 404, 200, 404, 404, 409, 404, 403, 403),
    ("api-booking-refuse-change", "POST"): (401, 404, 200, 404, 404, 409, 404, 403, 403),
    ("api-booking-take-back-change", "POST"): (401, 404, 409, 404, 404, 200, 404, 403, 403),
    ("api-days-move", "GET"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-days-move", "POST"): (401, 404, 404, 404, 404, 200, 404, 403, 403),
    ("api-booking-reschedule", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-recall", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-promote", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-challenge", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-extend", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-release", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-move", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-cancel", "POST"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-booking-publish", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-report", "POST"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-booking-price", "GET"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-booking-price", "PUT"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-costs", "PUT"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-booking-settlement", "GET"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-booking-settlement", "PUT"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-settle", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-booking-reopen", "POST"): (401, 404, 403, 404, 404, 200, 404, 403, 403),
    ("api-tour-settlement", "GET"): (401, 404, 404, 404, 404, 200, 404, 200, 200),
    ("api-claims", "GET"): members(),
    ("api-buses", "GET"): members(),
    ("api-school-grants", "GET"): members(),
    ("api-agreements", "GET"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-checklist", "GET"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-checklist-item", "GET"): (401, 404, 200, 404, 404, 200, 404, 200, 200),
    ("api-checklist-item", "PUT"): (401, 404, 200, 404, 404, 200, 404, 403, 403),
    ("api-closures", "GET"): members(),
    ("api-closures", "POST"): (401, 403, 201, 422, 422, 403, 403, 403, 403),
    ("api-closure", "PUT"): (401, 404, 200, 404, 404, 404, 404, 404, 404),
    ("api-closure", "DELETE"): (401, 404, 204, 404, 404, 404, 404, 404, 404),
    ("api-past-visits", "GET"): members(),
    ("api-performances", "GET"): everybody(),
    ("api-performance", "GET"): everybody(),
    ("api-planner-solve", "POST"): members(),
    ("api-planner-schema", "GET"): everybody(),
    ("api-tokens", "GET"): members(),
    ("api-tokens", "POST"): members(201),
    ("api-token", "DELETE"): members(404),  # nobody owns it
}
MATRIX = {key: dict(zip(ROLES, row, strict=True)) for key, row in (_TABLE | PARTS).items()}


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


def _called(called: Callable[[World], tuple[int, Any]]) -> Callable[[World], Call]:
    def call(world: World) -> Call:
        key, body = called(world)
        return Call((key,), body=body)

    return call


def _at_school(world: World) -> Booking:
    return confirmed(world, wish=world.school_wish)


def _full(world: World) -> NoBeds:
    night = world.tour.starts_on
    return NoBeds.objects.create(
        place=world.places["Backe"], first_night=night, last_night=night, by=world.producer
    )


def _closed(world: World) -> Call:
    return Call((ClosureFactory(venue=world.venue).pk,), body=_CLOSED)


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


def _reported(world: World) -> Booking:
    booking = _over(world)
    return reporting.report_played(booking, by=world.presenter, now=timezone.now(), figures=[(80, 70)])


def _settled(world: World) -> Booking:
    return settling.settle(_reported(world), by=world.producer, now=timezone.now())


def _wish_for_another(world: World) -> Call:
    """The world's presenter has wished already: a new wish is for another production."""
    another = ProductionFactory(ensemble=world.ensemble, title="En till", slug="en-till")
    RiderFactory(production=another)
    world.season.productions.add(another)
    return Call(body=wish_document(world, production="en-till", rank=2))


def _cancelled_day(world: World) -> Call:
    visits = [{"booking": booking.pk, "version": booking.version} for booking in [confirmed(world)]]
    return Call((world.tour.slug, "2027-02-03"), body={"reason": "Illness", "visits": visits})


def _answers(world: World) -> Call:
    booking = offered(world)
    return Call(body={"answers": [{"booking": booking.pk, "version": booking.version, "answer": "confirm"}]})


def _moved_day(world: World) -> Call:
    booking = confirmed(world)
    seen = [{"booking": booking.pk, "version": booking.version}]
    body = {"reason": "Illness", "by_days": 5, "visits": seen, "moves": [booking.pk]}
    return Call((world.tour.slug, "2027-02-03"), body=body)


#: What the producer asks for in `_waiting`.
CHANGE = {"reason": "Illness", "starts_at": "2027-02-04T11:15:00+01:00"}


def _waiting(world: World) -> Booking:
    """A confirmed visit that the producer wants to move."""
    return changing.propose_change(
        confirmed(world), by=world.producer, now=NOW, reason="Illness", starts_at=SHOW_AT + DAY
    )


def _several(world: World) -> Call:
    booking = offered(world)
    seen = {"booking": booking.pk, "version": booking.version}
    return Call((world.tour.slug,), body={"step": "withdraw", "visits": [seen]})


def _short(world: World) -> Call:
    """The cut-off lies as far back as any clock needs, and nobody has said yes."""
    Tour.objects.filter(pk=world.tour.pk).update(stage="open", cut_off_on="2020-01-01")
    return Call((world.tour.slug,))


def _opened(world: World) -> Call:
    Tour.objects.filter(pk=world.tour.pk).update(stage="open")
    return Call((world.tour.slug,))


PROBLEM = {
    "days": [{"date": "2027-02-01", "kind": "work"}],
    "places": [{"id": "home", "name": "Home", "municipality": None, "beds": True}],
    "home": "home",
    "drive_min": [[0]],
    "drive_km": [[0]],
    "candidates": [],
}
_CLOSED = {"starts_at": "2127-03-01T00:00:00+01:00", "ends_at": "2127-03-02T00:00:00+01:00"}
_DAYS = {"starts_on": "2027-02-08", "ends_on": "2027-02-10", "earliest": "10:00", "latest": "14:00"}
#: Route (and method, where it matters) -> what to call. Routes without parts of their own are not listed.
CALLS: dict[str, Callable[[World], Call]] = {
    "api-unknown": lambda world: Call(("no/such/thing",)),
    "api-municipality": lambda world: Call((world.presenting.municipality.slug,)),
    "api-place": lambda world: Call((world.places["Backe"].slug,)),
    "api-organisation": lambda world: Call((world.presenting.slug,)),
    "api-school": lambda world: Call((world.school.slug,)),
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
    "api-tour-offers": _several,
    "api-tour-stage": lambda world: Call((world.tour.slug,)),
    "api-tour-go-on": _short,
    "api-tour-extend-cut-off": lambda world: Call((world.tour.slug,), body={"cut_off_on": "2027-01-30"}),
    "api-tour-cancel": lambda world: Call((world.tour.slug,), body={"reason": "Illness"}),
    "api-tour-close": _opened,
    **{route: _at(make) for route, make in allotments.API_THINGS.items()},
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
    "api-bookings-answer": _answers,
    "api-booking-free-times": _at(offered),
    "api-booking-remind": _at(offered),
    "api-booking-extend-answer": _at(offered, {"answer_by": "2027-01-20T12:00:00+01:00"}),
    "api-booking-take": _at(countered, {"starts_at": "2027-02-04T11:15:00+01:00"}),
    "api-booking-turn-down": _at(countered, {"reason": "The ensemble is away"}),
    "api-booking-postpone": _at(confirmed, {"reason": "Illness"}),
    "api-booking-propose-change": _at(confirmed, CHANGE),
    "api-booking-ask-to-cancel": _at(_at_school, {"reason": "The pupils are away"}),
    "api-booking-accept-change": _at(_waiting),
    "api-booking-refuse-change": _at(_waiting, {"reason": "The room is let"}),
    "api-booking-take-back-change": _at(_waiting),
    "api-days-move GET": lambda world: Call((world.tour.slug, "2027-02-03")),
    "api-days-move POST": _moved_day,
    "api-booking-reschedule": _at(countered, {"starts_at": "2027-02-05T11:15:00+01:00"}),
    "api-booking-recall": _at(offered),
    "api-booking-promote": _at(_further),
    "api-booking-challenge": _at(_behind_another),
    "api-booking-extend": _at(held, {"expires_at": "2027-01-31T12:00:00+01:00"}),
    "api-booking-release": _at(held),
    "api-booking-move": _at(held, {"starts_at": "2027-02-04T11:15:00+01:00"}),
    "api-booking-cancel": _at(confirmed, {"reason": "Illness"}),
    "api-booking-publish": _at(_unpublished),
    "api-booking-report": _at(_over, {"figures": [[80, 70]]}),
    "api-booking-price": _at(held, {"lines": [{"kind": "fee", "amount": "8000"}]}),
    "api-booking-costs": _at(_over, {"costs": {"other": "200"}}),
    "api-booking-settlement": _at(_over, {"lines": []}),
    "api-booking-settle": _at(_reported),
    "api-booking-reopen": _at(_settled, {"reason": "Wrong figure"}),
    "api-tour-settlement": lambda world: Call((world.tour.slug,)),
    "api-claims": lambda world: Call(query=f"?season={world.season.slug}"),
    "api-buses": lambda world: Call(query="?first=2027-02-01&last=2027-02-28"),
    "api-school-grants": lambda world: Call(query="?year=2026"),
    "api-agreements": _at(confirmed),
    **{route: _called(called) for route, called in matrix_of_schools.CALLS.items()},
    "api-checklist": _at(prepared),
    "api-checklist-item": lambda world: Call((prepared(world).pk, "times"), body={"state": "done"}),
    "api-closures POST": lambda world: Call(body={"venue": world.venue.slug, **_CLOSED}),
    "api-closure": _closed,
    "api-performance": lambda world: Call((visit(world).uid,)),
    "api-planner-solve": lambda world: Call(query="?seconds=0", body=PROBLEM),
    "api-token": lambda world: Call(("abcdefghijklmno",)),
}


def call_for(world: World, route: str, method: str) -> Call:
    """What to call, with everything made that must be there."""
    calls = CALLS | {key: (lambda world, of=of: Call(**of(world))) for key, of in PART_CALLS.items()}
    make = calls.get(f"{route} {method}") or calls.get(route)
    return make(world) if make else Call()
