"""A residency made public, and taken off again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings.residencies import publishing
from turne.web import errors
from turne.web.form_fields import number_in
from turne.web.once import once
from turne.web.refusals import REFUSALS
from turne.web.residencies.found import planned_by, user_of


@login_required
@require_POST
@once
def residency_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read of it."""
    residency, version = planned_by(request, pk), number_in(request.POST.get("version"))
    try:
        publishing.publish(residency, version=version, by=user_of(request), now=timezone.now())
    except REFUSALS as error:
        errors.say(request, error)
    else:
        messages.success(request, _("Public: everybody can read of it now."))
    return redirect("residency-results", pk)


@login_required
@require_POST
@once
def residency_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off."""
    residency, version = planned_by(request, pk), number_in(request.POST.get("version"))
    try:
        publishing.unpublish(residency, version=version, by=user_of(request), now=timezone.now())
    except REFUSALS as error:
        errors.say(request, error)
    else:
        messages.success(request, _("It is not public any more."))
    return redirect("residency-results", pk)
