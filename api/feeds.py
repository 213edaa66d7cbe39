"""Calendar feeds: plain views without negotiation, session or cookies, for programs that ask every few hours.

An error is never a 200: calendar programs take an empty calendar for the truth and delete everything.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from uuid import UUID

import structlog
from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from api.calendar_answers import (
    PLAIN,
    PRIVATE,
    PUBLIC,
    SECRET,
    VARY,
    About,
    Answer,
    names,
    of_made,
    of_stored,
)
from bookings import class_links, feed_addresses, feed_links, one_entry, stored_feeds
from bookings.errors import LinkProblem
from bookings.feed_scopes import canonical
from bookings.feeds import KULTURCREW, Address, private_address
from tours.errors import Refused

log = structlog.get_logger("turne.feeds")
View = Callable[..., HttpResponse]
#: Seconds: how long to wait after a failure.
RETRY_AFTER = 300
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
            response = no_calendar(request)
        else:
            response = view(request, *args, **kwargs)
        response["Vary"] = VARY
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
    address = Address(kind, slug, canonical(request.GET))
    about = About(f"{slug}.ics", PUBLIC, timezone.now())
    found = stored_feeds.look(address, timezone.localdate(about.now))
    stored = found and of_stored(request.META, found, about)
    if stored:
        return _sent(stored)
    return _made(request, address, about) or _elsewhere(request, address) or no_calendar(request)


@feed_view
def private_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the link with the token shows, for whoever has it."""
    about = About("turne.ics", PRIVATE, timezone.now())
    seen = stored_feeds.look_private(
        token, timezone.localdate(about.now), about.now - feed_links.USE_NOTED_EVERY
    )
    stored = seen and of_stored(request.META, seen.found, about)
    if seen and stored:
        if seen.is_to_note:
            _mark_used(seen.link, about.now)
        return _sent(stored)
    feed = feed_links.find_feed(token)
    if feed is None:
        return _of_class_link(request, token, about)
    if feed.revoked_at is not None:
        text = _("This calendar address has been revoked. Ask the one who gave it to you for a new one.")
        return _words(request, 410, text)
    made = _made(request, Address.read(feed.address), about)
    _mark_used(feed.pk, about.now)
    return made or no_calendar(request)


@feed_view
def performance_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One published performance as a file to keep; it does not follow when the performance is moved."""
    return _file(request, one_entry.keep(uid, timezone.now()))


@feed_view
def sub_event_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same of what a public residency does at a time."""
    return _file(request, one_entry.keep_sub_event(uid, timezone.now()))


@feed_view
def residency_period_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same of the days of a public residency."""
    return _file(request, one_entry.keep_period(uid, timezone.now()))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: calendars too, because Google's calendar asks here first. Answer links, no."""
    return HttpResponse("User-agent: *\nAllow: /ical/\nDisallow: /svar/\n", content_type="text/plain")


def _file(request: HttpRequest, kept: one_entry.Kept | None) -> HttpResponse:
    if kept is None:
        return no_calendar(request)
    tag = f'"{sha256(kept.body).hexdigest()[:32]}"'
    headers = {
        **PLAIN,
        "Content-Disposition": f'attachment; filename="{kept.file_name}"',
        "ETag": tag,
        **PUBLIC,
    }
    if names(request.headers.get("If-None-Match", ""), tag):
        return HttpResponse(status=304, headers=headers)
    headers["Content-Length"] = str(len(kept.body))
    return HttpResponse(b"" if request.method == "HEAD" else kept.body, headers=headers)


def _of_class_link(request: HttpRequest, token: str, about: About) -> HttpResponse:
    """What a crew's class link shows as a calendar: the token of its page is that of its calendar."""
    try:
        link = class_links.crew_link_of(token, about.now)
    except LinkProblem as problem:
        if problem.code == "unknown":
            return no_calendar(request)
        return _words(request, 410, str(problem.sentence))
    address = private_address(KULTURCREW, link.crew_id)
    found = stored_feeds.look(address, timezone.localdate(about.now))
    stored = found and of_stored(request.META, found, about)
    response = _sent(stored) if stored else _made(request, address, about)
    _noted(lambda: class_links.mark_used(link, about.now))
    return response or no_calendar(request)


def _elsewhere(request: HttpRequest, address: Address) -> HttpResponse | None:
    """Where the calendar is now, if it was here once: programs that are told so for good keep the new address."""
    name = feed_addresses.moved_to(address.kind, address.name)
    if name is None:
        return None
    path = reverse(f"feed-{address.kind}", args=[name], urlconf=URLCONF)
    query = f"?{address.query}" if address.query else ""
    return HttpResponse(status=301, headers={"Location": path + query, **PUBLIC})


def _made(request: HttpRequest, address: Address, about: About) -> HttpResponse | None:
    """The copy that is made now, or None if there is no such calendar."""
    made = stored_feeds.make(address, about.now)
    return None if made is None else _sent(of_made(request.META, made, about))


def _sent(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers)


def _mark_used(pk: int, now: datetime) -> None:
    _noted(lambda: feed_links.mark_used(pk, now))


def _noted(write: Callable[[], None]) -> None:
    """Note the use. A calendar that can be read is given even when this can not be written."""
    try:
        with transaction.atomic():
            write()
    except Error as error:
        log.warning("feed use not noted", exc_info=error)


def no_calendar(request: HttpRequest) -> HttpResponse:
    """404, in a sentence."""
    return _words(request, 404, _("There is no calendar at this address."))


def _words(
    request: HttpRequest, status: int, text: str, headers: dict[str, str] | None = None
) -> HttpResponse:
    """A sentence as plain text: the site's error pages look into the session, and that sets cookies."""
    body = b"" if request.method == "HEAD" else text.encode() + b"\n"
    headers = {**SECRET, **(headers or {})}
    return HttpResponse(body, status=status, content_type="text/plain; charset=utf-8", headers=headers)
