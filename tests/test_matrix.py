"""Every page answers each kind of person as the matrix says, and no page is missing from it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.matrix import ARGS, PEOPLE, ROWS, Row
from tests.stage import Stage, set_stage
from tests.world import make_world
from venues.models import User

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker) -> Iterator[Stage]:
    """One of everything, for the whole module; each call is rolled back on its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield set_stage(make_world())
        transaction.set_rollback(True)


def page_names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all routes but the API's, which has a matrix of its own (tests/api/matrix.py)."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name)
        elif not str(pattern.pattern).startswith("api/"):
            yield from page_names(pattern.url_patterns)


def path_of(name: str, stage: Stage) -> str:
    """The address of the route in the stage; what it leads to is made if it takes some making."""
    return reverse(name, args=ARGS[name](stage) if name in ARGS else [])


def answer(client: Client, path: str, method: str) -> str:
    """The status, or "login" where the answer leads to the login page."""
    response = getattr(client, method)(path)
    to_login = response.status_code == 302 and response.headers["Location"].startswith(
        reverse("account_login")
    )
    return "login" if to_login else str(response.status_code)


def client_of(user: User | None) -> Client:
    """A fresh browser, logged in unless nobody is given."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method}-{row.name}")
def test_everybody_gets_what_the_matrix_says(row: Row, stage: Stage) -> None:
    found, before = [], transaction.savepoint()
    path = path_of(row.name, stage)
    for person in PEOPLE:
        mark = transaction.savepoint()
        found.append(answer(client_of(stage.person(person)), path, row.method))
        transaction.savepoint_rollback(mark)
    transaction.savepoint_rollback(before)
    assert dict(zip(PEOPLE, found, strict=True)) == dict(zip(PEOPLE, row.answers, strict=True))


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_has_no_row_is_refused(method: str, stage: Stage) -> None:
    listed = {row.name for row in ROWS if row.method == method}
    unlisted = sorted(set(page_names(get_resolver().url_patterns)) - listed)
    found = {}
    for name in unlisted:
        mark = transaction.savepoint()
        found[name] = answer(client_of(stage.world.producer), path_of(name, stage), method)
        transaction.savepoint_rollback(mark)
    assert found == dict.fromkeys(unlisted, "405")


def test_every_route_has_a_row() -> None:
    assert set(page_names(get_resolver().url_patterns)) - {row.name for row in ROWS} == set()


def test_no_row_names_a_route_that_is_gone() -> None:
    assert {row.name for row in ROWS} - set(page_names(get_resolver().url_patterns)) == set()
