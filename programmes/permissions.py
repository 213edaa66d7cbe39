"""Who may run calls and who sees which; who assesses, and may read what of an application."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from bookings.permissions import Person, organisations_of, regions_overseen_by
from programmes import conflicts, scanning, submissions
from programmes.models import Application, Assessment, Assessor, Call, SampleFile
from programmes.models.applications import Applications
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


# -- Who assesses ---------------------------------------


def assessments_of(user: Person) -> "QuerySet[Assessment]":
    """The assessments on whose panel the user sits, also those that have ended; what is due first stands first."""
    if not isinstance(user, User) or not user.is_active:
        return Assessment.objects.none()
    seats = Assessor.objects.active().of_user(user)
    found = Assessment.objects.filter(call__in=seats.values("call"))
    return found.select_related("call__owner", "call__region").order_by("due_on", "pk")


def is_ended(call: Call, now: datetime) -> bool:
    """Whether those who assess the applications are done with them: the answers are sent, or the call is withdrawn."""
    return call.withdrawn_at is not None or Call.objects.answered(now).filter(pk=call.pk).exists()


def calls_followed_by(user: Person, now: datetime) -> Calls:
    """The calls whose meeting the user follows as one of the panel: from when it is closed until it has ended."""
    seats = assessments_of(user).filter(closed_at__isnull=False)
    found = Call.objects.filter(pk__in=seats.order_by().values("call"), withdrawn_at=None)
    return found.exclude(pk__in=Call.objects.answered(now).values("pk"))


def is_readable(call: Call, now: datetime) -> bool:
    """Whether anybody may read the applications: once the call has closed, for until then they may be changed.

    One that is withdrawn stays readable for those who run it: what was sent in is theirs to answer for.
    """
    return call.is_public and call.closes_at <= now


def readable(user: Person, call: Call, now: datetime) -> Applications:
    """The applications to a call that the user may read: nothing before it has closed, and none in conflict.

    Whoever runs the call reads all others; an assessor those that are one's own to score, and all others too once the
    assessment is closed, for the meeting. When it has ended (`is_ended`) an assessor reads none.
    """
    if not isinstance(user, User) or not user.is_active or not is_readable(call, now):
        return Application.objects.none()
    found = Application.objects.filter(call=call).sent_in()
    found = found.exclude(pk__in=conflicts.hidden_from(user).values("pk"))
    if can_run(user, call):
        return found
    if is_ended(call, now):
        return Application.objects.none()
    seats = Assessor.objects.active().of_user(user).filter(call=call)
    dealt = Q(assignments__assessor__in=seats, assignments__let_go_at=None)
    at_the_meeting = Q(call__assessment__closed_at__isnull=False, call__in=seats.values("call"))
    return Application.objects.filter(pk__in=found.filter(dealt | at_the_meeting).values("pk"))


def can_read(user: Person, application: Application, now: datetime) -> bool:
    """Whether the user may read what the application says (not who, see `sees_names`); its applicant does not ask."""
    return readable(user, application.call, now).filter(pk=application.pk).exists()


def names_are_hidden(user: User, call: Call) -> bool:
    """Whether names are hidden from the user: from all on a panel that assesses without, until it is closed.

    From one who runs the call too, as long as they sit on it or what they scored before they left counts.
    """
    if not call.is_blind or Assessment.objects.filter(call=call, closed_at__isnull=False).exists():
        return False
    counts = Q(is_left_out=False, reviews__finished_at__isnull=False)
    return Assessor.objects.of_user(user).filter(Q(removed_at=None) | counts, call=call).exists()


def sees_names(user: Person, application: Application, now: datetime) -> bool:
    """Whether the user may read who applies, with what tells it: contacts, people, work samples and files."""
    if not isinstance(user, User) or not can_read(user, application, now):
        return False
    return not names_are_hidden(user, application.call)


def can_open(user: Person, file: SampleFile, now: datetime) -> bool:
    """Whether the user may get a file: one's own unless it was refused; another's once it is sent in and clean.

    What tells who applies is for those who see the names.
    """
    application = file.application
    if isinstance(user, User) and application.applicant_id == user.pk:
        return file.scan_state != SampleFile.Scan.REFUSED
    return file.pk in files_open(user, application, now)


def files_open(user: Person, application: Application, now: datetime) -> set[int]:
    """The ids of the files that another's application was last sent in with, and that the user may get now."""
    last = submissions.counts(application)
    if last is None or not can_read(user, application, now):
        return set()
    named = sees_names(user, application, now)
    sent = {pk for pk, is_identifying in submissions.sent_files(last).items() if named or not is_identifying}
    return {file.pk for file in SampleFile.objects.filter(pk__in=sent) if scanning.has_passed(file)}
