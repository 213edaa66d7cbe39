"""Who applies, until it is forgotten: accounts that were never used, drafts that were never sent in, and needs."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet

from bookings.needs import NEEDS_KEPT
from programmes import stored_files
from programmes.models import Application, Decision, SampleFile
from venues.models import User

#: So long an account is kept that was made by asking for a code, and never opened. Source: the house's choice; a code
#: lasts fifteen minutes, and whoever comes back asks for another.
UNUSED_KEPT = timedelta(days=7)
#: So long after its call has closed a draft is kept that was never sent in. Source: the house's choice; time to copy
#: one's own words out of it.
DRAFTS_KEPT = timedelta(days=90)
#: So long after its call has closed it is forgotten at the latest what an applicant needs to take part. Source: the
#: house's choice; a year, in which a reserve may be called in and a residency planned.
NEEDS_KEPT_LONGEST = timedelta(days=365)


def unused(now: datetime) -> "list[QuerySet[Any]]":
    """Accounts of no organisation that nobody has ever logged in to, and that nothing is written by or waits for."""
    never = User.objects.filter(
        last_login=None, memberships=None, is_staff=False, created_at__lt=now - UNUSED_KEPT
    )
    return [never.filter(applications=None, assessing=None)]


def drafts(now: datetime) -> "list[QuerySet[Any]]":
    """Drafts that were never sent in, to calls that closed long ago."""
    return [Application.objects.filter(number=None, call__closes_at__lt=now - DRAFTS_KEPT)]


def needs_to_forget(now: datetime) -> "list[QuerySet[Any]]":
    """Applications whose needs have served: nothing comes of them, or a residency that keeps its own."""
    before, answered = now - NEEDS_KEPT, Q(call__meeting__answers_at__lt=now - NEEDS_KEPT)
    ended = Q(decision__outcome=Decision.Outcome.REFUSED) | Q(decision__residency__isnull=False)
    served = Q(withdrawn_at__lt=before) | Q(call__withdrawn_at__lt=before) | (answered & ended)
    found = Application.objects.filter(served | Q(call__closes_at__lt=now - NEEDS_KEPT_LONGEST))
    return [found.exclude(access_needs="")]


def forget_due(now: datetime) -> int:
    """Delete all of them, drafts first; how many rows. An account by whose name anything stands is kept."""
    count = sum(_delete_drafts(rows) for rows in drafts(now))
    count += sum(rows.update(access_needs="") for rows in needs_to_forget(now))
    for user in (user for rows in unused(now) for user in rows):
        try:
            with transaction.atomic():
                count += user.delete()[0]
        except ProtectedError:
            continue
    return count


@transaction.atomic
def _delete_drafts(rows: "QuerySet[Any]") -> int:
    """With the bytes of their files."""
    stored_files.drop(SampleFile.objects.filter(application__in=rows))
    return rows.delete()[0]
