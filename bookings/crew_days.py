"""The days of a KulturCrew at the visits that it hosts, as its calendar tells them: tasks with their times."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone, translation

from bookings import crew_tasks, ical
from bookings.crew_tasks import Task
from bookings.models import CrewVisit
from bookings.models.booking import AGREED, CALLED_OFF
from venues.models import Crew

#: So long the last task of a day takes. Source: the house's choice; an entry has to end after it starts.
LAST_TASK = timedelta(minutes=15)


def crew_days(crew: Crew, start: datetime, end: datetime) -> list[ical.CrewDay]:
    """The crew's days at its visits, those that begin in the half-open range, in order of time.

    What is called off stays, as cancelled; ticks are not told, so that nothing changes by them.
    """
    visits = crew.visits.filter(left_at=None, booking__status__in=AGREED)
    visits = visits.annotate(changes=Count("booking__changes"), last_at=Max("booking__changes__at"))
    with translation.override(settings.LANGUAGE_CODE):
        found = [_day(visit) for visit in visits.with_ground()]
    return sorted((day for day in found if start <= day.starts_at < end), key=lambda day: day.starts_at)


def _day(visit: CrewVisit) -> ical.CrewDay:
    """SEQUENCE counts the lines of the visit's history, so it never sinks."""
    booking, tasks = visit.booking, crew_tasks.tasks(visit)
    today = timezone.localdate(booking.starts_at)
    timed = [(task.at, task) for task in tasks if task.at is not None and task.on == today]
    moments = [at for at, _task in timed] or [booking.occupied_from, booking.occupied_to]
    return ical.CrewDay(
        uid=uuid5(NAMESPACE_OID, f"turne:crew-visit:{visit.pk}"),
        sequence=visit.changes,  # type: ignore[attr-defined]
        is_called_off=booking.status in CALLED_OFF,
        starts_at=min(moments),
        ends_at=max(moments) + LAST_TASK,
        created_at=visit.taken_at,
        changed_at=max(visit.taken_at, visit.last_at or visit.taken_at),  # type: ignore[attr-defined]
        time_zone=booking.venue.place.municipality.region.time_zone,
        crew=visit.crew.name,
        title=booking.tour.production.title,
        where=f"{booking.venue.name}, {booking.venue.place}",
        before=_on_days(task for task in tasks if task.on < today),
        parts=tuple(sorted(ical.Part(at, at, task.text) for at, task in timed)),
        after=_on_days(task for task in tasks if task.on > today or (task.on == today and task.at is None)),
    )


def _on_days(tasks: Iterable[Task]) -> tuple[tuple[date, str], ...]:
    return tuple((task.on, task.text) for task in tasks)
