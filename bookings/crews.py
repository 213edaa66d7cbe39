"""The verbs of a visit that a KulturCrew hosts: it is taken, left, and its tasks are ticked; and how many were hosted.

The crew of a house hosts the visits of that house, and those that it is asked for (`crew_invitations`). `by` is None
when the bearer of the class link ticks.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import crew_notices, crew_tasks, history
from bookings.crew_tasks import Task
from bookings.errors import ItemChanged
from bookings.models import Booking, CrewInvitation, CrewTask, CrewVisit
from bookings.models.booking import Status
from tours.errors import NotNow, Refused
from tours.models import Season
from venues.crews import nickname_of
from venues.errors import NotPossible
from venues.models import Crew, CrewTaskTemplate, User

#: The longest note at a task. Source: the house's choice; a sentence.
NOTE_MAX = CrewTask._meta.get_field("note").max_length or 0


@transaction.atomic
def take(booking: Booking, crew: Crew, *, by: User, now: datetime) -> CrewVisit:
    """The crew hosts the visit: it gets the tasks of the template that holds now, with times that follow the visit.

    Raises:
        NotNow: the visit is not confirmed (any more) or over, or a crew has it.
        Refused: the crew is another house's or does not host now, or the region has no tasks for crews.
    """
    booking = to_host(booking, now)
    if crew.organisation_id != booking.presenter_id or not crew.is_active:
        raise Refused(_("Choose a crew of %(house)s.") % {"house": booking.presenter}, field="crew")
    return host(booking, crew, by=by, now=now)


def to_host(booking: Booking, now: datetime) -> Booking:
    """The visit locked and with its ground, if a crew may be found for it. Raises NotNow."""
    booking = _lock(booking)
    if booking.status != Status.CONFIRMED or booking.occupied_to <= now:
        raise NotNow(
            _("A crew takes a visit that is confirmed and to come. This one is %(state)s.")
            % {"state": booking.get_status_display()},
            booking=booking.pk,
        )
    return booking


def host(booking: Booking, crew: Crew, *, by: User, now: datetime) -> CrewVisit:
    """Write that the crew hosts the visit that `to_host` gave; whoever else was asked is so no longer.

    Raises as `take` does.
    """
    template = _template(booking, now)
    try:
        with transaction.atomic():
            visit = CrewVisit.objects.create(
                booking=booking,
                crew=crew,
                label=template.label,
                source=template.source,
                tasks=template.tasks,
                taken_at=now,
                taken_by=by,
            )
    except IntegrityError as error:
        raise NotNow(_("A crew has this visit already. Reload the page."), booking=booking.pk) from error
    booking.crew_invitations.filter(answered_at=None).update(
        outcome=CrewInvitation.Outcome.TAKEN_BACK, answered_at=now, answered_by=by
    )
    history.note(booking, "crew", booking.status, by, now, details={"crew": crew.name})
    return visit


@transaction.atomic
def leave(visit: CrewVisit, *, by: User, now: datetime) -> CrewVisit:
    """The crew does not host it after all; what it has ticked is kept. Once more changes nothing.

    Where it is another house's, the house that did not say so is told.

    Raises:
        NotNow: the visit is over: who hosted it is history.
    """
    booking = _lock(visit.booking)
    visit = CrewVisit.objects.with_ground().get(pk=visit.pk)
    if visit.left_at is not None:
        return visit
    if booking.occupied_to <= now:
        raise NotNow(_("The visit is over: who hosted it is not changed any more."), booking=booking.pk)
    visit.left_at, visit.left_by = now, by
    visit.save(update_fields=["left_at", "left_by"])
    history.note(booking, "no_crew", booking.status, by, now, details={"crew": visit.crew.name})
    if visit.crew.organisation_id != booking.presenter_id:
        crew_notices.left(visit, by, now)
    return visit


@transaction.atomic
def tick(
    visit: CrewVisit,
    name: str,
    *,
    is_done: bool,
    version: int,
    now: datetime,
    nickname: str = "",
    note: str = "",
) -> CrewTask | None:
    """Tick a task as done, or open it again. What is so already stays as it is, whoever says it.

    Args:
        name: the task's, as `crew_tasks.Task.name` has it.
        version: of the task as it was shown; 0 where nobody had touched it.
        nickname: who did it, if one likes; goes when it is opened again.

    Raises:
        ItemChanged: somebody has set it otherwise since that version.
        NotNow: the visit is called off, or the crew has left it.
        Refused: there is no such task, the nickname can not be, or the note is too long.
    """
    _lock(visit.booking)
    visit = CrewVisit.objects.with_ground().get(pk=visit.pk)
    if crew_tasks.is_void(visit):
        raise NotNow(_("Nothing is done for this visit any more. What was ticked is kept."))
    task = _task(visit, name)
    nick, words = _nickname(nickname) if is_done else "", _note(note)
    row = task.tick or CrewTask(visit=visit, key=task.key, show=task.show, version=0)
    if (row.is_done, row.nickname, row.note) == (is_done, nick, words):
        return row if row.pk else None
    if row.version != version:
        raise ItemChanged(
            _("Somebody has set “%(task)s” since you loaded the page. Look again.") % {"task": task.text},
            visit=visit.pk,
            version=row.version,
        )
    row.is_done, row.nickname, row.note = is_done, nick, words
    row.version, row.changed_at = version + 1, now
    row.save()
    return row


def visit_of(booking: Booking) -> CrewVisit | None:
    """The crew's visit that stands for the booking, with its ground; None where no crew hosts it."""
    return CrewVisit.objects.with_ground().filter(booking=booking, left_at=None).first()


#: How many of the visits were held, as a report tells it.
HELD = Count("pk", filter=Q(booking__outcome=Booking.Outcome.HELD))


@dataclass(frozen=True)
class Hosted:
    """How many visits of a season a crew hosts: those that stand, and of these those that were held."""

    standing: int
    held: int


def hosted(season: Season) -> Hosted:
    """Count each visit of the season once."""
    found = CrewVisit.objects.counted(season)
    return Hosted(**found.aggregate(standing=Count("pk"), held=HELD))


def _lock(booking: Booking) -> Booking:
    Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    return Booking.objects.with_ground().get(pk=booking.pk)


def _template(booking: Booking, now: datetime) -> CrewTaskTemplate:
    of_region = CrewTaskTemplate.objects.filter(region=booking.tour.season.region_id)
    template = of_region.valid_on(timezone.localdate(now)).first()
    if template is None:
        raise Refused(
            _("%(region)s has no tasks for crews yet. They come with the region's data.")
            % {"region": booking.tour.season.region},
            booking=booking.pk,
        )
    return template


def _task(visit: CrewVisit, name: str) -> Task:
    for task in crew_tasks.tasks(visit):
        if task.name == name:
            return task
    raise Refused(_("The visit has no such task. Reload the page."), visit=visit.pk)


def _nickname(text: str) -> str:
    try:
        return nickname_of(text)
    except NotPossible as error:
        raise Refused(error.sentence, field="nickname") from error


def _note(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > NOTE_MAX:
        raise Refused(_("Write at most %(count)d characters.") % {"count": NOTE_MAX}, field="note")
    return words
