"""What a residency's pages say of visits that its ensemble has in its days."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Booking, Residency
from bookings.residencies import permissions, tour_days
from venues.dates import short_day_text


def notices(request: HttpRequest, residency: Residency) -> list[dict[str, Any]]:
    """Rows for `components/notice.html`; none where nothing lies in its days.

    Which visits these are is for the region and for whoever acts for the ensemble: they need not be public.
    """
    visits = tour_days.visits_in(residency)
    if not visits:
        return []
    words = ngettext(
        "The ensemble has %(count)d visit of another tour in these days.",
        "The ensemble has %(count)d visits of other tours in these days.",
        len(visits),
    )
    may_name = permissions.can_act_for_region(request.user, residency)
    may_name = may_name or permissions.can_answer_as_artist(request.user, residency)
    named = "; ".join(_named(visit) for visit in visits) + ". " if may_name else ""
    return [
        {
            "tone": "waits",
            "title": words % {"count": len(visits)},
            "text": named + _("Both stand: a residency reserves nobody."),
        }
    ]


def _named(visit: Booking) -> str:
    day = short_day_text(timezone.localdate(visit.starts_at))
    return _("%(venue)s %(day)s (%(tour)s)") % {"venue": visit.venue, "day": day, "tour": visit.tour}
