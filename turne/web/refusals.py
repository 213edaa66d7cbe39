"""A verb called with what was sent, and its refusal beside the field that caused it, or on the page that comes next."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tours.errors import TurneError
from tours.planner import PlannerError
from turne.web import errors
from venues.errors import VenuesError

#: By what a verb refuses that sets visits down: the agreement's rules, a road that is not known, the planner.
REFUSALS = (TurneError, VenuesError, PlannerError)
#: The status that leads on, once a form is done.
DONE = 302


def led(
    form: forms.BaseForm, act: Callable[[], Any], names: Mapping[str, str] | None = None
) -> tuple[int, Any]:
    """Read a form and call the verb.

    Args:
        act: the verb, with what the form has read.
        names: the form's names for the verb's, where they differ.

    Returns:
        The status of the answer, and what the verb gave: DONE once it is done, 200 for a form that nobody has sent.
    """
    if not form.is_bound:
        return 200, None
    if not form.is_valid():
        return 422, None
    try:
        return DONE, act()
    except REFUSALS as error:
        return blame(form, error, names), None


def done(request: HttpRequest, act: Callable[[], Any], told: str, *to: Any) -> HttpResponse:
    """A button: the verb is called, and the page that comes next says what came of it."""
    try:
        act()
    except REFUSALS as error:
        errors.say(request, error)
    else:
        messages.success(request, told)
    return redirect(*to)


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
