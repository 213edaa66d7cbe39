"""A verb's refusal, shown beside the field that caused it."""

from collections.abc import Mapping

from django import forms

from bookings.errors import BookingsError
from venues.errors import NotPossible


def blame(
    form: forms.BaseForm, error: BookingsError | NotPossible, names: Mapping[str, str] | None = None
) -> None:
    """Add the sentence to the field that the error names, or to the whole form where it has no such field.

    Args:
        names: the form's names for the verb's, where they differ.
    """
    field = (names or {}).get(error.field, error.field)
    form.add_error(field if field in form.fields else None, str(error.sentence))
