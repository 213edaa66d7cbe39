"""What the forms of a residency share: for which side they act, their version, and a page with one form."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bookings.models import Residency
from bookings.residencies import permissions
from turne.web.form_fields import number_in
from turne.web.refusals import DONE, led

FORM = "residencies/form.html"


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
    """The version of what the form was made from."""
    return number_in(request.POST.get("version"))


def form_page(
    request: HttpRequest,
    residency: Residency,
    form: forms.Form,
    act: Callable[[], Any],
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
    status, _made = led(form, act, names)
    if status == DONE:
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
