"""The form of a school year: the days of its terms and its days off, row by row, whatever they come from."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from turne.web.form_fields import DayField, number_in
from venues import school_years
from venues.models import Municipality, SchoolBreak, SchoolYearChange
from venues.school_words import LEFT_OUT
from venues.school_years import (
    LONGEST_NAME,
    LONGEST_SOURCE,
    MOST_ENTRIES,
    TERM_FIELDS,
    Draft,
    Entry,
    Owner,
    Terms,
)

Kind = SchoolBreak.Kind
#: So many empty rows are shown below the others; saving gives more.
EMPTY_ROWS = 3
#: What becomes of a row -> its word and the colour of its mark.
MARKS = {
    "new": (gettext_lazy("new"), "confirmed"),
    "changed": (gettext_lazy("changed"), "offered"),
    "gone": (gettext_lazy("goes away"), "cancelled"),
    "same": (gettext_lazy("as before"), ""),
    "out": (gettext_lazy("left out"), ""),
}


@dataclass(frozen=True)
class Told:
    """A row as it is proposed: its days, and why they are what they are."""

    entry: Entry
    why: str = ""


class EntryRow(forms.Form):
    """Some days off; without a kind the row is left out."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME, required=False)
    starts_on = DayField(label=gettext_lazy("First day"), required=False)
    ends_on = DayField(label=gettext_lazy("Last day"), required=False)

    def __init__(self, *args: Any, owner: Owner, year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.owner, self.year = owner, year
        self.initial = self.initial or {"kind": Kind.BREAK}  # who writes into an empty row means it
        kinds = [kind for kind in Kind.choices if kind[0] != Kind.OPEN or not isinstance(owner, Municipality)]
        self.fields["kind"].choices = [(LEFT_OUT, _("Leave out")), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A row with a kind and a name or a day is meant, and must be whole."""
        read = super().clean() or {}
        if self.is_blank(read):
            return read
        for name in ("name", "starts_on"):
            if not read.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed, or choose to leave the row out."))
        if not self.errors and (entry := self.entry()):
            for sentence in school_years.faults_of(self.owner, self.year, entry):
                self.add_error("starts_on", sentence)
        return read

    def is_blank(self, read: dict[str, Any]) -> bool:
        """Whether the row says nothing, or is left out."""
        return not read.get("kind") or not (read.get("name") or read.get("starts_on") or self.errors)

    def entry(self) -> Entry | None:
        """The days of the row; None where it is left out."""
        read = getattr(self, "cleaned_data", {})
        if self.is_blank(read) or not read.get("starts_on") or not read.get("name"):
            return None
        return Entry(read["kind"], read["name"], read["starts_on"], read.get("ends_on") or read["starts_on"])

    def left_out(self) -> Entry | None:
        """The days of a row that is left out, to find what it stood for."""
        read = getattr(self, "cleaned_data", {})
        if read.get("kind") or not read.get("starts_on") or not read.get("name"):
            return None
        return Entry("", read["name"], read["starts_on"], read.get("ends_on") or read["starts_on"])


Rows = forms.formset_factory(
    EntryRow, extra=EMPTY_ROWS, max_num=MOST_ENTRIES, absolute_max=MOST_ENTRIES + 1, validate_max=True
)


class YearForm(forms.Form):
    """A school year; the rows of its days off are `rows`, and the button that was pressed is `despite` or none."""

    autumn_starts_on = DayField(label=gettext_lazy("The autumn term begins"), required=False)
    autumn_ends_on = DayField(label=gettext_lazy("The autumn term ends"), required=False)
    spring_starts_on = DayField(label=gettext_lazy("The spring term begins"), required=False)
    spring_ends_on = DayField(label=gettext_lazy("The spring term ends"), required=False)
    how = forms.ChoiceField(choices=SchoolYearChange.How.choices, required=False, widget=forms.HiddenInput)
    source = forms.CharField(max_length=LONGEST_SOURCE, required=False, widget=forms.HiddenInput)
    expected = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    despite = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        owner: Owner,
        year: int,
        data: Any = None,
        *,
        terms: Terms | None = None,
        rows: Sequence[Told] = (),
        **initial: str,
    ) -> None:
        shown = {**asdict(terms or Terms()), **initial}
        super().__init__(data, initial=shown)
        self.owner, self.year, self.told = owner, year, list(rows)
        first = [{**asdict(row.entry)} for row in self.told]
        self.rows = Rows(data, initial=first, prefix="dag", form_kwargs={"owner": owner, "year": year})

    def is_valid(self) -> bool:
        """Whether the terms and every row can be read, and no break lies over another."""
        is_read = all([super().is_valid(), self.rows.is_valid()])
        return is_read and not self._over_others()

    def _over_others(self) -> bool:
        """Say it at each break that lies over another."""
        faults = school_years.breaks_over_others([row.entry() for row in self.rows])
        for at, sentence in faults.items():
            if "starts_on" not in self.rows[at].errors:
                self.rows[at].add_error("starts_on", sentence)
        return bool(faults)

    def clean(self) -> dict[str, Any]:
        """The days of the terms lie in the year, and in order."""
        read = super().clean() or {}
        if not any(name in self.errors for name in TERM_FIELDS):
            for name, sentence in school_years.faults_of_terms(self.year, self._terms(read)).items():
                self.add_error(name, sentence)
        return read

    def draft(self) -> Draft:
        """The school year as the form has it."""
        entries = (row.entry() for row in self.rows)
        return Draft(self._terms(self.cleaned_data), tuple(entry for entry in entries if entry))

    def proposed(self) -> Draft:
        """The school year as the form proposes it, before anybody has sent it."""
        terms = Terms(**{name: self.initial.get(name) for name in TERM_FIELDS})
        return Draft(terms, tuple(row.entry for row in self.told if row.entry.kind))

    def _terms(self, read: dict[str, Any]) -> Terms:
        return Terms(**{name: read.get(name) for name in TERM_FIELDS})


def with_more_rows(sent: QueryDict) -> QueryDict:
    """What was sent, with empty rows below the others again."""
    more = sent.copy()
    total = number_in(sent.get("dag-TOTAL_FORMS"))
    blank = sum(
        not (sent.get(f"dag-{n}-name") or sent.get(f"dag-{n}-starts_on"))
        for n in range(min(total, MOST_ENTRIES))
    )
    wanted = min(total + max(EMPTY_ROWS - blank, 0), MOST_ENTRIES)
    for number in range(total, wanted):
        more[f"dag-{number}-kind"] = Kind.BREAK.value
    more["dag-TOTAL_FORMS"] = str(max(total, wanted))
    return more


def with_gone(rows: Iterable[Told], before: Draft, *, is_whole: bool, why: str) -> list[Told]:
    """The rows, and those that stand and are not among them: left out, or kept where the source is not whole."""
    told = list(rows)
    after = Draft(entries=tuple(row.entry for row in told))
    gone = [change.entry for change in school_years.compare(before, after) if change.what == "gone"]
    for entry in gone:
        kept = Entry(entry.kind if not is_whole else LEFT_OUT, entry.name, entry.starts_on, entry.ends_on)
        told.append(Told(kept, why))
    return sorted(told, key=lambda row: (row.entry.starts_on, row.entry.name))


def marks_of(form: YearForm, before: Draft) -> list[dict[str, Any]]:
    """For each row of the form: the row, what becomes of it, what it was, and why it is proposed so."""
    is_sent = form.is_bound
    entries = [row.entry() for row in form.rows] if is_sent else [row.entry for row in form.told]
    after = Draft(entries=tuple(entry for entry in entries if entry and entry.kind))
    found = {change.entry: change for change in school_years.compare(before, after)}
    standing = {(entry.name, entry.starts_on) for entry in before.entries}
    marked = []
    for number, row in enumerate(form.rows):
        entry = entries[number] if number < len(entries) else None
        out = row.left_out() if is_sent else entry if entry and not entry.kind else None
        what, was = "", None
        if out:
            what = "gone" if (out.name, out.starts_on) in standing else "out"
        elif entry and entry in found:
            what, was = found[entry].what, found[entry].before
        label, state = MARKS.get(what, ("", ""))
        marked.append(
            {
                "row": row,
                "what": what,
                "label": label,
                "state": state,
                "was": was.text if was and what == "changed" else "",
                "why": form.told[number].why if not is_sent and number < len(form.told) else "",
            }
        )
    return marked


class FileForm(forms.Form):
    """A school calendar to import."""

    file = forms.FileField(
        label=gettext_lazy("The calendar as a file"),
        help_text=gettext_lazy(
            ".ics, or a table as .csv or .xlsx. You see every day before anything is saved."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,.csv,.xlsx,.json,text/calendar,text/csv"}),
    )
