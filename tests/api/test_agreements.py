"""What was confirmed, read by a program."""

import pytest
from django.utils import timezone

from bookings import agreements
from bookings.kept_facts import digest_of
from tests.agreements import DAY, NOW, confirmed, offered
from tests.api.callers import API, caller
from tests.checklists import fresh
from tests.world import World


@pytest.fixture(autouse=True)
def _before_the_tour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def test_every_version_with_its_facts(world: World) -> None:
    booking = confirmed(world)
    agreements.keep(fresh(booking), by=world.producer, now=NOW + DAY)
    second, first = caller(world.presenter).get(f"{API}/bookings/{booking.pk}/agreements").json()
    assert (second["number"], first["number"], first["is_whole"]) == (2, 1, True)
    assert digest_of(first["facts"]) == first["digest"]


def test_leads_to_the_pdf(world: World) -> None:
    booking = confirmed(world)
    [found] = caller(world.presenter).get(f"{API}/bookings/{booking.pk}/agreements").json()
    assert found["pdf_url"] == f"http://testserver/bokning/{booking.pk}/avtal/1/avtal.pdf"


def test_nothing_before_it_is_confirmed(world: World) -> None:
    answer = caller(world.producer).get(f"{API}/bookings/{offered(world).pk}/agreements")
    assert (answer.status_code, answer.json()) == (200, [])
