"""The public's pages of residencies: what is going on, what comes and what was, and one with what is open to everybody.

Nothing private is read for them: no access needs, contacts, costs, days' plans or classes.
"""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.languages import in_language
from bookings.models import Performance, Residency, SubEvent
from bookings.residencies import news_words, publishing
from tours import repertoire
from tours.models import Production
from turne.web.calendars import ways_to
from turne.web.form_fields import slug_in
from turne.web.residencies import residency_data
from venues.dates import span_text

Row = dict[str, Any]
#: The sections in the order of the page.
ORDER = ("current", "coming", "earlier")


@require_safe
def public_residencies(request: HttpRequest) -> HttpResponse:
    """The list; ?kommun= and ?konstform= narrow it."""
    today = timezone.localdate()
    municipality, art_form = slug_in(request.GET.get("kommun")), slug_in(request.GET.get("konstform"))
    found = list(publishing.listed())
    shown = [
        one
        for one in found
        if (not municipality or one.place.municipality.slug == municipality)
        and (not art_form or one.art_form == art_form)
    ]
    grounds = sorted({one.place.municipality for one in found}, key=lambda ground: ground.name)
    forms = [form for form in Production.ArtForm if any(one.art_form == form for one in found)]
    context = {
        "sections": _sections(shown, today),
        "grounds": _chips("kommun", municipality, [(m.slug, m.name) for m in grounds], konstform=art_form),
        "forms": _chips(
            "konstform", art_form, [(f.value, capfirst(str(f.label))) for f in forms], kommun=municipality
        ),
        "is_narrowed": bool(municipality or art_form),
    }
    return render(request, "residencies/public_list.html", context)


@require_safe
def public_residency(request: HttpRequest, slug: str) -> HttpResponse:
    """One residency: who, where, when, and what one may come to."""
    residency = get_object_or_404(publishing.listed(), slug=slug)
    now = timezone.now()
    events = [row(event) for event in _events(residency)]
    context = {
        **card(residency, timezone.localdate(now)),
        "about": in_language(residency, "about"),
        "periods": [
            {
                "text": span_text(one.starts_on, one.ends_on),
                "uid": one.uid,
                "is_over": one.ends_on < timezone.localdate(now),
            }
            for one in residency.periods.all()
        ],
        "coming": [one for one in events if one["event"].ends_at > now],
        "past": [one for one in events if one["event"].ends_at <= now],
        **_came_of(residency, now),
        "event_data": residency_data.script_of(residency, [one["event"] for one in events]),
        **ways_to("residency", residency.slug, residency.title),
        "demo_notice": residency.host.is_demo,
    }
    return render(request, "residencies/public.html", context)


def _came_of(residency: Residency, now: datetime) -> Row:
    """Its production, once that is on a menu which anybody may read, and the tours of which something is published."""
    production = residency.production
    if production is None or not repertoire.seasons_shown(now).filter(productions=production).exists():
        return {"production": None, "tours": []}
    published = Performance.objects.public().filter(booking__tour__in=residency.tours.all())
    tours = residency.tours.filter(pk__in=published.values("booking__tour"))
    return {"production": production, "tours": tours.order_by("starts_on")}


def card(residency: Residency, today: date) -> Row:
    """A residency as the list and its page show it."""
    first_on, last_on = residency.first_on, residency.last_on  # type: ignore[attr-defined]
    return {
        "residency": residency,
        "title": in_language(residency, "title"),
        "days": "; ".join(span_text(one.starts_on, one.ends_on) for one in residency.periods.all()),
        "time": publishing.time_of(first_on, last_on, today),
        "is_off": residency.status == Residency.Status.CANCELLED,
    }


def row(event: SubEvent) -> Row:
    """A sub-event that is open to everybody."""
    return {
        "event": event,
        "title": in_language(event, "title"),
        "when": news_words.when(event),
        "where": news_words.where(event),
        "is_off": publishing.is_off(event),
    }


def _events(residency: Residency) -> list[SubEvent]:
    return list(publishing.open_events().filter(residency=residency))


def _sections(shown: list[Residency], today: date) -> list[Row]:
    headings = {"current": _("Going on now"), "coming": _("To come"), "earlier": _("Earlier")}
    cards = [card(one, today) for one in shown]
    by_time = {time: [one for one in cards if one["time"] == time] for time in ORDER}
    by_time["earlier"].reverse()  # what ended last stands first
    return [
        {"time": time, "heading": headings[time], "cards": by_time[time]} for time in ORDER if by_time[time]
    ]


def _chips(name: str, chosen: str, choices: list[tuple[str, str]], **kept: str) -> list[Row]:
    """One link for each choice and one for all of them; the other filter is kept."""
    others = {key: value for key, value in kept.items() if value}
    everything = {"label": _("All"), "url": f"?{urlencode(others)}", "current": not chosen, "count": None}
    narrowed = [
        {
            "label": label,
            "url": f"?{urlencode({**others, name: value})}",
            "current": value == chosen,
            "count": None,
        }
        for value, label in choices
    ]
    return [everything, *narrowed] if len(choices) > 1 or chosen else []
