"""By which way the schools of each municipality come to their visits in a season, and who has not answered yet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookings import permissions
from bookings.allotment_permissions import municipalities_of_coordinator
from bookings.permissions import Person
from tours import grade_answers, ways
from tours.errors import TurneError
from tours.models import Season, SeasonWay
from turne.web.logged_in import user_of
from turne.web.refusals import blame
from turne.web.tables import csv_response
from venues.models import Municipality, School

Row = dict[str, Any]


class WaysForm(forms.Form):
    """One choice for each municipality, by its code."""

    def __init__(self, data: Any, municipalities: list[Municipality], standing: dict[int, str]) -> None:
        super().__init__(data)
        self.municipalities = municipalities
        for one in municipalities:
            self.fields[one.code] = forms.ChoiceField(
                label=one.name,
                choices=SeasonWay.Way.choices,
                initial=standing.get(one.pk, SeasonWay.Way.MENU),
            )

    def ways(self) -> dict[Municipality, str]:
        """What was chosen."""
        return {one: self.cleaned_data[one.code] for one in self.municipalities}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def season_ways(request: HttpRequest, season: str) -> HttpResponse:
    """The way of each municipality that the reader decides about."""
    found = get_object_or_404(Season.objects.select_related("region"), slug=season)
    mine = _municipalities(request.user, found)
    form = WaysForm(request.POST if request.method == "POST" else None, mine, ways.ways_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            changed = ways.set_ways(found, form.ways(), by=user_of(request), now=timezone.now())
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _changed_text(changed))
            return redirect("season-ways", season)
    context = {"season": found, "form": form}
    return render(request, "schools/ways.html", context, status=422 if form.errors else 200)


def _changed_text(changed: int) -> str:
    if not changed:
        return _("Nothing was changed.")
    text: str = ngettext(
        "The way of %(count)d municipality is changed.",
        "The ways of %(count)d municipalities are changed.",
        changed,
    )
    return text % {"count": changed}


def _municipalities(user: Person, season: Season) -> list[Municipality]:
    """Those that the reader decides about; for who has none there is no page."""
    rows = Municipality.objects.filter(region=season.region_id)
    if not permissions.can_run_season(user, season):
        rows = rows.filter(pk__in=municipalities_of_coordinator(user))
    if not rows:
        raise Http404
    return list(rows.order_by("name"))


@login_required
@require_safe
def season_answers(request: HttpRequest, season: str) -> HttpResponse:
    """Which schools have said what their grades can, and which have not."""
    found, rows = _answers(request, season)
    waiting = [row for row in rows if row["answered"] < row["asked"]]
    only_waiting = request.GET.get("visa") == "saknas"
    context = {
        "season": found,
        "rows": waiting if only_waiting else rows,
        "chips": [
            {"label": _("All schools"), "url": "?", "current": not only_waiting, "count": len(rows)},
            {
                "label": _("Not answered"),
                "url": "?visa=saknas",
                "current": only_waiting,
                "count": len(waiting),
            },
        ],
        "is_empty": not rows,
    }
    return render(request, "schools/answers.html", context)


@login_required
@require_safe
def season_answers_csv(request: HttpRequest, season: str) -> HttpResponse:
    """The same for a spreadsheet."""
    found, rows = _answers(request, season)
    heads = [
        _("Municipality"),
        _("School"),
        _("Grades asked about"),
        _("Grades answered"),
        _("Missing grades"),
    ]
    cells = [
        [
            row["municipality"],
            str(row["school"]),
            str(row["asked"]),
            str(row["answered"]),
            ", ".join(row["missing"]),
        ]
        for row in rows
    ]
    return csv_response(f"svar-{found.slug}.csv", [heads, *cells])


def _answers(request: HttpRequest, slug: str) -> tuple[Season, list[Row]]:
    season = get_object_or_404(Season.objects.select_related("region"), slug=slug)
    asked = ways.ways_of(season)
    codes = {
        one.pk: one.name
        for one in _municipalities(request.user, season)
        if asked.get(one.pk, SeasonWay.Way.MENU) != SeasonWay.Way.MENU
    }
    schools = School.objects.filter(organisation__municipality__in=codes).select_related(
        "organisation__municipality"
    )
    grades: dict[int, list[grade_answers.Grade]] = {}
    for grade in grade_answers.asked_grades(season, list(schools)):
        grades.setdefault(grade.school.pk, []).append(grade)
    rows = [
        {
            "school": school,
            "municipality": codes[school.organisation.municipality_id or 0],
            "asked": len(grades[school.pk]),
            "answered": sum(grade.answer is not None for grade in grades[school.pk]),
            "missing": [grade.grade for grade in grades[school.pk] if grade.answer is None],
            "url": reverse("grade-answers", args=[school.organisation.slug, season.slug]),
        }
        for school in schools
        if school.pk in grades
    ]
    return season, sorted(rows, key=lambda row: (row["municipality"], str(row["school"])))
