"""A school's visit, show by show: when one arrives, is seated and sees it, which groups come, and what some need."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from bookings import needs, school_visits
from bookings.entries import before_show
from bookings.models import Booking, VisitGroup
from venues.models import Organisation


def shows(
    booking: Booking, rows: Sequence[VisitGroup], everybody: Sequence[VisitGroup] | None = None
) -> list[dict[str, Any]]:
    """By show its moments and groups, for `schools/shows.html`.

    Args:
        rows: the groups that are shown.
        everybody: all that come, where not all are shown: who takes a seat.
    """
    left = school_visits.seats_left(booking, rows if everybody is None else everybody)
    found = []
    for show in booking.performances.all():
        before = before_show(show)
        there = [row for row in rows if row.show_number == show.number]
        found.append(
            {
                "show": show,
                "arrives_at": before.arrives_at,
                "seats_at": before.seats_at,
                "groups": there,
                "pupils": sum(row.pupils_count for row in there),
                "adults": sum(row.adults_count for row in there),
                "left": left[show.number],
            }
        )
    return found


def groups_texts(rows: Sequence[VisitGroup], *, guest_of: int) -> list[str]:
    """By show the groups with how many they are: "Show 1: 4A (26), 4B (26)"; a guest's with its school's name.

    Args:
        guest_of: the organisation that receives; groups of its own school go without the name.
    """
    found: dict[int, list[str]] = {}
    for row in rows:
        own = row.group.school.organisation_id == guest_of
        name = row.group.name if own else f"{row.group.school} {row.group.name}"
        found.setdefault(row.show_number, []).append(f"{name} ({row.heads_count})")
    return [
        _("Show %(number)d: %(groups)s") % {"number": number, "groups": ", ".join(names)}
        for number, names in sorted(found.items())
    ]


def needs_of(rows: Sequence[VisitGroup], seen: Sequence[Organisation] | None) -> list[dict[str, Any]]:
    """What some in the groups need, in all; `seen`: whose groups the reader may know that of, None: all."""
    own = [row for row in rows if seen is None or row.group.school.organisation in seen]
    return [{"need": need.label, "count": count} for need, count in needs.sums(own)]
