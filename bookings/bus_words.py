"""A school's way to a visit in words: the rule and who pays by it, the times, and what differs from the order."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import BusOrder
from bookings.models.booking import Status
from bookings.models.transport import PARTY_WORDS
from bookings.transport import Difference, Row, Trip
from venues.bus_terms import BusTerms, Plan
from venues.dates import NO_BREAK, moment_text, money_text

PARTIES = dict(PARTY_WORDS)


def party_text(party: str | None) -> str:
    """Who it is; that nobody knows where no rule says."""
    return str(PARTIES[str(party)]) if party else _("not known")


def km_text(km: Decimal | None) -> str:
    """ "12,4 km"; empty where nobody knows."""
    return "" if km is None else f"{number_format(km, 1)}{NO_BREAK}km"


def who_texts(trip: Trip, currency: str) -> list[str]:
    """Who orders and who pays by the rule, and why, a sentence each; that nobody knows where there is no rule."""
    terms, rule = trip.terms, trip.rule
    if terms is None or rule is None:
        return [_("The region has no rule about buses: agree by hand on who orders and who pays.")]
    found = [_("%(who)s orders the bus.") % {"who": party_text(terms.orders).capitalize()}]
    if trip.pays is None:
        return [*found, _("Who pays depends on how far it is, which is not known.")]
    found.append(_pays_text(trip, terms))
    if share := trip.own_share:
        told = {"who": party_text(share.side).capitalize(), "amount": money_text(share.amount, currency)}
        found.append(_("%(who)s pays %(amount)s of it in any case.") % told)
    if terms.tickets:
        told = {
            "who": party_text(terms.tickets.side).capitalize(),
            "percent": number_format(terms.tickets.percent, 0),
        }
        found.append(
            _("%(who)s pays %(percent)s percent of the tickets of those who go by public transport.") % told
        )
    return found


def _pays_text(trip: Trip, terms: BusTerms) -> str:
    told = {"who": party_text(trip.pays).capitalize(), "km": _km(terms.from_km)}
    if not trip.due:
        return _("%(who)s pays if there is a bus all the same: it is no farther than %(km)s.") % told
    if trip.plan == Plan.REGION:
        return (
            _("%(who)s pays, because the visit was given to the school and it is farther than %(km)s.") % told
        )
    return (
        _("%(who)s pays, because the school wished for the visit itself and it is farther than %(km)s.")
        % told
    )


def terms_texts(terms: BusTerms, currency: str) -> list[str]:
    """A rule as a list of sentences, for who chooses it."""
    km = _km(terms.from_km)
    found = [
        _("A bus is due when it is farther than %(km)s by road.") % {"km": km}
        if terms.from_km
        else _("A bus is due however near it is."),
        _("%(who)s orders.") % {"who": party_text(terms.orders).capitalize()},
        _("%(who)s pays when the visit was given to the school.")
        % {"who": party_text(terms.pays[Plan.REGION]).capitalize()},
        _("%(who)s pays when the school wished for it itself.")
        % {"who": party_text(terms.pays[Plan.SCHOOL]).capitalize()},
        _("%(who)s pays a bus that is not due.") % {"who": party_text(terms.short).capitalize()},
    ]
    if share := terms.own_share:
        told = {"who": party_text(share.side).capitalize(), "amount": money_text(share.amount, currency)}
        found.append(_("%(who)s pays %(amount)s of each trip in any case.") % told)
    if tickets := terms.tickets:
        told = {"who": party_text(tickets.side).capitalize(), "percent": number_format(tickets.percent, 0)}
        found.append(
            _("%(who)s pays %(percent)s percent of the tickets of those who go by public transport.") % told
        )
    told = {
        "seats": str(terms.bus_seats),
        "minutes": str(terms.boarding_min),
        "factor": number_format(terms.drive_factor),
    }
    found.append(
        _(
            "Reckoned with %(seats)s seats a bus, %(minutes)s minutes to get on, and a bus that takes "
            "%(factor)s times as long as the road graph says."
        )
        % told
    )
    return found


def changes_texts(row: Row) -> list[str]:
    """What is not as it was ordered any more, a sentence each."""
    return [_changed(one) for one in row.changes]


def _changed(one: Difference) -> str:
    if one.name == "visit":
        if one.after == Status.CONFIRMED:
            return _("Nobody goes from this school any more: cancel the bus.")
        return _("The visit is %(state)s: cancel the bus.") % {"state": Status(one.after).label}
    label, written = DIFFERENCES[one.name]
    return _("%(what)s: %(after)s now, %(before)s when it was ordered.") % {
        "what": label(),
        "after": written(one.after),
        "before": written(one.before),
    }


def _moment(value: datetime | None) -> str:
    return moment_text(value) if value else _("not known")


#: Name of a difference -> what it is, and how its values are written.
DIFFERENCES: dict[str, tuple[Callable[[], str], Callable[[Any], str]]] = {
    "venue": (lambda: _("The hall"), str),
    "pick_up_at": (lambda: _("Leaves the school"), _moment),
    "there_at": (lambda: _("To be there"), _moment),
    "leaves_at": (lambda: _("Leaves the hall"), _moment),
    "seats": (lambda: _("Pupils and adults"), str),
    "wheelchairs": (lambda: _("Places for wheelchairs"), str),
    "buses": (lambda: _("Buses"), str),
}


def _about(words: Callable[[], str]) -> Callable[[dict[str, Any]], str]:
    """A line of history with the school that it is about, and its figures where it has any."""

    def told(details: dict[str, Any]) -> str:
        school = details.get("school", "")
        return f"{words()}: {school}" if school else words()

    return told


def _ordered(words: Callable[[], str]) -> Callable[[dict[str, Any]], str]:
    def told(details: dict[str, Any]) -> str:
        seats = int(details.get("seats", 0))
        many = ngettext("%(count)d seat", "%(count)d seats", seats) % {"count": seats}
        at = details.get("pick_up_at")
        when = moment_text(datetime.fromisoformat(at)) if at else _("time not known")
        return f"{words()}: {details.get('school', '')}, {when}, {many}"

    return told


def _without(details: dict[str, Any]) -> str:
    why = BusOrder.Why(details.get("why", "")).label
    return _("No bus needed: %(school)s, %(why)s") % {"school": details.get("school", ""), "why": why}


#: Action of the history -> what it reads like afterwards.
HAPPENED: dict[str, Callable[[], str]] = {
    "bus_order": lambda: _("Bus ordered"),
    "bus_reorder": lambda: _("Bus ordered anew"),
    "bus_confirm": lambda: _("Bus confirmed by the company"),
    "bus_not_needed": lambda: _("No bus needed"),
    "bus_cancel": lambda: _("Bus cancelled"),
    "bus_reopen": lambda: _("A bus is to be ordered after all"),
    "bus_tell": lambda: _("Told about the bus"),
}
#: The same by its details.
HAPPENED_WITH: dict[str, Callable[[dict[str, Any]], str]] = {
    "bus_order": _ordered(HAPPENED["bus_order"]),
    "bus_reorder": _ordered(HAPPENED["bus_reorder"]),
    "bus_not_needed": _without,
    **{
        action: _about(HAPPENED[action]) for action in ("bus_confirm", "bus_cancel", "bus_reopen", "bus_tell")
    },
}


def _km(number: Decimal) -> str:
    return f"{number_format(number.normalize() if number else Decimal(0))}{NO_BREAK}km"
