"""The part of the API's matrix that is about applications; see `tests.api.matrix`. That called is the presenter's."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from programmes.models import Application, Call
from tests.programmes.applying import draft, send
from tests.programmes.open_calls import published
from tests.world import World

OWN = (401, 404, 200, 404, 404, 404, 404, 404, 404)
#: anonymous, stranger, presenter, neighbour, school contact, producer, other producer, officer, administrator
TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("api-applications", "GET"): (401, *(200,) * 8),
    ("api-applications", "POST"): (401, *(201,) * 8),
    ("api-application", "GET"): OWN,
    ("api-application", "PUT"): OWN,
    ("api-application-send-in", "POST"): OWN,
    ("api-application-withdraw", "POST"): OWN,
}


def call_now(world: World) -> Call:
    """One that is open now."""
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=99)}
    made = published(world, **times, answers_on=date(2027, 6, 1))
    return Call.objects.with_ground().get(pk=made.pk)


def document(**changes: Any) -> dict[str, Any]:
    """A whole application as a program sends it, to the call of the small world."""
    said = {
        "applicant_name": "Musiker",
        "art_form": "music",
        "title": "Vindens väg",
        "summary": "Låtar om vind.",
        "description": "Vi skriver låtar.",
        "budget": [{"words": "Arvoden", "amount": "40000.00", "is_income": False}],
        "periods": [{"starts_on": "2027-05-03", "ends_on": "2027-05-16"}],
        "places": [{"municipality": "kommun-2309", "host": None}],
    }
    return {**said, **changes}


def _drafted(world: World) -> Application:
    return draft(call_now(world), world.presenter, now=timezone.now())


def _sent(world: World) -> dict[str, Any]:
    made = _drafted(world)
    send(made, timezone.now())
    return {"args": (made.pk,)}


#: Route (and method, where it matters) -> the parts of a `tests.api.matrix.Call`.
CALLS: dict[str, Callable[[World], dict[str, Any]]] = {
    "api-applications POST": lambda world: {"body": document(call=call_now(world).slug)},
    "api-application": lambda world: {"args": (_drafted(world).pk,), "body": document()},
    "api-application-send-in": lambda world: {"args": (_drafted(world).pk,)},
    "api-application-withdraw": _sent,
}
