"""The page of culture officers and administrators about a season: how far it reaches in the region."""

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

from bookings import activities, called_off, evaluation, permissions
from bookings import coverage as follow_up
from bookings.coverage import Line, Report
from bookings.models import SubEvent
from bookings.residencies import figures
from tours.models import Season
from turne.templatetags.region import grouped
from turne.web import agenda, maps
from turne.web.form_fields import slug_in
from turne.web.maps import Shade
from turne.web.sorted_tables import headings, sorting
from turne.web.tables import csv_response
from venues.models import Region
from venues.models.school_years import school_year_of

#: The columns of the follow-up: key in the address, heading, whether the highest comes first.
COLUMNS = [
    ("kommun", gettext_lazy("Municipality"), False),
    ("antal", gettext_lazy("Performances"), True),
    ("forra", gettext_lazy("Season before"), True),
    ("tusen", gettext_lazy("Per 1,000 inhabitants"), True),
    ("unga", gettext_lazy("For children and young"), True),
    ("publik", gettext_lazy("Audience"), True),
]


def region_of(request: HttpRequest) -> Region:
    """The region that the user oversees; with several the one that is asked for. Nobody else sees that it exists."""
    regions = permissions.regions_overseen_by(request.user)
    asked = request.GET.get("region") or request.POST.get("region")
    region = regions.filter(slug=slug_in(asked)).first() if asked else regions.first()
    if region is None:
        raise Http404
    return region


def season_of(request: HttpRequest, region: Region) -> tuple[Season | None, list[Season]]:
    """The season that is asked for, or the one to follow; and all of them, newest first."""
    seasons = list(Season.objects.filter(region=region).order_by("-starts_on"))
    if slug := request.GET.get("sasong"):
        return get_object_or_404(Season, region=region, slug=slug_in(slug)), seasons
    return follow_up.season_to_follow(seasons, timezone.localdate()), seasons


@require_safe
@login_required
def coverage(request: HttpRequest) -> HttpResponse:
    """A season in figures: by municipality, for whom, and who is left out."""
    region = region_of(request)
    season, seasons = season_of(request, region)
    context: dict[str, Any] = {"region": region, "season": season}
    if season:
        report = follow_up.report(season, timezone.now())
        context |= {
            "chips": agenda.season_chips(seasons, season, reverse("coverage")),
            "report": report,
            "lines": _sorted(request, report),
            "columns": _columns(request, season),
            "totals": _totals(report),
            "map": _coverage_map(report),
            "called_off": called_off.of_season(season),
            "school_year": str(school_year_of(season.starts_on)),
            "activities": activities.of_season(season),
            "residencies": figures.of_season(season),
            "event_kinds": SubEvent.Kind.labels,
            "evaluations": evaluation.by_production(season),
            "csv_url": f"{reverse('coverage-csv')}?{urlencode({'sasong': season.slug, 'region': region.slug})}",
        }
    return render(request, "region/coverage.html", context)


def _sorting(request: HttpRequest) -> tuple[str, bool]:
    return sorting(request.GET, follow_up.SORTS, "kommun")


def _sorted(request: HttpRequest, report: Report) -> list[Line]:
    key, descending = _sorting(request)
    return follow_up.ordered(report.lines, key, descending=descending)


def _columns(request: HttpRequest, season: Season) -> list[dict[str, Any]]:
    def address(order: str) -> str:
        return f"?{urlencode({'sasong': season.slug, 'ordning': order})}"

    return headings(COLUMNS, _sorting(request), address, texts=["kommun"])


def _percent(share: float | None) -> str:
    return _("unknown") if share is None else f"{round(share * 100)} %"


def _totals(report: Report) -> list[dict[str, Any]]:
    total = report.total
    played = _("%(played)d of them played") % {"played": total.played}
    told = _("told of %(reported)d of %(played)d played") % {
        "reported": total.reported,
        "played": total.played,
    }
    home = report.residence
    outside = _("outside %(place)s") % {"place": home.name} if home else _("outside the residence")
    return [
        {"value": total.performances, "label": _("performances"), "note": played},
        {"value": grouped(total.audience), "label": _("audience"), "note": told},
        {
            "value": grouped(total.audience_young),
            "label": _("children and young people in the audience"),
            "note": told,
        },
        {"value": _percent(total.young_share), "label": _("for children and young people")},
        {"value": _percent(report.outside_share), "label": outside},
        {
            "value": len(report.silent),
            "label": _("municipalities without a performance"),
            "tone": "waiting" if report.silent else "",
        },
        {
            "value": len(report.unvisited),
            "label": _("schools without a visit"),
            "tone": "waiting" if report.unvisited else "",
        },
        {
            "value": report.by_crews.standing,
            "label": _("visits hosted by a crew"),
            "note": _("%(held)d of them held") % {"held": report.by_crews.held},
        },
    ]


def _coverage_map(report: Report) -> dict[str, Any]:
    """Performances per 1,000 inhabitants, or their number where inhabitants are not known everywhere."""
    rates = {line.ground.code: line.per_thousand for line in report.lines}
    known = {code: rate for code, rate in rates.items() if rate is not None}
    by_rate = len(known) == len(rates)
    values = known if by_rate else {line.ground.code: line.performances for line in report.lines}
    levels, steps = maps.scale(values, decimals=1 if by_rate else 0)
    shades = {
        line.ground.code: Shade(level=levels[line.ground.code], value=str(line.performances))
        for line in report.lines
    }
    title = _("Performances per 1,000 inhabitants") if by_rate else _("Performances by municipality")
    return {**maps.area_map(shades, title=title, has_beyond=False), "steps": steps, "caption": title}


@require_safe
@login_required
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The follow-up's table for a spreadsheet, with a decimal comma."""
    region = region_of(request)
    season, _seasons = season_of(request, region)
    if season is None:
        raise Http404
    report = follow_up.report(season, timezone.now())
    headings = [
        _("Municipality"),
        _("Code"),
        _("Performances"),
        _("Played"),
        _("Season before"),
        _("Inhabitants"),
        _("Source of inhabitants"),
        _("Per 1,000 inhabitants"),
        _("For children and young"),
        _("Audience"),
        _("Children and young in the audience"),
        _("Played with audience told"),
    ]
    rows = [_csv_row(line, report.has_before) for line in [*report.lines, report.total]]
    return csv_response(f"uppfoljning-{season.slug}.csv", [headings, *rows])


def _csv_row(line: Line, has_before: bool) -> list[str]:
    rate = "" if line.per_thousand is None else f"{line.per_thousand:.2f}".replace(".", ",")
    ground = line.ground
    cells = [
        ground.name or _("In all"),
        ground.code,
        line.performances,
        line.played,
        line.before if has_before else "",
        "" if ground.inhabitants is None else ground.inhabitants,
        ground.source,
        rate,
        line.young,
        line.audience,
        line.audience_young,
        line.reported,
    ]
    return [str(cell) for cell in cells]
