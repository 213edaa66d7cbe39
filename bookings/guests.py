"""Schools as guests: visits at other houses to which some of their groups go."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from bookings.models import Booking, Performance, VisitGroup, Workshop
from bookings.models.booking import Bookings
from bookings.models.workshop import Workshops
from venues.models import Organisation

#: Whose groups at whose visit: the way from a row of `VisitGroup` to the school's organisation.
SCHOOL = "group__school__organisation"


def shows_of(school: int) -> list[int]:
    """The performances at other houses to which groups of the school go, whatever their date.

    Args:
        school: the key of its organisation.
    """
    rows = VisitGroup.objects.filter(**{SCHOOL: school}).exclude(booking__presenter=school)
    where = Q(pk__in=[])
    for booking, number in rows.order_by().values_list("booking", "show_number").distinct():
        where |= Q(booking=booking, number=number)
    # Most schools go nowhere: an empty condition asks the database nothing.
    return list(Performance.objects.filter(where).values_list("pk", flat=True))


def visits_ahead(schools: Iterable[Organisation], now: datetime) -> Bookings:
    """The visits at other houses that stand and are not over, to which groups of the schools go; the nearest first."""
    keys = [school.pk for school in schools]
    rows = VisitGroup.objects.filter(**{f"{SCHOOL}__in": keys}).exclude(booking__presenter__in=keys)
    found = Booking.objects.live().filter(occupied_to__gt=now, pk__in=rows.values("booking"))
    return found.order_by("occupied_from", "pk")


def workshops_of(school: int) -> Workshops:
    """The workshops for groups of the school, be it the host of their visit or a guest."""
    theirs = Workshop.objects.filter(groups__school__organisation=school)
    return Workshop.objects.filter(pk__in=theirs.values("pk"))


def schools_at_workshop(workshop: Workshop) -> list[Organisation]:
    """The schools whose groups take part, by name; read it with `Workshops.with_ground()`."""
    theirs = {group.school.organisation for group in workshop.groups.all()}
    return sorted(theirs, key=lambda school: (school.name, school.pk))


def groups_by_school(booking: Booking) -> dict[Organisation, list[VisitGroup]]:
    """The groups of each guest school at the visit, in the order of its shows."""
    found: dict[Organisation, list[VisitGroup]] = {}
    for row in booking.groups.select_related("group__school__organisation"):
        if row.group.school.organisation_id != booking.presenter_id:
            found.setdefault(row.group.school.organisation, []).append(row)
    return found


def schools_of(bookings: Iterable[int]) -> set[int]:
    """The organisations of all schools whose groups come to one of the visits."""
    rows = VisitGroup.objects.filter(booking__in=list(bookings))
    return set(rows.order_by().values_list(SCHOOL, flat=True))
