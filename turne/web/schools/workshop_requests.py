"""Asking for a workshop beside a visit: the school asks or takes it back, a pedagogue proposes one or says why not."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import school_visits
from bookings import workshop_requests as verbs
from bookings.models import Booking, Workshop, WorkshopRequest
from bookings.school_permissions import (
    can_hold_workshops,
    can_see_groups,
    can_see_request,
    can_see_workshop,
    can_take_back_request,
    schools_at,
)
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import REFUSALS, blame, done
from turne.web.schools.workshop_forms import AskForm, NoForm
from venues.models import Group


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def workshop_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A school, host or guest, asks for a workshop for its own groups."""
    booking = get_object_or_404(Booking.objects.with_ground(), pk=pk, audience="school")
    if not can_see_groups(request.user, booking):
        raise Http404
    groups = own_groups(request, booking)
    if not groups:
        raise PermissionDenied(_("A workshop is asked for by a school whose groups come to the visit."))
    now = timezone.now()
    initial = {
        "kind": Workshop.Kind.BEFORE if booking.occupied_from > now else Workshop.Kind.AFTER,
        "groups": [str(group.pk) for group in groups],
    }
    form = AskForm(groups, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.ask(booking, by=user_of(request), now=now, **form.values())
        except REFUSALS as error:
            blame(form, error)
        else:
            messages.success(request, _("The pedagogue is asked. The answer comes by mail and stands here."))
            return redirect("visit-groups", pk)
    context = {"booking": booking, "form": form}
    return render(request, "schools/workshop_ask.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def workshop_request(request: HttpRequest, pk: int) -> HttpResponse:
    """What a school asks for, and what the reader may do about it."""
    return _page(request, _find(request, pk))


@login_required
@require_POST
def workshop_request_no(request: HttpRequest, pk: int) -> HttpResponse:
    """A pedagogue says no, and why."""
    found = _find(request, pk)
    if not can_hold_workshops(request.user, found.booking):
        raise PermissionDenied(_("It is answered by the region's pedagogues."))
    form = NoForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)

    def act() -> None:
        verbs.decline(found, by=user_of(request), now=timezone.now(), reason=form.cleaned_data["reason"])

    return done(request, act, _("The school is told why."), "workshops")


@login_required
@require_POST
def workshop_request_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The school does not want it any more."""
    found = _find(request, pk)
    if not can_take_back_request(request.user, found):
        raise PermissionDenied(_("It is taken back by the school that asked."))

    def act() -> None:
        verbs.take_back(found, by=user_of(request), now=timezone.now())

    told = _("You do not ask for a workshop any more.")
    return done(request, act, told, "visit-groups", found.booking_id)


def own_groups(request: HttpRequest, booking: Booking) -> list[Group]:
    """The groups at the visit for which the reader may ask."""
    own = set(schools_at(request.user, booking).values_list("pk", flat=True))
    rows = school_visits.rows_of(booking)
    return [row.group for row in rows if row.group.school.organisation_id in own]


def row(wanted: WorkshopRequest, reader: Any) -> dict[str, Any]:
    """A request in a list, for whoever may read it."""
    workshop = wanted.workshop
    return {
        "wanted": wanted,
        "groups": ", ".join(group.name for group in wanted.groups.all()),
        "workshop": workshop if workshop and can_see_workshop(reader, workshop) else None,
    }


def _page(request: HttpRequest, found: WorkshopRequest, form: forms.Form | None = None) -> HttpResponse:
    is_waiting = found.status == WorkshopRequest.Status.WAITING
    holds = can_hold_workshops(request.user, found.booking)
    context = {
        **row(found, request.user),
        "booking": found.booking,
        "holds": holds,
        "may_answer": holds and is_waiting,
        "may_take_back": can_take_back_request(request.user, found) and is_waiting,
        "no_form": form or NoForm(),
    }
    return render(request, "schools/workshop_request.html", context, status=422 if form else 200)


def _find(request: HttpRequest, pk: int) -> WorkshopRequest:
    found = get_object_or_404(WorkshopRequest.objects.with_ground(), pk=pk)
    if not can_see_request(request.user, found):
        raise Http404
    return found
