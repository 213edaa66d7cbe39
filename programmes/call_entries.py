"""Public calls as a calendar: the last day to apply for each, as a whole day that takes nobody's time, in Swedish."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from bookings import ical
from programmes import call_words
from programmes.call_kinds import kinds
from programmes.models import Call
from venues.models import Region

#: So long after it has closed a call stays in the calendar. Source: the house's choice; who looks back finds it.
KEPT = timedelta(days=365)
NAME = "Utlysningar"


def calendar(now: datetime, region: Region | None = None) -> bytes:
    """All public calls, or those of a region, that closed no more than a year ago, in the order of their closing."""
    found = Call.objects.public().filter(closes_at__gt=now - KEPT)
    if region is not None:
        found = found.filter(region=region)
    calls = found.with_ground().order_by("closes_at", "pk")
    name = NAME if region is None else f"{NAME} i {region.name}"
    return ical.calendar(name, [ical.render_span(span_of(call), settings.BASE_URL) for call in calls])


def span_of(call: Call) -> ical.Span:
    """The last day on which one may apply: at midnight sharp the day before is the last."""
    last = timezone.localdate(call.closes_at - timedelta(seconds=1))
    published = call.published_at or call.opens_at
    since = [row.at for row in call.changes.all() if row.at > published]
    with translation.override("sv"):
        return ical.Span(
            uid=uuid5(NAMESPACE_OID, f"turne:call:{call.pk}"),
            sequence=len(since),
            status="cancelled" if call.withdrawn_at else "confirmed",
            starts_on=last,
            ends_on=last,
            created_at=published,
            changed_at=max([published, *since]),
            kind="Sista dag att söka",
            title=call.title,
            lines=_lines(call),
            where=", ".join(str(place) for place in call.places.all()),
            categories=(kinds()[call.kind].sv,),
            page=reverse("open-call", args=[call.slug]),
        )


def _lines(call: Call) -> tuple[str, ...]:
    """Until when to the minute, from whom, and what is given; why it was withdrawn."""
    opens, closes = call_words.from_until(call)
    return (
        *([call.withdrawn_why] if call.withdrawn_at else []),
        f"{kinds()[call.kind].sv}, {call.owner}.",
        f"Öppen {opens} till {closes}.",
        *call_words.given(call),
    )
