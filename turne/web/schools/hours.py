"""When a school can receive: a form with a line for each weekday."""

from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tours import wish_rules
from turne.web.form_fields import ClockField
from turne.web.schools.keeping import head, school_or_404
from venues import school_hours as verbs
from venues.models import SchoolHours
from venues.school_hours import Hours, HoursWrong

Weekday = SchoolHours.Weekday


class DayForm(forms.Form):
    """One weekday; without times nobody is received on it."""

    starts = ClockField(label=gettext_lazy("From"), required=False)
    ends = ClockField(label=gettext_lazy("To"), required=False)
    lunch_starts = ClockField(label=gettext_lazy("Lunch from"), required=False)
    lunch_ends = ClockField(label=gettext_lazy("Lunch to"), required=False)

    def clean(self) -> dict[str, Any]:
        """A weekday with any time needs both ends."""
        read = super().clean() or {}
        if any(read.get(name) for name in self.fields):
            for name in ("starts", "ends"):
                if not read.get(name) and name not in self.errors:
                    self.add_error(name, _("Write the time too."))
        return read

    def hours(self) -> Hours | None:
        """What the line says; None where it is empty."""
        read = self.cleaned_data
        starts, ends = read.get("starts"), read.get("ends")
        if not isinstance(starts, time) or not isinstance(ends, time):
            return None
        return Hours(starts, ends, read.get("lunch_starts"), read.get("lunch_ends"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    """The hours weekday by weekday; one button gives all days those of the Monday."""
    school = school_or_404(request, slug)
    standing = verbs.standing(school)
    if request.method != "POST":
        forms_ = {
            day: DayForm(prefix=f"d{day}", initial=_initial(standing.get(day))) for day in Weekday.values
        }
        return _page(request, school, forms_)
    data = _monday_to_all(request) if "alike" in request.POST else request.POST
    forms_ = {day: DayForm(data, prefix=f"d{day}") for day in Weekday.values}
    if [day for day, form in forms_.items() if not form.is_valid()]:
        return _page(request, school, forms_)
    told = {day: found for day, form in forms_.items() if (found := form.hours())}
    try:
        changed = verbs.write(school, told)
    except HoursWrong as error:
        for day, fault in error.faults.items():
            forms_[day].add_error(fault.field, str(fault))
        return _page(request, school, forms_)
    if changed:
        messages.success(request, _("Saved. Plans that are made from now on keep to these hours."))
    else:
        messages.info(request, _("Everything stood there already; nothing is changed."))
    return redirect("school-hours", slug)


def _monday_to_all(request: HttpRequest) -> dict[str, str]:
    """What was sent, every weekday being as the Monday."""
    monday = {name: request.POST.get(f"d0-{name}", "") for name in DayForm.base_fields}
    return {f"d{day}-{name}": value for day in Weekday.values for name, value in monday.items()}


def _initial(told: Hours | None) -> dict[str, Any]:
    return vars(told) if told else {}


def _page(request: HttpRequest, school: Any, lines: dict[int, DayForm]) -> HttpResponse:
    wrong = any(form.errors for form in lines.values())
    context = {
        **head(school, "school-hours"),
        "lines": [(Weekday(day).label, form) for day, form in lines.items()],
        "is_known": bool(verbs.standing(school)),
        "earliest": wish_rules.EARLIEST,
        "latest": wish_rules.LATEST_AT_SCHOOL,
        "is_wrong": wrong,
    }
    return render(request, "schools/hours.html", context, status=422 if wrong else 200)
