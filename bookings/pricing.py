"""A visit's price, line by line: what the price list says, and what the producer agrees with the presenter instead.

The lines stand while the visit is offered, and are frozen once it is confirmed. What the presenter pays by them is the
visit's price; a line without an amount is paid as it turns out, so the price is not all-in.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Booking, PriceLine
from bookings.models.price import PLAYING, Kind
from bookings.steps import begin, turn
from tours.errors import Refused
from venues.models import User

Payer = PriceLine.Payer
#: The costs of the road, which a price that is not all-in leaves to what they turn out to be.
ROAD = (Kind.TRAVEL, Kind.LODGING, Kind.PER_DIEM)
#: The largest amount that a row can hold.
MOST = Decimal("99999999.99")


@dataclass(frozen=True)
class Line:
    """One line of a price. `amount` None: as it turns out; `vat_percent` None: not said."""

    kind: str
    amount: Decimal | None
    payer: str = Payer.PRESENTER
    vat_percent: Decimal | None = None
    words: str = ""

    @property
    def label(self) -> str:
        """What it is for, in a word."""
        return str(Kind(self.kind).label)


def lines_of(booking: Booking) -> list[Line]:
    """The lines as they are agreed; a visit without any has its price in one."""
    rows = [
        Line(row.kind, row.amount, row.payer, row.vat_percent, row.words) for row in booking.price_lines.all()
    ]
    return rows or [Line(Kind.FEE, booking.price), *([] if booking.is_all_in else _road_as_it_turns_out())]


def by_price_list(booking: Booking, shows_count: int) -> list[Line]:
    """What the production's price list says of so many shows on one day in one room."""
    production = booking.tour.production
    lines = [Line(Kind.FEE, production.fee)]
    if shows_count > 1:
        lines.append(Line(Kind.NEXT_SHOWS, production.fee_next_show * (shows_count - 1)))
    return lines + ([] if production.is_all_in else _road_as_it_turns_out())


def next_shows(booking: Booking, shows_count: int) -> Decimal:
    """What further shows cost on the visit: as agreed where their number stays, else by the production's price list."""
    if shows_count != len(booking.performances.all()):
        return booking.tour.production.fee_next_show * (shows_count - 1)
    return sum(
        (line.amount or Decimal(0) for line in lines_of(booking) if line.kind == Kind.NEXT_SHOWS), Decimal(0)
    )


def with_next_shows(booking: Booking, amount: Decimal) -> list[Line]:
    """The visit's lines with that amount for further shows; with 0 without any."""
    lines = lines_of(booking)
    known = next((line for line in lines if line.kind == Kind.NEXT_SHOWS), Line(Kind.NEXT_SHOWS, None))
    kept = [line for line in lines if line.kind != Kind.NEXT_SHOWS]
    if amount:
        kept.insert(1, replace(known, amount=amount))
    return kept


def rewrite(booking: Booking, lines: Sequence[Line]) -> None:
    """Write other lines for the visit, and its price by them; the caller saves the visit."""
    booking.price = price_of(lines)
    booking.is_all_in = all(line.amount is not None for line in lines if line.payer == Payer.PRESENTER)
    booking.price_lines.all().delete()
    _write(booking, lines)


def write_first(booking: Booking, shows_count: int, like: Booking | None = None) -> None:
    """Give a visit that is just being held its lines: those of an earlier booking, or the price list's."""
    _write(booking, lines_of(like) if like else by_price_list(booking, shows_count))


@transaction.atomic
def set_price(booking: Booking, *, by: User, now: datetime, lines: Sequence[Line]) -> Booking:
    """Agree on other lines, as long as the visit is only held. The presenter is not told: the offer shows them.

    Raises:
        NotNow: it is offered or confirmed already: then the price is what the presenter was asked for.
        Refused: there is no fee, a kind comes twice, or an amount or rate cannot be; `kind` names the line.
    """
    booking = begin(booking, "price", now)
    _check(booking, lines)
    before = booking.price
    rewrite(booking, lines)
    told = {"from": str(before), "to": str(booking.price), "lines": [_told(line) for line in lines]}
    return turn(booking, "price", by, now, details=told, reserves=False)


def price_of(lines: Sequence[Line]) -> Decimal:
    """What the presenter pays by the lines, as far as it is fixed."""
    return sum((line.amount or Decimal(0) for line in lines if line.payer == Payer.PRESENTER), Decimal(0))


def check_amount(amount: Decimal, *, field: str, **ids: Any) -> None:
    """Refuse an amount that no price can be.

    Raises:
        Refused: it is negative, not a number of whole öre, or too large.
    """
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise Refused(_("An amount is a number from 0 up. Prices are never negative."), field=field, **ids)
    if amount != amount.quantize(Decimal("0.01")):
        raise Refused(_("Write the amount with two decimals at the most."), field=field, **ids)


def check_rate(percent: Decimal | None, *, field: str, **ids: Any) -> None:
    """Refuse a rate of value-added tax that cannot be."""
    if percent is not None and not (percent.is_finite() and 0 <= percent <= 100):
        raise Refused(_("VAT is a number of percent from 0 to 100."), field=field, **ids)


def _check(booking: Booking, lines: Sequence[Line]) -> None:
    kinds = [line.kind for line in lines]
    if Kind.FEE not in kinds:
        raise Refused(
            _("A price has a fee; write 0 if the visit is free."),
            field="lines",
            booking=booking.pk,
            kind=Kind.FEE,
        )
    for line in lines:
        ids = {"booking": booking.pk, "kind": line.kind}
        if kinds.count(line.kind) > 1:
            raise Refused(_("Write one line for each kind of cost."), field="lines", **ids)
        if line.amount is not None:
            check_amount(line.amount, field="lines", **ids)
        elif line.kind in PLAYING:
            raise Refused(_("What is paid for the playing has an amount."), field="lines", **ids)
        check_rate(line.vat_percent, field="lines", **ids)


def _road_as_it_turns_out() -> list[Line]:
    return [Line(kind, None) for kind in ROAD]


def _write(booking: Booking, lines: Sequence[Line]) -> None:
    PriceLine.objects.bulk_create(PriceLine(booking=booking, **asdict(line)) for line in lines)


def _told(line: Line) -> dict[str, Any]:
    """The line as the history keeps it."""
    return {name: None if value is None else str(value) for name, value in asdict(line).items()}
