"""What comes of a residency: whether it is public, its production and tours, and what is said a year later."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.models import Residency, ResidencyFollowUp
from bookings.permissions import can_edit_production
from bookings.residencies import follow_ups, results
from bookings.residencies.event_permissions import can_begin_production, can_plan_days
from bookings.residencies.permissions import can_run
from bookings.residencies.results import Beginning
from tours.models import Production, Season, Tour
from turne.web.form_fields import RowField, RowsField, WordsField
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import DONE, done, led
from turne.web.residencies.form_pages import version_sent
from turne.web.residencies.found import planned_by, residency_of
from turne.web.residencies.tabs import tabs_of


class ProductionForm(forms.Form):
    """Which production was made in it."""

    production = RowField(
        label=gettext_lazy("Production"),
        queryset=Production.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def __init__(self, residency: Residency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["production"].queryset = results.productions_for(residency)  # type: ignore[attr-defined]
        self.fields["production"].initial = residency.production_id


class ToursForm(forms.Form):
    """The tours on which it is played."""

    tours = RowsField(
        label=gettext_lazy("Tours"),
        queryset=Tour.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, residency: Residency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Tour.objects.filter(production=residency.production_id).order_by("starts_on", "name")
        self.fields["tours"].queryset = found  # type: ignore[attr-defined]
        self.fields["tours"].initial = [tour.pk for tour in residency.tours.all()]


class BeginForm(forms.Form):
    """What a production must have that no residency tells."""

    duration_min = forms.IntegerField(
        label=gettext_lazy("Length, minutes"), min_value=5, max_value=480, initial=60
    )
    audience_max = forms.IntegerField(
        label=gettext_lazy("Audience at the most"), min_value=1, max_value=30_000, initial=100
    )
    get_in_min = forms.IntegerField(
        label=gettext_lazy("Get-in, minutes"), min_value=0, max_value=720, initial=90
    )
    get_out_min = forms.IntegerField(
        label=gettext_lazy("Get-out, minutes"), min_value=0, max_value=720, initial=60
    )


class FollowUpForm(forms.Form):
    """What became of the work."""

    was_shown = forms.TypedChoiceField(
        label=gettext_lazy("Has the work been shown?"),
        choices=[("ja", gettext_lazy("Yes")), ("nej", gettext_lazy("Not yet"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    performances_count = forms.IntegerField(
        label=gettext_lazy("Performances since the stay"), min_value=0, required=False
    )
    words = WordsField(label=gettext_lazy("What came of it"), max_length=4000, required=False, rows=5)


@login_required
@require_safe
def residency_results(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it on one page."""
    return results_page(request, residency_of(request, pk))


@login_required
@require_POST
@once
def residency_production(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which production was made in it."""
    residency = planned_by(request, pk)
    form = ProductionForm(residency, request.POST)

    def act() -> None:
        production, version = form.cleaned_data["production"], version_sent(request)
        results.link_production(
            residency, production, version=version, by=user_of(request), now=timezone.now()
        )

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("residency-results", pk)
    return results_page(request, residency, production_form=form, status=status)


@login_required
@require_POST
@once
def residency_tours(request: HttpRequest, pk: int) -> HttpResponse:
    """Say on which tours it is played."""
    residency = planned_by(request, pk)
    form = ToursForm(residency, request.POST)
    if not form.is_valid():
        return results_page(request, residency, tours_form=form, status=422)

    def act() -> None:
        tours, version = form.cleaned_data["tours"], version_sent(request)
        results.link_tours(residency, tours, version=version, by=user_of(request), now=timezone.now())

    return done(request, act, _("Saved."), "residency-results", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_production_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A production with what the residency tells, for the ensemble's producer."""
    residency = residency_of(request, pk)
    if not can_begin_production(request.user, residency):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = BeginForm(sent)

    def act() -> Production:
        beginning, version = Beginning(**form.cleaned_data), version_sent(request)
        return results.begin_production(
            residency, beginning, version=version, by=user_of(request), now=timezone.now()
        )

    status, made = led(form, act)
    if status == DONE:
        messages.success(request, _("The production is begun. Fill in what it needs, and plan a tour."))
        return redirect("production-edit", made.slug)
    context = {"residency": residency, "form": form, "version": residency.version}
    return render(request, "residencies/production.html", context, status=status)


def results_page(
    request: HttpRequest,
    residency: Residency,
    *,
    production_form: forms.Form | None = None,
    tours_form: forms.Form | None = None,
    follow_up_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with the forms as they were sent where one of them has faults."""
    now, production = timezone.now(), residency.production
    asked = ResidencyFollowUp.objects.filter(residency=residency).select_related("by").first()
    is_due = asked is not None and follow_ups.can_be_answered(asked, timezone.localdate(now))
    plans = can_plan_days(request.user, residency)
    since = results.performances_since(residency, now)
    context = {
        "residency": residency,
        "tabs": tabs_of(residency, "residency-results", runs=can_run(request.user, residency)),
        "plans": plans and residency.status != Residency.Status.CANCELLED,
        "production": production,
        "edits_production": production is not None and can_edit_production(request.user, production),
        "is_on_menu": production is not None and Season.objects.filter(productions=production).exists(),
        "may_begin": production is None and can_begin_production(request.user, residency),
        "production_form": production_form or ProductionForm(residency),
        "tours_form": tours_form or ToursForm(residency),
        "tours": residency.tours.order_by("starts_on"),
        "since": since,
        "asked": asked,
        "is_due": is_due,
        "follow_up_form": follow_up_form or FollowUpForm(initial=_initial(asked, since)),
        "follow_up_version": asked.version if asked else 0,
    }
    return render(request, "residencies/results.html", context, status=status)


def _initial(asked: ResidencyFollowUp | None, since: int) -> dict[str, Any]:
    """What was answered, or what is known of the production's performances."""
    if asked is None or asked.answered_at is None:
        return {"was_shown": "ja" if since else None, "performances_count": since or None}
    shown = "ja" if asked.was_shown else "nej"
    return {"was_shown": shown, "performances_count": asked.performances_count, "words": asked.words}
