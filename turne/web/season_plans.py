"""A season's tours planned together: which, how, how far it has come, and what came of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookings import season_plan as verbs
from bookings.permissions import has_role
from bookings.standing import Course, course_of
from tours.errors import TurneError
from tours.models import Proposal, Season, SeasonRun, Tour, Wish
from turne.web.board_days import km_text
from turne.web.form_fields import RowsField, number_in
from turne.web.logged_in import user_of
from turne.web.refusals import blame
from venues.dates import money_text, short_day_text
from venues.models import Membership, Organisation, User

Row = dict[str, Any]
#: How long the planner may look.
SECONDS = (30, 60, 120)
WORKING = (SeasonRun.State.QUEUED, SeasonRun.State.RUNNING)


class TogetherForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which tours are planned together, and what they owe their presenters."""

    tours = RowsField(
        Tour.objects.none(),
        label=gettext_lazy("Tours"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose the tours to plan together.")},
    )
    seconds = forms.TypedChoiceField(
        label=gettext_lazy("Time to plan"),
        coerce=int,
        choices=lambda: [(n, _("%s seconds") % n) for n in SECONDS],
        initial=30,
    )

    class Meta:
        model = SeasonRun
        fields = ("apart_days", "neighbour_km", "seconds")
        labels = {
            "apart_days": gettext_lazy("Days between two tours at one presenter"),
            "neighbour_km": gettext_lazy("Neighbours live within, km"),
        }
        help_texts = {
            "apart_days": gettext_lazy("So the wishes of one presenter are spread over the season."),
            "neighbour_km": gettext_lazy(
                "Neighbours do not get the same tour in the same week, except schools. 0: nobody is a neighbour."
            ),
        }

    field_order = ("tours", "apart_days", "neighbour_km", "seconds")

    def __init__(self, tours: list[Tour], *args: Any) -> None:
        super().__init__(*args)
        chosen: Any = self.fields["tours"]
        chosen.queryset = Tour.objects.filter(pk__in=[tour.pk for tour in tours])
        chosen.initial = [tour.pk for tour in tours]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def season_plan(request: HttpRequest, season: str) -> HttpResponse:
    """Ask for plans of a season's tours, and look at those that were made."""
    running = _season_or_404(request, season)
    user = user_of(request)
    tours = verbs.plannable(running, user)
    form = TogetherForm(tours, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.propose(running, by=user, **form.cleaned_data)
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("The tours are being planned together."))
            return redirect(f"{reverse('season-plan', args=[season])}?plan={made.pk}")
    runs = _runs(running, user)
    shown = _chosen(runs, request.GET.get("plan"))
    context: Row = {"season": running, "form": form, "tours": tours, "runs": _chips(runs, shown)}
    context |= _result(shown) if shown else {}
    return render(request, "planning/season_plan.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def season_run(request: HttpRequest, season: str, pk: int) -> HttpResponse:
    """How far the planner has come; when it is done, the result takes its place."""
    running = _season_or_404(request, season)
    runs = _runs(running, user_of(request))
    asked = get_object_or_404(runs, pk=pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('season-plan', args=[season])}?plan={asked.pk}")
    context: Row = {"season": running, "runs": _chips(runs, asked), "is_part": True} | _result(asked)
    response = render(request, "planning/season_part.html", context | {"is_fresh": True})
    if asked.state not in WORKING:
        response["HX-Retarget"], response["HX-Reswap"] = "#season-run", "outerHTML"
    return response


def _season_or_404(request: HttpRequest, slug: str) -> Season:
    """The season, if the user plans tours; for others there is none."""
    if not has_role(request.user, Membership.Role.PRODUCER):
        raise Http404
    return get_object_or_404(Season.objects.select_related("region"), slug=slug)


def _runs(season: Season, user: User) -> "QuerySet[SeasonRun]":
    """Those whose tours the user may all plan."""
    mine = Tour.objects.plannable_by(user).filter(season=season)
    others = Tour.objects.filter(season=season).exclude(pk__in=mine)
    found = SeasonRun.objects.filter(season=season, tours__in=mine).exclude(tours__in=others)
    return found.select_related("season__region").distinct()


def _chosen(runs: "QuerySet[SeasonRun]", asked: str | None) -> SeasonRun | None:
    """The run that the address names, else the newest."""
    return runs.filter(pk=number_in(asked)).first() or runs.first()


def _chips(runs: "QuerySet[SeasonRun]", shown: SeasonRun | None) -> list[Row]:
    address = [(run, f"?plan={run.pk}") for run in runs[:6]]
    chips = [
        {
            "label": short_day_text(run.requested_at),
            "url": url,
            "current": run == shown,
            "count": _share(run) if run.state == SeasonRun.State.RUNNING else run.get_state_display(),
        }
        for run, url in address
    ]
    return chips if len(chips) > 1 else []


def _share(run: SeasonRun) -> str:
    """ "40 %" of its time."""
    return _("%(percent)d %%") % {"percent": round(100 * _spent(run) / run.seconds)}


def _spent(run: SeasonRun) -> float:
    """Seconds since it was asked for, at most those that it has."""
    return min(run.seconds, (timezone.now() - run.requested_at).total_seconds())


def _result(run: SeasonRun) -> Row:
    """What is known about a run: its progress, its failure, or a row for each tour."""
    found: Row = {"run": run, "progress": _progress(run) if run.state in WORKING else None}
    if run.state != SeasonRun.State.DONE:
        return found
    courses = [
        (proposal, course_of(proposal))
        for proposal in run.proposals.select_related("tour__production").order_by("tour__starts_on", "pk")
    ]
    return found | {
        "rows": [_row(proposal, course) for proposal, course in courses],
        "totals": _totals(run, [course for _proposal, course in courses]),
        "meetings": _meetings(run),
    }


def _progress(run: SeasonRun) -> Row:
    waiting, spent = run.state == SeasonRun.State.QUEUED, round(_spent(run))
    text = (
        _("Waiting for the planner.")
        if waiting
        else _("Planning the tours around each other: %(done)d of %(all)d s.")
        % {"done": spent, "all": run.seconds}
    )
    return {
        "text": text,
        "poll_url": reverse("season-run", args=[run.season.slug, run.pk]),
        "value": spent,
        "max": None if waiting else run.seconds,
    }


def _row(proposal: Proposal, course: Course) -> Row:
    account, currency, tour = course.account, proposal.tour.production.currency, proposal.tour
    wished = Wish.objects.standing().filter(season=tour.season_id, production=tour.production_id).count()
    return {
        "tour": tour,
        "url": f"{reverse('board', args=[tour.slug])}?forslag={proposal.pk}",
        "stops": _("%(count)d of %(all)d") % {"count": len(course.plan.stops), "all": wished},
        "municipalities": len(account.municipalities),
        "km": km_text(account.km),
        "nights": account.nights_away,
        "worth": money_text(round(account.objective), currency),
        "adopted": proposal.adopted_at,
    }


def _totals(run: SeasonRun, courses: list[Course]) -> list[Row]:
    codes = set(run.season.region.municipalities.values_list("code", flat=True))
    reached = {code for course in courses for code in course.account.municipalities} & codes
    stops = sum(len(course.plan.stops) for course in courses)
    gain = (run.total or 0) - (run.in_turn or 0)
    return [
        {
            "value": str(stops),
            "label": ngettext("visit on %(count)d tour", "visits on %(count)d tours", len(courses))
            % {"count": len(courses)},
        },
        {
            "value": _("%(count)d of %(all)d") % {"count": len(reached), "all": len(codes)},
            "label": _("municipalities reached"),
        },
        {"value": km_text(sum(course.account.km for course in courses)), "label": _("on the road")},
        {
            "value": money_text(round(gain), run.season.region.currency),
            "label": _("gained by planning them together"),
        },
    ]


def _meetings(run: SeasonRun) -> list[Row]:
    """Presenters whom several tours visit, by name, with the days."""
    found = verbs.meetings(run)
    names = Organisation.objects.in_bulk(found)
    rows = [
        {
            "name": str(names[host]),
            "visits": [{"day": short_day_text(on), "tour": tour.name} for on, tour in visits],
        }
        for host, visits in found.items()
    ]
    return sorted(rows, key=lambda row: str(row["name"]))
