"""What the tests of pages may use besides."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.allotments import NOW as ANSWERING
from tests.bookings.visits import NOW
from tests.turne.pages import BEFORE_THE_TOUR
from tests.turne.pages import NOW as OPEN
from tests.world import World
from tours.models import Production
from venues.models import User


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
def in_the_open_season(monkeypatch: pytest.MonkeyPatch, settings) -> datetime:
    """The world's season takes wishes."""
    settings.SESSION_COOKIE_AGE = 10**8  # a session outlives the leaps of the clock
    monkeypatch.setattr(timezone, "now", lambda: OPEN)
    return OPEN


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the clock stand at another moment."""
    return lambda now: monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def production(world: World) -> Production:
    """One more production on the menu, not yet wished for."""
    found = make.ProductionFactory(ensemble=world.ensemble, title="Fjällfolk", slug="fjallfolk")
    make.RiderFactory(production=found)
    world.season.productions.add(found)
    return found


@pytest.fixture
def en(as_user, client: Client) -> Callable[[User], Client]:
    """Log in as somebody who reads English."""

    def log_in(user: User) -> Client:
        client.cookies["django_language"] = "en"
        return as_user(user)

    return log_in


@pytest.fixture
def producer(world: World, en: Callable[[User], Client]) -> Client:
    """The producer's browser, which reads English."""
    return en(world.producer)


@pytest.fixture
def while_schools_answer(monkeypatch: pytest.MonkeyPatch, settings) -> datetime:
    """The season's schools say what their grades can; it is not played yet."""
    settings.SESSION_COOKIE_AGE = 10**8  # a session outlives the leaps of the clock
    monkeypatch.setattr(timezone, "now", lambda: ANSWERING)
    return ANSWERING


@pytest.fixture
def officer(world: World, as_user) -> Client:
    """The culture officer's browser."""
    return as_user(world.officer)


@pytest.fixture
def coordinator(world: World) -> User:
    """Who coordinates the municipality of Krokom."""
    body = make.OrganisationFactory(
        name="Krokoms kommun", slug="krokoms-kommun", municipality=world.places["Krokom"].municipality
    )
    return make.MembershipFactory(organisation=body, role="coordinator").user
