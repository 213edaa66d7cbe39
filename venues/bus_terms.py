"""Rules about buses to performances as data, read and reckoned: when one is due, who orders it and who pays.

Plain Python: values in, values out. The form of the parameters is described in docs/transport.md;
`venues/data/bus_rules.json` has the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from venues.entries import one_of

#: No bus has more seats. Source: the house's choice; a double-decker has about 90.
SEATS_MAX = 120
#: Longer than this nobody gets on. Source: the house's choice.
BOARDING_MAX = 60
#: Nobody is farther from a performance by road. Source: the house's choice, as `travel.MOST_KM`.
FARTHEST_KM = Decimal(2000)
#: A bus takes at most so many times as long as the road graph's typical speed. Source: the house's choice.
SLOWEST = Decimal(3)


class Party(StrEnum):
    """Who may have to order a bus, or pay for it."""

    SCHOOL = "school"
    OWNER = "owner"
    PRODUCER = "producer"
    REGION = "region"


class Plan(StrEnum):
    """By whose plan a school goes to a visit: it has wished for it, or was given it."""

    SCHOOL = "school"
    REGION = "region"


PARTIES = tuple(str(party) for party in Party)


@dataclass(frozen=True)
class OwnShare:
    """What one side pays of each trip whoever pays the rest, in the region's currency."""

    side: Party
    amount: Decimal


@dataclass(frozen=True)
class TicketShare:
    """How many percent of the tickets somebody pays for those who go by ordinary public transport."""

    side: Party
    percent: Decimal


@dataclass(frozen=True)
class BusTerms:
    """One rule.

    Attributes:
        from_km: a bus is due when it is farther than so many km by road.
        pays: who pays a bus that is due, by whose plan the trip is.
        short: who pays a bus that is not due, because it is no farther than that.
        own_share: a fixed part of each trip that is due; None where the payer pays all of it.
        drive_factor: so many times as long as the road graph says a bus takes.
        boarding_min: minutes to get on, and to get off or out of the hall and on again.
    """

    from_km: Decimal
    orders: Party
    pays: Mapping[Plan, Party]
    short: Party
    own_share: OwnShare | None
    tickets: TicketShare | None
    bus_seats: int
    boarding_min: int
    drive_factor: Decimal

    @classmethod
    def read(cls, parameters: Mapping[str, Any]) -> BusTerms:
        """The rule that the parameters say.

        Raises:
            KeyError, ValueError: something is missing or not understood, in words.
        """
        share, tickets = parameters.get("own_share"), parameters.get("public_transport")
        return cls(
            from_km=_number(parameters["from_km"], "from_km", FARTHEST_KM),
            orders=_party(parameters["orders"], "orders"),
            pays={plan: _party(parameters["pays"][plan], "pays") for plan in Plan},
            short=_party(parameters["short"], "short"),
            own_share=OwnShare(
                _party(share["side"], "own_share"), _number(share["amount"], "own_share", Decimal(100_000))
            )
            if share
            else None,
            tickets=TicketShare(
                _party(tickets["side"], "public_transport"),
                _number(tickets["percent"], "public_transport", Decimal(100)),
            )
            if tickets
            else None,
            bus_seats=_whole(parameters["bus_seats"], "bus_seats", 1, SEATS_MAX),
            boarding_min=_whole(parameters["boarding_min"], "boarding_min", 0, BOARDING_MAX),
            drive_factor=_factor(parameters["drive_factor"]),
        )

    def is_due(self, km: Decimal | None) -> bool | None:
        """Whether a bus is due so far away; None where nobody knows how far it is."""
        return None if km is None else km > self.from_km

    def payer(self, km: Decimal | None, plan: Plan) -> Party | None:
        """Who pays the bus, beside an own share; None where nobody knows how far it is."""
        due = self.is_due(km)
        return None if due is None else self.pays[plan] if due else self.short

    def share_of(self, km: Decimal | None) -> OwnShare | None:
        """The own share of a trip that is due; there is none of another."""
        return self.own_share if self.is_due(km) else None

    def buses(self, seats: int) -> int:
        """How many buses so many people fill; none for nobody."""
        return -(-seats // self.bus_seats)


def _party(word: Any, name: str) -> Party:
    one_of(word, PARTIES, name)
    return Party(word)


def _number(text: Any, name: str, most: Decimal) -> Decimal:
    """A number that is written as text, so that no digit is lost."""
    try:
        number = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or not 0 <= number <= most:
        raise ValueError(f'{name} must be a number from 0 to {most} in quotes, such as "3", not {text!r}.')
    return number


def _factor(text: Any) -> Decimal:
    number = _number(text, "drive_factor", SLOWEST)
    if number < 1:
        raise ValueError(f"drive_factor must be at least 1, not {text!r}.")
    return number


def _whole(value: Any, name: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
    return value
