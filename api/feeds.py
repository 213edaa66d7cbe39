"""Calendar feeds: plain views without negotiation, session or cookies, for programs that ask every few hours.

An error is never a 200: calendar programs take an empty calendar for the truth and delete everything.
"""

import gzip
import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps

import structlog
from django.conf import settings
from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from bookings import feeds
from bookings.models import Feed

log = structlog.get_logger("turne.feeds")
View = Callable[..., HttpResponse]
#: Seconds: how long an answer may be reused, and how long to wait after a failure.
MAX_AGE = 900
RETRY_AFTER = 300
#: A secret address must not be indexed, and must not travel on in a Referer.
SECRET = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


class WithoutCookies:
    """Keep cookies and languages from everything below /ical/, so that one answer serves everybody.

    Stands before the middlewares that know people: some answer even a broken cookie with a new one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/ical/"):
            return self.get_response(request)
        for name in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE"):
            request.META.pop(name, None)
        response = self.get_response(request)
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
        except Error as error:
            log.error("feed failed", exc_info=error)
            text = _("The calendar can not be read right now. Try again in a few minutes.")
            return _words(request, 503, text, {"Retry-After": str(RETRY_AFTER)})

    return answer


@feed_view
def public_feed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The published performances of a municipality, presenter, school, production, tour or region."""
    calendar = feeds.find_public(kind, slug)
    if calendar is None:
        return _words(request, 404, _("There is no calendar at this address."))
    headers = {"Cache-Control": f"public, max-age={MAX_AGE}"}
    return _calendar(request, calendar, f"{slug}.ics", headers)


@feed_view
def private_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Everything of one organisation, for whoever has the address."""
    feed = feeds.find_feed(token)
    if feed is None:
        return _words(request, 404, _("There is no calendar at this address."))
    if feed.revoked_at is not None:
        text = _("This calendar address has been revoked. Ask the one who gave it to you for a new one.")
        return _words(request, 410, text)
    headers = {"Cache-Control": f"private, max-age={MAX_AGE}", **SECRET}
    response = _calendar(request, feeds.private(feed), "turne.ics", headers)
    _mark_used(feed)
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: calendars too, because Google's calendar asks here first. Answer links, no."""
    return HttpResponse("User-agent: *\nAllow: /ical/\nDisallow: /svar/\n", content_type="text/plain")


def _calendar(
    request: HttpRequest, calendar: feeds.Calendar, file_name: str, headers: dict[str, str]
) -> HttpResponse:
    now = timezone.now()
    # Before the body: what changes in between then goes out with too old a date, never the reverse.
    changed_at = feeds.last_changed_at(now)
    body = feeds.assemble(calendar, now, settings.BASE_URL)
    etag = hashlib.sha256(body).hexdigest()[:32]
    headers |= {
        "Content-Type": "text/calendar; charset=utf-8",
        "Last-Modified": http_date(changed_at.timestamp()),
    }
    headers |= {"Content-Disposition": f'inline; filename="{file_name}"', "Content-Language": "sv"}
    if _takes_gzip(request):
        body = gzip.compress(body, mtime=0)
        etag += "-gzip"
        headers["Content-Encoding"] = "gzip"
    headers |= {"ETag": f'"{etag}"', "Content-Length": str(len(body))}
    if _has_it(request, headers["ETag"], changed_at):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)


def _has_it(request: HttpRequest, etag: str, changed_at: datetime) -> bool:
    """Whether the client has this very copy: tags compare weakly and win over dates (RFC 9110, 13.1)."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or etag in {tag.removeprefix("W/") for tag in parse_etags(tags)}
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(changed_at.timestamp()) <= since


def _takes_gzip(request: HttpRequest) -> bool:
    for choice in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _semicolon, weight = choice.partition(";")
        if coding.strip() in {"gzip", "x-gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _mark_used(feed: Feed) -> None:
    """Note the use. A calendar that can be read is given even when this can not be written."""
    try:
        with transaction.atomic():
            feeds.mark_used(feed, timezone.now())
    except Error as error:
        log.warning("feed use not noted", feed=feed.pk, exc_info=error)


def _words(
    request: HttpRequest, status: int, text: str, headers: dict[str, str] | None = None
) -> HttpResponse:
    """A sentence as plain text: the site's error pages look into the session, and that sets cookies."""
    body = b"" if request.method == "HEAD" else text.encode() + b"\n"
    headers = {**SECRET, **(headers or {})}
    return HttpResponse(body, status=status, content_type="text/plain; charset=utf-8", headers=headers)
