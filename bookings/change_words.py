"""A change of a visit in words, in the active language: what is agreed beside what is asked for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Booking, ChangeProposal, VisitCancellation
from bookings.models.report import Side
from venues.dates import clock, moment_text, money_text, week_text


@dataclass(frozen=True)
class Difference:
    """A fact of the visit as it is agreed, and as it would be."""

    label: str
    old: str
    new: str

    @property
    def is_new(self) -> bool:
        """Whether the change touches it."""
        return self.old != self.new


def differences(booking: Booking, change: ChangeProposal) -> list[Difference]:
    """Time, hours of the ensemble, room, shows and price: in both versions, also what stays."""
    if change.cancels:
        return [Difference(_("The visit"), _("is played as agreed"), _("is cancelled"))]
    shows = len(booking.performances.all())
    return [
        Difference(_("First show starts"), _when(booking), _when(change)),
        Difference(_("The ensemble is there"), _hours(booking), _hours(change)),
        Difference(_("Where"), _where(booking), _where(change)),
        Difference(_("Shows"), str(shows), str(change.shows_count)),
        Difference(
            _("Price"),
            money_text(booking.price, booking.currency),
            money_text(change.price, booking.currency),
        ),
    ]


def new_version(booking: Booking, change: ChangeProposal) -> str:
    """The new version in a line."""
    if change.cancels:
        return _("the visit is cancelled")
    shows = ngettext("%(count)d show", "%(count)d shows", change.shows_count) % {"count": change.shows_count}
    return ", ".join([_when(change), _where(change), shows, money_text(change.price, booking.currency)])


def who(booking: Booking, change: ChangeProposal) -> str:
    """The house that asks for it."""
    is_producer = change.side == Side.PRODUCER
    return str(booking.tour.production.ensemble.producer if is_producer else booking.presenter)


def cancelled(cancellation: VisitCancellation) -> str:
    """Who cancelled, how long before, and whether that was in time by the rule that held."""
    days = ngettext(
        "%(count)d day before the visit", "%(count)d days before the visit", cancellation.days_before
    )
    told = {"who": cancellation.get_cause_display(), "when": days % {"count": cancellation.days_before}}
    text = _("Cancelled by %(who)s, %(when)s") % told
    if cancellation.cause == VisitCancellation.Cause.FORCE_MAJEURE:
        text = _("Cancelled by nobody's fault (force majeure), %(when)s") % told
    if not cancellation.late_days:
        return f"{text}."
    rule = ngettext(
        "late is less than %(count)d day", "late is less than %(count)d days", cancellation.late_days
    )
    return _("%(text)s: %(verdict)s (%(rule)s).") % {
        "text": text,
        "verdict": _("late by the rule") if cancellation.is_late else _("in time"),
        "rule": rule % {"count": cancellation.late_days},
    }


def _when(version: Booking | ChangeProposal) -> str:
    return f"{moment_text(version.starts_at)}, {week_text(version.starts_at)}"


def _hours(version: Booking | ChangeProposal) -> str:
    return f"{clock(version.occupied_from)}–{clock(version.occupied_to)}"


def _where(version: Booking | ChangeProposal) -> str:
    return f"{version.venue}, {version.venue.place}"
