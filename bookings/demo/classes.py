"""What the demo's classes have seen and said: who came, faces and answers, and a pedagogue's workshop."""

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from bookings import class_feedback, school_visits, workshops
from bookings.demo.hosts import Hosts
from bookings.demo.names import DOMAIN
from bookings.feedback_questions import QUESTIONS
from bookings.models import Booking, VisitGroup, Workshop
from bookings.models.booking import Status
from bookings.school_visits import Counts
from tours.errors import Refused
from tours.models.school_wishes import Need
from venues.models import User

#: Every third class has not answered yet.
SILENT_EVERY = 3
COMMENT = "Klassen pratade om slutet hela eftermiddagen. (Exempel.)"


def make_classes(hosts: Hosts, now: datetime) -> list[str]:
    """Tell of the visits to schools that are over, and prepare the next; what was done."""
    random = Random(7)  # noqa: S311 - a demo, not a secret
    visits = Booking.objects.filter(audience="school", status=Status.CONFIRMED).exclude(groups=None)
    over = list(visits.filter(occupied_to__lt=now, outcome=Booking.Outcome.HELD).distinct())
    told = [_tell(row, random, now) for visit in over for row in _came(visit, hosts, now)]
    coming = list(visits.filter(occupied_from__gt=now + timedelta(days=7)).distinct())
    for visit in coming[:1]:
        _need(visit, hosts, now)
    held = sum(_workshop(visit, hosts, now) for visit in coming[:3])
    return [
        f"{len(over)} visits of schools are told of by {sum(told)} classes; {held} workshops beside others."
    ]


def _came(visit: Booking, hosts: Hosts, now: datetime) -> list[VisitGroup]:
    """Say how many of each group came, as many as the report counts: who was ill is of the show's first group."""
    rows = school_visits.rows_of(visit)
    came = {row.group_id: row.pupils_count for row in rows}
    for show in visit.performances.all():
        there = [row for row in rows if row.show_number == show.number]
        if there and show.attendance_young is not None:
            came[there[0].group_id] -= sum(row.pupils_count for row in there) - show.attendance_young
    at = min(now, visit.occupied_to + timedelta(hours=3))
    school_visits.tell_came(visit, by=hosts.speakers[visit.presenter_id], now=at, came=came)
    return rows


def _tell(row: VisitGroup, random: Random, now: datetime) -> bool:
    if row.pk % SILENT_EVERY == 0:
        return False
    row = class_feedback.read(row.pk)
    at = min(now, row.booking.occupied_to + timedelta(days=1))
    if class_feedback.why_closed(row, at):
        return False
    hands = row.pupils_count - random.randint(0, 3)
    sad, so_so = hands // 12, hands // 5
    answers = {question.key: random.choice([2, 3, 3, 4, 4]) for question in QUESTIONS}
    comment = COMMENT if row.pk % 5 == 1 else ""
    class_feedback.tell(
        row, now=at, glad=hands - sad - so_so, so_so=so_so, sad=sad, answers=answers, comment=comment
    )
    return True


def _need(visit: Booking, hosts: Hosts, now: datetime) -> None:
    """One in the first group comes in a wheelchair."""
    row = school_visits.rows_of(visit)[0]
    counts = Counts(row.pupils_count, row.adults_count, {Need.WHEELCHAIR: 1})
    school_visits.tell_counts(
        visit,
        by=hosts.speakers[visit.presenter_id],
        now=now,
        schools=[visit.presenter],
        counts={row.group_id: counts},
    )


def _workshop(visit: Booking, hosts: Hosts, now: datetime) -> bool:
    """The pedagogue comes the school day before; every other school has said yes."""
    pedagogue = User.objects.get(email=f"pedagog@{DOMAIN}")
    day = timezone.localdate(visit.occupied_from) - timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    at = timezone.make_aware(datetime.combine(day, time(10)))
    row = school_visits.rows_of(visit)[0]
    try:
        made = workshops.propose(
            visit,
            pedagogue=pedagogue,
            kind=Workshop.Kind.BEFORE,
            starts_at=at,
            ends_at=at + timedelta(minutes=60),
            place="Klassrummet",
            groups=[row.group],
            by=pedagogue,
            now=now,
        )
        if visit.pk % 2:
            workshops.confirm(made, by=hosts.speakers[visit.presenter_id], now=now)
    except Refused:
        return False
    return True
