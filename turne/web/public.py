"""The public's pages: what is played where and when. Only published performances are ever shown here."""

from datetime import timedelta
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import feed_scopes
from bookings.models import Performance
from bookings.models.booking import Performances
from bookings.residencies import publishing
from programmes.retention import RULES
from tours.models import Season
from tours.windows import midnight
from turne.web import agenda, event_data, maps
from turne.web.calendars import subscribe_url, ways_to
from turne.web.form_fields import slug_in
from turne.web.listing import CalendarForm
from turne.web.maps import Shade, Stop
from turne.web.moved import follows_names
from turne.web.overview import (
    area_map,
    card,
    coming,
    counts,
    demo,
    grounds,
    municipality_rows,
    region_name,
    shown,
    stops,
)
from turne.web.particulars import access_facts, ages_text, languages_text, services_text
from turne.web.production_facts import sentence_case
from turne.web.residencies import open_events
from venues.dates import duration_text
from venues.models import Municipality, Organisation, Place, Venue

#: How many coming performances a page shows beside its own matter.
NEXT_COUNT = 3
#: How many days ahead the front page looks, and how many of them are called soon.
AHEAD, SOON = timedelta(days=30), timedelta(days=7)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What there is here, and what is played next."""
    now = timezone.now()
    municipalities = grounds()
    ahead = list(coming(now).filter(starts_at__lt=now + AHEAD))
    soon = [performance for performance in ahead if performance.starts_at < now + SOON]
    cards = soon[: 2 * NEXT_COUNT] or ahead[:NEXT_COUNT] or list(coming(now)[:NEXT_COUNT])
    title = _("Performances in the coming 30 days, by municipality")
    context = {
        "region_name": region_name(municipalities),
        "is_soon": bool(soon),
        "cards": [card(performance) for performance in cards],
        "open_seasons": Season.objects.served().open_at(now),
        "map": area_map(ahead, municipalities, title=title),
        "demo_notice": demo(cards),
    }
    return render(request, "public/home.html", context)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month or week of performances as a table or a list, filtered."""
    now, today = timezone.now(), timezone.localdate()
    municipalities = grounds()
    form = CalendarForm(request.GET, municipalities, today)
    asked = form.asked()
    performances = list(asked.choose(shown()).between(*asked.span()))
    context = {
        "asked": asked,
        "form": form,
        "region_name": region_name(municipalities),
        "weeks": agenda.weeks(asked, performances, municipalities, today),
        "today_url": f"{asked.on(today).url}#idag",
        "views": agenda.views(asked),
        "chips": agenda.chips(asked),
        "told": agenda.told(asked, municipalities),
        "count": len(performances),
        "summary": agenda.summary(performances),
        "subscribe_url": subscribe_url("municipality", asked.municipality),
        "later": None if performances else agenda.later(asked, now),
        "open_events": open_events.of_calendar(asked),
        "cards": [card(performance) for performance in asked.choose(coming(now))[:NEXT_COUNT]],
        "map": agenda.calendar_map(asked, performances, municipalities),
        "demo_notice": demo(performances),
    }
    return render(request, "public/calendar.html", context)


@require_safe
def region_map(request: HttpRequest) -> HttpResponse:
    """Everything that comes, or a whole season, on the map and as a table; `plats` marks one place instead."""
    municipalities, seasons = grounds(), list(Season.objects.served())
    season = next((season for season in seasons if season.slug == request.GET.get("sasong")), None)
    found = shown().filter(booking__tour__season=season) if season else coming(timezone.now())
    performances = list(found)
    place = Place.objects.filter(slug=slug_in(request.GET.get("plats"))).first()
    drawn = area_map(
        performances,
        municipalities,
        title=_("Performances by municipality and place"),
        stops=[Stop(place.name, place.lat, place.lon, "confirmed")] if place else stops(performances),
        roads=maps.roads(),
        has_beyond=True,
    )
    context = {
        "region_name": region_name(municipalities),
        "season": season,
        "place": place,
        "chips": agenda.season_chips(seasons, season, reverse("map"), _("Coming")),
        "map": drawn,
        "rows": municipality_rows(municipalities, performances),
        "total": sum(counts(performances).values()),
        "demo_notice": demo(performances),
    }
    return render(request, "public/map.html", context)


@require_safe
def performance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One performance: when, where, for whom, and how one gets in."""
    found = (
        shown()
        .select_related("booking__presenter__school")
        .prefetch_related("booking__tour__production__pictures")
    )
    performance = get_object_or_404(found, uid=uid)
    booking = performance.booking
    production, venue = booking.tour.production, booking.venue
    others = coming(timezone.now()).filter(booking__tour__production=production).exclude(pk=performance.pk)
    picture = next(iter(production.pictures.all()), None)
    context = {
        "performance": performance,
        "booking": booking,
        "production": production,
        "picture": picture,
        "event_data": event_data.script_of(
            performance, reverse("picture", args=[picture.pk]) if picture else ""
        ),
        "is_over": performance.ends_at < timezone.now(),
        "facts": _facts(performance),
        "stream_url": "" if booking.audience == "school" or booking.is_called_off else booking.stream_url,
        "presenter_url": _presenter_url(booking.presenter),
        "access": access_facts(venue),
        "others": [card(other) for other in others[:NEXT_COUNT]],
        "map": _venue_map(venue),
        "demo_notice": production.is_demo or venue.is_demo,
    }
    return render(request, "public/performance.html", context)


@require_safe
def performance_ics(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where the performance's calendar file used to be."""
    return redirect("feed-performance", uid=uid, permanent=True)


def _facts(performance: Performance) -> list[dict[str, Any]]:
    production = performance.booking.tour.production
    return [
        {"term": _("For"), "value": sentence_case(ages_text(production)), "sub": _audience(performance)},
        {"term": _("Length"), "value": duration_text(production.duration_min)},
        {"term": _("Language"), "value": sentence_case(languages_text(production)) or _("not stated")},
        {"term": _("Art form"), "value": sentence_case(production.get_art_form_display())},
        {"term": _("By"), "value": production.ensemble.name, "sub": production.ensemble.producer.name},
        {"term": _("Access services"), "value": sentence_case(services_text(performance.booking.services))},
        {"term": _("Please note"), "value": production.content_warnings},
    ]


def _audience(performance: Performance) -> str:
    return {
        "school": _("A school performance: it is not open to the public."),
        "family": _("A performance for families."),
    }.get(performance.booking.audience, "")


def _presenter_url(organisation: Organisation) -> str:
    page = "school-page" if hasattr(organisation, "school") else "presenter-page"
    return reverse(page, args=[organisation.slug])


def _venue_map(venue: Venue) -> dict[str, Any]:
    place = venue.place
    lat, lon = (
        (venue.lat, venue.lon) if venue.lat is not None and venue.lon is not None else (place.lat, place.lon)
    )
    title = _("%(place)s in %(municipality)s") % {"place": place, "municipality": place.municipality}
    shades = {place.municipality.code: Shade(level=2)}
    return maps.area_map(shades, title=title, stops=[Stop(place.name, lat, lon)], has_beyond=False, named=())


@require_safe
@follows_names("municipality")
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """What is played in a municipality, and an address to subscribe to."""
    municipality = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    hosts = Organisation.objects.filter(municipality=municipality)
    context = {
        "title": municipality.name,
        "eyebrow": _("Municipality in %(region)s") % {"region": municipality.region},
        "presenters": hosts.with_role(Organisation.Role.PRESENTER, Organisation.Role.LIBRARY),
        "schools": hosts.filter(school__isnull=False),
        "calendar_url": f"{reverse('calendar')}?kommun={slug}",
        "open_events": open_events.to_come(publishing.open_in(slug)),
        "map": maps.area_map({municipality.code: Shade(level=3)}, title=municipality.name, has_beyond=False),
    }
    return _institution(request, "municipality", slug, shown().in_municipality(slug), context)


@require_safe
@follows_names("presenter")
def presenter_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What a presenter shows, where, and an address to subscribe to."""
    return _host_page(request, "presenter", slug, feed_scopes.KINDS["presenter"].rows())


@require_safe
@follows_names("school")
def school_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes to a school, and an address to subscribe to."""
    return _host_page(request, "school", slug, feed_scopes.KINDS["school"].rows())


def _host_page(request: HttpRequest, kind: str, slug: str, hosts: "QuerySet[Organisation]") -> HttpResponse:
    host = get_object_or_404(hosts.select_related("municipality", "region"), slug=slug)
    venues = host.venues.open().with_ground()
    ground = host.municipality or host.region
    context = {
        "title": host.name,
        "eyebrow": (_("School in %(place)s") if kind == "school" else _("Presenter in %(place)s"))
        % {"place": ground},
        "municipality": host.municipality,
        "venues": [{"venue": venue, "access": access_facts(venue)} for venue in venues],
        "demo_notice": host.is_demo,
        "open_events": open_events.to_come(publishing.open_events().filter(residency__host=host)),
    }
    return _institution(request, kind, slug, shown().filter(booking__presenter=host), context)


def _institution(
    request: HttpRequest, kind: str, slug: str, performances: Performances, context: dict[str, Any]
) -> HttpResponse:
    """A page about somebody who shows performances: the coming ones, the latest, and the feed."""
    today = timezone.localdate()
    begins = midnight(today)
    ahead = list(performances.filter(starts_at__gte=begins))
    context |= {
        "kind": kind,
        "slug": slug,
        "days": agenda.by_day(ahead),
        "count": len(ahead),
        "today": today,
        "past": list(performances.standing().filter(starts_at__lt=begins).reverse()[:NEXT_COUNT]),
        **ways_to(kind, slug, context["title"]),
        "demo_notice": context.get("demo_notice") or demo(ahead),
    }
    return render(request, "public/institution.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the law on accessible digital public service asks for."""
    return render(request, "public/accessibility.html", {"report_address": _address()})


@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    """Where the facts come from, what is invented, and who sees what."""
    return render(
        request,
        "public/about_data.html",
        {"report_address": _address(), "region_name": region_name(grounds())},
    )


@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """What is kept of people, what for, and for how long."""
    return render(request, "public/personal_data.html", {"rules": RULES, "report_address": _address()})


def _address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
