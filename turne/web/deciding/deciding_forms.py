"""Forms of the way to the answers: the meeting, a decision, a time, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes import decisions
from programmes.decisions import DecisionInput
from programmes.meetings import MeetingInput
from programmes.models import Assessor, Call, Decision
from turne.web.form_fields import NOT_NEGATIVE, AmountField, DayField, MomentField, RowsField, WordsField


class MeetingForm(forms.Form):
    """When the meeting is held, and by whom."""

    held_on = DayField(label=gettext_lazy("Day"))
    chair = forms.CharField(label=gettext_lazy("Chair"), max_length=120)
    secretary = forms.CharField(label=gettext_lazy("Secretary"), max_length=120, required=False)
    present = RowsField(
        label=gettext_lazy("Present"), queryset=Assessor.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    notes = WordsField(
        label=gettext_lazy("What was said in general"),
        max_length=8000,
        required=False,
        help_text=gettext_lazy("It stands in the minutes. Write nothing here that is about one applicant."),
    )

    def __init__(self, call: Call, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        present: Any = self.fields["present"]
        present.queryset = Assessor.objects.active().filter(call=call).select_related("user")

    def data_read(self) -> MeetingInput:
        """What was written."""
        read = self.cleaned_data
        return MeetingInput(**{**read, "present": list(read["present"])})


class DecisionForm(forms.Form):
    """What is decided about an application, and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=Decision.Outcome.choices, widget=forms.RadioSelect
    )
    reserve_number = forms.IntegerField(
        label=gettext_lazy("Place among the reserves"), min_value=1, max_value=999, required=False
    )
    amount = AmountField(
        label=gettext_lazy("Amount"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
        error_messages=NOT_NEGATIVE,
    )
    motivation = WordsField(
        label=gettext_lazy("Why"),
        max_length=4000,
        rows=5,
        help_text=gettext_lazy("The applicant reads it in the answer."),
    )

    def __init__(self, call: Call, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not decisions.takes_amount(call):
            del self.fields["amount"]
        for name in {"reserve_number", "amount"} & self.fields.keys():
            self.fields[name].is_needed = True  # type: ignore[attr-defined]  # with one outcome or another
        self.fields["reserve_number"].help_text = _(
            "Only for one in reserve. The next free one is %(number)d."
        ) % {"number": decisions.next_reserve(call)}

    def data_read(self) -> DecisionInput:
        """What was written; a place among the reserves is read of a reserve alone."""
        read = self.cleaned_data
        is_reserve = read["outcome"] == Decision.Outcome.RESERVE
        is_refused = read["outcome"] == Decision.Outcome.REFUSED
        return DecisionInput(
            outcome=read["outcome"],
            motivation=read["motivation"],
            reserve_number=read["reserve_number"] if is_reserve else None,
            amount=None if is_refused else read.get("amount"),
        )


class ReopenForm(forms.Form):
    """Why fixed minutes are opened again."""

    why = forms.CharField(label=gettext_lazy("Why they are opened again"), max_length=500)


class AnswerForm(forms.Form):
    """When the answers leave."""

    at = MomentField(
        label=gettext_lazy("Send the answers"),
        help_text=gettext_lazy(
            "Swedish time. In the evening, at night and on Sundays they wait until the morning."
        ),
    )
