"""The form by which a day of a tour is cancelled: why, and on which other day each visit is offered anew."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking
from turne.web.form_fields import MomentField, number_in


class CancelDayForm(forms.Form):
    """Why, and a moment for each visit that is hit; left empty, the visit is not made up for now."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The presenters get these words, in the mail of the cancellation."),
    )

    def __init__(self, hits: Sequence[Booking], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hits = hits
        for booking in hits:
            self.fields[field_of(booking)] = MomentField(label=str(booking.presenter), required=False)

    def dates(self) -> dict[int, datetime]:
        """Booking id -> the start that was chosen for it."""
        chosen = {booking.pk: self.cleaned_data.get(field_of(booking)) for booking in self.hits}
        return {pk: starts_at for pk, starts_at in chosen.items() if starts_at}

    def seen(self) -> dict[int, int]:
        """Booking id -> the version that was looked at, of every visit that was on the page."""
        sent = self.data.getlist("sett") if hasattr(self.data, "getlist") else []
        pairs = (key.partition(":") for key in sent)
        return {number_in(pk): number_in(version) for pk, _colon, version in pairs}


def field_of(booking: Booking) -> str:
    """The name of the field with the visit's other day."""
    return f"datum-{booking.pk}"
