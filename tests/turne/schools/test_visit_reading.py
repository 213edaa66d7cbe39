"""A coordinator reads the page of a visit to a school of the municipality, and nothing beside it."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.stage import Stage, set_stage
from tests.world import World
from venues.models import User


@pytest.fixture
def stage(world: World) -> Stage:
    return set_stage(world)


@pytest.fixture
def visit(stage: Stage) -> int:
    """A visit to the school of Krokom."""
    stage.offered.presenter = stage.world.school
    stage.offered.venue = stage.world.school_venue
    stage.offered.save()
    return stage.offered.pk


def coordinator_in(world: World, place: str) -> User:
    body = make.OrganisationFactory(
        name=f"{place} kommun", slug=f"kommunen-{place}", municipality=world.places[place].municipality
    )
    return make.MembershipFactory(organisation=body, role="coordinator").user


READERS = [("Krokom", 200), ("Åre", 404)]


@pytest.mark.parametrize(("place", "status"), READERS)
def test_the_municipality_of_the_school_decides(
    stage: Stage, visit: int, as_user, place: str, status: int
) -> None:
    browser = as_user(coordinator_in(stage.world, place))
    assert browser.get(reverse("booking", args=[visit])).status_code == status


BESIDE = (
    "booking-calendar", "booking-price", "booking-settlement", "booking-settlement-csv", "booking-report",
    "booking-prepare", "booking-day", "booking-agreement", "booking-day-sheet", "booking-day-sheet-pdf",
)  # fmt: skip


@pytest.mark.parametrize("route", BESIDE)
def test_what_is_beside_the_page_is_closed(stage: Stage, visit: int, as_user, route: str) -> None:
    browser = as_user(coordinator_in(stage.world, "Krokom"))
    assert browser.get(reverse(route, args=[visit])).status_code == 404


@pytest.mark.parametrize("step", ["confirm", "decline", "withdraw", "cancel"])
def test_nothing_can_be_done_there(stage: Stage, visit: int, as_user, step: str) -> None:
    browser = as_user(coordinator_in(stage.world, "Krokom"))
    assert browser.post(reverse("booking-act", args=[visit, step])).status_code == 404


def test_the_page_leads_to_nothing_that_is_closed(stage: Stage, visit: int, as_user) -> None:
    browser = as_user(coordinator_in(stage.world, "Krokom"))
    response = browser.get(reverse("booking", args=[visit]))
    page = response.content.decode()
    assert not response.context["actions"]
    assert [route for route in BESIDE if reverse(route, args=[visit]) in page] == []


def test_a_visit_to_no_school_is_not_theirs(stage: Stage, as_user) -> None:
    browser = as_user(coordinator_in(stage.world, "Krokom"))
    stage.offered.presenter = stage.world.neighbouring
    stage.offered.save()
    assert browser.get(reverse("booking", args=[stage.offered.pk])).status_code == 404
