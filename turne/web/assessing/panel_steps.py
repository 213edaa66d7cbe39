"""What whoever runs a call does with its panel by one press of a button."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from programmes import assessor_reminders, assignments, panels
from programmes.models import Assessment, Assessor
from turne.web import errors
from turne.web.deciding.finding import find
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import REFUSALS


@login_required
@require_POST
@once
def panel_deal(request: HttpRequest, slug: str) -> HttpResponse:
    """Give each application its readers; `anew` evens out what nobody has begun."""

    def act(found: Assessment, version: int) -> str:
        made = assignments.deal(
            found, anew="anew" in request.POST, version=version, by=user_of(request), now=timezone.now()
        )
        words = ngettext("Dealt: %(count)d new reading.", "Dealt: %(count)d new readings.", made)
        return words % {"count": made}

    return _step(request, slug, act)


@login_required
@require_POST
@once
def panel_remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Remind all who have something left."""

    def act(found: Assessment, version: int) -> str:
        count = assessor_reminders.remind(found, by=user_of(request), now=timezone.now())
        return ngettext("%(count)d is reminded.", "%(count)d are reminded.", count) % {"count": count}

    return _step(request, slug, act)


@login_required
@require_POST
@once
def panel_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the panel score on."""

    def act(found: Assessment, version: int) -> str:
        panels.reopen(found, version=version, by=user_of(request), now=timezone.now())
        return _("Open again: scores can be changed.")

    return _step(request, slug, act)


@login_required
@require_POST
@once
def panel_leave_out(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Whether what somebody has finished who left the panel counts (`ute` 0) or not (1)."""
    call = find(request, slug)
    seat = get_object_or_404(
        Assessor.objects.filter(call=call, removed_at__isnull=False).select_related("user", "call"), pk=pk
    )

    def act(found: Assessment, version: int) -> str:
        is_out = request.POST.get("ute") == "1"
        panels.leave_out(seat, is_out, version=version, by=user_of(request), now=timezone.now())
        return _("Left out.") if is_out else _("Taken in: it counts.")

    return _step(request, slug, act)


def _step(request: HttpRequest, slug: str, act: Callable[[Assessment, int], str]) -> HttpResponse:
    call = find(request, slug)
    found = get_object_or_404(Assessment.objects.select_related("call"), call=call)
    try:
        told = act(found, number_in(request.POST.get("version")))
    except REFUSALS as error:
        errors.say(request, error)
    else:
        messages.success(request, told)
    return redirect("panel", slug)
