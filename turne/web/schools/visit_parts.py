"""What the pages of a visit say beside the rest where a school receives: groups by show, the bell, the guide, after."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from bookings import checklists, class_feedback, evaluation, school_mail, school_visits
from bookings.models import Booking, VisitGroup
from bookings.models.booking import LIVE, Status
from bookings.permissions import Person, can_answer, can_plan, organisations_of
from turne.web.schools import visit_shows
from venues.models import HOSTS

#: The item of the region's list by which the school bell is off.
BELL = "bell_off"


def parts(booking: Booking, user: Person, now: datetime | None = None) -> dict[str, Any] | None:
    """For `schools/visit_card.html`; None where no school receives."""
    if booking.audience != "school":
        return None
    now = now or timezone.now()
    rows = school_visits.rows_of(booking)
    is_side = can_plan(user, booking.tour) or can_answer(user, booking)
    over, shows = booking.occupied_to <= now, visit_shows.shows(booking, rows)
    return {
        "shows": shows,
        "has_groups": bool(rows),
        "needs": visit_shows.needs_of(rows, None if is_side else []),
        "changeover_min": booking.tour.production.rider.changeover_min if len(shows) > 1 else 0,
        "guide": booking.tour.production.teacher_guide_url,
        "bell": _bell(booking, now),
        "workshops": [
            {"row": row, "when": school_mail.when_text(row)}
            for row in booking.workshops.standing().with_ground()
        ],
        "is_over": over,
        "evaluation": evaluation.of_visit(booking) if over and rows else None,
        "classes": _classes(rows, user, now) if over else [],
        "may_change": is_side and booking.status in LIVE and not over,
        "may_tell": is_side and booking.status == Status.CONFIRMED and over and bool(rows),
    }


def _classes(rows: Sequence[VisitGroup], user: Person, now: datetime) -> list[dict[str, Any]]:
    """The classes for which the reader may tell what they thought."""
    own = set(organisations_of(user, *HOSTS).values_list("pk", flat=True))
    return [
        {
            "row": row,
            "told": getattr(row, "feedback", None),
            "is_open": not class_feedback.why_closed(row, now),
        }
        for row in rows
        if row.group.school.organisation_id in own
    ]


def _bell(booking: Booking, now: datetime) -> str:
    """Whether the bell is off: "open" or "done" as the visit's list has it; empty where it is not on the list."""
    if booking.status != Status.CONFIRMED:
        return ""
    found = next((entry for entry in checklists.entries(booking, now) if entry.item.key == BELL), None)
    if found is None:
        return ""
    return "open" if found.item.state == checklists.State.OPEN else "done"
