"""What can be played and wished for: productions, seasons, and the menu as its readers narrow it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours.errors import NotNow, Refused
from tours.models import AccessService, Ensemble, Production, Rider, Season, Wish
from tours.models.production import LANGUAGE_TAGS
from tours.rooms import RiderLine, Verdict, room_check, verdict_of
from tours.wish_rules import DAY_CLOSES_MIN, DAY_OPENS_MIN
from venues.dates import duration_text
from venues.models import Region, User, Venue
from venues.slugs import slug_of, taken_slugs

#: How a menu may be ordered, by the word in its address; equal ones by title.
ORDERS = {
    "titel": ("title",),
    "alder": ("age_min", "title"),
    "langd": ("duration_min", "title"),
    "pris": ("fee", "title"),
}
#: What stands in an address of the repertoire where else a slug does.
RESERVED = ("ny", "ensembler")


@dataclass(frozen=True)
class Narrowing:
    """What a reader of the menu asks for; what is empty or None is not asked."""

    age: int | None = None
    art_form: str = ""
    language: str = ""
    venue: Venue | None = None
    order: str = "titel"


@dataclass(frozen=True)
class Offering:
    """A production on the menu, with the check of the chosen room where one is chosen."""

    production: Production
    lines: tuple[RiderLine, ...] = ()
    verdict: Verdict | None = None


def menu(season: Season, asked: Narrowing) -> list[Offering]:
    """The season's productions that answer what is asked, in the order asked for.

    With a venue the list holds those that fit and those that may, each with its verdict, and leaves out
    those that do not fit. A production in no language suits every language.
    """
    productions = Production.objects.filter(seasons=season, rider__isnull=False)
    productions = productions.select_related("ensemble__producer", "rider").prefetch_related("pictures")
    if asked.age is not None:
        productions = productions.for_age(asked.age)
    if asked.art_form:
        productions = productions.filter(art_form=asked.art_form)
    found = [
        p
        for p in productions.order_by(*ORDERS.get(asked.order, ORDERS["titel"]))
        if _speaks(p, asked.language)
    ]
    offerings = [_offering(production, asked.venue) for production in found]
    return [offering for offering in offerings if offering.verdict != Verdict.DOES_NOT_FIT]


def _speaks(production: Production, language: str) -> bool:
    # in Python: SQLite can not look into a JSON list
    return not language or language in production.languages or "none" in production.languages


def _offering(production: Production, venue: Venue | None) -> Offering:
    if venue is None:
        return Offering(production)
    lines = room_check(production.rider, production, venue)
    return Offering(production, tuple(lines), verdict_of(lines))


def seasons_shown(now: datetime) -> "QuerySet[Season]":
    """Seasons whose menu anybody may read: those that have opened, in served regions, newest first."""
    return Season.objects.served().filter(opens_at__lte=now).select_related("region")


def season_to_show(regions: Iterable[Region], now: datetime) -> Season | None:
    """The season that a reader means: open before closed, of their own region before others, then the newest."""
    own = {region.pk for region in regions}
    seasons = list(seasons_shown(now))
    return min(
        seasons,
        key=lambda season: (season.region_id not in own and bool(own), not season.is_open(now)),
        default=None,
    )


@transaction.atomic
def save_production(production: Production, rider: Rider, by: User) -> Production:
    """Write a new or changed production with its rider.

    Raises:
        Refused: a value can not be; `field` names it (a rider's field as it is called there).
    """
    # Two clicks on the same button wait for each other, so that each finds an address of its own.
    Ensemble.objects.select_for_update(no_key=True).filter(pk=production.ensemble_id).first()
    production.slug = production.slug or free_slug(Production, production.title, 160)
    if not production.languages or set(production.languages) - set(LANGUAGE_TAGS):
        raise Refused(_("Choose at least one of the languages."), field="languages")
    if set(production.access_services) - set(AccessService.values):
        raise Refused(_("There is no such access service."), field="access_services")
    check_ages(production.age_min, production.age_max)
    check_row(production)
    on_site = rider.get_in_min + production.duration_min + rider.get_out_min
    if on_site > DAY_CLOSES_MIN - DAY_OPENS_MIN:
        raise Refused(
            _("Get-in, one show and get-out take %(time)s: more than a day holds.")
            % {"time": duration_text(on_site)},
            field="get_in_min",
        )
    production.save()
    rider.production = production
    check_row(rider)
    rider.save()
    return production


@transaction.atomic
def save_season(season: Season, productions: Sequence[Production], by: User) -> Season:
    """Write a new or changed season with the productions on its menu.

    Raises:
        Refused: its times contradict each other, a production does not belong on the menu, or one that is
            wished for would be taken off; `field` names what.
    """
    # Two clicks on the same button wait for each other, so that each finds an address of its own.
    Region.objects.select_for_update(no_key=True).filter(pk=season.region_id).first()
    season.slug = season.slug or free_slug(Season, season.name, 50)
    check_times(season.opens_at, season.closes_at, season.starts_on, season.ends_on)
    _check_menu(season, productions)
    check_row(season)
    season.save()
    season.productions.set(productions)
    return season


@transaction.atomic
def open_season(season: Season, by: User, now: datetime) -> Season:
    """Take wishes from now on. Raises NotNow when it is open, or has closed."""
    season = Season.objects.select_for_update().get(pk=season.pk)
    if season.is_open(now):
        raise NotNow(_("The season takes wishes already."), season=season.pk)
    if season.closes_at <= now:
        raise NotNow(_("The season has closed. Give it a later closing time first."), season=season.pk)
    season.opens_at = now
    season.save(update_fields=["opens_at"])
    return season


@transaction.atomic
def close_season(season: Season, by: User, now: datetime) -> Season:
    """Take no more wishes from now on. Raises NotNow unless it is open."""
    season = Season.objects.select_for_update().get(pk=season.pk)
    if not season.is_open(now):
        raise NotNow(_("The season does not take wishes now."), season=season.pk)
    season.closes_at = now
    season.save(update_fields=["closes_at"])
    return season


def productions_for(region: Region) -> "QuerySet[Production]":
    """What a season of the region may have on its menu: productions of the region and its neighbours."""
    near = Q(ensemble__producer__region=region) | Q(ensemble__producer__region__neighbours=region)
    return Production.objects.filter(near, rider__isnull=False).distinct()


def check_ages(age_min: int, age_max: int | None) -> None:
    """Raises Refused when the ages are in the wrong order."""
    if age_max is not None and age_max < age_min:
        raise Refused(_("The highest age is below the lowest."), field="age_max")


def check_times(opens_at: datetime, closes_at: datetime, starts_on: date, ends_on: date) -> None:
    """Raises Refused when a season's times contradict each other."""
    if closes_at <= opens_at:
        raise Refused(_("The season must close after it opens."), field="closes_at")
    if ends_on < starts_on:
        raise Refused(_("The last day is before the first."), field="ends_on")
    if timezone.localdate(opens_at) > ends_on:
        raise Refused(_("The season opens for wishes after its last day."), field="opens_at")


def _check_menu(season: Season, productions: Sequence[Production]) -> None:
    chosen = {production.pk for production in productions}
    allowed = set(productions_for(season.region).filter(pk__in=chosen).values_list("pk", flat=True))
    for production in productions:
        if production.pk not in allowed:
            raise Refused(
                _("%(production)s has no technical needs yet, or belongs to a region that is no neighbour.")
                % {"production": production},
                field="productions",
            )
    if season.pk:
        _check_wished(season, chosen)


def _check_wished(season: Season, chosen: set[int]) -> None:
    wished = Wish.objects.standing().filter(season=season).exclude(production__in=chosen)
    first = wished.select_related("production").order_by("production__title").first()
    if first:
        count = wished.filter(production=first.production).count()
        raise Refused(
            ngettext(
                "%(production)s has %(count)d wish in this season and must stay on the menu.",
                "%(production)s has %(count)d wishes in this season and must stay on the menu.",
                count,
            )
            % {"production": first.production, "count": count},
            field="productions",
        )


def free_slug(model: type[models.Model], name: str, longest: int) -> str:
    """A slug of the name that no other row has, and that no page's address says instead."""
    return slug_of(name, taken=[*taken_slugs(model), *RESERVED], longest=longest)


def check_row(row: models.Model) -> None:
    """Raises Refused for the first of Django's own complaints about the row."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refused(sentences[0], field="" if field == "__all__" else field) from error
