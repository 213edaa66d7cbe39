"""Asking schools once a year to confirm what is told of them, until they do or the year has begun.

A school is asked at most once for each of the days `ASKED_ON`; who has confirmed is not asked.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bookings import school_letters
from bookings.clockwork import for_each
from tours.windows import midnight
from venues.models import School
from venues.school_confirming import is_confirmed, unconfirmed, year_to_confirm

#: In spring for the year that comes, when that begins, and once more. Source: the house's choice; in the field
#: schools' contacts are checked each spring, and must always be right.
ASKED_ON = ((5, 10), (8, 20), (9, 15))
#: A day that nobody asked on, because the clock stood still, is made up for this long. Source: the house's choice.
LATE = timedelta(days=14)


def asked_on(today: date) -> date | None:
    """The day of asking that today belongs to; None between them."""
    days = [date(today.year, month, day) for month, day in ASKED_ON]
    return next((day for day in days if day <= today < day + LATE), None)


def remind_due(now: datetime) -> int:
    """Ask the served regions' schools that have not confirmed and were not asked yet; how many were."""
    today = timezone.localdate(now)
    since = asked_on(today)
    if since is None:
        return 0
    schools = unconfirmed(
        School.objects.filter(organisation__region__is_served=True), year_to_confirm(today), today
    )
    due = schools.exclude(confirm_asked_at__gte=midnight(since)).order_by("pk")
    return for_each(_remind, due, now)


@transaction.atomic
def _remind(school: School, now: datetime) -> int:
    school = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    today = timezone.localdate(now)
    year, since = year_to_confirm(today), asked_on(today)
    is_asked = since and school.confirm_asked_at and school.confirm_asked_at >= midnight(since)
    if is_confirmed(school, year) or is_asked:
        return 0  # confirmed or asked by another worker in the meantime
    school.confirm_asked_at = now
    school.save(update_fields=["confirm_asked_at"])
    school_letters.school_unconfirmed(
        School.objects.select_related("organisation__region").get(pk=school.pk), year, now
    )
    return 1
