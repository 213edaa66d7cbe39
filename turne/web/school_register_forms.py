"""The forms of the register of schools: what the list is asked for, a school's status, and what it goes on as."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from turne.web.form_fields import DayField
from venues.models import Municipality, School, SchoolForm, SchoolOwner
from venues.models.schools import Schools

#: What the list shows of schools that have ceased: they are left out, or asked for.
STANDING, ALL = "", "alla"
STATUSES = [
    (STANDING, gettext_lazy("All that are there")),
    *School.Status.choices,
    (ALL, gettext_lazy("All, ceased ones too")),
]
ANY = [("", gettext_lazy("All"))]


class RegisterFilter(forms.Form):
    """What the list is narrowed to; it stands in the address. What is not understood counts as not said."""

    namn = forms.CharField(
        label=gettext_lazy("Name, place or code"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kommun = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    form = forms.ChoiceField(
        label=gettext_lazy("School form"), required=False, choices=[*ANY, *SchoolForm.choices]
    )
    huvudman = forms.ChoiceField(
        label=gettext_lazy("Owner"), required=False, choices=[*ANY, *SchoolOwner.Kind.choices]
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, choices=STATUSES)
    obekraftad = forms.BooleanField(label=gettext_lazy("Not confirmed"), required=False)

    def __init__(self, data: Any, municipalities: list[Municipality]) -> None:
        super().__init__(data)
        chosen = [(one.slug, one.name) for one in municipalities]
        self.fields["kommun"].choices = [*ANY, *chosen]  # type: ignore[attr-defined]
        self.is_valid()

    def asked(self, name: str) -> Any:
        """What is asked for; nothing where the address says what is no choice."""
        return self.cleaned_data.get(name) or ""


class RegisterFileForm(forms.Form):
    """A register to look at."""

    file = forms.FileField(
        label=gettext_lazy("The register as a file"),
        help_text=gettext_lazy(
            ".json as Skolverket's register answers, or a table as .csv or .xlsx. "
            "You see every change before anything is written."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.csv,.xlsx,application/json,text/csv"}),
    )


class StatusForm(forms.Form):
    """Whether a school is still there."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=School.Status.choices)
    ceased_on = DayField(
        label=gettext_lazy("Ceased on"),
        required=False,
        help_text=gettext_lazy(
            "The first day on which it is no more. A day to come may be written beside any status."
        ),
    )

    @classmethod
    def of(cls, school: School) -> "StatusForm":
        """Filled in as it stands."""
        return cls(initial={"status": school.status, "ceased_on": school.ceased_on})


class SuccessorForm(forms.Form):
    """As which school another one goes on."""

    successor = forms.ChoiceField(label=gettext_lazy("Goes on as"))
    on = DayField(label=gettext_lazy("From"), required=False)

    def __init__(self, school: School, schools: Schools, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        others = schools.exclude(pk=school.pk).select_related("organisation__municipality")
        ordered = others.order_by("organisation__municipality__name", "organisation__name", "pk")
        self.schools = {other.organisation.slug: other for other in ordered}
        named = [(slug, _named(other)) for slug, other in self.schools.items()]
        self.fields["successor"].choices = [("", _("Choose a school")), *named]  # type: ignore[attr-defined]

    def clean_successor(self) -> School:
        """The school that was chosen."""
        return self.schools[self.cleaned_data["successor"]]


def _named(school: School) -> str:
    """ "Ripskolan (Krokom)": several may be called the same."""
    municipality = school.organisation.municipality
    return f"{school} ({municipality})" if municipality else str(school)
