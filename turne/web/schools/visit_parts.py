"""What the pages of a visit say beside the rest where a school receives: groups by show, the bell, the guide, after."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import checklists, class_feedback, evaluation, reporting, school_mail, school_visits
from bookings.models import Booking, VisitGroup
from bookings.models.booking import Status
from bookings.permissions import Person, can_answer, can_plan, organisations_of
from bookings.school_permissions import schools_at
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
        "changeover_min": booking.tour.production.rider.changeover_min if len(shows) > 1 and not over else 0,
        "guide": booking.tour.production.teacher_guide_url,
        "bell": "" if over else _bell(booking, now),
        "workshops": [
            {"row": row, "when": school_mail.when_text(row)}
            for row in booking.workshops.standing().with_ground()
        ],
        "may_ask": booking.status == Status.CONFIRMED and _may_ask(booking, user),
        "is_over": over,
        "evaluation": evaluation.of_visit(booking) if over and rows else None,
        "classes": _classes(rows, user, now) if over else [],
        "after": _after(booking, rows, user, now) if over and booking.status == Status.CONFIRMED else [],
        "may_change": is_side and school_visits.can_set(booking, now),
        "may_tell": is_side and school_visits.can_tell(booking, now) and bool(rows),
    }


def _may_ask(booking: Booking, user: Person) -> bool:
    """Whether one of the reader's schools may ask for a workshop, and does not wait for an answer."""
    waiting = booking.workshop_requests.waiting().values("school")
    return schools_at(user, booking).exclude(pk__in=waiting).exists()


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


def _after(booking: Booking, rows: Sequence[VisitGroup], user: Person, now: datetime) -> list[dict[str, Any]]:
    """What the school does when the visit is over, thing by thing, with its page and whether it is done."""
    if not can_answer(user, booking):
        return []
    groups_page = reverse("visit-groups", args=[booking.pk])
    told = [row for row in rows if row.came_count is not None]
    found = []
    if rows:
        found.append(
            {
                "text": _("Tell how many came from each group"),
                "url": groups_page,
                "is_done": len(told) == len(rows),
            }
        )
    if booking.outcome or reporting.is_open(booking, now):
        report = reverse("booking-report", args=[booking.pk])
        found.append({"text": _("Report the visit"), "url": report, "is_done": bool(booking.outcome)})
    own = [one for one in _classes(rows, user, now) if one["told"] or one["is_open"]]
    if own:
        answered = sum(bool(one["told"]) for one in own)
        words = _("Let the classes say what they thought: %(answered)d of %(all)d have answered")
        text = words % {"answered": answered, "all": len(own)}
        found.append(
            {
                "text": text,
                "url": groups_page,
                "is_done": answered == len(own),
            }
        )
    return found


def _bell(booking: Booking, now: datetime) -> str:
    """Whether the bell is off: "open" or "done" as the visit's list has it; empty where it is not on the list."""
    if booking.status != Status.CONFIRMED:
        return ""
    found = next((entry for entry in checklists.entries(booking, now) if entry.item.key == BELL), None)
    if found is None:
        return ""
    return "open" if found.item.state == checklists.State.OPEN else "done"
