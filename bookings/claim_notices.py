"""Who is told what of a claim: whoever claims, and the offices that receive claims to its scheme.

The other side of the visit is told nothing, and its outbox shows none of it: what one claims is between these two.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bookings import claim_mail, letters, reach
from bookings.claim_permissions import RECEIVERS, ROLES, receivers_of
from bookings.models import ClaimSubmission, Notice, SubsidyClaim
from bookings.notices import after_quiet, said, tell_each
from venues.models import Organisation, SubsidyScheme


def sent(claim: SubsidyClaim, submission: ClaimSubmission, now: datetime) -> None:
    """A receipt to whoever claims, and word to whoever receives it."""
    lines = partial(claim_mail.sent_lines, claim, submission)
    _to_claimant("claim_sent", claim, lines, now)
    _to_receivers("claim_received", claim, lines, _page("claim", claim), now)


def returned(claim: SubsidyClaim, why: str, now: datetime) -> None:
    """What is missing, and until when."""
    _to_claimant("claim_returned", claim, partial(claim_mail.returned_lines, claim, why), now)


def decided(claim: SubsidyClaim, now: datetime) -> None:
    """What was decided, and why."""
    _to_claimant("claim_decided", claim, partial(claim_mail.decided_lines, claim), now)


def paid(claim: SubsidyClaim, now: datetime) -> None:
    """How much was paid out, and when."""
    _to_claimant("claim_paid", claim, partial(claim_mail.paid_lines, claim), now)


def withdrawn(claim: SubsidyClaim, now: datetime) -> None:
    """That there is nothing to decide."""
    _to_receivers("claim_withdrawn", claim, list, _page("claim", claim), now)


def late_asked(claim: SubsidyClaim, now: datetime) -> None:
    """That somebody asks to send in a claim after its last day; it is opened from the list."""
    link = settings.BASE_URL + reverse("claims-received")
    _to_receivers("claim_late", claim, partial(claim_mail.late_lines, claim), link, now)


def late_opened(claim: SubsidyClaim, now: datetime) -> None:
    """That it may be sent in although its last day has passed."""
    _to_claimant("claim_opened", claim, partial(claim_mail.opened_lines, claim), now)


def due_soon(
    organisation: Organisation,
    scheme: SubsidyScheme,
    day: date,
    visits: Sequence[str],
    side: str,
    now: datetime,
) -> None:
    """That visits may be claimed until a day; a reminder that one may end."""
    more = claim_mail.due_facts(scheme.label, day, visits)
    link = settings.BASE_URL + reverse("claims")
    _post(claim_mail.DUE_SOON, organisation, ROLES[side], more, link, None, now)


def _to_claimant(kind: str, claim: SubsidyClaim, lines: claim_mail.Lines, now: datetime) -> None:
    more = claim_mail.facts(kind, claim, lines)
    _post(kind, claim.claimant, ROLES[claim.side], more, _page("claim", claim), claim, now)


def _to_receivers(kind: str, claim: SubsidyClaim, lines: claim_mail.Lines, link: str, now: datetime) -> None:
    more = claim_mail.facts(kind, claim, lines)
    for office in receivers_of(claim.scheme.region):
        _post(kind, office, RECEIVERS, more, link, claim, now)


def _page(name: str, claim: SubsidyClaim) -> str:
    return settings.BASE_URL + reverse(name, args=[claim.pk])


def _post(
    kind: str,
    receiver: Organisation,
    roles: Sequence[str],
    more: dict[str, Any],
    link: str,
    claim: SubsidyClaim | None,
    now: datetime,
) -> None:
    is_reminder = claim is None

    def write(email: str, language: str) -> Notice:
        unsubscribe_url = reach.unsubscribe_url(email, now) if is_reminder else ""
        with translation.override(language):
            letter = letters.write_about_claim(kind, link, {**more, "unsubscribe_url": unsubscribe_url})
        return Notice.objects.create(
            **said(kind, letter, email, language, now),
            link=link,
            claim=claim,
            unsubscribe_url=unsubscribe_url,
            send_after=after_quiet(now, receiver),
        )

    tell_each(kind, receiver, roles, write)
