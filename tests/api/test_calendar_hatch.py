"""The hatch in front of Django: says of a stored calendar what Django says of it, and leaves everything else to it."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import OperationalError, close_old_connections, connection
from django.test import RequestFactory

from api.calendar_hatch import CalendarHatch
from bookings import stored_feeds
from bookings.models import Feed, Performance
from tests.api.fed import HOUR, OPEN, TOUR, Clock

pytestmark = pytest.mark.usefixtures("clock", "_connection_kept")


class Sent(NamedTuple):
    status: str
    headers: dict[str, str]
    body: bytes


class Doors:
    """The hatch and, inside, Django; `inside` counts who came that far."""

    def __init__(self) -> None:
        self.django = WSGIHandler()
        self.inside = 0
        self.hatch = CalendarHatch(self._count)

    def _count(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.inside += 1
        return self.django(environ, start_response)

    def ask(self, path: str, method: str = "GET", *, inside: bool = False, **headers: str) -> Sent:
        """What the hatch, or Django behind it, answers; without the request's own id."""
        environ = RequestFactory().generic(method, path, **headers).environ
        told: list[Any] = []
        body = (self.django if inside else self.hatch)(
            environ, lambda status, lines: told.extend([status, lines])
        )
        answered = b"".join(body)
        named = dict(told[1])
        assert len(named) == len(told[1])
        named.pop("X-Request-ID", None)
        return Sent(told[0], named, answered)


@pytest.fixture
def _connection_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test's transaction lives in the connection: neither door may close it."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@pytest.fixture
def doors(shown: Performance) -> Doors:
    doors = Doors()
    doors.ask(TOUR, inside=True)
    return doors


HEADERS = [
    {},
    {"HTTP_ACCEPT_ENCODING": "gzip"},
    {"HTTP_ACCEPT_ENCODING": "gzip;q=0, br"},
    {"HTTP_IF_NONE_MATCH": '"another"'},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 01 Jan 2035 00:00:00 GMT"},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 01 Jan 2001 00:00:00 GMT"},
    {"wsgi.url_scheme": "https"},
]


@pytest.mark.parametrize("headers", HEADERS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_it_says_what_django_says(doors: Doors, method: str, headers: dict[str, str]):
    said = doors.ask(TOUR, method, **headers)
    assert said == doors.ask(TOUR, method, inside=True, **headers)
    assert doors.inside == 0


@pytest.mark.parametrize("packed", [True, False])
def test_H08_the_tag_that_it_gave_is_answered_304(doors: Doors, packed: bool):
    accepted = {"HTTP_ACCEPT_ENCODING": "gzip"} if packed else {}
    tag = doors.ask(TOUR, **accepted).headers["ETag"]
    said = doors.ask(TOUR, HTTP_IF_NONE_MATCH=tag, **accepted)
    assert (said.status, said.body, said.headers["ETag"]) == ("304 Not Modified", b"", tag)
    assert said == doors.ask(TOUR, inside=True, HTTP_IF_NONE_MATCH=tag, **accepted)


def test_H27_a_private_link_is_answered_as_inside(doors: Doors, secret: str):
    doors.ask(secret)
    assert doors.inside == 1
    said = doors.ask(secret)
    assert (said, doors.inside) == (doors.ask(secret, inside=True), 1)
    assert said.headers["Referrer-Policy"] == "no-referrer"


def test_a_private_link_goes_inside_once_an_hour_where_its_use_is_noted(
    doors: Doors, secret: str, clock: Clock
):
    doors.ask(secret)
    clock.now += HOUR
    doors.ask(secret)
    doors.ask(secret)
    assert (doors.inside, Feed.objects.get().last_used_at) == (2, clock.now)


@pytest.mark.parametrize("address", OPEN.values())
def test_every_kind_is_made_inside_and_handed_out_then(doors: Doors, address: str):
    first = doors.ask(address)
    counted = doors.inside
    assert (doors.ask(address), doors.inside) == (first, counted)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", TOUR),
        ("OPTIONS", TOUR),
        ("GET", f"{TOUR}?grade=4"),
        ("GET", TOUR.replace("/turne/", "/rymden/")),
        ("GET", TOUR.removesuffix(".ics")),
        ("GET", f"{TOUR}%0a"),
        ("GET", "/ical/"),
        ("GET", "/ical/turne/nowhere.ics"),
        ("GET", "/robots.txt"),
    ],
)
def test_everything_else_goes_inside(doors: Doors, method: str, path: str):
    assert (doors.ask(path, method), doors.inside) == (doors.ask(path, method, inside=True), 1)


def test_a_calendar_that_changed_goes_inside(doors: Doors, shown: Performance):
    before = doors.ask(TOUR)
    shown.booking.tour.name = "Trumman och varen"
    shown.booking.tour.save()
    after = doors.ask(TOUR)
    assert doors.inside == 1
    assert (after.status, after.body == before.body) == ("200 OK", False)


def test_a_calendar_of_yesterday_goes_inside(doors: Doors, clock: Clock):
    clock.now += 24 * HOUR
    doors.ask(TOUR)
    assert doors.inside == 1


def test_an_unencrypted_line_is_sent_on_where_it_must_not_be(doors: Doors, settings):
    settings.SECURE_SSL_REDIRECT = True
    guarded = Doors()
    assert guarded.ask(TOUR).status == "301 Moved Permanently"
    assert guarded.ask(TOUR, **{"wsgi.url_scheme": "https"}).status == "200 OK"
    assert guarded.inside == 1


@pytest.mark.parametrize("host", ["evil.example", "a b"])
def test_a_host_that_is_not_ours_is_refused_inside(shown: Performance, settings: Any, host: str):
    """Where all is led on to https the host is looked at: whoever names another writes no traceback."""
    settings.SECURE_SSL_REDIRECT = True
    doors = Doors()
    assert doors.ask(TOUR, headers={"Host": host}).status == "400 Bad Request"
    assert doors.inside == 1


def test_a_database_that_fails_is_left_to_django(doors: Doors, monkeypatch: pytest.MonkeyPatch):
    def fails(*given: object) -> None:
        raise OperationalError

    monkeypatch.setattr(stored_feeds, "look", fails)
    assert doors.ask(TOUR).status == "503 Service Unavailable"
    assert doors.inside == 1
