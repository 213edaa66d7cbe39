"""The verbs of a settlement: say what is invoiced, settle, and open it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import notices, pricing, reporting, slots
from bookings.models import Booking, SettledLine
from bookings.models.price import Kind
from bookings.settlement import sheet_of
from bookings.steps import begin, turn, write
from tours.errors import Refused
from venues.models import User


@dataclass(frozen=True)
class Invoiced:
    """What the presenter is invoiced for a kind of cost, and why it is not what was agreed."""

    kind: str
    amount: Decimal
    vat_percent: Decimal | None = None
    why: str = ""


@transaction.atomic
def set_invoice(booking: Booking, *, by: User, now: datetime, lines: Sequence[Invoiced]) -> Booking:
    """Say what is invoiced where that is not simply what was agreed; it replaces what was said before.

    Raises:
        NotNow: it was never confirmed, is not over yet, or is settled.
        Refused: an amount or rate cannot be, a kind comes twice, a difference is not explained; `kind` names the line.
    """
    booking = slots.lock_booking(booking)
    reporting.check_open(booking, now)
    agreed = {
        line.kind: line.amount for line in pricing.lines_of(booking) if line.payer == pricing.Payer.PRESENTER
    }
    for line in lines:
        _check(booking, line, agreed.get(line.kind), is_agreed=line.kind in agreed)
    if len({line.kind for line in lines}) < len(lines):
        raise Refused(_("Write one line for each kind of cost."), field="lines", booking=booking.pk)
    booking.settled_lines.all().delete()
    SettledLine.objects.bulk_create(
        SettledLine(
            booking=booking,
            kind=line.kind,
            amount=line.amount,
            vat_percent=line.vat_percent,
            why=line.why.strip(),
        )
        for line in lines
    )
    told = {line.kind: str(line.amount) for line in lines}
    write(booking, "invoice", by, now, details={"lines": told})
    return booking


@transaction.atomic
def settle(booking: Booking, *, by: User, now: datetime, note: str = "") -> Booking:
    """Settle a visit that has been reported and whose every line has its amount. The presenter gets the figures.

    Raises:
        NotNow: it is not reported, or settled already.
        Refused: something is missing; the sentence says what.
    """
    booking = begin(booking, "settle", now)
    sheet = sheet_of(booking, now)
    if sheet.missing:
        raise Refused(" ".join(sheet.missing), booking=booking.pk)
    booking.settled_at = now
    figures = {
        "invoice": str(sheet.invoice.amount),
        "currency": booking.currency,
        "lines": {row.kind: str(row.invoiced.amount) for row in sheet.rows if row.invoiced},
    }
    turn(booking, "settle", by, now, reason=note, details=figures, reserves=False)
    notices.settled(booking, now, sheet.invoice.amount)
    return booking


@transaction.atomic
def reopen(booking: Booking, *, by: User, now: datetime, reason: str) -> Booking:
    """Open a settlement again, so that its report, costs and lines can be corrected.

    Raises:
        NotNow: it is not settled.
        Refused: there is no reason.
    """
    booking = begin(booking, "reopen", now)
    if not reason.strip():
        raise Refused(_("Say why the settlement is opened again."), field="reason", booking=booking.pk)
    booking.settled_at = None
    return turn(booking, "reopen", by, now, reason=reason, reserves=False)


def _check(booking: Booking, line: Invoiced, agreed: Decimal | None, *, is_agreed: bool) -> None:
    ids = {"booking": booking.pk, "kind": line.kind}
    if line.kind not in Kind.values:
        raise Refused(_("There is no such cost."), field="lines", **ids)
    pricing.check_amount(line.amount, field="lines", **ids)
    pricing.check_rate(line.vat_percent, field="lines", **ids)
    differs = line.amount != agreed if agreed is not None else not is_agreed
    if differs and not line.why.strip():
        raise Refused(
            _("Say why %(kind)s is not what was agreed.") % {"kind": Kind(line.kind).label},
            field="lines",
            **ids,
        )
