"""The groups at a school's visit: seen by all whom it concerns, set by the producer, counted by each school."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings import lifecycle, school_mail, school_visits, visible
from bookings.models import Booking, VisitGroup
from bookings.models.booking import Status
from bookings.permissions import can_answer, can_plan, can_see_booking
from bookings.school_permissions import can_see_groups, can_set_groups, schools_at
from bookings.states import shown_state
from tours import group_rules
from tours.errors import NotNow
from turne.web import errors
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import REFUSALS, blame
from turne.web.schools import visit_shows, workshop_requests
from turne.web.schools.visit_group_forms import CameForm, CountsForm, SetForm
from venues.models import Group, Organisation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def visit_groups(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes to which show; POST sets it, counts one's own, or tells who came."""
    booking = _find(request, pk)
    own = list(schools_at(request.user, booking).distinct())
    rows = _shown(request, booking, own)
    form = _form(request, booking, rows, own)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("The groups are told by the visit's producer and by their own schools."))
        if form.is_valid():
            try:
                _save(request, booking, form, own)
            except NotNow as error:
                errors.say(request, error)
                return redirect("visit-groups", pk=pk)
            except REFUSALS as error:
                blame(form, error)
            else:
                messages.success(request, _("Saved. The other side sees it at once."))
                return redirect("visit-groups", pk=pk)
    context = {
        "booking": booking,
        "state": shown_state(booking, timezone.now()),
        "shows": visit_shows.shows(booking, rows, school_visits.rows_of(booking)),
        "needs": _needs(request, booking, rows, own),
        "form": form,
        "sets": isinstance(form, SetForm),
        "tells": isinstance(form, CameForm),
        "version": request.POST.get("version") or booking.version,
        "sees_visit": can_see_booking(request.user, booking),
        "hosts": can_answer(request.user, booking),
        "is_over": _is_over(booking),
        **_workshops(request, booking),
        "classes": [row for row in rows if _is_over(booking) and row.group.school.organisation in own],
    }
    return render(request, "schools/visit_groups.html", context, status=422 if form and form.errors else 200)


def _find(request: HttpRequest, pk: int) -> Booking:
    """The visit, or 404 for whoever has nothing to do with its groups, and where it is no school's."""
    booking = get_object_or_404(Booking.objects.with_ground(), pk=pk, audience="school")
    if not can_see_groups(request.user, booking):
        raise Http404
    return booking


def _shown(request: HttpRequest, booking: Booking, own: Sequence[Organisation]) -> list[VisitGroup]:
    """All groups for whoever sees the visit; a guest sees its own."""
    rows = school_visits.rows_of(booking)
    if can_see_booking(request.user, booking):
        return rows
    return [row for row in rows if row.group.school.organisation in own]


def _needs(
    request: HttpRequest, booking: Booking, rows: Sequence[VisitGroup], own: Sequence[Organisation]
) -> list[dict[str, Any]]:
    """The two sides know what is needed, a guest what its own need; officers do not."""
    is_side = can_plan(request.user, booking.tour) or can_answer(request.user, booking)
    return visit_shows.needs_of(rows, None if is_side else own)


def _form(
    request: HttpRequest, booking: Booking, rows: Sequence[VisitGroup], own: Sequence[Organisation]
) -> forms.Form | None:
    """What the reader may tell now; None: nothing."""
    sent = request.POST if request.method == "POST" else None
    sets = can_set_groups(request.user, booking)
    mine = [row for row in rows if sets or row.group.school.organisation in own]
    now = timezone.now()
    if school_visits.can_tell(booking, now):
        return CameForm(mine, sent) if mine else None
    if not school_visits.can_set(booking, now):
        return None
    if sets:
        return SetForm(rows, _others(booking, rows), len(booking.performances.all()), sent)
    return CountsForm(mine, sent) if mine else None


def _others(booking: Booking, rows: Sequence[VisitGroup]) -> list[Group]:
    """Groups that could come too: of the host, and of schools in its municipality, this school year's."""
    years = group_rules.years_of([timezone.localdate(booking.occupied_from)])
    near = Group.objects.filter(
        school__organisation__municipality=booking.presenter.municipality_id, school_year__in=years
    )
    ground = near.exclude(pk__in=[row.group_id for row in rows]).select_related("school__organisation")
    found = ground.order_by("school__organisation__name", "grade", "name")
    return sorted(found, key=lambda group: group.school.organisation_id != booking.presenter_id)


def _save(request: HttpRequest, booking: Booking, form: forms.Form, own: Sequence[Organisation]) -> None:
    user, now = user_of(request), timezone.now()
    with transaction.atomic():
        lifecycle.unchanged(booking, number_in(request.POST.get("version")))
        if isinstance(form, SetForm):
            school_visits.set_groups(booking, by=user, now=now, choices=form.choices())
        elif isinstance(form, CountsForm):
            school_visits.tell_counts(booking, by=user, now=now, schools=own, counts=form.counts())
        elif isinstance(form, CameForm):
            schools = None if can_set_groups(user, booking) else own
            school_visits.tell_came(booking, by=user, now=now, came=form.came(), schools=schools)


def _workshops(request: HttpRequest, booking: Booking) -> dict[str, Any]:
    """The workshops beside the visit that the reader may see, and what its schools ask for."""
    wanted = booking.workshop_requests.filter(pk__in=visible.workshop_requests(request.user).values("pk"))
    rows = [workshop_requests.row(one, request.user) for one in wanted.with_ground()]
    waiting = {row["wanted"].school_id for row in rows if row["wanted"].status == "waiting"}
    mine = {group.school.organisation_id for group in workshop_requests.own_groups(request, booking)}
    seen = booking.workshops.standing().filter(pk__in=visible.workshops(request.user).values("pk"))
    return {
        "wanted": [row for row in rows if row["wanted"].status in ("waiting", "declined")],
        "workshops": [{"row": row, "when": school_mail.when_text(row)} for row in seen.with_ground()],
        "may_ask": booking.status == Status.CONFIRMED and bool(mine - waiting),
    }


def _is_over(booking: Booking) -> bool:
    return booking.occupied_to <= timezone.now()
