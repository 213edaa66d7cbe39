"""The one table of an agreement: its states, and who may do what from where until when.

Pages, API, verbs and docs (`docs/agreements.md`) read this table. A new state or step is added here, and nowhere else
is it said who may take it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings.models import Booking
from bookings.models.booking import Status

PRODUCER, PRESENTER, CLOCK = "producer", "presenter", "clock"
Text = str | Promise


@dataclass(frozen=True)
class State:
    """What a visit is shown as. It is computed from what is stored, never stored itself.

    Attributes:
        stored: the stored states of which it is a reading.
        when: what else must be so, in words for the docs; empty where the stored state is all.
        holds: the same as a predicate of the visit and the moment.
    """

    name: str
    label: Text
    stored: tuple[Status, ...]
    when: str = ""
    holds: Callable[[Booking, datetime], bool] = lambda booking, now: True


def _is_over(booking: Booking, now: datetime) -> bool:
    return booking.occupied_to <= now


def _was_not_played(booking: Booking, now: datetime) -> bool:
    return _is_over(booking, now) and booking.outcome == Booking.Outcome.NOT_HELD


#: Name -> state; of several that fit, the first is shown.
STATES = {
    state.name: state
    for state in (
        State("held", _("Held"), (Status.HELD,)),
        State("offered", _("Offered"), (Status.OFFERED,)),
        State(
            "not_played",
            pgettext_lazy("state", "Not played"),
            (Status.CONFIRMED,),
            "the get-out is over, and it was reported as not played",
            _was_not_played,
        ),
        State(
            "played",
            pgettext_lazy("state", "Played"),
            (Status.CONFIRMED,),
            "the get-out is over",
            _is_over,
        ),
        State("confirmed", _("Confirmed"), (Status.CONFIRMED,)),
        State(
            "proposed",
            _("Other date proposed"),
            (Status.DECLINED,),
            "the presenter has proposed other days",
            lambda booking, now: hasattr(booking, "counter_offer"),
        ),
        State("declined", _("Declined"), (Status.DECLINED,)),
        State("withdrawn", _("Withdrawn"), (Status.WITHDRAWN,)),
        State("released", _("Released"), (Status.RELEASED,)),
        State("expired", _("Expired"), (Status.EXPIRED,)),
        State("cancelled", _("Cancelled"), (Status.CANCELLED,)),
    )
}


def shown_state(booking: Booking, now: datetime) -> str:
    """The name of the state that the visit is shown in at that moment."""
    return next(
        state.name
        for state in STATES.values()
        if booking.status in state.stored and state.holds(booking, now)
    )


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
    _ALL,
    _("The visit is over. Report that it was not played instead."),
)


@dataclass(frozen=True)
class Condition:
    """What must be so beside the state: in words for the docs, as a predicate, and the refusal where it is not."""

    words: str
    holds: Callable[[Booking], bool]
    sentence: Text


UNPUBLISHED = Condition(
    "not published", lambda booking: booking.published_at is None, _("It is published already.")
)


FURTHER_OPTION = Condition(
    "option 2 or lower",
    lambda booking: booking.hold_rank > 1,
    _("It has the first option already."),
)
#: What ends the right to do something about a slot that is only held or offered.
KEPT = (HOLD_END, CHALLENGE_END, GET_IN)


@dataclass(frozen=True, eq=False)
class Action:
    """A step of an agreement.

    Attributes:
        target: the state that it leads to; None where it stays.
        who: side -> the states from which that side may take it.
        until: what ends it. Nothing: it may be taken as long as the state lasts.
        given: what else must be so.
    """

    name: str
    label: Text
    target: Status | None
    who: Mapping[str, tuple[Status, ...]]
    until: tuple[Deadline, ...] = ()
    given: tuple[Condition, ...] = ()

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that may ever take it."""
        return tuple(self.who)

    @property
    def sources(self) -> tuple[Status, ...]:
        """The states from which it may be taken, whoever takes it."""
        return tuple(status for status in Status if any(status in states for states in self.who.values()))

    def refusal(self, booking: Booking, now: datetime) -> Text | None:
        """Why it cannot be taken at that moment from a state from which it could; None where it can."""
        unmet = (condition.sentence for condition in self.given if not condition.holds(booking))
        missed = (deadline.sentence for deadline in self.until if deadline.has_passed(booking, now))
        return next(chain(unmet, missed), None)


_HELD, _OFFERED, _CONFIRMED = (Status.HELD,), (Status.OFFERED,), (Status.CONFIRMED,)
_ASKABLE = (Status.HELD, Status.OFFERED)

#: Name -> step. A presenter that was not asked yet has no say: what is only held is the producer's.
ACTIONS = {
    action.name: action
    for action in (
        Action("offer", _("Send the offer"), Status.OFFERED, {PRODUCER: _HELD}, KEPT),
        Action(
            "confirm",
            _("Confirm"),
            Status.CONFIRMED,
            {PRESENTER: _OFFERED, PRODUCER: _ASKABLE},
            (ANSWER_DATE, *KEPT),
        ),
        Action("decline", _("Decline"), Status.DECLINED, {PRESENTER: _OFFERED, PRODUCER: _OFFERED}),
        Action("counter", _("Propose another date"), Status.DECLINED, {PRESENTER: _OFFERED}),
        Action("withdraw", _("Withdraw the offer"), Status.WITHDRAWN, {PRODUCER: _OFFERED}),
        Action(
            "promote",
            _("Take the first option"),
            None,
            {PRODUCER: _ASKABLE, CLOCK: _ASKABLE},
            (ANSWER_DATE, HOLD_END, GET_IN),
            (FURTHER_OPTION,),
        ),
        Action(
            "challenge",
            _("Challenge the first option"),
            None,
            {PRODUCER: _ASKABLE},
            (ANSWER_DATE, HOLD_END, GET_IN),
            (FURTHER_OPTION,),
        ),
        Action("extend", _("Change how long it is held"), None, {PRODUCER: _HELD}, KEPT),
        Action("release", _("Release"), Status.RELEASED, {PRODUCER: _HELD, CLOCK: _HELD}),
        Action("expire", _("Let it lapse"), Status.EXPIRED, {CLOCK: _ASKABLE}),
        Action("move", _("Move"), None, {PRODUCER: _HELD}, (HOLD_END, CHALLENGE_END)),
        Action(
            "cancel",
            _("Cancel"),
            Status.CANCELLED,
            {PRODUCER: _CONFIRMED, PRESENTER: _CONFIRMED},
            (GET_OUT,),
        ),
        Action("publish", _("Publish"), None, {PRODUCER: _CONFIRMED}, given=(UNPUBLISHED,)),
    )
}


def actions_for(booking: Booking, side: str, now: datetime) -> list[Action]:
    """What that side may do at that moment, in the table's order."""
    return [
        action
        for action in ACTIONS.values()
        if booking.status in action.who.get(side, ()) and action.refusal(booking, now) is None
    ]
