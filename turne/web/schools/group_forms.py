"""The forms of groups: one group, all of a school year, and a table that is pasted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from turne.web.form_fields import number_in
from turne.web.schools.group_languages import names_of, tags_of
from venues.grades import GRADES
from venues.group_sheets import Line
from venues.groups import GROUPS_MAX, NAME_MAX, GroupInput, GroupsWrong, Row, forms_with
from venues.models import Group, School
from venues.models.groups import GROUP_MAX
from venues.school_forms import SchoolForm

#: So many empty rows are shown below the others; "more rows" gives as many again.
EMPTY_ROWS = 5
PASTE_MAX = 10_000


def grade_choices(school: School) -> list[tuple[str, str]]:
    """The grades that the school has, or all where nobody has said."""
    return [("", _("grade")), *((grade, grade) for grade in school.grades or GRADES)]


def form_choices(school: School) -> list[tuple[str, str]]:
    """The forms between which a grade does not decide; none where each grade is of one form."""
    several = {
        form
        for grade in school.grades
        for form in forms_with(school, grade)
        if len(forms_with(school, grade)) > 1
    }
    if not several:
        return []
    return [
        ("", _("as the grade says")),
        *((form, str(SchoolForm(form).label)) for form in SchoolForm if form in several),
    ]


class GroupForm(forms.Form):
    """One group."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_MAX)
    grade = forms.ChoiceField(label=gettext_lazy("Grade"))
    form = forms.ChoiceField(label=gettext_lazy("School form"), required=False)
    pupils_count = forms.IntegerField(
        label=gettext_lazy("Pupils"), widget=forms.NumberInput(attrs={"min": 1, "max": GROUP_MAX})
    )
    adults_count = forms.IntegerField(
        label=gettext_lazy("Adults who come along"),
        initial=1,
        widget=forms.NumberInput(attrs={"min": 0, "max": GROUP_MAX}),
    )
    languages = forms.CharField(
        label=gettext_lazy("Languages beside Swedish"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example North Sami, Finnish."),
    )

    def __init__(self, *args: Any, school: School, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["grade"].choices = grade_choices(school)  # type: ignore[attr-defined]
        if choices := form_choices(school):
            self.fields["form"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["form"]

    def clean_languages(self) -> tuple[str, ...]:
        """The tags of the names that were written."""
        return tags_of(self.cleaned_data["languages"])

    def told(self) -> GroupInput:
        """What the form says."""
        read = self.cleaned_data
        return GroupInput(
            read["name"],
            read["grade"],
            read["pupils_count"],
            read["adults_count"],
            read.get("form", ""),
            read["languages"],
        )


class GroupRow(GroupForm):
    """A line of a year; an empty one is left out, and one that is ticked goes away."""

    pk = forms.CharField(required=False, widget=forms.HiddenInput)
    gone = forms.BooleanField(label=gettext_lazy("Take away"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        """A line with a name, a grade or a number is meant, and must be whole."""
        read = super().clean() or {}
        if read.get("gone") or self.is_blank():
            return read
        for name in ("name", "grade", "pupils_count"):
            if read.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("This is missing."))
        if read.get("adults_count") is None and "adults_count" not in self.errors:
            read["adults_count"] = 1
        return read

    def is_blank(self) -> bool:
        """Whether nothing is written in it, but for what stands there from the beginning."""
        read = getattr(self, "cleaned_data", {})
        return not self.errors and not any(read.get(name) for name in ("pk", "name", "grade", "pupils_count"))

    def row(self) -> Row | None:
        """The line for the verb; None where it says nothing."""
        pk = number_in(self.cleaned_data.get("pk"))
        if self.cleaned_data.get("gone") or self.is_blank():
            return Row(None, pk) if pk else None
        return Row(self.told(), pk or None)


Rows = forms.formset_factory(GroupRow, extra=EMPTY_ROWS, max_num=GROUPS_MAX, absolute_max=GROUPS_MAX + 1)


class PasteForm(forms.Form):
    """A table that is pasted."""

    table = forms.CharField(
        label=gettext_lazy("Paste a table"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=PASTE_MAX,
        help_text=gettext_lazy(
            "A line for each group: name, grade, pupils and adults, with tabs or semicolons between. No pupil's name."
        ),
    )


def initial_of(group: Group) -> dict[str, Any]:
    """A group as a form has it."""
    told = GroupInput.of(group)
    return {**vars(told), "languages": names_of(told.languages), "pk": group.pk}


def with_lines(groups: Iterable[Group], lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The year's groups as rows, with what was pasted: a line of a known name changes its group, another is new."""
    rows = {group.name.casefold(): initial_of(group) for group in groups}
    for told in (line.told for line in lines if not line.is_double):
        pasted = {
            "name": told.name,
            "grade": told.grade,
            "pupils_count": told.pupils_count,
            "adults_count": told.adults_count,
        }
        key = " ".join(told.name.split()).casefold()
        rows[key] = {**rows.get(key, {}), **pasted}
    return list(rows.values())


def rows_of(formset: Any) -> list[tuple[int, Row]]:
    """The lines that say something, each with the number of its form."""
    found = ((number, form.row()) for number, form in enumerate(formset.forms))
    return [(number, row) for number, row in found if row]


def blame_rows(formset: Any, numbers: Mapping[int, int], error: GroupsWrong) -> None:
    """Say beside each line what is wrong with it.

    Args:
        numbers: line of the verb -> form.
    """
    for line, fault in error.faults.items():
        form = formset.forms[numbers[line]]
        form.add_error(fault.field if fault.field in form.fields else "name", str(fault))
