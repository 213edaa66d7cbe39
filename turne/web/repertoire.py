"""The repertoire: a producer's productions, and the seasons that producers and officers run."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import permissions
from tours import pictures, young_opinions
from tours import repertoire as verbs
from tours.errors import TurneError
from tours.models import Production, ProductionPicture, Rider, Season
from turne.web.logged_in import user_of
from turne.web.refusals import blame
from turne.web.repertoire_forms import PictureForm, ProductionForm, RiderForm, SeasonForm
from venues.models import Membership, Region


@login_required
@require_safe
def repertoire(request: HttpRequest) -> HttpResponse:
    """The reader's productions and ensembles, and the seasons of their region."""
    now = timezone.now()
    ensembles = permissions.ensembles_of(request.user).select_related("home")
    regions = permissions.regions_run_by(request.user)
    is_producer, runs_seasons = _is_producer(request), regions.exists()
    if not is_producer and not runs_seasons:
        raise Http404
    standing = Count("wishes", filter=Q(wishes__withdrawn_at=None), distinct=True)
    productions = Production.objects.filter(ensemble__in=ensembles).select_related("ensemble")
    seasons = Season.objects.filter(region__in=regions).annotate(
        wish_count=standing, production_count=Count("productions", distinct=True)
    )
    context = {
        "productions": _with_menus(productions),
        "seasons": [
            {"season": season, "state": _state(season, now)} for season in seasons.order_by("-starts_on")
        ],
        "ensembles": ensembles.annotate(production_count=Count("productions")).order_by("name"),
        "is_producer": is_producer,
        "runs_seasons": runs_seasons,
    }
    return render(request, "repertoire/repertoire.html", context)


@login_required
def production_new(request: HttpRequest) -> HttpResponse:
    """A new production with its rider; whoever has no ensemble makes one first."""
    if not _is_producer(request):
        raise Http404
    if not permissions.ensembles_of(request.user).exists():
        messages.info(request, _("A production is played by an ensemble. Write down yours first."))
        return redirect("ensemble-new")
    return _edit(request, Production(), Rider())


@login_required
def production_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """A production, its rider and its pictures."""
    production = _own_production(request, slug)
    rider = getattr(production, "rider", None) or Rider()
    return _edit(request, production, rider)


@login_required
@require_POST
def picture_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put up a picture."""
    production = _own_production(request, slug)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        read = form.cleaned_data
        try:
            pictures.add_picture(production, read["image"], read["alt"], read["credit"], user_of(request))
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("The picture is up."))
            return redirect("production-edit", slug)
    return _show(request, production, None, None, form)


@login_required
@require_POST
def picture_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a picture down."""
    production = _own_production(request, slug)
    pictures.remove_picture(
        get_object_or_404(ProductionPicture, production=production, pk=pk), user_of(request)
    )
    messages.success(request, _("The picture is gone."))
    return redirect("production-edit", slug)


@login_required
def season_new(request: HttpRequest) -> HttpResponse:
    """A new season for the reader's region."""
    regions = permissions.regions_run_by(request.user)
    if not regions.exists():
        raise Http404
    return _season(request, Season(), regions)


@login_required
def season_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """A season: its days and its menu."""
    season = _own_season(request, slug)
    return _season(request, season, permissions.regions_run_by(request.user))


@login_required
@require_POST
def season_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Take wishes from now on."""
    season = _own_season(request, slug)
    try:
        verbs.open_season(season, user_of(request), timezone.now())
    except TurneError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(season)s takes wishes now.") % {"season": season})
    return redirect("season-edit", slug)


@login_required
@require_POST
def season_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Take no more wishes."""
    season = _own_season(request, slug)
    try:
        verbs.close_season(season, user_of(request), timezone.now())
    except TurneError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(season)s takes no more wishes.") % {"season": season})
    return redirect("season-edit", slug)


def _is_producer(request: HttpRequest) -> bool:
    return permissions.has_role(request.user, Membership.Role.PRODUCER)


def _own_production(request: HttpRequest, slug: str) -> Production:
    productions = Production.objects.select_related("ensemble__producer", "rider").prefetch_related(
        "pictures"
    )
    found = get_object_or_404(productions, slug=slug)
    if not permissions.can_edit_production(request.user, found):
        raise Http404
    return found


def _own_season(request: HttpRequest, slug: str) -> Season:
    found = get_object_or_404(Season.objects.select_related("region"), slug=slug)
    if not permissions.can_run_season(request.user, found):
        raise Http404
    return found


def _edit(request: HttpRequest, production: Production, rider: Rider) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    ensembles = permissions.ensembles_of(request.user)
    form = ProductionForm(data, instance=production, ensembles=ensembles)
    needs = RiderForm(data, instance=rider)
    if data is not None and form.is_valid() and needs.is_valid():
        try:
            saved = verbs.save_production(form.instance, needs.instance, user_of(request))
        except TurneError as error:
            blame(needs if error.field in needs.fields else form, error)
        else:
            messages.success(request, _("%(title)s is saved.") % {"title": saved})
            return redirect("production-edit", saved.slug)
    return _show(request, production, form, needs, None)


def _show(
    request: HttpRequest,
    production: Production,
    form: ProductionForm | None,
    needs: RiderForm | None,
    picture: PictureForm | None,
) -> HttpResponse:
    """The page of a production with whichever of its forms has been sent."""
    slug = Production.objects.filter(pk=production.pk).values_list("slug", flat=True).first()
    rider = getattr(production, "rider", None)
    shown = form or ProductionForm(instance=production, ensembles=permissions.ensembles_of(request.user))
    context = {
        "slug": slug,
        "production": production,
        "form": shown,
        "needs": needs or RiderForm(instance=rider),
        "picture_form": picture or PictureForm(),
        "pictures": list(production.pictures.all()) if production.pk else [],
        "menus": Season.objects.filter(productions=production).order_by("-starts_on")
        if production.pk
        else [],
        "young": young_opinions.of_production(production) if production.pk else [],
    }
    is_wrong = any(f is not None and f.errors for f in (form, needs, picture))
    return render(request, "repertoire/production.html", context, status=422 if is_wrong else 200)


def _season(request: HttpRequest, season: Season, regions: "QuerySet[Region]") -> HttpResponse:
    now = timezone.now()
    data = request.POST if request.method == "POST" else None
    offered = _offered(season, regions)
    form = SeasonForm(data, instance=season, regions=regions, productions=offered)
    if data is not None and form.is_valid():
        try:
            saved = verbs.save_season(form.instance, list(form.cleaned_data["productions"]), user_of(request))
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("%(season)s is saved.") % {"season": saved})
            return redirect("season-edit", saved.slug)
    stored = Season.objects.filter(pk=season.pk).first()
    context = {"form": form, "season": stored, "state": _state(stored, now) if stored else ""}
    return render(request, "repertoire/season.html", context, status=422 if form.errors else 200)


def _offered(season: Season, regions: "QuerySet[Region]") -> "QuerySet[Production]":
    """Productions that may stand on the menu, by title."""
    near = [season.region] if season.pk else list(regions)
    offered = Production.objects.none()
    for region in near:
        offered |= verbs.productions_for(region)
    return offered.select_related("ensemble").order_by("title")


def _with_menus(productions: "QuerySet[Production]") -> list[dict[str, Any]]:
    """Each production with the seasons that it is on, and its wishes in each."""
    found = productions.prefetch_related("seasons", "wishes")
    rows = []
    for production in found:
        standing = [wish for wish in production.wishes.all() if wish.withdrawn_at is None]
        menus = [
            {"season": season, "wishes": sum(wish.season_id == season.pk for wish in standing)}
            for season in production.seasons.all()
        ]
        rows.append({"production": production, "menus": menus})
    return rows


def _state(season: Season, now: Any) -> str:
    """ "coming", "open" or "closed"."""
    if season.is_open(now):
        return "open"
    return "coming" if now < season.opens_at else "closed"
