"""Rooms and dwellings of a residency: taken and let go; and its money."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bookings.residencies import money, permissions, reserving
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import done
from turne.web.residencies.form_pages import form_page, version_sent
from turne.web.residencies.found import run_by
from turne.web.residencies.stay_forms import CostsForm, DwellingForm, RoomForm
from venues.models import Dwelling, Venue


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_room(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a room for some periods; ?lokal= is chosen already."""
    found = run_by(request, pk)
    sent = request.POST if request.method == "POST" else None
    rooms = permissions.rooms_for(request.user, found).select_related("place", "organisation")
    asked = {"venue": number_in(request.GET.get("lokal"))}
    form = RoomForm(rooms.order_by("place__name", "name"), found, sent, initial=asked)

    def act() -> None:
        read = form.cleaned_data
        reserving.reserve_room(
            found,
            read["venue"],
            periods=[row.pk for row in read["periods"]] or None,
            hours=form.hours(),
            version=version_sent(request),
            by=user_of(request),
            now=timezone.now(),
        )

    title, told = _("Reserve a room"), _("The room is reserved.")
    return form_page(request, found, form, act, told, title=title, submit=title, names={"hours": "end"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a dwelling for the nights of some periods; ?bostad= is chosen already."""
    found = run_by(request, pk)
    sent = request.POST if request.method == "POST" else None
    homes = permissions.dwellings_for(request.user, found).select_related("place", "owner")
    form = DwellingForm(homes, found, sent, initial={"dwelling": number_in(request.GET.get("bostad"))})

    def act() -> None:
        read = form.cleaned_data
        reserving.reserve_dwelling(
            found,
            read["dwelling"],
            periods=[row.pk for row in read["periods"]] or None,
            version=version_sent(request),
            by=user_of(request),
            now=timezone.now(),
        )

    title, told = _("Reserve a dwelling"), _("The dwelling is reserved.")
    lead = _("From the first day of a period to its last, by the hours of the dwelling.")
    return form_page(request, found, form, act, told, title=title, lead=lead, submit=title)


@login_required
@require_POST
@once
def residency_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a room or a dwelling go."""
    found = run_by(request, pk)
    kind, _dash, key = request.POST.get("what", "").partition("-")
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 18 else 0
    had = found.allocations.filter(period__isnull=False)
    venue = dwelling = None
    if kind == "venue":
        venue = get_object_or_404(Venue.objects.filter(pk__in=had.values("venue")), pk=number)
    else:
        dwelling = get_object_or_404(Dwelling.objects.filter(pk__in=had.values("dwelling")), pk=number)

    def act() -> None:
        reserving.release(
            found,
            venue=venue,
            dwelling=dwelling,
            version=version_sent(request),
            by=user_of(request),
            now=timezone.now(),
        )

    return done(request, act, _("It is free again."), "residency", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_costs(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what it costs, who pays, and what it became."""
    found = run_by(request, pk)
    form = CostsForm(money.standing(found), request.POST if request.method == "POST" else None)

    def act() -> None:
        version = version_sent(request)
        money.set_costs(found, form.lines(), version=version, by=user_of(request), now=timezone.now())

    lead = _("Amounts in %(currency)s. Choose nothing in a row to take it away.") % {
        "currency": found.currency
    }
    names = {"costs": "kind_1"}
    return form_page(request, found, form, act, _("Saved."), title=_("Money"), lead=lead, names=names)
