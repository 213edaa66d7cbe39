"""Sub-events of a residency: one with what may be done about it, and the form by which it is written."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.errors import SchoolSaysNo
from bookings.models import Residency, SubEvent
from bookings.residencies import event_permissions, news_words, permissions, sub_events
from turne.web import errors
from turne.web.form_fields import number_in
from turne.web.once import once
from turne.web.refusals import REFUSALS, blame
from turne.web.residencies.found import planned_by, user_of
from turne.web.residencies.sub_event_forms import NAMES, CameForm, SubEventForm, WhyForm, asked_in, initial_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def sub_event_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add one; ?dag=, kind, title, starts, ends, room and groups fill it in."""
    residency = planned_by(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = SubEventForm(residency, sent, initial=asked_in(residency, request.GET))
    status = 422 if sent is not None else 200
    if sent is not None and form.is_valid():
        try:
            made = sub_events.add(
                residency,
                form.data_read(),
                by=user_of(request),
                now=timezone.now(),
                despite=form.cleaned_data["despite"],
            )
        except REFUSALS as error:
            status = _blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("sub-event", made.pk)
    return _form_page(request, residency, None, form, status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def sub_event_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it anew."""
    event = _planned(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = SubEventForm(event.residency, sent, initial=initial_of(event))
    status = 422 if sent is not None else 200
    if sent is not None and form.is_valid():
        try:
            sub_events.change(
                event,
                form.data_read(),
                version=number_in(sent.get("version")),
                by=user_of(request),
                now=timezone.now(),
                despite=form.cleaned_data["despite"],
            )
        except REFUSALS as error:
            status = _blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("sub-event", pk)
    return _form_page(request, event.residency, event, form, status)


@login_required
@require_safe
def sub_event(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, for whoever plans it and for the schools whose classes are invited."""
    return _page(request, _found(request, pk))


@login_required
@require_POST
@once
def sub_event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not held."""
    event, form = _planned(request, pk), WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, event, cancel_form=form)
    try:
        sub_events.cancel(
            event,
            why=form.cleaned_data["why"],
            version=number_in(request.POST.get("version")),
            by=user_of(request),
            now=timezone.now(),
        )
    except REFUSALS as error:
        errors.say(request, error)
    else:
        messages.success(request, _("It is cancelled. Calendars say so, and the schools are told."))
    return redirect("sub-event", pk)


@login_required
@require_POST
@once
def sub_event_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether it was held, and who came."""
    event, form = _planned(request, pk), CameForm(request.POST)
    if form.is_valid():
        read = form.cleaned_data
        try:
            sub_events.tell(
                event,
                held=read["held"],
                attendance=read["attendance"],
                young=read["attendance_young"],
                version=number_in(request.POST.get("version")),
                by=user_of(request),
                now=timezone.now(),
            )
        except REFUSALS as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("sub-event", pk)
    return _page(request, event, came_form=form)


@login_required
@require_POST
@once
def sub_event_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """A school says that its classes do not come."""
    event = _found(request, pk)
    schools = list(event_permissions.schools_invited(request.user, event))
    form = WhyForm(request.POST)
    if not schools:
        raise Http404
    if not form.is_valid():
        return _page(request, event, no_form=form)
    version = number_in(request.POST.get("version"))
    try:
        for school in schools:
            event = sub_events.take_groups_out(
                event,
                school,
                why=form.cleaned_data["why"],
                version=version,
                by=user_of(request),
                now=timezone.now(),
            )
            version = event.version
    except REFUSALS as error:
        errors.say(request, error)
        return redirect("sub-event", pk)
    messages.success(request, _("The host is told that your classes do not come."))
    return redirect("my-week")


def _found(request: HttpRequest, pk: int) -> SubEvent:
    seen = event_permissions.visible_events(request.user)
    event = get_object_or_404(
        seen.select_related("venue__place").prefetch_related("groups__school__organisation"), pk=pk
    )
    event.residency = Residency.objects.with_ground().get(pk=event.residency_id)
    return event


def _planned(request: HttpRequest, pk: int) -> SubEvent:
    event = _found(request, pk)
    if not event_permissions.can_plan_days(request.user, event.residency):
        raise Http404
    return event


def _blame(form: SubEventForm, error: Any) -> int:
    if isinstance(error, SchoolSaysNo):
        form.asks_despite = True
    return blame(form, error, NAMES)


def _form_page(
    request: HttpRequest, residency: Residency, event: SubEvent | None, form: SubEventForm, status: int
) -> HttpResponse:
    context = {
        "residency": residency,
        "event": event,
        "form": form,
        "version": number_in(request.POST.get("version")) or (event.version if event else 0),
        "click": request.POST.get("click") or f"{timezone.now():%Y%m%d%H%M%S%f}",
        "periods": residency.periods.all(),
    }
    return render(request, "residencies/sub_event_form.html", context, status=status)


def _page(
    request: HttpRequest,
    event: SubEvent,
    *,
    cancel_form: forms.Form | None = None,
    came_form: forms.Form | None = None,
    no_form: forms.Form | None = None,
) -> HttpResponse:
    plans = event_permissions.can_plan_days(request.user, event.residency)
    steps = sub_events.steps_for(event, timezone.now())
    mine = event_permissions.schools_invited(request.user, event)
    invited = [group for group in event.groups.all() if plans or group.school in mine]
    context = {
        "event": event,
        "residency": event.residency,
        "sees_residency": permissions.visible_residencies(request.user)
        .filter(pk=event.residency_id)
        .exists(),
        "where": news_words.where(event),
        "when": news_words.when(event),
        "groups": invited,
        "pupils": sum(group.pupils_count for group in invited),
        "may_change": plans and "change" in steps,
        "may_cancel": plans and "cancel" in steps,
        "may_tell": plans and "tell" in steps,
        "may_decline": "change" in steps and mine.exists(),
        "cancel_form": cancel_form or WhyForm(),
        "came_form": came_form or CameForm(initial=_came(event)),
        "no_form": no_form or WhyForm(auto_id="no_%s"),
    }
    status = 422 if cancel_form or came_form or no_form else 200
    return render(request, "residencies/sub_event.html", context, status=status)


def _came(event: SubEvent) -> dict[str, Any]:
    held = "nej" if event.outcome == SubEvent.Outcome.NOT_HELD else "ja"
    return {"held": held, "attendance": event.attendance, "attendance_young": event.attendance_young}
