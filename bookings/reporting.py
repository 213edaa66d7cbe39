"""What happened at a visit: whether it was played, and who came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import history, slots
from bookings.errors import NotNow, Refused
from bookings.models import Booking
from bookings.models.booking import Status
from venues.models import User

#: The largest audience that a row can hold (PostgreSQL's smallint).
MOST = 32767


@transaction.atomic
def report_played(
    booking: Booking, *, by: User, now: datetime, figures: Sequence[tuple[int, int]]
) -> Booking:
    """Note that a confirmed visit was played, with its audience. A later report replaces an earlier one.

    Args:
        figures: for each performance in order the audience, and how many of them were children or young people.

    Raises:
        NotNow: it was never confirmed, or has not been played yet.
        Refused: figures are missing, negative, too large, or more young people than people.
    """
    booking = slots.lock_booking(booking)
    check_over(booking, now)
    performances = list(booking.performances.all())
    if len(figures) != len(performances):
        raise Refused(_("Give the audience of every show."), field="figures", booking=booking.pk)
    for performance, (audience, young) in zip(performances, figures, strict=True):
        _check_figures(booking, performance.number, audience, young)
        performance.attendance, performance.attendance_young = audience, young
        performance.save(update_fields=["attendance", "attendance_young"])
    details = {"figures": [list(row) for row in figures]}
    return _note(booking, Booking.Outcome.HELD, by, now, action="report", details=details)


@transaction.atomic
def report_not_played(booking: Booking, *, by: User, now: datetime, reason: str) -> Booking:
    """Note that a confirmed visit was not played, and why. A later report replaces an earlier one.

    Raises:
        NotNow: it was never confirmed, or is not over yet.
        Refused: there is no reason.
    """
    booking = slots.lock_booking(booking)
    check_over(booking, now)
    if not reason.strip():
        raise Refused(_("Say in a few words why it was not played."), field="reason", booking=booking.pk)
    booking.performances.update(attendance=None, attendance_young=None)
    return _note(booking, Booking.Outcome.NOT_HELD, by, now, action="not_played", reason=reason)


def is_over(booking: Booking, now: datetime) -> bool:
    """Whether a report may be given: the visit was confirmed, and its get-out has ended."""
    return booking.status == Status.CONFIRMED and booking.occupied_to <= now


def check_over(booking: Booking, now: datetime) -> None:
    """Refuse a report that comes too early, or about a visit that was never agreed.

    Raises:
        NotNow: it was never confirmed, or is not over yet.
    """
    if not is_over(booking, now):
        raise NotNow(_("A visit is reported when it was confirmed and is over."), booking=booking.pk)


def _check_figures(booking: Booking, show: int, audience: int, young: int) -> None:
    """Refuse what cannot be; `show` names the performance, so that a form can blame its field."""
    if not 0 <= audience <= MOST:
        raise Refused(
            _("An audience is a number from 0 to %(most)d.") % {"most": MOST},
            field="figures",
            booking=booking.pk,
            show=show,
        )
    if not 0 <= young <= audience:
        raise Refused(
            _("Of an audience of %(audience)d there cannot be %(young)d children and young people.")
            % {"audience": audience, "young": young},
            field="figures",
            booking=booking.pk,
            show=show,
        )


def _note(booking: Booking, outcome: str, by: User, now: datetime, *, action: str, **line: Any) -> Booking:
    """Write the outcome, and the line of history about it."""
    booking.outcome, booking.version, booking.changed_at = outcome, booking.version + 1, now
    booking.save(update_fields=["outcome", "version", "changed_at"])
    history.note(booking, action, booking.status, by, now, **line)
    return booking
