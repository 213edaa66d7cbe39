"""Forms over the kinds of cost of a visit: what is agreed, and what is invoiced in the end."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from bookings import pricing
from bookings.models import Booking
from bookings.models.price import PLAYING, Kind
from bookings.pricing import Line, Payer
from bookings.settlement import Row, Sheet
from bookings.settling import Invoiced
from turne.web.form_fields import NOT_NEGATIVE


class KindsForm(forms.Form):
    """Some fields for each kind of cost; `names` are their parts, such as amount in amount_fee."""

    names: tuple[str, ...]

    def groups(self) -> list[dict[str, Any]]:
        """The kinds with their fields; what holds something or is wrong is open from the beginning."""
        return [self._group(kind) for kind in Kind.values if f"amount_{kind}" in self.fields]

    def _group(self, kind: str) -> dict[str, Any]:
        fields = [self[f"{name}_{kind}"] for name in self.names if f"{name}_{kind}" in self.fields]
        told = any(field.errors or self.is_told(field) for field in fields)
        return {"label": str(Kind(kind).label).capitalize(), "fields": fields, "is_open": told}

    def is_told(self, field: forms.BoundField) -> bool:
        """Whether the field says something beside what it says by itself."""
        return field.value() not in (None, "", False, Payer.PRESENTER)


class PriceForm(KindsForm):
    """The lines of a price. Only the fee is asked for; an all-in price has no other."""

    names = ("amount", "open", "vat", "payer", "words")

    def __init__(self, booking: Booking, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = {line.kind: line for line in pricing.lines_of(booking)}
        for kind in Kind.values:
            self._add(kind, agreed.get(kind), booking.currency)

    def lines(self) -> list[Line]:
        """The lines that were filled in."""
        return [line for kind in Kind.values if (line := self._line(kind))]

    def clean(self) -> dict[str, Any]:
        """An amount, or as it turns out: not both."""
        values = self.cleaned_data
        for kind in Kind.values:
            if values.get(f"open_{kind}") and values.get(f"amount_{kind}") is not None:
                self.add_error(
                    f"amount_{kind}", _("Write an amount, or tick that it is paid as it turns out.")
                )
        return values

    def _line(self, kind: str) -> Line | None:
        values = self.cleaned_data
        amount, is_open = values[f"amount_{kind}"], values.get(f"open_{kind}", False)
        payer = values.get(f"payer_{kind}") or Payer.PRESENTER
        is_line = amount is not None or is_open or payer == Payer.PRODUCER
        return Line(kind, amount, payer, values[f"vat_{kind}"], values[f"words_{kind}"]) if is_line else None

    def _add(self, kind: str, line: Line | None, currency: str) -> None:
        amount = forms.DecimalField(
            label=_("Amount, %(currency)s without VAT") % {"currency": currency},
            required=kind == Kind.FEE,
            min_value=0,
            max_value=pricing.MOST,
            error_messages=NOT_NEGATIVE,
            decimal_places=2,
            initial=line.amount if line else None,
        )
        self.fields[f"amount_{kind}"] = amount
        if kind not in PLAYING:
            self.fields[f"open_{kind}"] = forms.BooleanField(
                label=_("Paid as it turns out"),
                required=False,
                initial=line is not None and line.amount is None and line.payer == Payer.PRESENTER,
            )
            self.fields[f"payer_{kind}"] = forms.ChoiceField(
                label=_("Who pays"),
                required=False,
                choices=Payer.choices,
                initial=line.payer if line else Payer.PRESENTER,
            )
        self.fields[f"vat_{kind}"] = _rate(line.vat_percent if line else None)
        self.fields[f"words_{kind}"] = forms.CharField(
            label=_("In words"), required=False, max_length=120, initial=line.words if line else ""
        )


class InvoiceForm(KindsForm):
    """What is invoiced for each kind, with why it is not what was agreed."""

    names = ("amount", "vat", "why")

    def __init__(self, sheet: Sheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.kind: row for row in sheet.rows}
        self.must_say = sheet.booking.outcome == Booking.Outcome.NOT_HELD
        for kind in Kind.values:
            self._add(kind, self.rows.get(kind), sheet.booking.currency)

    def lines(self) -> list[Invoiced]:
        """The amounts that are not simply what was agreed."""
        return [line for kind in Kind.values if (line := self._line(kind))]

    def _line(self, kind: str) -> Invoiced | None:
        values, row = self.cleaned_data, self.rows.get(kind)
        amount, rate, why = (values[f"{name}_{kind}"] for name in self.names)
        if amount is None:
            return None
        agreed = row.agreed.amount if row and row.agreed and row.is_for_presenter else None
        is_as_agreed = amount == agreed and not why and row is not None and rate in (None, row.vat_percent)
        return None if is_as_agreed and not self.must_say else Invoiced(kind, amount, rate, why)

    def _add(self, kind: str, row: Row | None, currency: str) -> None:
        told = row if row and row.is_for_presenter else None
        self.fields[f"amount_{kind}"] = forms.DecimalField(
            label=_("Invoiced, %(currency)s without VAT") % {"currency": currency},
            required=False,
            min_value=0,
            max_value=pricing.MOST,
            error_messages=NOT_NEGATIVE,
            decimal_places=2,
            initial=told.invoiced.amount if told and told.invoiced else None,
        )
        self.fields[f"vat_{kind}"] = _rate(told.vat_percent if told else None)
        self.fields[f"why_{kind}"] = forms.CharField(
            label=_("Why it is not what was agreed"),
            required=False,
            max_length=300,
            initial=told.why if told else "",
        )


def field_of(ids: dict[str, Any]) -> dict[str, str]:
    """Where a form shows a refusal about one line."""
    return {"lines": f"amount_{ids.get('kind')}"}


def _rate(value: Decimal | None) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("VAT, percent"),
        required=False,
        min_value=0,
        max_value=100,
        error_messages=NOT_NEGATIVE,
        decimal_places=2,
        initial=value,
        help_text=_("As you judge it: whether a performance is exempt depends on the case."),
    )
