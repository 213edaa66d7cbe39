"""The form of an application: rows of a budget, of people and of work samples, and what is wished for in order."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.applications import (
    COLLABORATORS_MAX,
    LINES_MAX,
    SAMPLES_MAX,
    ApplicationInput,
    Line,
    Person,
    Sample,
)
from programmes.call_kinds import kinds
from programmes.file_kinds import KINDS
from programmes.models import Call, CallPeriod, CallPlace, SampleFile
from programmes.models.applications import DESCRIPTION_MAX
from tours.models import Production
from turne.web.form_fields import NOT_NEGATIVE, AmountField, RowField, WordsField
from venues.dates import span_text, weeks_text
from venues.models import Municipality

#: Empty rows beyond those that are filled in; more come when it is saved. Source: the house's choice.
MORE_ROWS = 2
#: So many periods and places are ranked at the most. Source: the house's choice.
CHOICES_MAX = 3
#: A row of each list: ending of the field's name -> its label and whether the row must have it.
BUDGET = {"words": gettext_lazy("What"), "amount": gettext_lazy("Amount"), "income": gettext_lazy("Income")}
PERSON = {"name": gettext_lazy("Name"), "role": gettext_lazy("As what")}
SAMPLE = {"title": gettext_lazy("What the sample is"), "url": gettext_lazy("Address, https://…")}
#: What the browser offers to choose among; the content decides.
ACCEPTED = [*(kind.media_type.partition(";")[0] for kind in KINDS.values()), "image/png", "image/webp"]
#: The form's names for what a verb's refusal names.
FIELDS_OF_ROWS = {
    "budget": "budget_1_words",
    "collaborators": "person_1_name",
    "work_samples": "sample_1_url",
    "periods": "period_1",
    "places": "place_1",
}


class ApplicationForm(forms.Form):
    """All that an application says. A draft need not be complete: nothing is required to save it."""

    applicant_name = forms.CharField(label=gettext_lazy("Your name"), max_length=120, required=False)
    group_name = forms.CharField(label=gettext_lazy("Name of the ensemble"), max_length=120, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    home = RowField(
        label=gettext_lazy("Municipality where you live"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=gettext_lazy("Outside the region"),
    )
    is_first_time = forms.TypedChoiceField(
        label=gettext_lazy("Have you applied here before?"),
        choices=[
            ("", gettext_lazy("Not said")),
            ("1", gettext_lazy("No, for the first time")),
            ("0", gettext_lazy("Yes")),
        ],
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
    )
    art_form = forms.ChoiceField(label=gettext_lazy("Art form"), required=False)
    title = forms.CharField(label=gettext_lazy("Title of the work"), max_length=160, required=False)
    summary = WordsField(label=gettext_lazy("In short"), max_length=400, rows=3, required=False)
    description = WordsField(
        label=gettext_lazy("Description"), max_length=DESCRIPTION_MAX, rows=12, required=False
    )
    access_needs = WordsField(
        label=gettext_lazy("What you need to take part"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Such as a ramp or an interpreter. Not shown to whoever assesses."),
    )

    def __init__(self, call: Call, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.call, kind, fields = call, kinds()[call.kind], self.fields
        home: Any = fields["home"]
        home.queryset = Municipality.objects.filter(region=call.region_id)
        names = call.art_forms or Production.ArtForm.values
        art_form: Any = fields["art_form"]
        art_form.choices = [("", _("Choose")), *((n, Production.ArtForm(n).label) for n in names)]
        self.budget_rows = self._add_rows("budget", BUDGET, LINES_MAX) if kind.has_budget else 0
        self.person_rows = self._add_rows("collaborators", PERSON, COLLABORATORS_MAX, "person")
        self.sample_rows = self._add_rows("work_samples", SAMPLE, SAMPLES_MAX, "sample")
        for name in ("applicant_name", "art_form", "title", "summary", "description"):
            fields[name].is_needed = True  # type: ignore[attr-defined]  # not to save it, but to send it in
        self.period_rows = self._add_choices("period", list(call.periods.all())) if kind.has_stay else 0
        self.place_rows = self._add_choices("place", list(call.places.all())) if kind.has_stay else 0

    def _add_rows(self, name: str, labels: dict[str, Any], most: int, prefix: str = "") -> int:
        standing: Sequence[Any] = self.initial.get(name, ())
        rows, prefix = min(len(standing) + MORE_ROWS, most), prefix or name
        for number in range(1, rows + 1):
            for end, label in labels.items():
                self.fields[f"{prefix}_{number}_{end}"] = _field_of(end, label)
        for number, row in enumerate(standing, 1):
            for end in labels:
                value = getattr(row, "is_income" if end == "income" else end)
                self.initial[f"{prefix}_{number}_{end}"] = value
        return rows

    def _add_choices(self, name: str, rows: Sequence[CallPeriod | CallPlace]) -> int:
        count = min(len(rows), CHOICES_MAX)
        labels = [_("First choice"), _("Second choice"), _("Third choice")]
        choices = [("", _("None")), *((str(row.pk), _told(row)) for row in rows)]
        for number in range(1, count + 1):
            self.fields[f"{name}_{number}"] = forms.ChoiceField(
                label=labels[number - 1], choices=choices, required=False
            )
        for number, row in enumerate(self.initial.get(f"{name}s", ())[:count], 1):
            self.initial[f"{name}_{number}"] = str(row.pk)
        return count

    def clean(self) -> dict[str, Any]:
        """A row that is half filled in is told at the row."""
        read: dict[str, Any] = super().clean() or {}
        pairs = [
            *((f"budget_{n}_words", f"budget_{n}_amount") for n in range(1, self.budget_rows + 1)),
            *((f"person_{n}_name", f"person_{n}_role") for n in range(1, self.person_rows + 1)),
            *((f"sample_{n}_title", f"sample_{n}_url") for n in range(1, self.sample_rows + 1)),
        ]
        for pair in pairs:
            if set(pair) & self.errors.keys():
                continue
            empty = [name for name in pair if read.get(name) in (None, "")]
            if len(empty) == 1:
                self.add_error(empty[0], _("Fill in the whole row, or leave all of it empty."))
        return read

    def data_read(self) -> ApplicationInput:
        """What was written."""
        read = self.cleaned_data
        plain = {name: read[name] for name in ApplicationInput.__dataclass_fields__ if name in read}
        return ApplicationInput(
            **plain,
            budget=[Line(w, a, i) for w, a, i in self._rows("budget", self.budget_rows, *BUDGET) if w],
            collaborators=[Person(*row) for row in self._rows("person", self.person_rows, *PERSON) if row[0]],
            work_samples=[Sample(*row) for row in self._rows("sample", self.sample_rows, *SAMPLE) if row[0]],
            periods=self._chosen("period", self.period_rows, self.call.periods.all()),
            places=self._chosen("place", self.place_rows, self.call.places.all()),
        )

    def _rows(self, prefix: str, rows: int, *ends: str) -> list[tuple[Any, ...]]:
        read = self.cleaned_data
        return [tuple(read[f"{prefix}_{n}_{end}"] for end in ends) for n in range(1, rows + 1)]

    def _chosen(self, name: str, rows: int, among: Any) -> list[Any]:
        by_key = {str(row.pk): row for row in among}
        values = [self.cleaned_data[f"{name}_{n}"] for n in range(1, rows + 1)]
        return [by_key[value] for value in values if value]

    # -- for the template ---------------------------------------

    def _bound(self, prefix: str, rows: int, *ends: str) -> list[list[forms.BoundField]]:
        return [[self[f"{prefix}_{n}_{end}"] for end in ends] for n in range(1, rows + 1)]

    @property
    def who(self) -> list[forms.BoundField]:
        """Who applies."""
        return [self[name] for name in ("applicant_name", "group_name", "phone", "home", "is_first_time")]

    @property
    def what(self) -> list[forms.BoundField]:
        """What for."""
        return [self[name] for name in ("title", "art_form", "summary", "description")]

    @property
    def budget(self) -> list[list[forms.BoundField]]:
        """Rows of words, amount and income."""
        return self._bound("budget", self.budget_rows, *BUDGET)

    @property
    def people(self) -> list[list[forms.BoundField]]:
        """Rows of name and role."""
        return self._bound("person", self.person_rows, *PERSON)

    @property
    def samples(self) -> list[list[forms.BoundField]]:
        """Rows of what it is and its address."""
        return self._bound("sample", self.sample_rows, *SAMPLE)

    @property
    def periods(self) -> list[forms.BoundField]:
        """When, in order."""
        return [self[f"period_{n}"] for n in range(1, self.period_rows + 1)]

    @property
    def places(self) -> list[forms.BoundField]:
        """Where, in order."""
        return [self[f"place_{n}"] for n in range(1, self.place_rows + 1)]


class SampleForm(forms.Form):
    """What is said of a file."""

    title = forms.CharField(label=gettext_lazy("What it is"), max_length=160)
    is_identifying = forms.BooleanField(
        label=gettext_lazy("It tells who we are"),
        help_text=gettext_lazy(
            "By a name, a face or a voice. Hidden where applications are assessed without names."
        ),
        initial=True,
        required=False,
    )

    @classmethod
    def of(cls, file: SampleFile) -> "SampleForm":
        """As it stands; several on a page have ids of their own."""
        said = {"title": file.title, "is_identifying": file.is_identifying}
        return cls(initial=said, auto_id=f"id_{file.pk}_%s")


class NewSampleForm(SampleForm):
    """A file to put up. What it is, is told by its content."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,  # told by the verb, with its name
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
    )
    field_order = ["file", "title", "is_identifying"]


def _field_of(end: str, label: Any) -> forms.Field:
    if end == "amount":
        return AmountField(
            label=label,
            min_value=0,
            max_digits=10,
            decimal_places=2,
            required=False,
            error_messages=NOT_NEGATIVE,
        )
    if end == "income":
        return forms.BooleanField(label=label, required=False)
    if end == "url":
        return forms.URLField(label=label, max_length=500, required=False, assume_scheme="https")
    return forms.CharField(label=label, max_length=160 if end in ("words", "title") else 120, required=False)


def _told(row: CallPeriod | CallPlace) -> str:
    if isinstance(row, CallPlace):
        return str(row)
    return f"{span_text(row.starts_on, row.ends_on)}, {weeks_text(row.starts_on, row.ends_on)}"
