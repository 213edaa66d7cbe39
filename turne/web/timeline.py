"""What has happened to a visit, as a timeline: day by day, who did what for which side, until when, and why."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookings import bus_words, counter_words, group_words
from bookings.models import Booking, BookingChange, VisitReport
from bookings.models.booking import Status
from bookings.models.report import Side
from bookings.states import ACTIONS, PRESENTER, PRODUCER, STATES
from turne.web import advancing_words, change_history
from turne.web.schools import creative_rows, crew_words
from venues.dates import moment_text, money_text
from venues.models import Membership

Line = dict[str, Any]
#: What the bearer of a mailed link can do.
BY_LINK = ("confirm", "decline", "counter", "report", "not_played", "accept_change", "refuse_change")


def days(booking: Booking) -> list[Line]:
    """The days on which something happened, the last first, and on each of them the last line first.

    A line has what happened (with its deadline), when, by whom, for which side's house, the states that it led from and
    to where they differ, and why.
    """
    changes = list(booking.changes.select_related("by").order_by("-at", "-id"))
    houses, times = _houses(booking, changes), _proposed(booking, changes)
    by_day = groupby(changes, key=lambda change: timezone.localdate(change.at))
    return [{"on": day, "lines": [_line(change, houses, times) for change in found]} for day, found in by_day]


def _line(change: BookingChange, houses: dict[int, dict[str, str]], times: dict[int, str]) -> Line:
    return {
        "text": ": ".join(filter(None, [happened(change), times.get(change.pk)])),
        "at": change.at,
        "who": _who(change),
        "house": _house(change, houses),
        "states": _states(change),
        "reason": change.reason,
    }


def _proposed(booking: Booking, changes: Iterable[BookingChange]) -> dict[int, str]:
    """The times that were asked for, by the last line that tells of it; earlier ones are not kept."""
    last = next((change.pk for change in changes if change.action == "counter"), None)
    return {last: counter_words.proposal(booking)} if last else {}


def _states(change: BookingChange) -> str:
    """A no with another date is shown as the date that is proposed, before and after."""
    if change.from_status in ("", change.to_status):
        return ""
    proposed = str(STATES["proposed"].label).lower()
    before, after = (str(Status(status).label) for status in (change.from_status, change.to_status))
    if change.action == "counter":
        after = proposed
    elif change.from_status == Status.DECLINED:
        before = proposed
    return f"{before} → {after}"


def _who(change: BookingChange) -> str:
    """The name of who did it; who comes by a mailed link has none, and what the clock does says so."""
    if change.by:
        return str(change.by)
    return _("the link in the mail") if change.action in BY_LINK else pgettext("by whom", "automatically")


def _house(change: BookingChange, houses: dict[int, dict[str, str]]) -> str:
    """The house for which it was done; of somebody who sits on both sides the one whose step it is."""
    if not change.by_id:
        return houses[0][PRESENTER] if change.action in BY_LINK else ""
    theirs = houses.get(change.by_id, {})
    step = ACTIONS.get(change.action)
    fitting = [house for side, house in theirs.items() if step is None or side in step.sides]
    return next(iter(fitting or theirs.values()), "")


def _houses(booking: Booking, changes: Iterable[BookingChange]) -> dict[int, dict[str, str]]:
    """By the number of a person the houses of the agreement in which they act, by side; 0 has both."""
    sides = {
        PRODUCER: booking.tour.production.ensemble.producer,
        PRESENTER: booking.presenter,
    }
    people = {change.by_id for change in changes if change.by_id}
    pairs = set(
        Membership.objects.filter(user__in=people, organisation__in=[house.pk for house in sides.values()])
        .order_by()
        .values_list("user", "organisation")
    )
    found = {
        person: {side: house.name for side, house in sides.items() if (person, house.pk) in pairs}
        for person in people
    }
    return {**found, 0: {side: house.name for side, house in sides.items()}}


def happened(change: BookingChange) -> str:
    """The line of history in words."""
    details = change.details
    if change.action == "hold":
        rank = details.get("rank", 1)
        return _("Held") if rank == 1 else _("Noted as option %(rank)d") % {"rank": rank}
    if change.action == "offer" and details.get("answer_by"):
        deadline = moment_text(datetime.fromisoformat(details["answer_by"]))
        return _("Offered, to be answered by %(deadline)s") % {"deadline": deadline}
    if change.action in HAPPENED_WITH and change.details:
        return HAPPENED_WITH[change.action](details)
    if change.action == "expire" and change.from_status == Status.HELD:
        return _("The hold ran out")
    if change.action == "move" and {"from", "to"} <= set(details):
        return _("Moved from %(from)s to %(to)s") % _from_to(details)
    return str(HAPPENED[change.action]()) if change.action in HAPPENED else change.action


def _moment(details: dict[str, Any], name: str) -> str:
    return moment_text(datetime.fromisoformat(details[name]))


def _from_to(details: dict[str, Any]) -> dict[str, str]:
    return {name: _moment(details, name) for name in ("from", "to")}


def _released(details: dict[str, Any]) -> str:
    return _("Released: the challenge by %(tour)s was not answered") % {"tour": details["challenger"]}


def _challenged(details: dict[str, Any]) -> str:
    facts = {"tour": details["tour"], "deadline": _moment(details, "answer_by")}
    return _("Challenged by %(tour)s, to be answered by %(deadline)s") % facts


def _repriced(details: dict[str, Any]) -> str:
    return _("Price changed from %(from)s to %(to)s") % details


def _costs_told(details: dict[str, Any]) -> str:
    return _("Costs told by %(side)s") % {"side": Side(details["side"]).label}


def _settled(details: dict[str, Any]) -> str:
    amount = money_text(Decimal(details["invoice"]), details["currency"])
    return _("Settled at %(amount)s without VAT") % {"amount": amount}


def _reported(details: dict[str, Any]) -> str:
    shows = [
        _("%(audience)d came, %(young)s of them children and young people")
        % {"audience": audience, "young": young}
        for audience, young, *_parts in details.get("figures", ())
    ]
    return ": ".join(filter(None, [str(Booking.Outcome.HELD.label).capitalize(), "; ".join(shows)]))


def _not_played(details: dict[str, Any]) -> str:
    cause = str(VisitReport.Cause(details["cause"]).label)
    return f"{str(Booking.Outcome.NOT_HELD.label).capitalize()}: {cause}"


def _with(text: str, more: str) -> str:
    return f"{text}: {more}" if more else text


#: Action -> what it reads like afterwards, by its details.
HAPPENED_WITH: dict[str, Callable[[dict[str, Any]], str]] = {
    "groups": lambda details: _with(_("The groups are set"), "; ".join(group_words.changed(details))),
    "counts": lambda details: _with(
        _("The school has told how many come"), "; ".join(group_words.changed(details))
    ),
    "came": lambda details: _with(_("Who came is told"), group_words.came(details)),
    "promote": lambda details: _("Moved up from option %(from)d to the first") % details,
    "move_up": lambda details: _("Moved up from option %(from)d to %(to)d") % details,
    "extend": lambda details: _("Held until %(deadline)s") % {"deadline": _moment(details, "until")},
    "challenge": lambda details: (
        _("Asked for the first option, to be answered by %(deadline)s")
        % {"deadline": _moment(details, "answer_by")}
    ),
    "challenged": _challenged,
    "extend_answer": lambda details: (
        _("More time to answer: until %(deadline)s") % {"deadline": _moment(details, "answer_by")}
    ),
    "take": lambda details: (
        _("The presenter's time is taken: moved from %(from)s to %(to)s") % _from_to(details)
    ),
    "reschedule": lambda details: _("A new date: moved from %(from)s to %(to)s") % _from_to(details),
    "unchallenge": lambda details: _("%(tour)s asks no longer") % details,
    "release": _released,
    "price": _repriced,
    "costs": _costs_told,
    "settle": _settled,
    "report": _reported,
    "not_played": _not_played,
    **advancing_words.HAPPENED_WITH,
    **crew_words.HAPPENED_WITH,
    **change_history.HAPPENED_WITH,
    **bus_words.HAPPENED_WITH,
    **creative_rows.HAPPENED_WITH,
}


#: Action -> what it reads like afterwards.
HAPPENED = {
    "hold": lambda: _("Held"),
    "offer": lambda: _("Offered"),
    "move": lambda: _("Moved"),
    "confirm": lambda: _("Confirmed"),
    "decline": lambda: _("Declined"),
    "counter": lambda: _("Another date proposed"),
    "withdraw": lambda: _("Offer withdrawn"),
    "recall": lambda: _("Offer taken back before it was sent"),
    "phoned": lambda: _("Telephoned"),
    "release": lambda: _("Released"),
    "expire": lambda: _("The answer date passed without an answer"),
    "cancel": lambda: _("Cancelled"),
    "publish": lambda: _("Published"),
    "invoice": lambda: _("Said what is invoiced"),
    "reopen": lambda: _("Settlement opened again"),
    "promote": lambda: _("Moved up to the first option"),
    "move_up": lambda: _("Moved up in the line"),
    "challenge": lambda: _("Asked for the first option"),
    "challenged": lambda: _("Challenged"),
    "unchallenge": lambda: _("The challenge is gone"),
    "extend": lambda: _("Held longer"),
    "extend_answer": lambda: _("More time to answer"),
    "price": lambda: _("Price changed"),
    "take": lambda: _("The presenter's time is taken"),
    "reschedule": lambda: _("A new date"),
    "settle": lambda: _("Settled"),
    "costs": lambda: _("Costs told"),
    "list": lambda: _("Checklist made"),
    "agreement": lambda: _("Agreement kept as it stood"),
    "tick": lambda: _("An item is done"),
    "untick": lambda: _("An item is opened again"),
    "not_needed": lambda: _("An item does not apply"),
    "solve": lambda: _("A need of the room is solved"),
    "practical": lambda: _("Practical facts told"),
    "describe": lambda: _("Access services or stream told"),
    "contact": lambda: _("Contact named"),
    "no_contact": lambda: _("Contact taken away"),
    "groups": lambda: _("The groups are set"),
    "counts": lambda: _("The school has told how many come"),
    "came": lambda: _("Who came is told"),
    "workshop": lambda: _("A workshop is proposed"),
    "workshop_moved": lambda: _("The workshop is moved"),
    "workshop_again": lambda: _("The workshop is proposed again, because the visit has moved"),
    "workshop_yes": lambda: _("The workshop is agreed"),
    "workshop_off": lambda: _("The workshop is cancelled"),
    "workshop_wanted": lambda: _("The school asks for a workshop"),
    "workshop_unwanted": lambda: _("The school does not ask for a workshop any more"),
    "workshop_no": lambda: _("There is no workshop"),
    "workshop_came": lambda: _("Who took part in the workshop is told"),
    "crew": lambda: _("A crew hosts the visit"),
    "no_crew": lambda: _("No crew hosts the visit any more"),
    "crew_asked": lambda: _("A crew is asked to host the visit"),
    "crew_unasked": lambda: _("No crew is asked any longer"),
    "crew_declined": lambda: _("The crew does not come"),
    "remind": lambda: _("Reminded"),
    "turn_down": lambda: _("The other date was said no to"),
    "postpone": lambda: _("Postponed"),
    "report": lambda: str(Booking.Outcome.HELD.label).capitalize(),
    "not_played": lambda: str(Booking.Outcome.NOT_HELD.label).capitalize(),
    **change_history.HAPPENED,
    **bus_words.HAPPENED,
    **creative_rows.HAPPENED,
}
