"""Who is told what about a school's visit: other numbers, what classes are asked, and workshops."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse

from bookings import guests, notices, school_mail
from bookings.models import Booking, VisitGroup, Workshop, WorkshopRequest
from bookings.school_permissions import pedagogues_for
from bookings.states import PRODUCER
from venues.models import Organisation


def groups_changed(booking: Booking, side: str, now: datetime) -> None:
    """The other side of a school's visit hears which groups come, and how many they are."""
    rows = list(booking.groups.select_related("group__school__organisation"))
    more = school_mail.facts("groups_changed", booking, lambda: school_mail.group_lines(rows))
    receiver = booking.presenter if side == PRODUCER else booking.tour.production.ensemble.producer
    notices.about_school("groups_changed", booking, receiver, now, _groups_url(booking), more)


def guests_changed(booking: Booking, before: Mapping[Organisation, list[VisitGroup]], now: datetime) -> None:
    """Each guest school whose groups come, come no more, or are otherwise told of, hears of its own.

    Args:
        before: the groups of the guest schools as they were (`guests.groups_by_school`).
    """
    after = guests.groups_by_school(booking)
    for school in sorted({*before, *after}, key=lambda school: school.pk):
        rows = after.get(school, [])
        if _counts(before.get(school, [])) != _counts(rows):
            more = school_mail.facts("groups_changed", booking, partial(school_mail.group_lines, rows))
            notices.about_school("groups_changed", booking, school, now, _groups_url(booking), more)


def guests_hear(kind: str, booking: Booking, now: datetime, message: str = "") -> None:
    """The guest schools hear that the visit is not played, or that it has another time or room."""
    for school, rows in guests.groups_by_school(booking).items():
        more = school_mail.facts(kind, booking, partial(school_mail.guest_lines, booking, rows, message))
        notices.about_school(kind, booking, school, now, _groups_url(booking), more)


def _counts(rows: list[VisitGroup]) -> list[tuple[int, int, int, int]]:
    return sorted((row.group_id, row.show_number, row.pupils_count, row.adults_count) for row in rows)


def classes_asked(booking: Booking, school: Organisation, lines: list[dict[str, str]], now: datetime) -> None:
    """A school gets the links by which its classes tell what they thought."""
    more = school_mail.facts("class_feedback", booking, lambda: lines)
    notices.about_school("class_feedback", booking, school, now, _groups_url(booking), more)


def about_workshop(
    kind: str, workshop: Workshop, now: datetime, *, to_school: bool, message: str = ""
) -> None:
    """The schools of its groups, or the pedagogue, hear of a workshop."""
    booking, link = workshop.booking, settings.BASE_URL + reverse("workshop", args=[workshop.pk])
    lines = partial(school_mail.workshop_lines, workshop, message)
    more = school_mail.facts(kind, booking, lines, workshop)
    if to_school:
        for school in guests.schools_at_workshop(workshop):
            notices.about_school(kind, booking, school, now, link, more)
    else:
        notices.about_person(kind, booking, workshop.pedagogue, now, link, more)


def workshop_wanted(request: WorkshopRequest, now: datetime) -> None:
    """The pedagogues who could hold it hear that a school asks for a workshop."""
    booking, link = request.booking, settings.BASE_URL + reverse("workshop-request", args=[request.pk])
    more = school_mail.facts(
        "workshop_wanted", booking, partial(school_mail.request_lines, request), school=request.school
    )
    for person in pedagogues_for(booking):
        notices.about_person("workshop_wanted", booking, person, now, link, more)


def workshop_declined(request: WorkshopRequest, now: datetime) -> None:
    """The school that asked hears why there is no workshop."""
    lines = partial(school_mail.request_lines, request)
    more = school_mail.facts("workshop_declined", request.booking, lines, school=request.school)
    url = _groups_url(request.booking)
    notices.about_school("workshop_declined", request.booking, request.school, now, url, more)


def _groups_url(booking: Booking) -> str:
    return settings.BASE_URL + reverse("visit-groups", args=[booking.pk])
