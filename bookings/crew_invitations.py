"""A crew hosts a visit to another house of its municipality: that house asks, the crew's house answers.

One crew is asked at a time. Nobody is asked for a visit that a crew has, and one that is called off asks nobody.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bookings import crew_notices, crews, history
from bookings.models import Booking, CrewInvitation, CrewVisit
from tours.errors import NotNow, Refused
from venues.models import Crew, User
from venues.models.crews import Crews

Outcome = CrewInvitation.Outcome


def nearby(booking: Booking) -> Crews:
    """The crews that may be asked: those that host now, of other houses in the municipality where it is played."""
    ground = booking.venue.place.municipality_id
    found = Crew.objects.active().filter(organisation__municipality=ground)
    return found.exclude(organisation=booking.presenter_id).select_related("organisation")


def open_for(booking: Booking, now: datetime) -> CrewInvitation | None:
    """The invitation that waits for an answer; None where no crew is asked."""
    return booking.crew_invitations.waiting(now).with_ground().first()


@transaction.atomic
def invite(booking: Booking, crew: Crew, *, by: User, now: datetime) -> CrewInvitation:
    """Ask a crew of another house to host the visit; its house is told, and answers.

    Raises:
        NotNow: the visit is not confirmed (any more) or over, a crew has it, or one is asked already.
        Refused: the crew is not one of `nearby`.
    """
    booking = crews.to_host(booking, now)
    if CrewVisit.objects.filter(booking=booking, left_at=None).exists():
        raise NotNow(_("A crew has this visit already. Reload the page."), booking=booking.pk)
    if not nearby(booking).filter(pk=crew.pk).exists():
        raise Refused(
            _("Choose a crew of another house in %(municipality)s.")
            % {"municipality": booking.venue.place.municipality},
            field="crew",
        )
    try:
        with transaction.atomic():
            made = CrewInvitation.objects.create(booking=booking, crew=crew, asked_at=now, asked_by=by)
    except IntegrityError as error:
        raise NotNow(
            _("A crew is asked already. Wait for its answer, or take that back first."), booking=booking.pk
        ) from error
    history.note(booking, "crew_asked", booking.status, by, now, details={"crew": crew.name})
    crew_notices.asked(_read(made), now)
    return made


@transaction.atomic
def accept(invitation: CrewInvitation, *, by: User, now: datetime) -> CrewVisit:
    """The crew hosts the visit, as one of the house's own does; who asked is told.

    Raises:
        NotNow: it is answered or taken back already, or the visit is not confirmed (any more) or over.
        Refused: the crew does not host now, or the region has no tasks for crews.
    """
    booking = crews.to_host(invitation.booking, now)
    invitation = _waiting(invitation)
    if not invitation.crew.is_active:
        raise Refused(_("The crew does not host now. Say on its page that it does."), field="crew")
    _close(invitation, Outcome.ACCEPTED, by, now)
    visit = crews.host(booking, invitation.crew, by=by, now=now)
    crew_notices.answered(invitation, now)
    return visit


@transaction.atomic
def decline(invitation: CrewInvitation, *, by: User, now: datetime) -> None:
    """The crew does not come; who asked is told, and may ask another. Raises NotNow as `accept` does."""
    booking = crews.to_host(invitation.booking, now)
    invitation = _waiting(invitation)
    _close(invitation, Outcome.DECLINED, by, now)
    history.note(booking, "crew_declined", booking.status, by, now, details={"crew": invitation.crew.name})
    crew_notices.answered(invitation, now)


@transaction.atomic
def take_back(invitation: CrewInvitation, *, by: User, now: datetime) -> None:
    """The house asks no longer; the crew's house is told. Raises NotNow as `accept` does."""
    booking = crews.to_host(invitation.booking, now)
    invitation = _waiting(invitation)
    _close(invitation, Outcome.TAKEN_BACK, by, now)
    history.note(booking, "crew_unasked", booking.status, by, now, details={"crew": invitation.crew.name})
    crew_notices.unasked(invitation, now)


def _read(invitation: CrewInvitation) -> CrewInvitation:
    return CrewInvitation.objects.with_ground().get(pk=invitation.pk)


def _waiting(invitation: CrewInvitation) -> CrewInvitation:
    """The invitation as it stands, with the visit locked. Raises NotNow."""
    found = _read(invitation)
    if found.answered_at is not None:
        raise NotNow(_("It has been answered, or taken back. Reload the page."), booking=found.booking_id)
    return found


def _close(invitation: CrewInvitation, outcome: Outcome, by: User, now: datetime) -> None:
    invitation.outcome, invitation.answered_by, invitation.answered_at = outcome, by, now
    invitation.save(update_fields=["outcome", "answered_by", "answered_at"])
