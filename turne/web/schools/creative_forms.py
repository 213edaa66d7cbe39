"""Forms of grants to owners of schools: a decision, and what shows that an ensemble is professional."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.grants import Decision
from bookings.models import ProfessionalProof, SchoolGrant
from bookings.models.grants import PROMISED_MAX
from turne.web.form_fields import NOT_NEGATIVE, DayField, RowField
from venues.models import GrantScheme, SchoolOwner
from venues.models.school_years import year_label
from venues.school_forms import SchoolForm

#: Forms of school that are asked for one by one; a decision that names others is noted in all.
#: Source: Skapande skola covers preschool to grade 9 (kulturradet.se).
FORMS = (
    SchoolForm.PRESCHOOL,
    SchoolForm.PRESCHOOL_CLASS,
    SchoolForm.COMPULSORY,
    SchoolForm.ADAPTED_COMPULSORY,
    SchoolForm.SAMI,
    SchoolForm.SPECIAL,
)


class DecisionForm(forms.Form):
    """What was granted to whom for which school year."""

    owner = RowField(label=_("Owner of the schools"), queryset=SchoolOwner.objects.none(), empty_label=None)
    scheme = RowField(label=_("Grant"), queryset=GrantScheme.objects.none(), empty_label=None)
    year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    promised_count = forms.IntegerField(
        label=_("Pupils promised in the application"), min_value=1, max_value=PROMISED_MAX
    )
    amount = forms.DecimalField(
        label=_("Amount granted"), min_value=0, max_digits=12, decimal_places=2, error_messages=NOT_NEGATIVE
    )
    reference = forms.CharField(label=_("Reference of the decision"), max_length=60, required=False)
    decided_on = DayField(label=_("Decided on"), required=False)

    def __init__(
        self,
        owners: Any,
        schemes: Any,
        years: list[int],
        *args: Any,
        standing: SchoolGrant | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        if standing:
            for name in ("owner", "scheme", "year"):
                del self.fields[name]
        else:
            fields: Any = self.fields
            fields["owner"].queryset, fields["scheme"].queryset = owners, schemes
            fields["year"].choices = [(str(year), year_label(year)) for year in years]
        for form in FORMS:
            self.fields[f"form_{form}"] = forms.IntegerField(
                label=form.label,
                min_value=0,
                max_value=PROMISED_MAX,
                required=False,
                error_messages=NOT_NEGATIVE,
            )

    @property
    def whole(self) -> list[forms.BoundField]:
        """The fields about all of it."""
        return [field for field in self.visible_fields() if not field.name.startswith("form_")]

    @property
    def parts(self) -> list[forms.BoundField]:
        """The fields of the school forms."""
        return [field for field in self.visible_fields() if field.name.startswith("form_")]

    def decision(self) -> Decision:
        """What was read."""
        read = self.cleaned_data
        parts = {str(form): read[f"form_{form}"] or 0 for form in FORMS}
        return Decision(read["promised_count"], read["amount"], parts, read["reference"], read["decided_on"])


def initial_of(standing: SchoolGrant) -> dict[str, Any]:
    """The form's values of a grant that is noted."""
    names = ("promised_count", "amount", "reference", "decided_on")
    parts = {f"form_{form}": count for form, count in standing.promised_by_form.items()}
    return {name: getattr(standing, name) for name in names} | parts


class ProofForm(forms.Form):
    """What shows that an ensemble is professional."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ProfessionalProof.Kind.choices)
    what = forms.CharField(
        label=_("What it is"), max_length=200, help_text=_("Such as “CVs of the four who play”.")
    )
    where_kept = forms.CharField(
        label=_("Where it is kept"),
        max_length=200,
        required=False,
        help_text=_("A reference or a place. Turne stores no documents."),
    )
    link = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("https://…, where whoever pays may read it."),
    )
    valid_to = DayField(label=_("Valid until"), required=False)
