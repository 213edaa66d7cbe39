"""A settlement sheet as rows: on the page, and for a spreadsheet."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import settlement
from bookings.models.report import Side
from bookings.settlement import Row, Sheet
from tours.money import Money
from venues.dates import moment_text, money_text, short_day_text

Cells = dict[str, Any]


def amount(value: Money | None) -> str:
    """To the öre, as an invoice has it; a dash where it is not known."""
    return "–" if value is None else money_text(value.amount, value.currency)


def table(sheet: Sheet) -> list[Cells]:
    """The lines of the sheet."""
    return [
        {
            "label": row.label.capitalize(),
            "words": row.words,
            "agreed": _agreed(row),
            "invoiced": amount(row.invoiced) if row.is_for_presenter else _("the producer pays"),
            "difference": _signed(row.difference),
            "vat": rate_text(row.vat_percent) if row.is_for_presenter else "",
            "why": row.why,
        }
        for row in sheet.rows
    ]


def totals(sheet: Sheet) -> list[Cells]:
    """What an invoice says under its lines."""
    rows = [{"label": _("To be invoiced, without VAT"), "value": amount(_known(sheet))}]
    for rate, tax in sheet.vat.items():
        rows.append({"label": _("VAT %(rate)s") % {"rate": rate_text(rate)}, "value": amount(tax)})
    if unsaid := sheet.without_rate:
        kinds = ", ".join(row.label for row in unsaid)
        rows.append({"label": _("VAT has not been said for %(kinds)s") % {"kinds": kinds}, "value": "–"})
    return [*rows, {"label": _("To be invoiced in all"), "value": amount(sheet.with_vat), "is_sum": True}]


def costs(sheet: Sheet) -> list[Cells]:
    """What each side has told that it paid beyond the price."""
    currency = sheet.booking.currency
    return [
        {
            "side": label,
            "lines": [
                {"label": line.get_kind_display().capitalize(), "value": money_text(line.amount, currency)}
                for line in sheet.costs
                if line.side == side
            ],
            "sum": _costs(sheet, side),
        }
        for side, label in settlement.sides()
    ]


def told(sheet: Sheet) -> list[Cells]:
    """The report in words, for `components/facts.html`."""
    booking = sheet.booking
    report = getattr(booking, "report", None)
    shows = list(booking.performances.all())
    came = "; ".join(_came(show) for show in shows if show.attendance is not None)
    facts = [{"term": _("Report"), "value": booking.get_outcome_display().capitalize(), "sub": came}]
    if report:
        who = report.by or _("the link in the mail")
        facts.append(
            {
                "term": _("Told by"),
                "value": _("%(side)s: %(who)s") % {"side": report.get_side_display(), "who": who},
                "sub": moment_text(report.at),
            }
        )
        if report.cause:
            facts.append({"term": _("Why"), "value": report.get_cause_display(), "sub": report.words})
    reminder = getattr(booking, "report_reminder", None)
    if reminder and reminder.next_at:
        facts.append({"term": _("Asked for next"), "value": moment_text(reminder.next_at)})
    return facts


def line(sheet: Sheet) -> Cells:
    """A visit as one row of its tour's table."""
    booking = sheet.booking
    return {
        "day": short_day_text(booking.occupied_from),
        "presenter": str(booking.presenter),
        "url": reverse("booking-settlement", args=[booking.pk]),
        "standing": sheet.standing,
        "missing": " ".join(sheet.missing),
        "agreed": amount(sheet.agreed),
        "invoice": amount(_known(sheet)),
        "costs": [_costs(sheet, side) for side in Side.values],
    }


def sums(sheets: Sequence[Sheet], currency: str) -> list[str]:
    """The same row of all of them together: agreed, invoiced, and the costs of each side."""
    return [amount(value) for value in settlement.sums(sheets, currency).values()]


def rows(sheets: Iterable[Sheet]) -> list[list[str]]:
    """A table for a spreadsheet, a row for each line; amounts as plain numbers with their currency beside them."""
    heading = [
        _("Day"),
        _("Presenter"),
        _("Line"),
        _("In words"),
        _("Agreed"),
        _("Invoiced"),
        _("VAT, percent"),
        _("Why it differs"),
        _("Currency"),
        _("Settlement"),
    ]
    return [heading, *(_cells(sheet, row) for sheet in sheets for row in sheet.rows)]


def _cells(sheet: Sheet, row: Row) -> list[str]:
    booking = sheet.booking
    return [
        timezone.localdate(booking.occupied_from).isoformat(),
        str(booking.presenter),
        row.label,
        row.words,
        plain(row.agreed),
        plain(row.invoiced),
        "" if row.vat_percent is None else _comma(row.vat_percent.normalize()),
        row.why,
        booking.currency,
        str(sheet.standing.label),
    ]


def plain(value: Money | None) -> str:
    """An amount as a Swedish spreadsheet reads it; empty where it is not known."""
    return "" if value is None else _comma(value.amount)


def rate_text(rate: Decimal | None) -> str:
    """ "6 %", or that nobody has said it."""
    return _("not said") if rate is None else f"{_comma(rate.normalize())}\u00a0%"


def _known(sheet: Sheet) -> Money | None:
    return sheet.invoice if sheet.is_known else None


def _costs(sheet: Sheet, side: str) -> str:
    """What a side has told; as long as it is not settled and nobody has told anything, that is said."""
    if sheet.booking.settled_at or any(cost.side == side for cost in sheet.costs):
        return amount(sheet.costs_of(side))
    return _("not reported yet")


def _agreed(row: Row) -> str:
    if row.agreed is not None:
        return amount(row.agreed)
    return _("as it turns out") if row.is_agreed else _("not agreed")


def _came(show: Any) -> str:
    text = _("%(audience)d came, %(young)s of them children and young people") % {
        "audience": show.attendance,
        "young": show.attendance_young,
    }
    if show.attendance_adults is not None:
        text += _(", %(count)d adults") % {"count": show.attendance_adults}
    if show.attendance_free is not None:
        text += _(", %(count)d free of charge") % {"count": show.attendance_free}
    return text


def _signed(value: Money | None) -> str:
    if value is None:
        return ""
    sign = "+" if value.amount > 0 else ""
    return f"{sign}{money_text(value.amount, value.currency)}"


def _comma(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")
