"""The verbs of a tour with visits in it: another frame around them, and their offers. Plans: `bookings.planning`."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import lifecycle, offers, slots
from bookings.models import Booking
from bookings.models.booking import Status
from tours import frames
from tours.errors import Refused
from tours.frames import Frame
from tours.models import Tour
from venues.dates import day_text
from venues.models import User


@transaction.atomic
def edit_tour(tour: Tour, frame: Frame, *, version: int) -> Tour:
    """Another frame for the tour, if nobody has changed it since that version. The address stays as it is.

    Raises:
        NotNow: somebody has changed the tour since.
        Refused: something in the frame is wrong, or leaves a standing visit outside the tour's days.
    """
    tour = frames.lock_tour(tour, version)
    _check_visits(tour, frame)
    return frames.reframe(tour, frame)


@transaction.atomic
def offer_stops(
    tour: Tour, versions: Mapping[int, int], *, by: User, now: datetime, answer_by: datetime
) -> list[Booking]:
    """Send the offers of several held visits, all or none. Whoever answers for several gets one mail with one link.

    Args:
        versions: booking id -> the version that the sender has seen.

    Raises:
        Refused: none was chosen, or one of them can not be sent; the sentence names it.
        NotNow: one has changed since it was shown, or is not held any more.
    """
    chosen = list(tour.bookings.filter(pk__in=versions).order_by("occupied_from", "pk"))
    if not chosen:
        raise Refused(_("Choose at least one visit to offer."))
    slots.lock_resources([tour.production.ensemble_id], [booking.venue_id for booking in chosen])
    for booking in chosen:
        lifecycle.unchanged(booking, versions[booking.pk])
    sent = [lifecycle.offer(booking, by=by, now=now, answer_by=answer_by, mails=False) for booking in chosen]
    offers.mail_together("offered", sent, now)
    return sent


def default_answer_day(tour: Tour, today: date) -> date:
    """The day by which offers are best answered: two weeks ahead, but before the cut-off and the tour's start."""
    day = today + timedelta(days=lifecycle.ANSWER_DAYS)
    if tour.cut_off_on and today < tour.cut_off_on:
        day = min(day, tour.cut_off_on)
    return max(min(day, tour.starts_on - timedelta(days=1)), today + timedelta(days=1))


def _check_visits(tour: Tour, frame: Frame) -> None:
    """Held, offered and confirmed visits stay within the tour's days; a held one can be released first."""
    for booking in tour.bookings.live().select_related("presenter").order_by("occupied_from"):
        day = timezone.localdate(booking.occupied_from)
        if not frame.starts_on <= day <= frame.ends_on:
            raise Refused(
                _(
                    "%(presenter)s is %(state)s for %(day)s. Keep that day in the tour, or change the visit first."
                )
                % {
                    "presenter": booking.presenter,
                    "state": Status(booking.status).label,
                    "day": day_text(day),
                },
                field="starts_on" if day < frame.starts_on else "ends_on",
                booking=booking.pk,
            )
