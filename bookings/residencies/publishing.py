"""Whether everybody may know of a residency: the verbs, and what the public list has.

Both sides have agreed to the contract before it can be public, and either may take it off again at any time.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from bookings.models import Residency, SubEvent
from bookings.models.residency import SubEvents
from bookings.residencies import locking
from tours.errors import NotNow, Refused
from venues.models import Municipality, User


@transaction.atomic
def publish(residency: Residency, *, version: int, by: User, now: datetime) -> Residency:
    """Let everybody read of it, with its sub-events that are open to everybody.

    Raises:
        ItemChanged: somebody has changed it since that version.
        NotNow: it is public already, or both have not agreed to it.
        Refused: it says nothing of the work.
    """
    residency = locking.begin(residency, version)
    if residency.published_at:
        raise NotNow(_("It is public already."), residency=residency.pk)
    if residency.status != Residency.Status.CONFIRMED:
        raise NotNow(_("It can be public once host and artist have agreed to it."), residency=residency.pk)
    if not residency.about.strip():
        raise Refused(_("Say first what the work is about: that is what the public reads."), field="about")
    return _set(residency, now, "publish", by, now)


@transaction.atomic
def unpublish(residency: Residency, *, version: int, by: User, now: datetime) -> Residency:
    """Take it off the public pages and calendars.

    Raises:
        ItemChanged: somebody has changed it since that version.
        NotNow: it is not public.
    """
    residency = locking.begin(residency, version, with_cancelled=True)
    if residency.published_at is None:
        raise NotNow(_("It is not public."), residency=residency.pk)
    return _set(residency, None, "unpublish", by, now)


def listed() -> "QuerySet[Residency]":
    """The public residencies with `first_on` and `last_on`, the first and last day of their periods."""
    return (
        Residency.objects.public()
        .with_ground()
        .annotate(first_on=Min("periods__starts_on"), last_on=Max("periods__ends_on"))
        .filter(first_on__isnull=False)
        .order_by("first_on", "pk")
    )


def open_events() -> SubEvents:
    """The sub-events that everybody may know of, with what their pages show; cancelled ones among them."""
    found = SubEvent.objects.public().order_by("starts_at", "pk")
    return found.select_related(
        "venue__place__municipality__region",
        "residency__host",
        "residency__place__municipality__region",
    )


def open_in(municipality: Municipality | str) -> SubEvents:
    """The same in a municipality, which may be named by its slug: where the venue is, else the residency."""
    slug = municipality if isinstance(municipality, str) else municipality.slug
    there = Q(venue__place__municipality__slug=slug)
    return open_events().filter(there | Q(venue=None, residency__place__municipality__slug=slug))


def is_off(event: SubEvent) -> bool:
    """Whether it is not held: cancelled by itself, or with its residency."""
    return event.cancelled_at is not None or event.residency.status == Residency.Status.CANCELLED


def time_of(first_on: date, last_on: date, today: date) -> str:
    """ "coming", "current" or "earlier". Between two periods it is current."""
    if today < first_on:
        return "coming"
    return "current" if today <= last_on else "earlier"


def _set(
    residency: Residency, published_at: datetime | None, action: str, by: User, now: datetime
) -> Residency:
    residency.published_at = published_at
    return locking.write(residency, action, by, now, fields=["published_at"])
