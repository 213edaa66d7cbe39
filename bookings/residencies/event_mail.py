"""Who is mailed about a sub-event: the schools whose groups take part, and the host where a school says no."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bookings import letters, quiet
from bookings.models import Notice, SubEvent
from bookings.notices import after_quiet, said, tell_each
from bookings.residencies import news_words
from venues.models import HOSTS, Membership, Organisation, School

SET, CHANGED, OFF, DECLINED = (
    "sub_event_set",
    "sub_event_changed",
    "sub_event_cancelled",
    "sub_event_declined",
)


def tell(kind: str, event: SubEvent, schools: Iterable[School], now: datetime) -> None:
    """Each school hears of it, with the groups of its own; nobody does of what is over already."""
    if event.ends_at <= now:
        return
    for school in schools:
        names = [group.name for group in event.groups.all() if group.school_id == school.pk]
        _post(kind, event, school.organisation, [Membership.Role.SCHOOL_CONTACT], now, names, school=school)


def tell_host_of_no(event: SubEvent, school: School, names: Sequence[str], why: str, now: datetime) -> None:
    """The host hears that a school's groups do not come, and why."""
    _post(DECLINED, event, event.residency.host, HOSTS, now, names, school=school, message=why)


def _post(
    kind: str,
    event: SubEvent,
    receiver: Organisation,
    roles: Sequence[str],
    now: datetime,
    names: Sequence[str],
    *,
    school: School,
    message: str = "",
) -> None:
    host = event.residency.host
    answers_to = host if receiver != host else school.organisation
    link = settings.BASE_URL + reverse("sub-event", args=[event.pk])
    more: dict[str, Any] = {
        "title": partial(news_words.event_title, kind, event, str(school)),
        "lead": partial(news_words.event_lead, kind, event, str(school)),
        "lines": partial(news_words.event_lines, kind, event, names, message),
        "other_side": answers_to,
        "sender": host.name,
    }

    def write(email: str, language: str) -> Notice:
        with translation.override(language):
            letter = letters.write_about_residency(kind, event.residency, link, more)
        return Notice.objects.create(
            **said(kind, letter, email, language, now),
            reply_to=answers_to.email,
            link=link,
            school=school,
            residency=event.residency,
            producer=host,
            send_after=_leaves_at(event, receiver, now),
        )

    tell_each(kind, receiver, roles, write)


def _leaves_at(event: SubEvent, receiver: Organisation, now: datetime) -> datetime:
    """At once what is today or tomorrow, and else not in quiet hours."""
    if quiet.is_near([event.starts_at], now, ZoneInfo(receiver.region.time_zone)):
        return now
    return after_quiet(now, receiver)
