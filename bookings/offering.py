"""An offer before its mail has left: taken back, and whether anybody has been told of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import lines
from bookings.models import Booking, Notice
from bookings.steps import begin, turn
from tours.errors import NotNow
from venues.models import User


@transaction.atomic
def recall(booking: Booking, *, by: User, now: datetime) -> Booking:
    """Take an offer back whose mail has not left: it is held again, its mail is stopped, and nobody is told.

    Raises:
        NotNow: it is not offered (any more), or the mail has left.
    """
    booking = begin(booking, "recall", now)
    if is_told(booking):
        raise NotNow(
            _("The mail with the offer has left. Withdraw the offer instead: the presenter hears of it."),
            booking=booking.pk,
        )
    booking.answer_by = booking.answer_remind_at = None
    lines.keep_until(booking, lines.default_end(booking, now), now)
    return turn(booking, "recall", by, now)


def is_told(booking: Booking) -> bool:
    """Whether the offer's mail has been handed to a mail server, however that went."""
    mails = booking.notices.filter(kind="offered").of_last_run().exclude(state=Notice.State.STOPPED)
    return mails.exclude(state=Notice.State.WAITING, attempts=0).exists()


def is_waiting(booking: Booking) -> bool:
    """Whether the offer's mail still waits to leave, so that what it says can be changed."""
    return not is_told(booking) and booking.notices.unsent().filter(kind="offered").exists()
