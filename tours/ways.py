"""By which way a municipality's schools come to their visits in a season: the verbs, and what follows from it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from tours.errors import NotNow, Refused
from tours.models import Allotment, Season, SeasonWay
from tours.models.season import Seasons
from venues.models import Municipality, Organisation, User

Way = SeasonWay.Way


def ways_of(season: Season) -> dict[int, str]:
    """Municipality id -> way, of those that somebody has decided; the others wish from the menu."""
    return dict(season.ways.values_list("municipality", "way"))


@transaction.atomic
def set_ways(season: Season, ways: Mapping[Municipality, str], *, by: User, now: datetime) -> int:
    """Decide by which way each of the municipalities' schools come to their visits; how many that changed.

    Raises:
        Refused: there is no such way, or the municipality is not of the season's region; `field` is its code.
        NotNow: something is allotted to its schools already, so they cannot go over to the menu alone.
    """
    Season.objects.select_for_update(no_key=True).get(pk=season.pk)
    standing = ways_of(season)
    changed = 0
    for municipality, way in ways.items():
        _check(season, municipality, way)
        if standing.get(municipality.pk, Way.MENU) != way:
            SeasonWay.objects.update_or_create(
                season=season, municipality=municipality, defaults={"way": way, "by": by, "at": now}
            )
            changed += 1
    return changed


def _check(season: Season, municipality: Municipality, way: str) -> None:
    if way not in Way.values:
        raise Refused(_("There is no such way."), field=municipality.code)
    if municipality.region_id != season.region_id:
        raise Refused(
            _("%(municipality)s is not in %(region)s.")
            % {"municipality": municipality, "region": season.region},
            field=municipality.code,
        )
    published = Allotment.objects.filter(
        season=season, municipalities=municipality, state=Allotment.State.PUBLISHED
    )
    if way == Way.MENU and published.exists():
        raise NotNow(
            _("Performances have been allotted in %(municipality)s. Take that back first.")
            % {"municipality": municipality},
            municipality=municipality.pk,
        )


def wishes_from_menu(season: Season, organisation: Organisation) -> bool:
    """Whether the organisation may wish from the season's menu: a school may not where all is allotted.

    Presenters that are no school always may.
    """
    alone = Organisation.objects.filter(pk=organisation.pk)
    return with_menu_for(Season.objects.filter(pk=season.pk), alone).exists()


def with_menu_for(seasons: Seasons, organisations: "QuerySet[Organisation]") -> Seasons:
    """Those of the seasons from whose menu at least one of the organisations may wish (`wishes_from_menu`)."""
    given = SeasonWay.objects.filter(
        season=OuterRef(OuterRef("pk")), municipality=OuterRef("municipality"), way=Way.ALLOTMENT
    )
    wishing = Organisation.objects.filter(pk__in=organisations.values("pk"))
    return seasons.filter(Exists(wishing.exclude(Exists(given), school__isnull=False)))


def check_menu(season: Season, organisation: Organisation) -> None:
    """Raises Refused, with a sentence for the school, where it may not wish from the menu."""
    if not wishes_from_menu(season, organisation):
        raise Refused(
            _(
                "In %(municipality)s each grade is given a performance in %(season)s, so schools do not wish from "
                "the menu. Say what your grades can under “Allotment”."
            )
            % {"municipality": organisation.municipality, "season": season}
        )
