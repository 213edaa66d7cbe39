"""The forms of an agreement's actions: each gives exactly the arguments of its verb in `lifecycle`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from turne.web import change_forms
from turne.web.action_forms import ActionForm, OptionalReasonForm, ReasonForm
from turne.web.form_fields import ClockField, DayField, MomentField, WordsField
from venues.dates import span_text


class OfferForm(ActionForm):
    answer_by = MomentField(
        label=_("Answer by"),
        required=False,
        help_text=_("Leave it empty for two weeks from now."),
    )


class ConfirmForm(ActionForm):
    message = WordsField(label=_("Message to the producer"), required=False)


class DeclineForm(ReasonForm):
    def prepare(self) -> None:
        """Ask for what helps the producer to plan on."""
        self.fields["reason"].help_text = _("A few words help: the day, the price, the room, something else?")


class ReleaseForm(OptionalReasonForm):
    def prepare(self) -> None:
        """A note to oneself: nobody else is told."""
        super().prepare()
        self.fields["reason"].help_text = _("Only for the history: nobody is told.")


class SettleForm(ActionForm):
    note = WordsField(label=_("Note"), required=False, help_text=_("For the history, which both sides read."))


class ReopenForm(ReasonForm):
    def prepare(self) -> None:
        """The history says it; no mail is sent."""
        self.fields["reason"].help_text = _("For the history, which both sides read.")


class CounterForm(ActionForm):
    """Times in order of preference, days with hours, or words: what is left empty is not sent on."""

    first = MomentField(label=_("First choice"), required=False)
    second = MomentField(label=_("Second choice"), required=False)
    third = MomentField(label=_("Third choice"), required=False)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("To"), required=False)
    earliest = ClockField(label=_("Earliest start"), initial="09:00", required=False)
    latest = ClockField(label=_("Latest start"), initial="19:00", required=False)
    message = WordsField(label=_("Message to the producer"), required=False)

    def prepare(self) -> None:
        """Say when the tour is on the road, and begin with the times that the presenter wished for."""
        tour = self.booking.tour
        self.fields["starts_on"].help_text = _("The tour is on the road %(days)s.") % {
            "days": span_text(tour.starts_on, tour.ends_on)
        }
        for name in ("starts_on", "ends_on"):
            attrs = self.fields[name].widget.attrs
            attrs["min"], attrs["max"] = tour.starts_on.isoformat(), tour.ends_on.isoformat()
        if span := self.booking.wish.spans.first() if self.booking.wish else None:
            self.initial = {**self.initial, "earliest": span.earliest, "latest": span.latest}

    def clean(self) -> dict[str, Any]:
        """The arguments of the verb."""
        sent = dict(self.cleaned_data)
        times = [sent.pop(name, None) for name in ("first", "second", "third")]
        if not sent.get("starts_on") and not sent.get("ends_on"):
            sent |= {"starts_on": None, "ends_on": None, "earliest": None, "latest": None}
        return {**sent, "times": [at for at in times if at]}


class ExtendAnswerForm(ActionForm):
    answer_by = MomentField(label=_("Answer by"))
    by_phone = forms.BooleanField(
        label=_("Agreed by telephone"), required=False, help_text=_("Then no mail goes out about it.")
    )

    def prepare(self) -> None:
        """Begin with the date that they have been told."""
        self.initial.setdefault("answer_by", self.booking.answer_by)


class TakeForm(ActionForm):
    starts_at = MomentField(
        label=_("First show starts"), help_text=_("One of the times that the presenter has asked for.")
    )


class TurnDownForm(ReasonForm):
    def prepare(self) -> None:
        """They get the words by mail."""
        self.fields["reason"].help_text = _("The presenter gets these words.")


class RescheduleForm(ActionForm):
    starts_at = MomentField(label=_("First show starts"))
    offers = forms.BooleanField(label=_("Send the offer at once"), required=False, initial=True)
    answer_by = MomentField(
        label=_("Answer by"), required=False, help_text=_("Leave it empty for two weeks from now.")
    )


class MoveForm(ActionForm):
    starts_at = MomentField(label=_("First show starts"))

    def prepare(self) -> None:
        """Begin with the time that stands."""
        self.initial.setdefault("starts_at", self.booking.starts_at)


class ExtendForm(ActionForm):
    expires_at = MomentField(label=_("Held until"))

    def prepare(self) -> None:
        """Begin with the end that stands; it cannot be later than the get-in."""
        self.initial.setdefault("expires_at", self.booking.hold_expires_at)


FORMS: dict[str, type[ActionForm]] = {
    "offer": OfferForm,
    "confirm": ConfirmForm,
    "decline": DeclineForm,
    "counter": CounterForm,
    "withdraw": OptionalReasonForm,
    "recall": ActionForm,
    "release": ReleaseForm,
    "move": MoveForm,
    "publish": ActionForm,
    "promote": ActionForm,
    "challenge": ActionForm,
    "extend": ExtendForm,
    "remind": ActionForm,
    "extend_answer": ExtendAnswerForm,
    "take": TakeForm,
    "turn_down": TurnDownForm,
    "reschedule": RescheduleForm,
    "postpone": ReasonForm,
    "settle": SettleForm,
    "reopen": ReopenForm,
    **change_forms.FORMS,
}
