"""A public calendar's next performances as lists for other sites: HTML to embed, JSON, Atom, RSS and JSON Feed.

The scopes and what narrows them are those of the .ics at the same name. Everybody gets the same answer, in Swedish.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, NamedTuple

from csp.decorators import csp_replace
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from bookings import feed_scopes, feeds, stored_feeds
from tours.errors import Refused
from tours.windows import midnight
from turne.web import moved
from turne.web.feed_kinds import BY_WORD
from turne.web.listed import Item, item_of, plain
from turne.web.overview import demo
from turne.web.ways_in import Chosen

#: How far a list looks, in days, and its most entries. Source: the house's choice: a term, and what one looks through.
DAYS_AHEAD, MOST = 100, 50
LANGUAGE = "sv"
#: Scripts of other sites may read what is public anyway.
OPEN = {"Access-Control-Allow-Origin": "*"}


class List(NamedTuple):
    """What a list says: whose it is, its performances in order of time, and when anything in it last changed."""

    chosen: Chosen
    title: str
    items: list[Item]
    updated: datetime
    is_demo: bool


View = Callable[..., HttpResponseBase]


def outlet(write: Callable[[List], HttpResponse]) -> View:
    """Answer GET and HEAD with the list written so, with tag and time; what is not there or wrong in plain words."""

    @require_safe
    @wraps(write)
    def answer(request: HttpRequest, word: str, slug: str) -> HttpResponseBase:
        with translation.override(LANGUAGE):
            try:
                found = _read(word, slug, feed_scopes.canonical(request.GET))
            except Refused as refusal:
                return _words(400, str(refusal.sentence))
            if found is None:
                return _elsewhere(request, word, slug) or _words(
                    404, _("There is no calendar at this address.")
                )
            response = write(found)
        tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        modified = int(found.updated.timestamp())
        headers = {
            "ETag": tag,
            "Cache-Control": f"public, max-age={feeds.MAX_AGE_S}",
            "Content-Language": LANGUAGE,
        }
        if modified <= timezone.now().timestamp():  # RFC 9110, 8.8.2.1: never later than the answer
            headers["Last-Modified"] = http_date(modified)
        for name, value in headers.items():
            response.headers[name] = value
        answered = get_conditional_response(request, tag, modified, response) or response
        for name in OPEN.keys() & response.headers.keys():  # Django keeps what caches ask for, and not this
            answered.headers[name] = response.headers[name]
        return answered

    return answer


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@outlet
def page(found: List) -> HttpResponse:
    """The list as a page to stand inside another."""
    return HttpResponse(render_to_string("calendars/embedded.html", found._asdict()))


@outlet
def as_json(found: List) -> HttpResponse:
    """The list as values, for a site that draws it itself."""
    return _json(
        {
            "title": found.title,
            "url": found.chosen.page,
            "updated": found.updated,
            "performances": [item.values() for item in found.items],
        }
    )


@outlet
def json_feed(found: List) -> HttpResponse:
    """The list for readers. Source: JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""
    items = [
        {
            "id": item.id,
            "url": item.url,
            "title": item.headline,
            "content_text": item.text,
            "date_published": item.published,
            "date_modified": item.updated,
            "tags": [item.art_form],
        }
        for item in found.items
    ]
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": found.title,
        "home_page_url": found.chosen.page,
        "feed_url": found.chosen.listed("jsonfeed"),
        "language": LANGUAGE,
        "items": items,
    }
    return _json(told, "application/feed+json")


@outlet
def atom(found: List) -> HttpResponse:
    """The list for readers. Source: RFC 4287."""
    return _syndicated(found, _Atom, "atom")


@outlet
def rss(found: List) -> HttpResponse:
    """The list for readers. Source: RSS 2.0, https://www.rssboard.org/rss-specification."""
    return _syndicated(found, _Rss, "rss")


class _Dated(SyndicationFeed):
    """A feed that says when it changed, not when it was asked for: the same list is the same bytes."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


class _Atom(_Dated, Atom1Feed):
    pass


class _Rss(_Dated, Rss201rev2Feed):
    pass


def _read(word: str, slug: str, query: str) -> List | None:
    """The list at the address as it is now.

    Its time is that of the stored .ics with the same name: that never goes back, also when something leaves it.

    Raises:
        Refused: what narrows it is not understood.
    """
    kind = BY_WORD.get(word)
    if kind is None or not kind.has_list:
        return None
    now, address = timezone.now(), feeds.Address(kind.key, slug, query)
    calendar = address.calendar()
    stored = stored_feeds.current(address, now) if calendar else None
    if calendar is None or stored is None:
        return None
    begins = midnight(timezone.localdate(now))
    ahead = feeds.shown(calendar, now).listed()
    shown = list(
        ahead.filter(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=DAYS_AHEAD))[:MOST]
    )
    return List(
        Chosen(kind, slug, query),
        plain(calendar.name),
        [item_of(performance) for performance in shown],
        max(datetime.fromtimestamp(stored.modified_s, UTC), begins.astimezone(UTC)),
        demo(shown),
    )


def _elsewhere(request: HttpRequest, word: str, slug: str) -> HttpResponse | None:
    kind = BY_WORD.get(word)
    return moved.elsewhere(request, kind.key, slug) if kind else None


def _syndicated(found: List, form: type[_Dated], name: str) -> HttpResponse:
    feed = form(
        title=found.title,
        link=found.chosen.page,
        description=_("Coming performances"),
        language=LANGUAGE,
        feed_url=found.chosen.listed(name),
        author_name="Turne",
        feed_guid=found.chosen.listed(name),
        updated=found.updated,
    )
    for item in found.items:
        feed.add_item(
            title=item.headline,
            link=item.url,
            description=_html(item.text),
            unique_id=item.id,
            unique_id_is_permalink=False,
            pubdate=item.published,
            updateddate=item.updated,
            categories=[item.art_form],
        )
    written = feed.writeString("utf-8")
    return HttpResponse(written, content_type=f"application/{name}+xml; charset=utf-8", headers=OPEN)


def _html(text: str) -> str:
    """Lines of plain text as HTML: Atom says that a summary is some, and readers of RSS take a description for it."""
    return "<br>".join(map(escape, text.split("\n")))


def _json(told: dict[str, Any], content_type: str = "application/json") -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(
        told, encoder=DjangoJSONEncoder, json_dumps_params=options, content_type=content_type, headers=OPEN
    )


def _words(status: int, text: str) -> HttpResponse:
    """A sentence as plain text: the site's own error pages may not stand in a frame."""
    headers = {"Content-Language": LANGUAGE, "X-Robots-Tag": "noindex"}
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)
