"""The workbench of an allotment: how far it has come, what it gives whom, who is left out and why, what it costs."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bookings import allotment_ground, allotment_publishing, permissions, visible
from bookings.allotment_names import pk_of, unit_of
from bookings.allotment_permissions import can_see_allotment
from bookings.pupil_coverage import Coverage, add_up, of_plan
from tours.models import Allotment
from turne.templatetags.region import grouped
from turne.web import maps
from turne.web.maps import Shade
from turne.web.schools import allotment_rows, allotment_words
from turne.web.schools.allotment_rows import Asked, Line
from turne.web.schools.allotment_words import Names
from turne.web.sorted_tables import sorting
from turne.web.tables import csv_response
from venues.models import Municipality

Row = dict[str, Any]
#: Parts of the page: word in the address, heading.
VIEWS = (
    ("oversikt", gettext_lazy("Overview")),
    ("skolor", gettext_lazy("Schools and grades")),
    ("saknas", gettext_lazy("Not reached")),
    ("hand", gettext_lazy("By hand")),
)
#: Grades of schools on one page.
A_PAGE = 60


@login_required
@require_safe
def allotment(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbench; a coordinator sees the part of the own municipality."""
    found = see_or_404(request, pk)
    grounds = list(visible.municipalities_of_allotment(request.user, found).order_by("name"))
    runs = permissions.can_run_season(request.user, found.season)
    view = request.GET.get("vy", "oversikt")
    view = view if view in dict(VIEWS) else "oversikt"
    context: Row = {"allotment": found, "runs": runs, "view": view, "progress": progress_of(found)}
    context |= {"municipalities": grounds, "is_whole": len(grounds) == found.municipalities.count()}
    if found.plan is not None and not found.is_working:
        names = allotment_words.names_of(found)
        codes = {one.code for one in grounds}
        lines = [line for line in allotment_rows.lines_of(found, names) if line.municipality in codes]
        context |= {"views": _views(found, view, lines), "facts": _state_facts(found, lines)}
        may_publish = runs and view == "oversikt" and found.is_finished
        context["is_outdated"] = may_publish and allotment_publishing.is_outdated(found)
        context |= {
            "oversikt": _overview,
            "skolor": _schools,
            "saknas": _unreached,
            "hand": _by_hand,
        }[view](request, found, names, lines, grounds)
    return render(request, "schools/workbench.html", context)


@login_required
@require_safe
def allotment_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the computing has come; when it is done, the page is loaded anew."""
    found = see_or_404(request, pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("allotment", pk)
    if not found.is_working:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("allotment", args=[pk])
        return response
    return render(request, "schools/allotment_progress.html", {"progress": progress_of(found)})


@login_required
@require_safe
def allotment_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan for a spreadsheet: a row for each grade of a school, narrowed and sorted as the page is."""
    found = see_or_404(request, pk)
    if found.plan is None:
        raise Http404
    names = allotment_words.names_of(found)
    codes = {one.code for one in visible.municipalities_of_allotment(request.user, found)}
    lines = [line for line in allotment_rows.lines_of(found, names) if line.municipality in codes]
    rows = [line.cells() for line in Asked.of(request.GET).chosen(lines)]
    return csv_response(f"tilldelning-{found.pk}.csv", [allotment_rows.heads(), *rows])


def see_or_404(request: HttpRequest, pk: int) -> Allotment:
    """The allotment, for who may see some of it; for others there is none."""
    found = get_object_or_404(Allotment.objects.select_related("season__region", "by", "published_by"), pk=pk)
    if not can_see_allotment(request.user, found):
        raise Http404
    return found


def progress_of(found: Allotment) -> Row | None:
    """What is told while it is computed; None when it is not."""
    if not found.is_working:
        return None
    told = found.progress
    text = _("Waiting to be computed.")
    if found.state == Allotment.State.RUNNING:
        text = _("Looking for a plan that reaches as many as possible.")
    if told.get("reached") is not None:
        text = _("Best so far: %(reached)s of %(pupils)s pupils reached, cost %(cost)s.") % {
            "reached": grouped(told["reached"]),
            "pupils": grouped(told["pupils"]),
            "cost": allotment_words.money(told["cost"], found),
        }
    return {
        "text": text,
        "more": allotment_words.bound_text(told, found) if told else "",
        "poll_url": reverse("allotment-progress", args=[found.pk]),
        "reload_url": reverse("allotment", args=[found.pk]),
    }


def _views(found: Allotment, view: str, lines: list[Line]) -> list[Row]:
    counts = {
        "skolor": len(lines),
        "saknas": sum(not line.production for line in lines),
        "hand": found.orders.filter(withdrawn_at=None).count(),
    }
    return [
        {"label": label, "url": f"?vy={key}", "current": key == view, "count": counts.get(key)}
        for key, label in VIEWS
    ]


def _state_facts(found: Allotment, lines: list[Line]) -> Row:
    """What must be known before anything is done with the plan."""
    told, broken = found.progress, (found.plan or {}).get("breaches", ())
    return {
        "bound": allotment_words.bound_text(told, found) if told else "",
        "wished": _wished(found, lines) if found.is_finished else [],
        "breaches": allotment_words.breach_texts(broken, allotment_words.names_of(found)),
    }


def _wished(found: Allotment, lines: list[Line]) -> list[str]:
    """What the plan gives that the school has wished for itself: a tour plays it once for the same groups."""
    own = allotment_ground.wished_already(found)
    return [
        _("%(school)s, grade %(grade)s: %(production)s")
        % {"school": line.school, "grade": line.grade, "production": line.production}
        for line in lines
        if line.production_key and (*unit_of(line.unit), pk_of(line.production_key)) in own
    ]


def _overview(
    request: HttpRequest, found: Allotment, names: Names, lines: list[Line], grounds: list[Municipality]
) -> Row:
    codes = {one.code for one in grounds}
    before, after = of_plan(found)
    was = add_up(body for body in before if body.municipality in codes)
    becomes = add_up(body for body in after if body.municipality in codes)
    sorts = allotment_rows.AREA_SORTS
    key, descending = sorting(request.GET, sorts, allotment_rows.BY_DEFAULT)
    areas = allotment_rows.areas(was, becomes, grounds)
    areas.sort(key=lambda one: str(one["name"]))
    areas.sort(key=sorts[key], reverse=descending)
    return {
        "totals": _totals(found, was, becomes),
        "areas": areas,
        "columns": allotment_rows.area_columns(request.GET),
        "grades": allotment_rows.grades(was, becomes),
        "map": _map(becomes, grounds),
        "costs": allotment_words.cost_lines(found),
        "productions": allotment_rows.productions(lines),
    }


def _totals(found: Allotment, was: Coverage, becomes: Coverage) -> list[Row]:
    plan = found.plan or {}
    missing = becomes.total.pupils - becomes.total.reached
    return [
        {
            "value": _("%(reached)s of %(pupils)s")
            % {"reached": grouped(becomes.total.reached), "pupils": grouped(becomes.total.pupils)},
            "label": _("pupils reached"),
            "note": _("before: %(count)s") % {"count": grouped(was.total.reached)},
        },
        {
            "value": allotment_rows.per_pupil(becomes.total.per_pupil),
            "label": _("encounters per pupil"),
            "note": _("before: %(count)s") % {"count": allotment_rows.per_pupil(was.total.per_pupil)},
        },
        {
            "value": grouped(missing),
            "label": _("pupils without anything"),
            "tone": "waiting" if missing else "",
        },
        {"value": len(plan.get("shows", ())), "label": _("shows")},
        {"value": sum(ride["buses"] for ride in plan.get("rides", ())), "label": _("buses")},
        {"value": allotment_words.money(plan.get("cost", 0), found), "label": _("cost of the plan")},
    ]


def _map(becomes: Coverage, grounds: list[Municipality]) -> Row:
    """Encounters per pupil by municipality, with the number under its name."""
    rates = {code: line.per_pupil for code, line in becomes.municipalities.items()}
    levels, steps = maps.scale(rates, decimals=1)
    shades = {
        one.code: Shade(
            level=levels.get(one.code, 0),
            value=allotment_rows.per_pupil(rates[one.code]) if one.code in rates else "",
            url=f"?vy=skolor&kommun={one.slug}",
            name=one.name,
        )
        for one in grounds
    }
    title = _("Encounters per pupil with the plan")
    return {**maps.area_map(shades, title=title, has_beyond=False), "steps": steps, "caption": title}


def _schools(
    request: HttpRequest, found: Allotment, names: Names, lines: list[Line], grounds: list[Municipality]
) -> Row:
    asked = Asked.of(request.GET)
    page = Paginator(asked.chosen(lines), A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "lines": page.object_list,
        "asked": asked,
        "columns": allotment_rows.columns(request.GET),
        "filters": allotment_rows.filters(asked, lines, grounds),
        "csv_url": f"{reverse('allotment-csv', args=[found.pk])}?{query.urlencode()}",
    }


def _unreached(
    request: HttpRequest, found: Allotment, names: Names, lines: list[Line], grounds: list[Municipality]
) -> Row:
    shown = {line.unit: line for line in lines}
    rows = allotment_words.unreached(found, names)
    return {"unreached": [{**row, "line": shown[row["unit"]]} for row in rows if row["unit"] in shown]}


def _by_hand(
    request: HttpRequest, found: Allotment, names: Names, lines: list[Line], grounds: list[Municipality]
) -> Row:
    codes = {one.code for one in grounds}
    orders = found.orders.filter(withdrawn_at=None).defer("before").order_by("-at", "-pk")
    rows = orders.select_related("school__organisation__municipality", "production", "venue", "by")
    return {
        "orders": [
            {
                "order": order,
                "text": allotment_words.order_text(order),
                "url": reverse("allotment-grade", args=[found.pk, order.school_id, order.grade]),
            }
            for order in rows
            if order.school.organisation.municipality and order.school.organisation.municipality.code in codes
        ],
        "can_undo": found.orders.filter(withdrawn_at=None, before__isnull=False).exists(),
    }
