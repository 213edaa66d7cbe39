"""The page about how long drives take: what the road graph says, and what producers know better."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from bookings import permissions
from turne.web.form_fields import DayField
from venues import travel as roads
from venues.errors import BadOverride, NoRoad
from venues.models import Place, Region, TravelOverride, User


class PairForm(forms.Form):
    """Two places, and the day of the drive, for roads that are closed in winter."""

    fran: "forms.ModelChoiceField[Place]" = forms.ModelChoiceField(
        label=gettext_lazy("From"),
        queryset=Place.objects.order_by("name"),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose"),
    )
    till: "forms.ModelChoiceField[Place]" = forms.ModelChoiceField(
        label=gettext_lazy("To"),
        queryset=Place.objects.order_by("name"),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose"),
    )
    dag = DayField(label=gettext_lazy("Day"), required=False)

    def __init__(self, home: "QuerySet[Region]", *args: Any) -> None:
        """Drives begin in the producer's own region, and may lead into a neighbour."""
        super().__init__(*args)
        near = Q(municipality__region__in=home) | Q(municipality__region__neighbours__in=home)
        places = Place.objects.order_by("name")
        self.fields["fran"].queryset = places.filter(municipality__region__in=home)  # type: ignore[attr-defined]
        self.fields["till"].queryset = places.filter(near).distinct()  # type: ignore[attr-defined]


class OverrideForm(forms.Form):
    """How long the drive really takes."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"))
    km = forms.FloatField(label=gettext_lazy("km"))
    reason = forms.CharField(
        label=gettext_lazy("Why"), help_text=gettext_lazy("For example: measured with a trailer in January.")
    )


def driver_or_404(request: HttpRequest) -> User:
    """The user, who may correct roads; for everybody else the page does not exist."""
    if not isinstance(request.user, User) or not permissions.can_correct_roads(request.user):
        raise Http404
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def travel(request: HttpRequest) -> HttpResponse:
    """Look a drive up, and type what it takes where the graph is wrong."""
    driver = driver_or_404(request)
    pair = PairForm(permissions.regions_driven_by(driver), request.GET or None)
    places = (pair.cleaned_data["fran"], pair.cleaned_data["till"]) if pair.is_valid() else None
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and places and form.is_valid():
        try:
            roads.set_override(*places, **form.cleaned_data, by=driver)
        except BadOverride as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Noted. New plans reckon with it, in both directions."))
            return redirect(request.get_full_path())
    context: dict[str, Any] = {"pair": pair, "form": form, "overrides": _overrides(driver), "places": places}
    if places:
        context |= _drive(*places, pair.cleaned_data["dag"] or timezone.localdate())
    return render(request, "region/travel.html", context, status=422 if form.errors else 200)


def _overrides(driver: User) -> "QuerySet[TravelOverride]":
    """What is typed about the roads of the producer's own region, and those that lead out of it."""
    home = permissions.regions_driven_by(driver)
    own = Q(start__municipality__region__in=home) | Q(end__municipality__region__in=home)
    return TravelOverride.objects.filter(own).select_related("start", "end", "by").order_by("-at")


def _drive(start: Place, end: Place, day: date) -> dict[str, Any]:
    """Minutes and km between two places with what they rest on, or the sentence that says why not."""
    first, second = sorted([start.pk, end.pk])
    override = TravelOverride.objects.filter(start=first, end=second).select_related("by").first()
    try:
        leg = roads.leg(start, end, on=day)
    except NoRoad as error:
        return {"no_road": str(error), "override": override, "day": day}
    return {"leg": leg, "override": override, "day": day}


@require_POST
@login_required
def travel_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the road graph decide again; the next page shows the pair, so that it can be undone."""
    override = get_object_or_404(_overrides(driver_or_404(request)), pk=pk)
    roads.clear_override(override.start, override.end)
    told = {
        "pair": f"{override.start} – {override.end}",
        "minutes": override.drive_min,
        "km": f"{override.km:g}",
    }
    messages.success(
        request, _("The road graph decides again for %(pair)s. It was %(minutes)s min, %(km)s km.") % told
    )
    query = urlencode({"fran": override.start.slug, "till": override.end.slug})
    return redirect(f"{reverse('travel')}?{query}")
