"""After the visit, the money: the price line by line, the settlement sheet of a visit, and those of a whole tour."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import claims, lifecycle, pricing, reporting, settlement, settling
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.permissions import can_plan, can_report, may_take, steps_for
from bookings.settlement import Sheet, sheet_of
from bookings.states import ACTIONS, shown_state
from tours.errors import TurneError
from tours.models import Tour
from turne.web import claim_tables, settlement_tables, visits
from turne.web.form_fields import number_in
from turne.web.hosting import find_visible
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.planning import tour_or_404
from turne.web.price_forms import InvoiceForm, PriceForm, field_of
from turne.web.refusals import blame
from turne.web.report_forms import CostsForm
from turne.web.tables import csv_response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def booking_price(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of the price, to change as long as the visit is only held."""
    found, step = find_visible(request, pk), ACTIONS["price"]
    if not can_plan(request.user, found.tour):
        raise PermissionDenied(_("This step is for the other side of the agreement."))
    if not may_take(request.user, found, step) or step.refusal(found, timezone.now()):
        messages.error(request, _("The price stands: it can be changed as long as the visit is only held."))
        return redirect("booking", pk=pk)
    form, status = PriceForm(found, request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _changed(request, found, pricing.set_price, lines=form.lines())
            except TurneError as error:
                status = blame(form, error, field_of(error.ids))
            else:
                messages.success(request, _("The price is changed. The offer will show it."))
                return redirect("booking", pk=pk)
    context = {"booking": found, "form": form, "version": _version(request, found)}
    return render(request, "hosting/price.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def booking_settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """The settlement sheet, to read and to print; POST says what is invoiced."""
    found = find_visible(request, pk)
    sheet, is_producer = _sheet(found), can_plan(request.user, found.tour)
    if request.method == "POST" and not is_producer:
        raise PermissionDenied(_("This step is for the other side of the agreement."))
    form, status = InvoiceForm(sheet, request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _changed(request, found, settling.set_invoice, lines=form.lines())
            except TurneError as error:
                status = blame(form, error, field_of(error.ids))
            else:
                messages.success(request, _("Noted. The sheet shows it."))
                return redirect("booking-settlement", pk=pk)
    return _sheet_page(request, sheet, form=form, status=status)


@login_required
@require_POST
@once
def booking_costs(request: HttpRequest, pk: int) -> HttpResponse:
    """What the visit has cost one's own side beyond the price."""
    found = find_visible(request, pk)
    if not can_report(request.user, found):
        raise PermissionDenied(_("Only the two sides of the visit report it."))
    form = CostsForm(found, reporting.side_of(found, user_of(request)), request.POST)
    status = 422
    if form.is_valid():
        try:
            _changed(request, found, reporting.tell_costs, costs=form.costs())
        except TurneError as error:
            status = blame(form, error, {"costs": f"cost_{error.ids.get('kind')}"})
        else:
            messages.success(request, _("Noted. The sheet shows it."))
            return redirect("booking-settlement", pk=pk)
    return _sheet_page(request, _sheet(found), costs=form, status=status)


@login_required
@require_safe
def booking_settlement_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as a table."""
    sheet = _sheet(find_visible(request, pk))
    return csv_response(f"avrakning-{pk}.csv", settlement_tables.rows([sheet]))


@login_required
@require_safe
def tour_settlement(request: HttpRequest, slug: str) -> HttpResponse:
    """All visits of a tour with how far their settlement has come, and what they come to together."""
    tour = tour_or_404(request, slug)
    sheets = _sheets(tour)
    context = {
        "tour": tour,
        "sheets": [settlement_tables.line(sheet) for sheet in sheets],
        "sums": settlement_tables.sums(sheets, tour.production.currency),
        "counts": _counts(sheets),
    }
    return render(request, "planning/settlement.html", context)


@login_required
@require_safe
def tour_settlement_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheets of the tour as one table, a row for each line."""
    sheets = _sheets(tour_or_404(request, slug))
    return csv_response(f"{slug}-avrakning.csv", settlement_tables.rows(sheets))


def _claims(booking: Booking) -> list[dict[str, Any]]:
    """What may be claimed for the visit, once it is over."""
    found = claims.gather(Booking.objects.filter(pk=booking.pk), timezone.now())
    return [claim_tables.pack(pack) for pack in found.packs]


def _changed(request: HttpRequest, found: Booking, verb: Any, **values: Any) -> None:
    with transaction.atomic():
        lifecycle.unchanged(found, number_in(request.POST.get("version")))
        verb(found, by=user_of(request), now=timezone.now(), **values)


def _sheet(found: Booking) -> Sheet:
    ground = settlement.with_lines(Booking.objects.with_ground())
    return sheet_of(get_object_or_404(ground, pk=found.pk), timezone.now())


def _sheets(tour: Tour) -> list[Sheet]:
    confirmed = tour.bookings.filter(status=Status.CONFIRMED).with_ground().order_by("occupied_from", "pk")
    return [sheet_of(booking, timezone.now()) for booking in settlement.with_lines(confirmed)]


def _counts(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    standings = [sheet.standing for sheet in sheets]
    return [{"label": one.label, "count": standings.count(one)} for one in settlement.Standing]


def _version(request: HttpRequest, found: Booking) -> Any:
    return request.POST.get("version") or found.version


def _sheet_page(
    request: HttpRequest,
    sheet: Sheet,
    *,
    form: forms.Form | None = None,
    costs: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The sheet; a form that was refused is shown in it."""
    booking, user, now = sheet.booking, user_of(request), timezone.now()
    is_producer = can_plan(user, booking.tour)
    is_open = reporting.is_open(booking, now)
    steps = {step.name for step in steps_for(user, booking, now)}
    context = {
        "booking": booking,
        "sheet": sheet,
        "state": shown_state(booking, now),
        "rows": settlement_tables.table(sheet),
        "totals": settlement_tables.totals(sheet),
        "costs": settlement_tables.costs(sheet),
        "told": settlement_tables.told(sheet),
        "facts": visits.facts(booking, theirs=is_producer),
        "claims": _claims(booking),
        "form": (form or InvoiceForm(sheet)) if is_producer and is_open else None,
        "costs_form": (costs or CostsForm(booking, reporting.side_of(booking, user)))
        if is_open and can_report(user, booking)
        else None,
        "can_settle": "settle" in steps and not sheet.missing,
        "can_reopen": "reopen" in steps,
        "is_producer": is_producer,
        "settled_by": booking.changes.filter(action="settle").select_related("by").last(),
        "version": _version(request, booking),
        "is_refused": status != 200,
    }
    return render(request, "hosting/settlement.html", context, status=status)
