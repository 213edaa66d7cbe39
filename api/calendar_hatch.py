"""The hatch in front of Django: a stored calendar that is right is handed out here, and everything else goes inside.

Calendar programs ask a thousand times for each time that something changed. Measured: an answer costs a third of what
it costs by way of Django's handler, signals and middlewares (docs/feeds.md). What is sent is the same.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.utils import timezone

from api.calendar_answers import PRIVATE, PUBLIC, VARY, About, Answer, of_stored
from api.feed_urls import WORDS
from bookings import feed_links, stored_feeds
from bookings.feeds import Address

Environ = dict[str, Any]
#: As the routes of `feed_urls` have it. What narrows a calendar (after "?") is understood inside.
_PATH = re.compile(rf"/ical/({'|'.join([*WORDS, 'privat'])})/([-a-zA-Z0-9_]+)\.ics")


class CalendarHatch:
    """A WSGI application around Django's. What it hands out stands in no log, like files: a line costs half as much."""

    def __init__(self, inside: Callable[..., Iterable[bytes]]) -> None:
        self.inside = inside
        self._security = SecurityMiddleware(lambda request: HttpResponse())
        self._added: dict[bool, dict[str, str]] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = _asked_here(environ)
        answer = None if request is None or self._is_led_on(request) else _stored(environ)
        if request is None or answer is None:
            return self.inside(environ, start_response)
        headers = {**self._secure(request), **answer.headers, "Vary": VARY}
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(headers.items()))
        return [answer.body]

    def _is_led_on(self, request: HttpRequest) -> bool:
        """Whether it is sent on to https, or refused because its host is not ours: inside both are answered."""
        try:
            return self._security.process_request(request) is not None
        except SuspiciousOperation:
            return True

    def _secure(self, request: HttpRequest) -> dict[str, str]:
        """What Django's middleware adds to every answer; it depends on nothing but whether the line is encrypted."""
        is_secure = bool(request.is_secure())
        if is_secure not in self._added:
            bare = HttpResponse()
            del bare["Content-Type"]
            self._added[is_secure] = dict(self._security.process_response(request, bare).items())
        return self._added[is_secure]


def _asked_here(environ: Environ) -> HttpRequest | None:
    """The request, if it is to read a calendar with nothing that narrows it."""
    is_plain = environ["REQUEST_METHOD"] in {"GET", "HEAD"} and not environ.get("QUERY_STRING")
    is_here = is_plain and not environ.get("SCRIPT_NAME") and environ["PATH_INFO"].startswith("/ical/")
    return WSGIRequest(environ) if is_here else None


def _stored(environ: Environ) -> Answer | None:
    """The answer from what is stored; None if that is not right any more, or can not be read."""
    found = _PATH.fullmatch(environ["PATH_INFO"])
    if found is None:
        return None
    word, name = found.groups()
    connection.close_if_unusable_or_obsolete()
    # One that is broken is found out by reading: inside another one is opened.
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        if word == "privat":
            return _private(environ, name, timezone.now())
        return _public(environ, Address(WORDS[word], name), timezone.now())
    except Error:  # inside it is tried once more, logged, and answered in words
        return None
    finally:
        connection.close_if_unusable_or_obsolete()


def _public(environ: Environ, address: Address, now: datetime) -> Answer | None:
    found = stored_feeds.look(address, timezone.localdate(now))
    return found and of_stored(environ, found, About(f"{address.name}.ics", PUBLIC, now))


def _private(environ: Environ, token: str, now: datetime) -> Answer | None:
    """Once an hour it goes inside, where its use is noted."""
    seen = stored_feeds.look_private(token, timezone.localdate(now), now - feed_links.USE_NOTED_EVERY)
    if seen is None or seen.is_to_note:
        return None
    return of_stored(environ, seen.found, About("turne.ics", PRIVATE, now))
