"""Class links of crews and panels: 256 random bits, stored as a digest, good until the school year ends.

A new link takes the place of the one before it. A link shows and does what its page says, and nothing else.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Manager, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.errors import LinkProblem
from bookings.tokens import digest_of, new_token
from tours.models import Panel, PanelLink
from tours.windows import midnight
from venues.models import Crew, CrewLink, User
from venues.models.school_years import bounds, school_year_of

L = TypeVar("L", CrewLink, PanelLink)
#: That a link was used is written this seldom, so that looking rarely writes. Source: as for calendars.
USE_NOTED_EVERY = timedelta(hours=1)


def year_ends(now: datetime) -> datetime:
    """The moment at which the school year of `now` is over."""
    last = bounds(school_year_of(timezone.localdate(now)))[1]
    return midnight(last + timedelta(days=1))


@transaction.atomic
def make_crew_link(crew: Crew, *, by: User, now: datetime) -> str:
    """A fresh token for the crew's page; the link before it stops working. The token can be shown this once."""
    Crew.objects.select_for_update(no_key=True).get(pk=crew.pk)
    return _fresh(crew.links, by, now)


def revoke_crew_link(crew: Crew, *, now: datetime) -> None:
    """The crew's link stops working, for good. Once more changes nothing."""
    _revoke(crew.links, now)


@transaction.atomic
def make_panel_link(panel: Panel, *, by: User, now: datetime) -> str:
    """The same for the page of a young reference group."""
    Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    return _fresh(panel.links, by, now)


def revoke_panel_link(panel: Panel, *, now: datetime) -> None:
    """The panel's link stops working, for good."""
    _revoke(panel.links, now)


def _fresh(links: "Manager[CrewLink] | Manager[PanelLink]", by: User, now: datetime) -> str:
    """A link to whoever's links these are, until the school year ends; its token. The others stop working."""
    _revoke(links, now)
    token, digest = new_token()
    links.create(token_digest=digest, created_by=by, created_at=now, expires_at=year_ends(now))
    return token


def _revoke(links: "Manager[CrewLink] | Manager[PanelLink]", now: datetime) -> None:
    links.filter(revoked_at=None).update(revoked_at=now)


def find_crew(token: str, now: datetime) -> Crew:
    """The crew whose link works.

    Raises:
        LinkProblem: code "unknown", "revoked" or "expired".
    """
    link = crew_link_of(token, now)
    mark_used(link, now)
    return link.crew


def crew_link_of(token: str, now: datetime) -> CrewLink:
    """The same, with the link itself; that it was used is not noted. Raises as `find_crew` does."""
    links = CrewLink.objects.select_related("crew__organisation__region")
    return _checked(links.filter(token_digest=digest_of(token)).first(), now)


def find_panel(token: str, now: datetime) -> Panel:
    """The panel whose link works.

    Raises:
        LinkProblem: code "unknown", "revoked" or "expired".
    """
    link = PanelLink.objects.select_related("panel__region").filter(token_digest=digest_of(token)).first()
    if link and not link.panel.is_active:
        raise LinkProblem(_("This link has been taken back. Ask for the new one."), code="revoked")
    link = _checked(link, now)
    mark_used(link, now)
    return link.panel


def mark_used(link: L, now: datetime) -> None:
    """Note that the link was used, at most once an hour."""
    used = Q(last_used_at__isnull=False, last_used_at__gt=now - USE_NOTED_EVERY)
    type(link).objects.filter(pk=link.pk).exclude(used).update(last_used_at=now)


def _checked(link: L | None, now: datetime) -> L:
    if link is None:
        raise LinkProblem(
            _("This link does not work. See that the whole address came along."), code="unknown"
        )
    if link.revoked_at is not None:
        raise LinkProblem(_("This link has been taken back. Ask for the new one."), code="revoked")
    if link.expires_at <= now:
        raise LinkProblem(_("The school year has ended, and the link with it."), code="expired")
    return link
