"""Encounters per pupil in a school year: by municipality, grade and school, and who meets nothing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bookings import pupil_coverage as figures
from bookings.pupil_coverage import Body, Coverage, Line
from turne.templatetags.region import grouped
from turne.web import maps
from turne.web.form_fields import number_in
from turne.web.maps import Shade
from turne.web.region import region_of
from turne.web.schools.allotment_rows import per_pupil
from turne.web.sorted_tables import headings, sorting
from turne.web.tables import csv_response
from venues.grades import GRADES
from venues.models import Municipality, Organisation, Region
from venues.models.school_years import school_year_of, year_label

Row = dict[str, Any]
#: School years that can be looked at before the present one. Source: the house's choice.
YEARS_BACK = 5
#: Columns of the schools: key in the address, heading, whether the highest comes first.
COLUMNS = (
    ("skola", gettext_lazy("School"), False),
    ("kommun", gettext_lazy("Municipality"), False),
    ("elever", gettext_lazy("Pupils"), True),
    ("natt", gettext_lazy("Reached"), True),
    ("moten", gettext_lazy("Encounters per pupil"), True),
)
SORTS: dict[str, Any] = {
    "skola": lambda row: row["name"].casefold(),
    "kommun": lambda row: row["municipality"],
    "elever": lambda row: row["line"].pupils,
    "natt": lambda row: row["line"].share,
    "moten": lambda row: row["line"].per_pupil,
}


@require_safe
@login_required
def pupil_coverage(request: HttpRequest) -> HttpResponse:
    """The figures of a school year, narrowed by municipality and grade."""
    region, year, grounds, bodies = _asked(request)
    found = figures.add_up(bodies)
    names = figures.school_names(bodies)
    context = {
        "region": region,
        "year": year_label(year),
        "chips": _years(request, year),
        "totals": _totals(found),
        "schools": _sorted(request, found, names),
        "columns": _columns(request),
        "areas": [
            {"name": one.name, "url": _with(request, kommun=one.slug), "line": found.municipalities[one.code]}
            for one in grounds
            if one.code in found.municipalities
        ],
        "grades": [{"name": grade, "line": line} for grade, line in found.grades.items()],
        "without": [
            {"school": names[body.school], "grade": body.grade, "pupils": body.pupils}
            for body in found.without
        ],
        "map": _map(found, grounds, request),
        "filters": _filters(request, region, year),
        "csv_url": f"{reverse('pupil-coverage-csv')}?{request.GET.urlencode()}",
        "is_empty": not bodies,
    }
    return render(request, "schools/pupil_coverage.html", context)


@require_safe
@login_required
def pupil_coverage_csv(request: HttpRequest) -> HttpResponse:
    """A row for each grade of a school, for a spreadsheet."""
    _region, year, _grounds, bodies = _asked(request)
    names = figures.school_names(bodies)
    sums: dict[tuple[int, str], Line] = {}
    for body in bodies:
        sums.setdefault((body.school, body.grade), Line(None)).add(body)
    heads = [
        _("Municipality"),
        _("School"),
        _("Grade"),
        _("Pupils"),
        _("Reached"),
        _("Encounters"),
        _("Encounters per pupil"),
    ]
    rows = [
        [
            _municipality(names[school]),
            names[school].name,
            grade,
            str(line.pupils),
            str(line.reached),
            str(line.encounters),
            f"{line.per_pupil:.2f}".replace(".", ","),
        ]
        for (school, grade), line in sums.items()
    ]
    return csv_response(f"elever-{year_label(year).replace('/', '-')}.csv", [heads, *rows])


def _asked(request: HttpRequest) -> tuple[Region, int, list[Municipality], list[Body]]:
    region = region_of(request)
    grounds = list(region.municipalities.order_by("name"))
    codes = {one.slug: one.code for one in grounds}
    code = codes.get(request.GET.get("kommun", ""), "")
    this = school_year_of(timezone.localdate())
    year = number_in(request.GET.get("ar"))
    year = year if this - YEARS_BACK <= year <= this + 1 else this
    asked = request.GET.get("arskurs", "")
    bodies = figures.of_year(region, year, municipality=code, grade=asked if asked in GRADES else "")
    return region, year, grounds, bodies


def _with(request: HttpRequest, **changed: Any) -> str:
    return f"?{urlencode({**request.GET.dict(), **changed})}"


def _years(request: HttpRequest, year: int) -> list[Row]:
    this = school_year_of(timezone.localdate())
    years = sorted({this - 1, this, this + 1, year})
    return [
        {"label": year_label(one), "url": _with(request, ar=one), "current": one == year} for one in years
    ]


def _totals(found: Coverage) -> list[Row]:
    total = found.total
    missing = total.pupils - total.reached
    return [
        {"value": per_pupil(total.per_pupil), "label": _("encounters per pupil")},
        {
            "value": _("%(reached)s of %(pupils)s")
            % {"reached": grouped(total.reached), "pupils": grouped(total.pupils)},
            "label": _("pupils with at least one"),
        },
        {
            "value": grouped(missing),
            "label": _("pupils without anything"),
            "tone": "waiting" if missing else "",
        },
    ]


def _sorted(request: HttpRequest, found: Coverage, names: dict[int, Organisation]) -> list[Row]:
    rows = [
        {
            "name": names[pk].name,
            "slug": names[pk].slug,
            "municipality": _municipality(names[pk]),
            "line": line,
        }
        for pk, line in found.schools.items()
    ]
    key, descending = _sorting(request)
    return sorted(sorted(rows, key=SORTS["skola"]), key=SORTS[key], reverse=descending)


def _municipality(body: Organisation) -> str:
    return body.municipality.name if body.municipality else ""


def _sorting(request: HttpRequest) -> tuple[str, bool]:
    return sorting(request.GET, SORTS, "moten")


def _columns(request: HttpRequest) -> list[Row]:
    def address(order: str) -> str:
        return _with(request, ordning=order)

    return headings(COLUMNS, _sorting(request), address, texts=["skola", "kommun"])


def _filters(request: HttpRequest, region: Region, year: int) -> list[Row]:
    grades = figures.add_up(figures.of_year(region, year)).grades
    towns = region.municipalities.order_by("name")
    choices = [
        ("kommun", _("Municipality"), [(one.slug, one.name) for one in towns]),
        ("arskurs", _("Grade"), [(grade, grade) for grade in grades]),
    ]
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": value, "label": text, "current": value == request.GET.get(name)}
                for value, text in those
            ],
        }
        for name, label, those in choices
    ]


def _map(found: Coverage, grounds: list[Municipality], request: HttpRequest) -> Row:
    rates = {code: line.per_pupil for code, line in found.municipalities.items()}
    levels, steps = maps.scale(rates, decimals=1)
    shades = {
        one.code: Shade(
            level=levels[one.code],
            value=per_pupil(rates[one.code]),
            url=_with(request, kommun=one.slug),
            name=one.name,
        )
        for one in grounds
        if one.code in rates
    }
    title = _("Encounters per pupil")
    return {**maps.area_map(shades, title=title, has_beyond=False), "steps": steps, "caption": title}
