"""What the mails about a hold say, in the active language: a title, which is also the subject, and what can be done."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking
from bookings.models.booking import Status
from venues.dates import moment_text, short_day_text

#: Kind of the notice -> title and lead. `%(visit)s` is the receiver's own, `%(other)s` the tour on the other side.
WORDS: dict[str, tuple[Promise, Promise]] = {
    "hold_ending": (
        _("%(visit)s is held until %(deadline)s only"),
        _("Send the offer, hold it longer, or release it. Otherwise the time is free for others then."),
    ),
    "hold_ended": (
        _("The hold has run out: %(visit)s"),
        _("The time is free for others. If you still want it, hold it again while it is free."),
    ),
    "hold_promoted": (
        _("You have the first option now: %(visit)s"),
        _("The option before yours has been let go. The time is kept for you until %(deadline)s."),
    ),
    "hold_freed": (
        _("The first option is free: %(visit)s"),
        _("This tour's further options do not move up by themselves. Take it before somebody else does."),
    ),
    "hold_challenged": (
        _("Answer by %(deadline)s: %(other)s asks for the time of %(visit)s"),
        _(
            "Send the offer, confirm the visit, or release it. Without an answer by then the time goes to %(other)s."
        ),
    ),
    "hold_unchallenged": (
        _("Nobody asks for the time of %(visit)s any more"),
        _("%(other)s has found another way. Your hold lasts until %(deadline)s, as before."),
    ),
    "hold_kept": (
        _("The first option stands: %(visit)s"),
        _(
            "%(other)s has answered your challenge: the visit is offered or confirmed. Your option stays in the line."
        ),
    ),
    "hold_lost": (
        _("The first option is lost: %(visit)s"),
        _("Nobody answered the challenge in time, so the time has gone on to %(other)s."),
    ),
    "hold_closed": (
        _("The presenter has closed the day: %(visit)s"),
        _("It stays held, but no offer can be sent for a time that is closed. Move it, or release it."),
    ),
    "visit_closed": (
        _("The presenter has noted that the room is closed: %(visit)s"),
        _(
            "The visit is confirmed, and stands. Talk to them: it may be another day that they mean, or another room."
        ),
    ),
    "hold_passed": (
        _("The time is confirmed for another: %(visit)s"),
        _(
            "%(other)s plays then. Your option stays in the line in case that is cancelled; release it if not."
        ),
    ),
}


def title(kind: str, booking: Booking, other: Booking | None) -> str:
    """The subject and heading."""
    return str(WORDS[kind][0]) % _facts(booking, other)


def lead(kind: str, booking: Booking, other: Booking | None) -> str:
    """What it means, and what can be done."""
    return str(WORDS[kind][1]) % _facts(booking, other)


def _facts(booking: Booking, other: Booking | None) -> dict[str, object]:
    held_until = booking.answer_by if booking.status == Status.OFFERED else booking.hold_expires_at
    deadline = booking.challenge_answer_by or held_until
    visit = f"{booking.tour.production}, {booking.presenter}, {short_day_text(booking.occupied_from)}"
    return {
        "visit": visit,
        "other": other.tour if other else "",
        "deadline": moment_text(deadline) if deadline else "",
    }
