"""Forms of claims: what the claimant writes, and what whoever receives it decides."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import pricing, reporting
from bookings.claim_figures import COUNTS, WHY_MAX, Correction, Figures, correctable
from bookings.claim_handling import ClaimDecision
from bookings.claim_permissions import partners_of
from bookings.claim_rules import ClaimRules, rules_of
from bookings.claiming import ClaimInput
from bookings.models import SubsidyClaim
from bookings.models.subsidy_claims import DECIDED_WHY_MAX, REFERENCE_MAX
from bookings.models.subsidy_claims import WHY_MAX as REASON_MAX
from turne.web.claim_rows import value_text
from turne.web.form_fields import NOT_NEGATIVE, DayField, RowField, WordsField


class ClaimForm(forms.Form):
    """What the scheme asks for, with whom it was presented, and figures that are put right by hand."""

    def __init__(self, claim: SubsidyClaim, figures: Figures, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rules = rules_of(claim.scheme.rules)
        self.asks, self.names = rules.asks, correctable(rules, figures.covers)
        self._add_asks(claim, rules)
        for name in self.names:
            self._add_figure(name, claim, figures)

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields of what is stated."""
        return [field for field in self.visible_fields() if field.name.startswith(("ask_", "partner"))]

    @property
    def figures(self) -> list[forms.BoundField]:
        """The fields of figures and their reasons."""
        return [field for field in self.visible_fields() if not field.name.startswith(("ask_", "partner"))]

    @property
    def is_corrected(self) -> bool:
        """Whether a figure is put right, or its field is wrong."""
        return any(field.value() or field.errors for field in self.figures)

    def data_read(self) -> ClaimInput:
        """What was written."""
        read = self.cleaned_data
        said = {
            name: Correction(Decimal(read[name]), read[f"{name}_why"])
            for name in self.names
            if read[name] is not None
        }
        answers = {ask.key: read[f"ask_{ask.key}"] for ask in self.asks}
        return ClaimInput(said, answers, read.get("partner"))

    def clean(self) -> dict[str, Any]:
        """A reason belongs to a figure."""
        read = self.cleaned_data
        for name in self.names:
            if read.get(f"{name}_why") and name in read and read[name] is None:
                self.add_error(name, _("Write the figure that the reason is for."))
        return read

    def _add_asks(self, claim: SubsidyClaim, rules: ClaimRules) -> None:
        for ask in rules.asks:
            told: Any = claim.answers.get(ask.key)
            name = f"ask_{ask.key}"
            if ask.is_yes:
                self.fields[name] = forms.BooleanField(label=ask.label, required=False, initial=bool(told))
                continue
            field = WordsField(label=ask.label, max_length=ask.most, required=False, rows=4, initial=told)
            field.is_needed = True  # type: ignore[attr-defined]
            self.fields[name] = field
        if rules.partner:
            self.fields["partner"] = RowField(
                label=_("Presented together with"),
                queryset=partners_of(claim),
                required=False,
                initial=claim.partner_id,
                help_text=_(
                    "A Riksteatern association of the region, where you are none yourselves. Where none is listed, "
                    "the region’s office notes which are."
                ),
            )

    def _add_figure(self, name: str, claim: SubsidyClaim, figures: Figures) -> None:
        row, said = figures.rows[name], claim.corrections.get(name, {})
        told = _("As reckoned: %(value)s. Leave it empty where that is right.") % {
            "value": value_text(name, row.reckoned, claim.currency)
        }
        shared: dict[str, Any] = {
            "label": row.label, "required": False, "min_value": 0, "error_messages": NOT_NEGATIVE,
            "initial": said.get("value"), "help_text": told,
        }  # fmt: skip
        if name in COUNTS:
            field: forms.Field = forms.IntegerField(max_value=reporting.MOST, **shared)
        else:
            field = forms.DecimalField(max_value=pricing.MOST, decimal_places=2, **shared)
        self.fields[name] = field
        self.fields[f"{name}_why"] = forms.CharField(
            label=_("Why another figure: %(figure)s") % {"figure": row.label.lower()},
            max_length=WHY_MAX,
            required=False,
            initial=said.get("why"),
        )


class SendForm(forms.Form):
    """That one stands by what is sent in."""

    stands = forms.BooleanField(
        label=gettext_lazy("The figures and what we state are right, as far as we know."),
        error_messages={"required": gettext_lazy("Say that you stand by it.")},
    )


class LateForm(forms.Form):
    """Why it is late."""

    why = WordsField(label=gettext_lazy("Why it is late"), max_length=REASON_MAX)


class DecisionForm(forms.Form):
    """What is granted, and why not all of it."""

    granted = forms.DecimalField(
        label=gettext_lazy("Granted"),
        min_value=0,
        max_value=pricing.MOST,
        decimal_places=2,
        error_messages=NOT_NEGATIVE,
        help_text=gettext_lazy("0 refuses it."),
    )
    why = WordsField(
        label=gettext_lazy("Why"),
        max_length=DECIDED_WHY_MAX,
        required=False,
        help_text=gettext_lazy("The claimant gets these words. Needed where not all of it is granted."),
    )
    reference = forms.CharField(
        label=gettext_lazy("Your reference"),
        max_length=REFERENCE_MAX,
        required=False,
        help_text=gettext_lazy("Such as the number in your register."),
    )

    def decision(self) -> ClaimDecision:
        """What was read."""
        read = self.cleaned_data
        return ClaimDecision(read["granted"], read["why"], read["reference"])


class ReturnForm(forms.Form):
    """What is missing, and until when it may be completed."""

    why = WordsField(
        label=gettext_lazy("What is missing"),
        max_length=REASON_MAX,
        help_text=gettext_lazy("The claimant gets these words."),
    )
    until = DayField(label=gettext_lazy("May be sent in until"), required=False)


class PaidForm(forms.Form):
    """When the money left."""

    paid_on = DayField(label=gettext_lazy("Paid out on"))


class UntilForm(forms.Form):
    """Until when a late claim may be sent in."""

    until = DayField(label=gettext_lazy("May be sent in until"))


def first_error(form: forms.Form) -> str:
    """The first thing that is wrong, for a form that stands in a list."""
    sentences: Iterable[Any] = form.errors.values()
    return str(next(iter(sentences))[0])
