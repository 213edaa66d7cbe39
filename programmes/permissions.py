"""Who may run calls, and who sees which."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from bookings.permissions import Person, organisations_of, regions_overseen_by
from programmes import scanning, submissions
from programmes.models import Application, Call, SampleFile
from programmes.models.calls import Calls
from venues.models import Membership, Organisation, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Whoever acts for these may publish a call of its own: the region's office, and hosts of residencies.
PUBLISHERS = (Membership.Role.PRODUCER, Membership.Role.PRESENTER)


def publishers_of(user: Person) -> "QuerySet[Organisation]":
    """The organisations in whose name the user may publish calls: one's own, and the offices of one's region."""
    offices = Q(region__in=regions_overseen_by(user), roles__role=Organisation.Role.REGION)
    own = Q(pk__in=organisations_of(user, *PUBLISHERS).values("pk"))
    return Organisation.objects.filter(own | offices, region__is_served=True).distinct()


def calls_run_by(user: Person) -> Calls:
    """The calls that the user may write: of one's own organisations, and all of one's region for its officers."""
    if not isinstance(user, User):
        return Call.objects.none()
    own = Q(owner__in=organisations_of(user, *PUBLISHERS).values("pk"))
    return Call.objects.filter(own | Q(region__in=regions_overseen_by(user).values("pk")))


def can_run(user: Person, call: Call) -> bool:
    """Whether the user may write it."""
    return calls_run_by(user).filter(pk=call.pk).exists()


def visible_calls(user: Person) -> Calls:
    """The public ones, and the drafts of those that one runs."""
    return Call.objects.filter(Q(published_at__isnull=False) | Q(pk__in=calls_run_by(user).values("pk")))


def can_read(user: Person, application: Application, now: datetime) -> bool:
    """Whether the user may read an application of another. Nobody may as long as nobody assesses."""
    return False


def sees_names(user: Person, application: Application, now: datetime) -> bool:
    """Whether the user may read who applies, with what tells it."""
    return can_read(user, application, now) and not application.call.is_blind


def can_open(user: Person, file: SampleFile, now: datetime) -> bool:
    """Whether the user may get a file: one's own unless it was refused; another's once it is sent in and clean.

    What tells who applies is for those who see the names.
    """
    application = file.application
    if isinstance(user, User) and application.applicant_id == user.pk:
        return file.scan_state != SampleFile.Scan.REFUSED
    if not (scanning.has_passed(file) and can_read(user, application, now)):
        return False
    last = submissions.counts(application)
    is_identifying = submissions.sent_files(last).get(file.pk) if last else None
    return is_identifying is not None and (not is_identifying or sees_names(user, application, now))
