"""A municipality's schools for its coordinator: map and table of what is told, and whom a season reaches."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bookings import permissions
from bookings.coverage import season_to_follow
from bookings.school_overview import SORTS, Line, ordered, overview, total
from tours.models import Season
from turne.web import agenda, maps
from turne.web.maps import Shade, Stop
from turne.web.sorted_tables import headings, sorting
from turne.web.tables import csv_response
from venues.models import Municipality
from venues.models.school_years import year_label
from venues.school_confirming import year_to_confirm

#: Columns: key in the address, heading, whether the highest comes first.
COLUMNS = (
    ("skola", gettext_lazy("School"), False),
    ("elever", gettext_lazy("Pupils"), True),
    ("grupper", gettext_lazy("Groups"), True),
    ("bekraftad", gettext_lazy("Confirmed"), True),
    ("tider", gettext_lazy("Hours known"), True),
    ("besok", gettext_lazy("Visits"), True),
    ("natt", gettext_lazy("Pupils reached"), True),
    ("erbjudanden", gettext_lazy("Offers"), True),
)
#: What the table can be narrowed to: key in the address, its name, and which lines stay.
FILTERS: dict[str, tuple[Any, Any]] = {
    "": (gettext_lazy("All schools"), lambda line: True),
    "obekraftade": (gettext_lazy("Not confirmed"), lambda line: not line.is_confirmed),
    "utan-tider": (gettext_lazy("Hours not known"), lambda line: not line.has_hours),
    "utan-besok": (gettext_lazy("Without a visit"), lambda line: not line.visits),
    "ej-natt": (gettext_lazy("Pupils not reached"), lambda line: line.share is None or line.share < 1),
    "erbjudanden": (gettext_lazy("With an offer to answer"), lambda line: line.offers),
}


@require_safe
@login_required
def school_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """The schools of a municipality; narrowed and sorted by the address."""
    municipality = _municipality(request, slug)
    season, seasons = _season(request, municipality)
    today = timezone.localdate()
    lines = overview(municipality, season, today)
    shown = _shown(request, lines)
    context = {
        "municipality": municipality,
        "season": season,
        "year": year_label(year_to_confirm(today)),
        "season_chips": agenda.season_chips(seasons, season, request.path) if season else [],
        "chips": _chips(request, lines),
        "columns": _columns(request),
        "lines": shown,
        "total": total(lines),
        "map": _map(municipality, lines),
        "csv_url": f"{reverse('school-overview-csv', args=[slug])}?{_query(request)}",
        "all_url": "?" + _query(request, visa=""),
    }
    return render(request, "schools/overview.html", context)


@require_safe
@login_required
def school_overview_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same table for a spreadsheet."""
    municipality = _municipality(request, slug)
    season, _seasons = _season(request, municipality)
    lines = _shown(request, overview(municipality, season, timezone.localdate()))
    headings = [*(str(label) for _key, label, _high in COLUMNS), _("School-unit code"), _("Owner")]
    return csv_response(f"skolor-{slug}.csv", [headings, *map(_csv_row, lines)])


def _csv_row(line: Line) -> list[str]:
    told = _("yes"), _("no")
    cells: list[Any] = [
        line.school,
        line.pupils,
        line.groups,
        told[not line.is_confirmed],
        told[not line.has_hours],
        line.visits,
        line.reached,
        line.offers,
        line.school.unit_code or "",
        line.school.owner or "",
    ]
    return [str(cell) for cell in cells]


def _municipality(request: HttpRequest, slug: str) -> Municipality:
    """The municipality, if the user coordinates or oversees it; otherwise the page does not exist."""
    municipality = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    if not permissions.municipalities_coordinated_by(request.user).filter(pk=municipality.pk).exists():
        raise Http404
    return municipality


def _season(request: HttpRequest, municipality: Municipality) -> tuple[Season | None, list[Season]]:
    seasons = list(Season.objects.filter(region=municipality.region_id).order_by("-starts_on"))
    if slug := request.GET.get("sasong"):
        asked = next((season for season in seasons if season.slug == slug), None)
        if asked is None:
            raise Http404
        return asked, seasons
    return season_to_follow(seasons, timezone.localdate()), seasons


def _shown(request: HttpRequest, lines: list[Line]) -> list[Line]:
    _label, stays = FILTERS[_filter(request)]
    key, descending = _sorting(request)
    return ordered(filter(stays, lines), key, descending=descending)


def _filter(request: HttpRequest) -> str:
    asked = request.GET.get("visa", "")
    return asked if asked in FILTERS else ""


def _sorting(request: HttpRequest) -> tuple[str, bool]:
    return sorting(request.GET, SORTS, "skola")


def _query(request: HttpRequest, **changed: str) -> str:
    kept = {name: request.GET[name] for name in ("sasong", "visa", "ordning") if request.GET.get(name)}
    return urlencode({name: value for name, value in {**kept, **changed}.items() if value})


def _chips(request: HttpRequest, lines: list[Line]) -> list[dict[str, Any]]:
    chosen = _filter(request)
    return [
        {
            "label": label,
            "url": "?" + _query(request, visa=key),
            "current": key == chosen,
            "count": sum(bool(stays(line)) for line in lines),
        }
        for key, (label, stays) in FILTERS.items()
    ]


def _columns(request: HttpRequest) -> list[dict[str, Any]]:
    def address(order: str) -> str:
        return "?" + _query(request, ordning=order)

    return headings(COLUMNS, _sorting(request), address, texts=["skola"])


def _map(municipality: Municipality, lines: list[Line]) -> dict[str, Any]:
    """The schools on the region's map: a visit that is agreed, an offer, or neither; each with its number in words."""
    stops = [
        Stop(
            line.school.organisation.name,
            line.school.lat if line.school.lat is not None else line.school.place.lat,
            line.school.lon if line.school.lon is not None else line.school.place.lon,
            "confirmed" if line.visits else "offered" if line.offers else "planned",
            line.visits or None,
            reverse("school-home", args=[line.school.organisation.slug]),
        )
        for line in lines
    ]
    title = _("The schools of %(municipality)s and their visits") % {"municipality": municipality}
    shade = {municipality.code: Shade(level=1, is_current=True)}
    return {**maps.area_map(shade, title=title, stops=stops, has_beyond=False, named=[]), "caption": title}
