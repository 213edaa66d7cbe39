"""Conflicts of interest as they are declared: by name before anything is shown, and on the page of an application."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bookings.languages import in_language
from programmes import conflicts, permissions, sightings
from programmes.assessment_steps import WHY_MAX
from programmes.models import Sighting
from turne.web import errors
from turne.web.assessing.seats import seat_or_404
from turne.web.form_fields import words_in
from turne.web.logged_in import user_of
from turne.web.once import click, once
from turne.web.refusals import REFUSALS

Row = dict[str, Any]
#: The most names that a form may send, two fields and a tick for each (`DATA_UPLOAD_MAX_NUMBER_FIELDS`; Django's own
#: 1,000 would be full with 500). Source: the house's choice, far beyond any call here.
NAMES_MAX = 5000


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def assessment_declare(request: HttpRequest, slug: str) -> HttpResponse:
    """The names of all who apply, and nothing else; POST says with whom there is a conflict of interest."""
    found, seat = seat_or_404(request, slug)
    now, problem = timezone.now(), ""
    if now < found.call.closes_at or permissions.is_ended(found.call, now):
        return redirect("assessment", slug)
    ticked = _ticked(request) if request.method == "POST" else {}
    if request.method == "POST":
        try:
            said = {name: words_in(why, WHY_MAX) for name, why in ticked.items()}
            close, free = conflicts.declare(
                seat, seen=_posted(request), conflicts=said, by=user_of(request), now=now
            )
        except REFUSALS as error:
            problem, status = str(error), errors.status_of(error)
        else:
            messages.success(request, _told(close, free))
            return redirect("assessment", slug)
    sightings.note(found.call, None, user_of(request), Sighting.What.NAMES, now)
    context = {
        "call": found.call,
        "title": in_language(found.call, "title"),
        "rows": _rows(conflicts.names(seat), ticked),
        "undeclared": conflicts.to_declare(seat).count(),
        "hide_names": found.call.is_blind,
        "problem": problem,
        "why_max": WHY_MAX,
        "click": click(request),
    }
    return render(request, "assessing/declare.html", context, status=status if problem else 200)


@login_required
@require_POST
@once
def assessment_conflict(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A conflict of interest that was found while reading: the page is not there any more afterwards."""
    found, seat = seat_or_404(request, slug)
    now = timezone.now()
    readable = permissions.readable(user_of(request), found.call, now)
    application = get_object_or_404(readable, number=number)
    try:
        why = words_in(request.POST.get("why"), WHY_MAX)
        conflicts.find(seat, application, why=why, by=user_of(request), now=now)
    except REFUSALS as error:
        errors.say(request, error)
        return redirect("assessment-read", slug, number)
    messages.success(
        request, _("Noted. The application is closed to you, and what you have scored of it is set aside.")
    )
    return redirect("assessment", slug)


def _posted(request: HttpRequest) -> list[str]:
    return [str(name) for key, name in request.POST.items() if key.startswith("namn_")][:NAMES_MAX]


def _ticked(request: HttpRequest) -> dict[str, str]:
    """Name -> which connection, of those that are ticked."""
    numbers = [key.removeprefix("jav_") for key in request.POST if key.startswith("jav_")]
    return {
        request.POST[f"namn_{number}"]: request.POST.get(f"varfor_{number}", "")
        for number in numbers
        if f"namn_{number}" in request.POST
    }


def _rows(found: list[conflicts.Named], ticked: dict[str, str]) -> list[Row]:
    return [
        {
            "name": one.name,
            "titles": ", ".join(one.titles),
            "is_hinted": one.is_hinted,
            "is_ticked": one.name in ticked,
            "why": ticked.get(one.name, ""),
        }
        for one in found
    ]


def _told(close: int, free: int) -> str:
    if not close:
        return _("Declared: you have no conflict of interest with anybody.")
    words = ngettext(
        "Declared: %(count)d application is closed to you.",
        "Declared: %(count)d applications are closed to you.",
        close,
    )
    return words % {"count": close}
