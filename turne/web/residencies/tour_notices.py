"""What a residency's pages say of visits that its ensemble has in its days."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Residency
from bookings.residencies import tour_days
from venues.dates import short_day_text


def notices(residency: Residency) -> list[dict[str, Any]]:
    """Rows for `components/notice.html`; none where nothing lies in its days."""
    visits = tour_days.visits_in(residency)
    if not visits:
        return []
    words = ngettext(
        "The ensemble has %(count)d visit of another tour in these days.",
        "The ensemble has %(count)d visits of other tours in these days.",
        len(visits),
    )
    told = [
        _("%(venue)s %(day)s (%(tour)s)")
        % {
            "venue": visit.venue,
            "day": short_day_text(timezone.localdate(visit.starts_at)),
            "tour": visit.tour,
        }
        for visit in visits
    ]
    return [
        {
            "tone": "waits",
            "title": words % {"count": len(visits)},
            "text": "; ".join(told) + ". " + _("Both stand: a residency reserves nobody."),
        }
    ]
