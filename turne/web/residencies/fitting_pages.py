"""Planning help for whoever runs a residency: which rooms and periods fit it, and why."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.residencies import fitting
from bookings.residencies.fitting import Fit
from tours.rooms import Verdict
from turne.web.residencies import tour_notices
from turne.web.residencies.fitting_forms import FitForm, opened
from turne.web.residencies.fitting_rows import reach_of, row_of
from turne.web.residencies.found import run_by
from turne.web.residencies.tabs import tabs_of

#: Rooms on a page.
ROOMS_SHOWN = 20
#: What the list can be narrowed to, by its key in the address.
POSSIBLE, ALL = "", "allt"


@login_required
@require_safe
def residency_fits(request: HttpRequest, pk: int) -> HttpResponse:
    """Every room of a host in the region in the periods that are asked about, best first; the address says what."""
    residency = run_by(request, pk, "ensemble__home", "production__rider")
    today = timezone.localdate()
    form = FitForm(request.GET if "fragat" in request.GET else opened(residency))
    found: list[Fit] = []
    if form.is_valid():
        found = fitting.fits_of(residency, form.periods(residency, today), form.needs())
    shown = _narrowed(request, found)
    rooms = fitting.by_room(shown)
    page = Paginator(rooms, ROOMS_SHOWN).get_page(request.GET.get("page"))
    reach = reach_of(request.user, residency)
    context = {
        "residency": residency,
        "notices": tour_notices.notices(request, residency),
        "tabs": tabs_of(residency, "residency-fits", runs=True),
        "form": form,
        "rows": [row_of(residency, fits, reach) for fits in page],
        "is_officer": reach.is_officer,
        "page": page,
        "chips": _chips(request, found),
        "towns": _towns(request, found),
        "counts": {"rooms": len(rooms), "all": len(fitting.by_room(found))},
    }
    return render(request, "residencies/fits.html", context, status=200 if form.is_valid() else 422)


def _narrowed(request: HttpRequest, found: Sequence[Fit]) -> list[Fit]:
    town = request.GET.get("kommun", "")
    everything = request.GET.get("visa") == ALL
    return [
        fit
        for fit in found
        if (everything or fit.verdict != Verdict.DOES_NOT_FIT)
        and (not town or town == str(fit.option.room.municipality))
    ]


def _chips(request: HttpRequest, found: Sequence[Fit]) -> list[dict[str, Any]]:
    """What may fit, and everything."""
    possible = [fit for fit in found if fit.verdict != Verdict.DOES_NOT_FIT]
    shown = request.GET.get("visa", POSSIBLE)
    return [
        {
            "label": label,
            "url": _address(request, visa=key),
            "current": (shown == ALL) == (key == ALL),
            "count": len(fitting.by_room(fits)),
        }
        for key, label, fits in ((POSSIBLE, _("What may fit"), possible), (ALL, _("Everything"), found))
    ]


def _towns(request: HttpRequest, found: Sequence[Fit]) -> list[dict[str, Any]]:
    """The municipalities that have rooms."""
    rooms = {fit.option.room.municipality: fit.option.room.municipality_name for fit in found}
    chosen = request.GET.get("kommun", "")
    named = [("", _("All municipalities")), *((str(pk), name) for pk, name in rooms.items())]
    return [
        {"label": name, "url": _address(request, kommun=key), "current": key == chosen}
        for key, name in [named[0], *sorted(named[1:], key=lambda one: one[1])]
    ]


def _address(request: HttpRequest, **changes: str) -> str:
    """This page with other choices, from its first page on."""
    kept = {key: str(value) for key, value in request.GET.items() if key != "page"} | changes
    return "?" + urlencode({key: value for key, value in kept.items() if value})
