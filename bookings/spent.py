"""What has served: links, tokens, sessions, login codes and busy times that nobody can use any more.

Nothing of an agreement is deleted: who answered what and when stands in its history (`BookingChange`). Only the rows go
by which a link was known; after that the link is an unknown one, and its page says whom to ask.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from knox.models import AuthToken

from bookings.models import (
    AnswerLink,
    Booking,
    ChangeLink,
    ClassLink,
    Feed,
    Notice,
    OfferBatch,
    ReportLink,
    Unreachable,
    Unsubscribed,
    UnsubscribeLink,
)
from bookings.models.outgoing import LOGIN_CODE
from tours.models import PanelLink
from venues.incoming import busy
from venues.models import CrewLink, Organisation, User

#: So long after the visit a link that was used, taken back or has run out still says what became of it. Source: the
#: house's assumption; by then the visit is settled.
LINKS_KEPT = timedelta(days=90)
#: So long the link of a mail ends reminders. Source: the house's assumption; newer mails have newer links, and the
#: account page has the same switch.
UNSUBSCRIBE_KEPT = timedelta(days=365)
#: So long a withdrawn calendar address answers that it is withdrawn. Source: the house's assumption; programs ask on
#: for months.
FEEDS_KEPT = timedelta(days=365)
#: So long after it was sent a mail with a login code is kept. Source: the house's assumption; long enough to find out
#: why it did not arrive.
LOGIN_MAILS_KEPT = timedelta(days=30)
#: So long an address that nobody has any more stays noted as dead or as wanting no reminders. Source: the house's
#: assumption; long enough for an address that comes back.
ADDRESSES_KEPT = timedelta(days=365)


def links(now: datetime) -> "list[QuerySet[Any]]":
    """The links to answer, change or report a visit that ended long ago, and cannot be used."""
    before = now - LINKS_KEPT
    over = Q(booking__occupied_to__lt=before)
    dead = Q(used_at__isnull=False) | Q(revoked_at__isnull=False) | Q(expires_at__lt=before)
    later = Booking.objects.filter(batches=OuterRef("pk"), occupied_to__gte=before)
    return [
        AnswerLink.objects.filter(over & dead),
        ReportLink.objects.filter(over & dead),
        OfferBatch.objects.filter(~Exists(later), expires_at__lt=before),
        ChangeLink.objects.filter(proposal__waits_on=None, proposal__booking__occupied_to__lt=before),
        ClassLink.objects.filter(visit_group__booking__occupied_to__lt=before, expires_at__lt=before),
    ]


def unsubscribe_links(now: datetime) -> "list[QuerySet[Any]]":
    """The links of old mails by which reminders are ended."""
    return [UnsubscribeLink.objects.filter(made_at__lt=now - UNSUBSCRIBE_KEPT)]


def addresses(now: datetime) -> "list[QuerySet[Any]]":
    """What was noted of addresses that no account and no organisation has any more."""
    of_users = User.objects.annotate(whose=Lower("email")).filter(whose=OuterRef("email"))
    of_houses = Organisation.objects.annotate(whose=Lower("email")).filter(whose=OuterRef("email"))
    unused = ~Exists(of_users) & ~Exists(of_houses)
    before = now - ADDRESSES_KEPT
    return [
        Unreachable.objects.filter(unused, noted_at__lt=before),
        Unsubscribed.objects.filter(unused, at__lt=before),
    ]


def feeds(now: datetime) -> "list[QuerySet[Any]]":
    """The calendar addresses that were withdrawn long ago."""
    return [Feed.objects.filter(revoked_at__lt=now - FEEDS_KEPT)]


def class_links(now: datetime) -> "list[QuerySet[Any]]":
    """The links of crews and panels that were taken back, or ran out, long ago."""
    over = Q(revoked_at__lt=now - LINKS_KEPT) | Q(expires_at__lt=now - LINKS_KEPT)
    return [CrewLink.objects.filter(over), PanelLink.objects.filter(over)]


def busy_times(now: datetime) -> "list[QuerySet[Any]]":
    """Busy times of calendars that are over, and what is left of ensembles that are gone."""
    return [busy.over(now), busy.ownerless(now)]


def tokens(now: datetime) -> "list[QuerySet[Any]]":
    """The tokens of programs and the sessions of browsers that have run out."""
    return [AuthToken.objects.filter(expiry__lt=now), Session.objects.filter(expire_date__lt=now)]


def login_mails(now: datetime) -> "list[QuerySet[Any]]":
    """The mails with login codes that left, or were given up, long ago."""
    ended = [Notice.State.SENT, Notice.State.FAILED, Notice.State.STOPPED, Notice.State.BOUNCED]
    return [Notice.objects.filter(kind=LOGIN_CODE, state__in=ended, created_at__lt=now - LOGIN_MAILS_KEPT)]


def forget_due(now: datetime) -> int:
    """Delete all of them; how many rows."""
    found = [
        rows
        for due in (links, class_links, unsubscribe_links, addresses, feeds, busy_times, tokens, login_mails)
        for rows in due(now)
    ]
    return sum(rows.delete()[0] for rows in found)
