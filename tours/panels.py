"""Young reference groups: the verbs of a panel, and what it says of a season's menu before anybody else sees it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tours.errors import NotNow, Refused
from tours.models import Panel, PanelOpinion, Production, Season
from tours.models.votes import COMMENT_MAX, PANEL_LIMITS, POINTS
from tours.votes import check_ranked
from venues.models import Region

#: What a comment may not have: addresses of sites and people, and telephone numbers. It is about a production.
_ADDRESS = re.compile(
    r"://|\bwww\.|@|\b[\w-]{2,}\.(?:com|net|org|se|nu|no|eu|info|io|tv|me)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:\d[\s-]?){6,}")


@dataclass(frozen=True)
class Said:
    """What a panel says of a production: its place (None: not among the best), and its comment."""

    panel: Panel
    place: int | None
    comment: str

    @property
    def points(self) -> int:
        """As the crews' places give."""
        return POINTS[self.place] if self.place else 0


@dataclass(frozen=True)
class Result:
    """A production of a menu with what the panels say of it."""

    production: Production
    said: tuple[Said, ...]

    @property
    def points(self) -> int:
        """Of all panels together."""
        return sum(one.points for one in self.said)


@transaction.atomic
def save_panel(
    region: Region,
    *,
    name: str,
    members_count: int,
    is_active: bool = True,
    panel: Panel | None = None,
    version: int = 0,
) -> Panel:
    """A new panel of the region, or one that is told anew.

    Raises:
        NotNow: somebody has changed it since that version.
        Refused: no name or one that there is, or so few that an opinion would be somebody's; `field` names which.
    """
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    row = Panel.objects.get(pk=panel.pk) if panel else Panel(region=region, version=0)
    if row.version != version:
        raise NotNow(_("Somebody has changed the group since you opened the page. Look again."))
    name = " ".join(name.split())
    others = Panel.objects.filter(region=region).exclude(pk=row.pk).values_list("name", flat=True)
    if not name:
        raise Refused(_("Give the group a name."), field="name")
    if name.casefold() in (other.casefold() for other in others):
        raise Refused(_("There is a group with that name already."), field="name")
    if not PANEL_LIMITS[0] <= members_count <= PANEL_LIMITS[1]:
        raise Refused(
            _("Write %(low)d to %(high)d.") % {"low": PANEL_LIMITS[0], "high": PANEL_LIMITS[1]},
            field="members_count",
        )
    row.name, row.members_count, row.is_active, row.version = name, members_count, is_active, version + 1
    row.save()
    return row


def drafts(panel: Panel, now: datetime) -> "QuerySet[Season]":
    """The seasons whose menu the panel sees now: those of its region that have not opened yet, the next first."""
    found = Season.objects.filter(region=panel.region_id, opens_at__gt=now, productions__isnull=False)
    return found.distinct().order_by("opens_at", "pk")


@transaction.atomic
def tell(
    panel: Panel,
    season: Season,
    ranked: Sequence[Production],
    comments: Mapping[Production, str],
    *,
    now: datetime,
) -> None:
    """Write what the panel thinks of the draft menu; it stands instead of what it said before.

    Args:
        ranked: the best first, at most five; may be empty where something is said.

    Raises:
        NotNow: the menu has opened, so that it is no draft any more.
        Refused: nothing is said, the ranking can not be, or a comment is too long or has an address or number.
    """
    Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    if not drafts(panel, now).filter(pk=season.pk).exists():
        raise NotNow(
            _("This menu has opened: what the group thought is with the producers."), season=season.pk
        )
    said = {production: comment_of(text, production) for production, text in comments.items()}
    if ranked or not any(said.values()):
        check_ranked(season, ranked)
    menu = {production.pk: production for production in season.productions.all()}
    places = {production: place for place, production in enumerate(ranked, start=1)}
    PanelOpinion.objects.filter(panel=panel, season=season).delete()
    PanelOpinion.objects.bulk_create(
        PanelOpinion(
            panel=panel,
            season=season,
            production=production,
            place=places.get(production),
            comment=said.get(production, ""),
            changed_at=now,
        )
        for production in menu.values()
        if production in places or said.get(production)
    )


def comment_of(text: str, production: Production) -> str:
    """A comment as it may be stored: plain text in one paragraph.

    Raises:
        Refused: it is longer than 500 characters, or has an address of a site or person or a telephone number.
    """
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    field = f"comment_{production.pk}"
    if len(words) > COMMENT_MAX:
        raise Refused(_("Write at most %(count)d characters.") % {"count": COMMENT_MAX}, field=field)
    if _ADDRESS.search(words) or _NUMBER.search(words):
        raise Refused(_("Write no addresses, links or numbers."), field=field)
    return words


def opinions_of(panel: Panel, season: Season) -> dict[int, PanelOpinion]:
    """What the panel has said, by the production's id."""
    rows = PanelOpinion.objects.filter(panel=panel, season=season)
    return {row.production_id: row for row in rows}


def results(season: Season, productions: "QuerySet[Production] | None" = None) -> list[Result]:
    """What the panels say of the season's menu, most points first; productions of which nobody spoke are left out.

    Args:
        productions: only these, such as a producer's own.
    """
    rows = PanelOpinion.objects.filter(season=season).select_related("panel", "production__ensemble")
    if productions is not None:
        rows = rows.filter(production__in=productions)
    said: dict[Production, list[Said]] = {}
    for row in rows.order_by("panel__name"):
        said.setdefault(row.production, []).append(Said(row.panel, row.place, row.comment))
    found = [Result(production, tuple(those)) for production, those in said.items()]
    return sorted(found, key=lambda result: (-result.points, result.production.title))
