"""Wishes: a presenter's or school's ranked list, and the forms by which it is written."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import permissions, wish_changes
from bookings.models import Booking
from bookings.models.booking import CALLED_OFF
from tours import group_rules, ways
from tours import wishes as verbs
from tours.errors import TurneError
from tours.models import Production, Season, Wish, WishChangeRequest
from tours.rooms import room_check, verdict_of
from turne.web.form_fields import slug_in
from turne.web.logged_in import user_of
from turne.web.refusals import blame
from turne.web.wish_forms import NAMES, MessageForm, WishForm
from turne.web.wish_texts import groups_texts, when_text
from venues import school_hours
from venues.models import HOSTS, Organisation, School, Venue

#: States of a booking that its presenter is told of in the list of wishes.
TOLD = {Booking.Status.OFFERED, Booking.Status.CONFIRMED, Booking.Status.DECLINED, *CALLED_OFF}


@login_required
@require_safe
def wishes(request: HttpRequest) -> HttpResponse:
    """The ranked list of one of the reader's organisations, season by season."""
    organisation, chips = _organisation(request)
    now = timezone.now()
    context = {
        "organisation": organisation,
        "organisation_chips": chips,
        "lists": [_season_list(season, organisation, now) for season in _seasons(organisation, now)],
    }
    return render(request, "wishes/wishes.html", context)


@login_required
def wish_new(request: HttpRequest) -> HttpResponse:
    """A new wish for the production in the address."""
    organisation, chips = _organisation(request)
    now = timezone.now()
    season = _open_season(request, now)
    if season is None:
        messages.info(request, _("Choose a production on the menu, then wish for it."))
        return redirect("season-menu")
    productions = Production.objects.filter(seasons=season, rider__isnull=False)
    production = get_object_or_404(
        productions.select_related("rider", "ensemble__home"), slug=request.GET.get("produktion")
    )
    if not ways.wishes_from_menu(season, organisation):
        return render(request, "wishes/given_instead.html", {"season": season, "school": organisation})
    own = Wish.objects.standing().ranked().filter(season=season, organisation=organisation)
    if wish := own.filter(production=production).first():
        return redirect("wish-edit", wish.pk)
    rank = 1 + own.filter(is_reserve=False).count()
    form = _form(request, production, season, organisation, rank=rank)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.submit(season, organisation, form.wish_input(), user_of(request), now)
        except TurneError as error:
            blame(form, error, NAMES)
        else:
            messages.success(request, _("Your wish for %(title)s is saved.") % {"title": production})
            _warn(request, form)
            return redirect(_list_url(organisation))
    return _show_form(request, form, {"organisation_chips": chips, "now": now})


@login_required
def wish_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A standing wish: to change while it may be changed, else to read."""
    wish = _own_wish(request, pk)
    now = timezone.now()
    if not wish_changes.can_change(wish, now):
        return redirect("wish-change-request", wish.pk)
    form = _form(request, wish.production, wish.season, wish.organisation, wish=wish)
    if request.method == "POST" and form.is_valid():
        try:
            wish_changes.edit(wish, form.wish_input(), user_of(request), now)
        except TurneError as error:
            blame(form, error, NAMES)
        else:
            messages.success(request, _("Your wish for %(title)s is changed.") % {"title": wish.production})
            _warn(request, form)
            return redirect(_list_url(wish.organisation))
    return _show_form(request, form, {"wish": wish, "now": now})


@login_required
@require_POST
def wish_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wish back."""
    wish = _own_wish(request, pk)
    try:
        wish_changes.withdraw_wish(wish, user_of(request), timezone.now())
    except TurneError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your wish for %(title)s is withdrawn.") % {"title": wish.production})
    return redirect(_list_url(wish.organisation))


@login_required
@require_POST
def wish_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One step up or down in the list; htmx gets the list alone."""
    wish = _own_wish(request, pk)
    now = timezone.now()
    try:
        verbs.move(wish, -1 if request.POST.get("direction") == "up" else 1, user_of(request), now)
    except TurneError as error:
        messages.error(request, str(error))
    if not request.headers.get("HX-Request"):
        return redirect(_list_url(wish.organisation))
    context = {"list": _season_list(wish.season, wish.organisation, now), "moved": wish.pk}
    return render(request, "wishes/list.html", context)


@login_required
def wish_change_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A wish that can not be changed any more, and a question to its producer."""
    wish = _own_wish(request, pk)
    now = timezone.now()
    if wish_changes.can_change(wish, now):
        return redirect("wish-edit", wish.pk)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            wish_changes.ask_change(wish, form.cleaned_data["message"], user_of(request), now)
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("Your question is with the producer."))
            return redirect("wish-change-request", wish.pk)
    context = {
        "wish": wish,
        "when": when_text(wish),
        "form": form,
        "requests": wish.change_requests.all(),
        "waits": any(r.status == WishChangeRequest.Status.ASKED for r in wish.change_requests.all()),
    }
    return render(request, "wishes/change_request.html", context, status=422 if form.errors else 200)


def _warn(request: HttpRequest, form: WishForm) -> None:
    """Say what is odd about the groups; the wish stands all the same."""
    picked = set(form.cleaned_data.get("groups", []))
    for text in group_rules.warnings(form.production, [g for g in form.groups if str(g.pk) in picked]):
        messages.warning(request, text)


def _organisation(request: HttpRequest) -> tuple[Organisation, list[dict[str, Any]]]:
    """The organisation that is wished for, and links to the reader's others. 404 for who has none."""
    mine = permissions.organisations_of(request.user, *HOSTS).select_related(
        "region", "municipality", "school"
    )
    organisations = list(mine.order_by("name"))
    if not organisations:
        raise Http404
    slug = request.GET.get("arrangor")
    chosen = next((o for o in organisations if o.slug == slug), None if slug else organisations[0])
    if chosen is None:
        raise Http404
    kept = request.GET.copy()
    chips = []
    for organisation in organisations if len(organisations) > 1 else []:
        kept["arrangor"] = organisation.slug
        url = f"{request.path}?{kept.urlencode()}"
        chips.append({"label": organisation.name, "url": url, "current": organisation == chosen})
    return chosen, chips


def _own_wish(request: HttpRequest, pk: int) -> Wish:
    """The reader's own standing wish, with what decides whether it may be changed."""
    standing = Wish.objects.of(user_of(request)).standing().with_ground()
    ground = standing.select_related("production__rider", "production__ensemble__home")
    return get_object_or_404(ground.prefetch_related("bookings", "change_requests"), pk=pk)


def _open_season(request: HttpRequest, now: datetime) -> Season | None:
    """The open season that is meant: the one in the address, else the first to close with the production."""
    seasons = (
        Season.objects.served().open_at(now).filter(productions__slug=slug_in(request.GET.get("produktion")))
    )
    if request.GET.get("sasong"):
        seasons = seasons.filter(slug=slug_in(request.GET["sasong"]))
    return seasons.order_by("closes_at").first()


def _seasons(organisation: Organisation, now: datetime) -> list[Season]:
    """Open seasons of the region, and those with wishes that are not yet over; newest first."""
    wished = Wish.objects.standing().filter(
        organisation=organisation, season__ends_on__gte=timezone.localdate(now)
    )
    open_here = Season.objects.open_at(now).filter(region=organisation.region_id)
    shown = Q(pk__in=wished.values("season")) | Q(pk__in=open_here.values("pk"))
    return list(Season.objects.filter(shown).order_by("-starts_on"))


def _season_list(season: Season, organisation: Organisation, now: datetime) -> dict[str, Any]:
    standing = Wish.objects.standing().filter(season=season, organisation=organisation)
    ground = standing.with_ground().prefetch_related("change_requests", "bookings")
    rows = [_row(wish, now) for wish in ground.order_by("is_reserve", "rank")]
    own = [row for row in rows if not row["wish"].is_allotted]
    ranked = [row for row in own if not row["wish"].is_reserve]
    reserves = [row for row in own if row["wish"].is_reserve]
    for alike in (ranked, reserves):
        for index, row in enumerate(alike):
            row["can_rise"], row["can_sink"] = index > 0, index < len(alike) - 1
    return {
        "season": season,
        "is_open": season.is_open(now),
        "ranked": ranked,
        "reserves": reserves,
        "given": [row for row in rows if row["wish"].is_allotted],
        "left": season.wishes_max - len(own),
        "from_menu": ways.wishes_from_menu(season, organisation),
        "organisation": organisation,
    }


def _row(wish: Wish, now: datetime) -> dict[str, Any]:
    requests = list(wish.change_requests.all())
    told = [booking for booking in wish.bookings.all() if booking.status in TOLD]
    return {
        "wish": wish,
        "when": when_text(wish),
        "groups": groups_texts(wish),
        "can_change": wish_changes.can_change(wish, now),
        "granted": verbs.granted_change(wish),
        "request": requests[0] if requests else None,
        "booking": max(told, key=lambda booking: booking.pk, default=None),
    }


def _form(
    request: HttpRequest, production: Production, season: Season, organisation: Organisation, **more: Any
) -> WishForm:
    data = request.POST if request.method == "POST" else None
    return WishForm(data, production=production, season=season, organisation=organisation, **more)


def _show_form(request: HttpRequest, form: WishForm, more: dict[str, Any]) -> HttpResponse:
    """The form beside the check of each room."""
    venues = Venue.objects.open().filter(organisation=form.organisation)
    school: School | None = getattr(form.organisation, "school", None)
    rooms = []
    for venue in venues:
        lines = room_check(form.production.rider, form.production, venue)
        rooms.append({"venue": venue, "lines": lines, "verdict": verdict_of(lines)})
    context = {
        "form": form,
        "production": form.production,
        "season": form.season,
        "organisation": form.organisation,
        "rooms": rooms,
        "cancel_url": _list_url(form.organisation),
        "hours": school_hours.lines(school_hours.standing(school)) if school else [],
        "is_school": school is not None,
        **more,
    }
    return render(request, "wishes/form.html", context, status=422 if form.errors else 200)


def _list_url(organisation: Organisation) -> str:
    return f"{reverse('wishes')}?{urlencode({'arrangor': organisation.slug})}"
