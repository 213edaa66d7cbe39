"""What a crew is told of the visit that it hosts: other times, another room or other shows, or that it is called off;
and what it and another house tell each other of hosting there.

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
from bookings.models import Booking, CrewInvitation, CrewVisit
from venues.dates import clock, short_day_text
from venues.models import HOSTS, Crew, Organisation, User

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


def asked(invitation: CrewInvitation, now: datetime) -> None:
    """The crew's house hears that another house asks it to host a visit, and answers on the crew's page."""
    booking, crew = invitation.booking, invitation.crew
    link = settings.BASE_URL + reverse("crew", args=[crew.pk])
    _say("crew_asked", booking, crew, crew.organisation, booking.presenter, link, now)


def answered(invitation: CrewInvitation, now: datetime) -> None:
    """The house that asked hears whether the crew comes."""
    booking, crew = invitation.booking, invitation.crew
    kind = "crew_comes" if invitation.outcome == CrewInvitation.Outcome.ACCEPTED else "crew_does_not_come"
    link = settings.BASE_URL + reverse("booking", args=[booking.pk])
    _say(kind, booking, crew, booking.presenter, crew.organisation, link, now)


def unasked(invitation: CrewInvitation, now: datetime) -> None:
    """The crew's house hears that it is asked no longer."""
    _not_wanted(invitation.booking, invitation.crew, now)


def left(visit: CrewVisit, by: User, now: datetime) -> None:
    """The other house hears that the crew does not host the visit after all: who said so knows it."""
    booking, crew = visit.booking, visit.crew
    is_theirs = by.memberships.filter(organisation=crew.organisation_id, role__in=HOSTS).exists()
    if is_theirs:
        link = settings.BASE_URL + reverse("booking", args=[booking.pk])
        _say("crew_does_not_come", booking, crew, booking.presenter, crew.organisation, link, now)
    else:
        _not_wanted(booking, crew, now)


def task_lines(visit: CrewVisit) -> list[str]:
    """Which crew, and its tasks with their days and times, in the active language."""
    found = crew_tasks.tasks(visit)
    lines = [_crew_line(visit.crew)]
    for task in found[:TASKS_MAX]:
        on = short_day_text(task.on)
        lines.append(f"{on} {clock(task.at)}: {task.text}" if task.at else f"{on}: {task.text}")
    if len(found) > TASKS_MAX:
        lines.append(_("%(count)d more stand on the page") % {"count": len(found) - TASKS_MAX})
    return lines


def _not_wanted(booking: Booking, crew: Crew, now: datetime) -> None:
    link = settings.BASE_URL + reverse("crew", args=[crew.pk])
    _say("crew_not_wanted", booking, crew, crew.organisation, booking.presenter, link, now)


def _off_lines(visit: CrewVisit, reason: str) -> list[str]:
    return [_crew_line(visit.crew), *([reason] if reason else [])]


def _crew_line(crew: Crew) -> str:
    return _("Crew: %(crew)s, %(house)s") % {"crew": crew, "house": crew.organisation}


def _visit_of(booking: Booking) -> CrewVisit | None:
    return CrewVisit.objects.with_ground().filter(booking=booking, left_at=None).first()


def _tell(kind: str, visit: CrewVisit, now: datetime, lines: Callable[[], Sequence[str]]) -> None:
    booking, house = visit.booking, visit.crew.organisation
    more = school_mail.facts(kind, booking, lambda: [{"text": line} for line in lines()])
    link = settings.BASE_URL + reverse("crew-visit", args=[booking.pk])
    other_side = None if house == booking.presenter else booking.presenter
    notices.about_school(kind, booking, house, now, link, more, other_side)


def _say(
    kind: str,
    booking: Booking,
    crew: Crew,
    receiver: Organisation,
    sender: Organisation,
    link: str,
    now: datetime,
) -> None:
    """One house tells the other something about the crew at the visit."""

    def lines() -> list[dict[str, str]]:
        house = _("The house: %(house)s") % {"house": booking.presenter}
        return [{"text": _crew_line(crew)}, {"text": house}]

    notices.about_school(kind, booking, receiver, now, link, school_mail.facts(kind, booking, lines), sender)
