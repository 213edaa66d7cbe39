"""Crews in words: the rows of a visit's tasks, how far it has come, and what a booking's page says of its crew."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import crew_invitations, crew_tasks, crews
from bookings.crew_tasks import Task
from bookings.models import Booking, CrewVisit
from bookings.models.booking import Status
from bookings.permissions import Person, can_answer
from turne.web.production_facts import sentence_case
from venues.dates import clock, moment_text, short_day_text
from venues.models import Crew, NetworkMeeting

Row = dict[str, Any]


def phases(visit: CrewVisit, now: datetime) -> list[Row]:
    """The visit's tasks before, on and after the day, each with its count and rows."""
    return [
        {
            "name": phase.value,
            "label": phase.label,
            "count": _of(crew_tasks.done_of(those)),
            "rows": [task_row(visit, task, now) for task in those],
        }
        for phase, those in crew_tasks.by_phase(crew_tasks.tasks(visit))
    ]


def task_row(visit: CrewVisit, task: Task, now: datetime) -> Row:
    """A task as `crews/tasks.html` and the run sheet show it."""
    return {
        "task": task,
        "name": task.name,
        "text": _("%(task)s (show %(number)d)") % {"task": task.text, "number": task.show}
        if task.show
        else task.text,
        "role": sentence_case(str(task.role.label)),
        "when": when_text(visit.booking, task),
        "is_done": task.is_done,
        "is_late": task.is_late(now) and not crew_tasks.is_void(visit),
        "nickname": task.tick.nickname if task.tick else "",
        "note": task.tick.note if task.tick else "",
        "version": task.version,
    }


def when_text(booking: Booking, task: Task) -> str:
    """ "by Wed 27 Jan", "10.15", or the day too where the task is on another than the visit's."""
    if task.at is None:
        return _("by %(day)s") % {"day": short_day_text(task.on)}
    if task.on == timezone.localdate(booking.starts_at):
        return clock(task.at)
    return f"{short_day_text(task.on)} {clock(task.at)}"


def progress_text(visit: CrewVisit) -> str:
    """ "3 of 12 done"."""
    done, total = crew_tasks.done_of(crew_tasks.tasks(visit))
    return _("%(done)d of %(total)d done") % {"done": done, "total": total}


def visit_row(visit: CrewVisit, url: str) -> Row:
    """A hosted visit in a list."""
    booking = visit.booking
    return {
        "title": booking.tour.production.title,
        "crew": visit.crew.name,
        "when": moment_text(booking.starts_at),
        "where": booking.venue.name,
        "progress": progress_text(visit),
        "void": void_text(visit),
        "url": url,
    }


def void_text(visit: CrewVisit) -> str:
    """Why nothing is to be done for the visit any more; empty while it stands."""
    if visit.left_at is not None:
        return _("The crew has left this visit. What was ticked is kept.")
    if visit.booking.status != Status.CONFIRMED:
        state = {"state": visit.booking.get_status_display()}
        return _("The visit is %(state)s: nothing is done now. What was ticked is kept.") % state
    return ""


def hosting(booking: Booking, user: Person, now: datetime) -> Row:
    """What the page of a visit says of its crew, and the crews that the reader may let take it."""
    visit = crews.visit_of(booking)
    keeps = can_answer(user, booking)
    is_ahead = booking.status == Status.CONFIRMED and booking.occupied_to > now
    chooses = keeps and is_ahead and visit is None
    asked = crew_invitations.open_for(booking, now) if visit is None and is_ahead else None
    own = Crew.objects.active().filter(organisation=booking.presenter_id)
    return {
        "visit": visit,
        "is_guest": bool(visit and visit.crew.organisation_id != booking.presenter_id),
        "asked": asked,
        "may_unask": bool(asked and keeps),
        "nearby": list(crew_invitations.nearby(booking)) if chooses and not asked else [],
        "progress": progress_text(visit) if visit else "",
        "url": reverse("crew-visit", args=[booking.pk]) if visit else "",
        "crews": list(own) if chooses else [],
        "may_leave": bool(visit and keeps and is_ahead),
    }


def people_text(crew: Crew) -> str:
    """ "7 pupils and 2 mentors, 12–15 years"."""
    return _("%(people)s, %(from)d–%(to)d years") % {
        "people": counted(crew.pupils_count, crew.mentors_count),
        "from": crew.age_from,
        "to": crew.age_to,
    }


def counted(pupils: int, mentors: int) -> str:
    """ "7 pupils and 2 mentors"."""
    return _("%(pupils)s and %(mentors)s") % {
        "pupils": ngettext("%(count)d pupil", "%(count)d pupils", pupils) % {"count": pupils},
        "mentors": ngettext("%(count)d mentor", "%(count)d mentors", mentors) % {"count": mentors},
    }


def meeting_rows(crew: Crew) -> list[Row]:
    """The meetings to come of the crew's region, with how many of the crew come."""
    said = {row.meeting_id: row for row in crew.signups.all()}
    meetings = NetworkMeeting.objects.filter(region=crew.organisation.region_id)
    rows = []
    for meeting in meetings.from_day(timezone.localdate()):
        mine = said.get(meeting.pk)
        coming = counted(mine.pupils_count, mine.mentors_count) if mine else ""
        rows.append({"meeting": meeting, "signup": mine, "coming": coming})
    return rows


def _of(counted: tuple[int, int]) -> str:
    return _("%(settled)d of %(total)d") % {"settled": counted[0], "total": counted[1]}


#: Action -> the line of history, by its details.
HAPPENED_WITH: dict[str, Callable[[dict[str, Any]], str]] = {
    "crew": lambda details: _("The crew %(crew)s hosts the visit") % details,
    "no_crew": lambda details: _("The crew %(crew)s does not host the visit any more") % details,
    "crew_asked": lambda details: _("The crew %(crew)s is asked to host the visit") % details,
    "crew_unasked": lambda details: _("The crew %(crew)s is asked no longer") % details,
    "crew_declined": lambda details: _("The crew %(crew)s does not come") % details,
}
