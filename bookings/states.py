"""The one table of an agreement: its states, and who may do what from where until when.

Pages, API, verbs and docs (`docs/agreements.md`) read this table. A new state or step is added here, and nowhere else
is it said who may take it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings.checklists import is_advanced
from bookings.conditions import (
    ANSWER_DATE,
    AT_A_SCHOOL,
    CHALLENGE_END,
    CHANGE_DATE,
    CHANGE_WAITS,
    FURTHER_OPTION,
    GET_IN,
    GET_OUT,
    HOLD_END,
    KEPT,
    NO_CHANGE_WAITS,
    NOT_BOOKED_ANEW,
    NOT_JUST_REMINDED,
    NOT_REPORTED,
    PROPOSED,
    REPORTED,
    SETTLED,
    TIMES_PROPOSED,
    UNPUBLISHED,
    UNSETTLED,
    WITHOUT_DATE,
    Condition,
    Deadline,
    Text,
)
from bookings.models import Booking
from bookings.models.booking import Status

PRODUCER, PRESENTER, CLOCK = "producer", "presenter", "clock"


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
            "settled",
            _("Settled"),
            (Status.CONFIRMED,),
            "the producer has settled it, whether it was played or not",
            lambda booking, now: booking.settled_at is not None,
        ),
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
        State(
            "change_waits",
            _("Change waits"),
            (Status.CONFIRMED,),
            "one side has proposed another time, room or number of shows, and the other has not answered",
            lambda booking, now: booking.open_change is not None,
        ),
        State(
            "advanced",
            pgettext_lazy("state", "Advanced"),
            (Status.CONFIRMED,),
            "all that its checklist has before the visit is settled, and every need of the room",
            is_advanced,
        ),
        State("confirmed", _("Confirmed"), (Status.CONFIRMED,)),
        State(
            "proposed",
            _("Other date proposed"),
            (Status.DECLINED,),
            "the presenter has proposed another date, and the producer has not answered",
            lambda booking, now: booking.open_counter is not None,
        ),
        State("declined", _("Declined"), (Status.DECLINED,)),
        State("withdrawn", _("Withdrawn"), (Status.WITHDRAWN,)),
        State("released", _("Released"), (Status.RELEASED,)),
        State("expired", _("Expired"), (Status.EXPIRED,)),
        State("cancelled", _("Cancelled"), (Status.CANCELLED,)),
        State("postponed", _("Postponed"), (Status.POSTPONED,)),
    )
}


def shown_state(booking: Booking, now: datetime) -> str:
    """The name of the state that the visit is shown in at that moment."""
    return next(
        state.name
        for state in STATES.values()
        if booking.status in state.stored and state.holds(booking, now)
    )


@dataclass(frozen=True, eq=False)
class Action:
    """A step of an agreement.

    Attributes:
        target: the state that it leads to; None where it stays.
        who: side -> the states from which that side may take it.
        until: what ends it. Nothing: it may be taken as long as the state lasts.
        given: what else must be so.
        whose: of a change that waits, whether the step is for the side that proposed it ("own") or the other; empty:
            for either.
        not_by_school: a presenter that is a school may not take it: it asks, and the producer decides.
    """

    name: str
    label: Text
    target: Status | None
    who: Mapping[str, tuple[Status, ...]]
    until: tuple[Deadline, ...] = ()
    given: tuple[Condition, ...] = ()
    whose: str = ""
    not_by_school: bool = False

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that may ever take it."""
        return tuple(self.who)

    @property
    def sources(self) -> tuple[Status, ...]:
        """The states from which it may be taken, whoever takes it."""
        return tuple(status for status in Status if any(status in states for states in self.who.values()))

    def is_for(self, side: str, booking: Booking) -> bool:
        """Whether that side may take it from the state in which the visit is, deadlines and conditions apart."""
        if booking.status not in self.who.get(side, ()):
            return False
        if self.not_by_school and side == PRESENTER and booking.is_at_a_school:
            return False
        change = booking.open_change
        return not (self.whose and change) or (change.side == side) == (self.whose == "own")

    def refusal(self, booking: Booking, now: datetime) -> Text | None:
        """Why it cannot be taken at that moment from a state from which it could; None where it can."""
        unmet = (condition.sentence for condition in self.given if not condition.holds(booking, now))
        missed = (deadline.sentence for deadline in self.until if deadline.has_passed(booking, now))
        return next(chain(unmet, missed), None)


_HELD, _OFFERED, _CONFIRMED = (Status.HELD,), (Status.OFFERED,), (Status.CONFIRMED,)
_DECLINED, _CANCELLABLE = (Status.DECLINED,), (Status.CONFIRMED, Status.POSTPONED)
_ASKABLE = (Status.HELD, Status.OFFERED)
_BOTH = {PRODUCER: _CONFIRMED, PRESENTER: _CONFIRMED}

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
        Action("recall", _("Take back before it is sent"), Status.HELD, {PRODUCER: _OFFERED}, (GET_IN,)),
        Action("withdraw", _("Withdraw the offer"), Status.WITHDRAWN, {PRODUCER: _OFFERED}),
        Action(
            "remind",
            _("Remind"),
            None,
            {PRODUCER: _OFFERED, CLOCK: _OFFERED},
            (ANSWER_DATE, GET_IN),
            (NOT_JUST_REMINDED,),
        ),
        Action("extend_answer", _("Give more time to answer"), None, {PRODUCER: _OFFERED}, (GET_IN,)),
        Action(
            "take",
            _("Take the other date"),
            Status.CONFIRMED,
            {PRODUCER: _DECLINED},
            given=(TIMES_PROPOSED, NOT_BOOKED_ANEW),
        ),
        Action("turn_down", _("Say no to the other date"), None, {PRODUCER: _DECLINED}, given=(PROPOSED,)),
        Action(
            "reschedule",
            _("Give it a new date"),
            Status.HELD,
            {PRODUCER: (Status.DECLINED, Status.POSTPONED)},
            given=(WITHOUT_DATE, NOT_BOOKED_ANEW),
        ),
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
        Action("price", _("Change the price"), None, {PRODUCER: _HELD}, KEPT),
        Action("release", _("Release"), Status.RELEASED, {PRODUCER: _HELD, CLOCK: _HELD}),
        Action("expire", _("Let it lapse"), Status.EXPIRED, {CLOCK: _ASKABLE}),
        Action("move", _("Move"), None, {PRODUCER: _HELD}, (HOLD_END, CHALLENGE_END)),
        Action(
            "propose_change",
            _("Propose a change"),
            None,
            _BOTH,
            (GET_IN,),
            (NO_CHANGE_WAITS, NOT_REPORTED),
        ),
        Action(
            "accept_change",
            _("Accept the change"),
            None,
            _BOTH,
            (CHANGE_DATE, GET_IN),
            (CHANGE_WAITS,),
            "other",
        ),
        Action("refuse_change", _("Say no to the change"), None, _BOTH, (), (CHANGE_WAITS,), "other"),
        Action("take_back_change", _("Take the change back"), None, _BOTH, (), (CHANGE_WAITS,), "own"),
        Action("lapse_change", _("Let the change lapse"), None, {CLOCK: _CONFIRMED}, (), (CHANGE_WAITS,)),
        Action(
            "postpone",
            _("Postpone"),
            Status.POSTPONED,
            {PRODUCER: _CONFIRMED, PRESENTER: _CONFIRMED},
            (GET_OUT,),
            not_by_school=True,
        ),
        Action(
            "cancel",
            _("Cancel"),
            Status.CANCELLED,
            {PRODUCER: _CANCELLABLE, PRESENTER: _CANCELLABLE},
            (GET_OUT,),
            not_by_school=True,
        ),
        Action(
            "ask_to_cancel",
            _("Ask to cancel"),
            None,
            {PRESENTER: _CONFIRMED},
            (GET_IN,),
            (AT_A_SCHOOL, NO_CHANGE_WAITS, NOT_REPORTED),
        ),
        Action("publish", _("Publish"), None, {PRODUCER: _CONFIRMED}, given=(UNPUBLISHED,)),
        Action("settle", _("Settle"), None, {PRODUCER: _CONFIRMED}, given=(REPORTED, UNSETTLED)),
        Action("reopen", _("Open the settlement again"), None, {PRODUCER: _CONFIRMED}, given=(SETTLED,)),
    )
}


def actions_for(booking: Booking, side: str, now: datetime) -> list[Action]:
    """What that side may do at that moment, in the table's order."""
    return [
        action
        for action in ACTIONS.values()
        if action.is_for(side, booking) and action.refusal(booking, now) is None
    ]
