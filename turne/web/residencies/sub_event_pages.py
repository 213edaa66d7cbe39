"""Sub-events of a residency: one with what may be done about it, and the form by which it is written."""

from collections.abc import Callable
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
from turne.web.logged_in import user_of
from turne.web.once import click, once
from turne.web.refusals import DONE, REFUSALS, done, led
from turne.web.residencies.form_pages import version_sent
from turne.web.residencies.found import planned_by
from turne.web.residencies.stay_forms import WhyForm
from turne.web.residencies.sub_event_forms import NAMES, CameForm, SubEventForm, asked_in, initial_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def sub_event_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add one; ?dag=, kind, title, starts, ends, room and groups fill it in, without a day the next of the stay."""
    residency = planned_by(request, pk)
    sent = request.POST if request.method == "POST" else None
    user = user_of(request)
    asked = asked_in(residency, user, request.GET, timezone.localdate())
    form = SubEventForm(residency, user, sent, initial=asked)

    def act() -> SubEvent:
        data, despite = form.data_read(), form.cleaned_data["despite"]
        return sub_events.add(residency, data, by=user_of(request), now=timezone.now(), despite=despite)

    status, made = _led(form, act)
    if status == DONE:
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
    form = SubEventForm(event.residency, user_of(request), sent, initial=initial_of(event))

    def act() -> SubEvent:
        return sub_events.change(
            event,
            form.data_read(),
            version=version_sent(request),
            by=user_of(request),
            now=timezone.now(),
            despite=form.cleaned_data["despite"],
        )

    status, _made = _led(form, act)
    if status == DONE:
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
        return _page(request, event, cancel_form=form, status=422)

    def act() -> None:
        why, version = form.cleaned_data["why"], version_sent(request)
        sub_events.cancel(event, why=why, version=version, by=user_of(request), now=timezone.now())

    told = _("It is cancelled. Calendars say so, and the schools are told.")
    return done(request, act, told, "sub-event", pk)


@login_required
@require_POST
@once
def sub_event_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether it was held, and who came."""
    event, form = _planned(request, pk), CameForm(request.POST)

    def act() -> None:
        read = form.cleaned_data
        sub_events.tell(
            event,
            held=read["held"],
            attendance=read["attendance"],
            young=read["attendance_young"],
            version=version_sent(request),
            by=user_of(request),
            now=timezone.now(),
        )

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("sub-event", pk)
    return _page(request, event, came_form=form, status=status)


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
        return _page(request, event, no_form=form, status=422)
    version = version_sent(request)
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


def _led(form: SubEventForm, act: Callable[[], Any]) -> tuple[int, Any]:
    """As any form; where a school's calendar says no it asks from then on whether the school knows."""

    def asking() -> Any:
        try:
            return act()
        except SchoolSaysNo:
            form.asks_despite = True
            raise

    return led(form, asking, NAMES)


def _form_page(
    request: HttpRequest, residency: Residency, event: SubEvent | None, form: SubEventForm, status: int
) -> HttpResponse:
    context = {
        "residency": residency,
        "event": event,
        "form": form,
        "version": version_sent(request) or (event.version if event else 0),
        "click": click(request),
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
    status: int = 200,
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
    return render(request, "residencies/sub_event.html", context, status=status)


def _came(event: SubEvent) -> dict[str, Any]:
    held = "nej" if event.outcome == SubEvent.Outcome.NOT_HELD else "ja"
    return {"held": held, "attendance": event.attendance, "attendance_young": event.attendance_young}
