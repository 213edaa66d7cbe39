"""One performance as a calendar of its own, to keep: the same bytes as in every feed, but it follows no change."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bookings import calendar_marks, ical, rendered
from bookings.models import Performance


class Kept(NamedTuple):
    """A calendar with one entry, and what its file is called."""

    body: bytes
    file_name: str


def keep(uid: UUID, now: datetime) -> Kept | None:
    """The performance's calendar; None where the public may not know of it."""
    calendar_marks.take_in()
    with transaction.atomic():
        found = Performance.objects.public().filter(uid=uid)
        performance = found.select_related("booking__tour__production").first()
        if performance is None:
            return None
        vevents = rendered.of_performances(found, "public", now)
    production = performance.booking.tour.production
    day = timezone.localdate(performance.starts_at)
    return Kept(ical.calendar(production.title, vevents), f"{production.slug}-{day}.ics")
