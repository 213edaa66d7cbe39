"""The producer's tours as a list, and the frame of each: made and changed."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookings import tour_visits
from bookings.models.booking import LIVE, Status
from bookings.permissions import has_role
from bookings.season_plan import PLANNABLE
from tours import frames
from tours.errors import NotNow, TurneError
from tours.models import Production, Season, Tour
from turne.web import errors, reckoning
from turne.web.form_fields import number_in, slug_in
from turne.web.logged_in import user_of
from turne.web.planning import tour_or_404
from turne.web.planning_forms import FrameForm, NewTourForm
from turne.web.refusals import blame
from venues.dates import day_text, short_day_text
from venues.models import Membership, User

#: The form's fields under the headings they stand under; the first group is open, and so is any with an error.
GROUPS = (
    (
        gettext_lazy("The tour"),
        (
            "production",
            "season",
            "name",
            "starts_on",
            "ends_on",
            "cut_off_on",
            "presenters_min",
            "is_announced_later",
            "moves_up",
            "offers_at",
        ),
    ),
    (
        gettext_lazy("The working day"),
        (
            "day_open_min",
            "day_close_min",
            "performances_per_day",
            "drive_max_min",
            "works_saturdays",
            "works_sundays",
            "work_rules",
        ),
    ),
    (gettext_lazy("The roads"), ("winter_factor", "trailer_factor")),
    (
        gettext_lazy("What the planner weighs"),
        (
            *("wish_worth", "municipality_bonus", "cost_per_km", "cost_per_night", "cost_per_change"),
            *("moves_offered", "cost_per_offered_change"),
        ),
    ),
    (
        gettext_lazy("Money and climate"),
        (
            *("mileage", "fuel", "room_cost", "finds_own_beds", "has_breakfast", "sharing"),
            "uses_latest_rates",
        ),
    ),
)


@login_required
@require_safe
def tours(request: HttpRequest) -> HttpResponse:
    """The tours of the user's own organisations, by season."""
    user = _producer_or_404(request)
    mine = _counted(Tour.objects.plannable_by(user))
    season, stage = slug_in(request.GET.get("sasong")), request.GET.get("skede", "")
    seasons = list(Season.objects.filter(tours__in=mine).distinct())
    shown = mine.filter(season__slug=season) if season else mine
    shown = shown.filter(stage=stage) if stage in Tour.Stage.values else shown
    groups: dict[Season, list[dict[str, Any]]] = {}
    for tour in shown.order_by("-season__starts_on", "starts_on", "name"):
        groups.setdefault(tour.season, []).append(_row(tour))
    context = {
        "groups": [
            {"season": found, "rows": rows, "can_join": _can_join(rows)} for found, rows in groups.items()
        ],
        "chips": _chips(mine, season, stage),
        "season_chips": _season_chips(seasons, season, stage),
        "has_tours": bool(seasons),
        "new_url": reverse("tour-new"),
    }
    return render(request, "planning/tours.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tour_new(request: HttpRequest) -> HttpResponse:
    """A new tour: of what, in which season, and its frame."""
    user = _producer_or_404(request)
    productions = Production.objects.plannable_by(user)
    seasons = Season.objects.served().filter(productions__in=productions).distinct()
    form = NewTourForm(
        productions, seasons, request.POST or None, initial=_suggested(request, productions, seasons)
    )
    if reckoning.is_wanted(request) and form.is_valid():
        chosen = form.cleaned_data["production"], form.cleaned_data["season"]
        form = NewTourForm(productions, seasons, reckoning.reckoned(request, form, *chosen))
    elif request.method == "POST" and form.is_valid():
        try:
            tour = frames.create_tour(
                form.cleaned_data["production"], form.cleaned_data["season"], form.frame()
            )
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(
                request, _("%(tour)s is made. Look at its wishes, then plan it.") % {"tour": tour}
            )
            return redirect("board", slug=tour.slug)
    context = {"form": form, "groups": _groups(form), "has_choice": seasons.exists()}
    return render(request, "planning/tour_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tour_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The frame of a tour, changed."""
    tour = tour_or_404(request, slug)
    name, version = tour.name, tour.version
    form = FrameForm(request.POST or None, instance=tour, season=tour.season)
    status = 200
    if reckoning.is_wanted(request) and form.is_valid():
        data = reckoning.reckoned(request, form, tour.production, tour.season)
        form, version = FrameForm(data, instance=tour, season=tour.season), number_in(data.get("version"))
    elif request.method == "POST" and form.is_valid():
        try:
            tour_visits.edit_tour(tour, form.frame(), version=number_in(request.POST.get("version")))
        except TurneError as error:
            blame(form, error)
            status, version = errors.status_of(error), _kept(request, version, error)
        else:
            messages.success(request, _("Saved. Plan again, and the plan keeps to the new frame."))
            return redirect("board", slug=tour.slug)
    elif form.errors:
        status, version = 422, number_in(request.POST.get("version"))
    context = {"form": form, "groups": _groups(form), "tour": tour, "name": name, "version": version}
    return render(request, "planning/tour_form.html", context, status=status)


def _producer_or_404(request: HttpRequest) -> User:
    if not has_role(request.user, Membership.Role.PRODUCER):
        raise Http404
    return user_of(request)


def _kept(request: HttpRequest, newest: int, error: TurneError) -> int:
    """After a conflict the reader has been told, and the next attempt is about the newest version."""
    return newest if isinstance(error, NotNow) else number_in(request.POST.get("version"))


def _groups(form: FrameForm) -> list[dict[str, Any]]:
    return [
        {"title": title, "fields": [form[name] for name in names if name in form.fields]}
        for title, names in GROUPS
    ]


def _suggested(request: HttpRequest, productions: Any, seasons: Any) -> dict[str, Any]:
    """What the address names, or the only choice there is; the season gives the days, as many as a tour may have."""
    production = productions.filter(slug=slug_in(request.GET.get("produktion"))).first()
    season = seasons.filter(slug=slug_in(request.GET.get("sasong"))).first() or seasons.first()
    found: dict[str, Any] = {}
    if production:
        found |= {"production": production, "name": f"{production}, {season}".rstrip(", ")}
    if season:
        longest = season.starts_on + timedelta(days=frames.DAYS_MAX - 1)
        days = {"starts_on": season.starts_on, "ends_on": min(season.ends_on, longest)}
        found |= {"season": season, **days}
    return found


def _counted(tours: QuerySet[Tour]) -> QuerySet[Tour]:
    """With the answers of each tour counted."""

    def visits(*statuses: str) -> Count:
        return Count("bookings", filter=Q(bookings__status__in=statuses), distinct=True)

    return tours.with_ground().annotate(  # type: ignore[attr-defined,no-any-return]
        live_count=visits(*LIVE),
        held_count=Count(
            "bookings", filter=Q(bookings__status=Status.HELD, bookings__hold_rank=1), distinct=True
        ),
        offered_count=visits(Status.OFFERED),
        confirmed_count=visits(Status.CONFIRMED),
        declined_count=visits(Status.DECLINED),
        expired_count=visits(Status.EXPIRED),
        next_answer=Min("bookings__answer_by", filter=Q(bookings__status=Status.OFFERED)),
        plans_count=Count("proposals", distinct=True),
    )


def _answers(tour: Any) -> list[dict[str, str]]:
    """How many visits stand at what; English has one word for one and for several."""
    confirmed, offered, held = tour.confirmed_count, tour.offered_count, tour.held_count
    counts = (
        ("confirmed", confirmed, ngettext("%(count)d confirmed", "%(count)d confirmed", confirmed)),
        ("offered", offered, ngettext("%(count)d offered", "%(count)d offered", offered)),
        ("held", held, ngettext("%(count)d held", "%(count)d held", held)),
        ("declined", tour.declined_count, _("%(count)d declined")),
        ("expired", tour.expired_count, _("%(count)d not answered in time")),
    )
    return [{"state": state, "label": text % {"count": count}} for state, count, text in counts if count]


def _row(tour: Any) -> dict[str, Any]:
    return {
        "tour": tour,
        "url": reverse("board", args=[tour.slug]),
        "stage": tour.get_stage_display(),
        "stops": _stops_text(tour),
        "answers": _answers(tour),
        "deadline": _deadline(tour),
        "waits": bool(tour.offered_count or tour.held_count),
    }


def _can_join(rows: list[dict[str, Any]]) -> bool:
    """Whether more than one of the tours may still be planned, so that they could be planned together."""
    return sum(row["tour"].stage in PLANNABLE for row in rows) > 1


def _stops_text(tour: Any) -> str:
    if tour.live_count:
        return ngettext("%(count)d stop", "%(count)d stops", tour.live_count) % {"count": tour.live_count}
    return _("planned, not adopted") if tour.plans_count else _("not planned yet")


def _deadline(tour: Any) -> str:
    """What the tour waits for next."""
    today = timezone.localdate()
    if tour.cut_off_told_at and tour.stage == Tour.Stage.OPEN:
        return _("The cut-off has passed: decide")
    if tour.next_answer:
        return _("Next answer by %(day)s") % {"day": short_day_text(tour.next_answer)}
    if tour.cut_off_on and tour.cut_off_on >= today and tour.stage in (Tour.Stage.DRAFT, Tour.Stage.OPEN):
        return _("Cut-off %(day)s") % {"day": day_text(tour.cut_off_on)}
    return ""


def _chips(mine: QuerySet[Tour], season: str, stage: str) -> list[dict[str, Any]]:
    """Stages that there are, with how many tours each, in the chosen season."""
    chosen = mine.filter(season__slug=season) if season else mine
    counts = {value: chosen.filter(stage=value).count() for value in Tour.Stage.values}
    chips = [
        {"label": _("All"), "url": _address(season, ""), "current": not stage, "count": sum(counts.values())}
    ]
    return chips + [
        {
            "label": str(Tour.Stage(value).label).capitalize(),
            "url": _address(season, value),
            "current": stage == value,
            "count": count,
        }
        for value, count in counts.items()
        if count
    ]


def _season_chips(seasons: list[Season], season: str, stage: str) -> list[dict[str, Any]]:
    if len(seasons) < 2:
        return []
    chips = [{"label": _("All seasons"), "url": _address("", stage), "current": not season, "count": None}]
    return chips + [
        {"label": str(row), "url": _address(row.slug, stage), "current": season == row.slug, "count": None}
        for row in seasons
    ]


def _address(season: str, stage: str) -> str:
    query = {name: value for name, value in (("sasong", season), ("skede", stage)) if value}
    return f"{reverse('tours')}?{urlencode(query)}" if query else reverse("tours")
