"""A verb's refusal, shown beside the field that caused it."""

from collections.abc import Mapping

from django import forms

from tours.errors import TurneError
from tours.planner import PlannerError
from turne.web import errors
from venues.errors import VenuesError

#: By what a verb refuses that sets visits down: the agreement's rules, a road that is not known, the planner.
REFUSALS = (TurneError, VenuesError, PlannerError)


def blame(
    form: forms.BaseForm,
    error: TurneError | VenuesError | PlannerError,
    names: Mapping[str, str] | None = None,
) -> int:
    """Add the sentence to the field that the error names, or to the whole form where it has no such field.

    Args:
        names: the form's names for the verb's, where they differ.

    Returns:
        The status of the answer.
    """
    at = getattr(error, "field", "")
    field = (names or {}).get(at, at)
    form.add_error(field if field in form.fields else None, str(getattr(error, "sentence", error)))
    return errors.status_of(error)
