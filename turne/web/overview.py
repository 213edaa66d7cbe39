"""What is played where, read and counted for the public's pages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Performance
from bookings.models.booking import Performances, Status
from turne.web import maps
from turne.web.listing import MONTH, Asked
from turne.web.maps import Shade, Stop
from turne.web.particulars import tags, where_text
from venues.dates import clock, short_day_text, week_text
from venues.models import Municipality

Cards = list[dict[str, Any]]


def shown() -> Performances:
    """Everything that may be shown here, in order of time, with all that a page writes."""
    return Performance.objects.public().listed().order_by("starts_at", "uid")


def coming(now: datetime) -> Performances:
    """What has not begun and has not been cancelled."""
    return shown().standing().filter(starts_at__gte=now)


def grounds() -> list[Municipality]:
    """The municipalities of the regions that plan here."""
    return list(Municipality.objects.filter(region__is_served=True).select_related("region"))


def region_name(municipalities: Iterable[Municipality]) -> str:
    """The served region's name; several in a row."""
    return ", ".join(dict.fromkeys(municipality.region.name for municipality in municipalities))


def demo(performances: Iterable[Performance]) -> bool:
    """Whether something invented is among them, which the page then says."""
    return any(performance.booking.tour.production.is_demo for performance in performances)


def card(performance: Performance) -> dict[str, Any]:
    """A coming performance for `components/card.html`."""
    booking = performance.booking
    when = _("%(day)s at %(time)s") % {
        "day": short_day_text(performance.starts_at),
        "time": clock(performance.starts_at),
    }
    return {
        "title": booking.tour.production.title,
        "url": reverse("performance", args=[performance.uid]),
        "eyebrow": f"{when} · {week_text(performance.starts_at)}",
        "text": where_text(booking.venue),
        "tags": tags(performance),
    }


def counts(performances: Iterable[Performance]) -> Counter[str]:
    """How many are played in each municipality, by code; cancelled ones are not."""
    return Counter(
        performance.booking.venue.place.municipality.code
        for performance in performances
        if performance.booking.status == Status.CONFIRMED
    )


def area_map(
    performances: Iterable[Performance],
    municipalities: Sequence[Municipality],
    *,
    title: str,
    urls: dict[str, str] | None = None,
    current: Iterable[str] = (),
    **parts: Any,
) -> dict[str, Any]:
    """The municipalities shaded by how much is played in them; a click opens the calendar, or what `urls` says.

    Returns:
        The drawing and, as `steps`, the words of its scale.
    """
    count = counts(performances)
    levels, steps = maps.scale({m.code: count[m.code] for m in municipalities})
    shades = {
        m.code: Shade(
            level=levels[m.code],
            url=urls[m.code] if urls else f"{reverse('calendar')}?kommun={m.slug}",
            name=f"{m.name}: {_performances_text(count[m.code])}",
            is_current=m.code in current,
        )
        for m in municipalities
    }
    return {**maps.area_map(shades, title=title, **{"has_beyond": False, **parts}), "steps": steps}


def _performances_text(count: int) -> str:
    return ngettext("%(count)d performance", "%(count)d performances", count) % {"count": count}


def stops(performances: Iterable[Performance]) -> list[Stop]:
    """A dot for each place, the one with most performances first."""
    standing = [p.booking.venue.place for p in performances if p.booking.status == Status.CONFIRMED]
    places = {place.pk: place for place in standing}
    return [
        Stop(places[pk].name, places[pk].lat, places[pk].lon, number=count)
        for pk, count in Counter(place.pk for place in standing).most_common()
    ]


def municipality_rows(municipalities: Sequence[Municipality], performances: Sequence[Performance]) -> Cards:
    """Each municipality with how many come to it, to which places, and where the calendar shows the first."""
    first: dict[str, Performance] = {}
    places: dict[str, list[str]] = defaultdict(list)
    for performance in performances:
        place = performance.booking.venue.place
        if performance.booking.status == Status.CONFIRMED:
            first.setdefault(place.municipality.code, performance)
            places[place.municipality.code].append(place.name)
    return [
        {
            "municipality": municipality,
            "count": len(places[municipality.code]),
            "places": list(dict.fromkeys(places[municipality.code])),
            "first": first.get(municipality.code),
            "url": _calendar_url(municipality, first.get(municipality.code)),
        }
        for municipality in municipalities
    ]


def _calendar_url(municipality: Municipality, first: Performance | None) -> str:
    """The calendar of the municipality, opened where something is played."""
    day = timezone.localdate(first.starts_at if first else timezone.now())
    return Asked(MONTH, day.replace(day=1), is_week=False, municipality=municipality.slug).url
