"""Subscribing to a public calendar: which one, what narrows it, what is in it, and the ways to it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import feed_links, feed_scopes, feeds
from bookings.models import Performance
from tours.errors import Refused
from turne.web.calendar_stays import coming_stays
from turne.web.feed_kinds import BY_KEY, BY_WORD, KINDS, WhichForm, related
from turne.web.narrowing import NarrowForm, given_in
from turne.web.overview import demo
from turne.web.ways_in import Chosen, Links, Outlets, qr
from venues.models import Organisation

#: How many of a calendar's next entries the page shows.
PREVIEW_COUNT = 10


class Asked:
    """What the page's address asks for, and whether it leads to a calendar."""

    def __init__(self, request: HttpRequest) -> None:
        self.kind = BY_WORD.get(request.GET.get("vad", ""), KINDS[0])
        self.rows = list(related(self.kind))
        named = self._named(request.GET.get("vilken"))
        self.form = WhichForm(self.kind, self.rows, None if named is None else {"vilken": named})
        self.narrow = NarrowForm(given_in(request.GET))
        self.query = self.narrow.query() if self.narrow.is_valid() else ""
        self.chosen, self.calendar = self._find()

    @property
    def has_choice(self) -> bool:
        """Whether the kind has several rows to choose from."""
        return len(self.rows) > 1

    def _named(self, asked: str | None) -> str | None:
        """The row's name in the list; the only one is meant anyway, and one may be called as it was before."""
        if self.rows and not self.has_choice:
            return str(self.rows[0].slug)
        if not asked or any(row.slug == asked for row in self.rows):
            return asked
        row = feed_scopes.row_of(self.kind.key, asked)
        return str(row.slug) if row else asked

    def _find(self) -> tuple[Chosen | None, feeds.Calendar | None]:
        if not self.narrow.is_valid() or not self.form.is_valid():
            return None, None
        slug = self.form.cleaned_data["vilken"]
        try:
            calendar = feeds.find_public(self.kind.key, slug, feed_scopes.selection(self.query))
        except Refused as refusal:
            self.narrow.add_error(None, str(refusal.sentence))
            return None, None
        return Chosen(self.kind, slug, self.query), calendar


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """Choose a public calendar, see what is in it, and get its address; htmx asks for what is chosen alone."""
    asked = Asked(request)
    context: dict[str, Any] = {
        "asked": asked,
        "kind": asked.kind,
        "form": asked.form,
        "narrow": asked.narrow,
        "chips": _chips(asked),
        "is_empty": not asked.rows,
        "keeps_links": bool(feed_links.keeps(request.user)),
        **_shown(asked),
    }
    is_part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    response = render(request, f"calendars/{'chosen' if is_part else 'subscribe'}.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """A page to print for the staff room: the code to scan, the address in words, and how it is done."""
    asked = Asked(request)
    if asked.chosen is None or asked.calendar is None:
        return redirect(f"{reverse('subscribe')}?{request.GET.urlencode()}")
    context = {
        "language": get_language(),
        "title": asked.calendar.name,
        "author": "Turne",
        "body_class": "poster",
        "is_page": True,
        "is_pdf_made": False,
        "back_url": f"{reverse('subscribe')}?{asked.chosen.asked}",
        "back_label": _("Back"),
        "links": Links(asked.chosen.feed, asked.calendar.name),
        "page": asked.chosen.page,
        "qr": qr(asked.chosen.page),
        "told": told(asked.narrow),
    }
    return render(request, "calendars/sheet.html", context)


@require_safe
def short(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The short address of a presenter's or a school's subscription page, for posters."""
    row = feed_scopes.row_of(kind, slug)
    if row is None:
        raise Http404
    return redirect(subscribe_url(kind, row.slug))


def subscribe_url(kind: str, slug: str) -> str:
    """The page with the ways into calendar programs; without a slug it asks which one."""
    address = reverse("subscribe")
    return f"{address}?{Chosen(BY_KEY[kind], slug).asked}" if slug else address


def ways_to(kind: str, slug: str, name: str) -> dict[str, Any]:
    """What a page about somebody says of its calendar."""
    chosen = Chosen(BY_KEY[kind], slug)
    return {
        "links": Links(chosen.feed, name),
        "subscribe_url": subscribe_url(kind, slug),
        "sheet_url": chosen.sheet,
        "outlets": Outlets(chosen, name),
    }


def calendars_of(houses: "QuerySet[Organisation]") -> list[dict[str, Any]]:
    """The calendars of one's own houses, for their page of the week."""
    found = []
    for house in houses.select_related("school").order_by("name"):
        kind = "school" if hasattr(house, "school") else "presenter"
        chosen = Chosen(BY_KEY[kind], house.slug)
        found.append({"name": house.name, "url": subscribe_url(kind, house.slug), "sheet_url": chosen.sheet})
    return found


def coming(calendar: feeds.Calendar) -> list[Performance]:
    """The next entries of a calendar."""
    now = timezone.now()
    return list(feeds.shown(calendar, now).listed().filter(ends_at__gt=now)[:PREVIEW_COUNT])


def told(narrow: NarrowForm) -> list[str]:
    """What a calendar is narrowed by, in words: "Art form: dance, theatre"."""
    lines = []
    for name, field in narrow.fields.items():
        value = narrow.cleaned_data.get(name)
        names = dict(getattr(field, "choices", []))
        if value:
            values = value if isinstance(value, list) else [value]
            lines.append(f"{field.label}: {', '.join(str(names.get(one, one)) for one in values)}")
    return lines


def _shown(asked: Asked) -> dict[str, Any]:
    """What is in the calendar and the ways to it, where there is one."""
    if asked.chosen is None or asked.calendar is None:
        return {}
    name, ahead = asked.calendar.name, coming(asked.calendar)
    return {
        "links": Links(asked.chosen.feed, name),
        "coming": ahead,
        "coming_stays": coming_stays(asked.calendar),
        "told": told(asked.narrow),
        "qr": qr(asked.chosen.page),
        "page": asked.chosen.page,
        "sheet_url": asked.chosen.sheet,
        "outlets": Outlets(asked.chosen, name),
        "demo_notice": demo(ahead),
    }


def _chips(asked: Asked) -> list[dict[str, Any]]:
    """The kinds as links, so that each choice has an address; what narrows stays."""
    address, rest = reverse("subscribe"), f"&{asked.query}" if asked.query else ""
    return [
        {"label": kind.label, "url": f"{address}?vad={kind.word}{rest}", "current": kind == asked.kind}
        for kind in KINDS
    ]
