"""Buses to visits: the list by period, municipality, state and bus company, the same as a file, and one bus."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bookings import bus_orders, bus_words, permissions, transport, visible
from bookings.models import Booking, BusOrder
from bookings.permissions import can_see_booking
from bookings.school_permissions import can_arrange_bus, can_see_bus
from bookings.transport import Row, State
from tours.errors import NotNow
from tours.windows import midnight
from turne.web import errors
from turne.web.form_fields import number_in, slug_in
from turne.web.logged_in import user_of
from turne.web.refusals import REFUSALS, blame
from turne.web.schools import bus_rows
from turne.web.schools.bus_forms import BusForm, NoBusForm
from turne.web.tables import csv_response
from venues.dates import YEARS, day_text
from venues.models import HOSTS, Membership, School

#: So far ahead the list shows where nothing is asked. Source: the house's choice; a tour's notice is shorter.
AHEAD = timedelta(days=60)
#: No longer period is shown at once. Source: the house's choice, a school year.
LONGEST = timedelta(days=370)
#: What the state in the address may be beside `State`.
CHANGED, OPEN = "andrad", "oppet"
VERBS: dict[str, Callable[..., BusOrder]] = {
    "order": bus_orders.order,
    "reorder": bus_orders.reorder,
    "confirm": bus_orders.confirm,
    "cancel": bus_orders.cancel,
    "reopen": bus_orders.reopen,
    "tell": bus_orders.tell,
    "not_needed": bus_orders.not_needed,
}
DONE = {
    "order": gettext_lazy("Noted: the bus is ordered."),
    "reorder": gettext_lazy("Noted: the bus is ordered anew, as the visit is now."),
    "confirm": gettext_lazy("Noted: the bus company has confirmed."),
    "cancel": gettext_lazy("Noted: the bus is cancelled."),
    "reopen": gettext_lazy("Noted: a bus is to be ordered."),
    "tell": gettext_lazy("Saved."),
    "not_needed": gettext_lazy("Noted: no bus is needed."),
}
BUTTONS = {
    "order": gettext_lazy("The bus is ordered"),
    "reorder": gettext_lazy("It is ordered anew, as the visit is now"),
    "confirm": gettext_lazy("The bus company has confirmed"),
    "cancel": gettext_lazy("The bus is cancelled"),
    "reopen": gettext_lazy("A bus is needed after all"),
    "tell": gettext_lazy("Save only what is told"),
}
#: Who reads the list, each what is theirs (`visible.buses`).
READERS = (
    *HOSTS,
    Membership.Role.COORDINATOR,
    Membership.Role.PRODUCER,
    Membership.Role.OFFICER,
    Membership.Role.ADMINISTRATOR,
)


@dataclass(frozen=True)
class Asked:
    """Which buses: of shows on these days, both included, of schools in a municipality, in a state, by a company."""

    first: date
    last: date
    municipality: str = ""
    state: str = ""
    operator: str = ""

    @property
    def query(self) -> str:
        """All of it, for an address."""
        parts = {"fran": self.first.isoformat(), "till": self.last.isoformat(), "kommun": self.municipality}
        parts |= {"lage": self.state, "bolag": self.operator}
        return urlencode({name: value for name, value in parts.items() if value})

    def takes(self, row: Row) -> bool:
        """Whether the row is one of those; the period and the municipality apart."""
        if self.operator and (row.order.operator if row.order else "") != self.operator:
            return False
        if self.state == CHANGED:
            return row.is_changed
        if self.state == OPEN:
            return row.is_changed or row.state in (State.NEEDED, State.UNCLEAR)
        return not self.state or row.state == self.state


@login_required
@require_safe
def buses(request: HttpRequest) -> HttpResponse:
    """The ways to visits in a period, to read, to print, and to take to the bus company."""
    asked, every = _asked(request), _rows(request)
    shown = [row for row in every if asked.takes(row)]
    context = {
        "asked": asked,
        "days": [
            (day_text(day), rows) for day, rows in _by_day([(row, bus_rows.cells(row)) for row in shown])
        ],
        "count": len(shown),
        "is_filtered": bool(asked.state or asked.operator),
        "states": [(OPEN, _("to be done")), (CHANGED, _("changed since ordered")), *State.choices],
        "operators": sorted({row.order.operator for row in every if row.order and row.order.operator}),
        "municipalities": _municipalities(request),
        "csv_url": f"{reverse('buses-csv')}?{asked.query}",
        "sums": _sums(shown),
        "oversees": permissions.regions_overseen_by(request.user).exists(),
    }
    return render(request, "schools/buses.html", context)


@login_required
@require_safe
def buses_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table for the bus company."""
    asked = _asked(request)
    shown = [row for row in _rows(request) if asked.takes(row)]
    name = f"{_('buses')}-{asked.first}-{asked.last}.csv"
    return csv_response(name, bus_rows.table(shown))


@login_required
@require_safe
def bus(request: HttpRequest, pk: int, school: str, show: int) -> HttpResponse:
    """One school's way to one show, and what may be done about its bus."""
    return _page(request, _row(request, pk, school, show))


@login_required
@require_POST
def bus_act(request: HttpRequest, pk: int, school: str, show: int, action: str) -> HttpResponse:
    """A step about the bus, if nobody has done one meanwhile."""
    if action not in VERBS:
        raise Http404
    row = _row(request, pk, school, show)
    if not can_arrange_bus(request.user, row):
        raise PermissionDenied(_("This bus is for somebody else to order."))
    form = NoBusForm(request.POST) if action == "not_needed" else BusForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    told = form.cleaned_data if action != "reopen" else {}
    try:
        VERBS[action](
            row.booking,
            row.school,
            show,
            version=number_in(request.POST.get("version")),
            by=request.user,
            now=timezone.now(),
            **told,
        )
    except NotNow as error:
        errors.say(request, error)
    except REFUSALS as error:
        return _page(request, row, form, status=blame(form, error))
    else:
        messages.success(request, DONE[action])
    return redirect("bus", pk, school, show)


def _page(
    request: HttpRequest, row: Row, sent: BusForm | NoBusForm | None = None, status: int = 200
) -> HttpResponse:
    user, now = request.user, timezone.now()
    steps = bus_orders.steps_for(row, now) if can_arrange_bus(user, row) else []
    order = row.order
    initial = {name: getattr(order, name) for name in BusForm.base_fields} if order else {}
    context = {
        "row": bus_rows.cells(row),
        "booking": row.booking,
        "school": row.school,
        "sees_visit": can_see_booking(user, row.booking),
        "rule": row.trip.rule if row.trip and row.trip.rule else None,
        "who": bus_words.who_texts(row.trip, row.booking.currency) if row.trip else [],
        "kept_rule": order.rule.get("label", "") if order and order.is_standing else "",
        "groups": row.trip.groups if row.trip else [],
        "buttons": [
            {"name": name, "label": BUTTONS[name], "url": _act_url(row, name)}
            for name in BUTTONS
            if name in steps
        ],
        "no_bus_url": _act_url(row, "not_needed") if "not_needed" in steps else "",
        "form": sent if isinstance(sent, BusForm) else BusForm(initial=initial),
        "no_bus": sent if isinstance(sent, NoBusForm) else NoBusForm(),
        "version": request.POST.get("version") or (order.version if order else 0),
        "order": order,
    }
    return render(request, "schools/bus.html", context, status=status)


def _act_url(row: Row, name: str) -> str:
    return reverse("bus-act", args=[row.booking.pk, row.school.organisation.slug, row.show_number, name])


def _row(request: HttpRequest, pk: int, school: str, show: int) -> Row:
    """The way, or 404 for whoever has nothing to do with it."""
    booking = get_object_or_404(Booking.objects.with_ground(), pk=pk)
    going = get_object_or_404(School.objects.select_related("organisation"), organisation__slug=school)
    row = transport.row_of(booking, going, show, timezone.now())
    if row is None or not can_see_bus(request.user, row):
        raise Http404
    return row


def _rows(request: HttpRequest) -> list[Row]:
    """All that the reader sees in the period and the municipality."""
    user = user_of(request)
    if not permissions.has_role(user, *READERS):
        raise Http404
    asked = _asked(request)
    start, end = midnight(asked.first), midnight(asked.last + timedelta(days=1))
    found = visible.travelling(user).between(start, end).with_ground()
    rows = visible.buses(user, found, timezone.now())
    if not asked.municipality:
        return rows
    return [row for row in rows if _is_in(row, asked.municipality)]


def _is_in(row: Row, municipality: str) -> bool:
    where = row.school.organisation.municipality or row.school.place.municipality
    return where.slug == municipality


def _asked(request: HttpRequest) -> Asked:
    today = timezone.localdate()
    first = _day(request.GET.get("fran")) or today
    last = _day(request.GET.get("till")) or first + AHEAD
    last = min(max(first, last), first + LONGEST)
    state = request.GET.get("lage", "")
    return Asked(
        first,
        last,
        slug_in(request.GET.get("kommun")),
        state if state in {*State.values, CHANGED, OPEN} else "",
        request.GET.get("bolag", "")[:120].replace("\0", ""),
    )


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.year in YEARS and day.year < YEARS[-1] - 1 else None


def _by_day(
    rows: Sequence[tuple[Row, dict[str, Any]]],
) -> list[tuple[date, list[dict[str, Any]]]]:
    found: dict[date, list[dict[str, Any]]] = {}
    for row, cells in rows:
        found.setdefault(timezone.localdate(row.starts_at), []).append(cells)
    return sorted(found.items())


def _municipalities(request: HttpRequest) -> list[tuple[str, str]]:
    """Those of the schools that come to visits which the reader sees."""
    groups = "groups__group__school__organisation__municipality"
    pairs = (
        visible.travelling(request.user)
        .exclude(**{groups: None})
        .order_by()
        .values_list(f"{groups}__slug", f"{groups}__name")
        .distinct()
    )
    return sorted(set(pairs), key=lambda pair: pair[1])


def _sums(rows: Sequence[Row]) -> dict[str, Any]:
    """What stands below the list: seats and buses by state, and what is to be done."""
    trips = [row for row in rows if row.state in (State.NEEDED, State.ORDERED, State.CONFIRMED)]
    stops = {
        (row.booking.pk, row.show_number, row.school.place_id): row.trip.buses or 0
        for row in trips
        if row.trip
    }
    return {
        "to_order": sum(row.state == State.NEEDED for row in rows),
        "changed": sum(row.is_changed for row in rows),
        "unclear": sum(row.state == State.UNCLEAR for row in rows),
        "seats": sum(row.trip.seats for row in trips if row.trip),
        "buses": sum(stops.values()),
    }
