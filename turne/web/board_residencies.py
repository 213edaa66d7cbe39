"""What a board says of residencies of its ensemble in the same days; they reserve nobody, so it only says so."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.residencies import tour_days
from bookings.residencies.tour_days import Away, Stay
from turne.web.desk import Desk
from venues.dates import duration_text, short_day_text, span_text
from venues.models import Venue

Row = dict[str, Any]


def notice(desk: Desk) -> Row | None:
    """The residencies in the tour's days, and which visits lie in them, how far away."""
    stays = tour_days.stays_of(desk.tour)
    if not stays:
        return None
    words = ngettext(
        "%(ensemble)s has a residency in the days of the tour.",
        "%(ensemble)s has residencies in the days of the tour.",
        len({stay.residency.pk for stay in stays}),
    )
    told = [stay_text(stay) for stay in stays]
    hit = [away_text(one) for one in tour_days.away(stays, _visits(desk))]
    if hit:
        told.append(_("Visits in those days: %(visits)s.") % {"visits": "; ".join(hit)})
        told.append(_("They stand: a residency reserves nobody."))
    return {
        "tone": "waits" if hit else "info",
        "title": words % {"ensemble": desk.tour.production.ensemble},
        "text": " ".join(told),
    }


def stay_text(stay: Stay) -> str:
    """Where and when, and whether a plan keeps away from it."""
    found = {
        "title": stay.residency.title,
        "place": stay.residency.place,
        "days": span_text(stay.starts_on, stay.ends_on),
    }
    if stay.is_confirmed:
        return _("%(title)s in %(place)s, %(days)s: a new plan keeps these days free.") % found
    return _("%(title)s in %(place)s, %(days)s, is not confirmed yet.") % found


def away_text(one: Away) -> str:
    """A visit and its road to where the ensemble stays."""
    found = {"venue": one.venue, "day": short_day_text(one.on), "place": one.stay.residency.place}
    if one.drive_min is None:
        return _("%(venue)s %(day)s, without an open road from %(place)s") % found
    return _("%(venue)s %(day)s, %(time)s from %(place)s") % {**found, "time": duration_text(one.drive_min)}


def _visits(desk: Desk) -> list[tuple[Any, Venue]]:
    """The days and rooms of what the board plays."""
    if desk.course is None:
        return [(timezone.localdate(one.starts_at), one.venue) for one in desk.live.values()]
    venues = {f"w{pk}": wish.venue for pk, wish in desk.wishes.items()}
    venues |= {candidate: booking.venue for candidate, booking in desk.live.items()}
    return [
        (timezone.localdate(starts_at), venues[candidate])
        for candidate, starts_at in desk.course.starts().items()
        if candidate in venues
    ]
