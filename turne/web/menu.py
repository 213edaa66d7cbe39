"""The season menu and its productions: for anybody to read, and for presenters and schools to wish from."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bookings import evaluation, permissions, school_permissions
from bookings.permissions import Person
from bookings.residencies import results
from tours import repertoire, ways
from tours.models import Production, ProductionPicture, Season, Wish
from tours.models.production import LANGUAGE_TAGS
from tours.repertoire import Narrowing, Offering
from tours.rooms import Verdict, room_check, verdict_of
from turne.web import production_facts
from turne.web.particulars import LANGUAGES
from venues.models import HOSTS, Organisation, Venue

ORDER_NAMES = {
    "titel": gettext_lazy("Title"),
    "alder": gettext_lazy("Age, youngest first"),
    "langd": gettext_lazy("Length, shortest first"),
    "pris": gettext_lazy("Price, lowest first"),
}


class MenuForm(forms.Form):
    """How the menu is narrowed. Everything is in the address; what makes no sense there is left out."""

    alder = forms.IntegerField(label=gettext_lazy("Age"), required=False, min_value=0, max_value=99)
    konstform = forms.ChoiceField(
        label=gettext_lazy("Art form"),
        required=False,
        choices=[("", gettext_lazy("All")), *Production.ArtForm.choices],
    )
    sprak = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("All")), *((tag, LANGUAGES[tag]) for tag in LANGUAGE_TAGS)],
    )
    lokal = forms.ModelChoiceField(
        label=gettext_lazy("Fits my room"),
        required=False,
        queryset=Venue.objects.none(),
        to_field_name="slug",
        empty_label=gettext_lazy("Any room"),
    )
    ordning = forms.ChoiceField(label=gettext_lazy("Sort by"), required=False, choices=[*ORDER_NAMES.items()])

    def __init__(self, data: Any, venues: "QuerySet[Venue]") -> None:
        super().__init__(data)
        self.fields["lokal"].queryset = venues  # type: ignore[attr-defined]
        if not venues:
            del self.fields["lokal"]
        self.is_valid()

    def asked(self) -> Narrowing:
        """What is asked for."""
        read = self.cleaned_data
        return Narrowing(
            age=read.get("alder"),
            art_form=read.get("konstform", ""),
            language=read.get("sprak", ""),
            venue=read.get("lokal"),
            order=read.get("ordning") or "titel",
        )

    def is_narrowed(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(value not in (None, "") for name, value in self.cleaned_data.items() if name != "ordning")


@require_safe
def season_menu(request: HttpRequest) -> HttpResponse:
    """What can be wished for in a season; htmx asks for the list alone."""
    now = timezone.now()
    hosts = list(permissions.organisations_of(request.user, *HOSTS).select_related("region"))
    seasons = list(repertoire.seasons_shown(now))
    season = _asked_season(request, seasons) or repertoire.season_to_show(
        [host.region for host in hosts], now
    )
    form = MenuForm(request.GET, _venues_of(hosts))
    offerings = repertoire.menu(season, form.asked()) if season else []
    context = {
        "season": season,
        "is_open": season and season.is_open(now),
        "next_season": Season.objects.served().filter(opens_at__gt=now).order_by("opens_at").first(),
        "season_chips": _season_chips(seasons, season, now),
        "form": form,
        "venue": form.asked().venue,
        **_wishing(request, hosts, season),
        "demo_notice": any(offering.production.is_demo for offering in offerings),
        **_offering_lists(offerings, _wishes_of(hosts, season)),
    }
    template = "menu/offerings.html" if _asks_for_list(request) else "menu/season_menu.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def _wishing(request: HttpRequest, hosts: list[Organisation], season: Season | None) -> dict[str, Any]:
    """Whether one of the reader's organisations wishes from this menu; a reader without account may be of one.

    `given_instead`: a school to whose grades performances are given, where no other host wishes.
    """
    may = [host for host in hosts if season is None or ways.wishes_from_menu(season, host)]
    return {
        "may_wish": bool(may) or not request.user.is_authenticated,
        "given_instead": hosts[0] if hosts and not may else None,
    }


def _asks_for_list(request: HttpRequest) -> bool:
    """Whether htmx wants the list alone; going back it wants the whole page, with the filters as they were."""
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def _asked_season(request: HttpRequest, seasons: list[Season]) -> Season | None:
    return next((season for season in seasons if season.slug == request.GET.get("sasong")), None)


def _season_chips(seasons: list[Season], current: Season | None, now: Any) -> list[dict[str, Any]]:
    """Links to the other open seasons; none where there is only one."""
    open_now = [season for season in seasons if season.is_open(now) or season == current]
    if len(open_now) < 2:
        return []
    return [
        {
            "label": season.name,
            "url": f"{reverse('season-menu')}?{urlencode({'sasong': season.slug})}",
            "current": season == current,
        }
        for season in open_now
    ]


def _offering_lists(offerings: list[Offering], wished: dict[int, Wish]) -> dict[str, list[dict[str, Any]]]:
    """The offerings for the page: those that suit, and with a room those of which nobody knows."""
    cards = [
        {
            "production": offering.production,
            "picture": next(iter(offering.production.pictures.all()), None),
            "tags": production_facts.tags(offering.production),
            "wish": wished.get(offering.production.pk),
            "unknown": [line for line in offering.lines if line.verdict == Verdict.UNKNOWN],
        }
        for offering in offerings
    ]
    return {
        "offerings": [card for card in cards if not card["unknown"]],
        "uncertain": [card for card in cards if card["unknown"]],
    }


@require_safe
def production(request: HttpRequest, season: str, slug: str) -> HttpResponse:
    """One production of a season's menu."""
    now = timezone.now()
    shown = repertoire.seasons_shown(now).filter(slug=season).first()
    running = shown or get_object_or_404(Season.objects.select_related("region"), slug=season)
    if not shown and not permissions.can_run_season(request.user, running):
        raise Http404
    productions = Production.objects.filter(seasons=running, rider__isnull=False)
    found = get_object_or_404(
        productions.select_related("ensemble__producer", "ensemble__home", "rider"), slug=slug
    )
    hosts = list(permissions.organisations_of(request.user, *HOSTS))
    wish = _wishes_of(hosts, running).get(found.pk)
    wishing = _wishing(request, hosts, running)
    context = {
        "season": running,
        "is_open": running.is_open(now),
        "production": found,
        "pictures": list(found.pictures.all()),
        "made_in": results.made_in(found),
        "facts": production_facts.facts(found),
        "rider_facts": production_facts.rider_facts(found.rider),
        "rooms": _rooms(found, hosts),
        **wishing,
        "wish": wish,
        "actions": _wish_action(running, found, wish, wishing["may_wish"] and running.is_open(now))
        + _producer_actions(request.user, running, found),
        "demo_notice": found.is_demo,
        "evaluation": evaluation.of_production(found)
        if school_permissions.can_see_evaluation(request.user, found)
        else None,
    }
    return render(request, "menu/production.html", context)


@require_safe
def production_anywhere(request: HttpRequest, slug: str) -> HttpResponse:
    """The production on the newest menu that it is on."""
    season = repertoire.seasons_shown(timezone.now()).filter(productions__slug=slug).first()
    if season is None:
        raise Http404
    return redirect("production", season=season.slug, slug=slug)


@require_safe
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """A production's picture. Its file never changes: another picture has another address."""
    found = get_object_or_404(ProductionPicture, pk=pk)
    try:
        response = FileResponse(found.image.open("rb"), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    response["Cache-Control"] = "public, max-age=604800, immutable"
    return response


def _rooms(found: Production, hosts: list[Organisation]) -> list[dict[str, Any]]:
    """Each of the reader's rooms with its check."""
    rooms = []
    for venue in _venues_of(hosts):
        lines = room_check(found.rider, found, venue)
        rooms.append({"venue": venue, "lines": lines, "verdict": verdict_of(lines)})
    return rooms


def _wish_action(
    season: Season, found: Production, wish: Wish | None, may_wish: bool
) -> list[dict[str, Any]]:
    """What a presenter or school does from here."""
    if wish:
        return [{"label": _("See your wish"), "url": reverse("wish-edit", args=[wish.pk])}]
    if not may_wish:
        return []
    meant = urlencode({"produktion": found.slug, "sasong": season.slug})
    return [{"label": _("Wish for this"), "url": f"{reverse('wish-new')}?{meant}", "primary": True}]


def _producer_actions(user: Person, season: Season, found: Production) -> list[dict[str, Any]]:
    """What the producer does from here."""
    actions = []
    if permissions.can_see_matches(user, found):
        url = reverse("matching", args=[season.slug, found.slug])
        actions.append({"label": _("Who suits?"), "url": url})
    if permissions.can_edit_production(user, found):
        actions.append({"label": _("Edit"), "url": reverse("production-edit", args=[found.slug])})
    return actions


def _venues_of(hosts: list[Organisation]) -> "QuerySet[Venue]":
    return Venue.objects.open().filter(organisation__in=hosts).order_by("organisation__name", "name")


def _wishes_of(hosts: list[Organisation], season: Season | None) -> dict[int, Wish]:
    """The reader's own standing wishes by production."""
    standing = Wish.objects.standing().ranked().filter(organisation__in=hosts, season=season)
    return {wish.production_id: wish for wish in standing}
