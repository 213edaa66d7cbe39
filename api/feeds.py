"""Calendar feeds: plain views without negotiation, session or cookies, for programs that ask every few hours.

An error is never a 200: calendar programs take an empty calendar for the truth and delete everything.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import structlog
from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, get_resolver, reverse
from django.utils import timezone
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from bookings import feed_addresses, feed_links, one_entry, stored_feeds
from bookings.feed_scopes import canonical
from bookings.feeds import Address
from bookings.stored_feeds import Found
from tours.errors import Refused

log = structlog.get_logger("turne.feeds")
View = Callable[..., HttpResponse]
#: Seconds: how long an answer may be reused, and how long to wait after a failure.
MAX_AGE = 900
RETRY_AFTER = 300
#: A secret address must not be indexed, and must not travel on in a Referer.
SECRET = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
#: What every calendar says of itself.
PLAIN = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Content-Language": "sv",
    "X-Content-Type-Options": "nosniff",
}
URLCONF = "api.feed_urls"


class CalendarDoor:
    """Everything below /ical/ comes in here and goes past the middlewares that know people, languages and pages.

    So one answer serves everybody: some of them answer even a broken cookie with a new one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/ical/"):
            return self.get_response(request)
        try:
            view, args, kwargs = get_resolver(URLCONF).resolve(request.path_info)
        except Resolver404:
            response = _words(request, 404, _("There is no calendar at this address."))
        else:
            response = view(request, *args, **kwargs)
        response["Vary"] = "Accept-Encoding"
        return response


def feed_view(view: View) -> View:
    """Answer GET and HEAD only, and a database that fails with 503 and the time to come back."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return _words(request, 405, _("A calendar can only be read."), {"Allow": "GET, HEAD"})
        try:
            return view(request, **kwargs)
        except Refused as refusal:
            return _words(request, 400, str(refusal.sentence))
        except Error as error:
            log.error("feed failed", exc_info=error)
            text = _("The calendar can not be read right now. Try again in a few minutes.")
            return _words(request, 503, text, {"Retry-After": str(RETRY_AFTER)})

    return answer


@feed_view
def public_feed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The published performances of a municipality, school, production, ..., narrowed by what stands after "?"."""
    address = Address(kind, slug, canonical(request.GET.dict()))
    now = timezone.now()
    found = stored_feeds.look(address, timezone.localdate(now))
    copy = (found and _stored(request, found)) or _made(request, address, now)
    headers = {"Cache-Control": f"public, max-age={MAX_AGE}"}
    if copy is None:
        return _elsewhere(request, address) or _words(
            request, 404, _("There is no calendar at this address.")
        )
    return _sent(request, copy, f"{slug}.ics", headers, now)


@feed_view
def private_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the link with the token shows, for whoever has it."""
    now = timezone.now()
    headers = {"Cache-Control": f"private, max-age={MAX_AGE}", **SECRET}
    seen = stored_feeds.look_private(token, timezone.localdate(now), now - feed_links.USE_NOTED_EVERY)
    if seen:
        found, pk, is_to_note = seen
        stored = _stored(request, found)
        if stored:
            if is_to_note:
                _mark_used(pk, now)
            return _sent(request, stored, "turne.ics", headers, now)
    feed = feed_links.find_feed(token)
    if feed is None:
        return _words(request, 404, _("There is no calendar at this address."))
    if feed.revoked_at is not None:
        text = _("This calendar address has been revoked. Ask the one who gave it to you for a new one.")
        return _words(request, 410, text)
    made = _made(request, Address.read(feed.address), now)
    _mark_used(feed.pk, now)
    if made is None:
        return _words(request, 404, _("There is no calendar at this address."))
    return _sent(request, made, "turne.ics", headers, now)


@feed_view
def performance_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One published performance as a file to keep; it does not follow when the performance is moved."""
    kept = one_entry.keep(uid, timezone.now())
    if kept is None:
        return _words(request, 404, _("There is no calendar at this address."))
    tag = f'"{sha256(kept.body).hexdigest()[:32]}"'
    headers = {
        **PLAIN,
        "Content-Disposition": f'attachment; filename="{kept.file_name}"',
        "Cache-Control": f"public, max-age={MAX_AGE}",
        "ETag": tag,
    }
    if _names(request.headers.get("If-None-Match", ""), tag):
        return HttpResponse(status=304, headers=headers)
    headers["Content-Length"] = str(len(kept.body))
    return HttpResponse(b"" if request.method == "HEAD" else kept.body, headers=headers)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: calendars too, because Google's calendar asks here first. Answer links, no."""
    return HttpResponse("User-agent: *\nAllow: /ical/\nDisallow: /svar/\n", content_type="text/plain")


def _elsewhere(request: HttpRequest, address: Address) -> HttpResponse | None:
    """Where the calendar is now, if it was here once: programs that are told so for good keep the new address."""
    name = feed_addresses.moved_to(address.kind, address.name)
    if name is None:
        return None
    path = reverse(f"feed-{address.kind}", args=[name], urlconf=URLCONF)
    query = f"?{address.query}" if address.query else ""
    return HttpResponse(
        status=301, headers={"Location": path + query, "Cache-Control": f"public, max-age={MAX_AGE}"}
    )


class _Copy(NamedTuple):
    """What an answer is made of; no body where the client has this very copy."""

    found: Found
    is_packed: bool
    body: bytes | None


def _stored(request: HttpRequest, found: Found) -> _Copy | None:
    """The stored copy in the form that the client takes; None if another was stored in between."""
    is_packed = _takes_gzip(request)
    if _has_it(request, found, packed=is_packed):
        return _Copy(found, is_packed, None)
    body = stored_feeds.bytes_of(found, packed=is_packed)
    return None if body is None else _Copy(found, is_packed, body)


def _made(request: HttpRequest, address: Address, now: datetime) -> _Copy | None:
    """The copy that is made now, or None if there is no such calendar."""
    made = stored_feeds.make(address, now)
    if made is None:
        return None
    is_packed = _takes_gzip(request)
    has_it = _has_it(request, made.found, packed=is_packed)
    return _Copy(made.found, is_packed, None if has_it else made.packed if is_packed else made.body)


def _sent(
    request: HttpRequest, copy: _Copy, file_name: str, about: Mapping[str, str], now: datetime
) -> HttpResponse:
    headers = {**_headers(copy.found, file_name, packed=copy.is_packed, now=now), **about}
    if copy.body is None:
        return HttpResponse(status=304, headers=headers)
    headers["Content-Length"] = str(len(copy.body))
    return HttpResponse(b"" if request.method == "HEAD" else copy.body, headers=headers)


def _headers(found: Found, file_name: str, *, packed: bool, now: datetime) -> dict[str, str]:
    headers = {
        **PLAIN,
        "Content-Disposition": f'inline; filename="{file_name}"',
        "ETag": _tag(found, packed=packed),
    }
    if packed:
        headers["Content-Encoding"] = "gzip"
    if found.modified_s <= now.timestamp():  # RFC 9110, 8.8.2.1: never later than the answer
        headers["Last-Modified"] = http_date(found.modified_s)
    return headers


def _tag(found: Found, *, packed: bool) -> str:
    return f'"{found.etag}-gzip"' if packed else f'"{found.etag}"'


def _has_it(request: HttpRequest, found: Found, *, packed: bool) -> bool:
    """Whether the client has this very copy: tags compare weakly and win over dates (RFC 9110, 13.1)."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        return _names(tags, _tag(found, packed=packed))
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and found.modified_s <= since


def _names(tags: str, tag: str) -> bool:
    return tags.strip() == "*" or tag in {known.removeprefix("W/") for known in parse_etags(tags)}


def _takes_gzip(request: HttpRequest) -> bool:
    for choice in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _semicolon, weight = choice.partition(";")
        if coding.strip() in {"gzip", "x-gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _mark_used(pk: int, now: datetime) -> None:
    """Note the use. A calendar that can be read is given even when this can not be written."""
    try:
        with transaction.atomic():
            feed_links.mark_used(pk, now)
    except Error as error:
        log.warning("feed use not noted", feed=pk, exc_info=error)


def _words(
    request: HttpRequest, status: int, text: str, headers: dict[str, str] | None = None
) -> HttpResponse:
    """A sentence as plain text: the site's error pages look into the session, and that sets cookies."""
    body = b"" if request.method == "HEAD" else text.encode() + b"\n"
    headers = {**SECRET, **(headers or {})}
    return HttpResponse(body, status=status, content_type="text/plain; charset=utf-8", headers=headers)
