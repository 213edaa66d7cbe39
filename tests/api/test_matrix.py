"""Every route of the API answers every role as the matrix says, and no route is missing from it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, reverse

from api import urls
from tests.api.callers import caller, other_producer
from tests.api.matrix import MATRIX, ROLES, call_for
from tests.world import World

pytestmark = pytest.mark.usefixtures("season_is_open")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def routes() -> Iterator[tuple[str, str]]:
    """Name and method of every route; what is unknown answers every method the same."""
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        if pattern.name:
            view: Any = pattern.callback.cls
            found = [m for m in METHODS if hasattr(view, m.lower())]
            yield from ((pattern.name, method) for method in found or ["GET"])


def test_every_route_is_in_the_matrix() -> None:
    assert set(MATRIX) == set(routes())


@pytest.mark.parametrize(("route", "method"), sorted(MATRIX), ids=str)
def test_each_role_gets_its_answer(world: World, route: str, method: str) -> None:
    people = {**vars(world), "anonymous": None, "other_producer": other_producer()}
    call = call_for(world, route, method)
    found = {}
    for role in ROLES:
        with transaction.atomic():
            address = reverse(route, args=call.args) + call.query
            client = caller(people[role])
            sent = json.dumps(call.body or {})
            found[role] = client.generic(method, address, sent, "application/json").status_code
            transaction.set_rollback(True)
    assert found == MATRIX[route, method]
