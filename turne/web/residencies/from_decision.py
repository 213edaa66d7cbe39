"""A residency planned from a decision: prefilled from the call and what was sent in."""

from dataclasses import fields
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings.residencies import permissions as stay_permissions
from bookings.residencies.staying import StayInput
from programmes import conflicts, permissions, placements, sightings
from programmes.models import Application, Decision, Sighting
from programmes.placements import Prefilled
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import REFUSALS, blame
from turne.web.residencies.stay_forms import PeriodsForm, PlaceForm
from venues.models import Place

#: The form's names for what a verb's refusal names.
_NAMES = {"email": "artist_email"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_from_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the residency that was granted, as the address fills it in; its page where it is planned already."""
    decision = _decision(request, pk)
    if decision.residency_id:
        return redirect("residency", decision.residency_id)
    if not placements.can_place(decision):
        raise Http404
    told, sent = placements.prefilled(decision), request.POST if request.method == "POST" else None
    hosts = stay_permissions.hosts_chosen_by(request.user)
    form = PlaceForm(hosts, sent, initial=_initial(told) | _asked(request, "vard", "ort"))
    periods = PeriodsForm(_spans(request, told), sent)
    status = 422 if sent is not None else 200
    if sent is not None and form.is_valid() and periods.is_valid():
        try:
            made = placements.place(
                decision,
                host=form.cleaned_data["host"],
                place=form.cleaned_data["place"],
                periods=[(span.first, span.last) for span in periods.spans()],
                data=form.data_read(),
                by=user_of(request),
                now=timezone.now(),
            )
        except REFUSALS as error:
            is_days = getattr(error, "field", "") == "periods"
            status = blame(periods if is_days else form, error, {"periods": "period_1_from", **_NAMES})
        else:
            messages.success(request, _("Planned. Reserve rooms, say who pays what, then send the contract."))
            return redirect("residency", made.pk)
    _see(request, decision.application)
    context = {
        "form": form,
        "periods": periods,
        "decision": decision,
        "hosts": told.hosts,
        "costs": told.costs,
        "version": decision.version,
    }
    return render(request, "residencies/from_decision.html", context, status=status)


def _decision(request: HttpRequest, pk: int) -> Decision:
    """One about a call that the reader runs, and in whose application they have no conflict of interest."""
    run = Decision.objects.filter(application__call__in=permissions.calls_run_by(request.user))
    return get_object_or_404(
        run.exclude(application__in=conflicts.hidden_from(request.user).values("pk")), pk=pk
    )


def _see(request: HttpRequest, application: Application) -> None:
    """Keep that the user has read it, and whose it is."""
    for what in (Sighting.What.APPLICATION, Sighting.What.NAMES):
        sightings.note(application.call, application, user_of(request), what, timezone.now())


def _asked(request: HttpRequest, host: str, place: str) -> dict[str, int]:
    """What the address chooses already: ?vard= and ?ort=."""
    asked = {name: number_in(request.GET.get(key)) for name, key in (("host", host), ("place", place))}
    return {name: value for name, value in asked.items() if value}


def _spans(request: HttpRequest, told: Prefilled) -> list[tuple[None, date, date]]:
    """The period that the address says, ?fran= to ?till=, else those that were wished for."""
    try:
        asked = [(date.fromisoformat(request.GET["fran"]), date.fromisoformat(request.GET["till"]))]
    except (KeyError, ValueError):
        asked = list(told.periods)
    return [(None, *span) for span in asked]


def _initial(told: Prefilled) -> dict[str, Any]:
    """The form's values: the best liked host with its first room's place, and what was sent in."""
    plain = {field.name: getattr(told.data, field.name) for field in fields(StayInput)}
    host = next(iter(told.hosts), None)
    place = None
    if host:
        place = Place.objects.filter(venues__organisation=host).first()
        place = (
            place or Place.objects.filter(municipality=host.municipality_id).order_by("-population").first()
        )
    return plain | {"host": host, "place": place}
