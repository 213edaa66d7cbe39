"""What the reader of a visit's page should know first: a closed room, a day without school, another room's facts."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import busy, practical, school_clashes, slots
from bookings.models import Booking
from bookings.models.booking import LIVE, Status
from bookings.residencies import tour_days
from turne.web import board_residencies

Row = dict[str, Any]


def notices(booking: Booking, steps: set[str], now: datetime, *, plans: bool = False) -> list[Row]:
    """The rows for `components/notice.html`.

    Args:
        steps: what the reader may do.
        plans: whether the reader plans the tour, and may know when its ensemble is busy.
    """
    if booking.status not in LIVE or booking.occupied_to <= now:
        return []
    found = [_busy(booking, plans), _residency(booking) if plans else None]
    if booking.status == Status.CONFIRMED:
        found = [_closed(booking, steps), _no_school(booking, steps), *found, _other_room(booking)]
    return [row for row in found if row]


def is_ended(booking: Booking) -> bool:
    """Whether it came to nothing for good: nothing is done about it any more."""
    return booking.status not in LIVE and booking.status != Status.POSTPONED and booking.open_counter is None


def _closed(booking: Booking, steps: set[str]) -> Row | None:
    reason = slots.why_closed(booking)
    if not reason:
        return None
    asks = "propose_change" in steps
    return {
        "tone": "error",
        "title": _("%(venue)s has been closed for this time since: %(reason)s.")
        % {"venue": booking.venue, "reason": reason},
        "text": _("The visit stands until you agree on another time or room, or cancel it."),
        "action_url": reverse("booking-act", args=[booking.pk, "propose_change"]) if asks else "",
        "action_label": _("Propose a change"),
    }


def _busy(booking: Booking, plans: bool) -> Row | None:
    names = busy.whose(booking, ensemble=plans)
    if not names:
        return None
    return {
        "tone": "waits",
        "title": _("Busy in own calendar at this time: %(who)s.") % {"who": ", ".join(names)},
        "text": _("What it is, is not known here. Ask whether the time can be used all the same."),
    }


def _residency(booking: Booking) -> Row | None:
    """The ensemble stays somewhere else that day; a residency reserves nobody."""
    stays = tour_days.stays_at(booking)
    if not stays:
        return None
    hit = tour_days.away(stays, [(timezone.localdate(booking.starts_at), booking.venue)])
    return {
        "tone": "waits",
        "title": _("The ensemble has a residency that day: %(what)s.")
        % {"what": ", ".join(str(one.stay.residency) for one in hit)},
        "text": "; ".join(board_residencies.away_text(one) for one in hit) + ".",
    }


def _no_school(booking: Booking, steps: set[str]) -> Row | None:
    found = school_clashes.visits_off([booking])
    if not found:
        return None
    asks = "propose_change" in steps
    return {
        "tone": "error",
        "title": (
            _("There is no school that day: %(why)s.")
            if found[0].is_day
            else _("The school can not receive it then: %(why)s.")
        )
        % {"why": found[0].off.text},
        "text": _("The visit stands until you agree on another time or room, or cancel it."),
        "action_url": reverse("booking-act", args=[booking.pk, "propose_change"]) if asks else "",
        "action_label": _("Propose a change"),
    }


def _other_room(booking: Booking) -> Row | None:
    room = practical.written_for(booking)
    if not room:
        return None
    return {
        "tone": "waits",
        "title": _("The practical facts were written for %(room)s.") % {"room": room},
        "text": _("The visit is in %(venue)s by now: see that parking and loading in are right.")
        % {"venue": booking.venue},
        "action_url": reverse("booking-prepare", args=[booking.pk]),
        "action_label": _("Practical facts"),
    }
