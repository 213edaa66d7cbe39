"""Who is told what about a school's visit: other numbers, what classes are asked, and workshops."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse

from bookings import notices, school_mail
from bookings.models import Booking, Workshop
from bookings.states import PRODUCER
from venues.models import Organisation


def groups_changed(booking: Booking, side: str, now: datetime) -> None:
    """The other side of a school's visit hears which groups come, and how many they are."""
    rows = list(booking.groups.select_related("group__school__organisation"))
    more = school_mail.facts("groups_changed", booking, lambda: school_mail.group_lines(rows))
    receiver = booking.presenter if side == PRODUCER else booking.tour.production.ensemble.producer
    notices.about_school("groups_changed", booking, receiver, now, _groups_url(booking), more)


def classes_asked(booking: Booking, school: Organisation, lines: list[dict[str, str]], now: datetime) -> None:
    """A school gets the links by which its classes tell what they thought."""
    more = school_mail.facts("class_feedback", booking, lambda: lines)
    notices.about_school("class_feedback", booking, school, now, _groups_url(booking), more)


def about_workshop(
    kind: str, workshop: Workshop, now: datetime, *, to_school: bool, message: str = ""
) -> None:
    """The school, or the pedagogue, hears of a workshop."""
    booking, link = workshop.booking, settings.BASE_URL + reverse("workshop", args=[workshop.pk])
    lines = partial(school_mail.workshop_lines, workshop, message)
    more = school_mail.facts(kind, booking, lines, workshop)
    if to_school:
        notices.about_school(kind, booking, booking.presenter, now, link, more)
    else:
        notices.about_person(kind, booking, workshop.pedagogue, now, link, more)


def _groups_url(booking: Booking) -> str:
    return settings.BASE_URL + reverse("visit-groups", args=[booking.pk])
