"""Allotments: the list of a season, a new one, another target or other rules; to compute, stop, publish, take back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import allotment_publishing, allotment_runs, allotting, permissions, visible
from bookings.allotment_permissions import municipalities_of_coordinator
from tours import grade_answers, ways
from tours.errors import TurneError
from tours.models import Allotment, Season, SeasonWay
from turne.templatetags.region import grouped
from turne.web import agenda, errors
from turne.web.changed import version_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import blame
from turne.web.schools.allotment_forms import AllotmentForm
from venues.dates import moment_text
from venues.models import Membership, School, User

Row = dict[str, Any]
#: The rules that a remedy changes.
REMEDIED = ("bus_max_km", "bus_max_min", "days_max", "unknown_fits")


@login_required
@require_safe
def allotments(request: HttpRequest) -> HttpResponse:
    """The allotments of a season that the reader sees; for a school's contact what its grades are asked."""
    user = user_of(request)
    seasons = list(_seasons(user))
    own = _own_schools(user)
    if not seasons and not own:
        if not permissions.has_role(user, *Membership.Role):
            raise Http404
        return render(request, "schools/allotments.html", {"season": None, "own": []})
    season = next((one for one in seasons if one.slug == request.GET.get("sasong")), None)
    season = season or (seasons[0] if seasons else None)
    context: Row = {"season": season, "own": own}
    if season:
        found = visible.allotments(user).filter(season=season).light()
        context |= {
            "chips": agenda.season_chips(seasons, season, reverse("allotments")),
            "rows": [_row(one) for one in found],
            "ways": _ways(season),
            "runs": permissions.can_run_season(user, season),
        }
    return render(request, "schools/allotments.html", context)


def _seasons(user: User) -> Any:
    """Those that the user runs, or of a region in which one coordinates a municipality; newest first."""
    regions = permissions.regions_run_by(user)
    coordinated = municipalities_of_coordinator(user)
    return (
        Season.objects.filter(
            Q(region__in=regions) | Q(region__municipalities__in=coordinated), region__is_served=True
        )
        .distinct()
        .order_by("-starts_on")
    )


def _row(allotment: Allotment) -> Row:
    told = allotment.progress or {}
    return {
        "allotment": allotment,
        "url": reverse("allotment", args=[allotment.pk]),
        "grades": ", ".join(allotment.grades),
        "reached": _("%(reached)s of %(pupils)s")
        % {"reached": grouped(told["reached"]), "pupils": grouped(told["pupils"])}
        if told.get("pupils")
        else "–",
        "when": moment_text(allotment.published_at or allotment.finished_at or allotment.at),
    }


def _ways(season: Season) -> list[Row]:
    """The municipalities of the season's region by the way by which their schools come to visits."""
    told = ways.ways_of(season)
    names = list(season.region.municipalities.order_by("name"))
    return [
        {
            "way": way.label,
            "names": ", ".join(one.name for one in names if told.get(one.pk, SeasonWay.Way.MENU) == way),
        }
        for way in SeasonWay.Way
    ]


def _own_schools(user: User) -> list[Row]:
    """The schools whose contact the user is, with the seasons in which their grades are asked about."""
    bodies = permissions.organisations_of(user, Membership.Role.SCHOOL_CONTACT)
    schools = School.objects.filter(organisation__in=bodies).select_related("organisation__municipality")
    return [row for school in schools for row in _asked(school)]


def _asked(school: School) -> list[Row]:
    rows = []
    for season in grade_answers.seasons_asking(school, timezone.localdate()):
        grades = grade_answers.asked_grades(season, [school])
        closes = grade_answers.closes_at(season, school)
        rows.append(
            {
                "school": school,
                "season": season,
                "url": reverse("grade-answers", args=[school.organisation.slug, season.slug]),
                "answered": sum(grade.answer is not None for grade in grades),
                "asked": len(grades),
                "closes": moment_text(closes) if closes else "",
            }
        )
    return rows


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def allotment_new(request: HttpRequest, season: str) -> HttpResponse:
    """A new allotment of the season."""
    found = get_object_or_404(Season.objects.select_related("region"), slug=season)
    if not permissions.can_run_season(request.user, found):
        raise Http404
    form = AllotmentForm(_sent(request), found)
    if request.method == "POST" and form.is_valid():
        try:
            made = allotting.make(found, form.terms(), by=user_of(request), now=timezone.now())
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(
                request, _("%(name)s is saved. Compute it when the schools have answered.") % {"name": made}
            )
            return redirect("allotment", made.pk)
    context = {"form": form, "season": found, "allotment": None}
    return render(request, "schools/allotment_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def allotment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another target or other rules."""
    found = run_or_404(request, pk)
    form = AllotmentForm(_sent(request), found.season, found)
    if request.method == "POST" and form.is_valid():
        try:
            allotting.change(
                found,
                form.terms(),
                by=user_of(request),
                now=timezone.now(),
                version=version_in(request),
            )
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("The target and the rules are saved."))
            return redirect("allotment", pk)
    context = {"form": form, "season": found.season, "allotment": found}
    return render(request, "schools/allotment_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@once
def allotment_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute a plan; a worker does it."""
    found = run_or_404(request, pk)
    return _done(
        request,
        pk,
        lambda: allotting.ask(found, by=user_of(request), now=timezone.now(), version=version_in(request)),
        lambda _made: _("The plan is being computed."),
    )


@login_required
@require_POST
def allotment_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the computing with the best plan it has."""
    found = run_or_404(request, pk)
    return _done(
        request,
        pk,
        lambda: allotment_runs.stop(found, now=timezone.now()),
        lambda _made: _("It stops. The best plan so far is kept."),
    )


@login_required
@require_POST
def allotment_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a rule or two, as a remedy proposes; each is sent by its name."""
    found = run_or_404(request, pk)
    rules = {name: rule_value(request.POST[name]) for name in REMEDIED if name in request.POST}
    return _done(
        request,
        pk,
        lambda: allotting.set_rules(
            found,
            rules,
            by=user_of(request),
            now=timezone.now(),
            version=version_in(request),
        ),
        lambda _made: _("The rule is changed. Compute again to see what it gives."),
    )


def rule_value(sent: str) -> Any:
    """A rule as a remedy's button sends it: yes, or a number."""
    return True if sent == "yes" else sent


@login_required
@require_POST
@once
def allotment_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the plan wishes of the schools, with tours to plan."""
    found = run_or_404(request, pk)
    return _done(
        request,
        pk,
        lambda: allotment_publishing.publish(
            found, by=user_of(request), now=timezone.now(), version=version_in(request)
        ),
        _published_text,
    )


def _published_text(made: allotment_publishing.Publishing) -> str:
    schools: str = ngettext(
        "Published: %(count)d school is told what its grades get.",
        "Published: %(count)d schools are told what their grades get.",
        made.schools,
    )
    tours: str = ngettext("%(count)d tour was drafted.", "%(count)d tours were drafted.", made.tours)
    return " ".join([schools % {"count": made.schools}, tours % {"count": made.tours}])


@login_required
@require_POST
@once
def allotment_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the publishing back."""
    found = run_or_404(request, pk)
    return _done(
        request,
        pk,
        lambda: allotment_publishing.take_back(
            found, by=user_of(request), now=timezone.now(), version=version_in(request)
        ),
        lambda _made: _("The publishing is taken back. The schools are told."),
    )


def run_or_404(request: HttpRequest, pk: int) -> Allotment:
    """The allotment, for who runs its season; for others there is none."""
    found = get_object_or_404(Allotment.objects.select_related("season__region"), pk=pk)
    if not permissions.can_run_season(request.user, found.season):
        raise Http404
    return found


def _done(request: HttpRequest, pk: int, verb: Callable[[], Any], said: Callable[[Any], str]) -> HttpResponse:
    """Take the step and lead back to the workbench, with what was done or why not."""
    try:
        made = verb()
    except TurneError as error:
        errors.say(request, error)
    else:
        messages.success(request, said(made))
    return redirect("allotment", pk)


def _sent(request: HttpRequest) -> Any:
    """What was sent with a form; None where it is only looked at."""
    return request.POST if request.method == "POST" else None
