"""A database that is away is a 503 that says when to come back."""

import json

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from tests.processes import PRODUCTION, run


def failing(error: Exception):
    def view(request):
        raise error

    return view


class AwayBeforeTheView:
    """As the session's middleware when the database is away."""

    def __init__(self, get_response):
        pass

    def __call__(self, request) -> HttpResponse:
        raise OperationalError("connection refused")


handler500 = "turne.web.outage.handle_500"
urlpatterns = [
    path("sida", failing(OperationalError("connection refused"))),
    path("stangd", failing(InterfaceError("connection already closed"))),
    path("api/v1/tours", failing(OperationalError("connection refused"))),
    path("fel", failing(ProgrammingError("syntax error"))),
    path("tabell", failing(OperationalError("no such table: x"))),
]


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/sida", "/stangd", "/api/v1/tours"])
def test_it_says_when_to_come_back(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (
        503,
        "30",
        "no-store",
    )


def test_people_get_a_page(visitor: Client) -> None:
    response = visitor.get("/sida")
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert b"<h1>" in response.content


def test_machines_get_a_problem(visitor: Client) -> None:
    response = visitor.get("/api/v1/tours")
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 503


@pytest.mark.parametrize("address", ["/fel", "/tabell"])
def test_our_own_faults_stay_500(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 500


def test_an_outage_before_the_view_is_a_503_too(visitor: Client, settings) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.AwayBeforeTheView"]
    assert visitor.get("/sida").status_code == 503


CODE = """
import django; django.setup()
from django.test import Client
visitor = Client(raise_request_exception=False, headers={"Host": "127.0.0.1:8000"})
for address in ["/healthz", "/readyz"]:
    print(visitor.get(address).status_code)
print(visitor.get("/ical/kommun/krokom.ics", secure=True).status_code)
"""


@pytest.mark.process
def test_with_a_database_that_really_is_away() -> None:
    """In production; the probes come over loopback, without TLS."""
    result = run("-c", CODE, **{**PRODUCTION, "DATABASE_URL": "postgres://turne@127.0.0.1:1/turne"})
    assert result.stdout.split() == ["200", "503", "503"], result.stderr
