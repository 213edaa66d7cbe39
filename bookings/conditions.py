"""Until when a step of an agreement may be taken, and what else must be so: `bookings.states` says which for which."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking
from bookings.models.booking import Status

Text = str | Promise


@dataclass(frozen=True)
class Deadline:
    """A stored moment of the visit from which on a step cannot be taken any more.

    Attributes:
        name: the field of the visit that holds the moment.
        counts_in: the states in which it counts.
        sentence: the refusal once it has passed.
    """

    name: str
    label: Text
    counts_in: tuple[Status, ...]
    sentence: Text

    def has_passed(self, booking: Booking, now: datetime) -> bool:
        """Whether it counts for the visit as it is, and lies behind."""
        at: datetime | None = getattr(booking, self.name)
        return booking.status in self.counts_in and at is not None and at <= now


_ALL = tuple(Status)
CHANGE_DATE = Deadline(
    "change_answer_by",
    _("answer date of the change"),
    (Status.CONFIRMED,),
    _("The change was not answered in time. The visit stays as it was agreed."),
)
ANSWER_DATE = Deadline(
    "answer_by",
    _("answer date"),
    (Status.OFFERED,),
    _("The answer date has passed. Call the producer, who can send a new offer."),
)
HOLD_END = Deadline(
    "hold_expires_at",
    _("end of the hold"),
    (Status.HELD,),
    _("The hold has run out. Hold the time again if it is still free."),
)
CHALLENGE_END = Deadline(
    "challenge_answer_by",
    _("end of a challenge"),
    (Status.HELD,),
    _("The time to answer the challenge has passed: the next in line gets the date."),
)
GET_IN = Deadline("occupied_from", _("get-in"), _ALL, _("The visit's time has passed already."))
GET_OUT = Deadline(
    "occupied_to",
    _("end of the get-out"),
    (Status.CONFIRMED,),
    _("The visit is over. Report that it was not played instead."),
)


@dataclass(frozen=True)
class Condition:
    """What must be so beside the state: in words for the docs, as a predicate, and the refusal where it is not."""

    words: str
    holds: Callable[[Booking, datetime], bool]
    sentence: Text


UNPUBLISHED = Condition(
    "not published", lambda booking, now: booking.published_at is None, _("It is published already.")
)
FURTHER_OPTION = Condition(
    "option 2 or lower",
    lambda booking, now: booking.hold_rank > 1,
    _("It has the first option already."),
)
#: So long nobody reminds a presenter of the same offer again. Source: the house's choice; two days to read a mail.
REMINDER_PAUSE = timedelta(days=2)
NOT_JUST_REMINDED = Condition(
    "not reminded in the last two days",
    lambda booking, now: booking.reminded_at is None or booking.reminded_at + REMINDER_PAUSE <= now,
    _("They were reminded less than two days ago. Give them time, or call."),
)
PROPOSED = Condition(
    "another date is proposed, and not answered yet",
    lambda booking, now: booking.open_counter is not None,
    _("No other date waits for your answer."),
)
TIMES_PROPOSED = Condition(
    "times are proposed, and not answered yet",
    lambda booking, now: booking.open_counter is not None and booking.open_counter.slots.exists(),
    _("No time waits for your answer."),
)
WITHOUT_DATE = Condition(
    "another date is proposed, or it is postponed",
    lambda booking, now: booking.status == Status.POSTPONED or booking.open_counter is not None,
    _("No other date waits for your answer."),
)


def _is_not_booked_anew(booking: Booking, now: datetime) -> bool:
    return booking.wish_id is None or not Booking.objects.live().filter(wish=booking.wish_id).exists()


NOT_BOOKED_ANEW = Condition(
    "its wish is not booked anew",
    _is_not_booked_anew,
    _("The wish has another visit by now. Look at that one, or let it go first."),
)
REPORTED = Condition(
    "reported", lambda booking, now: bool(booking.outcome), _("It is settled when it has been reported.")
)
UNSETTLED = Condition(
    "not settled", lambda booking, now: booking.settled_at is None, _("It is settled already.")
)
CHANGE_WAITS = Condition(
    "a change waits for an answer",
    lambda booking, now: booking.open_change is not None,
    _("No change waits for an answer (any more). The visit is shown as it stands."),
)
NO_CHANGE_WAITS = Condition(
    "no change waits for an answer",
    lambda booking, now: booking.open_change is None,
    _("A change waits for an answer already. It is answered or taken back first."),
)
#: Source: the county's rules for school visits: a school may not cancel without approval (telemark.ksys.no).
AT_A_SCHOOL = Condition(
    "the presenter is a school",
    lambda booking, now: booking.is_at_a_school,
    _("Only a school asks first. You can cancel the visit yourself."),
)
NOT_REPORTED = Condition(
    "not reported", lambda booking, now: not booking.outcome, _("The visit has been reported already.")
)
SETTLED = Condition("settled", lambda booking, now: booking.settled_at is not None, _("It is not settled."))
#: What ends the right to do something about a slot that is only held or offered.
KEPT = (HOLD_END, CHALLENGE_END, GET_IN)
