"""What holds for every route that changes something: it takes a key, and asks for the version of what it changes.

The routes are those of `api.urls`, called as the matrix calls them: a new route is tried without being named here.
"""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from rest_framework.generics import GenericAPIView

from api import tokens, urls
from bookings.models import KeptAnswer
from tests.api import matrix_of_schools
from tests.api.callers import OPEN, caller
from tests.api.documents import operations
from tests.api.matrix import MATRIX, Call, call_for
from tests.api.test_matrix import routes
from tests.world import World
from tours.models import Proposal
from venues.models import User

pytestmark = pytest.mark.usefixtures("season_is_open")
CHANGING = sorted((route, method) for route, method in routes() if method not in {"GET", "HEAD"})
#: Whose answer is not kept, because it holds a secret.
SECRET = {"api-tokens"}
#: They name something that has a version, and only add to it, or change what has a version of its own in the body.
ADDING = {
    "api-booking-crew",
    "api-booking-crew-ask",
    "api-booking-wanted-workshops",
    "api-booking-workshops",
    "api-residency-sub-events",
    "api-tour-propose",
    "api-tour-offers",
}
#: They change something that has a version.
VERSIONED = sorted(
    (route, method)
    for route, method in CHANGING
    if route.startswith(
        (
            "api-allotment-",
            "api-application",
            "api-booking-",
            "api-checklist-",
            "api-subsidy-claim-",
            "api-crew-",
            "api-wish",
            "api-proposal-",
            "api-day",
            "api-residency-",
            "api-tour-",
            "api-workshop-",
        )
    )
    and route not in {"api-applications", "api-wishes", *ADDING}
)


def view_of(route: str) -> Any:
    return next(p.callback.cls for p in urls.urlpatterns if getattr(p, "name", None) == route)


class Program:
    """Calls one route again and again, as somebody whom the matrix lets do it."""

    def __init__(self, world: World, route: str, method: str) -> None:
        user, call = _allowed(world, route, method)
        self.client, self.method = caller(user), method
        self.address, self.body = reverse(route, args=call.args) + call.query, call.body or {}

    def send(self, body: Any = None, **headers: str) -> Any:
        call = getattr(self.client, self.method.lower())
        sent = self.body if body is None else body
        return call(self.address, sent, headers={k.replace("_", "-"): v for k, v in headers.items()})


def _allowed(world: World, route: str, method: str) -> tuple[User, Call]:
    if route == "api-token":  # the matrix has nobody who owns one
        return world.producer, Call((tokens.issue(world.producer, 1, OPEN)[0].token_key,))
    if route in matrix_of_schools.BY_PEDAGOGUE:
        user, key, body = matrix_of_schools.BY_PEDAGOGUE[route](world)
        return user, Call((key,), body=body)
    role = next(role for role, status in MATRIX[route, method].items() if 200 <= status < 300)
    return getattr(world, role), call_for(world, route, method)


@pytest.fixture
def program(world: World, request: pytest.FixtureRequest) -> Program:
    return Program(world, *request.param)


def rows() -> dict[str, int]:
    """How many rows each table has, but for the keys."""
    found = [model for model in apps.get_models() if model is not KeptAnswer]
    return {model.__name__: model._default_manager.count() for model in found}


each_route = pytest.mark.parametrize("program", CHANGING, ids="-".join, indirect=True)
each_versioned = pytest.mark.parametrize("program", VERSIONED, ids="-".join, indirect=True)


def refuses_another_body(program: Program) -> bool:
    """With the key that was sent before, without changing anything."""
    before = rows()
    answer = program.send({**program.body, "more": 1}, Idempotency_Key="k")
    return (answer.status_code, answer.json()["code"], rows()) == (422, "key_reused", before)


@pytest.mark.parametrize(
    "program", [pair for pair in CHANGING if pair[0] not in SECRET], ids="-".join, indirect=True
)
def test_a_request_with_a_key_is_done_once_and_answered_alike(program: Program) -> None:
    """The same again is answered as before; with another body it is refused."""
    first = program.send(Idempotency_Key="k")
    assert 200 <= first.status_code < 300, first.content
    before = rows()
    again = program.send(Idempotency_Key="k")
    assert rows() == before
    assert (again.status_code, again.content) == (first.status_code, first.content)
    heads = [[answer.get(name) for name in ("Location", "ETag", "Content-Type")] for answer in (first, again)]
    assert (heads[0], again["Idempotency-Replayed"]) == (heads[1], "true")
    assert refuses_another_body(program)


@pytest.mark.parametrize(
    "program", [pair for pair in CHANGING if pair[0] in SECRET], ids="-".join, indirect=True
)
def test_a_key_of_a_secret_answer_is_good_for_one_request(program: Program) -> None:
    program.send(Idempotency_Key="k")
    assert refuses_another_body(program)


@pytest.mark.parametrize("program", VERSIONED, ids="-".join, indirect=True)
def test_only_over_the_version_that_stands_is_anything_changed(program: Program) -> None:
    """Without a version, and over another one, nothing is."""
    before = rows()
    known = program.client.defaults.pop("HTTP_IF_MATCH")
    answer = program.send()
    assert (answer.status_code, answer.json()["code"], rows()) == (428, "if_match_missing", before)
    program.client.defaults["HTTP_IF_MATCH"] = known
    answer = program.send(If_Match='"0"')
    assert (answer.status_code, answer.json()["code"], rows()) == (412, "stale", before)
    assert program.send(If_Match=answer["ETag"]).status_code in {200, 202}


@pytest.mark.parametrize(("route", "method"), CHANGING, ids="-".join)
def test_the_schema_says_so(route: str, method: str) -> None:
    path = "/api/v1/" + re.sub(r"<\w+:(\w+)>", r"{\1}", address_of(route)).replace("{pk}", "{id}")
    described = operations()[f"{method} {path}"]
    heads = {
        part["name"]: part.get("required", False)
        for part in described["parameters"]
        if part["in"] == "header"
    }
    expected = {"Idempotency-Key": False} | ({"If-Match": True} if (route, method) in VERSIONED else {})
    assert heads == expected
    refusals = {"409", "422"} | ({"412", "428"} if (route, method) in VERSIONED else set())
    assert refusals <= set(described["responses"])


def test_whatever_has_a_version_is_asked_for_it() -> None:
    """No changing route names a row with a version, and is not in the list above."""
    versioned = {
        model for model in apps.get_models() if "version" in {f.name for f in model._meta.get_fields()}
    }
    found = {pair for pair in CHANGING if named_by(pair[0]) & (versioned | {Proposal})}
    assert found - {(route, "POST") for route in ADDING} == set(VERSIONED)


def named_by(route: str) -> set[Any]:
    """What kind of row a route names in its address."""
    view = view_of(route)
    if "<" not in address_of(route) or not issubclass(view, GenericAPIView):
        return set()
    view = view(kwargs={}, request=SimpleNamespace(user=AnonymousUser()))
    return {view.get_queryset().model}


def address_of(route: str) -> str:
    return next(address for address, _view, name in urls.ROUTES if name == route)
