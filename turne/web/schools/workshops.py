"""Workshops beside school visits: a pedagogue's list, week by week, and one workshop with what may be done about it."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import school_mail, school_visits, visible
from bookings import workshops as verbs
from bookings.guests import schools_at_workshop as schools_of
from bookings.models import Booking, Workshop, WorkshopRequest
from bookings.permissions import can_see_booking, has_role
from bookings.school_permissions import (
    can_answer_workshop,
    can_hold_workshops,
    can_lead_workshop,
    can_see_workshop,
)
from turne.web.form_fields import number_in
from turne.web.logged_in import acting, user_of
from turne.web.refusals import REFUSALS, blame, done
from turne.web.schools import workshop_requests
from turne.web.schools.workshop_forms import ReasonForm, TookPartForm, WorkshopForm
from venues.dates import week_text
from venues.models import Membership

#: The form's names for what a verb calls otherwise.
NAMES = {"ends_at": "minutes"}
#: So long back the list begins. Source: the house's choice: what is still to be told of.
DAYS_BACK = timedelta(days=30)


@login_required
@require_safe
def workshops(request: HttpRequest) -> HttpResponse:
    """A pedagogue's own workshops by week, and the visits to which one could be offered."""
    user, now = user_of(request), timezone.now()
    if not has_role(user, Membership.Role.PEDAGOGUE):
        raise Http404
    own = Workshop.objects.held_by(user).filter(ends_at__gt=now - DAYS_BACK).with_ground()
    keys = list(visible.visits_for_workshops(user, now).values_list("pk", flat=True))
    without = ~Exists(Workshop.objects.standing().filter(booking=OuterRef("pk")))
    visits = Booking.objects.filter(without, pk__in=keys).with_ground()
    waiting = visible.workshop_requests(user).waiting().with_ground()
    context = {
        "weeks": list(_weeks(own)),
        "wanted": [workshop_requests.row(one, user) for one in waiting],
        "visits": visits.order_by("occupied_from"),
        "now": now,
    }
    return render(request, "schools/workshops.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a workshop beside a visit."""
    booking = get_object_or_404(Booking.objects.with_ground(), pk=pk, audience="school")
    user = user_of(request)
    is_offered = visible.visits_for_workshops(user, timezone.now()).filter(pk=pk).exists()
    if not is_offered and not can_see_booking(user, booking):
        raise Http404
    if not can_hold_workshops(user, booking):
        raise PermissionDenied(_("Workshops are proposed by the region's pedagogues."))
    groups = [row.group for row in school_visits.rows_of(booking)]
    wanted = _wanted(request, booking)
    coming = {group.pk for group in groups}
    asked = [group for group in wanted.groups.all() if group.pk in coming] if wanted else groups
    initial = {
        "kind": wanted.kind if wanted else Workshop.Kind.BEFORE,
        "groups": [str(group.pk) for group in asked],
    }
    form = WorkshopForm(groups, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.propose(
                booking, pedagogue=user, by=user, now=timezone.now(), request=wanted, **form.values()
            )
        except REFUSALS as error:
            blame(form, error, NAMES)
        else:
            messages.success(request, _("The school is asked."))
            return redirect("workshop", made.pk)
    context = {"booking": booking, "form": form, "wanted": wanted, "title": _("Propose a workshop")}
    return render(request, "schools/workshop_form.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def workshop(request: HttpRequest, pk: int) -> HttpResponse:
    """One workshop, and what the reader may do about it."""
    return _page(request, _find(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, room or other groups."""
    found = _find(request, pk)
    if not can_lead_workshop(request.user, found):
        raise PermissionDenied(_("A workshop is moved by its pedagogue."))
    groups = [row.group for row in school_visits.rows_of(found.booking)]
    form = WorkshopForm(groups, request.POST if request.method == "POST" else None, workshop=found)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.move(found, by=user_of(request), now=timezone.now(), **form.values())
        except REFUSALS as error:
            blame(form, error, NAMES)
        else:
            messages.success(request, _("The workshop is moved, and the school is asked anew."))
            return redirect("workshop", pk)
    context = {"booking": found.booking, "workshop": found, "form": form, "title": _("Move the workshop")}
    return render(request, "schools/workshop_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def workshop_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The school says yes."""
    found = _find(request, pk)
    if not can_answer_workshop(request.user, found):
        raise PermissionDenied(_("The school that receives says yes."))
    return done(
        request, lambda: verbs.confirm(found, **acting(request)), _("The workshop is agreed."), "workshop", pk
    )


@login_required
@require_POST
def workshop_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Either side takes it back."""
    found = _find(request, pk)
    if not (can_answer_workshop(request.user, found) or can_lead_workshop(request.user, found)):
        raise PermissionDenied(_("A workshop is cancelled by its pedagogue or by the school."))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reason=form)

    def act() -> None:
        verbs.cancel(found, by=user_of(request), now=timezone.now(), reason=form.cleaned_data["reason"])

    return done(request, act, _("The workshop is cancelled."), "workshop", pk)


@login_required
@require_POST
def workshop_came(request: HttpRequest, pk: int) -> HttpResponse:
    """The pedagogue says how many took part."""
    found = _find(request, pk)
    if not can_lead_workshop(request.user, found):
        raise PermissionDenied(_("Who took part is told by the pedagogue."))
    form = TookPartForm(request.POST)
    if not form.is_valid():
        return _page(request, found, took_part=form)

    def act() -> None:
        count = form.cleaned_data["took_part"]
        verbs.tell_took_part(found, by=user_of(request), now=timezone.now(), count=count)

    return done(request, act, _("Saved."), "workshop", pk)


def row(workshop: Workshop) -> dict[str, Any]:
    """One workshop in a list."""
    return {
        "workshop": workshop,
        "when": school_mail.when_text(workshop),
        "groups": ", ".join(group.name for group in workshop.groups.all()),
        "schools": ", ".join(str(school) for school in schools_of(workshop)),
    }


def _page(
    request: HttpRequest,
    found: Workshop,
    reason: forms.Form | None = None,
    took_part: forms.Form | None = None,
) -> HttpResponse:
    steps = verbs.steps_for(found, timezone.now())
    leads, answers = can_lead_workshop(request.user, found), can_answer_workshop(request.user, found)
    context = {
        **row(found),
        "booking": found.booking,
        "sees_visit": can_see_booking(request.user, found.booking),
        "leads": leads,
        "may_move": leads and "move" in steps,
        "may_confirm": answers and "confirm" in steps,
        "may_cancel": (leads or answers) and "cancel" in steps,
        "may_tell": leads and "tell" in steps,
        "reason_form": reason or ReasonForm(),
        "took_part_form": took_part or TookPartForm(initial={"took_part": found.took_part}),
    }
    return render(request, "schools/workshop.html", context, status=422 if reason or took_part else 200)


def _find(request: HttpRequest, pk: int) -> Workshop:
    found = get_object_or_404(Workshop.objects.with_ground(), pk=pk)
    if not can_see_workshop(request.user, found):
        raise Http404
    return found


def _wanted(request: HttpRequest, booking: Booking) -> WorkshopRequest | None:
    """What a school asks for, if the page was opened to answer that and nobody has."""
    asked = number_in(request.POST.get("onskan") or request.GET.get("onskan"))
    return WorkshopRequest.objects.waiting().with_ground().filter(pk=asked, booking=booking).first()


def _weeks(own: Iterable[Workshop]) -> Iterable[dict[str, Any]]:
    """Workshops in order of time, week by week."""

    def week(of: Workshop) -> tuple[int, int]:
        return timezone.localdate(of.starts_at).isocalendar()[:2]

    for _key, found in groupby(own, key=week):
        rows = [row(of) for of in found]
        yield {"label": week_text(rows[0]["workshop"].starts_at), "rows": rows}
