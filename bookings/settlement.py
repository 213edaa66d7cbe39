"""The settlement sheet of a visit: what was agreed, what the presenter is to be invoiced, and what differs why.

Turne writes no invoices: it says the figures for one. Values of stored lines; nothing here changes anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import pricing, reporting
from bookings.models import Booking, CostLine, SettledLine
from bookings.models.price import Kind
from bookings.models.report import Side
from bookings.pricing import Line, Payer
from tours.money import Money, total, zero


class Standing(models.TextChoices):
    """How far a settlement has come."""

    NOT_YET = "not_yet", gettext_lazy("not yet")
    READY = "ready", gettext_lazy("ready to settle")
    SETTLED = "settled", gettext_lazy("settled")


@dataclass(frozen=True)
class Row:
    """A kind of cost: as agreed (None: nothing, or as it turns out), and as invoiced (None: not known yet)."""

    kind: str
    words: str
    payer: str
    is_agreed: bool
    agreed: Money | None
    invoiced: Money | None
    vat_percent: Decimal | None
    why: str

    @property
    def label(self) -> str:
        """What it is for, in a word."""
        return str(Kind(self.kind).label)

    @property
    def is_for_presenter(self) -> bool:
        return self.payer == Payer.PRESENTER

    @property
    def difference(self) -> Money | None:
        """How much more is invoiced than was agreed; None where one of them is not known or they are equal."""
        if self.invoiced is None or not self.is_for_presenter:
            return None
        agreed = self.agreed or zero(self.invoiced.currency)
        return self.invoiced - agreed if self.invoiced != agreed else None


@dataclass(frozen=True)
class Sheet:
    """A visit's settlement.

    Attributes:
        costs: what each side has told that it paid beyond the price.
        missing: what has to be done before it can be settled, a sentence each.
    """

    booking: Booking
    rows: Sequence[Row]
    costs: Sequence[CostLine]
    missing: Sequence[str]

    @property
    def standing(self) -> Standing:
        if self.booking.settled_at:
            return Standing.SETTLED
        return Standing.NOT_YET if self.missing else Standing.READY

    @property
    def agreed(self) -> Money:
        """What the presenter was to pay, as far as it was fixed."""
        return Money(self.booking.price, self.booking.currency)

    @property
    def invoice(self) -> Money:
        """What the presenter is to be invoiced without VAT, as far as it is known."""
        return total((row.invoiced for row in self._invoiced()), self.booking.currency)

    @property
    def is_known(self) -> bool:
        """Whether every line that the presenter pays has its amount."""
        return all(row.invoiced is not None for row in self.rows if row.is_for_presenter)

    @property
    def vat(self) -> dict[Decimal, Money]:
        """The tax by its rate, of the lines whose rate has been said."""
        found: dict[Decimal, Money] = {}
        for row in self._invoiced():
            if row.vat_percent is not None:
                base = found.get(row.vat_percent, zero(self.booking.currency))
                found[row.vat_percent] = base + row.invoiced
        return {rate: Money(base.amount * rate / 100, base.currency) for rate, base in sorted(found.items())}

    @property
    def without_rate(self) -> list[Row]:
        """The lines of an amount whose VAT nobody has said."""
        return [row for row in self._invoiced() if row.vat_percent is None and row.invoiced.amount]

    @property
    def with_vat(self) -> Money | None:
        """The whole of the invoice; None as long as a rate or an amount is not known."""
        if self.without_rate or not self.is_known:
            return None
        return self.invoice + total(self.vat.values(), self.booking.currency)

    def costs_of(self, side: str) -> Money:
        """What that side has told that it paid beyond the price."""
        told = (Money(line.amount, self.booking.currency) for line in self.costs if line.side == side)
        return total(told, self.booking.currency)

    def _invoiced(self) -> list[Any]:
        return [row for row in self.rows if row.is_for_presenter and row.invoiced is not None]


def sheet_of(booking: Booking, now: datetime) -> Sheet:
    """The sheet as it stands; `with_lines` reads what it needs along."""
    agreed = {line.kind: line for line in pricing.lines_of(booking)}
    settled = {line.kind: line for line in booking.settled_lines.all()}
    rows = [
        _row(booking, kind, agreed.get(kind), settled.get(kind))
        for kind in Kind.values
        if kind in agreed or kind in settled
    ]
    return Sheet(booking, rows, list(booking.cost_lines.all()), _missing(booking, rows, now))


def with_lines(bookings: "models.QuerySet[Booking]") -> "models.QuerySet[Booking]":
    """The bookings with their lines of price, settlement and costs and their report, in few queries."""
    return bookings.select_related("report__by").prefetch_related(
        "price_lines", "settled_lines", "cost_lines"
    )


def sides() -> Iterable[tuple[str, Any]]:
    """Each side with its word, in the order of the sheet."""
    return Side.choices


def _row(booking: Booking, kind: str, agreed: Line | None, settled: SettledLine | None) -> Row:
    fixed = None if agreed is None or agreed.amount is None else Money(agreed.amount, booking.currency)
    payer = agreed.payer if agreed else Payer.PRESENTER
    rate = agreed.vat_percent if agreed else None
    invoiced = fixed if booking.outcome != Booking.Outcome.NOT_HELD else None
    if settled:
        invoiced, payer = Money(settled.amount, booking.currency), Payer.PRESENTER
        rate = rate if settled.vat_percent is None else settled.vat_percent
    return Row(
        kind=kind,
        words=agreed.words if agreed else "",
        payer=payer,
        is_agreed=agreed is not None,
        agreed=fixed,
        invoiced=invoiced if payer == Payer.PRESENTER else None,
        vat_percent=rate,
        why=settled.why if settled else "",
    )


def _missing(booking: Booking, rows: Sequence[Row], now: datetime) -> list[str]:
    if not reporting.is_over(booking, now):
        return [_("The visit is not over yet.")]
    told = [] if booking.outcome else [_("The visit has not been reported.")]
    unknown = [row.label for row in rows if row.is_for_presenter and row.invoiced is None]
    if not unknown:
        return told
    if booking.outcome == Booking.Outcome.NOT_HELD:
        sentence = _("It was not played. Say what is invoiced all the same, 0 where nothing is: %(kinds)s.")
    else:
        sentence = _("Say what was paid as it turned out: %(kinds)s.")
    return [*told, sentence % {"kinds": ", ".join(unknown)}]


def sums(sheets: Sequence[Sheet], currency: str) -> Mapping[str, Money]:
    """The sheets of a tour added up: agreed, invoiced, and the costs of each side."""
    return {
        "agreed": total((sheet.agreed for sheet in sheets), currency),
        "invoice": total((sheet.invoice for sheet in sheets), currency),
        **{side: total((sheet.costs_of(side) for sheet in sheets), currency) for side in Side.values},
    }
