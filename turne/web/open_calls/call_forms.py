"""The form by which a call is written."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.call_kinds import Kind
from programmes.calls import CallInput, Place, Weighed
from programmes.models import Call
from programmes.models.calls import CHOSEN_MAX, WEEKS_MAX
from tours.models import Production
from turne.web.form_fields import (
    NOT_NEGATIVE,
    AmountField,
    DayField,
    MomentField,
    RowField,
    RowsField,
    WordsField,
)
from venues.models import Municipality, Organisation, Region

#: Empty rows beyond those that are filled in. Source: the house's choice; more come when it is saved.
MORE_ROWS = 3
#: Characters in a text of a call. Source: the house's choice; a page and a half.
TEXT_MAX = 5000
#: The form's names for what a verb's refusal names.
FIELDS_OF_ROWS = {"periods": "period_1_from", "criteria": "criterion_1", "places": "municipalities"}


def _text(label: Any, *, required: bool = False, rows: int = 6, **options: Any) -> WordsField:
    return WordsField(label=label, required=required, rows=rows, max_length=TEXT_MAX, **options)


class CallForm(forms.Form):
    """All that a call says. Of a public one, what stands cannot be written any more and is left out."""

    owner = RowField(
        label=gettext_lazy("Published by"), queryset=Organisation.objects.none(), empty_label=None
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    purpose = _text(gettext_lazy("Purpose"), required=True)
    who_may_apply = _text(gettext_lazy("Who may apply"), required=True, rows=4)
    art_forms = forms.MultipleChoiceField(
        label=gettext_lazy("Art forms"),
        choices=Production.ArtForm.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all of them."),
    )
    opens_at = MomentField(label=gettext_lazy("Opens"))
    closes_at = MomentField(
        label=gettext_lazy("Closes"), help_text=gettext_lazy("What is sent at this very minute is too late.")
    )
    answers_on = DayField(label=gettext_lazy("Answer at the latest"))
    chosen_count = forms.IntegerField(
        label=gettext_lazy("How many are chosen"), min_value=1, max_value=CHOSEN_MAX, initial=1
    )
    is_blind = forms.BooleanField(
        label=gettext_lazy("Assessed without names"),
        required=False,
        help_text=gettext_lazy("Whoever assesses sees neither names nor what tells them."),
    )
    stipend = AmountField(
        label=gettext_lazy("Stipend"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        error_messages=NOT_NEGATIVE,
    )
    paid_weeks = forms.IntegerField(
        label=gettext_lazy("Paid weeks"), required=False, min_value=1, max_value=WEEKS_MAX
    )
    gives_housing = forms.BooleanField(label=gettext_lazy("Housing"), required=False)
    gives_room = forms.BooleanField(label=gettext_lazy("A room to work in"), required=False)
    gives_travel = forms.BooleanField(label=gettext_lazy("Travel"), required=False)
    given_more = _text(gettext_lazy("What else is given"), rows=3)
    title_en = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    purpose_en = _text(gettext_lazy("Purpose"))
    who_may_apply_en = _text(gettext_lazy("Who may apply"), rows=4)
    given_more_en = _text(gettext_lazy("What else is given"), rows=3)

    def __init__(
        self,
        kind: Kind,
        region: Region,
        owners: "QuerySet[Organisation]",
        *args: Any,
        call: Call | None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        self.kind, self.call = kind, call
        fields["owner"].queryset = owners
        if call:
            del fields["owner"]
        if call and call.is_public:
            for name in ("opens_at", "is_blind"):
                del fields[name]
        self.period_rows = self._add_periods() if kind.has_stay else 0
        if kind.has_stay:
            self._add_places(region)
        self.criterion_rows = 0 if call and call.is_public else self._add_criteria()

    def _add_periods(self) -> int:
        rows = len(self.initial.get("periods", ())) + MORE_ROWS
        for number in range(1, rows + 1):
            names = {"from": _("Period %(n)d, from"), "to": _("Period %(n)d, to")}
            for end, label in names.items():
                self.fields[f"period_{number}_{end}"] = DayField(label=label % {"n": number}, required=False)
        for number, (first, last) in enumerate(self.initial.get("periods", ()), 1):
            self.initial.update({f"period_{number}_from": first, f"period_{number}_to": last})
        return rows

    def _add_places(self, region: Region) -> None:
        hosts = Organisation.objects.filter(region=region, municipality__isnull=False)
        self.fields["municipalities"] = RowsField(
            label=_("Anywhere in"),
            queryset=Municipality.objects.filter(region=region),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["hosts"] = RowsField(
            label=_("At hosts"),
            queryset=hosts.with_role(Organisation.Role.PRESENTER, Organisation.Role.PRODUCER),
            required=False,
            help_text=_("Hold Ctrl or ⌘ to choose several."),
        )

    def _add_criteria(self) -> int:
        rows = len(self.initial.get("criteria", ())) + MORE_ROWS
        for number in range(1, rows + 1):
            more = {"n": number}
            self.fields[f"criterion_{number}"] = forms.CharField(
                label=_("Criterion %(n)d") % more, max_length=120, required=False
            )
            self.fields[f"criterion_{number}_en"] = forms.CharField(
                label=_("In English"), max_length=120, required=False
            )
            self.fields[f"criterion_{number}_weight"] = forms.IntegerField(
                label=_("Weight, per cent"), min_value=1, max_value=100, required=False
            )
        for number, one in enumerate(self.initial.get("criteria", ()), 1):
            told = {"": one.title, "_en": one.title_en, "_weight": one.weight}
            self.initial.update({f"criterion_{number}{end}": value for end, value in told.items()})
        return rows

    def clean(self) -> dict[str, Any]:
        """A row that is half filled in is told at the row."""
        read: dict[str, Any] = super().clean() or {}
        for number in range(1, self.period_rows + 1):
            first, last = (f"period_{number}_{end}" for end in ("from", "to"))
            self._both(first, last, _("Say from when to when."))
        for number in range(1, self.criterion_rows + 1):
            self._both(
                f"criterion_{number}", f"criterion_{number}_weight", _("Write the words and the weight.")
            )
        return read

    def _both(self, one: str, other: str, told: str) -> None:
        if one in self.errors or other in self.errors:
            return
        if bool(self.cleaned_data.get(one)) != bool(self.cleaned_data.get(other)):
            self.add_error(other if self.cleaned_data.get(one) else one, told)

    def data_read(self) -> CallInput:
        """What was written, with what stands where it is public."""
        read = self.cleaned_data
        plain = {name: read[name] for name in CallInput.__dataclass_fields__ if name in read}
        standing: Any = self.initial
        kept = {name: standing[name] for name in ("opens_at", "is_blind") if name not in read}
        criteria = self._criteria() if self.criterion_rows else standing["criteria"]
        return CallInput(**plain, **kept, periods=self._periods(), places=self._places(), criteria=criteria)

    def _periods(self) -> Sequence[tuple[date, date]]:
        read = self.cleaned_data
        rows = [(read[f"period_{n}_from"], read[f"period_{n}_to"]) for n in range(1, self.period_rows + 1)]
        return [row for row in rows if all(row)]

    def _places(self) -> Sequence[Place]:
        read = self.cleaned_data
        whole = [Place(one) for one in read.get("municipalities", ())]
        return [*whole, *(Place(host.municipality, host) for host in read.get("hosts", ()))]

    def _criteria(self) -> Sequence[Weighed]:
        read = self.cleaned_data
        names = [f"criterion_{n}" for n in range(1, self.criterion_rows + 1)]
        return [Weighed(read[n], read[f"{n}_weight"], read[f"{n}_en"]) for n in names if read[n]]

    # -- for the template ---------------------------------------

    def _bound(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields that say what it is."""
        return self._bound("owner", "title", "purpose", "who_may_apply", "art_forms")

    @property
    def dates(self) -> list[forms.BoundField]:
        """When it opens, closes and is answered."""
        return self._bound("opens_at", "closes_at", "answers_on")

    @property
    def amounts(self) -> list[forms.BoundField]:
        """What is given, in figures."""
        return self._bound("stipend", "paid_weeks", "chosen_count")

    @property
    def gives(self) -> list[forms.BoundField]:
        """What is given, yes or no."""
        return self._bound("gives_housing", "gives_room", "gives_travel")

    @property
    def english(self) -> list[forms.BoundField]:
        """All of it that is written in English."""
        return self._bound("title_en", "purpose_en", "who_may_apply_en", "given_more_en")

    @property
    def where(self) -> list[forms.BoundField]:
        """Where one may stay."""
        return self._bound("municipalities", "hosts")

    @property
    def periods(self) -> list[list[forms.BoundField]]:
        """Rows of from and to."""
        return [self._bound(f"period_{n}_from", f"period_{n}_to") for n in range(1, self.period_rows + 1)]

    @property
    def criteria(self) -> list[list[forms.BoundField]]:
        """Rows of words, English and weight."""
        names = [f"criterion_{n}" for n in range(1, self.criterion_rows + 1)]
        return [self._bound(name, f"{name}_en", f"{name}_weight") for name in names]
