"""What every form of an agreement's step begins with: the visit, and where it is asked for the reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking
from turne.web.form_fields import WordsField


class ActionForm(forms.Form):
    """A form about one booking; without fields the question alone is the form."""

    def __init__(self, booking: Booking, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booking = booking
        self.prepare()

    def prepare(self) -> None:
        """Fill in what the booking says."""


class ReasonForm(ActionForm):
    """The other side is told these words."""

    reason = WordsField(label=_("Why?"), help_text=_("The other side gets these words."))


class OptionalReasonForm(ReasonForm):
    """A reason is kind, but not asked for."""

    def prepare(self) -> None:
        """Let it be left out."""
        self.fields["reason"].required = False
