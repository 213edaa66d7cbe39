"""What is asked for after a visit: who came to each show, or why it was not played, and what it cost one's own side."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from bookings import reporting, school_visits
from bookings.models import Booking, CostLine
from bookings.pricing import MOST as MOST_MONEY
from turne.web import visits
from turne.web.form_fields import NOT_NEGATIVE, WORDS_MAX, WordsField
from venues.dates import clock

#: Parts of an audience: name -> its label, and whether it is asked for. Whole sentences where there are several shows.
PARTS: dict[str, tuple[Any, Any, bool]] = {
    "audience": (_lazy("Audience"), _lazy("Audience, %(show)s"), True),
    "young": (_lazy("Of which children and young"), _lazy("Of which children and young, %(show)s"), True),
    "adults": (_lazy("Of which adults"), _lazy("Of which adults, %(show)s"), False),
    "free": (_lazy("Of which free of charge"), _lazy("Of which free of charge, %(show)s"), False),
}
#: Parts of an audience -> where `school_visits.attendance_of` tells it.
CAME = {"audience": 0, "young": 1, "adults": 2}
CAUSES = [("", _lazy("Choose")), *(choice for choice in reporting.Cause.choices if choice[0])]


class CostsForm(forms.Form):
    """What a side has paid beyond the price, an amount for each kind; empty is nothing."""

    def __init__(self, booking: Booking, side: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {line.kind: line.amount for line in booking.cost_lines.all() if line.side == side}
        self.cost_names = [f"cost_{kind}" for kind in reporting.COSTS[side]]
        for kind in reporting.COSTS[side]:
            label = str(CostLine.Kind(kind).label).capitalize()
            self.fields[f"cost_{kind}"] = _money(f"{label}, {booking.currency}", told.get(kind))

    def costs(self) -> dict[str, Decimal]:
        """The amounts by kind."""
        values = self.cleaned_data
        told = {name.removeprefix("cost_"): values[name] for name in self.cost_names}
        return {kind: amount for kind, amount in told.items() if amount is not None}

    @property
    def cost_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.cost_names]


class ReportForm(CostsForm):
    """Two numbers for each show, or that it was not played; the rest may be left out."""

    not_played = forms.BooleanField(label=_lazy("It was not played"), required=False)
    cause = forms.ChoiceField(label=_lazy("What was it?"), required=False, choices=CAUSES)
    reason = WordsField(label=_lazy("Why was it not played?"), required=False)
    over_capacity = forms.BooleanField(label=_lazy("Yes, so many came"), required=False)
    why = forms.CharField(label=_lazy("What do you correct, and why?"), max_length=WORDS_MAX)

    def __init__(self, booking: Booking, side: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(booking, side, *args, **kwargs)
        self.booking, self.shows = booking, visits.shows(booking)
        came = school_visits.attendance_of(booking) if booking.audience == "school" else None
        for show in self.shows:
            which = {"show": _("show at %(time)s") % {"time": clock(show.starts_at)}}
            for part, (alone, among, asked) in PARTS.items():
                label = str(alone) if len(self.shows) == 1 else str(among) % which
                attribute = "attendance" if part == "audience" else f"attendance_{part}"
                told = getattr(show, attribute)
                if told is None and came and part in CAME:
                    told = came[show.number - 1][CAME[part]]
                self.fields[f"{part}_{show.number}"] = _count(label, told, asked=asked)
        self.initial["not_played"] = booking.outcome == Booking.Outcome.NOT_HELD
        if report := getattr(booking, "report", None):
            self.initial.update(cause=report.cause, reason=report.words)
        if not booking.outcome:
            del self.fields["why"]
        self.asks_capacity = bool(self.data.get("over_capacity"))

    def clean(self) -> dict[str, Any]:
        """The numbers are asked for, or why it was not played; then no number counts."""
        values = self.cleaned_data
        if values.get("not_played"):
            for row in (*self.main_rows, *self.more_rows):
                for field in row:
                    self.errors.pop(field.name, None)
            self.errors.pop("why", None)  # the words below say it
        return values

    def figures(self) -> list[tuple[int | None, ...]]:
        """For each show the audience, the young, the adults and the free."""
        values = self.cleaned_data
        return [tuple(values[f"{part}_{show.number}"] for part in PARTS) for show in self.shows]

    @property
    def main_rows(self) -> list[list[forms.BoundField]]:
        """What everybody is asked for, a row for each show."""
        return self._rows(is_asked=True)

    @property
    def more_rows(self) -> list[list[forms.BoundField]]:
        """What may be left out."""
        return self._rows(is_asked=False)

    @property
    def more_is_open(self) -> bool:
        """Whether something has been told, or is wrong, among what may be left out."""
        fields = [*(field for row in self.more_rows for field in row), *self.cost_fields]
        return any(field.errors or field.value() not in (None, "") for field in fields)

    @property
    def not_played_is_open(self) -> bool:
        """Whether it was not played, as far as has been told."""
        return bool(self["not_played"].value()) or bool(self["reason"].errors or self["cause"].errors)

    def _rows(self, *, is_asked: bool) -> list[list[forms.BoundField]]:
        names = [part for part, (_alone, _among, asked) in PARTS.items() if asked == is_asked]
        return [[self[f"{part}_{show.number}"] for part in names] for show in self.shows]


def _count(label: str, value: int | None, *, asked: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=asked,
        min_value=0,
        max_value=reporting.MOST,
        initial=value,
        error_messages={"required": _("Write a number, or tick that it was not played."), **NOT_NEGATIVE},
    )


def _money(label: str, value: Decimal | None) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_MONEY,
        decimal_places=2,
        initial=value,
        error_messages=NOT_NEGATIVE,
    )
