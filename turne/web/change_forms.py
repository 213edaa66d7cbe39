"""The forms by which a change of what is confirmed is asked for and answered, and a visit cancelled."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models import VisitCancellation
from bookings.permissions import can_plan
from turne.web.action_forms import ActionForm, OptionalReasonForm, ReasonForm
from turne.web.form_fields import MomentField, RowField, WordsField
from venues.models import User, Venue

Cause = VisitCancellation.Cause


class ProposeChangeForm(ReasonForm):
    """Begins with what is agreed; what is left as it is stays."""

    starts_at = MomentField(label=_("First show starts"))
    venue = RowField(label=_("Room"), queryset=Venue.objects.none(), empty_label=None)
    shows_count = forms.TypedChoiceField(label=_("Number of shows"), coerce=int)
    answer_by = MomentField(
        label=_("Answer by"),
        required=False,
        help_text=_("Leave it empty for a week from now. Without an answer the visit stays as it is."),
    )
    field_order = ["starts_at", "venue", "shows_count", "reason", "answer_by"]

    def prepare(self) -> None:
        """Offer the presenter's own rooms, and as many shows as the production plays on a day."""
        booking = self.booking
        self.fields["venue"].queryset = booking.presenter.venues.order_by("name") | Venue.objects.filter(  # type: ignore[attr-defined]
            pk=booking.venue_id
        )
        most = booking.tour.production.shows_per_day_max
        self.fields["shows_count"].choices = [(n, str(n)) for n in range(1, most + 1)]  # type: ignore[attr-defined]
        self.initial.setdefault("starts_at", booking.starts_at)
        self.initial.setdefault("venue", booking.venue_id)
        self.initial.setdefault("shows_count", len(booking.performances.all()))


class CancelForm(ReasonForm):
    """Whose doing it is; a presenter speaks only for themselves."""

    cause = forms.ChoiceField(label=_("Who cancels?"), choices=Cause.choices, widget=forms.RadioSelect)
    field_order = ["cause", "reason"]

    def for_user(self, user: User) -> None:
        """Begin with the user's own side."""
        plans = can_plan(user, self.booking.tour)
        if not plans:
            self.fields["cause"].choices = [c for c in Cause.choices if c[0] != Cause.PRODUCER]  # type: ignore[attr-defined]
        self.initial.setdefault("cause", Cause.PRODUCER if plans else Cause.PRESENTER)


class AcceptChangeForm(ActionForm):
    message = WordsField(label=_("Message to the other side"), required=False)


FORMS: dict[str, type[ActionForm]] = {
    "propose_change": ProposeChangeForm,
    "accept_change": AcceptChangeForm,
    "refuse_change": ReasonForm,
    "ask_to_cancel": ReasonForm,
    "take_back_change": OptionalReasonForm,
    "cancel": CancelForm,
}
