"""What a crew is told of the visit that it hosts: other times, another room or other shows, or that it is called off.

The mail goes to the crew's house, by its role address or its contacts, who pass it on: no crew has an address.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import crew_tasks, notices, school_mail
from bookings.models import Booking, CrewVisit
from venues.dates import clock, short_day_text

#: So many tasks stand in the mail, the others on the page. Source: the house's choice, what a telephone shows at once.
TASKS_MAX = 15


@dataclass(frozen=True)
class Seen:
    """What of a visit concerns its crew: from get-in to get-out and show by show when it is, and in which room."""

    occupied: tuple[datetime, datetime]
    shows: tuple[tuple[datetime, datetime], ...]
    venue: int


def seen(booking: Booking) -> Seen:
    """What concerns a crew of the visit as it is agreed now."""
    shows = booking.performances.order_by("number").values_list("starts_at", "ends_at")
    return Seen((booking.occupied_from, booking.occupied_to), tuple(shows), booking.venue_id)


def changed(booking: Booking, before: Seen | None, now: datetime) -> None:
    """The crew that hosts the visit hears when and where it is now; nobody where nothing of that has changed.

    Args:
        before: what concerned it before the step; None where the visit had been called off and is agreed anew.
    """
    visit = _visit_of(booking)
    if visit is not None and seen(visit.booking) != before:
        _tell("crew_changed", visit, now, partial(task_lines, visit))


def called_off(booking: Booking, reason: str, now: datetime) -> None:
    """The crew hears that the visit is cancelled or postponed, and why: nothing is to be done for it now."""
    visit = _visit_of(booking)
    if visit is not None:
        _tell("crew_off", visit, now, partial(_off_lines, visit, reason))


def task_lines(visit: CrewVisit) -> list[str]:
    """Which crew, and its tasks with their days and times, in the active language."""
    found = crew_tasks.tasks(visit)
    lines = [_crew_line(visit)]
    for task in found[:TASKS_MAX]:
        on = short_day_text(task.on)
        lines.append(f"{on} {clock(task.at)}: {task.text}" if task.at else f"{on}: {task.text}")
    if len(found) > TASKS_MAX:
        lines.append(_("%(count)d more stand on the page") % {"count": len(found) - TASKS_MAX})
    return lines


def _off_lines(visit: CrewVisit, reason: str) -> list[str]:
    return [_crew_line(visit), *([reason] if reason else [])]


def _crew_line(visit: CrewVisit) -> str:
    return _("Crew: %(crew)s") % {"crew": visit.crew}


def _visit_of(booking: Booking) -> CrewVisit | None:
    return CrewVisit.objects.with_ground().filter(booking=booking, left_at=None).first()


def _tell(kind: str, visit: CrewVisit, now: datetime, lines: Callable[[], Sequence[str]]) -> None:
    booking, house = visit.booking, visit.crew.organisation
    more = school_mail.facts(kind, booking, lambda: [{"text": line} for line in lines()])
    link = settings.BASE_URL + reverse("crew-visit", args=[booking.pk])
    notices.about_school(kind, booking, house, now, link, more)
