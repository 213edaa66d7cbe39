"""The days of a stay: what is done when, with sub-events and journeys, to read, to write and for the wall."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.models import DayLine, Residency
from bookings.residencies import day_plans, travel
from bookings.residencies.day_plans import Day
from bookings.residencies.event_permissions import can_plan_days
from bookings.residencies.permissions import can_run
from turne.web.form_fields import ClockField, DayField
from turne.web.once import click, once
from turne.web.refusals import DONE, done, led
from turne.web.residencies.day_weeks import weeks
from turne.web.residencies.form_pages import version_sent
from turne.web.residencies.found import line_of, planned_by, residency_of
from turne.web.residencies.tabs import tabs_of
from venues.dates import day_text


class LineForm(forms.Form):
    """A line of a day's plan."""

    on = DayField(label=gettext_lazy("Day"))
    starts = ClockField(label=gettext_lazy("From"), required=False)
    ends = ClockField(label=gettext_lazy("To"), required=False)
    words = forms.CharField(label=gettext_lazy("What"), max_length=200)


class CopyForm(forms.Form):
    """Which day is copied to which."""

    source = DayField(label=gettext_lazy("From the day"))
    target = DayField(label=gettext_lazy("To the day"))


@login_required
@require_safe
def residency_days(request: HttpRequest, pk: int) -> HttpResponse:
    """Day by day; ?papper=1 is the paper for the wall."""
    return _page(request, residency_of(request, pk))


@login_required
@require_POST
@once
def residency_day_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more line."""
    residency, form = planned_by(request, pk), LineForm(request.POST)
    status, line = led(form, lambda: day_plans.add(residency, **form.cleaned_data, now=timezone.now()))
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect(_url(residency, line.on))
    return _page(request, residency, line_form=form, status=status)


@login_required
@require_POST
@once
def residency_day_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of a day once more on another."""
    residency, form = planned_by(request, pk), CopyForm(request.POST)
    status, count = led(form, lambda: day_plans.copy_day(residency, **form.cleaned_data, now=timezone.now()))
    if status == DONE:
        messages.success(request, _("Copied: %(count)d lines.") % {"count": count})
        return redirect(_url(residency, form.cleaned_data["target"]))
    return _page(request, residency, copy_form=form, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_day_line(request: HttpRequest, pk: int) -> HttpResponse:
    """A line said anew."""
    line = line_of(request, pk)
    sent = request.POST if request.method == "POST" else None
    initial = {"on": line.on, "starts": line.starts, "ends": line.ends, "words": line.words}
    form = LineForm(sent, initial=initial)

    def act() -> DayLine:
        read = form.cleaned_data
        return day_plans.change(line, **read, version=version_sent(request), now=timezone.now())

    status, changed = led(form, act)
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect(_url(line.residency, changed.on))
    context = {
        "residency": line.residency,
        "line": line,
        "form": form,
        "version": version_sent(request) or line.version,
    }
    return render(request, "residencies/line.html", context, status=status)


@login_required
@require_POST
@once
def residency_day_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A line taken away."""
    line = line_of(request, pk)

    def act() -> None:
        day_plans.remove(line, version=version_sent(request))

    return done(request, act, _("Taken away."), "residency-days", line.residency_id)


def _page(
    request: HttpRequest,
    residency: Residency,
    *,
    line_form: forms.Form | None = None,
    copy_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    found = day_plans.days(residency)
    next_day = _next(found, timezone.localdate())
    context = {
        "residency": residency,
        "tabs": tabs_of(residency, "residency-days", runs=can_run(request.user, residency)),
        "days": found,
        "weeks": weeks(found),
        "today": timezone.localdate(),
        "plans": can_plan_days(request.user, residency) and residency.status != Residency.Status.CANCELLED,
        "line_form": line_form or LineForm(initial={"on": next_day}),
        "copy_form": copy_form or CopyForm(auto_id="copy_%s"),
        "click": click(request),
        "travel": travel.total(residency) if residency.travel.all() else None,
        "is_empty": not any(day.lines for day in found),
        "overlaps": [_overlap(day) for day in found if day.overlaps],
    }
    template = "residencies/days_paper.html" if request.GET.get("papper") else "residencies/days.html"
    return render(request, template, context, status=status)


def _next(found: list[Day], today: date) -> date | None:
    """The day that one plans next: today, or the first of the stay to come that is empty."""
    coming = [day for day in found if day.is_of_stay and day.on >= today] or [
        d for d in found if d.is_of_stay
    ]
    empty = [day.on for day in coming if not day.lines]
    return empty[0] if empty else coming[0].on if coming else None


def _overlap(day: Day) -> dict[str, Any]:
    return {"day": day_text(day.on), "pairs": day.overlaps}


def _url(residency: Residency, day: date) -> str:
    return f"{reverse('residency-days', args=[residency.pk])}#d-{day.isoformat()}"
