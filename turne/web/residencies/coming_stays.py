"""One's own residencies to come, as artist or host, in everybody's week."""

from datetime import datetime

from django.db.models import Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Residency
from bookings.residencies import permissions
from turne.web.my_week_sections import SHOWN, Row, Section
from venues.dates import span_text
from venues.models import User


def coming_stays(user: User, now: datetime) -> list[Section]:
    """Those that one stays in or receives and that are not over, the next first; nothing without any."""
    mine = Residency.objects.standing().filter(Q(artist=user) | Q(host__in=permissions.hosts_of(user)))
    days = mine.annotate(first=Min("periods__starts_on"), last=Max("periods__ends_on"))
    found = (
        days.filter(last__gte=timezone.localdate(now))
        .select_related("host", "place")
        .prefetch_related("periods")
    )
    rows = [_row(one) for one in found.order_by("first", "pk")]
    more = reverse("residencies"), _("All residencies")
    title = _("Residencies to come")
    return [Section(title, rows[:SHOWN], "", more, is_task=False, total=len(rows))] if rows else []


def _row(residency: Residency) -> Row:
    days = "; ".join(span_text(one.starts_on, one.ends_on) for one in residency.periods.all())
    return {
        "title": residency.title,
        "url": reverse("residency", args=[residency.pk]),
        "text": f"{residency.artist_name} · {residency.at}",
        "end": f"{days} · {residency.get_status_display()}",
    }
