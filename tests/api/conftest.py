"""What the tests of the API may use besides."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import feed_links
from bookings.models import Feed, Performance
from tests.agreements import NOW
from tests.api.callers import OPEN
from tests.api.fed import HOUR, Clock
from tests.bookings.visits import STARTS_AT, visit
from tests.world import World


@pytest.fixture
def season_is_open(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is a day on which the small world's season takes wishes."""
    monkeypatch.setattr(timezone, "now", lambda: OPEN)
    return OPEN


@pytest.fixture
def season_has_closed(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is a day after the small world's season has closed, and before its tour."""
    now = OPEN + timedelta(days=28)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


@pytest.fixture
def before_the_tour(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """An hour after the visits of `tests.agreements` were made, and a good month before the tour."""
    now = NOW + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time at which feeds are read; a test may turn it."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def shown(world: World) -> Performance:
    """A published performance at the presenter, and one at the school."""
    visit(world, STARTS_AT + HOUR, presenter=world.school, venue=world.school_venue, audience="school")
    return visit(world)


@pytest.fixture
def secret(world: World) -> str:
    """The address of a private feed of the presenter."""
    _feed, token = feed_links.create_feed(
        feed_links.Whose(world.presenting, Feed.Scope.PRESENTER), "Vaktmästaren", world.presenter
    )
    return reverse("feed-private", args=[token])
