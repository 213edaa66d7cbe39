"""A crew's calendar by the token of its class link: sent as every private calendar, until the school year ends."""

import pytest
from django.test import Client

from bookings import class_links
from tests.agreements import NOW
from tests.bookings.ical_reader import vevents
from tests.crews import hosted
from tests.world import World
from venues.models import CrewLink


@pytest.fixture(autouse=True)
def in_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def address(world: World) -> str:
    token = class_links.make_crew_link(hosted(world).crew, by=world.presenter, now=NOW)
    return f"/ical/privat/{token}.ics"


def test_it_is_a_calendar(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, len(vevents(response.content))) == (200, 2)
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("private, max-age=900", "no-referrer")


def test_who_has_this_copy_gets_no_other(client: Client, address: str) -> None:
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_that_it_was_read_is_noted(client: Client, address: str) -> None:
    client.get(address)
    assert CrewLink.objects.get().last_used_at == NOW


def test_taken_back_it_is_gone(client: Client, address: str) -> None:
    class_links.revoke_crew_link(CrewLink.objects.get().crew, now=NOW)
    assert client.get(address).status_code == 410


def test_the_school_year_ends_it(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: class_links.year_ends(NOW))
    assert client.get(address).status_code == 410


def test_a_token_of_nobody_is_not_found(client: Client, world: World) -> None:
    assert client.get("/ical/privat/abc.ics").status_code == 404
