"""The form by which a day of a tour is cancelled: why, and on which other day each visit is offered anew."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking
from turne.web.form_fields import MomentField, WordsField, versions_in


class CancelDayForm(forms.Form):
    """Why, and a moment for each visit that is hit; left empty, the visit is not made up for now."""

    reason = WordsField(
        label=_("Why?"),
        rows=2,
        help_text=_("The presenters get these words, in the mail of the cancellation."),
    )

    force_majeure = forms.BooleanField(
        label=_("Nobody can help it (force majeure)"),
        required=False,
        help_text=_("It is written down with each visit that had been confirmed."),
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
        return versions_in(self.data.getlist("sett"))  # type: ignore[attr-defined]


def field_of(booking: Booking) -> str:
    """The name of the field with the visit's other day."""
    return f"datum-{booking.pk}"
