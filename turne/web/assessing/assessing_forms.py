"""The forms of an assessment: scores by the call's criteria, and the panel's terms and seats."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.languages import in_language
from programmes.assessment_steps import WHY_MAX
from programmes.models import Assessment, Assessor, Criterion, Review
from programmes.models.assessments import SCALE_LEAST, SCALE_MOST
from programmes.panels import READERS_MAX, PanelInput
from programmes.reviews import COMMENT_MAX, SCORE_COMMENT_MAX, Given, ReviewInput
from turne.web.form_fields import DayField, WordsField


class ScoreForm(forms.Form):
    """Points and words by each criterion, and words all in all. A draft need not be complete."""

    def __init__(self, assessment: Assessment, *args: Any, review: Review | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.criteria = list(Criterion.objects.filter(call=assessment.call_id))
        self.version = review.version if review else 0
        most = assessment.scale_most
        scores = {one.criterion_id: one for one in review.scores.all()} if review else {}
        for one in self.criteria:
            score, title = scores.get(one.pk), in_language(one, "title")
            self.fields[f"points_{one.pk}"] = _points(one, most, score.points if score else None)
            self.fields[f"comment_{one.pk}"] = WordsField(
                label=_("Comment on %(what)s") % {"what": title.lower()}, max_length=SCORE_COMMENT_MAX, rows=2,
                required=False, initial=score.comment if score else "",
            )  # fmt: skip
        self.fields["comment"] = WordsField(
            label=_("All in all"), max_length=COMMENT_MAX, rows=4, required=False,
            initial=review.comment if review else "",
        )  # fmt: skip

    def data_read(self) -> ReviewInput:
        """What was written."""
        read = self.cleaned_data
        return ReviewInput(
            {one.pk: Given(read[f"points_{one.pk}"], read[f"comment_{one.pk}"]) for one in self.criteria},
            read["comment"],
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each criterion with its two fields, for the template."""
        return [
            {
                "title": in_language(one, "title"),
                "weight": one.weight,
                "points": self[f"points_{one.pk}"],
                "comment": self[f"comment_{one.pk}"],
            }
            for one in self.criteria
        ]


def _points(criterion: Criterion, most: int, initial: int | None) -> forms.Field:
    label = f"{in_language(criterion, 'title')}, {criterion.weight} %"
    wrong = _("Give %(low)d to %(high)d points.") % {"low": 1, "high": most}
    field = forms.TypedChoiceField(
        label=label,
        choices=[(str(n), str(n)) for n in range(1, most + 1)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial=str(initial) if initial else None,
        error_messages={"invalid_choice": wrong},
    )
    field.is_needed = True  # type: ignore[attr-defined]  # not to save it, but to finish
    return field


class TermsForm(forms.Form):
    """How the applications to a call are assessed."""

    scale_most = forms.IntegerField(
        label=gettext_lazy("Highest score"),
        min_value=SCALE_LEAST,
        max_value=SCALE_MOST,
        help_text=gettext_lazy("The lowest is 1."),
    )
    readers_count = forms.IntegerField(
        label=gettext_lazy("How many score each application"), min_value=1, max_value=READERS_MAX
    )
    due_on = DayField(label=gettext_lazy("Scores at the latest"))

    def data_read(self) -> PanelInput:
        """What was written."""
        return PanelInput(**self.cleaned_data)


class InviteForm(forms.Form):
    """Somebody to the panel."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("As what"), choices=Assessor.Kind.choices)


class RemoveForm(forms.Form):
    """Why somebody leaves the panel, and whether what they have finished counts."""

    why = forms.CharField(label=gettext_lazy("Why they leave the panel"), max_length=WHY_MAX)
    leave_out = forms.BooleanField(
        label=gettext_lazy("Leave out what they have finished"),
        required=False,
        help_text=gettext_lazy("Otherwise it stays and counts."),
    )


class LiftForm(forms.Form):
    """Why a conflict of interest is taken back."""

    why = forms.CharField(label=gettext_lazy("Why it is taken back"), max_length=WHY_MAX)


class CloseForm(forms.Form):
    """Close the assessment; what is missing is known and said so, where anything is."""

    despite_missing = forms.BooleanField(
        label=gettext_lazy("Close it though scores are missing"), required=False
    )

    def __init__(self, *args: Any, has_missing: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_missing:
            del self.fields["despite_missing"]
