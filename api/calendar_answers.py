"""What is sent of a calendar: all of it, packed or not, or that the client has this very copy.

Works on what WSGI gives (`environ`, which is also a Django request's META), so that the view and the hatch in front of
Django say the same, byte by byte.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.http import http_date, parse_etags, parse_http_date_safe

from bookings import stored_feeds
from bookings.feeds import MAX_AGE_S
from bookings.stored_feeds import Found, Made

#: A secret address must not be indexed, and must not travel on in a Referer.
SECRET = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
#: What is said beside of a calendar that everybody may read, and of one for whoever has the link.
PUBLIC = {"Cache-Control": f"public, max-age={MAX_AGE_S}"}
PRIVATE = {"Cache-Control": f"private, max-age={MAX_AGE_S}", **SECRET}
#: What every calendar says of itself.
PLAIN = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Content-Language": "sv",
    "X-Content-Type-Options": "nosniff",
}
#: What every answer below /ical/ depends on, beside its address.
VARY = "Accept-Encoding"
Environ = Mapping[str, Any]


class Answer(NamedTuple):
    """200 with the calendar, or 304 without."""

    status: int
    headers: dict[str, str]
    body: bytes


class About(NamedTuple):
    """What an answer says that is not in the calendar: the name of its file, its further headers, and the moment."""

    file_name: str
    headers: Mapping[str, str]
    now: datetime


def of_stored(environ: Environ, found: Found, about: About) -> Answer | None:
    """The stored copy in the form that the client takes; None if another was stored in between."""
    packed = _takes_gzip(environ)
    headers = _headers(found, about, packed=packed)
    if _has_it(environ, found, headers["ETag"]):
        return Answer(304, headers, b"")
    body = stored_feeds.bytes_of(found, packed=packed)
    return None if body is None else _whole(environ, headers, body)


def of_made(environ: Environ, made: Made, about: About) -> Answer:
    """The copy that was made now."""
    packed = _takes_gzip(environ)
    headers = _headers(made.found, about, packed=packed)
    if _has_it(environ, made.found, headers["ETag"]):
        return Answer(304, headers, b"")
    return _whole(environ, headers, made.packed if packed else made.body)


def names(tags: str, tag: str) -> bool:
    """Whether an If-None-Match has the tag: they compare weakly (RFC 9110, 13.1.2)."""
    return tags.strip() == "*" or tag in {known.removeprefix("W/") for known in parse_etags(tags)}


def _whole(environ: Environ, headers: dict[str, str], body: bytes) -> Answer:
    headers["Content-Length"] = str(len(body))
    return Answer(200, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body)


def _headers(found: Found, about: About, *, packed: bool) -> dict[str, str]:
    headers = {
        **PLAIN,
        "Content-Disposition": f'inline; filename="{about.file_name}"',
        "ETag": f'"{found.etag}-gzip"' if packed else f'"{found.etag}"',
        **about.headers,
    }
    if packed:
        headers["Content-Encoding"] = "gzip"
    if found.modified_s <= about.now.timestamp():  # RFC 9110, 8.8.2.1: never later than the answer
        headers["Last-Modified"] = _date(found.modified_s)
    return headers


@lru_cache(1024)
def _date(moment_s: int) -> str:
    return http_date(moment_s)


def _has_it(environ: Environ, found: Found, tag: str) -> bool:
    """Whether the client has this very copy: tags win over dates (RFC 9110, 13.2.2)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return names(tags, tag)
    since = parse_http_date_safe(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and found.modified_s <= since


def _takes_gzip(environ: Environ) -> bool:
    for choice in environ.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        coding, _semicolon, weight = choice.partition(";")
        if coding.strip() in {"gzip", "x-gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
