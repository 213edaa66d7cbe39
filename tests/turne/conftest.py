"""What the tests of pages may use besides."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.bookings.visits import NOW
from tests.turne.pages import BEFORE_THE_TOUR
from tests.world import World


@pytest.fixture
def before_the_tour(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The world's tour lies ahead, and its season is closed for wishes."""
    monkeypatch.setattr(timezone, "now", lambda: BEFORE_THE_TOUR)
    return BEFORE_THE_TOUR


@pytest.fixture
def in_january(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is 20 January 2027, when the feeds of `tests.bookings.visits` are read."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@pytest.fixture
def producer(world: World, as_user) -> Client:
    """The producer's browser, which reads English."""
    client = as_user(world.producer)
    client.cookies["django_language"] = "en"
    return client
