"""Young reference groups: their list for officers, the page behind their link, and what they said for producers."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import class_links, permissions, school_permissions
from bookings.errors import LinkProblem
from tours import panels, votes
from tours.models import Panel, Season
from turne.web.answers import by_mailed_link
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.production_facts import tags
from turne.web.refusals import DONE, led
from turne.web.region import region_of
from turne.web.schools.crew_forms import OpinionForm, PanelForm
from venues.models import Region

Row = dict[str, Any]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def panel_list(request: HttpRequest) -> HttpResponse:
    """The region's reference groups and their links; POST makes a group."""
    region = region_of(request)
    form = PanelForm(request.POST if request.method == "POST" else None)
    status, panel = led(form, lambda: panels.save_panel(region, **form.cleaned_data))
    if status == DONE:
        messages.success(request, _("%(panel)s is saved.") % {"panel": panel})
        return redirect("panels")
    return _list(request, region, {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def panel_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A group, told anew."""
    panel = _panel(request, pk)
    told = {name: getattr(panel, name) for name in PanelForm.base_fields}
    form = PanelForm(request.POST if request.method == "POST" else None, initial=told)
    version = number_in(request.POST.get("version")) or panel.version
    status, saved = led(
        form, lambda: panels.save_panel(panel.region, **form.cleaned_data, panel=panel, version=version)
    )
    if status == DONE:
        messages.success(request, _("%(panel)s is saved.") % {"panel": saved})
        return redirect("panels")
    context = {"panel": panel, "form": form, "version": version}
    return render(request, "crews/panel.html", context, status=status)


@login_required
@never_cache
@require_POST
def panel_link_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh link for a group, shown in this answer and never again."""
    panel = _panel(request, pk)
    token = class_links.make_panel_link(panel, by=user_of(request), now=timezone.now())
    made = {"panel": panel, "address": settings.BASE_URL + reverse("panel-link", args=[token])}
    return _list(request, panel.region, {"form": PanelForm(), "made": made})


@login_required
@require_POST
def panel_link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """A group's link stops working."""
    panel = _panel(request, pk)
    class_links.revoke_panel_link(panel, now=timezone.now())
    messages.success(request, _("The link for %(name)s no longer works.") % {"name": panel})
    return redirect("panels")


# No CSRF token: no cookie takes part, the secret in the address is the whole authority; see `answers.answer`.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_mailed_link
def panel_link(request: HttpRequest, token: str) -> HttpResponse:
    """The draft of a menu, as only the group sees it; POST says what it thinks."""
    now = timezone.now()
    try:
        panel = class_links.find_panel(token, now)
    except LinkProblem as problem:
        status = 404 if problem.code == "unknown" else 410
        return render(request, "crews/link_dead.html", {"problem": problem, "plain_bar": True}, status=status)
    drafts = list(panels.drafts(panel, now))
    asked = request.GET.get("sasong")
    season = next((one for one in drafts if one.slug == asked), drafts[0] if drafts else None)
    context: Row = {"panel": panel, "token": token, "season": season, "drafts": drafts, "plain_bar": True}
    if season is None:
        return render(request, "crews/panel_link.html", context)
    menu = list(season.productions.select_related("ensemble").order_by("title"))
    form = OpinionForm(menu, request.POST if request.method == "POST" else None, initial=_said(panel, season))
    status, _made = led(form, lambda: panels.tell(panel, season, form.ranked(), form.comments(), now=now))
    if status == DONE:
        messages.success(request, _("Thank you. You may change it until the menu opens."))
        return redirect(f"{reverse('panel-link', args=[token])}?sasong={season.slug}")
    offers = [{"production": one, "tags": tags(one), "field": field} for one, field in form.offers]
    return render(
        request, "crews/panel_link.html", {**context, "form": form, "offers": offers}, status=status
    )


@login_required
@require_safe
def young_opinions(request: HttpRequest) -> HttpResponse:
    """What groups and crews think of a season's menu: all of it for officers, one's own for a producer."""
    regions = permissions.regions_run_by(request.user)
    seasons = list(Season.objects.filter(region__in=regions).order_by("-starts_on"))
    if not regions.exists():
        raise Http404
    asked = request.GET.get("sasong")
    season = next((one for one in seasons if one.slug == asked), seasons[0] if seasons else None)
    context: Row = {"seasons": seasons, "season": season, "chips": _chips(seasons, season)}
    if season:
        shown = school_permissions.hears_young_people(request.user, season)
        keys = set(shown.values_list("pk", flat=True))
        context |= {
            "results": panels.results(season, shown),
            "sums": [row for row in votes.sums(season) if row.production.pk in keys],
        }
    return render(request, "crews/opinions.html", context)


def _chips(seasons: list[Season], season: Season | None) -> list[Row]:
    address = reverse("young-opinions")
    return [
        {"label": one.name, "url": f"{address}?sasong={one.slug}", "current": one == season, "count": None}
        for one in seasons
    ]


def _panel(request: HttpRequest, pk: int) -> Panel:
    return get_object_or_404(Panel.objects.select_related("region"), pk=pk, region=region_of(request))


def _list(request: HttpRequest, region: Region, more: Row, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    rows = [
        {"panel": panel, "link": panel.links.working(now).first(), "drafts": list(panels.drafts(panel, now))}
        for panel in Panel.objects.filter(region=region)
    ]
    return render(request, "crews/panels.html", {"region": region, "rows": rows, **more}, status=status)


def _said(panel: Panel, season: Season) -> Row:
    """What the form begins with: the opinion that stands."""
    said = panels.opinions_of(panel, season)
    comments = {f"comment_{pk}": opinion.comment for pk, opinion in said.items()}
    return comments | {f"place_{one.place}": str(pk) for pk, one in said.items() if one.place}
