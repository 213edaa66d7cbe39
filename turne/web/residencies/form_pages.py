"""What the private pages of residencies share: which residency it is, and a form that leads to one verb."""

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bookings.models import Residency
from bookings.residencies import permissions
from turne.web import errors
from turne.web.form_fields import number_in
from turne.web.refusals import REFUSALS, blame
from venues.models import User

Act = Callable[[], Any]
FORM = "residencies/form.html"


def user_of(request: HttpRequest) -> User:
    """Who is logged in; the views ask for that before."""
    return cast(User, request.user)


def seen(request: HttpRequest, pk: int) -> Residency:
    """The residency, if the user may see it; otherwise it does not exist."""
    return get_object_or_404(permissions.visible_residencies(request.user).with_ground(), pk=pk)


def run_by(request: HttpRequest, pk: int) -> Residency:
    """The residency, if the user may run it; otherwise it does not exist."""
    return get_object_or_404(permissions.run_residencies(request.user).with_ground(), pk=pk)


def sides_of(request: HttpRequest, residency: Residency) -> list[str]:
    """For whom the user acts in it: host, artist, region; none, one or several."""
    acts = {
        Residency.Side.HOST: permissions.can_answer_as_host,
        Residency.Side.ARTIST: permissions.can_answer_as_artist,
        Residency.Side.REGION: permissions.can_act_for_region,
    }
    return [str(side) for side, may in acts.items() if may(request.user, residency)]


def side_sent(request: HttpRequest, residency: Residency, sides: Mapping[str, Any] | list[str]) -> str:
    """The side that the form acts for, if it is the user's; otherwise the page does not exist."""
    side = request.POST.get("side", "")
    if side not in sides or side not in sides_of(request, residency):
        raise Http404
    return side


def version_sent(request: HttpRequest) -> int:
    """The version of the residency that the form was made from."""
    return number_in(request.POST.get("version"))


def done(
    request: HttpRequest, residency: Residency, act: Act, told: str, to: str = "residency"
) -> HttpResponse:
    """A button: the verb is called, and its page says what came of it."""
    try:
        act()
    except REFUSALS as error:
        errors.say(request, error)
    else:
        messages.success(request, told)
    return redirect(to, residency.pk)


def form_page(
    request: HttpRequest,
    residency: Residency,
    form: forms.Form,
    act: Act,
    told: str,
    *,
    title: str,
    lead: str = "",
    submit: str = "",
    names: Mapping[str, str] | None = None,
    to: str = "residency",
    template: str = FORM,
    **more: Any,
) -> HttpResponse:
    """A form about the residency: shown, or read and led to the verb.

    Args:
        names: the form's names for what a refusal names.
        to: the page that comes next.
    """
    status = 200
    if request.method == "POST":
        status = _led(form, act, names)
        if status == 302:
            messages.success(request, told)
            return redirect(to, residency.pk)
    context = {
        "form": form,
        "residency": residency,
        "version": version_sent(request) or residency.version,
        "title": title,
        "lead": lead,
        "submit": submit,
        "back_url": reverse(to, args=[residency.pk]),
        **more,
    }
    return render(request, template, context, status=status)


def click(request: HttpRequest) -> str:
    """A number of its own for a form that makes something, by which a double click is known."""
    return request.POST.get("click") or str(uuid4())


def _led(form: forms.Form, act: Act, names: Mapping[str, str] | None) -> int:
    """Read the form and call the verb; the status of the page: 302 once it is done, else what was wrong."""
    if not form.is_valid():
        return 422
    try:
        act()
    except REFUSALS as error:
        return blame(form, error, names)
    return 302
