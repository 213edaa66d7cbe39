"""The final report of a residency, and what is told a year later."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from bookings.models import Residency, ResidencyCost, ResidencyReport, SubEvent
from bookings.residencies import follow_ups, permissions, residency_reports
from bookings.residencies.event_permissions import can_plan_days
from bookings.residencies.follow_ups import Answer
from bookings.residencies.residency_reports import ReportInput
from turne.web.form_fields import NOT_NEGATIVE, AmountField, WordsField
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import DONE, led
from turne.web.residencies.form_pages import version_sent
from turne.web.residencies.found import planned_by, residency_of
from turne.web.residencies.result_pages import FollowUpForm, results_page
from turne.web.residencies.tabs import tabs_of


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, error_messages=NOT_NEGATIVE, **more)


class ReportForm(forms.Form):
    """Figures and words; the host's own words and what the costs became are for whoever runs it."""

    days_worked = _count(gettext_lazy("Days worked on the place"))
    artists_count = _count(gettext_lazy("Artists who took part"))
    local_count = _count(gettext_lazy("People of the place who took part in the work"), required=False)
    words = WordsField(label=gettext_lazy("What was done, and what came of it"), max_length=8000, rows=8)
    host_words = WordsField(label=gettext_lazy("The host’s words"), max_length=4000, rows=5, required=False)

    def __init__(self, *args: Any, costs: list[ResidencyCost], runs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.costs = costs if runs else []
        if not runs:
            del self.fields["host_words"]
        for line in self.costs:
            self.fields[f"cost_{line.number}"] = AmountField(
                label=str(line),
                min_value=0,
                max_digits=10,
                decimal_places=2,
                required=False,
                localize=False,
                initial=line.actual,
                error_messages=NOT_NEGATIVE,
            )

    def cost_rows(self) -> list[dict[str, Any]]:
        """Each line of the costs with its field."""
        return [{"line": line, "field": self[f"cost_{line.number}"]} for line in self.costs]

    def data_read(self) -> ReportInput:
        """As the verb takes it."""
        read = self.cleaned_data
        return ReportInput(
            days_worked=read["days_worked"],
            artists_count=read["artists_count"],
            local_count=read["local_count"],
            words=read["words"],
            host_words=read.get("host_words"),
            costs={line.number: read[f"cost_{line.number}"] for line in self.costs},
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it stands, and the form to write it once the stay is over."""
    residency = residency_of(request, pk)
    report = ResidencyReport.objects.filter(residency=residency).select_related("by").first()
    runs = permissions.can_run(request.user, residency)
    costs = list(residency.costs.all())
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(sent, costs=costs, runs=runs, initial=_initial(residency, report))
    if sent is not None:
        planned_by(request, pk)

    def act() -> None:
        data, version = form.data_read(), version_sent(request)
        residency_reports.write(residency, data, version=version, by=user_of(request), now=timezone.now())

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Thank you. The report is saved."))
        return redirect("residency-report", pk)
    return _page(request, residency, report, form, status)


@login_required
@require_POST
@once
def residency_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of the work, a year later."""
    residency, form = planned_by(request, pk), FollowUpForm(request.POST)

    def act() -> None:
        said, version = Answer(**form.cleaned_data), version_sent(request)
        follow_ups.answer(residency, said, version=version, by=user_of(request), now=timezone.now())

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Thank you. What you tell shows what time to work leads to."))
        return redirect("residency-results", pk)
    return results_page(request, residency, follow_up_form=form, status=status)


def _page(
    request: HttpRequest, residency: Residency, report: ResidencyReport | None, form: ReportForm, status: int
) -> HttpResponse:
    events = residency.sub_events.filter(cancelled_at=None).order_by("starts_at")
    held = [one for one in events if one.outcome == SubEvent.Outcome.HELD]
    costs = list(residency.costs.all())
    all_told = all(line.actual is not None for line in costs)
    runs = permissions.can_run(request.user, residency)
    context = {
        "residency": residency,
        "tabs": tabs_of(residency, "residency-report", runs=runs),
        "report": report,
        "form": form,
        "version": version_sent(request) or (report.version if report else 0),
        "may_write": can_plan_days(request.user, residency)
        and residency_reports.can_be_written(residency, timezone.localdate()),
        "last_day": residency.last_day,
        "events": events,
        "is_counted": any(one.attendance is not None for one in held),
        "audience": sum(one.attendance or 0 for one in held),
        "young": sum(one.attendance_young or 0 for one in held),
        "costs": costs if runs else [],
        "planned": sum(line.planned for line in costs),
        "actual": sum(line.actual or 0 for line in costs) if all_told else None,
        "earlier": residency.changes.filter(action="report").exclude(details={}).select_related("by"),
    }
    return render(request, "residencies/report.html", context, status=status)


def _initial(residency: Residency, report: ResidencyReport | None) -> dict[str, Any]:
    """What stands, or what the stay tells already: its days, and how many came."""
    if report:
        names = ("days_worked", "artists_count", "local_count", "words", "host_words")
        return {name: getattr(report, name) for name in names}
    days = sum((one.ends_on - one.starts_on).days + 1 for one in residency.periods.all())
    return {"days_worked": days, "artists_count": residency.people_count}
