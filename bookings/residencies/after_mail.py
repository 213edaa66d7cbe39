"""Who is mailed after a stay: artist and host about its report, the artist about what became of the work."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bookings import letters, reach
from bookings.models import Notice, Residency
from bookings.notices import after_quiet, said, tell_each
from bookings.residencies import news_words
from venues.models import HOSTS, Membership, Organisation

REPORT, FOLLOW_UP = "residency_report_asked", "residency_follow_up"


def report_asked(residency: Residency, now: datetime) -> None:
    """Both sides are asked for the report."""
    _tell_artist(REPORT, residency, "residency-report", now)
    _tell(REPORT, residency, residency.host, "residency-report", now)


def follow_up_asked(residency: Residency, now: datetime) -> None:
    """The artist is asked what became of the work; the host where nobody is reached for the artist."""
    if not _tell_artist(FOLLOW_UP, residency, "residency-results", now):
        _tell(FOLLOW_UP, residency, residency.host, "residency-results", now)


def _tell_artist(kind: str, residency: Residency, page: str, now: datetime) -> int:
    """The artist's account, else the ensemble's producer, unless that is the host; to how many addresses."""
    artist = residency.artist
    if artist and artist.is_active:
        if not reach.wants_reminders(artist.email):
            return 0
        _write(kind, residency, page, now, artist.email, artist.language)
        return 1
    if residency.ensemble and residency.ensemble.producer_id != residency.host_id:
        return _tell(kind, residency, residency.ensemble.producer, page, now)
    return 0


def _tell(kind: str, residency: Residency, receiver: Organisation, page: str, now: datetime) -> int:
    roles = [*HOSTS, Membership.Role.PRODUCER]
    return tell_each(kind, receiver, roles, partial(_write, kind, residency, page, now))


def _write(kind: str, residency: Residency, page: str, now: datetime, email: str, language: str) -> Notice:
    host, link = residency.host, settings.BASE_URL + reverse(page, args=[residency.pk])
    unsubscribe_url = reach.unsubscribe_url(email, now)
    more: dict[str, Any] = {
        "title": partial(news_words.stay_title, kind, residency),
        "lead": partial(news_words.stay_lead, kind),
        "lines": partial(news_words.stay_lines, residency, residency.last_day),
        "other_side": host,
        "sender": host.name,
        "unsubscribe_url": unsubscribe_url,
    }
    with translation.override(language):
        letter = letters.write_about_residency(kind, residency, link, more)
    return Notice.objects.create(
        **said(kind, letter, email, language, now),
        reply_to=host.email,
        link=link,
        unsubscribe_url=unsubscribe_url,
        residency=residency,
        producer=host,
        send_after=after_quiet(now, host),
    )
