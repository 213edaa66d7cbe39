"""The schema describes every route, every refusal, and what is really answered."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from api.problems import MEDIA_TYPE
from api.urls import ROUTES
from api.views.docs import document
from api.views.planner import EXAMPLE
from bookings import planning
from tests.agreements import held, offered
from tests.api.callers import API, caller, wish_document
from tests.api.documents import faults, operations
from tests.bookings.visits import visit
from tests.programmes.open_calls import published
from tests.world import World


def test_it_is_made_without_a_warning() -> None:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    assert out.getvalue().startswith("openapi: 3.1.0")


def test_every_route_is_in_it_once() -> None:
    described = {path.removeprefix(f"{API}/") for path in document()["paths"]} - {""}
    assert len(described) == len(ROUTES)


def test_every_operation_has_a_summary_and_describes_its_refusals() -> None:
    poor = [
        name
        for name, operation in operations().items()
        if not operation.get("summary") or not {"406", "429", "500", "503"} <= set(operation["responses"])
    ]
    assert poor == []


def test_every_refusal_is_a_problem() -> None:
    media = {
        kind
        for operation in operations().values()
        for status, response in operation["responses"].items()
        if int(status) >= 400
        for kind in response["content"]
    }
    assert media == {MEDIA_TYPE}


def test_what_needs_a_person_says_that_it_may_refuse() -> None:
    guarded = {name for name, operation in operations().items() if {} not in operation["security"]}
    assert {name for name in guarded if "401" not in operations()[name]["responses"]} == set()


def test_the_planners_own_schema_is_part_of_it() -> None:
    problem = document()["components"]["schemas"]["PlannerProblem"]
    assert list(Draft202012Validator(problem).iter_errors(EXAMPLE)) == []


def test_it_is_served_in_english(client: Any) -> None:
    answer = client.get(f"{API}/schema/?format=json", headers={"Accept-Language": "sv"})
    assert answer.json()["paths"]["/api/v1/tours"]["get"]["summary"] == "Tours that one may see"


LISTS = [
    "municipalities",
    "places",
    "organisations",
    "venues",
    "productions",
    "seasons",
    "calls",
    "wishes",
    "tours",
    "tours/{slug}/proposals",
    "bookings",
    "performances",
    "seasons/{season}/productions/{slug}/matches",
    "tokens",
]


@pytest.fixture
def rows(world: World) -> World:
    """Something in every list."""
    held(world)
    visit(world)
    published(world)
    planning.propose(world.tour, by=world.producer, seconds=1)
    return world


@pytest.mark.parametrize("path", LISTS)
def test_lists_are_as_promised(rows: World, path: str) -> None:
    slug = rows.production.slug if "matches" in path else rows.tour.slug
    address = path.format(slug=slug, season=rows.season.slug)
    answer = caller(rows.producer).get(f"{API}/{address}")
    assert answer.json()["count"] > 0
    assert faults(f"GET {API}/{path}", 200, answer.json()) == []


def _details(world: World) -> list[tuple[str, str]]:
    proposal = world.tour.proposals.get()
    booking = world.tour.bookings.get(status="held")
    return [
        ("", ""),
        ("me", "me"),
        ("municipalities/{slug}", f"municipalities/{world.venue.place.municipality.slug}"),
        ("places/{slug}", f"places/{world.venue.place.slug}"),
        ("organisations/{slug}", f"organisations/{world.school.slug}"),
        ("venues/{slug}", f"venues/{world.venue.slug}"),
        ("venues/{slug}/room", f"venues/{world.venue.slug}/room"),
        ("productions/{slug}", f"productions/{world.production.slug}"),
        ("seasons/{slug}", f"seasons/{world.season.slug}"),
        ("wishes/{id}", f"wishes/{world.wish.pk}"),
        ("tours/{slug}", f"tours/{world.tour.slug}"),
        ("proposals/{id}", f"proposals/{proposal.pk}"),
        ("bookings/{id}", f"bookings/{booking.pk}"),
        ("travel", f"travel?from={world.venue.place.slug}&to={world.neighbour_venue.slug}&on=2027-02-01"),
        ("planner/schema", "planner/schema"),
    ]


def test_single_things_are_as_promised(rows: World) -> None:
    client = caller(rows.producer)
    found = {
        path: faults(f"GET {API}/{path}", 200, client.get(f"{API}/{address}").json())
        for path, address in _details(rows)
    }
    assert found == dict.fromkeys(found, [])


def test_what_is_made_is_as_promised(world: World) -> None:
    booking = offered(world)
    calls = {
        f"POST {API}/tours/{{slug}}/propose": (world.producer, f"tours/{world.tour.slug}/propose", {}),
        f"POST {API}/bookings/{{id}}/confirm": (world.presenter, f"bookings/{booking.pk}/confirm", {}),
        f"POST {API}/tokens": (world.presenter, "tokens", {"days": 3}),
        f"POST {API}/planner/solve": (world.presenter, "planner/solve?seconds=0", EXAMPLE),
    }
    found = {}
    for name, (user, address, body) in calls.items():
        answer = caller(user).post(f"{API}/{address}", body)
        found[name] = faults(name, answer.status_code, answer.json())
    assert found == dict.fromkeys(calls, [])


@pytest.mark.parametrize(
    ("changes", "status"), [({"rank": 0}, 422), ({"organisation": "krokoms-skola"}, 403), ({"rank": 2}, 409)]
)
def test_refusals_are_as_promised(
    season_has_closed: Any, world: World, changes: dict[str, Any], status: int
) -> None:
    answer = caller(world.presenter).post(f"{API}/wishes", wish_document(world, **changes))
    assert answer.status_code == status
    assert faults(f"POST {API}/wishes", status, answer.json(), MEDIA_TYPE) == []
