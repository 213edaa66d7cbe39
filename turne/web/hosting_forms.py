"""The forms of an agreement's actions: each gives exactly the arguments of its verb in `lifecycle`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking
from turne.web.form_fields import ClockField, DayField, MomentField
from venues.dates import span_text


class ActionForm(forms.Form):
    """A form about one booking; without fields the question alone is the form."""

    def __init__(self, booking: Booking, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booking = booking
        self.prepare()

    def prepare(self) -> None:
        """Fill in what the booking says."""


class OfferForm(ActionForm):
    answer_by = MomentField(
        label=_("Answer by"),
        required=False,
        help_text=_("Leave it empty for two weeks from now."),
    )


class ConfirmForm(ActionForm):
    message = forms.CharField(
        label=_("Message to the producer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(ActionForm):
    """The other side is told these words."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other side gets these words."),
    )


class DeclineForm(ReasonForm):
    def prepare(self) -> None:
        """Ask for what helps the producer to plan on."""
        self.fields["reason"].help_text = _("A few words help: the day, the price, the room, something else?")


class WithdrawForm(ReasonForm):
    def prepare(self) -> None:
        """A reason is kind, but not asked for."""
        self.fields["reason"].required = False


class ReleaseForm(ReasonForm):
    def prepare(self) -> None:
        """A note to oneself: nobody else is told."""
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _("Only for the history: nobody is told.")


class CounterForm(ActionForm):
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To"))
    earliest = ClockField(label=_("Earliest start"), initial="09:00")
    latest = ClockField(label=_("Latest start"), initial="19:00")
    message = forms.CharField(
        label=_("Message to the producer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

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
    "withdraw": WithdrawForm,
    "release": ReleaseForm,
    "move": MoveForm,
    "cancel": ReasonForm,
    "publish": ActionForm,
    "promote": ActionForm,
    "challenge": ActionForm,
    "extend": ExtendForm,
}
