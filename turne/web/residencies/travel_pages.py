"""Journeys to, from and during a stay."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from bookings.models import Residency, ResidencyTravel
from bookings.residencies import travel
from bookings.residencies.travel import TravelInput
from turne.web.form_fields import NOT_NEGATIVE, DayField
from turne.web.once import click, once
from turne.web.refusals import DONE, done, led
from turne.web.residencies.form_pages import version_sent
from turne.web.residencies.found import journey_of, planned_by
from venues.models import Place


class TravelForm(forms.Form):
    """A journey."""

    on = DayField(label=gettext_lazy("Day"))
    from_words = forms.CharField(
        label=gettext_lazy("From"), max_length=120, widget=forms.TextInput(attrs={"list": "places"})
    )
    to_words = forms.CharField(
        label=gettext_lazy("To"), max_length=120, widget=forms.TextInput(attrs={"list": "places"})
    )
    means = forms.ChoiceField(label=gettext_lazy("How"), choices=ResidencyTravel.Means.choices)
    km = forms.IntegerField(
        label=gettext_lazy("Kilometres, one way"),
        min_value=0,
        required=False,
        error_messages=NOT_NEGATIVE,
        help_text=gettext_lazy(
            "By car or bus between places of the region they are looked up if left empty."
        ),
    )
    people_count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, initial=1)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_travel(request: HttpRequest, pk: int) -> HttpResponse:
    """A new journey."""
    residency = planned_by(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = TravelForm(sent, initial=_begin(residency))
    status, _made = led(form, lambda: travel.add(residency, TravelInput(**form.cleaned_data)))
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("residency-days", pk)
    return _page(request, residency, None, form, status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_journey(request: HttpRequest, pk: int) -> HttpResponse:
    """A journey said anew."""
    journey = journey_of(request, pk)
    sent = request.POST if request.method == "POST" else None
    initial = {name: getattr(journey, name) for name in TravelForm.base_fields}
    form = TravelForm(sent, initial=initial)

    def act() -> None:
        travel.change(journey, TravelInput(**form.cleaned_data), version=version_sent(request))

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("residency-days", journey.residency_id)
    return _page(request, journey.residency, journey, form, status)


@login_required
@require_POST
@once
def residency_journey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A journey taken away."""
    journey = journey_of(request, pk)

    def act() -> None:
        travel.remove(journey, version=version_sent(request))

    return done(request, act, _("Taken away."), "residency-days", journey.residency_id)


def _begin(residency: Residency) -> dict[str, Any]:
    """The way there on the first day."""
    first = residency.periods.first()
    return {
        "on": first.starts_on if first else None,
        "to_words": residency.place.name,
        "people_count": residency.people_count,
        "means": ResidencyTravel.Means.CAR,
    }


def _page(
    request: HttpRequest, residency: Residency, journey: ResidencyTravel | None, form: TravelForm, status: int
) -> HttpResponse:
    places = Place.objects.filter(municipality__region=residency.region_id).order_by("name")
    context = {
        "residency": residency,
        "journey": journey,
        "form": form,
        "places": places.values_list("name", flat=True).distinct(),
        "version": version_sent(request) or (journey.version if journey else 0),
        "click": click(request),
    }
    return render(request, "residencies/travel.html", context, status=status)
